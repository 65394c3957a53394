"""What reading asks of a store, without knowing one: what was read before, and how it was then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from assistant.records import Source


@dataclass(frozen=True, slots=True)
class Visit:
    """The last visit to an address that led to a stored article.

    `found` is where its redirects ended; `sha256` is the article's as it was read there: one that
    has another by now came from elsewhere. `status` is 200 or 304, `at` in ISO 8601.
    """

    address: str
    article_id: str
    found: str
    sha256: str
    etag: str = ""
    last_modified: str = ""
    status: int = 200
    at: str = ""


class Visits(Protocol):
    """The visits that led to stored articles."""

    def get(self, address: str) -> Visit | None:
        """The last visit to this address, None when there was none."""
        ...

    def note(self, visit: Visit) -> None:
        """Remember a visit, now, in place of the one before it."""
        ...


class Stored(Protocol):
    """Articles that were read before."""

    @property
    def visits(self) -> Visits:
        """The visits to pages and feeds."""
        ...

    def source(self, id: str) -> Source | None:
        """A stored article's source, None when there is none with this id."""
        ...


class NothingStored:
    """A store that never held anything: for reading alone."""

    @property
    def visits(self) -> Visits:
        """No visits."""
        return _NoVisits()

    def source(self, id: str) -> Source | None:
        """None: nothing is stored."""
        return None


class _NoVisits:
    def get(self, address: str) -> Visit | None:
        return None

    def note(self, visit: Visit) -> None:
        """Nothing is remembered."""
