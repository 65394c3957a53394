"""From an open file, packed or not, to its bytes, within bounds."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import IO, Any

from assistant.errors import BadArticle
from assistant.records import Article
from assistant.sources.build_article import Found, too_large
from assistant.sources.files.bounded_unpacking import BROKEN, Gunzipped, damaged
from assistant.sources.supplied_metadata import Given

# From an open file, its name, the most bytes of an article and what is given, to articles.
Reader = Callable[[IO[bytes], str, int, Given], Iterator[Found]]


def content(file: IO[bytes], most: int) -> bytes:
    """The whole file; raises `BadArticle` when it has more than `most` bytes."""
    size = file.seek(0, io.SEEK_END)
    if size > most:
        raise BadArticle(too_large(size, most))
    file.seek(0)
    return file.read(most)


def whole(
    read_bytes: Callable[[bytes, str], Article],
    file: IO[bytes],
    name: str,
    most_bytes: int,
    given: Given,
) -> Iterator[Found]:
    """The one article that a file is."""
    yield name, read_bytes(content(file, most_bytes), name)


def gunzipped(reader: Reader, file: IO[bytes], name: str, most: int, given: Given) -> Any:
    """What a reader makes of a packed file that is read forward, however long."""
    return reader(Gunzipped(file), name, most, given)  # type: ignore[arg-type]


def unzipped_whole(
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
