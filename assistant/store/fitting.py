"""What made a store's passages and vectors: which embedding, and how long a passage may be."""

from __future__ import annotations

import sqlalchemy as sa

from assistant.embedding.embedder import Fingerprint
from assistant.errors import StaleIndex
from assistant.store.tables import articles, begin_generation, fact, reading, set_fact, writing

MIXED = "mixed"  # some articles are split to one budget, some to another, or nobody noted it


def fit(engine: sa.Engine, fingerprint: Fingerprint, where: str) -> None:
    """Note the embedding of an empty store; raise `StaleIndex` when a full one has another."""
    wanted = str(fingerprint)
    with reading(engine) as connection:
        if fact(connection, "embedding") == wanted:
            return
    with writing(engine) as connection:
        known = fact(connection, "embedding")  # another process may have been faster
        empty = connection.execute(sa.select(articles.c.key).limit(1)).first() is None
        if empty and known != wanted:
            set_fact(connection, "embedding", wanted)
            begin_generation(connection)
    if not empty and known != wanted:
        raise StaleIndex(
            f"The store {where} was built with the embedding {known}, but the setting is "
            f"now {fingerprint}. Set ASSISTANT_EMBEDDING back, or run: "
            "python -m assistant.index rebuild"
        )


def note_budget(engine: sa.Engine, tokens: int) -> None:
    """Note how many tokens the passages that are added may have at most."""
    with reading(engine) as connection:
        if fact(connection, "passage_tokens") in (str(tokens), MIXED):
            return
    with writing(engine) as connection:
        first = connection.execute(sa.select(articles.c.key).limit(1)).first() is None
        set_fact(connection, "passage_tokens", tokens if first else MIXED)
