"""A stream that may never go on -> its pieces as they come, given up when their time is over.

Ours, since a server may be hostile: stopit's error comes only when the thread waits no more, and
func-timeout gives a whole call back, not its pieces.
"""

from __future__ import annotations

import contextlib
import contextvars
import queue
import threading
import time
from collections.abc import Callable, Generator, Iterator
from typing import Any, TypeVar

Piece = TypeVar("Piece")
BEAT = 1.0  # seconds after which whoever waits is told that there is no piece yet
LEAVE = 1.0  # seconds that a stream which nobody reads any more gets to end
# Streams at once, those included that nobody waits for any more and that do not end.
MOST = 100
_END = object()
_threads = threading.BoundedSemaphore(MOST)


def patiently(
    begin: Callable[[], Iterator[Piece]], seconds: float
) -> Generator[Piece | None, None, None]:
    """The pieces of the stream that `begin` gives, and None for each second without one.

    Raises `TimeoutError` when it has not ended within `seconds`, and what the stream raises. It is
    read in a thread of its own, which is left alone when the stream does not even end: a server
    that sends a byte now and then, and never a piece, would otherwise be waited for without end.
    """
    if not _threads.acquire(blocking=False):
        raise TimeoutError
    ends = time.monotonic() + seconds
    pieces: queue.Queue[Any] = queue.Queue(1)
    left = threading.Event()
    context = contextvars.copy_context()
    args = (_read, begin, pieces, left)
    thread = threading.Thread(target=context.run, args=args, name="patience", daemon=True)
    thread.start()
    try:
        while (wait := ends - time.monotonic()) > 0:
            try:
                piece = pieces.get(timeout=min(BEAT, wait))
            except queue.Empty:
                yield None
                continue
            if piece is _END:
                return
            if isinstance(piece, BaseException):
                raise piece
            yield piece
        raise TimeoutError
    finally:
        left.set()
        thread.join(min(LEAVE, max(0.0, ends - time.monotonic())))


def _read(
    begin: Callable[[], Iterator[object]], pieces: queue.Queue[Any], left: threading.Event
) -> None:
    """Put the pieces, and at last `_END` or the error, into the queue until its reader has left."""

    def put(piece: object) -> bool:
        while not left.is_set():
            with contextlib.suppress(queue.Full):
                pieces.put(piece, timeout=0.1)
                return True
        return False

    try:
        stream = begin()
        try:
            going_on = True
            while going_on and (piece := next(stream, _END)) is not _END:
                going_on = put(piece)
        finally:
            if close := getattr(stream, "close", None):
                close()
        put(_END)
    except Exception as error:
        put(error)
    finally:
        _threads.release()
