"""From a login to a random id in a cookie, and back. Kept in memory: a restart signs all out.

Ours, since a cookie may be stolen: starlette's session lies in the cookie itself, so that a copy of
it still opens the page after its user has signed out.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from starlette.requests import HTTPConnection

EACH = 20  # sessions of one user: their browsers; the oldest ends for a further one
MOST = 10_000


def cookie_name(connection: HTTPConnection) -> str:
    """Behind TLS a name that no neighbouring host and no plain HTTP can write."""
    return "__Host-newsroom_session" if connection.url.scheme == "https" else "newsroom_session"


@dataclass(frozen=True, slots=True)
class Session:
    """Of whom, until when; `password`: its hash at the login, since a new one ends the session."""

    name: str
    password: str
    ends: float


class Sessions:
    """All sessions, under the SHA-256 of their ids. Only to be used on the event loop."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.seconds = seconds
        self.clock = clock
        self._kept = OrderedDict[str, Session]()  # the oldest first

    def begin(self, name: str, password: str) -> str:
        """A new session's id."""
        while self._kept and next(iter(self._kept.values())).ends <= self.clock():
            self._kept.popitem(last=False)
        own = [key for key, one in self._kept.items() if one.name == name]
        for key in own[: max(0, len(own) - EACH + 1)]:
            del self._kept[key]
        if len(self._kept) >= MOST:
            self._kept.popitem(last=False)
        id = secrets.token_urlsafe(32)
        self._kept[_key(id)] = Session(name, password, self.clock() + self.seconds)
        return id

    def found(self, id: str) -> Session | None:
        """The session with this id, unless it has ended."""
        session = self._kept.get(_key(id))
        return session if session and session.ends > self.clock() else None

    def end(self, id: str) -> None:
        """End a session, if there is one."""
        self._kept.pop(_key(id), None)

    def __len__(self) -> int:
        return len(self._kept)


def _key(id: str) -> str:
    return hashlib.sha256(id.encode("utf-8", "surrogatepass")).hexdigest()
