"""What an export says of one article, and how values of its fields become words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

# Where exports keep the words of a field that is an object, the likeliest first.
_KEYS = ("rendered", "name", "literal", "label", "title", "value", "text", "en")
_MOST_NAMES = 100


@dataclass(frozen=True, slots=True)
class Told:
    """An article as an export has it; `text` may be HTML, days are as written.

    `attached` are files beside the export that hold the text; the first that can be read counts,
    else `text`. `fetched` is when the article was saved. `left_out` is why it is not to be stored.
    """

    text: str = ""
    title: str = ""
    id: str = ""
    publisher: str = ""
    author: str = ""
    url: str = ""
    published: str = ""
    updated: str = ""
    fetched: str = ""
    tags: tuple[str, ...] = ()
    attached: tuple[str, ...] = ()
    left_out: str = ""


def words(value: object) -> str:
    """A value as words: of an object the name in it, of a list its first, of others nothing."""
    if isinstance(value, Mapping):
        value = next((value[key] for key in _KEYS if isinstance(value.get(key), str)), "")
    if isinstance(value, list):
        value = next((each for each in value if isinstance(each, str)), "")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value.strip() if isinstance(value, str) else ""


def first(fields: Mapping[str, Any], *keys: str) -> str:
    """The words under the first of the keys that has any."""
    return next((found for key in keys if (found := words(fields.get(key)))), "")


def names(value: object) -> tuple[str, ...]:
    """People or tags as an export lists them: words, objects with a name, or one of them."""
    if isinstance(value, str):
        value = [value]
    if isinstance(value, Mapping):
        # One person; or, as one reading list has its tags, {"news": {"name": "news"}}.
        values = [each for each in value.values() if isinstance(each, Mapping)]
        value = [value] if words(value) or not values else values
    found = (words(each) for each in (value if isinstance(value, list) else [])[:_MOST_NAMES])
    return tuple(dict.fromkeys(name for name in found if name and not name.isdigit()))


def listed(value: object) -> tuple[str, ...]:
    """Tags, also where they stand in one field with commas or semicolons between them."""
    found = names(value)
    if len(found) == 1 and isinstance(value, str):
        found = tuple(part.strip() for part in re.split(r"[,;|]", found[0]) if part.strip())
    return tuple(dict.fromkeys(found[:_MOST_NAMES]))


def line(people: Iterable[str]) -> str:
    """People as one author line."""
    return ", ".join(dict.fromkeys(person for person in people if person))[:300]


def day(value: object) -> str:
    """A day as written; seconds or milliseconds since 1970 as ISO 8601."""
    text = words(value)
    if not re.fullmatch(r"\d{9,13}(?:\.\d+)?", text):
        return text
    seconds = float(text)
    try:
        return datetime.fromtimestamp(
            seconds / 1_000 if seconds > 1e11 else seconds, UTC
        ).isoformat()
    except (ValueError, OverflowError, OSError):
        return ""


def is_address(value: object) -> bool:
    """Is this a web page's address, alone?"""
    return isinstance(value, str) and bool(re.fullmatch(r"\s*https?://\S+\s*", value))
