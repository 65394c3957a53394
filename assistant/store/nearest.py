"""Which index of vectors this process searches, and that it is up to date."""

from __future__ import annotations

import logging
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from assistant.embedding import Vectors
from assistant.errors import StoreBusy, StoreFailed
from assistant.store.exact import Exact, generation_in
from assistant.store.tables import pending, reading
from assistant.store.telling import Pending, Telling, lacking
from assistant.store.trust import Trust
from assistant.store.vectors import ChromaFailed, ChromaIndex, Index, Lock, Near, told

FEW = 100  # passages that a question waits for until Chroma knows them: half a second
SOME = 500  # passages told in the background between two looks whether to stop: 3 seconds
log = logging.getLogger(__name__)


class Nearest:
    """Chroma when its lock is ours or free, else SQL's own vectors, compared exactly.

    Chroma is never needed: when it fails it is logged and left alone, until `release`. What it is
    to be told by `telling` is told at once when it is little, else in the background.
    """

    def __init__(self, folder: Path, engine: sa.Engine, telling: Telling | None = None) -> None:
        self.folder = folder
        self.engine = engine
        self.lock = Lock(folder)
        self.trust = Trust(folder / "chroma")
        self._guard = threading.RLock()
        self._chroma: ChromaIndex | None = None
        self._failed = False
        self._exact = Exact(engine)
        self._telling = telling or Pending()
        self._teller: threading.Thread | None = None
        self._stop = threading.Event()

    def release(self) -> None:
        """Let another process open Chroma; the next search takes it again if it can."""
        self._stop.set()
        self._wait()
        with self._guard:
            self._stop.clear()
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
        with self._guard:
            self._up_to_date()
        self._wait()

    def _wait(self) -> None:
        """Until Chroma has been told all, or the telling was stopped."""
        if (teller := self._teller) is not None:
            teller.join()

    def _up_to_date(self) -> ChromaIndex | None:
        """Chroma, whole; None when another process holds it, it is still being told, or fails."""
        if self._failed or (self._teller is not None and self._teller.is_alive()):
            return None
        try:
            if (chroma := self.open()) is None:
                return None
            if count := self._telling.some(self.engine, chroma, FEW):
                self.trust.worked()
        except ChromaFailed as error:
            self._give_up(error)
            return None
        if count < FEW:
            return chroma
        if not self._stop.is_set():
            self._teller = threading.Thread(target=self._tell, args=[chroma], daemon=True)
            self._teller.start()
        return None

    def _tell(self, chroma: ChromaIndex) -> None:
        """Tell Chroma all, in the background."""
        try:
            while not self._stop.is_set():
                if self._telling.some(self.engine, chroma, SOME) < SOME:
                    break
                self.trust.worked()
        except ChromaFailed as error:
            with self._guard:
                self._give_up(error)
        except StoreFailed as error:
            log.warning("%s Chroma is told of new articles at the next search.", error)
        self._exact.forget()

    def _give_up(self, error: ChromaFailed) -> None:
        """Do without Chroma from now on."""
        if not self._failed:
            log.warning(
                "%s SQL's copy of the vectors is searched instead; nothing is lost, and Chroma "
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
                return self._ready(folder)
        except ChromaFailed as error:
            log.warning("%s It is made anew.", error)
        self.discard()
        self.trust.opened()
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
                self._telling.again(self.engine, chroma)
        except BaseException:
            chroma.close()
            raise
        return chroma

    def vectors(self) -> list[tuple[int, bytes]]:
        """Every passage's key and vector."""
        return self._exact.vectors()
