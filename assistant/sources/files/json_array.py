"""From a JSON file to Articles: an array of them, or an object that holds one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from assistant.errors import BadArticle
from assistant.sources.build_article import Found, Skipped
from assistant.sources.character_encoding import decode
from assistant.sources.exports import json_shapes, sites
from assistant.sources.exports.told import Told
from assistant.sources.files import build_told, column_names
from assistant.sources.files.build_told import Beside, nothing_beside
from assistant.sources.supplied_metadata import Given

_MOST_PARTS = 2_000_000  # each takes a hundred bytes of memory


def read(raw: bytes, where: str, given: Given, beside: Beside = nothing_beside) -> Iterator[Found]:
    """Yield each article of a JSON file with its place ("file.json, article 3").

    `beside` reads the files that an export names; columns that are given count more than what the
    program is known to mean.
    """
    try:
        text = decode(raw)
        if text.count("[") + text.count("{") > _MOST_PARTS:
            raise BadArticle("more arrays and objects than articles have: split the file")
        value = json.loads(text)
        entries = sites.ghost_posts(value) or _entries(value)
        if not given.columns and any(map(json_shapes.is_known, entries)):
            yield from build_told.read(_told(entries, where), where, beside)
            return
        # One message for the file, not one for each article.
        keys = dict.fromkeys(key for each in entries if isinstance(each, dict) for key in each)
        matched = column_names.match(keys, given, where)
    except json.JSONDecodeError as error:
        reason = f"broken JSON in line {error.lineno}, column {error.colno}: {error.msg}"
        hint = "; one article a line is a .jsonl file" if error.msg == "Extra data" else ""
        yield Skipped(where, reason + hint)
        return
    except (ValueError, RecursionError) as error:
        yield Skipped(where, f"broken JSON: {error}")
        return
    except BadArticle as error:
        yield Skipped(where, str(error))
        return
    for number, fields in enumerate(entries, 1):
        place = _place(where, number, entries)
        try:
            yield place, column_names.build(_object(fields), matched, place)
        except BadArticle as error:
            yield Skipped(place, str(error))


def _told(entries: list[Any], where: str) -> Iterator[tuple[str, Told]]:
    """What a known program's entries say; others in the same file hold nothing of it."""
    for number, fields in enumerate(entries, 1):
        yield _place(where, number, entries), json_shapes.told(fields) or Told()


def _place(where: str, number: int, entries: list[Any]) -> str:
    return f"{where}, article {number}" if len(entries) > 1 else where


def _entries(value: Any) -> list[Any]:
    """The array of articles: the value itself, the one array in it, or one article alone."""
    if isinstance(value, dict) and not json_shapes.is_known(value):
        arrays = [each for each in value.values() if _is_array(each)]
        known = [each for each in arrays if json_shapes.is_known(each[0])]
        value = arrays[0] if len(arrays) == 1 else known[0] if known else [value]
    elif isinstance(value, dict):
        value = [value]
    if not isinstance(value, list):
        raise BadArticle("neither an array of articles nor an object that holds one")
    if not value:
        raise BadArticle("an empty array: it has no articles")
    return value


def _is_array(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, dict) for each in value)


def _object(fields: Any) -> dict[str, Any]:
    if not isinstance(fields, dict):
        raise BadArticle('not an article: write {"title": ..., "text": ...}')
    return fields
