"""From a table's row or a JSON object, whatever its columns are called, to an article's fields."""

from __future__ import annotations

import difflib
import logging
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from assistant.errors import BadArticle
from assistant.records import Article
from assistant.sources.build_article import article, first_words, joined
from assistant.sources.cleaning.clean_text import one_line
from assistant.sources.exports.told import day, listed
from assistant.sources.files import html_fields
from assistant.sources.files.usual_columns import USUAL
from assistant.sources.supplied_metadata import FIELDS, Given

logger = logging.getLogger("assistant.sources")

_SHOWN = 12  # columns named in a message


def match(columns: Iterable[str], given: Given, where: str = "") -> dict[str, str]:
    """Return {field: column} for these columns: as given, else by their usual names.

    Raises `BadArticle` when no column holds the text, or a given one is not there. Columns that
    look like a field's and are not used are logged with `where`.
    """
    names = [name for name in columns if name]
    found = _known(names)
    known = {_plain(name): name for name in reversed(names)}
    for field, column in given.columns.items():
        at = known.get(_plain(column)) or known.get(_plain(column.split(".")[0]))
        if at is None:
            raise BadArticle(f"no column “{column}”: it has {_listed(names)}")
        found[field] = at if _plain(column) in known else column
    if "text" not in found:
        raise BadArticle(
            f"no column holds the text: it has {_listed(names)}; tell which with "
            "--map text=COLUMN,title=COLUMN"
        )
    if where and (unused := _unused(names, found)):
        field, column = next(iter(unused.items()))
        logger.warning(
            "columns not used of %s: %s; use one with --map %s=%s",
            where,
            _listed(list(unused.values())),
            field,
            one_line(column)[:40],
        )
    return found


def usual(fields: Mapping[str, Any]) -> dict[str, str]:
    """{field: key} of an object that has a title and a text by other names, else nothing."""
    found = _known([key for key, value in fields.items() if value is not None])
    return found if {"title", "text"} <= found.keys() else {}


def build(fields: Mapping[str, Any], matched: Mapping[str, str], where: str) -> Article:
    """The article of one row or object; raises `BadArticle` without a text."""
    picked = {field: _within(fields, column) for field, column in matched.items()}
    written = _rendered(picked.get("text"))
    text = html_fields.words(written) if isinstance(written, str) else ""
    if not text.strip():
        raise BadArticle("no text: its column is empty, or no words")
    told: dict[str, Any] = {
        field: _words(picked.get(field)) for field in FIELDS if field not in ("text", "tags")
    }
    title = html_fields.title(told.pop("title")) or first_words(one_line(text[:2_000]))
    if told["author"].strip().isdigit():
        told["author"] = ""  # a number in another table of whoever made this
    told.update({field: day(told[field]) for field in ("published", "updated")})
    return article(title=title, text=text, where=where, tags=listed(picked.get("tags")), **told)


def _known(names: list[str]) -> dict[str, str]:
    known = {_plain(name): name for name in reversed(names)}
    return {
        field: known[usual]
        for field, columns in USUAL.items()
        for usual in reversed(columns)
        if usual in known
    }


def _unused(names: list[str], found: Mapping[str, str]) -> dict[str, str]:
    """{field: column} of columns that may be a field's that none was found for."""
    used = {column.split(".")[0] for column in found.values()} | set(found.values())
    unused: dict[str, str] = {}
    for name in names:
        plain = _plain(name)
        for field in (field for field in FIELDS if field not in (*found, *unused, "id")):
            words = set(plain.split("_"))
            near = difflib.get_close_matches(plain[:40], USUAL[field], 1, 0.8)
            if name not in used and (near or words & set(USUAL[field])):
                unused[field] = name
                break
    return unused


def _within(fields: Mapping[str, Any], column: str) -> Any:
    """The value under "source.name", or under a key of just that name."""
    if column in fields:
        return fields[column]
    value: Any = fields
    for key in column.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _rendered(value: object) -> object:
    """A text that its program wraps: {"rendered": ...}."""
    if isinstance(value, dict):
        return next((value[key] for key in ("rendered", "html", "value") if key in value), value)
    return value


def _words(value: object) -> str:
    """A field as words: a list of names joined, {"name": ...} by its name, else nothing."""
    if isinstance(value, dict):
        value = value.get("name") or value.get("rendered")
    if isinstance(value, list):
        return joined(name for name in map(_words, value) if name)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else ""


def _plain(name: str) -> str:
    bare = unicodedata.normalize("NFKD", name[:200]).casefold().replace("_", " ")
    letters = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return "_".join(re.sub(r"[^\w]+", " ", letters).split())


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return (", ".join(one_line(name)[:40] for name in names[:_SHOWN]) or "none") + more
