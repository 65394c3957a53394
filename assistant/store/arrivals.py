"""An article that was read -> the store: as a new one, or in place of the one it is.

Within the transaction that is given.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import sqlalchemy as sa

from assistant.embedding.networks import Vectors
from assistant.records import Article, Passage
from assistant.store import identity, versions, writes
from assistant.store.tables import articles


def arrive(
    connection: sa.Connection, article: Article, split: Sequence[Passage], vectors: Vectors
) -> str:
    """Store an article that was read; returns the id that it is stored by.

    Where its file was another text before, that one is kept as a version.
    """
    id = identity.find(connection, article)
    if id is None:
        id = identity.free_id(connection, article)
    elif identity.gave(connection, id, article):
        versions.keep(connection, id, _changed(connection, id, article))
    writes.put(connection, identity.renamed(article, id), split, vectors)
    identity.note(connection, id, article)
    versions.drop_same(connection, id)
    return id


def _changed(connection: sa.Connection, id: str, article: Article) -> datetime:
    """When the stored text of an article gave way to this one: as it says, else as its file does.

    A day of change that it bore before is not the day of this change.
    """
    before = connection.scalar(sa.select(articles.c.updated).where(articles.c.id == id))
    updated = article.source.updated
    if updated and updated.isoformat() != before:
        return updated
    return identity.origin_of(article).modified or datetime.now(UTC)
