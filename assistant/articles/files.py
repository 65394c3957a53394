"""From a path to the articles behind it: a file, a folder, or JSON lines on standard input."""

from __future__ import annotations

import gzip
import os
import stat
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import IO

from assistant.articles import lines, markdown, page, plain
from assistant.articles.building import Found, Skipped, too_large
from assistant.errors import BadArticle
from assistant.records import Article

_FETCHING = "an address, not a file: add it with python -m assistant.index add, or save the page"


def read(where: str | Path, *, most_bytes: int) -> Iterator[Found]:
    """Yield (place, article) or `Skipped` for everything at `where`, in order; never raises.

    `where` is a file, a folder (read to its depth, hidden names passed over) or "-" for JSON lines
    on standard input. `place` is the path, or the path and line. An article of more than
    `most_bytes` is skipped before it is read.
    """
    name = str(where)
    if name == "-":
        yield from lines.read(sys.stdin.buffer, "standard input", most_bytes=most_bytes)
    elif name.lower().startswith(("http://", "https://")):
        yield Skipped(name, _FETCHING)
    else:
        yield from _path(name, most_bytes)


def _path(name: str, most_bytes: int) -> Iterator[Found]:
    try:
        mode = os.stat(name).st_mode
    except FileNotFoundError:
        yield Skipped(name, "no such file or folder: check the path")
    except (OSError, ValueError) as error:
        yield Skipped(name, _cannot(error))
    else:
        yield from (_folder if stat.S_ISDIR(mode) else _file)(name, most_bytes)


def _folder(top: str, most_bytes: int) -> Iterator[Found]:
    refused: list[OSError] = []
    seen: set[tuple[int, int]] = set()
    _is_new(top, seen)
    count = 0
    for folder, folders, names in os.walk(top, onerror=refused.append, followlinks=True):
        folders[:] = sorted(each for each in folders if _is_new(os.path.join(folder, each), seen))
        for name in sorted(names):
            if not name.startswith("."):
                count += 1
                yield from _path(os.path.join(folder, name), most_bytes)
    yield from (Skipped(str(error.filename), _cannot(error)) for error in refused)
    if not count and not refused:
        yield Skipped(top, f"no files in this folder: it reads {KINDS}")


def _is_new(folder: str, seen: set[tuple[int, int]]) -> bool:
    """Is this folder to be walked: not hidden, and not walked yet under another name?"""
    try:
        found = os.stat(folder)
    except OSError:
        return True  # the walk reports it
    identity = (found.st_dev, found.st_ino)
    if os.path.basename(folder).startswith(".") or identity in seen:
        return False
    seen.add(identity)
    return True


def _file(name: str, most_bytes: int) -> Iterator[Found]:
    suffix = next((each for each in READERS if name.lower().endswith(each)), None)
    if suffix is None:
        ending = os.path.splitext(name)[1] or "no ending"
        yield Skipped(name, f"not a kind of file this reads ({ending}): it reads {KINDS}")
        return
    try:
        # Opening a pipe would wait for ever.
        if not stat.S_ISREG(os.stat(name).st_mode):
            yield Skipped(name, "not a regular file: copy it to one")
            return
        with open(name, "rb") as file:
            yield from READERS[suffix](file, name, most_bytes)
    except OSError as error:
        yield Skipped(name, _cannot(error))


def _whole(
    reader: Callable[[bytes, str], Article], file: IO[bytes], name: str, most_bytes: int
) -> Iterator[Found]:
    """The one article that a file is."""
    size = os.fstat(file.fileno()).st_size
    if size > most_bytes:
        yield Skipped(name, too_large(size, most_bytes))
        return
    try:
        yield name, reader(file.read(most_bytes), name)
    except BadArticle as error:
        yield Skipped(name, str(error))


def _lines(file: IO[bytes], name: str, most_bytes: int) -> Iterator[Found]:
    return lines.read(file, name, most_bytes=most_bytes)


def _packed_lines(file: IO[bytes], name: str, most_bytes: int) -> Iterator[Found]:
    with gzip.open(file) as unpacked:
        yield from lines.read(unpacked, name, most_bytes=most_bytes)


def _cannot(error: OSError | ValueError) -> str:
    """The reason in words: "cannot be read: permission denied"."""
    words = (getattr(error, "strerror", None) or str(error)).lower()
    return f"cannot be read: {words}"


READERS: dict[str, Callable[[IO[bytes], str, int], Iterator[Found]]] = {
    ".txt": partial(_whole, plain.read),
    ".md": partial(_whole, markdown.read),
    ".html": partial(_whole, page.read),
    ".htm": partial(_whole, page.read),
    ".jsonl": _lines,
    ".ndjson": _lines,
    ".jsonl.gz": _packed_lines,
    ".ndjson.gz": _packed_lines,
}
KINDS = ", ".join(READERS)
