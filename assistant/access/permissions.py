"""Who asks over HTTP, and what they may do: what the middleware found out of a request."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Literal

from fastapi import HTTPException, Security
from fastapi.security import HTTPBearer
from starlette.requests import HTTPConnection

from assistant.access.audit import Audit
from assistant.access.limits import Limits
from assistant.errors import NotAllowed
from assistant.outcomes import Outcome
from assistant.records import Answer, Turn

Scope = Literal["read", "write"]
STATE = "newsroom_visit"
UNKNOWN = "Say who you are: sign in at /login, or send a token as Authorization: Bearer TOKEN."
NO_EDITOR = "You may ask and read. Adding and removing articles is for editors."
CHALLENGE = {"WWW-Authenticate": 'Bearer realm="newsroom-assistant"'}


@dataclass(frozen=True, slots=True)
class Who:
    """A name, empty for whoever sits at this computer, and what it may do."""

    name: str
    scopes: frozenset[Scope]


ANYONE = Who("", frozenset({"read", "write"}))
NOBODY = Who("", frozenset())


@dataclass(frozen=True, slots=True)
class Visit:
    """A request as it was let in: who sent it, and what counts and notes what they do."""

    who: Who
    address: str = ""
    session: bool = False  # that can be signed out of
    limits: Limits | None = None
    audit: Audit | None = None

    @property
    def visitor(self) -> str:
        """Whom the limits count this for; "" for whoever sits at this computer."""
        return self.who.name and f"login {self.who.name}"

    def needs(self, scope: Scope) -> None:
        """Raise `NotAllowed` when this may not be done."""
        if scope not in self.who.scopes:
            raise NotAllowed(NO_EDITOR if "read" in self.who.scopes else UNKNOWN)

    def answers(
        self, question: str, begin: Callable[[], Iterator[Answer]], *, places: bool = False
    ) -> Generator[Answer]:
        """As `Limits.answers`."""
        self.needs("read")
        if self.limits is None:
            yield from begin()
        else:
            yield from self.limits.answers(self.visitor, question, begin, places=places)

    def recent(self, history: Sequence[Turn]) -> Sequence[Turn]:
        """As `Limits.recent`."""
        return self.limits.recent(history) if self.limits else history

    def searching(self, question: str) -> AbstractContextManager[None]:
        """As `Limits.searching`."""
        return self.limits.searching(self.visitor, question) if self.limits else nullcontext()

    def offering(self) -> AbstractContextManager[None]:
        """As `Limits.offering`."""
        return self.limits.offering(self.visitor) if self.limits else nullcontext()

    def changing(self, outcomes: Callable[[], Iterable[Outcome]], door: str) -> Iterator[Outcome]:
        """What comes of changing the collection through this door, each change noted.

        `outcomes` is called when it is its turn. Raises `NotAllowed`, `TooBusy`, `TooOften`.
        """
        self.needs("write")
        with self.limits.changing(self.visitor) if self.limits else nullcontext():
            for outcome in outcomes():
                if self.audit:
                    self.audit.note(self.who.name, self.address, door, outcome)
                yield outcome


ALONE = Visit(ANYONE)  # without a server


def visit(connection: HTTPConnection) -> Visit:
    """What the middleware found; nobody, who may do nothing, when there was none."""
    found = connection.scope.get("state", {}).get(STATE)
    return found if isinstance(found, Visit) else Visit(NOBODY)


def who(connection: HTTPConnection) -> Who:
    """Who sent this request."""
    return visit(connection).who


# Only tells the OpenAPI document how to sign in: the middleware has read the header.
_TOKEN = Security(HTTPBearer(auto_error=False, description="A token: `token add NAME`"))


def reader(connection: HTTPConnection, _: object = _TOKEN) -> Who:
    """A FastAPI dependency: whoever may ask; else the request ends with 401 or 403."""
    return _needing(connection, "read")


def editor(connection: HTTPConnection, _: object = _TOKEN) -> Who:
    """A FastAPI dependency: whoever may change the collection; else 401 or 403."""
    return _needing(connection, "write")


def _needing(connection: HTTPConnection, scope: Scope) -> Who:
    found = who(connection)
    if not found.scopes:
        raise HTTPException(401, UNKNOWN, CHALLENGE)
    if scope not in found.scopes:
        raise HTTPException(403, NO_EDITOR)
    return found
