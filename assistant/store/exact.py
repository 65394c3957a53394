"""SQL's own copy of the vectors, compared one by one: what Chroma is made from, and done without.

Also what brings a Chroma up to date with it.
"""

from __future__ import annotations

import threading

import sqlalchemy as sa

from assistant.store.rows import vectors_of
from assistant.store.tables import fact, passages, pending, reading, writing
from assistant.store.vectors import BATCH, ChromaIndex, ExactIndex, told


class Exact:
    """The vectors of a store, read again when they changed."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine
        self._guard = threading.RLock()
        self._held: tuple[str, ExactIndex] | None = None

    def index(self) -> ExactIndex:
        """All vectors in memory, as they now are."""
        with self._guard:
            now = state(self.engine)
            if self._held is None or self._held[0] != now:
                self._held = (now, ExactIndex(self.vectors()))
            return self._held[1]

    def vectors(self) -> list[tuple[int, bytes]]:
        """Every passage's key and vector."""
        with reading(self.engine) as connection:
            query = sa.select(passages.c.key, passages.c.vector)
            return [(row.key, row.vector) for row in connection.execute(query)]


def state(engine: sa.Engine) -> str:
    """What changes when vectors do."""
    with reading(engine) as connection:
        return f"{generation_in(connection)}.{fact(connection, 'changes')}"


def generation_in(connection: sa.Connection) -> str:
    """The generation of the store's vectors; a rebuild begins another."""
    return fact(connection, "generation") or "1"


def lacking(connection: sa.Connection, chroma: ChromaIndex) -> bool:
    """Whether Chroma differs from SQL by more than it is still to be told."""
    stored = connection.scalar(sa.select(sa.func.count()).select_from(passages)) or 0
    waiting = connection.scalar(sa.select(sa.func.count()).select_from(pending)) or 0
    with told(f"The vectors in {chroma.place} cannot be counted"):
        return abs(chroma.count() - stored) > waiting


def fill(engine: sa.Engine, chroma: ChromaIndex) -> None:
    """Put every vector into Chroma; what is there already is replaced."""
    with reading(engine) as connection:
        query = sa.select(passages.c.key, passages.c.vector).execution_options(yield_per=BATCH)
        rows = connection.execute(query)
        with told(f"The vectors in {chroma.place} cannot be written"):
            for part in rows.partitions():
                chroma.add((row.key, row.vector) for row in part)


def tell_pending(engine: sa.Engine, chroma: ChromaIndex) -> bool:
    """Tell Chroma what has changed in SQL since anyone told it; says whether there was anything."""
    told_any = False
    while waiting := _tell_some(engine, chroma):
        told_any = True
        if waiting < BATCH:
            break
    return told_any


def _tell_some(engine: sa.Engine, chroma: ChromaIndex) -> int:
    with reading(engine) as connection:
        generation = generation_in(connection)
        waiting = connection.execute(sa.select(pending).limit(BATCH)).all()
        fresh = [row.passage for row in waiting if not row.removed]
        rows = list(vectors_of(connection, fresh))
    with told(f"The vectors in {chroma.place} cannot be written"):
        chroma.use(generation)
        chroma.remove(row.passage for row in waiting if row.removed)
        chroma.add(rows)
    if waiting:
        with writing(engine) as connection:
            done = sa.delete(pending).where(
                pending.c.passage == sa.bindparam("key"), pending.c.removed == sa.bindparam("gone")
            )
            connection.execute(done, [{"key": row.passage, "gone": row.removed} for row in waiting])
    return len(waiting)


class Differences:
    """Tells a Chroma what has changed by comparing keys, when `pending` is told to others.

    Several machines may each have a Chroma of their own beside one PostgreSQL.
    """

    def __init__(self) -> None:
        self._seen = ""

    def __call__(self, engine: sa.Engine, chroma: ChromaIndex) -> bool:
        if (now := state(engine)) == self._seen:
            return False
        with reading(engine) as connection:
            generation = generation_in(connection)
            stored = set(connection.scalars(sa.select(passages.c.key)))
            with told(f"The vectors in {chroma.place} cannot be written"):
                chroma.use(generation)
                held = chroma.keys()
                chroma.remove(held - stored)
                chroma.add(vectors_of(connection, sorted(stored - held)))
        self._seen = now
        return True
