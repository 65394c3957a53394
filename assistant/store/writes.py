"""One article into its tables, or out of all of them, within the transaction that is given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from assistant.embedding.networks import Vectors
from assistant.records import Article, Passage, Source
from assistant.store import checksums, copy_pairs
from assistant.store.full_text import word_index
from assistant.store.rows import article_row, packed, source_row
from assistant.store.tables import articles, count_change, passages, pending, shortfalls


def put(
    connection: sa.Connection, article: Article, split: Sequence[Passage], vectors: Vectors
) -> None:
    """Store an article with its passages and their vectors, in place of the one with its id.

    What the article was known by before it is known by still.
    """
    take(connection, article.source.id)
    pairs = zip(split, vectors, strict=True)
    spans = [(passage.start, passage.end, packed(vector)) for passage, vector in pairs]
    values = {**article_row(article), "incomplete": article.source.incomplete}
    store(connection, values, spans)


def store(
    connection: sa.Connection, values: Mapping[str, Any], spans: Iterable[tuple[int, int, bytes]]
) -> None:
    """Store an article's columns, all but its key, with its passages: (start, end, vector).

    Among the columns may be `incomplete`: why its text is not whole.
    """
    values = dict(values)
    reason = values.pop("incomplete", "")
    inserted = connection.execute(sa.insert(articles).values(**values))
    assert inserted.inserted_primary_key is not None
    key = inserted.inserted_primary_key[0]
    put_shortfall(connection, values["id"], reason)
    put_passages(connection, key, spans)
    copy_pairs.add(connection, key, values["text"])
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


def update_source(connection: sa.Connection, source: Source) -> None:
    """Replace what is known about an article whose title and text are the same."""
    own = articles.c.id == source.id
    connection.execute(sa.update(articles).where(own).values(source_row(source)))
    put_shortfall(connection, source.id, source.incomplete)
    for key in connection.scalars(sa.select(articles.c.key).where(own)).all():
        checksums.put(connection, key)
    count_change(connection)


def put_shortfall(connection: sa.Connection, id: str, reason: str) -> None:
    """Note why an article's text is not whole, or that it is."""
    connection.execute(sa.delete(shortfalls).where(shortfalls.c.id == id))
    if reason:
        connection.execute(sa.insert(shortfalls).values(id=id, reason=reason))


def shortfall(connection: sa.Connection, id: str) -> str:
    """Why an article's text is not whole; empty when it is."""
    return connection.scalar(sa.select(shortfalls.c.reason).where(shortfalls.c.id == id)) or ""


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
