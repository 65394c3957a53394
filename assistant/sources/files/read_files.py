"""From a path to the articles behind it: a file, a folder, or JSON lines on standard input."""

from __future__ import annotations

import io
import os
import stat
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import IO, Any

from assistant.errors import BadArticle
from assistant.records import Article
from assistant.sources.build_article import Found, Skipped, too_large
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
    warc,
    zip_archive,
)
from assistant.sources.files.bounded_unpacking import BROKEN, Gunzipped, damaged
from assistant.sources.html import saved_page
from assistant.sources.supplied_metadata import Given, complete

_FETCHING = "an address, not a file: add it with python -m assistant.index add, or save the page"
_NOTHING = Given()
# Times an article's bytes that a file may have whose text is only a part of it.
_PICTURES = 20
_ARRAY = 10

# From an open file, its name, the most bytes of an article and what is given, to articles.
Reader = Callable[[IO[bytes], str, int, Given], Iterator[Found]]


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


def _path(name: str, most_bytes: int, given: Given) -> Iterator[Found]:
    try:
        mode = os.stat(name).st_mode
    except FileNotFoundError:
        yield Skipped(name, "no such file or folder: check the path")
    except (OSError, ValueError) as error:
        yield Skipped(name, _cannot(error))
    else:
        yield from (_folder if stat.S_ISDIR(mode) else _file)(name, most_bytes, given)


def _folder(top: str, most_bytes: int, given: Given) -> Iterator[Found]:
    refused: list[OSError] = []
    seen: set[tuple[int, int]] = set()
    _is_new(top, seen)
    count = 0
    for folder, folders, names in os.walk(top, onerror=refused.append, followlinks=True):
        folders[:] = sorted(each for each in folders if _is_new(os.path.join(folder, each), seen))
        folders[:] = [each for each in folders if not saved_page.is_beside(each, names)]
        for name in sorted(names):
            if not name.startswith("."):
                count += 1
                yield from _path(os.path.join(folder, name), most_bytes, given)
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


def _file(name: str, most_bytes: int, given: Given) -> Iterator[Found]:
    if _reader(name) is None:
        yield _unknown(name)
        return
    try:
        # Opening a pipe would wait for ever.
        if not stat.S_ISREG(os.stat(name).st_mode):
            yield Skipped(name, "not a regular file: copy it to one")
            return
        with open(name, "rb") as file:
            yield from _opened(file, name, most_bytes, given)
    except OSError as error:
        yield Skipped(name, _cannot(error))


def _opened(file: IO[bytes], name: str, most_bytes: int, given: Given) -> Iterator[Found]:
    """What its kind of file makes of an open one."""
    reader = _reader(name)
    if reader is None:
        yield _unknown(name)
        return
    try:
        yield from reader(file, name, most_bytes, given)
    except BadArticle as error:
        yield Skipped(name, str(error))


def _reader(name: str) -> Reader | None:
    return next((READERS[each] for each in READERS if name.lower().endswith(each)), None)


def _unknown(name: str) -> Skipped:
    ending = os.path.splitext(name)[1] or "no ending"
    return Skipped(name, f"not a kind of file this reads ({ending}): it reads {KINDS}")


def _bytes(file: IO[bytes], most: int) -> bytes:
    """The whole file; raises `BadArticle` when it has more than `most` bytes."""
    size = file.seek(0, io.SEEK_END)
    if size > most:
        raise BadArticle(too_large(size, most))
    file.seek(0)
    return file.read(most)


def _whole(
    read_bytes: Callable[[bytes, str], Article],
    file: IO[bytes],
    name: str,
    most_bytes: int,
    given: Given,
) -> Iterator[Found]:
    """The one article that a file is."""
    yield name, read_bytes(_bytes(file, most_bytes), name)


def _gunzipped(reader: Reader, file: IO[bytes], name: str, most: int, given: Given) -> Any:
    """What a reader makes of a packed file that is read forward, however long."""
    return reader(Gunzipped(file), name, most, given)  # type: ignore[arg-type]


def _unzipped_whole(
    reader: Reader, file: IO[bytes], name: str, most: int, given: Given
) -> Iterator[Found]:
    """What a reader makes of a packed file that is one article."""
    try:
        stream, raw = Gunzipped(file), b""
        while len(raw) <= most and (piece := stream.read(most + 1)):
            raw += piece
    except BROKEN as error:
        raise BadArticle(damaged(error)) from error
    yield from reader(io.BytesIO(raw), name, most, given)


def _lines(file: IO[bytes], name: str, most_bytes: int, given: Given) -> Iterator[Found]:
    return json_lines.read(file, name, given, most_bytes=most_bytes)


def _table(file: IO[bytes], name: str, most_bytes: int, given: Given) -> Iterator[Found]:
    return csv_table.read(file, name, given, most_bytes=most_bytes)


def _array(file: IO[bytes], name: str, most_bytes: int, given: Given) -> Iterator[Found]:
    return json_array.read(_bytes(file, _ARRAY * most_bytes), name, given)


def _letter(file: IO[bytes], name: str, most_bytes: int, given: Given) -> Iterator[Found]:
    raw = _bytes(file, _PICTURES * most_bytes)
    yield name, email.read(raw, name, most_bytes=most_bytes)


def _saved(file: IO[bytes], name: str, most_bytes: int, given: Given) -> Iterator[Found]:
    raw = _bytes(file, _PICTURES * most_bytes)
    yield name, html_page.read_saved(raw, name, most_bytes=most_bytes)


def _pdf(file: IO[bytes], name: str, most_bytes: int, given: Given) -> Iterator[Found]:
    raw = _bytes(file, _PICTURES * most_bytes)
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
    def reader(inner: IO[bytes], place: str) -> Iterator[Found]:
        return _opened(inner, place, most_bytes, given)

    return zip_archive.read(file, name, reader, most_bytes=most_bytes)


def _cannot(error: OSError | ValueError) -> str:
    """The reason in words: "cannot be read: permission denied"."""
    words = (getattr(error, "strerror", None) or str(error)).lower()
    return f"cannot be read: {words}"


_WHOLE: dict[str, Reader] = {
    ".txt": partial(_whole, plain_text.read),
    ".md": partial(_whole, markdown.read),
    ".html": partial(_whole, html_page.read),
    ".htm": partial(_whole, html_page.read),
}
_STREAMED: dict[str, Reader] = {".jsonl": _lines, ".ndjson": _lines, ".csv": _table, ".tsv": _table}
READERS: dict[str, Reader] = {
    **_WHOLE,
    **_STREAMED,
    ".json": _array,
    ".eml": _letter,
    ".mhtml": _saved,
    ".mht": _saved,
    ".pdf": _pdf,
    ".docx": _word,
    ".epub": _book,
    ".warc": _crawl,
    ".zip": _archive,
    ".warc.gz": _crawl,
    **{f"{ending}.gz": partial(_unzipped_whole, reader) for ending, reader in _WHOLE.items()},
    **{f"{ending}.gz": partial(_gunzipped, reader) for ending, reader in _STREAMED.items()},
}
KINDS = (
    ", ".join(ending for ending in READERS if not ending.endswith(".gz"))
    + ", and .gz of "
    + ", ".join(ending.removesuffix(".gz") for ending in READERS if ending.endswith(".gz"))
)
