"""From articles to the store: what is new is split, embedded and stored, one article at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeAlias

from assistant.articles import Gone, Same, Skipped, drop_recurring
from assistant.embedding import Embedder
from assistant.passages import split
from assistant.records import Article, Outcome, Passage
from assistant.store import Store

BATCH = 1_000  # articles looked at together for lines that recur, such as a site's own footer
FETCHED = 16  # the same for pages, which come slowly: what was fetched is soon kept
GROUP = 32  # articles embedded together: enough to sort by length, soon enough to be kept
Item: TypeAlias = tuple[str, Article] | Skipped | Same | Gone


def add(
    items: Iterable[Item], store: Store, embedder: Embedder, *, budget: int
) -> Iterator[Outcome]:
    """Store each article wholly or not at all; yield what became of it once that is certain."""
    store.fit(embedder.fingerprint)
    for batch in _batches(items):
        kept = iter(drop_recurring([item[1] for item in batch if isinstance(item, tuple)]))
        tidy = [(item[0], next(kept)) if isinstance(item, tuple) else item for item in batch]
        for at in range(0, len(tidy), GROUP):
            yield from _add_group(tidy[at : at + GROUP], store, embedder, budget)
            store.near.catch_up()


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Items to look at together: many of what is at hand, few of what comes slowly."""
    batch: list[Item] = []
    for item in items:
        batch.append(item)
        if len(batch) >= (FETCHED if _was_fetched(item) else BATCH):
            yield batch
            batch = []
    if batch:
        yield batch


def _was_fetched(item: Item) -> bool:
    if isinstance(item, tuple):
        return item[1].source.fetched is not None
    return isinstance(item, Same | Gone) or item.where.startswith(("http://", "https://"))


def _add_group(
    group: list[Item], store: Store, embedder: Embedder, budget: int
) -> Iterator[Outcome]:
    parts = {
        i: split(item[1], budget=budget)
        for i, item in enumerate(group)
        if isinstance(item, tuple) and _is_new(item[1], store)
    }
    flat = [passage for passages in parts.values() for passage in passages]
    vectors = embedder.embed([to_embed(passage) for passage in flat])
    at = 0
    for i, item in enumerate(group):
        if not isinstance(item, tuple):
            yield _without_text(item, store)
            continue
        where, article = item
        known = store.source(article.source.id)
        its = vectors[at : at + len(parts.get(i, ()))]
        at += len(its)
        if i in parts and _is_new(article, store):  # not one that is in this group twice
            store.add(article, parts[i], its)
        elif known is not None and replace(article.source, fetched=known.fetched) != known:
            store.update_source(article.source)
        elif known is not None:
            yield Outcome(where, "unchanged", article.source.id, article.source.title)
            continue
        yield Outcome(
            where, "updated" if known else "added", article.source.id, article.source.title
        )


def _without_text(item: Skipped | Same | Gone, store: Store) -> Outcome:
    """What becomes of a place that brought no article."""
    if isinstance(item, Skipped):
        return Outcome(item.where, "skipped", reason=item.reason)
    known = store.source(item.id)
    title = known.title if known else ""
    if isinstance(item, Same):
        return Outcome(item.where, "unchanged", item.id, title)
    if store.remove(item.id):
        return Outcome(item.where, "removed", item.id, title, "the page is gone for good (410)")
    return Outcome(item.where, "skipped", reason="the page is gone for good (410)")


def _is_new(article: Article, store: Store) -> bool:
    known = store.source(article.source.id)
    return known is None or known.sha256 != article.source.sha256


def to_embed(passage: Passage) -> str:
    """What is embedded for a passage: its article's title tells what its "he" and "it" are."""
    return f"{passage.source.title}\n{passage.text}"
