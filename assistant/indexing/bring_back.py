"""From the ids of articles that were removed to these articles, stored again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assistant.embedding.embedder import Embedder
from assistant.records import Outcome
from assistant.store.store import Store
from assistant.text.passages import split, to_embed


def bring_back(
    ids: Iterable[str], store: Store, embedder: Embedder, *, budget: int
) -> Iterator[Outcome]:
    """Store each again with its earlier texts; raises `NoIndex` for one that is not kept."""
    store.fit(embedder.fingerprint)
    for id in ids:
        texts = store.removals.texts(id)
        parts = []
        for text in texts:
            own = split(text, budget=budget)
            parts.append((own, embedder.embed([to_embed(passage) for passage in own])))
        store.removals.bring_back(id, parts)
        yield Outcome(id, "added", id, texts[0].source.title)
    store.near.catch_up()
