"""One article into its tables, or out of all of them, within the transaction that is given."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from assistant.embedding import Vectors
from assistant.records import Article, Passage
from assistant.store import alike, seals
from assistant.store.rows import article_row
from assistant.store.tables import articles, count_change, passages


def put(
    connection: sa.Connection, article: Article, split: Sequence[Passage], vectors: Vectors
) -> None:
    """Store an article with its passages and their vectors, in place of the one with its id."""
    take(connection, article.source.id)
    inserted = connection.execute(sa.insert(articles).values(article_row(article)))
    assert inserted.inserted_primary_key is not None
    key = inserted.inserted_primary_key[0]
    put_passages(
        connection,
        key,
        (
            (passage.start, passage.end, vector.tobytes())
            for passage, vector in zip(split, vectors, strict=True)
        ),
    )
    alike.add(connection, key, article.text)
    for statement in (
        "INSERT INTO words (rowid, title, text) "
        "SELECT key, title, text FROM passage_texts WHERE article = :article",
        "INSERT INTO pending (passage, removed) "
        "SELECT key, 0 FROM passages WHERE article = :article",
    ):
        connection.execute(sa.text(statement), {"article": key})
    seals.put(connection, key)
    count_change(connection)


def put_passages(
    connection: sa.Connection, key: int, spans: Iterable[tuple[int, int, bytes]]
) -> None:
    """Store an article's passages: (start, end, vector), in order."""
    rows = [
        {"article": key, "number": number, "start": start, "end": end, "vector": vector}
        for number, (start, end, vector) in enumerate(spans)
    ]
    if rows:
        connection.execute(sa.insert(passages), rows)


def take(connection: sa.Connection, article_id: str) -> bool:
    """Remove an article from every table; says whether there was one."""
    key = connection.scalar(sa.select(articles.c.key).where(articles.c.id == article_id))
    if key is None:
        return False
    alike.remove(connection, key)
    seals.remove(connection, key)
    for statement in (
        "INSERT INTO words (words, rowid, title, text) "
        "SELECT 'delete', key, title, text FROM passage_texts WHERE article = :article",
        "INSERT OR REPLACE INTO pending (passage, removed) "
        "SELECT key, 1 FROM passages WHERE article = :article",
        "DELETE FROM passages WHERE article = :article",
        "DELETE FROM articles WHERE key = :article",
    ):
        connection.execute(sa.text(statement), {"article": key})
    count_change(connection)
    return True
