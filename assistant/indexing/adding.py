"""From articles to the store: what is new is split, embedded and stored, one article at a time.

While groups of articles are embedded, elsewhere, the group before them is stored and the next one
is read. Only these are in memory, however many there are.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from contextlib import nullcontext
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from assistant.embedding.embedder import Embedder
from assistant.embedding.networks import Vectors
from assistant.embedding.workers import Pool, here
from assistant.errors import WorkerLost
from assistant.outcomes import Outcome
from assistant.records import Article, Passage
from assistant.sources.build_article import Gone, Item, Same, Skipped
from assistant.sources.cleaning.repeated_lines import drop_recurring
from assistant.store.store import Store
from assistant.text.passages import split, to_embed

BATCH = 1_000  # articles looked at together for lines that recur, such as a site's own footer
PAGES = 16  # ... of those that come over the network, one by one: they are not kept waiting
CHARACTERS = 20_000_000  # ... and no more than this, so that long articles do not fill the memory
GROUP = 32  # articles embedded together: enough to sort by length, soon enough to be kept
LONG = 1_000_000  # characters of a group, unless a single article has more
_NONE: Vectors = np.empty((0, 0), dtype=np.float32)


def add(
    items: Iterable[Item],
    store: Store,
    embedder: Embedder,
    *,
    budget: int,
    pool: Pool | None = None,
) -> Iterator[Outcome]:
    """Store each article wholly or not at all; yield what became of it once that is certain.

    `pool` embeds in place of `embedder`; whoever gives it closes it.
    """
    store.fit(embedder.fingerprint)
    store.note_budget(budget)
    pipeline = _Pipeline(store, embedder, budget)
    with nullcontext(pool) if pool else here(embedder) as workers:
        waiting: deque[_Group] = deque()
        try:
            for batch in _batches(items):
                for group in _groups(_tidied(batch)):
                    waiting.append(pipeline.begin(group, workers))
                    if len(waiting) > workers.ahead:
                        yield from pipeline.end(waiting.popleft())
                if _slow(batch):  # the next page may be long in coming
                    while waiting:
                        yield from pipeline.end(waiting.popleft())
            while waiting:
                yield from pipeline.end(waiting.popleft())
        finally:
            for left in waiting:
                left.vectors.cancel()


@dataclass(slots=True)
class _Group:
    """Articles on their way: those that are new in parts, and the vectors these will have."""

    items: list[Item]
    parts: dict[int, list[Passage]]
    vectors: Future[Vectors]


@dataclass(slots=True)
class _Pipeline:
    """What a group goes through."""

    store: Store
    embedder: Embedder
    budget: int

    def begin(self, items: list[Item], workers: Pool) -> _Group:
        """Split what is new, and have it embedded."""
        parts = {
            i: split(item[1], budget=self.budget)
            for i, item in enumerate(items)
            if isinstance(item, tuple) and self._is_new(item[1])
        }
        texts = [to_embed(passage) for passages in parts.values() for passage in passages]
        return _Group(items, parts, workers.submit(texts))

    def end(self, group: _Group) -> Iterator[Outcome]:
        """Store what is new; tell what became of each."""
        lost, vectors = "", _NONE
        try:
            vectors = group.vectors.result()
        except WorkerLost as error:
            lost = str(error)
        at = 0
        for i, item in enumerate(group.items):
            own = group.parts.get(i, [])
            if isinstance(item, tuple) and own and lost and self._is_new(item[1]):
                source = item[1].source
                yield Outcome(item[0], "skipped", source.id, source.title, lost)
            elif isinstance(item, tuple):
                yield self._store(item[0], item[1], own, vectors[at : at + len(own)])
            else:
                yield _without_text(item, self.store)
            at += len(own)
        self.store.near.catch_up()

    def _store(
        self, where: str, article: Article, parts: list[Passage], vectors: Vectors
    ) -> Outcome:
        source = article.source
        known = self.store.source(source.id)
        status: Literal["added", "updated", "unchanged"] = "updated" if known else "added"
        if known is None or known.sha256 != source.sha256:
            if not parts:  # it was as stored when it was read, but another text came in between
                parts = split(article, budget=self.budget)
                vectors = self.embedder.embed([to_embed(passage) for passage in parts])
            self.store.add(article, parts, vectors)
        elif replace(source, fetched=known.fetched) != known:
            self.store.update_source(source)
        else:
            status = "unchanged"
        return Outcome(where, status, source.id, source.title)

    def _is_new(self, article: Article) -> bool:
        known = self.store.source(article.source.id)
        return known is None or known.sha256 != article.source.sha256


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    """As many articles as are looked at together."""
    batch: list[Item] = []
    size = 0
    for item in items:
        batch.append(item)
        size += _length(item)
        if len(batch) >= (PAGES if _slow(batch) else BATCH) or size > CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _slow(batch: list[Item]) -> bool:
    """Whether the batch's last item came over the network."""
    last = batch[-1]
    where = last[0] if isinstance(last, tuple) else last.where
    return where.startswith(("http://", "https://"))


def _tidied(batch: list[Item]) -> list[Item]:
    """The batch, its articles without the lines that recur in it."""
    kept = iter(drop_recurring([item[1] for item in batch if isinstance(item, tuple)]))
    return [(item[0], next(kept)) if isinstance(item, tuple) else item for item in batch]


def _groups(batch: list[Item]) -> Iterator[list[Item]]:
    """As many articles as are embedded together."""
    group: list[Item] = []
    size = 0
    for item in batch:
        if group and (len(group) >= GROUP or size + _length(item) > LONG):
            yield group
            group, size = [], 0
        group.append(item)
        size += _length(item)
    if group:
        yield group


def _length(item: Item) -> int:
    return len(item[1].text) if isinstance(item, tuple) else 0


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
