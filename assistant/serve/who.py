"""Who asks over HTTP, and what they may do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from starlette.requests import HTTPConnection

Scope = Literal["read", "write"]


@dataclass(frozen=True, slots=True)
class Who:
    """A name, empty for whoever sits at this computer, and what it may do."""

    name: str
    scopes: frozenset[Scope]


ANYONE = Who("", frozenset({"read", "write"}))


def who(connection: HTTPConnection) -> Who:
    """Who sent this request."""
    return ANYONE


def reader(connection: HTTPConnection) -> Who:
    """A FastAPI dependency: whoever may ask; else the request ends with 401 or 403."""
    return who(connection)


def editor(connection: HTTPConnection) -> Who:
    """A FastAPI dependency: whoever may change the collection; else 401 or 403."""
    return who(connection)
