"""A database opened: made when it is not there, brought up to date when an older program made it.

`VERSION` must rise when a table that exists changes its shape or its meaning, or when articles that
are stored must get something that new ones have; `STEPS` then says how a store of the version
before becomes one. A table that may be empty at first needs no new version: it is made at opening.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa

from assistant.errors import StaleIndex
from assistant.store import alike, seals
from assistant.store.tables import (
    TERMS,
    TEXTS,
    WORDS,
    database,
    fact,
    metadata,
    reading,
    set_fact,
    writing,
)

VERSION = "3"
Step = Callable[[sa.Connection], None]
# What makes a store of this version one of the next.
STEPS: dict[str, Step] = {
    "1": alike.renew,  # version 2 knows which articles are copies
    "2": seals.renew,  # version 3 seals what it stores of each
}


def connect(path: Path) -> sa.Engine:
    """The database at `path`, made when it is not there, else brought up to date.

    All in one transaction: a step that is interrupted leaves the store as it was. Raises
    `StaleIndex` when a newer version of this program made it.
    """
    engine = database(path)
    try:
        # A store that is as it should be is opened without waiting for those who write to it.
        with reading(engine) as connection:
            ready = _version(connection, path) == VERSION and _has_all(connection)
        if not ready:
            with writing(engine) as connection:
                _bring_up_to_date(connection, path)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _version(connection: sa.Connection, path: Path) -> str | None:
    """The version that made it, None of an empty database; `StaleIndex` when we do not know it."""
    if "facts" not in _names(connection):
        return None
    version = fact(connection, "version")
    if version is None or version == VERSION or version in STEPS:
        return version
    raise StaleIndex(
        f"{path} was made by another version of this program (its store is of version "
        f"{version[:20]}, ours of {VERSION}). Update the program, or set ASSISTANT_STORE to "
        "another folder."
    )


def _names(connection: sa.Connection) -> set[str]:
    return set(connection.scalars(sa.text("SELECT name FROM sqlite_master")))


def _has_all(connection: sa.Connection) -> bool:
    return {*metadata.tables, "passage_texts", "words", "terms"} <= _names(connection)


def _bring_up_to_date(connection: sa.Connection, path: Path) -> None:
    version = _version(connection, path)  # again: another process may have been faster
    metadata.create_all(connection)
    for statement in (TEXTS, WORDS, TERMS):
        connection.exec_driver_sql(statement)
    version = version or VERSION
    while version != VERSION:
        STEPS[version](connection)
        version = str(int(version) + 1)
    set_fact(connection, "version", VERSION)
