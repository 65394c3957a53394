"""From the text that a feed holds of an entry to its article: for where its page has less."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from assistant.errors import BadArticle
from assistant.records import Article
from assistant.sources.build_article import (
    Item,
    Skipped,
    article,
    fingerprint,
    first_words,
    tagged,
    without_title,
)
from assistant.sources.cleaning.clean_text import clean
from assistant.sources.files import html_fields
from assistant.sources.listed_pages import Entry
from assistant.sources.metadata import canonical
from assistant.sources.stored import Stored
from assistant.sources.web.web_client import Web

_LEAST = 12  # words; less is a headline said again
_MORE = 1.15  # times a page's words that a feed must have to be taken for it
# What programs write below each entry.
_APPENDED = re.compile(
    r"^(?:The post .{1,300} (?:appeared first on|first appeared on) .{1,200}"
    r"|Der Beitrag .{1,300} erschien zuerst auf .{1,200}"
    r"|L['’]article .{1,300} est apparu en premier sur .{1,200}"
    r"|La entrada .{1,300} (?:se publicó primero en|aparece primero en) .{1,200}"
    r"|(?:Continue reading|Read more|Weiterlesen|Lire la suite|Seguir leyendo)\b.{0,200}"
    r"|\[?(?:…|\.\.\.)\]?)$",
    re.M,
)


def words_of(entry: Entry, where: str) -> str:
    """The entry's text as articles hold it, "" where it says no more than its title."""
    if not entry.text.strip():
        return ""
    text = clean(_APPENDED.sub("", html_fields.words(entry.text)), where=where).text
    text = without_title(text, entry.title)
    return text if len(text.split()) >= _LEAST else ""


def alone(entry: Entry, where: str) -> Article | None:
    """The article that an entry is without its page, None where it holds no text."""
    text = words_of(entry, where)
    if not text:
        return None
    try:
        return article(
            id=entry.id if not entry.url else "",
            title=entry.title or first_words(text),
            text=text,
            publisher=entry.named or entry.outlet,
            author=entry.author,
            url=entry.url,
            published=entry.published,
            tags=entry.tags,
            where=where,
        )
    except BadArticle:
        return None


def completed(found: Item, entry: Entry, web: Web, stored: Stored) -> Item:
    """What was found of an entry's page, or what the feed holds of it where that is more."""
    if isinstance(found, Skipped):
        return _instead(found, entry, stored)
    if not isinstance(found, tuple):
        return found
    where, article = found
    text = words_of(entry, where)
    if len(text.split()) > _MORE * len(article.text.split()):
        sha256 = fingerprint(article.source.title, text)
        article = replace(article, text=text, source=replace(article.source, sha256=sha256))
        if visit := web.visits.get(where):
            web.visits[where] = replace(visit, sha256=sha256)
    return where, tagged(article, entry.tags)


def _instead(found: Skipped, entry: Entry, stored: Stored) -> Item:
    """The feed's text in place of a page that could not be had; what is stored of it is kept."""
    article = alone(entry, found.where)
    if article is None:
        return found
    known = stored.source(canonical(entry.url))
    return found if known and known.sha256 != article.source.sha256 else (found.where, article)


def ids(guids: Iterable[str], feed: str) -> list[str]:
    """The id of each entry by its guid, "" where that is missing or stands at several.

    A short guid counts within its feed alone: each feed may number from 1.
    """
    all_of = list(guids)
    twice = {guid for guid in all_of if all_of.count(guid) > 1} if len(all_of) < 1_001 else set()
    return [
        "" if not guid or guid in twice else guid if len(guid) >= 12 else f"{feed}#{guid}"
        for guid in all_of
    ]
