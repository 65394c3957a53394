"""From a request to who sent it: a token, a session, a proxy's header, or whoever sits here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from starlette.requests import HTTPConnection

from assistant.access.accounts_file import NAME, Accounts, accounts_path
from assistant.access.origins import is_within, peer
from assistant.access.permissions import ANYONE, Scope, Who
from assistant.access.sessions import Sessions, cookie_name
from assistant.settings import Settings, networks

READS: frozenset[Scope] = frozenset({"read"})
WRITES: frozenset[Scope] = frozenset({"read", "write"})


@dataclass(frozen=True, slots=True)
class Identity:
    """Who it is; `by_itself`: the browser says so without being asked, whoever's page sends it."""

    who: Who
    by_itself: bool


class Identifies(Protocol):
    """Tells who sent a request; None when nobody that is known."""

    def __call__(self, connection: HTTPConnection) -> Identity | None:
        """The identity that the request proves."""
        ...


def anyone(connection: HTTPConnection) -> Identity | None:
    """Whoever sits at this computer."""
    return Identity(ANYONE, by_itself=False)


class ByFile:
    """A token in the header, else a session in the cookie."""

    def __init__(self, settings: Settings, accounts: Accounts | None = None) -> None:
        self.accounts = accounts or Accounts(accounts_path(settings))
        self.accounts.current()
        self.sessions = Sessions(settings.session_hours * 3600)

    def __call__(self, connection: HTTPConnection) -> Identity | None:
        """Raises `BadSetting` when the file cannot be read."""
        if given := connection.headers.get("authorization"):
            return self._token(given)
        return self._session(connection.cookies.get(cookie_name(connection), ""))

    def _token(self, given: str) -> Identity | None:
        kind, _, told = given.partition(" ")
        found = self.accounts.token(told.strip()) if kind.lower() == "bearer" else None
        if not found:
            return None
        name, token = found
        scopes = WRITES if token.scope == "write" else READS
        return Identity(Who(f"token {name}", scopes), by_itself=False)

    def _session(self, id: str) -> Identity | None:
        session = self.sessions.found(id)
        user = self.accounts.current().users.get(session.name) if session else None
        if not session or not user or user.password != session.password:
            return None
        scopes = WRITES if user.role == "editor" else READS
        return Identity(Who(session.name, scopes), by_itself=True)


class ByHeader:
    """A name that a reverse proxy has written into a header; from others it is not believed."""

    def __init__(self, settings: Settings) -> None:
        self.header = settings.auth.partition(":")[2]
        self.proxies = networks(settings.proxies)
        self.editors = {one.strip() for one in settings.editors.split(",") if one.strip()}

    def __call__(self, connection: HTTPConnection) -> Identity | None:
        """Nobody when the header is there twice: one of them may be the visitor's own."""
        names = connection.headers.getlist(self.header)
        if len(names) != 1 or not is_within(peer(connection.scope), self.proxies):
            return None
        if not NAME.fullmatch(names[0]):
            return None
        scopes = WRITES if names[0] in self.editors else READS
        return Identity(Who(names[0], scopes), by_itself=True)
