"""From a table's row or a JSON object, whatever its columns are called, to an article's fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from assistant.errors import BadArticle
from assistant.records import Article
from assistant.sources.build_article import article, first_words, joined
from assistant.sources.cleaning.clean_text import one_line
from assistant.sources.supplied_metadata import FIELDS, Given

# What exports call the fields, the likeliest first; compared in lower case with _ for " " and "-".
_USUAL = {
    "id": "id article_id guid".split(),
    "title": "title headline heading subject".split(),
    "text": "text body content article full_text article_text article_body articlebody "
    "maintext story".split(),
    "publisher": "publisher outlet publication source newspaper source_name site".split(),
    "author": "author authors byline writer creator".split(),
    "url": "url link address article_url canonical_url permalink uri".split(),
    "published": "published date published_at publishedat publish_date date_published "
    "datepublished publication_date pubdate pub_date published_date".split(),
    "tags": "tags tag keywords categories category labels section topics".split(),
    "updated": "updated updated_at date_modified datemodified modified last_modified".split(),
}
_SHOWN = 12  # columns named in a message


def match(columns: Iterable[str], given: Given) -> dict[str, str]:
    """Return {field: column} for these columns: as given, else by their usual names.

    Raises `BadArticle` when no column holds the text, or a given one is not there.
    """
    names = [name for name in columns if name]
    known = {_plain(name): name for name in reversed(names)}
    found = {
        field: known[usual]
        for field in FIELDS
        for usual in reversed(_USUAL[field])
        if usual in known
    }
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
    return found


def build(fields: Mapping[str, Any], matched: Mapping[str, str], where: str) -> Article:
    """The article of one row or object; raises `BadArticle` without a text."""
    picked = {field: _within(fields, column) for field, column in matched.items()}
    text = picked.get("text")
    if not isinstance(text, str) or not text.strip():
        raise BadArticle("no text: its column is empty, or no words")
    told: dict[str, Any] = {field: _words(picked.get(field)) for field in FIELDS if field != "text"}
    told["tags"] = picked.get("tags")
    title = one_line(told.pop("title")) or first_words(one_line(text[:2_000]))
    return article(title=title, text=text, where=where, **told)


def _within(fields: Mapping[str, Any], column: str) -> Any:
    """The value under "source.name", or under a key of just that name."""
    if column in fields:
        return fields[column]
    value: Any = fields
    for key in column.split("."):
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _words(value: object) -> str:
    """A field as words: a list of names joined, {"name": ...} by its name, else nothing."""
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, list):
        return joined(name for name in map(_words, value) if name)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else ""


def _plain(name: str) -> str:
    return "_".join(name.strip().casefold().replace("-", " ").replace("_", " ").split())


def _listed(names: list[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return (", ".join(one_line(name)[:40] for name in names[:_SHOWN]) or "none") + more
