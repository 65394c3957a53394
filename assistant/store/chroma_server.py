"""The nearest vectors from a Chroma server, which any number of machines share."""

from __future__ import annotations

import logging
import threading
import time
import uuid
from collections.abc import Collection, Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from assistant.embedding.networks import Vectors
from assistant.errors import StoreBusy, StoreFailed
from assistant.store.chroma import BATCH, ChromaFailed, ChromaIndex, Index, Near, server_of, told
from assistant.store.chroma_sync import PendingSync, lacking, tell_lacking
from assistant.store.exact_search import Exact, generation_in
from assistant.store.tables import fact, kind, passages, pending, reading, set_fact, writing

AGAIN = 5.0  # seconds before a server that did not answer is asked again
# Passages that are compared one by one while the server is away: 300 MB, 0.1 s a question.
FEW = 200_000
log = logging.getLogger(__name__)


class ChromaServer:
    """Chroma on a server; while it is away SQL's own vectors, compared exactly, if they are few.

    Whoever gets the turn tells the server what has changed; the others need not wait for it.
    """

    def __init__(self, address: str, engine: sa.Engine) -> None:
        server_of(address)
        self.address = address
        self.engine = engine
        self._exact = Exact(engine)
        self._sync = PendingSync()
        self._guard = threading.RLock()
        self._chroma: ChromaIndex | None = None
        self._generation = ""
        self._away_until = 0.0

    def release(self) -> None:
        """Close the connection; the next search opens another."""
        self._forget()
        self._away_until = 0.0

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nothing to hold: a rebuild begins another collection, and others go on with theirs."""
        yield

    def discard(self) -> None:
        """Nothing to do: the collection of an older generation goes when the new one is made."""

    def nearest(self, vector: Vectors, count: int, allowed: Collection[int] | None) -> Near:
        """The nearest passages: (key, cosine), nearest first. Raises `StoreFailed` as `index`."""
        for _ in range(2):  # a connection may have been left over from before a restart
            index = self.index()
            try:
                if allowed is None or not isinstance(index, ChromaIndex):
                    return index.nearest(vector, count, allowed)
                return index.nearest(vector, count, self._told(allowed))
            except ChromaFailed as error:
                log.info("%s", error)
                self._forget()
        return self._without(ChromaFailed(f"The Chroma server at {self.address} fails.")).nearest(
            vector, count, allowed
        )

    def index(self) -> Index:
        """The server, brought up to date; SQL's own vectors when it is away.

        Raises `StoreFailed` when these are too many to be compared one by one.
        """
        try:
            chroma = self.open()
        except ChromaFailed as error:
            return self._without(error)
        except StoreBusy as error:
            log.info("%s", error)
            return self._without(ChromaFailed(f"Chroma at {self.address} is not up to date."))
        assert chroma is not None
        return chroma

    def open(self) -> ChromaIndex | None:
        """The server, brought up to date; raises `ChromaFailed` when it is away."""
        with self._guard:
            if time.monotonic() < self._away_until:
                raise ChromaFailed(f"The Chroma server at {self.address} does not answer.")
            try:
                return self._up_to_date()
            except ChromaFailed:
                self._forget()
                raise

    def catch_up(self) -> None:
        """Tell the server what has changed; when it is away, whoever searches next does."""
        try:
            self.open()
        except ChromaFailed as error:
            self._say_away(error)
        except StoreBusy as error:
            log.info("%s", error)

    def whole(self) -> Index:
        """As `index`: it waits in any case."""
        return self.index()

    def vectors(self) -> list[tuple[int, bytes]]:
        """Every passage's key and vector."""
        return self._exact.vectors()

    def _up_to_date(self) -> ChromaIndex:
        with reading(self.engine) as connection:
            generation = generation_in(connection)
            waiting = connection.execute(sa.select(pending).limit(1)).first() is not None
        if self._chroma is None or generation != self._generation:
            chroma = self._chroma or ChromaIndex.on_server(self.address, self._store())
            with told(f"The Chroma server at {self.address} cannot be used"):
                chroma.use(generation)
            self._fill(chroma)
            self._chroma, self._generation = chroma, generation
        if waiting:
            with kind(self.engine).turn(self.engine) as ours:
                while ours and self._sync.some(self.engine, self._chroma, wait=False) == BATCH:
                    pass
        return self._chroma

    def _store(self) -> str:
        """What tells this store's collections from those of others on the same server."""
        with reading(self.engine) as connection:
            name = fact(connection, "store")
        if name is None:
            with writing(self.engine) as connection:
                name = fact(connection, "store") or uuid.uuid4().hex
                set_fact(connection, "store", name)
        return name

    def _fill(self, chroma: ChromaIndex) -> None:
        """Give a server that is new, or has lost its vectors, all of them."""
        if not lacking(self.engine, chroma):
            return
        with kind(self.engine).turn(self.engine) as ours:
            if not ours:
                raise ChromaFailed(f"The Chroma server at {self.address} is being filled.")
            while tell_lacking(self.engine, chroma) == BATCH:
                pass

    def _told(self, allowed: Collection[int]) -> set[int]:
        """Those of the passages that the server has been told of: it fails for others."""
        query = sa.select(pending.c.passage).where(~pending.c.removed)
        with reading(self.engine) as connection:
            return set(allowed) - set(connection.scalars(query))

    def _forget(self) -> None:
        with self._guard:
            chroma, self._chroma = self._chroma, None
        if chroma is not None:
            try:
                with told("The connection to Chroma cannot be closed"):
                    chroma.close()
            except ChromaFailed as error:
                log.info("%s", error)

    def _say_away(self, error: ChromaFailed) -> None:
        with self._guard:
            new = time.monotonic() >= self._away_until
            self._away_until = max(self._away_until, time.monotonic() + AGAIN * new)
        if new:
            log.warning(
                "%s SQL's copy of the vectors is searched instead; nothing is lost, and the server "
                "is asked again in %d seconds.",
                error,
                AGAIN,
            )

    def _without(self, error: ChromaFailed) -> Index:
        """SQL's own vectors, if they are few enough."""
        with reading(self.engine) as connection:
            count = connection.scalar(sa.select(sa.func.count()).select_from(passages)) or 0
        if count > FEW:
            raise StoreFailed(
                f"{error} Without it {count:,} passages would have to be compared one by one. "
                f"Start it: chroma run --path FOLDER --host HOST --port PORT"
            ) from error
        self._say_away(error)
        return self._exact.index()
