"""Nearest vectors. The only file that knows Chroma.

A Chroma folder bears one process at a time: a second one reads stale results, and two writers
damage it without a word. So Chroma is opened under a file lock; a process that does not get the
lock searches SQL's copy of the vectors, exactly, and needs no permission from anyone. A Chroma
server bears any number.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

import httpx
import numpy as np
from filelock import FileLock, Timeout

from assistant.embedding import Vectors
from assistant.errors import AssistantError, BadSetting, StoreFailed
from assistant.store.holder import Holder
from assistant.store.rows import unpacked

BATCH = 5_000  # rows in one call; Chroma refuses more than 5,461
HNSW = {"space": "cosine", "max_neighbors": 32, "ef_construction": 200, "ef_search": 200}
SOON = 5.0  # seconds for a sign of life
WAIT = 30.0  # seconds for one answer of a server: a search takes a hundredth of one
Near = list[tuple[int, float]]


class Index(Protocol):
    """What finds the nearest vectors: (passage key, cosine), nearest first."""

    def nearest(self, vector: Vectors, count: int, allowed: Collection[int] | None) -> Near: ...


class Lock:
    """The right to open Chroma, held until `release` or the end of the process."""

    def __init__(self, folder: Path) -> None:
        # Not of a thread: whichever closes the store lets go of what another one opened.
        self._lock = FileLock(folder / "chroma.lock", thread_local=False)
        self._holder = Holder(folder / "chroma.owner")

    def acquire(self) -> bool:
        """Take it if it is free; says whether we hold it."""
        try:
            self._lock.acquire(timeout=0)
        except (Timeout, OSError):  # held by another, or on a disk that nobody may write to
            return False
        self._holder.note()
        return True

    def release(self) -> None:
        self._lock.release()

    @property
    def owner(self) -> str:
        """Who holds it, in words."""
        return str(self._holder)


class ChromaFailed(StoreFailed):
    """Chroma alone failed; SQL has all that is needed."""


@contextmanager
def told(what: str) -> Iterator[None]:
    """Turn whatever Chroma raises into `ChromaFailed`: its own errors, and its core's panics."""
    try:
        yield
    except (KeyboardInterrupt, SystemExit, GeneratorExit, AssistantError):
        raise
    except BaseException as error:  # a panic of its Rust core is no Exception
        raise ChromaFailed(f"{what} ({str(error).strip() or type(error).__name__}).") from error


def server_of(address: str) -> tuple[str, int, bool]:
    """Host, port and whether it is https, of `http://host:8000`; raises `BadSetting`."""
    try:
        parts = urlsplit(address)
        port = parts.port or (443 if parts.scheme == "https" else 8000)
    except ValueError:
        parts, port = urlsplit(""), 0
    odd = parts.username is not None or parts.path.strip("/") or parts.query or parts.fragment
    if parts.scheme not in ("http", "https") or not parts.hostname or odd:
        raise BadSetting("ASSISTANT_CHROMA_URL is no address of a server. Write http://HOST:8000")
    return parts.hostname, port, parts.scheme == "https"


