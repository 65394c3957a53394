"""A line that one stands in for one's turn: so many at once, so many waiting, the rest refused.

Ours, since a visitor may try to fill it, or never leave: the semaphores of threading and anyio know
neither who waits, nor how many of them, nor anybody's place.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from assistant.errors import TooBusy, TooOften

Clock = Callable[[], float]
GRACE = 60.0  # seconds after its end until a turn that nobody let go of is taken back


@dataclass(eq=False, slots=True)
class Ticket:
    """A place in a line; `since`: when it was drawn, and later when its turn began."""

    visitor: str
    since: float


class Queue:
    """`at_once` tickets have their turn, `waiting` wait for it in the order they came.

    A visitor holds at most `each` of them; "" any number. A turn, and the wait for one, is over
    after `seconds`, so that a ticket that was lost holds up nobody for ever. Safe between threads.
    """

    def __init__(
        self, at_once: int, waiting: int, each: int, seconds: float, clock: Clock = time.monotonic
    ) -> None:
        self.at_once, self.waiting, self.each = at_once, waiting, each
        self.seconds, self.clock = seconds, clock
        self._called = set[Ticket]()
        self._queue = deque[Ticket]()
        self._changed = threading.Condition()
        self._usual = 1.0  # seconds that a turn takes, the latest ones counting most

    def join(self, visitor: str) -> Ticket:
        """A ticket, to be given back with `leave`; raises `TooOften` or `TooBusy` at once."""
        with self._changed:
            self._forget_lost()
            held = sum(one.visitor == visitor for one in (*self._called, *self._queue))
            if visitor and held >= self.each:
                raise TooOften(
                    f"{held} of your requests are in hand. Wait for one of them to end.",
                    self._usual,
                )
            if len(self._called) >= self.at_once and len(self._queue) >= self.waiting:
                wait = self._usual * (1 + len(self._queue) / self.at_once)
                raise TooBusy(
                    "So many readers are asking that no more can wait in line.", min(wait, 60)
                )
            ticket = Ticket(visitor, self.clock())
            self._queue.append(ticket)
            self._call()
            return ticket

    def place(self, ticket: Ticket) -> int:
        """Which one in line it is, from 1; 0 when it has its turn. Raises `TooBusy` when it has
        waited too long."""
        with self._changed:
            if ticket in self._called:
                return 0
            if ticket in self._queue and self.clock() - ticket.since <= self.seconds:
                return self._queue.index(ticket) + 1
        raise TooBusy("Your turn did not come in time.", 30)

    def wait(self, ticket: Ticket, seconds: float) -> None:
        """Wait until the line moves, at most so long."""
        with self._changed:
            if ticket not in self._called:
                self._changed.wait(seconds)

    def leave(self, ticket: Ticket) -> None:
        """Give the ticket back, whether its turn has come or not; twice does no harm."""
        with self._changed:
            if ticket in self._called:
                self._called.remove(ticket)
                self._usual += 0.2 * (self.clock() - ticket.since - self._usual)
            elif ticket in self._queue:
                self._queue.remove(ticket)
            self._call()

    def _call(self) -> None:
        while self._queue and len(self._called) < self.at_once:
            ticket = self._queue.popleft()
            ticket.since = self.clock()
            self._called.add(ticket)
        self._changed.notify_all()

    def _forget_lost(self) -> None:
        oldest = self.clock() - self.seconds - GRACE
        self._called = {one for one in self._called if one.since >= oldest}
        self._queue = deque(one for one in self._queue if one.since >= oldest)
        self._call()
