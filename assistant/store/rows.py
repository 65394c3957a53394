"""Rows to records and back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import numpy as np
import sqlalchemy as sa

from assistant.embedding.networks import Vectors
from assistant.records import Article, Filters, Source
from assistant.store.tables import articles, passages, shortfalls, tags, versions

_COLUMNS = "id title publisher author url published updated fetched sha256".split()


def packed(vector: Vectors) -> bytes:
    """A vector as it is stored, two bytes a number: a unit vector changes by less than .0005."""
    with np.errstate(over="ignore"):  # a damaged one
        return vector.astype(np.float16).tobytes()


def unpacked(*stored: bytes) -> Vectors:
    """Stored vectors, shape (how many, dimension); ValueError when they are damaged."""
    joined = np.frombuffer(b"".join(stored), dtype=np.float16).astype(np.float32)
    return joined.reshape(len(stored), -1)


def vectors_of(connection: sa.Connection, keys: Sequence[int]) -> Iterable[tuple[int, bytes]]:
    """The stored vectors of passages, as (key, `packed`)."""
    # Asked for in parts: SQLite takes at most 32,766 values in one statement.
    for at in range(0, len(keys), 10_000):
        chosen = passages.c.key.in_(keys[at : at + 10_000])
        query = sa.select(passages.c.key, passages.c.vector).where(chosen)
        yield from ((row.key, row.vector) for row in connection.execute(query))


def known() -> list[sa.ColumnElement[Any]]:
    """The columns that `to_source` reads."""
    own = versions.c.id == articles.c.id
    version = sa.select(versions.c.until + " " + versions.c.article_id).where(own).scalar_subquery()
    have = sa.func.aggregate_strings(tags.c.tag, "\n")
    given = sa.select(have).where(tags.c.id == articles.c.id, tags.c.kind != "taken")
    lacking = sa.select(shortfalls.c.reason).where(shortfalls.c.id == articles.c.id)
    more = {"version": version, "tags": given.scalar_subquery()}
    more["incomplete"] = lacking.scalar_subquery()
    return [
        *(articles.c[name] for name in _COLUMNS),
        *(query.label(name) for name, query in more.items()),
    ]


def whole() -> sa.Select[Any]:
    """The articles, with what `to_source` reads and their texts."""
    return sa.select(*known(), articles.c.text)


def newest() -> sa.ColumnElement[bool]:
    """What is true of articles that are no earlier text of another."""
    return articles.c.id.not_in(sa.select(versions.c.id))


def passing(filters: Filters) -> list[sa.ColumnElement[bool]]:
    """What is true of the articles that pass the filters; nothing when all do."""
    conditions: list[sa.ColumnElement[bool]] = []
    if filters.since is not None:
        conditions.append(articles.c.published_at >= filters.since.timestamp())
    if filters.until is not None:
        conditions.append(articles.c.published_at <= filters.until.timestamp())
    for column, names in (
        (articles.c.publisher, filters.publishers),
        (articles.c.author, filters.authors),
    ):
        if names:
            conditions.append(sa.func.folded(column).in_([sa.func.folded(one) for one in names]))
    if filters.tags:
        wanted = tags.c.folded.in_([one.casefold() for one in filters.tags])
        tagged = sa.select(tags.c.id).where(wanted, tags.c.kind != "taken")
        conditions.append(articles.c.id.in_(tagged))
    if filters.articles:
        conditions.append(articles.c.id.in_(filters.articles))
    return conditions


def to_source(row: Any) -> Source:
    """A row with the columns of `known` as a record."""
    until, _, of = (row.version or "").partition(" ")
    return Source(
        id=row.id,
        title=row.title,
        publisher=row.publisher,
        author=row.author,
        url=row.url,
        published=_moment(row.published),
        updated=_moment(row.updated),
        fetched=_moment(row.fetched),
        sha256=row.sha256,
        version_of=of,
        until=_moment(until),
        tags=tuple(sorted(filter(None, (row.tags or "").split("\n")), key=str.casefold)),
        incomplete=row.incomplete or "",
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def source_row(source: Source) -> dict[str, Any]:
    """The columns that hold a source."""
    published = source.published
    return {
        "id": source.id,
        "title": source.title,
        "publisher": source.publisher,
        "author": source.author,
        "url": source.url,
        "published": published and published.isoformat(),
        "published_at": published and published.timestamp(),
        "updated": source.updated and source.updated.isoformat(),
        "fetched": source.fetched and source.fetched.isoformat(),
        "sha256": source.sha256,
    }


def article_row(article: Article) -> dict[str, Any]:
    """The columns that hold an article, all but its key."""
    digest = hashlib.sha256(article.text.encode()).hexdigest()
    return {**source_row(article.source), "text": article.text, "text_sha256": digest}
