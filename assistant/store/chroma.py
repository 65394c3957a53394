"""Nearest vectors. The only file that knows Chroma.

A Chroma folder bears one process at a time: a second one reads stale results, and two writers
damage it without a word. So Chroma is opened under a file lock; a process that does not get the
lock searches SQL's copy of the vectors, exactly, and needs no permission from anyone. A Chroma
server bears any number.

In a folder the vectors stand on shelves, a collection for so many keys: whoever adds needs only the
last one's graph in memory, however many there are.
"""

from __future__ import annotations

import shutil
import threading
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol, TypeAlias, TypeVar
from urllib.parse import urlsplit

import httpx
from filelock import FileLock, Timeout

from assistant.embedding.networks import Vectors
from assistant.errors import AssistantError, BadSetting, StoreFailed
from assistant.store.lock_owner import LockOwner
from assistant.store.rows import unpacked

BATCH = 5_000  # rows in one call; Chroma refuses more than 5,461
HNSW = {
    "space": "cosine",
    "max_neighbors": 32,
    "ef_construction": 200,
    "ef_search": 200,
    # Vectors that wait in Chroma's own SQLite, twice as large, until it writes its graph: its file
    # never shrinks. Of 15,000 vectors 1 MB less than with 1,000, as it comes, in 1.03 of the time.
    "sync_threshold": 500,
}
SHELF = 100_000  # keys of a shelf: 180 MB of memory
OPEN = 2  # shelves in memory at once while writing
SOON = 5.0  # seconds for a sign of life
WAIT = 30.0  # seconds for one answer of a server: a search takes a hundredth of one
Near = list[tuple[int, float]]
_Item = TypeVar("_Item")
_Shelved: TypeAlias = dict[int, list[_Item]]


class Index(Protocol):
    """What finds the nearest vectors: (passage key, cosine), nearest first."""

    def nearest(self, vector: Vectors, count: int, allowed: Collection[int] | None) -> Near: ...


