"""How many articles there are to read, so that a progress bar can tell the time left."""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

_PIECE = 1 << 20


def count(wheres: Iterable[str | Path]) -> int | None:
    """About how many articles `read` will yield for these places; None for standard input."""
    names = [str(where) for where in wheres]
    if "-" in names:
        return None
    return sum(_in_file(path) for name in names for path in _files(name))


def _files(name: str) -> Iterator[str]:
    if not os.path.isdir(name):
        yield name
    for folder, folders, names in os.walk(name):
        folders[:] = [each for each in folders if not each.startswith(".")]
        yield from (os.path.join(folder, each) for each in names if not each.startswith("."))


def _in_file(path: str) -> int:
    kind = path.lower().removesuffix(".gz")
    if not kind.endswith((".jsonl", ".ndjson")) or not os.path.isfile(path):
        return 1
    try:
        with (gzip.open if path.lower().endswith(".gz") else open)(path, "rb") as file:
            pieces = iter(lambda: file.read(_PIECE), b"")
            return sum(piece.count(b"\n") for piece in pieces)
    except (EOFError, OSError, zlib.error):
        return 1  # reading it will say what is wrong
