"""From what a person names to articles: files and folders, standard input, addresses, Articles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import cast

from assistant.adding import Item
from assistant.articles import read as read_files
from assistant.fetching import Web, pages
from assistant.fetching.addresses import is_address
from assistant.fetching.together import fetch_all
from assistant.records import Article, Outcome
from assistant.settings import Settings
from assistant.store import Store

Named = str | Path | Article


@dataclass(frozen=True, slots=True)
class Manner:
    """How what is named is read. `allow_private`: also from addresses on one's own network."""

    allow_private: bool = False


def read(named: Iterable[Named], settings: Settings, store: Store, web: Web) -> Iterator[Item]:
    """Yield each article with its place, or why there is none; never raises for what is named."""
    for is_web, several in groupby(named, _is_web):
        if is_web:
            yield from fetch_all(web, cast(Iterable[str], several), store)
            continue
        for one in several:
            if isinstance(one, Article):
                yield one.source.id, one
            else:
                yield from read_files(one, most_bytes=settings.article_bytes)


def through(
    named: Iterable[Named],
    settings: Settings,
    store: Store,
    manner: Manner,
    add: Callable[[Iterator[Item]], Iterator[Outcome]],
) -> Iterator[Outcome]:
    """What became of each article named, once `add` stored it and a visit to its page is noted."""
    web = Web(settings, allow_private=manner.allow_private)
    try:
        yield from pages.noting(web, store, add(read(named, settings, store, web)))
    finally:
        web.close()


def _is_web(one: Named) -> bool:
    return isinstance(one, str) and is_address(one)
