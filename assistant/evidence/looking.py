"""From what was read for the parts of a question to what is found there, for all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from assistant.evidence.checking import find
from assistant.evidence.finding import FULL, SEVERAL, Found, Retrieved
from assistant.evidence.ranker import Ranker
from assistant.records import Article, Filters
from assistant.store.store import Store


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found for each part of a question among the articles that pass the filters.

    `articles` are those looked at, by id; `most` is how many quotes the answer may hold.
    """

    found: Sequence[Found]
    articles: Mapping[str, Article]
    filters: Filters
    most: int

    def answers(self, *, each: bool = False) -> bool:
        """Whether something answers some part, or each."""
        return (all if each else any)(one.quotes for one in self.found)


def look(
    read: Sequence[Retrieved],
    *,
    store: Store,
    ranker: Ranker,
    filters: Filters,
    now: datetime,
    most: int,
) -> Looked:
    """Choose for each part from what was read."""
    found = [
        find(one, store=store, ranker=ranker, filters=filters, today=now, limit=most)
        for one in read
    ]
    articles = {id: article for one in read for id, article in one.articles.items()}
    return Looked(found, articles, filters, most)


def usual(read: Sequence[Retrieved]) -> int | None:
    """How many quotes an answer may hold that many sentences serve; None: as set for a question."""
    return FULL if any(one.kind in SEVERAL for one in read) else None
