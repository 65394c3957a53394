"""Which index of vectors this process searches, and that it is up to date."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from assistant.embedding.networks import Vectors
from assistant.errors import StoreBusy, StoreFailed
from assistant.store.chroma import ChromaFailed, ChromaIndex, Index, Lock, Near, told
from assistant.store.chroma_damage import DamageNote
from assistant.store.chroma_filler import Filler
from assistant.store.chroma_sync import PendingSync, Sync, lacking
from assistant.store.exact_search import Exact, generation_in
from assistant.store.tables import passages, pending, reading

FEW = 100  # passages that a question waits for until Chroma knows them: half a second
SOME = 200  # passages told at once; meanwhile Chroma lets no other thread of the process run
SMALL = 20_000  # passages whose vectors are read from SQL sooner than Chroma is imported
BEHIND = 0.1  # of all passages, that Chroma may lack while others write: found by words alone
log = logging.getLogger(__name__)


class Nearest:
    """Chroma when its lock is ours or free, else SQL's own vectors, compared exactly.

    Chroma is never needed: when it fails it is logged and left alone, until `release`. What it is
    to be told by `sync` is told at once when it is little, else by a process of its own. A process
    that asks `once` does without Chroma in a small store.
    """

    def __init__(
        self,
        folder: Path,
        engine: sa.Engine,
        sync: Sync | None = None,
        database_url: str = "",
        *,
        once: bool = False,
    ) -> None:
        self.folder = folder
        self.engine = engine
        self.once = once
        self.lock = Lock(folder)
        self.note = DamageNote(folder / "chroma")
        self._guard = threading.RLock()
        self._chroma: ChromaIndex | None = None
        self._failed = False
        self._exact = Exact(engine)
        self._sync = sync or PendingSync()
        self._filler = Filler(folder, database_url)

    def release(self) -> None:
        """Let another process open Chroma; the next search takes it again if it can."""
        with self._guard:
            self._filler.stop()
            self._failed = False
            self._close()

    def _close(self, *, is_whole: bool = True) -> None:
        chroma, self._chroma = self._chroma, None
        if chroma is None:
            return
        try:
            with told("Chroma cannot be closed"):
                chroma.close()
            if is_whole:
                self.note.closed()
        except ChromaFailed as error:
            log.warning("%s", error)
        finally:
            self.lock.release()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold Chroma's lock without opening it; `StoreBusy` when another process does."""
        self.release()
        if not self.lock.acquire():
            raise StoreBusy(
                f"{self.folder} is in use by {self.lock.owner}. Stop it, then try again."
            )
        try:
            yield
        finally:
            self.lock.release()

    def discard(self) -> None:
        """Delete Chroma's files, to be made anew from SQLite. The caller holds the lock."""
        ChromaIndex.discard(self.folder / "chroma")
        self.note.forget()

    def nearest(self, vector: Vectors, count: int, allowed: Collection[int] | None) -> Near:
        """The nearest passages: (key, cosine), nearest first."""
        index = self.index()
        try:
            found = index.nearest(vector, count, allowed)
            if index is self._chroma:
                self.note.worked()
            return found
        except ChromaFailed as error:
            with self._guard:
                self._give_up(error)
                return self._exact.index().nearest(vector, count, allowed)

    def index(self) -> Index:
        """Chroma when its lock is ours or free, and up to date; else SQL's own vectors."""
        with self._guard:
            return self._up_to_date() or self._exact.index()

    def catch_up(self) -> None:
        """Bring Chroma up to date if it can be ours; else its owner does it."""
        with reading(self.engine) as connection:
            if connection.execute(sa.select(pending).limit(1)).first() is None:
                return
        with self._guard:  # two that find it ended at once would both put it away
            busy = self._filler.busy
        if not busy:
            self._whole()

    def whole(self) -> Index:
        """As `index`, but waits until Chroma is up to date, however long it takes."""
        self._filler.wait()
        self._whole()
        return self.index()

    def tell_all(self, until: Callable[[], bool] = lambda: False) -> None:
        """Tell Chroma all that it does not know, or as much `until`, if it can be ours.

        Raises `ChromaFailed`.
        """
        with self._guard:
            if (chroma := self.open()) is None:
                return
            while not until():
                count = self._sync.some(self.engine, chroma, SOME)
                self.note.worked()
                if count < SOME:
                    break

    def _whole(self) -> None:
        with self._guard:
            try:
                if not self._failed:
                    self.tell_all()
            except ChromaFailed as error:
                self._give_up(error)
            except (StoreBusy, StoreFailed) as error:  # what is stored is; it is told later
                log.info("%s", error)

    def _up_to_date(self) -> ChromaIndex | None:
        """Chroma, whole, or nearly so while others write.

        None when another process holds it, it is still being told, or fails.
        """
        if self._filler.failed:
            self._failed = True
        if self._failed or self._filler.busy or (self.once and self._is_small()):
            return None
        try:
            if (chroma := self.open()) is None:
                return None
            count = self._sync.some(self.engine, chroma, FEW, wait=False)
        except ChromaFailed as error:
            self._give_up(error)
            return None
        except (StoreBusy, StoreFailed) as error:  # whoever only asks does not wait for who writes
            log.info("%s", error)
            return self._chroma if self._knows_most() else None
        if count == FEW:
            self._close()
            self._filler.start()
            return None
        if count:
            self.note.worked()
        self._exact.forget()
        return chroma

    def _is_small(self) -> bool:
        with reading(self.engine) as connection:
            stored = connection.scalar(sa.select(sa.func.count()).select_from(passages)) or 0
        return stored <= SMALL

    def _knows_most(self) -> bool:
        """Whether Chroma lacks so little that it is better searched than SQL's copy read anew."""
        with reading(self.engine) as connection:
            waiting, stored = (
                connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
                for table in (pending, passages)
            )
        return waiting <= BEHIND * stored

    def _give_up(self, error: ChromaFailed) -> None:
        """Do without Chroma from now on."""
        if not self._failed:
            log.warning(
                "%s SQL's copy of the vectors is searched instead; nothing is lost, and Chroma "
                "is made anew when it is next opened.",
                error,
            )
        self.note.lost()
        self._failed = True
        self._close(is_whole=False)

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
        if doubt := self.note.doubt():
            log.warning("Chroma in %s is made anew: %s", folder, doubt)
            self.discard()
        self.note.opened()
        try:
            with told(f"Chroma in {folder} cannot be opened"):
                return self._ready(folder)
        except ChromaFailed as error:
            log.warning("%s It is made anew.", error)
        self.discard()
        self.note.opened()
        with told(f"The vectors in {folder} cannot be written"):
            return self._ready(folder)

    def _ready(self, folder: Path) -> ChromaIndex:
        """Chroma with this generation's collection in it, to be told again if it lacks vectors."""
        with reading(self.engine) as connection:
            generation = generation_in(connection)
        chroma = ChromaIndex.in_folder(folder)
        try:
            chroma.use(generation)
            if lacking(self.engine, chroma):
                self._sync.again(self.engine, chroma)
        except BaseException:
            chroma.close()
            raise
        return chroma

    def vectors(self) -> list[tuple[int, bytes]]:
        """Every passage's key and vector."""
        return self._exact.vectors()
