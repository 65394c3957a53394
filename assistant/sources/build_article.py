"""From known fields to one Article. Everything that becomes an article comes through here."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from assistant.errors import BadArticle
from assistant.records import Article, Origin, Source
from assistant.sources.cleaning.clean_text import clean, one_line
from assistant.sources.metadata import canonical, moment

_ENDS = (".", ",", ";", ":", "…", ".”", '."')
_APART = re.compile(r"[,;|\n]")
_LONGEST_TAG, _MOST_TAGS = 80, 50  # characters, and of one article
_TITLE_WORDS = 12  # of a text without a headline


@dataclass(frozen=True, slots=True)
class Skipped:
    """What could not be read: `where` it is, and the `reason` with what to do about it."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class Same:
    """A page that says it has not changed since the article with this `id` was read from it."""

    where: str
    id: str


@dataclass(frozen=True, slots=True)
class Gone:
    """A page that says it is gone for good, and with it the article with this `id`."""

    where: str
    id: str


@dataclass(frozen=True, slots=True)
class Ended:
    """A folder that was read to its end, but for what is `unread`: what left it is removed."""

    where: str
    unread: tuple[str, ...] = ()


# What reading yields: an article and its place, or what was skipped.
Found = tuple[str, Article] | Skipped
# ... and of what was read before: that it is the same, or gone.
Item = Found | Same | Gone | Ended


def article(
    *,
    title: str,
    text: str,
    id: str = "",
    publisher: str = "",
    author: str = "",
    url: str = "",
    published: object = None,
    updated: object = None,
    fetched: datetime | None = None,
    tags: object = (),
    incomplete: str = "",
    where: str = "",
) -> Article:
    """Return the article with these fields, its text cleaned; raises `BadArticle` without words.

    `id` is the given one, else the canonical URL, else a hash of the text. Dates may be strings,
    `tags` too, with commas; `incomplete` says why the text is not whole; `where` names the place in
    the log.
    """
    headline = one_line(title)
    cleaned = clean(text, where=where or headline)
    if not cleaned.text:
        raise BadArticle("no text, or only page furniture: give the article its text")
    if not headline:
        raise BadArticle("no title: give the article a title")
    address = canonical(url)
    own, words = one_line(id), words_hash(cleaned.text)
    source = Source(
        id=own or address or words,
        title=headline,
        publisher=one_line(publisher),
        author=one_line(author),
        url=address,
        published=moment(published, where),
        updated=moment(updated, where),
        fetched=fetched,
        sha256=fingerprint(headline, cleaned.text),
        tags=tags_of(tags),
        incomplete=one_line(incomplete),
    )
    return Article(source, cleaned.text, Origin(own, words))


def came_from(found: Found, path: str, modified: datetime | None) -> Found:
    """What was read of the file at `path`, knowing so; `modified` is when the file was."""
    if isinstance(found, Skipped):
        return found
    where, article = found
    origin = replace(
        article.origin or Origin(),
        file=os.path.abspath(path),
        whole=where == path,
        modified=modified,
    )
    return where, replace(article, origin=origin)


def tags_of(value: object) -> tuple[str, ...]:
    """What a source gives as tags, each once: a list, of names or {"name": ...}, or with commas."""
    several = (
        list(value) if isinstance(value, list | tuple | set) else _APART.split(str(value or ""))
    )
    names = (
        one.get("name") or one.get("label") if isinstance(one, dict) else one for one in several
    )
    plain = (one_line(str(name)).strip(" #")[:_LONGEST_TAG] for name in names if name)
    return tuple({one.casefold(): one for one in plain if one}.values())[:_MOST_TAGS]


def words_hash(text: str) -> str:
    """What an article is known by that has nothing but its text."""
    return _hash(text)[:16]


def tagged(article: Article, tags: Iterable[str]) -> Article:
    """The article with these tags beside its own."""
    both = tags_of([*article.source.tags, *tags])
    return replace(article, source=replace(article.source, tags=both))


def fingerprint(title: str, text: str) -> str:
    """The hash that tells whether an article changed."""
    return _hash(f"{title}\0{text}")


def headline_of(text: str) -> tuple[str, str]:
    """Return (title, the text without it) of a clean text.

    The title is the first line when it reads like a headline; else the first words, and the text
    stays whole.
    """
    first, _, rest = text.partition("\n")
    rest = rest.lstrip("\n")
    if rest and _is_headline(first) and not rest[0].islower():
        return first, rest
    return first_words(text), text


def first_words(text: str) -> str:
    """Return the first words of `text` as a title, with … where more follow."""
    words = text[:2_000].split()
    title = " ".join(words[:_TITLE_WORDS])[:150]
    return title + ("…" if len(title) < len(" ".join(words)) else "")


def without_title(text: str, title: str) -> str:
    """Return `text` without its first line where that only repeats `title` and more follows."""
    first, _, rest = text.partition("\n")
    return rest.lstrip("\n") if rest and one_line(first) == one_line(title) else text


def too_large(size: int, most: int) -> str:
    """The reason why `size` bytes are refused."""
    return (
        f"{size / 1e6:.1f} MB, more than the {most / 1e6:.1f} MB an article may have "
        "(ASSISTANT_ARTICLE_BYTES)"
    )


def joined(names: Iterable[object]) -> str:
    """Return names as one author line."""
    return ", ".join(str(name) for name in names)


def _is_headline(line: str) -> bool:
    return len(line) <= 150 and len(line.split()) <= 20 and not line.endswith(_ENDS)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
