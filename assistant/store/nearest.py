"""Which index of vectors this process searches, and that it is up to date."""

from __future__ import annotations

import logging
import threading
from collections.abc import Collection
from pathlib import Path

import sqlalchemy as sa

from assistant.embedding import Vectors
from assistant.store.rows import vectors_of
from assistant.store.tables import fact, passages, pending, reading, writing
from assistant.store.trust import Trust
from assistant.store.vectors import ChromaFailed, ChromaIndex, ExactIndex, Index, Lock, Near, told

log = logging.getLogger(__name__)


class Nearest:
    """Chroma when its lock is ours or free, else SQLite's own vectors, compared exactly.

    Chroma is never needed: when it fails it is logged and left alone, until `release`.
    """

    def __init__(self, folder: Path, engine: sa.Engine) -> None:
        self.folder = folder
        self.engine = engine
        self.lock = Lock(folder)
        self.trust = Trust(folder / "chroma")
        self._guard = threading.RLock()
        self._chroma: ChromaIndex | None = None
        self._failed = False
        self._exact: tuple[str, ExactIndex] | None = None

    def release(self) -> None:
        """Let another process open Chroma; the next search takes it again if it can."""
        with self._guard:
            self._failed = False
            if self._chroma is None:
                return
            try:
                with told("Chroma cannot be closed"):
                    self._chroma.close()
                self.trust.closed()
            except ChromaFailed as error:
                log.warning("%s", error)
            finally:
                self._chroma = None
                self.lock.release()

    def discard(self) -> None:
        """Delete Chroma's files, to be made anew from SQLite. The caller holds the lock."""
        ChromaIndex.discard(self.folder / "chroma")
        self.trust.forget()

    def nearest(self, vector: Vectors, count: int, allowed: Collection[int] | None) -> Near:
        """The nearest passages: (key, cosine), nearest first."""
        index = self.index()
        try:
            found = index.nearest(vector, count, allowed)
            if index is self._chroma:
                self.trust.worked()
            return found
        except ChromaFailed as error:
            with self._guard:
                self._give_up(error)
                return self._exactly().nearest(vector, count, allowed)

    def index(self) -> Index:
        """Chroma when its lock is ours or free, brought up to date; else SQLite's own vectors."""
        with self._guard:
            return self._up_to_date() or self._exactly()

    def catch_up(self) -> None:
        """Bring Chroma up to date if it can be ours; else its owner does it at its next search."""
        with reading(self.engine) as connection:
            if connection.execute(sa.select(pending).limit(1)).first() is None:
                return
        with self._guard:
            self._up_to_date()

    def _up_to_date(self) -> ChromaIndex | None:
        """Chroma, whole; None when another process holds it, or it fails."""
        if self._failed:
            return None
        try:
            chroma = self.open()
            if chroma is not None:
                self._work_off(chroma)
            return chroma
        except ChromaFailed as error:
            self._give_up(error)
            return None

    def _give_up(self, error: ChromaFailed) -> None:
        """Do without Chroma from now on."""
        if not self._failed:
            log.warning(
                "%s SQLite's copy of the vectors is searched instead; nothing is lost, and Chroma "
                "is made anew when it is next opened.",
                error,
            )
        self.trust.lost()
        chroma, self._chroma, self._failed = self._chroma, None, True
        if chroma is not None:
            try:
                with told("Chroma cannot be closed"):
                    chroma.close()
            except ChromaFailed as again:
                log.warning("%s", again)
            self.lock.release()

    def _exactly(self) -> ExactIndex:
        state = self._state()
        if self._exact is None or self._exact[0] != state:
            self._exact = (state, ExactIndex(self.vectors()))
        return self._exact[1]

    def open(self) -> ChromaIndex | None:
        """Chroma, whole, unless another process holds it; `ChromaFailed` when it cannot be."""
        if self._chroma is None and self.lock.acquire():
            try:
                self._chroma = self._opened()
            except BaseException:
                self.lock.release()
                raise
        return self._chroma

    def _opened(self) -> ChromaIndex:
        folder = self.folder / "chroma"
        if doubt := self.trust.doubt():
            log.warning("Chroma in %s is made anew: %s", folder, doubt)
            self.discard()
        self.trust.opened()
        try:
            with told(f"Chroma in {folder} cannot be opened"):
                return self._filled(folder)
        except ChromaFailed as error:
            log.warning("%s It is made anew.", error)
        self.discard()
        self.trust.opened()
        with told(f"The vectors in {folder} cannot be written"):
            return self._filled(folder)

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
        with told(f"The vectors in {self.folder} cannot be written"):
            chroma.use(generation)
            chroma.remove(row.passage for row in waiting if row.removed)
            chroma.add(rows)
        if not waiting:
            return
        self.trust.worked()
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
