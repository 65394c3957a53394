"""From what a person names to articles: files and folders, standard input, addresses, Articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from assistant.adding import Item
from assistant.articles import Given, complete
from assistant.articles import read as read_files
from assistant.records import Article
from assistant.settings import Settings
from assistant.store import Store

NOTHING = Given()


def read(
    named: Iterable[str | Path | Article],
    settings: Settings,
    store: Store,
    given: Given = NOTHING,
) -> Iterator[Item]:
    """Yield each article with its place, or why there is none; never raises for what is named.

    What an article does not say of itself is `given`.
    """
    for one in named:
        if isinstance(one, Article):
            yield complete((one.source.id, one), given)
        else:
            yield from read_files(one, most_bytes=settings.article_bytes, given=given)
