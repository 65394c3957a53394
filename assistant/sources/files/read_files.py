"""From a path to the articles behind it: a file, a folder, or JSON lines on standard input."""

from __future__ import annotations

import logging
import os
import stat
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import IO

from assistant.errors import BadArticle
from assistant.sources.build_article import Found, Skipped, came_from
from assistant.sources.files import (
    csv_table,
    docx,
    email,
    epub,
    html_page,
    json_array,
    json_lines,
    markdown,
    pdf,
    plain_text,
    reference_files,
    warc,
    xml_file,
    zip_archive,
)
from assistant.sources.files.bounded_unpacking import Gunzipped
from assistant.sources.files.build_told import (
    Beside,
    beside_on_disk,
    is_export,
    nothing_beside,
)
from assistant.sources.files.opened_files import Reader, content, gunzipped, unzipped_whole, whole
from assistant.sources.html import saved_page
from assistant.sources.supplied_metadata import Given, complete

logger = logging.getLogger("assistant.sources.files")

_FETCHING = "an address, not a file: add it with python -m assistant.index add, or save the page"
NO_FILES = "no files in this folder"
_NOTHING = Given()
# Times an article's bytes that a file may have whose text is only a part of it.
_PICTURES = 20
_ARRAY = 10

# ... of an export, which may name files beside it.
Exporter = Callable[[IO[bytes], str, int, Given, Beside], Iterator[Found]]


def read(where: str | Path, *, most_bytes: int, given: Given = _NOTHING) -> Iterator[Found]:
    """Yield (place, article) or `Skipped` for everything at `where`, in order; never raises.

    `where` is a file, a folder (read to its depth, hidden names passed over) or "-" for JSON lines
    on standard input. `place` is the path, or the path and the line, row, chapter or name within.
    An article of more than `most_bytes` is skipped before it is read. What an article does not say
    of itself is `given`.
    """
    name = str(where)
    if name == "-":
        found = json_lines.read(sys.stdin.buffer, "standard input", given, most_bytes=most_bytes)
    elif name.lower().startswith(("http://", "https://")):
        found = iter([Skipped(name, _FETCHING)])
    else:
        found = _path(name, most_bytes, given)
    for each in found:
        yield complete(each, given)


def _path(
    name: str, most_bytes: int, given: Given, taken: set[str] | None = None
) -> Iterator[Found]:
    try:
        mode = os.stat(name).st_mode
    except FileNotFoundError:
        yield Skipped(name, "no such file or folder: check the path")
    except (OSError, ValueError) as error:
        yield Skipped(name, _cannot(error))
    else:
        if stat.S_ISDIR(mode):
            yield from _folder(name, most_bytes, given)
        else:
            yield from _file(name, most_bytes, given, taken)


def _folder(top: str, most_bytes: int, given: Given) -> Iterator[Found]:
    refused: list[OSError] = []
    seen: set[tuple[int, int]] = set()
    _is_new(top, seen)
    count = 0
    taken: set[str] = set()  # what exports name is read with them
    for folder, folders, names in os.walk(top, onerror=refused.append, followlinks=True):
        folders[:] = sorted(each for each in folders if _is_new(os.path.join(folder, each), seen))
        folders[:] = [each for each in folders if not saved_page.is_beside(each, names)]
        for name in sorted(names, key=lambda each: (not is_export(each), each)):
            path = os.path.join(folder, name)
            if name.startswith("."):
                continue
            count += 1
            if not taken or os.path.realpath(path) not in taken:
                yield from _path(path, most_bytes, given, taken)
    yield from (Skipped(str(error.filename), _cannot(error)) for error in refused)
    if not count and not refused:
        yield Skipped(top, f"{NO_FILES}: it reads {KINDS}")


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


def _file(
    name: str, most_bytes: int, given: Given, taken: set[str] | None = None
) -> Iterator[Found]:
    if _reader(name) is None:
        yield _unknown(name)
        return
    try:
        # Opening a pipe would wait for ever.
        known = os.stat(name)
        if not stat.S_ISREG(known.st_mode):
            yield Skipped(name, "not a regular file: copy it to one")
            return
        modified = datetime.fromtimestamp(known.st_mtime, UTC)
        with open(name, "rb") as file:
            read_file = partial(_file, most_bytes=most_bytes, given=given)
            beside = partial(beside_on_disk, os.path.dirname(name), read_file, taken)
            for each in _opened(file, name, most_bytes, given, beside):
                yield came_from(each, name, modified)
    except OSError as error:
        yield Skipped(name, _cannot(error))


def _opened(
    file: IO[bytes], name: str, most_bytes: int, given: Given, beside: Beside = nothing_beside
) -> Iterator[Found]:
    """What its kind of file makes of an open one."""
    export = next((_EXPORTS[each] for each in _EXPORTS if name.lower().endswith(each)), None)
    reader = _reader(name)
    if reader is None:
        yield _unknown(name)
        return
    try:
        if export:
            yield from export(file, name, most_bytes, given, beside)
        else:
            yield from reader(file, name, most_bytes, given)
    except BadArticle as error:
        yield Skipped(name, str(error))
    except OSError:
        raise
    except Exception as error:  # whatever a document does to its reader, the others go on
        logger.exception("a fault while reading %s", name)
        yield Skipped(name, f"cannot be read: {type(error).__name__}, a fault of this program")


