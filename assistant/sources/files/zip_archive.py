"""From a zipped folder to the articles in it, each file read by its own kind. Nothing is written
to where a name in it points."""

from __future__ import annotations

import posixpath
import stat
from collections.abc import Callable, Iterator
from functools import partial
from typing import IO
from zipfile import ZipFile, ZipInfo

from assistant.errors import BadArticle
from assistant.sources.build_article import Found, Skipped
from assistant.sources.files import bounded_unpacking
from assistant.sources.files.bounded_unpacking import Budget
from assistant.sources.files.build_told import Beside, is_export, nothing_beside

# An archive may unpack to a hundred of the largest articles: 500 MB by default.
_ARTICLES = 100

Reader = Callable[[IO[bytes], str, Beside], Iterator[Found]]


def read(file: IO[bytes], where: str, reader: Reader, *, most_bytes: int) -> Iterator[Found]:
    """Yield what `reader` makes of each file, its place "archive.zip/inner/name.html".

    An archive inside is read as well, one inside that is not. Hidden names are passed over.
    """
    budget = Budget(entries=bounded_unpacking.MOST_ENTRIES, most_bytes=_ARTICLES * most_bytes)
    yield from _archive(file, where, reader, budget, inside=False)


def _archive(
    file: IO[bytes], where: str, reader: Reader, budget: Budget, *, inside: bool
) -> Iterator[Found]:
    try:
        with bounded_unpacking.zipped(file) as archive:
            entries = [entry for entry in archive.infolist() if not _is_hidden(entry)]
            if not entries:
                yield Skipped(where, "no files in this archive")
            budget.entries -= len(entries)
            if budget.entries < 0:
                most = f"{bounded_unpacking.MOST_ENTRIES:,}"
                yield Skipped(where, f"more than {most} files: unpack it, and add the folder")
                return
            taken: set[str] = set()  # what exports name is read with them
            for entry in sorted(entries, key=lambda each: not is_export(each.filename)):
                if entry.filename not in taken:
                    beside = partial(_beside, archive, entry, where, reader, budget, taken)
                    yield from _entry(archive, entry, where, reader, budget, inside, beside)
    except BadArticle as error:
        yield Skipped(where, str(error))


def _entry(
    archive: ZipFile,
    entry: ZipInfo,
    where: str,
    reader: Reader,
    budget: Budget,
    inside: bool,
    beside: Beside = nothing_beside,
) -> Iterator[Found]:
    place = f"{where}/{_shown(entry.filename)}"
    is_archive = entry.filename.lower().endswith(".zip")
    if reason := _refusal(entry) or bounded_unpacking.refusal(entry):
        yield Skipped(place, reason)
    elif is_archive and inside:
        yield Skipped(place, "an archive in an archive in an archive: unpack it first")
    elif entry.file_size > budget.bytes:
        yield Skipped(place, "the archive unpacks to more than is read at once: split it")
    else:
        try:
            with bounded_unpacking.spooled(archive, entry, budget) as file:
                if is_archive:
                    yield from _archive(file, place, reader, budget, inside=True)
                else:
                    yield from reader(file, place, beside)
        except BadArticle as error:
            yield Skipped(place, str(error))


def _beside(
    archive: ZipFile,
    export: ZipInfo,
    where: str,
    reader: Reader,
    budget: Budget,
    taken: set[str],
    path: str,
) -> Found | None:
    """The first article of an entry that an export in the same archive names."""
    name = posixpath.normpath(posixpath.join(posixpath.dirname(export.filename), path))
    if name in taken or name not in archive.NameToInfo or is_export(name):
        return None
    taken.add(name)
    return next(_entry(archive, archive.getinfo(name), where, reader, budget, True), None)


def _is_hidden(entry: ZipInfo) -> bool:
    parts = entry.filename.split("/")
    is_hidden = any(part.startswith(".") and part != ".." for part in parts)
    return entry.is_dir() or is_hidden or parts[0] == "__MACOSX"


def _refusal(entry: ZipInfo) -> str:
    parts = entry.filename.replace("\\", "/").split("/")
    if ".." in parts or parts[0] == "" or parts[0].endswith(":"):
        return "its name leads out of the archive: not read"
    mode = entry.external_attr >> 16
    if mode and stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return "a link or device, not a regular file: not read"
    return ""


def _shown(name: str) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in name[:300])