class Lock:
    """The right to open Chroma, held until `release` or the end of the process."""

    def __init__(self, folder: Path) -> None:
        # Not of a thread: whichever closes the store lets go of what another one opened.
        self._lock = FileLock(folder / "chroma.lock", thread_local=False)
        self._holder = LockOwner(folder / "chroma.owner")

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
    """The vectors of a store and generation in Chroma: on shelves in a folder, else in one heap.

    Of a folder the caller holds the lock; a server is anyone's. `place` is either in words.
    """

    def __init__(self, connect: Callable[[], Any], place: str, *, store: str, shelf: int) -> None:
        self._connect = connect
        self._client = connect()
        self.place = place
        self._prefix = f"passages-{store}-" if store else "passages-"
        self._shelf = shelf  # keys of a shelf, 0: one holds all
        self._shelves: dict[int, Any] = {}  # the collections, by number; never changed, replaced
        self._written: set[int] = set()  # those whose graphs writing has brought into memory
        self._opening = threading.Lock()
        self._sessions: list[Any] = []  # the connections of a server, which Chroma would leave open
        self._generation = ""

    @classmethod
    def in_folder(cls, folder: Path) -> ChromaIndex:
        """Chroma's files, opened by this process alone."""
        import chromadb
        from chromadb.config import Settings

        def connect() -> Any:
            return chromadb.PersistentClient(folder, settings=Settings(anonymized_telemetry=False))

        return cls(connect, str(folder), store="", shelf=SHELF)

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
        index = cls(lambda: client, address, store=store, shelf=0)
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
        """Open the collections of this generation, and drop those of others."""
        if generation == self._generation:
            return
        first = f"{self._prefix}{generation}"
        names = [one.name for one in self._client.list_collections()]
        known = {name: _number(name, first) for name in names if name.startswith(self._prefix)}
        for name in [name for name, number in known.items() if number is None]:
            self._client.delete_collection(name)
        self._generation = generation
        numbers = {0, *(number for number in known.values() if number is not None)}
        self._shelves = {number: self._collection(number) for number in sorted(numbers)}

    def _collection(self, number: int) -> Any:
        """The collection of a shelf, made when there is none."""
        first = f"{self._prefix}{self._generation}"
        # None, here and at every get: otherwise Chroma attaches a model that it would download.
        return self._client.get_or_create_collection(
            f"{first}-{number}" if number else first,
            embedding_function=None,
            configuration={"hnsw": HNSW},
        )

    def count(self) -> int:
        return sum(int(shelf.count()) for shelf in self._shelves.values())

    def add(self, rows: Iterable[tuple[int, bytes]]) -> None:
        """Put vectors in; one that is there already is replaced."""
        for number, some in self._by_shelf(rows, key=lambda row: row[0]).items():
            for at in range(0, len(some), BATCH):
                keys, vectors = zip(*some[at : at + BATCH], strict=True)
                self._to_write(number).upsert(
                    ids=[str(key) for key in keys], embeddings=unpacked(*vectors)
                )

    def remove(self, keys: Iterable[int]) -> None:
        for number, some in self._by_shelf(keys, key=int).items():
            ids = [str(key) for key in some]
            for at in range(0, len(ids), BATCH):
                self._to_write(number).delete(ids=ids[at : at + BATCH])

    def _by_shelf(self, items: Iterable[_Item], key: Callable[[_Item], int]) -> _Shelved[_Item]:
        shelved: _Shelved[_Item] = defaultdict(list)
        for item in items:
            shelved[key(item) // self._shelf if self._shelf else 0].append(item)
        return shelved

    def _to_write(self, number: int) -> Any:
        """A shelf; Chroma is opened anew when it would have too many graphs in memory."""
        with self._opening:
            self._written.add(number)
            if self._shelf and len(self._written) > OPEN:
                self._client.close()
                self._client, self._written = self._connect(), {number}
                generation, self._generation = self._generation, ""
                self.use(generation)
            if number not in self._shelves:
                self._shelves = {**self._shelves, number: self._collection(number)}
            return self._shelves[number]

    def nearest(self, vector: Vectors, count: int, allowed: Collection[int] | None) -> Near:
        among = None if allowed is None else self._by_shelf(allowed, key=int)
        while True:
            shelves, found = self._shelves, []
            try:
                with told(f"The vectors in {self.place} cannot be searched"):
                    for number, shelf in shelves.items():
                        ids = None if among is None else [str(key) for key in among[number]]
                        if ids != [] and shelf.count():
                            found += _query(shelf, vector, count, ids)
                return sorted(found, key=lambda one: -one[1])[:count]
            except ChromaFailed:
                with self._opening:  # or was it opened anew meanwhile?
                    if self._shelves is shelves:
                        raise

    def keys(self) -> set[int]:
        """The keys of all that is in it."""
        return {
            int(key) for shelf in self._shelves.values() for key in shelf.get(include=[])["ids"]
        }

    def everything(self) -> Iterable[tuple[int, Vectors]]:
        """Every key with its vector, for `verify`."""
        for shelf in self._shelves.values():
            keys = shelf.get(include=[])["ids"]
            for at in range(0, len(keys), BATCH):
                got = shelf.get(ids=keys[at : at + BATCH], include=["embeddings"])
                yield from zip(map(int, got["ids"]), got["embeddings"], strict=True)


def _number(name: str, first: str) -> int | None:
    """Which shelf of the generation whose first is `first` has this name."""
    if name == first:
        return 0
    number = name.removeprefix(f"{first}-")
    return int(number) if number != name and number.isdecimal() else None


def _query(shelf: Any, vector: Vectors, count: int, ids: list[str] | None) -> Near:
    found = shelf.query(query_embeddings=[vector], n_results=count, ids=ids, include=["distances"])
    pairs = zip(found["ids"][0], found["distances"][0], strict=True)
    return [(int(key), 1.0 - float(distance)) for key, distance in pairs]
