"""From what a person names to articles: files and folders, standard input, addresses, Articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from assistant.adding import Item
from assistant.articles import read as read_files
from assistant.records import Article
from assistant.settings import Settings
from assistant.store import Store


def read(named: Iterable[str | Path | Article], settings: Settings, store: Store) -> Iterator[Item]:
    """Yield each article with its place, or why there is none; never raises for what is named."""
    for one in named:
        if isinstance(one, Article):
            yield one.source.id, one
        else:
            yield from read_files(one, most_bytes=settings.article_bytes)
