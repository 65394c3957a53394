"""Which index of vectors this process searches, and that it is up to date."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

import sqlalchemy as sa

from assistant.errors import AssistantError, StoreFailed
from assistant.store.rows import vectors_of
from assistant.store.tables import fact, passages, pending, reading, writing
from assistant.store.vectors import ChromaIndex, ExactIndex, Index, Lock

log = logging.getLogger(__name__)


class Nearest:
    """Chroma when its lock is ours or free, else SQLite's own vectors, compared exactly."""

    def __init__(self, folder: Path, engine: sa.Engine) -> None:
        self.folder = folder
        self.engine = engine
        self.lock = Lock(folder)
        self._guard = threading.RLock()
        self._chroma: ChromaIndex | None = None
        self._exact: tuple[str, ExactIndex] | None = None

    def release(self) -> None:
        """Let another process open Chroma; the next search takes it again if it can."""
        with self._guard:
            if self._chroma is not None:
                self._chroma.close()
                self._chroma = None
                self.lock.release()

    def index(self) -> Index:
        """Chroma when its lock is ours or free, brought up to date; else SQLite's own vectors."""
        with self._guard:
            chroma = self.open()
            if chroma is not None:
                self._work_off(chroma)
                return chroma
            state = self._state()
            if self._exact is None or self._exact[0] != state:
                self._exact = (state, ExactIndex(self.vectors()))
            return self._exact[1]

    def catch_up(self) -> None:
        """Bring Chroma up to date if it can be ours; else its owner does it at its next search."""
        with reading(self.engine) as connection:
            if connection.execute(sa.select(pending).limit(1)).first() is None:
                return
        with self._guard:
            chroma = self.open()
            if chroma is not None:
                self._work_off(chroma)

    def open(self) -> ChromaIndex | None:
        """Chroma, whole, unless another process holds it."""
        if self._chroma is None and self.lock.acquire():
            try:
                self._chroma = self._opened()
            except BaseException:
                self.lock.release()
                raise
        return self._chroma

    def _opened(self) -> ChromaIndex:
        folder = self.folder / "chroma"
        try:
            return self._filled(folder)
        except AssistantError:
            raise
        except Exception as error:
            log.warning("Chroma in %s cannot be opened (%s): making it anew", folder, error)
            ChromaIndex.discard(folder)
            try:
                return self._filled(folder)
            except Exception as again:
                raise StoreFailed(
                    f"The vectors in {folder} cannot be written ({again}). "
                    "Check the disk and who may write there."
                ) from again

    def _filled(self, folder: Path) -> ChromaIndex:
        """Chroma with this generation's collection in it, filled anew when it lacks vectors."""
        with reading(self.engine) as connection:
            generation = fact(connection, "generation") or "1"
            stored = connection.scalar(sa.select(sa.func.count()).select_from(passages)) or 0
            waiting = connection.scalar(sa.select(sa.func.count()).select_from(pending)) or 0
        chroma = ChromaIndex(folder)
        try:
            chroma.use(generation)
            if abs(chroma.count() - stored) > waiting:
                chroma.add(self.vectors())
        except BaseException:
            chroma.close()
            raise
        return chroma

    def _work_off(self, chroma: ChromaIndex) -> None:
        """Tell Chroma what has changed in SQLite since it was last told."""
        with reading(self.engine) as connection:
            generation = fact(connection, "generation") or "1"
            waiting = connection.execute(sa.select(pending)).all()
            fresh = [row.passage for row in waiting if not row.removed]
            rows = list(vectors_of(connection, fresh))
        chroma.use(generation)
        if not waiting:
            return
        try:
            chroma.remove(row.passage for row in waiting if row.removed)
            chroma.add(rows)
        except Exception as error:
            raise StoreFailed(
                f"The vectors in {self.folder} cannot be written ({error}). Make room on the disk "
                "or check who may write there; what was stored is safe and will be caught up."
            ) from error
        with writing(self.engine) as connection:
            done = sa.delete(pending).where(
                pending.c.passage == sa.bindparam("key"), pending.c.removed == sa.bindparam("gone")
            )
            connection.execute(done, [{"key": row.passage, "gone": row.removed} for row in waiting])

    def vectors(self) -> list[tuple[int, bytes]]:
        """Every passage's key and vector."""
        with reading(self.engine) as connection:
            query = sa.select(passages.c.key, passages.c.vector)
            return [(row.key, row.vector) for row in connection.execute(query)]

    def _state(self) -> str:
        with reading(self.engine) as connection:
            return f"{fact(connection, 'generation')}.{fact(connection, 'changes')}"
