"""From texts to vectors while the caller does something else: in a thread, or in processes.

A worker that ends before it answers is replaced and its texts are embedded again. It does not know
what the texts are from, nor where the vectors go.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Protocol, Self

import numpy as np

from assistant.embedding.embedder import Embedder
from assistant.embedding.networks import CORES, Vectors
from assistant.errors import WorkerLost

DEATHS = 3  # workers that ended over the same texts: another one would end too


class Worker(Protocol):
    """What embeds: this process, another one, or one on another machine."""

    def embed(self, texts: list[str]) -> Vectors:
        """As `Embedder.embed`; raises `WorkerLost` when the worker ends before it answers."""

    def close(self) -> None:
        """End it now, whatever it is doing; `embed`, if one waits in it, raises."""


class Pool:
    """At most `count` workers, each made when there is first something for it to do."""

    def __init__(self, start: Callable[[], Worker], count: int) -> None:
        self.ahead = 2 * count - 1  # portions on their way that keep all workers busy
        self._start = start
        self._count = count
        # One thread a worker, which waits for its answer.
        self._threads = ThreadPoolExecutor(count, "embedding", initializer=_uninterrupted)
        self._workers: list[Worker] = []
        self._idle: deque[Worker] = deque()
        self._lock = threading.Lock()
        self._closed = False

    def submit(self, texts: Sequence[str]) -> Future[Vectors]:
        """Vectors to come; `WorkerLost` after as many deaths over these texts as are patient."""
        if not texts:
            nothing: Future[Vectors] = Future()
            nothing.set_result(np.empty((0, 0), dtype=np.float32))
            return nothing
        if len(self._workers) < self._count:
            self._workers.append(worker := self._start())
            self._idle.append(worker)
        return self._threads.submit(self._embed, list(texts))

    def close(self) -> None:
        """End all workers, and wait until they have ended."""
        with self._lock:
            self._closed = True
        for worker in self._workers:
            worker.close()
        self._threads.shutdown(cancel_futures=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _embed(self, texts: list[str]) -> Vectors:
        worker = self._idle.pop()  # there is one: no more threads run than workers were made
        try:
            for _ in range(DEATHS):
                try:
                    return worker.embed(texts)
                except WorkerLost:
                    worker = self._replaced(worker)
        finally:
            self._idle.append(worker)
        raise WorkerLost(
            f"{DEATHS} workers ended, one after the other, while they embedded this article and "
            "those beside it. Is there memory for fewer only? Add it again with fewer --workers"
        )

    def _replaced(self, worker: Worker) -> Worker:
        with self._lock:
            if self._closed:
                raise WorkerLost("the workers were ended")
            worker.close()
            other = self._start()
            self._workers[self._workers.index(worker)] = other
            return other


def here(embedder: Embedder) -> Pool:
    """One thread of this process that embeds."""
    return Pool(lambda: _Here(embedder), 1)


def processes(embedder: Embedder, count: int) -> Pool:
    """`count` processes on this machine, each with its share of the processor."""
    share = embedder.alike(max(1, CORES // count))
    return Pool(lambda: _Process(share), count)


class _Here:
    """The caller's own embedder, which does not end before the caller does."""

    def __init__(self, embedder: Embedder) -> None:
        self.embed = embedder.embed

    def close(self) -> None:
        """Nothing to end."""


class _Process:
    """A process that embeds, in an executor of its own: when it dies, no other one does.

    It holds one end of a line. When the other end is gone, because it was closed or because the
    caller was killed, it ends itself.
    """

    def __init__(self, embedder: Embedder) -> None:
        # Spawned: a forked process would inherit SQLite's, Chroma's and OpenVINO's threads halfway.
        context = multiprocessing.get_context("spawn")
        self._end, self._line = context.Pipe(duplex=False)
        self._executor = ProcessPoolExecutor(
            1, context, initializer=_begin, initargs=(embedder, self._end)
        )

    def embed(self, texts: list[str]) -> Vectors:
        try:
            return self._executor.submit(_embed, texts).result()
        except BrokenProcessPool as error:
            raise WorkerLost("a process that embeds ended") from error

    def close(self) -> None:
        self._line.close()
        self._executor.shutdown(cancel_futures=True)
        self._end.close()


_embedder: Embedder  # of a worker's process, set when it begins


def _begin(embedder: Embedder, end: Connection) -> None:
    global _embedder
    _embedder = embedder
    threading.Thread(target=_end_with, args=(end,), daemon=True).start()


def _embed(texts: list[str]) -> Vectors:
    return _embedder.embed(texts)


def _end_with(end: Connection) -> None:
    """End this process at once when nobody holds the line's other end any more."""
    end.poll(None)
    os._exit(0)


def _uninterrupted() -> None:
    """Ctrl-C is for the caller: what this thread starts, a process too, does not hear it."""
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
