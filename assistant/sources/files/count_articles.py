"""How many articles there are to read, so that a progress bar can tell the time left."""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from assistant.errors import BadArticle
from assistant.sources.files.bounded_unpacking import Gunzipped, zipped

_PIECE = 1 << 20
_LINES = (".jsonl", ".ndjson", ".csv", ".tsv")  # an article or less each
_CHAPTERS = (".xhtml", ".html", ".htm", ".xml")
_UNKNOWN = (".warc",)  # to know is to read it


def count(wheres: Iterable[str | Path]) -> int | None:
    """About how many articles `read` will yield for these places; None when nobody can tell."""
    names = [str(where) for where in wheres]
    if "-" in names:
        return None
    paths = [path for name in names for path in _files(name)]
    if any(_kind(path).endswith(_UNKNOWN) for path in paths):
        return None
    return sum(map(_in_file, paths))


def _files(name: str) -> Iterator[str]:
    if not os.path.isdir(name):
        yield name
    for folder, folders, names in os.walk(name):
        folders[:] = [each for each in folders if not each.startswith(".")]
        yield from (os.path.join(folder, each) for each in names if not each.startswith("."))


def _kind(path: str) -> str:
    return path.lower().removesuffix(".gz")


def _in_file(path: str) -> int:
    try:
        if not os.path.isfile(path):
            return 1
        if _kind(path).endswith(_LINES):
            with open(path, "rb") as file:
                stream = Gunzipped(file) if path.lower().endswith(".gz") else file
                pieces = iter(lambda: stream.read(_PIECE), b"")
                return sum(piece.count(b"\n") for piece in pieces)
        if path.lower().endswith((".zip", ".epub")):
            return max(1, _in_archive(path))
    except (BadArticle, EOFError, OSError, zlib.error):
        pass  # reading it will say what is wrong
    return 1


def _in_archive(path: str) -> int:
    is_book = path.lower().endswith(".epub")
    with open(path, "rb") as file, zipped(file) as archive:
        return sum(
            not entry.is_dir() and (not is_book or entry.filename.lower().endswith(_CHAPTERS))
            for entry in archive.infolist()
        )
