"""How much may be asked at once and in a minute, by one visitor and by all together.

Nothing piles up: what is over a limit is refused at once, with the seconds to wait, and what is
kept to count with has a bound. One `Limits` serves all the doors of a server.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager

from assistant.access.queue import Clock, Queue, Ticket
from assistant.access.rate_limit import Rate
from assistant.errors import BadSetting, TooBusy, TooOften
from assistant.records import Answer, Turn
from assistant.settings import Settings

log = logging.getLogger("assistant.serve")
# The store writes one article after another; 8: whoever adds more at once sends them together.
CHANGES, CHANGES_WAITING = 1, 8
CHANGE_SECONDS = 600.0  # a large upload on a slow machine
POLL = 0.5  # seconds until a waiting reader is told a new place


class Limits:
    """The limits of one server. Safe to share between threads.

    A `visitor` is a text that tells one from another; "" is whoever sits at this computer, for
    whom only the limits of all together count.
    """

    def __init__(self, settings: Settings, clock: Clock = time.monotonic) -> None:
        self.settings = settings
        self.clock = clock
        self.each = Rate(settings.visitor_questions, 60, clock)
        self.all = Rate(settings.questions, 60, clock)
        seconds, most = settings.answer_seconds, settings.visitor_answers
        self.asking = Queue(settings.answers, settings.waiting, most, seconds, clock)
        self.adding = Queue(CHANGES, CHANGES_WAITING, CHANGES_WAITING, CHANGE_SECONDS, clock)

    def answers(
        self,
        visitor: str,
        question: str,
        begin: Callable[[], Iterator[Answer]],
        *,
        places: bool = False,
    ) -> Generator[Answer]:
        """The snapshots that `begin` gives, begun when it is the question's turn.

        With `places` a snapshot tells each place in line until then. Raises `BadSetting` for a
        question that is too long, `TooOften` and `TooBusy`; closed early, it lets go of its turn.
        """
        self.count(visitor, question)
        with self._turn(self.asking, visitor) as ticket:
            for place in self._places(self.asking, ticket):
                if places:
                    yield Answer(question, question, steps=(_in_line(place),))
            ends = self.clock() + self.settings.answer_seconds
            with closing(_generator(begin())) as growing:
                for answer in growing:
                    yield answer
                    if not answer.finished and self.clock() > ends:
                        raise TooBusy(self._too_slow())

    def recent(self, history: Sequence[Turn]) -> Sequence[Turn]:
        """The turns of a conversation that are read."""
        return history[max(0, len(history) - self.settings.history_turns) :]

    @contextmanager
    def searching(self, visitor: str, question: str) -> Iterator[None]:
        """Hold a turn for a search; waits for it, and raises, as `answers` does."""
        self.count(visitor, question)
        with self._turn(self.asking, visitor) as ticket:
            for _ in self._places(self.asking, ticket):
                pass
            yield

    @contextmanager
    def offering(self, visitor: str) -> Iterator[None]:
        """Hold a turn to look for questions to offer, if one is free; raises as `answers` does.

        Counted like questions, apart from them: what is offered takes nobody a question away.
        """
        name = visitor and f"offered to {visitor}"
        self._spend(name, "offered")
        with self._turn(self.asking, name) as ticket:
            if self.asking.place(ticket):
                raise TooBusy("Readers are waiting for their answers.")
            yield

    @contextmanager
    def changing(self, visitor: str) -> Iterator[None]:
        """Hold the turn to change the collection; raises `TooBusy` and `TooOften`."""
        with self._turn(self.adding, visitor) as ticket:
            for _ in self._places(self.adding, ticket):
                pass
            yield

    def count(self, visitor: str, question: str) -> None:
        """Count a question; raises `BadSetting` when it is too long, `TooOften` and `TooBusy`."""
        most = self.settings.question_characters
        if len(question) > most:
            raise BadSetting(
                f"The question has {len(question):,} characters; at most {most:,} are read. "
                "Ask it in fewer words."
            )
        self._spend(visitor, "")
        if self.settings.log_questions:
            log.info("asked", extra={"fields": {"visitor": visitor, "question": question}})

    def _spend(self, visitor: str, together: str) -> None:
        if visitor and (seconds := self.each.spend(visitor)):
            raise TooOften(f"You may ask {self.each.most} questions a minute.", seconds)
        if seconds := self.all.spend(together):
            raise TooBusy("Many readers are asking at once.", seconds)

    @contextmanager
    def _turn(self, line: Queue, visitor: str) -> Iterator[Ticket]:
        ticket = line.join(visitor)
        try:
            yield ticket
        finally:
            line.leave(ticket)

    def _places(self, line: Queue, ticket: Ticket) -> Iterator[int]:
        """Each place in line, told when it has changed, until it is the ticket's turn."""
        told = 0
        while place := line.place(ticket):
            if place != told:
                yield (told := place)
            line.wait(ticket, POLL)

    def _too_slow(self) -> str:
        return (
            f"The answer took longer than {self.settings.answer_seconds:g} seconds and was given "
            "up. Ask for less at once."
        )


def _in_line(place: int) -> str:
    before = place - 1
    if not before:
        return "Many readers are asking: yours is the next question"
    return f"Many readers are asking: {before} before yours"


def _generator(answers: Iterator[Answer]) -> Generator[Answer]:
    """The same, to be closed: an iterator that has no `close` is left as it is."""
    yield from answers
