"""Looking after a store: prove that it is whole, or make its passages and vectors anew."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import sqlalchemy as sa

from assistant.adding import to_embed
from assistant.embedding import Embedder
from assistant.errors import StoreBusy
from assistant.passages import split
from assistant.records import Article, Source
from assistant.store import Store, alike
from assistant.store.tables import (
    articles,
    count_change,
    fact,
    passages,
    pending,
    reading,
    set_fact,
    writing,
)
from assistant.store.vectors import ChromaIndex


def stats(store: Store) -> dict[str, Any]:
    """How much is stored, in articles, passages and bytes, and by which embedding."""
    with reading(store.engine) as connection:
        counts = [
            connection.scalar(sa.select(sa.func.count()).select_from(table))
            for table in (articles, passages)
        ]
        ends = connection.execute(
            sa.select(sa.func.min(articles.c.published), sa.func.max(articles.c.published))
        ).one()
    size = sum(path.stat().st_size for path in store.folder.rglob("*") if path.is_file())
    return {
        "articles": counts[0],
        "passages": counts[1],
        "bytes": size,
        "embedding": store.facts().get("embedding"),
        "oldest": ends[0],
        "newest": ends[1],
        "store": str(store.folder),
    }


def verify(store: Store) -> list[str]:
    """What is amiss, a line each; an empty list when every promise of the store holds."""
    return [*_database(store), *_articles(store), *_chroma(store)]


def _database(store: Store) -> Iterator[str]:
    with reading(store.engine) as connection:
        for row in connection.exec_driver_sql("PRAGMA integrity_check"):
            if row[0] != "ok":
                yield f"database: {row[0]}"
        for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
            yield f"database: a row of {row[0]} belongs to nothing"
        yield from alike.amiss(connection)
    with writing(store.engine) as connection:
        try:
            # FTS5's own check, against the passages' texts.
            connection.exec_driver_sql(
                "INSERT INTO words (words, rank) VALUES ('integrity-check', 1)"
            )
        except sa.exc.DatabaseError:
            yield "word index: does not fit the passages"


def _articles(store: Store) -> Iterator[str]:
    with reading(store.engine) as connection:
        for article in connection.execute(sa.select(articles)):
            name = f"article {article.id}"
            if hashlib.sha256(article.text.encode()).hexdigest() != article.text_sha256:
                yield f"{name}: its text is not the text that was stored"
            own = (
                sa.select(passages)
                .where(passages.c.article == article.key)
                .order_by(passages.c.number)
            )
            covered = 0
            for number, row in enumerate(connection.execute(own)):
                if row.number != number or not covered >= row.start < row.end <= len(article.text):
                    if article.text[covered : row.start].strip():
                        yield f"{name}: words between its passages {number - 1} and {number}"
                    if not 0 <= row.start < row.end <= len(article.text):
                        yield f"{name}: passage {number} is not a slice of it"
                covered = max(covered, row.end)
                norm = np.linalg.norm(np.frombuffer(row.vector, dtype=np.float32))
                if not 0.99 < norm < 1.01:
                    yield f"{name}: the vector of passage {number} is damaged"
            if article.text[covered:].strip():
                yield f"{name}: its end is in no passage"


def _chroma(store: Store) -> Iterator[str]:
    if store.near.open() is None:
        return  # another process holds it; SQLite's own copy, checked above, is what counts
    index = store.near.index()
    assert isinstance(index, ChromaIndex)
    stored = dict(store.near.vectors())
    found = 0
    for key, vector in index.everything():
        if key not in stored:
            yield f"Chroma: holds passage {key}, which is not stored"
        elif not np.allclose(np.frombuffer(stored[key], dtype=np.float32), vector, atol=1e-3):
            yield f"Chroma: the vector of passage {key} is not the stored one"
        found += key in stored
    if found < len(stored):
        yield f"Chroma: lacks {len(stored) - found} of {len(stored)} vectors"


def rebuild(
    store: Store, embedder: Embedder, *, budget: int, progress: Callable[[int], None]
) -> None:
    """Split and embed every stored article anew, and make Chroma anew.

    One transaction: until it is done questions see the store as it was, and a kill leaves it so.
    `progress` is told of each article done. Raises `StoreBusy` when another
    process holds Chroma.
    """
    store.near.release()
    if not store.near.lock.acquire():
        raise StoreBusy(
            f"{store.folder} is in use by {store.near.lock.owner}. Stop it, then rebuild."
        )
    try:
        fingerprint = embedder.fingerprint
        with writing(store.engine) as connection:
            rows = connection.execute(sa.select(articles.c.key, articles.c.id, articles.c.title))
            todo = rows.all()
            connection.exec_driver_sql("INSERT INTO words (words) VALUES ('delete-all')")
            connection.execute(sa.delete(passages))
            connection.execute(sa.delete(pending))
            for row in todo:
                _resplit(connection, row.key, Source(row.id, row.title), embedder, budget)
                progress(1)
            connection.exec_driver_sql("INSERT INTO words (words) VALUES ('rebuild')")
            alike.renew(connection)
            set_fact(connection, "embedding", fingerprint)
            set_fact(connection, "generation", int(fact(connection, "generation") or 0) + 1)
            count_change(connection)
        ChromaIndex.discard(store.folder / "chroma")
    finally:
        store.near.lock.release()
    store.near.index()


def _resplit(
    connection: sa.Connection, key: int, source: Source, embedder: Embedder, budget: int
) -> None:
    text = connection.scalar(sa.select(articles.c.text).where(articles.c.key == key)) or ""
    parts = split(Article(source, text), budget=budget)
    vectors = embedder.embed([to_embed(part) for part in parts])
    rows = [
        {
            "article": key,
            "number": part.number,
            "start": part.start,
            "end": part.end,
            "vector": vector.tobytes(),
        }
        for part, vector in zip(parts, vectors, strict=True)
    ]
    if rows:
        connection.execute(sa.insert(passages), rows)
