"""From what a person names to articles.

That is files and folders, standard input, addresses, feeds, sitemaps, lists of feeds, Articles.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import TypeAlias, TypeGuard, cast

from assistant.records import Article, Origin, Outcome
from assistant.settings import Settings
from assistant.sources.build_article import Ended, Gone, Item, Same, Skipped
from assistant.sources.files.read_files import NO_FILES
from assistant.sources.files.read_files import read as read_files
from assistant.sources.listed_pages import Entry, Feed, Folder, Opml, Sitemap
from assistant.sources.listings import opml, sitemaps
from assistant.sources.listings.feeds import Following
from assistant.sources.metadata import canonical
from assistant.sources.stored import Stored
from assistant.sources.supplied_metadata import Given, complete, in_folders
from assistant.sources.web import fetch_article
from assistant.sources.web.allowed_addresses import is_address
from assistant.sources.web.fetch_many import fetch_all
from assistant.sources.web.web_client import Web
from assistant.store.store import Store

Named: TypeAlias = str | Path | Article | Entry | Feed | Folder | Sitemap | Opml
_Listed: TypeAlias = str | Path | Article | Entry | Folder | Item
NOTHING = Given()


@dataclass(frozen=True, slots=True)
class Manner:
    """How what is named is read.

    `given` is true of all that do not say so themselves; `allow_private` fetches also from
    addresses on one's own network; `web` is fetched through, where it knows hosts and their
    robots.txt from before, and its owner closes it.
    """

    given: Given = NOTHING
    allow_private: bool = False
    web: Web | None = None


def read(
    named: Iterable[Named],
    settings: Settings,
    store: Stored,
    web: Web,
    given: Given = NOTHING,
    following: Following | None = None,
) -> Iterator[Item]:
    """Yield each article with its place, or why there is none; never raises for what is named."""
    listed = _listed(named, store, web, following or Following(web, store))
    for is_web, several in groupby(listed, _is_web):
        if is_web:
            fetched = fetch_all(web, filter(_is_web, several), store)
            yield from (complete(one, given) for one in fetched)
            continue
        for one in several:
            if isinstance(one, Article):
                yield complete((one.source.id, one), given)
            elif isinstance(one, Folder):
                yield from _synced(one, settings, given)
            elif isinstance(one, str | Path):
                for found in read_files(one, most_bytes=settings.article_bytes, given=given):
                    yield in_folders(found, str(one), given)


def _synced(folder: Folder, settings: Settings, given: Given) -> Iterator[Item]:
    """What the files in the folder give, and at last that these are all."""
    unread = []
    for found in read_files(folder.path, most_bytes=settings.article_bytes, given=given):
        if isinstance(found, Skipped):
            if found.reason.startswith(NO_FILES):
                continue
            unread.append(os.path.abspath(found.where))
            yield found
        else:
            where, article = cast("tuple[str, Article]", in_folders(found, folder.path, given))
            origin = replace(article.origin or Origin(), synced=True)
            yield where, replace(article, origin=origin)
    yield Ended(os.path.abspath(folder.path), tuple(unread))


def through(
    named: Iterable[Named],
    settings: Settings,
    store: Store,
    manner: Manner,
    add: Callable[[Iterator[Item]], Iterator[Outcome]],
) -> Iterator[Outcome]:
    """What became of each article named, once `add` stored it and a visit to its page is noted."""
    web = manner.web or Web(settings, allow_private=manner.allow_private)
    following = Following(web, store)
    try:
        outcomes = add(read(named, settings, store, web, manner.given, following))
        yield from following.noting(fetch_article.noting(web, store, outcomes))
    finally:
        if manner.web is None:
            web.close()


def _listed(
    named: Iterable[Named], store: Stored, web: Web, following: Following
) -> Iterator[_Listed]:
    """What is named, with the pages of each feed and sitemap in its place, each page once."""
    seen: set[str] = set()
    for one in named:
        for found in _pages(one, store, web, following):
            if isinstance(found, Entry):
                if canonical(found.url) in seen:
                    continue
                seen.add(canonical(found.url))
            yield found


def _pages(one: Named, store: Stored, web: Web, following: Following) -> Iterator[_Listed]:
    if isinstance(one, Feed):
        yield from following.follow(one)
    elif isinstance(one, Sitemap):
        yield from sitemaps.follow(web, one, store)
    elif isinstance(one, Opml):
        for found in opml.read(Path(one.path)):
            yield from following.follow(found) if isinstance(found, Feed) else (found,)
    else:
        yield one


def _is_web(one: _Listed) -> TypeGuard[str | Entry | Item]:
    if isinstance(one, str):
        return is_address(one)
    return isinstance(one, Entry | Skipped | Same | Gone | Ended | tuple)