class ChromaIndex:
    """The vectors in Chroma, one collection a store and generation.

    Of a folder the caller holds the lock; a server is anyone's. `place` is either in words.
    """

    def __init__(self, client: Any, place: str, store: str = "") -> None:
        self._client = client
        self.place = place
        self._prefix = f"passages-{store}-" if store else "passages-"
        self._sessions: list[Any] = []  # the connections of a server, which Chroma would leave open
        self._collection: Any = None
        self._generation = ""

    @classmethod
    def in_folder(cls, folder: Path) -> ChromaIndex:
        """Chroma's files, opened by this process alone."""
        import chromadb
        from chromadb.config import Settings

        settings = Settings(anonymized_telemetry=False)
        return cls(chromadb.PersistentClient(folder, settings=settings), str(folder))

    @classmethod
    def on_server(cls, address: str, store: str) -> ChromaIndex:
        """The vectors of a store on the server at `address`, which may hold other stores' too."""
        import chromadb
        from chromadb.config import Settings

        host, port, secure = server_of(address)
        settings = Settings(anonymized_telemetry=False)
        with told(f"The Chroma server at {address} does not answer"):
            # Asked first: a client that failed to be made is kept by Chroma for ever.
            httpx.get(f"{address}/api/v2/heartbeat", timeout=SOON).raise_for_status()
            client: Any = chromadb.HttpClient(host, port, ssl=secure, settings=settings)
            # Chroma would wait for ever, and offers no setting for it.
            sessions = [part._server._session for part in (client, client._admin_client)]
            for session in sessions:
                session.timeout = WAIT
        index = cls(client, address, store)
        index._sessions = sessions
        return index

    @staticmethod
    def discard(folder: Path) -> None:
        """Delete Chroma's files; SQLite has all that is needed to make them anew."""
        from chromadb.api.shared_system_client import SharedSystemClient

        # A client that failed to open stays in Chroma's cache and would be handed out again.
        SharedSystemClient._identifier_to_system.pop(str(folder), None)
        SharedSystemClient._identifier_to_refcount.pop(str(folder), None)
        shutil.rmtree(folder, ignore_errors=True)

    def close(self) -> None:
        """Let go of Chroma's files, or of the connections to its server."""
        self._client.close()
        for session in self._sessions:
            session.close()

    def use(self, generation: str) -> None:
        """Open the collection of this generation, and drop those of others."""
        if generation == self._generation:
            return
        name = f"{self._prefix}{generation}"
        for other in self._client.list_collections():
            if other.name.startswith(self._prefix) and other.name != name:
                self._client.delete_collection(other.name)
        # None, here and at every get: otherwise Chroma attaches a model that it would download.
        self._collection = self._client.get_or_create_collection(
            name,
            embedding_function=None,
            configuration={"hnsw": HNSW},
        )
        self._generation = generation

    def count(self) -> int:
        return int(self._collection.count())

    def add(self, rows: Iterable[tuple[int, bytes]]) -> None:
        """Put vectors in; one that is there already is replaced."""
        rows = list(rows)
        for at in range(0, len(rows), BATCH):
            keys, vectors = zip(*rows[at : at + BATCH], strict=True)
            self._collection.upsert(
                ids=[str(key) for key in keys],
                embeddings=unpacked(*vectors),
            )

    def remove(self, keys: Iterable[int]) -> None:
        ids = [str(key) for key in keys]
        for at in range(0, len(ids), BATCH):
            self._collection.delete(ids=ids[at : at + BATCH])

    def nearest(self, vector: Vectors, count: int, allowed: Collection[int] | None) -> Near:
        ids = None if allowed is None else [str(key) for key in allowed]
        with told(f"The vectors in {self.place} cannot be searched"):
            if ids == [] or self.count() == 0:
                return []
            found = self._collection.query(
                query_embeddings=[vector], n_results=count, ids=ids, include=["distances"]
            )
        pairs = zip(found["ids"][0], found["distances"][0], strict=True)
        return [(int(key), 1.0 - float(distance)) for key, distance in pairs]

    def keys(self) -> set[int]:
        """The keys of all that is in it."""
        return {int(key) for key in self._collection.get(include=[])["ids"]}

    def everything(self) -> Iterable[tuple[int, Vectors]]:
        """Every key with its vector, for `verify`."""
        keys = self._collection.get(include=[])["ids"]
        for at in range(0, len(keys), BATCH):
            got = self._collection.get(ids=keys[at : at + BATCH], include=["embeddings"])
            yield from zip(map(int, got["ids"]), got["embeddings"], strict=True)


class ExactIndex:
    """The vectors in memory, compared one by one: 15 ms for 100,000 passages, recall 1."""

    def __init__(self, rows: Iterable[tuple[int, bytes]]) -> None:
        rows = list(rows)
        self._keys = np.array([key for key, _ in rows], dtype=np.int64)
        self._matrix = unpacked(*(vector for _, vector in rows)) if rows else np.empty((0, 1))

    def nearest(self, vector: Vectors, count: int, allowed: Collection[int] | None) -> Near:
        keys, matrix = self._keys, self._matrix
        if allowed is not None:
            mask = np.isin(keys, np.fromiter(allowed, dtype=np.int64, count=len(allowed)))
            keys, matrix = keys[mask], matrix[mask]
        if not len(keys):
            return []
        scores = matrix @ vector
        best = np.argsort(-scores, kind="stable")[:count]
        return [(int(keys[i]), float(scores[i])) for i in best]
