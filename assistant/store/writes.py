"""One article into its tables, or out of all of them, within the transaction that is given."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from assistant.embedding.networks import Vectors
from assistant.records import Article, Passage, Source
from assistant.store import checksums, copy_pairs
from assistant.store.full_text import word_index
from assistant.store.rows import article_row, packed
from assistant.store.tables import articles, count_change, passages, pending, shortfalls


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
            (passage.start, passage.end, packed(vector))
            for passage, vector in zip(split, vectors, strict=True)
        ),
    )
    put_shortfall(connection, article.source)
    copy_pairs.add(connection, key, article.text)
    word_index(connection).add(connection, key)
    _tell(connection, key, removed=False)
    checksums.put(connection, key)
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


def put_shortfall(connection: sa.Connection, source: Source) -> None:
    """Note why an article's text is not whole, or that it is."""
    connection.execute(sa.delete(shortfalls).where(shortfalls.c.id == source.id))
    if source.incomplete:
        values = {"id": source.id, "reason": source.incomplete}
        connection.execute(sa.insert(shortfalls).values(values))


def take(connection: sa.Connection, article_id: str) -> bool:
    """Remove an article from every table; says whether there was one."""
    key = connection.scalar(sa.select(articles.c.key).where(articles.c.id == article_id))
    if key is None:
        return False
    copy_pairs.remove(connection, key)
    checksums.remove(connection, key)
    word_index(connection).remove(connection, key)
    _tell(connection, key, removed=True)
    connection.execute(sa.delete(passages).where(passages.c.article == key))
    connection.execute(sa.delete(articles).where(articles.c.key == key))
    connection.execute(sa.delete(shortfalls).where(shortfalls.c.id == article_id))
    count_change(connection)
    return True


def _tell(connection: sa.Connection, key: int, *, removed: bool) -> None:
    """Note what Chroma is to be told of an article's passages."""
    own = passages.c.article == key
    connection.execute(
        sa.delete(pending).where(pending.c.passage.in_(sa.select(passages.c.key).where(own)))
    )
    change = sa.select(passages.c.key, sa.literal(removed)).where(own)
    connection.execute(sa.insert(pending).from_select(["passage", "removed"], change))


def tell_all(connection: sa.Connection) -> None:
    """Note that Chroma, which is to be new, is to be told of every passage."""
    connection.execute(sa.delete(pending))
    every = sa.select(passages.c.key, sa.literal(False))
    connection.execute(sa.insert(pending).from_select(["passage", "removed"], every))
