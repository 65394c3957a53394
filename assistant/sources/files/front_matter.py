"""From the lines at the top of a Markdown file (YAML, TOML or JSON) to an article's fields."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from typing import Any

import yaml

from assistant.errors import BadArticle
from assistant.sources.build_article import joined
from assistant.sources.exports.told import is_address, listed

_YAML = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*$\n?", re.DOTALL | re.MULTILINE)
_TOML = re.compile(r"\A\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*$\n?", re.DOTALL | re.MULTILINE)
_LONGEST = 20_000  # characters
_EMPTY = ("null", "Null", "NULL", "~")
# What each field is called, the likeliest first, by Hugo, Jekyll, Obsidian's clipper and others.
_KEYS = {
    "title": "title headline",
    "publisher": "publisher outlet publication source site",
    "author": "author authors byline",
    "url": "url link canonical_url canonicalurl source",
    "published": "published date publishdate published_at pubdate",
    "updated": "updated lastmod last_modified_at modified",
    "id": "id",
}
_TAGS = ("tags", "categories", "keywords")
_WIKILINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]")


def split(text: str) -> tuple[dict[str, Any], str]:
    """Return (fields, the text below them); raises `BadArticle` when they are broken."""
    if found := _TOML.match(text):
        return _fields(_toml(found[1])), text[found.end() :]
    if found := _YAML.match(text):
        return _fields(_yaml(found[1])), text[found.end() :]
    if re.match(r"\{\s*\"", text):
        try:
            told, end = json.JSONDecoder().raw_decode(text[:_LONGEST])
        except (ValueError, RecursionError):
            return {}, text  # words that begin with a brace
        return _fields(told), text[end:]
    return {}, text


def _yaml(front: str) -> Any:
    _bounded(front)
    try:
        # BaseLoader makes strings of everything: a title may be "No", "1984" or "2022-03-06".
        return yaml.load(front, Loader=yaml.BaseLoader) or {}  # nosec B506 # it makes no objects
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        raise BadArticle(
            f"front matter broken in line {line}: {error.problem}; put a value that holds a colon "
            "or begins with a mark in quotes"
        ) from None
    except (yaml.YAMLError, ValueError, RecursionError):
        raise BadArticle("front matter broken: it is not YAML") from None


def _toml(front: str) -> Any:
    _bounded(front)
    try:
        return tomllib.loads(front)
    except tomllib.TOMLDecodeError as error:
        raise BadArticle(f"front matter broken: {error}"[:200]) from None
    except (ValueError, RecursionError):
        raise BadArticle("front matter broken: it is not TOML") from None


def _bounded(front: str) -> None:
    if len(front) > _LONGEST:
        raise BadArticle(f"front matter of more than {_LONGEST:,} characters: shorten it")


def _fields(found: Any) -> dict[str, Any]:
    """The known keys, each as a string, and the tags."""
    if not isinstance(found, Mapping):
        raise BadArticle("front matter broken: write one `key: value` a line")
    known = {str(key).strip().casefold(): value for key, value in found.items()}
    fields: dict[str, Any] = {}
    for field, keys in _KEYS.items():
        for key in keys.split():
            value = _as_text(key, known[key]) if key in known else ""
            # "source" is an outlet, or the address that a page was clipped from.
            fits = key != "source" or is_address(value) == (field == "url")
            if value and fits:
                fields.setdefault(field, value)
    tags = [tag for key in _TAGS for tag in listed(_list(known.get(key)))]
    fields["tags"] = tuple(dict.fromkeys(tags))
    return fields


def _list(value: object) -> object:
    """Tags as they are written: Jekyll parts them by spaces, Obsidian marks them with #."""
    if isinstance(value, list):
        return [str(tag).lstrip("#") for tag in value if isinstance(tag, str | int)]
    return value.lstrip("#") if isinstance(value, str) and value not in _EMPTY else None


def _as_text(key: str, value: object) -> str:
    if isinstance(value, list):
        if all(isinstance(name, Mapping) and isinstance(name.get("name"), str) for name in value):
            value = [name["name"] for name in value]
        if not all(isinstance(name, str) for name in value):
            raise BadArticle(f"front matter broken: {key} is not a word or a list of words")
        return joined(_WIKILINK.sub(r"\1", name) for name in value)
    if isinstance(value, Mapping) and isinstance(value.get("name"), str):
        value = value["name"]
    if hasattr(value, "isoformat"):  # TOML has days of its own
        value = value.isoformat()
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise BadArticle(f"front matter broken: {key} is not a word or a list of words")
    return "" if value in _EMPTY else _WIKILINK.sub(r"\1", value)
