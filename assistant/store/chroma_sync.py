"""What Chroma does not know of SQL's vectors -> told to it, some at a time."""

from __future__ import annotations

import logging
from typing import Protocol

import sqlalchemy as sa

from assistant.errors import StoreBusy, StoreFailed
from assistant.store.chroma import BATCH, ChromaIndex, told
from assistant.store.exact_search import generation_in, state
from assistant.store.rows import vectors_of
from assistant.store.tables import passages, pending, reading, writing

log = logging.getLogger(__name__)


class Sync(Protocol):
    """How a Chroma learns what has changed in SQL."""

    def some(
        self, engine: sa.Engine, chroma: ChromaIndex, most: int = BATCH, *, wait: bool = True
    ) -> int:
        """Tell it of so many passages; of how many it was: fewer when it then knows all.

        Raises `StoreBusy` or `StoreFailed` when it cannot be noted, and there may be more to tell;
        unless `wait`, another's transaction is hardly waited for.
        """

    def again(self, engine: sa.Engine, chroma: ChromaIndex) -> None:
        """It is not what it was told: let it be told again of what it lacks."""


class PendingSync:
    """Tells a Chroma what the table `pending` says, for all who use that Chroma."""

    def some(
        self, engine: sa.Engine, chroma: ChromaIndex, most: int = BATCH, *, wait: bool = True
    ) -> int:
        with reading(engine) as connection:
            generation = generation_in(connection)
            waiting = connection.execute(sa.select(pending).limit(most)).all()
            fresh = [row.passage for row in waiting if not row.removed]
            rows = list(vectors_of(connection, fresh))
        with told(f"The vectors in {chroma.place} cannot be written"):
            chroma.use(generation)
            chroma.remove(row.passage for row in waiting if row.removed)
            chroma.add(rows)
        if waiting:
            done = sa.delete(pending).where(
                pending.c.passage == sa.bindparam("key"), pending.c.removed == sa.bindparam("gone")
            )
            keys = [{"key": row.passage, "gone": row.removed} for row in waiting]
            try:
                with writing(engine, wait=wait) as connection:
                    connection.execute(done, keys)
            except (StoreBusy, StoreFailed) as error:
                if len(waiting) == most:
                    raise
                log.info("%s Chroma is told the same again.", error)
        return len(waiting)

    def again(self, engine: sa.Engine, chroma: ChromaIndex) -> None:
        with told(f"The vectors in {chroma.place} cannot be read"):
            held = chroma.keys()
        with writing(engine) as connection:
            stored = set(connection.scalars(sa.select(passages.c.key)))
            connection.execute(sa.delete(pending))
            for keys, removed in ((stored - held, False), (held - stored, True)):
                rows = [{"passage": key, "removed": removed} for key in sorted(keys)]
                if rows:
                    connection.execute(sa.insert(pending), rows)


class DifferenceSync:
    """Tells a Chroma what has changed by comparing keys, when `pending` is told to others.

    Several machines may each have a Chroma of their own beside one PostgreSQL.
    """

    def __init__(self) -> None:
        self._seen = ""

    def some(
        self, engine: sa.Engine, chroma: ChromaIndex, most: int = BATCH, *, wait: bool = True
    ) -> int:
        if (now := state(engine)) == self._seen:
            return 0
        if (count := tell_lacking(engine, chroma, most)) < most:
            self._seen = now
        return count

    def again(self, engine: sa.Engine, chroma: ChromaIndex) -> None:
        self._seen = ""


def lacking(engine: sa.Engine, chroma: ChromaIndex) -> bool:
    """Whether Chroma differs from SQL by more than it is still to be told."""
    with reading(engine) as connection:
        stored = connection.scalar(sa.select(sa.func.count()).select_from(passages)) or 0
        waiting = connection.scalar(sa.select(sa.func.count()).select_from(pending)) or 0
    with told(f"The vectors in {chroma.place} cannot be counted"):
        return abs(chroma.count() - stored) > waiting


def tell_lacking(engine: sa.Engine, chroma: ChromaIndex, most: int = BATCH) -> int:
    """Tell Chroma of so many passages that it lacks, and of all that are gone; of how many."""
    with reading(engine) as connection:
        generation = generation_in(connection)
        stored = set(connection.scalars(sa.select(passages.c.key)))
        with told(f"The vectors in {chroma.place} cannot be written"):
            chroma.use(generation)
            held = chroma.keys()
            chroma.remove(held - stored)
            lacks = sorted(stored - held)[:most]
            chroma.add(vectors_of(connection, lacks))
    return len(lacks)
