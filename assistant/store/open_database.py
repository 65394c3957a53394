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
from assistant.store import checksums, copy_pairs, migrations
from assistant.store.full_text import word_index
from assistant.store.sqlite import database
from assistant.store.tables import fact, kind, metadata, reading, set_fact, writing

VERSION = "6"
Step = Callable[[sa.Connection], None]
# What makes a store of this version one of the next.
STEPS: dict[str, Step] = {
    "1": copy_pairs.renew,  # version 2 knows which articles are copies
    "2": checksums.renew,  # version 3 keeps checksums of what it stores
    "3": migrations.to_fourth,  # version 4 notes who begins each story, and halves the vectors
    "4": migrations.to_fifth,  # version 5 finds bands by value alone, and Chroma's vectors by shelf
    "5": migrations.to_sixth,  # version 6 notes what each article is known by, beside its id
}


def connect(path: Path) -> sa.Engine:
    """The SQLite file at `path`, made when it is not there, else brought up to date."""
    return ready(database(path))


def is_made(engine: sa.Engine) -> bool:
    """Whether there is a store in this database."""
    with reading(engine) as connection:
        return "facts" in _names(connection)


def ready(engine: sa.Engine) -> sa.Engine:
    """The database with a store in it, made when there is none, else brought up to date.

    All in one transaction: a step that is interrupted leaves the store as it was. Raises
    `StaleIndex` when a newer version of this program made it.
    """
    try:
        # A store that is as it should be is opened without waiting for those who write to it.
        with reading(engine) as connection:
            ready = _version(connection) == VERSION and _has_all(connection)
        if not ready:
            with writing(engine) as connection:
                _bring_up_to_date(connection)
    except BaseException:
        engine.dispose()
        raise
    return engine


def _version(connection: sa.Connection) -> str | None:
    """The version that made it, None of an empty database; `StaleIndex` when we do not know it."""
    if "facts" not in _names(connection):
        return None
    version = fact(connection, "version")
    if version is None or version == VERSION or version in STEPS:
        return version
    place = kind(connection.engine).where(connection.engine)
    raise StaleIndex(
        f"{place} was made by another version of this program (its store is of version "
        f"{version[:20]}, ours of {VERSION}). Take the newest program, or set ASSISTANT_STORE to "
        "another folder."
    )


def _names(connection: sa.Connection) -> set[str]:
    known = sa.inspect(connection)
    return {*known.get_table_names(), *known.get_view_names()}


def _has_all(connection: sa.Connection) -> bool:
    return {*metadata.tables, *word_index(connection).tables} <= _names(connection)


def _bring_up_to_date(connection: sa.Connection) -> None:
    version = _version(connection)  # again: another process may have been faster
    kind(connection.engine).prepare(connection)
    metadata.create_all(connection)
    word_index(connection).make(connection)
    version = version or VERSION
    while version != VERSION:
        STEPS[version](connection)
        version = str(int(version) + 1)
    set_fact(connection, "version", VERSION)
