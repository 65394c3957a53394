"""What is stored and found: articles, their sources and passages, and what became of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from types import MappingProxyType
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Source:
    """Enough to find the article's page again, and to tell whether it changed.

    `published`, `updated` and `fetched` are aware datetimes, or None when not known; midnight UTC
    stands for a day whose hour is not known. `sha256` is the hash of title and text, in hex. An
    earlier text of an article is kept under an id of its own: `version_of` is the article's, and
    `until` when another text took its place. `tags` are those of its source and of a person.
    `incomplete` says why the text is not the whole article ("paywall", "cut off"), else is empty.
    """

    id: str
    title: str
    publisher: str = ""
    author: str = ""
    url: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    fetched: datetime | None = None
    sha256: str = ""
    version_of: str = ""
    until: datetime | None = None
    tags: tuple[str, ...] = ()
    incomplete: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The source as JSON, without its hash."""
        return {
            "id": self.id,
            "title": self.title,
            "publisher": self.publisher,
            "author": self.author,
            "url": self.url,
            "published": show_date(self.published),
            "updated": show_date(self.updated),
            "fetched": show_date(self.fetched),
            "tags": list(self.tags),
            "version_of": self.version_of,
            "incomplete": self.incomplete,
        }


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an article was read: what it is known by, beside its address and its outlet.

    `id` is the one that its source gives, "" for none; `words` the hash of its text as read.
    `file` is the path of the file, last changed at `modified`; `whole`: the file is this article
    and nothing else. `synced`: what leaves the file is to leave the store. `tags` are those that a
    person gives to all that is read.
    """

    id: str = ""
    words: str = ""
    file: str = ""
    whole: bool = False
    modified: datetime | None = None
    synced: bool = False
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """One article. `text` is clean and final: all offsets count characters (code points) in it.

    `origin` is where it was read, None for an article that was made or comes from the store.
    """

    source: Source
    text: str
    origin: Origin | None = field(default=None, compare=False, repr=False)

    def to_dict(self) -> dict[str, Any]:
        """The article as `index show ID --json` prints it."""
        return {**self.source.to_dict(), "text": self.text}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A slice of its article: `article.text[start:end]`, no space at either end."""

    article_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """Consecutive sentences of one article: `article.text[start:end] == text`.

    `number` counts the article's passages from 0.
    """

    source: Source
    start: int
    end: int
    text: str
    number: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that a search found. A list's order is the ranking; scores are only shown.

    `ranks` holds the place (from 1) that each way of searching gave it: "meaning", "words".
    """

    passage: Passage
    score: float
    ranks: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Filters:
    """Which articles a question may use; both ends count. An undated article passes no date.

    `since` and `until` are aware datetimes of publication; `publishers` and `authors`, which are
    whole bylines, are compared without regard to case, and so are `tags`, of which an article has
    at least one; `articles` are ids. An empty tuple allows all.
    """

    since: datetime | None = None
    until: datetime | None = None
    publishers: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()

    def admits(self, source: Source) -> bool:
        """Whether an article of this source may be used."""
        moment = source.published
        if self.since and (moment is None or moment < self.since):
            return False
        if self.until and (moment is None or moment > self.until):
            return False
        if self.articles and source.id not in self.articles:
            return False
        if self.tags and not any(_among(one, self.tags) for one in source.tags):
            return False
        return _among(source.publisher, self.publishers) and _among(source.author, self.authors)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one article that was to be added, or removed.

    `where` is the file, line or page it came from; `reason` says why it was skipped, else is empty.
    """

    where: str
    status: Literal["added", "updated", "unchanged", "skipped", "removed"]
    id: str = ""
    title: str = ""
    reason: str = ""


def _among(name: str, names: tuple[str, ...]) -> bool:
    """Whether it is one of the names, without regard to case; any is where there are none."""
    return not names or name.casefold() in {one.casefold() for one in names}


def show_date(moment: datetime | None) -> str | None:
    """ISO 8601: the day alone when no hour is known, None when nothing is."""
    if moment is None:
        return None
    return moment.date().isoformat() if moment.time() == time.min else moment.isoformat()


def show_day(moment: datetime | None) -> str:
    """A day as a reader writes it, "8 March 2022"; empty when not known."""
    return f"{moment.day} {moment:%B %Y}" if moment else ""
