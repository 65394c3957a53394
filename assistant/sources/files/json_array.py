"""From a JSON file to Articles: an array of them, or an object that holds one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from assistant.errors import BadArticle
from assistant.sources.build_article import Found, Skipped
from assistant.sources.character_encoding import decode
from assistant.sources.files import column_names
from assistant.sources.supplied_metadata import Given

_MOST_PARTS = 2_000_000  # each takes a hundred bytes of memory


def read(raw: bytes, where: str, given: Given) -> Iterator[Found]:
    """Yield each article of a JSON file with its place ("file.json, article 3")."""
    try:
        text = decode(raw)
        if text.count("[") + text.count("{") > _MOST_PARTS:
            raise BadArticle("more arrays and objects than articles have: split the file")
        entries = _entries(json.loads(text))
        # One message for the file, not one for each article.
        keys = dict.fromkeys(key for each in entries if isinstance(each, dict) for key in each)
        matched = column_names.match(keys, given)
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
        place = f"{where}, article {number}" if len(entries) > 1 else where
        try:
            yield place, column_names.build(_object(fields), matched, place)
        except BadArticle as error:
            yield Skipped(place, str(error))


def _entries(value: Any) -> list[Any]:
    """The array of articles: the value itself, the one array in it, or one article alone."""
    if isinstance(value, dict):
        arrays = [each for each in value.values() if _is_array(each)]
        value = arrays[0] if len(arrays) == 1 else [value]
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
