"""From JSON lines to Articles, one article a line, however long the file is."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from typing import Any, Protocol

from assistant.errors import BadArticle
from assistant.records import Article
from assistant.sources.build_article import Found, Skipped, article, first_words, joined, too_large
from assistant.sources.character_encoding import decode
from assistant.sources.cleaning.clean_text import one_line
from assistant.sources.exports import json_shapes
from assistant.sources.exports.told import Told, listed
from assistant.sources.files import build_told, column_names, html_fields
from assistant.sources.supplied_metadata import Given

_OPTIONAL = ("id", "publisher", "author", "url", "published", "updated", "incomplete")
_TAGS = ("tags", "categories", "keywords")
_PIECE = 1 << 16
_NOTHING = Given()
# What a packed file raises that is damaged.
BROKEN = (EOFError, OSError, zlib.error)


class LineReader(Protocol):
    """What can be read line by line: an open file, packed or not."""

    def readline(self, most: int, /) -> bytes: ...


def read(
    stream: LineReader, where: str, given: Given = _NOTHING, *, most_bytes: int
) -> Iterator[Found]:
    """Yield each line's place ("file.jsonl, line 3") and article, or why it was skipped.

    No line is held whole that is longer than `most_bytes`. Blank lines are passed over.
    """
    number, found = 0, False
    try:
        while line := stream.readline(most_bytes + 1):
            number += 1
            place = f"{where}, line {number}"
            if len(line) > most_bytes and not line.endswith(b"\n"):
                length = len(line) + _pass_over(stream)
                yield Skipped(place, too_large(length, most_bytes))
            elif line.strip():
                yield _line(line, place, given)
            found = found or bool(line.strip())
    except BROKEN as error:
        yield Skipped(where, cut_off(f"line {number}", error))
        return
    if not found:
        yield Skipped(where, "empty file: it has no lines")


def cut_off(last: str, error: Exception) -> str:
    """The reason why nothing is read after its `last` line or row."""
    reason = str(error).rstrip(".") or type(error).__name__
    return f"cannot be read beyond {last}: {reason}; the file is damaged or cut off"


def _pass_over(stream: LineReader) -> int:
    """Read to the end of the line and return how many bytes that were."""
    passed = 0
    while piece := stream.readline(_PIECE):
        passed += len(piece)
        if piece.endswith(b"\n"):
            break
    return passed


def _line(line: bytes, place: str, given: Given) -> Found:
    try:
        return one(json.loads(decode(line)), place, given)
    except json.JSONDecodeError as error:
        reason = f"broken JSON at column {error.colno}: {error.msg}"
    except (ValueError, RecursionError) as error:
        reason = f"broken JSON: {error}"
    except BadArticle as error:  # no text at all
        reason = str(error)
    return Skipped(place, reason)


def one(fields: Any, place: str, given: Given = _NOTHING) -> Found:
    """The article that one line's JSON describes, or why it is none."""
    try:
        return place, _article(fields, place, given)
    except BadArticle as error:
        return Skipped(place, str(error))


def _article(fields: Any, place: str, given: Given) -> Article:
    if not isinstance(fields, dict):
        raise BadArticle('not an article: write one {"title": ..., "text": ...} a line')
    if given.columns:
        return column_names.build(fields, column_names.match(fields, given), place)
    if "text" not in fields and (told := json_shapes.told(fields)):
        return _of_export(told, place)
    if not {"title", "text"} <= fields.keys() and (matched := column_names.usual(fields)):
        return column_names.build(fields, matched, place)
    if given.title and fields.get("title") is None:
        fields["title"] = given.title
    for key in ("title", "text"):
        if fields.get(key) is None:
            raise BadArticle(f'no {key}: give the article a "{key}"')
        if not isinstance(fields[key], str):
            raise BadArticle(f"{key} is not a string")
    text = html_fields.words(fields["text"])
    optional: dict[str, Any] = {
        key: _as_text(key, fields[key]) for key in _OPTIONAL if fields.get(key) is not None
    }
    # "" is what a crawler writes that found no title: the words are still worth asking.
    title = html_fields.title(fields["title"]) or first_words(one_line(text[:2_000]))
    return article(
        title=title,
        text=text,
        where=place,
        tags=listed(next(filter(None, map(fields.get, _TAGS)), None)),
        **optional,
    )


def _of_export(told: Told, place: str) -> Article:
    if told.left_out:
        raise BadArticle(told.left_out)
    if not told.text.strip() and told.url:
        raise BadArticle(build_told.only_addresses(1, told.url))
    return build_told.build(told, place)


def _as_text(key: str, value: object) -> Any:
    if key == "id" and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if key == "author" and isinstance(value, list) and all(isinstance(name, str) for name in value):
        return joined(value)
    if not isinstance(value, str):
        raise BadArticle(f"{key} is not a string")
    return value
