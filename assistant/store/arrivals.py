"""An article that was read -> the store: as a new one, or in place of the one it is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import sqlalchemy as sa

from assistant.embedding.networks import Vectors
from assistant.records import Article, Passage, Source
from assistant.store import article_identity, article_tags, versions, writes
from assistant.store.rows import known, to_source
from assistant.store.tables import articles, reading, writing


def known_as(engine: sa.Engine, article: Article) -> Source | None:
    """What is stored of the article that this one is a reading of; None of a new one."""
    with reading(engine) as connection:
        id = article_identity.find(connection, article)
        row = connection.execute(sa.select(*known()).where(articles.c.id == id)).first()
    return to_source(row) if row is not None else None


def note(engine: sa.Engine, id: str, article: Article) -> bool:
    """Remember that this is a reading of the stored article; says whether its tags changed."""
    with reading(engine) as connection:
        is_noted = article_identity.is_noted(connection, id, article)
        tags = article_tags.wanted(connection, id, article)
        is_tagged = tags == article_tags.noted(connection, id)
    if is_noted and is_tagged:
        return False
    with writing(engine) as connection:
        article_identity.note(connection, id, article)
        article_tags.put(connection, id, article_tags.wanted(connection, id, article))
    return not is_tagged


def arrive(
    connection: sa.Connection, article: Article, split: Sequence[Passage], vectors: Vectors
) -> str:
    """Store an article that was read, within a transaction; returns the id that it is stored by.

    Where its file was another text before, that one is kept as a version.
    """
    id = article_identity.find(connection, article)
    if id is None:
        id = article_identity.free_id(connection, article)
    elif article_identity.gave(connection, id, article):
        versions.keep(connection, id, _changed(connection, id, article))
    writes.put(connection, article_identity.renamed(article, id), split, vectors)
    article_identity.note(connection, id, article)
    versions.drop_same(connection, id)
    article_tags.put(connection, id, article_tags.wanted(connection, id, article))
    return id


def _changed(connection: sa.Connection, id: str, article: Article) -> datetime:
    """When the stored text of an article gave way to this one: as it says, else as its file does.

    A day of change that it bore before is not the day of this change.
    """
    before = connection.scalar(sa.select(articles.c.updated).where(articles.c.id == id))
    updated = article.source.updated
    if updated and updated.isoformat() != before:
        return updated
    return article_identity.origin_of(article).modified or datetime.now(UTC)