def _reader(name: str) -> Reader | None:
    return next((READERS[each] for each in READERS if name.lower().endswith(each)), None)


def _unknown(name: str) -> Skipped:
    ending = os.path.splitext(name)[1] or "no ending"
    return Skipped(name, f"not a kind of file this reads ({ending}): it reads {KINDS}")


def _text(file: IO[bytes], name: str, most_bytes: int, given: Given) -> Iterator[Found]:
    return plain_text.read_all(content(file, _ARRAY * most_bytes), name, most_bytes=most_bytes)


def _lines(file: IO[bytes], name: str, most_bytes: int, given: Given) -> Iterator[Found]:
    return json_lines.read(file, name, given, most_bytes=most_bytes)


def _table(file: IO[bytes], name: str, most_bytes: int, given: Given) -> Iterator[Found]:
    return csv_table.read(file, name, given, most_bytes=most_bytes)


def _array(
    file: IO[bytes], name: str, most_bytes: int, given: Given, beside: Beside = nothing_beside
) -> Iterator[Found]:
    return json_array.read(content(file, _ARRAY * most_bytes), name, given, beside)


def _export(
    read_bytes: Callable[[bytes, str, Beside], Iterator[Found]],
    file: IO[bytes],
    name: str,
    most_bytes: int,
    given: Given,
    beside: Beside = nothing_beside,
) -> Iterator[Found]:
    """What an export holds that is read whole."""
    return read_bytes(content(file, _ARRAY * most_bytes), name, beside)


def _letter(file: IO[bytes], name: str, most_bytes: int, given: Given) -> Iterator[Found]:
    raw = content(file, _PICTURES * most_bytes)
    return email.read(raw, name, most_bytes=most_bytes)


def _saved(file: IO[bytes], name: str, most_bytes: int, given: Given) -> Iterator[Found]:
    raw = content(file, _PICTURES * most_bytes)
    yield name, html_page.read_saved(raw, name, most_bytes=most_bytes)


def _pdf(file: IO[bytes], name: str, most_bytes: int, given: Given) -> Iterator[Found]:
    raw = content(file, _PICTURES * most_bytes)
    yield name, pdf.read(raw, name, most_bytes=most_bytes)


def _word(file: IO[bytes], name: str, most_bytes: int, given: Given) -> Iterator[Found]:
    yield name, docx.read(file, name, most_bytes=most_bytes)


def _book(file: IO[bytes], name: str, most_bytes: int, given: Given) -> Iterator[Found]:
    return epub.read(file, name, most_bytes=most_bytes)


def _crawl(file: IO[bytes], name: str, most_bytes: int, given: Given) -> Iterator[Found]:
    is_packed = file.read(2) == b"\x1f\x8b"
    file.seek(0)
    return warc.read(Gunzipped(file) if is_packed else file, name, most_bytes=most_bytes)


def _archive(file: IO[bytes], name: str, most_bytes: int, given: Given) -> Iterator[Found]:
    def reader(inner: IO[bytes], place: str, beside: Beside) -> Iterator[Found]:
        return _opened(inner, place, most_bytes, given, beside)

    return zip_archive.read(file, name, reader, most_bytes=most_bytes)


def _cannot(error: OSError | ValueError) -> str:
    """The reason in words: "cannot be read: permission denied"."""
    words = (getattr(error, "strerror", None) or str(error)).lower()
    return f"cannot be read: {words}"


_WHOLE: dict[str, Reader] = {
    ".txt": _text,
    ".md": partial(whole, markdown.read),
    ".markdown": partial(whole, markdown.read),
    ".html": partial(whole, html_page.read),
    ".htm": partial(whole, html_page.read),
}
_STREAMED: dict[str, Reader] = {".jsonl": _lines, ".ndjson": _lines, ".csv": _table, ".tsv": _table}
_EXPORTS: dict[str, Exporter] = {
    ".json": _array,
    ".xml": partial(_export, xml_file.read),
    ".ris": partial(_export, reference_files.read_ris),
    ".bib": partial(_export, reference_files.read_bibtex),
}
READERS: dict[str, Reader] = {
    **_WHOLE,
    **_STREAMED,
    **_EXPORTS,  # type: ignore[dict-item]  # what is beside may be left out
    ".eml": _letter,
    ".mhtml": _saved,
    ".mht": _saved,
    ".pdf": _pdf,
    ".docx": _word,
    ".epub": _book,
    ".warc": _crawl,
    ".zip": _archive,
    ".warc.gz": _crawl,
    **{f"{ending}.gz": partial(unzipped_whole, reader) for ending, reader in _WHOLE.items()},
    **{f"{ending}.gz": partial(gunzipped, reader) for ending, reader in _STREAMED.items()},
}
KINDS = (
    ", ".join(ending for ending in READERS if not ending.endswith(".gz"))
    + ", and .gz of "
    + ", ".join(ending.removesuffix(".gz") for ending in READERS if ending.endswith(".gz"))
)
