"""From articles to the store: what is new is split, embedded and stored, one article at a time.

While groups of articles are embedded, elsewhere, the group before them is stored and the next one
is read. Only these are in memory, however many there are.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from contextlib import nullcontext, suppress
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from assistant.embedding.embedder import Embedder
from assistant.embedding.networks import Vectors
from assistant.embedding.workers import Pool, here
from assistant.errors import AssistantError, WorkerLost
from assistant.indexing.folders import Synced
from assistant.records import Article, Outcome, Passage, Source
from assistant.sources.build_article import Ended, Gone, Item, Same, Skipped
from assistant.sources.cleaning.repeated_lines import drop_recurring
from assistant.sources.metadata import canonical
from assistant.sources.same_page import same_page
from assistant.store.store import Store
from assistant.text.passages import split, to_embed

logger = logging.getLogger("assistant.indexing.adding")

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
    pipeline = _Pipeline(store, embedder, budget, Synced(store))
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
    synced: Synced

    def begin(self, items: list[Item], workers: Pool) -> _Group:
        """Split what is new, and have it embedded."""
        parts: dict[int, list[Passage]] = {}
        for i, item in enumerate(items):
            if isinstance(item, tuple):
                with suppress(Exception):  # what cannot be split is told when its turn comes
                    parts |= (
                        {i: split(item[1], budget=self.budget)} if self._is_new(item[1]) else {}
                    )
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
            if isinstance(item, tuple):
                yield self._told(item[0], item[1], own, vectors[at : at + len(own)], lost)
            elif isinstance(item, Ended):
                yield from self.synced.ended(item)
            else:
                yield _without_text(item, self.store)
            at += len(own)
        self.store.near.catch_up()

    def _told(
        self, where: str, article: Article, parts: list[Passage], vectors: Vectors, lost: str
    ) -> Outcome:
        """What became of one article; whatever is the matter with it, the others go on."""
        source, reason = article.source, lost
        if not (lost and parts and self._is_new(article)):
            try:
                outcome = self._store(where, article, parts, vectors)
            except (AssistantError, OSError):  # of the store, the disk or the embedding
                raise
            except Exception as error:
                logger.exception("a fault while storing %s", where)
                reason = f"cannot be stored: {type(error).__name__}, a fault of this program"
            else:
                self.synced.given(article, outcome.id)
                return outcome
        self.synced.unread(article)
        return Outcome(where, "skipped", source.id, source.title, reason)

    def _store(
        self, where: str, article: Article, parts: list[Passage], vectors: Vectors
    ) -> Outcome:
        source, known = article.source, self.store.known(article)
        status: Literal["added", "updated", "unchanged"] = "updated" if known else "added"
        id = known.id if known else source.id
        told = _completed(source, known) if known else source
        if known is None or known.sha256 != told.sha256:
            if not parts:  # it was as stored when it was read, but another text came in between
                parts = split(article, budget=self.budget)
                vectors = self.embedder.embed([to_embed(passage) for passage in parts])
            id = self.store.add(
                replace(article, source=replace(told, tags=source.tags)), parts, vectors
            )
            return Outcome(where, status, id, source.title)
        if told != known:
            self.store.update_source(replace(told, fetched=source.fetched or known.fetched))
        if not self.store.note(id, article) and told == known:
            status = "unchanged"
        return Outcome(where, status, id, told.title)

    def _is_new(self, article: Article) -> bool:
        known = self.store.known(article)
        return known is None or known.sha256 != _completed(article.source, known).sha256


def _completed(source: Source, known: Source) -> Source:
    """What is known of a stored article after this reading of it, at the same or another address.

    A page for phones or printers says nothing of an article that is stored from its own page.
    """
    page, own = same_page(source.url), same_page(known.url)
    if page.name and page.name == own.name:
        if page.is_copy and not own.is_copy:
            return known
        if source.sha256 == known.sha256 and canonical(source.url) != known.url:
            source = replace(source, url=source.url if own.is_copy else known.url)
    told = replace(source, id=known.id, tags=known.tags)
    return replace(told, fetched=known.fetched) if told.sha256 == known.sha256 else told


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
    if store.remove(item.id, "the page is gone for good (410)"):
        return Outcome(item.where, "removed", item.id, title, "the page is gone for good (410)")
    return Outcome(item.where, "skipped", reason="the page is gone for good (410)")
