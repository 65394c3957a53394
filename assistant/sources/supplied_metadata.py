"""What a person says of the articles that are read: what the files themselves leave open."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from assistant.errors import BadSetting
from assistant.records import Article, Origin
from assistant.sources.build_article import (
    Ended,
    Found,
    Gone,
    Same,
    Skipped,
    fingerprint,
    first_words,
    tags_of,
)
from assistant.sources.metadata import moment, understood

FIELDS = ("id", "title", "text", "publisher", "author", "url", "published", "updated", "tags")
One = TypeVar("One", bound=Found | Same | Gone | Ended)
_NEXT = re.compile(r",(?=[^,=]*=)")


@dataclass(frozen=True, slots=True)
class Given:
    """Fields for every article that does not say them itself; raises `BadSetting`.

    `published` is a day or moment (a string is ISO). `columns` tells which column or key of a
    table, JSON file or JSON line holds a field: {"text": "body"}; "source.name" is a key within.
    `tags` are given to every article; with `tag_folders` also the names of the folders that its
    file is in, from the one that was named on.
    """

    title: str = ""
    publisher: str = ""
    author: str = ""
    published: date | str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    tag_folders: bool = False

    def __post_init__(self) -> None:
        if self.published and not understood(self.published):
            raise BadSetting(f"“{self.published}” is no day. Write it as 2022-03-08.")
        for name in self.columns:
            if name not in FIELDS:
                raise BadSetting(f"“{name}” is no field of an article: map {', '.join(FIELDS)}.")


def columns(written: Iterable[str]) -> dict[str, str]:
    """Return {field: column} of "title=headline,text=body"; raises `BadSetting`."""
    pairs: dict[str, str] = {}
    for pair in (pair for each in written for pair in _NEXT.split(each)):
        name, _, column = (part.strip() for part in pair.partition("="))
        if not name or not column:
            raise BadSetting(f"“{pair}” maps nothing. Write it as title=headline,text=body.")
        pairs[name.lower()] = column
    return pairs


def complete(found: One, given: Given) -> One | tuple[str, Article]:
    """Return what was read with what is given where it does not say so itself."""
    if not isinstance(found, tuple) or given == Given():
        return found
    where, article = found
    source = article.source
    # First words are what an article without a title is called by.
    says_title = not given.title or source.title != first_words(article.text)
    title = source.title if says_title else given.title
    told = replace(
        source,
        title=title,
        publisher=source.publisher or given.publisher,
        author=source.author or given.author,
        published=source.published or moment(given.published),
        sha256=fingerprint(title, article.text),
    )
    return where, tagged(replace(article, source=told), given.tags)


def in_folders(found: Found, named: str, given: Given) -> Found:
    """What was read, tagged with its folders where that is wished; `named` is what was read."""
    if not given.tag_folders or isinstance(found, Skipped) or not found[1].origin:
        return found
    where, article = found
    folder, top = os.path.dirname(article.origin.file if article.origin else ""), named
    if not os.path.isdir(top):
        top = folder
    within = os.path.relpath(folder, os.path.abspath(top)).split(os.sep)
    names = (os.path.basename(os.path.abspath(top)), *(one for one in within if one != "."))
    return where, tagged(article, tags_of(names))


def tagged(article: Article, tags: tuple[str, ...]) -> Article:
    """The article with tags that a person gives."""
    source, origin = article.source, article.origin or Origin()
    if not tags:
        return article
    source = replace(source, tags=tags_of([*source.tags, *tags]))
    return replace(article, source=source, origin=replace(origin, tags=(*origin.tags, *tags)))
