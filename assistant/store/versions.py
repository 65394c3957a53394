"""Earlier texts of articles: each is kept as an article of its own, under an id of its own.

They are searched, so that what an article says no longer can be told; lists and counts leave them
out. Every function works within the transaction it is given.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from assistant.store import writes
from assistant.store.tables import articles, passages, tags, versions

MOST = 10  # earlier texts of one article: a file that a program writes to every minute has no more


def keep(connection: sa.Connection, id: str, until: datetime) -> None:
    """Move the stored text of an article, which another is to replace, to an id of its own."""
    row = connection.execute(sa.select(articles).where(articles.c.id == id)).mappings().one()
    columns = (passages.c.start, passages.c.end, passages.c.vector)
    own = sa.select(*columns).where(passages.c.article == row["key"]).order_by(passages.c.number)
    spans = [(start, end, vector) for start, end, vector in connection.execute(own)]
    number = 1 + int(connection.scalar(_highest(id)) or 0)
    name = next(
        one
        for one in (f"{id}@{n}" for n in itertools.count(number))
        if not connection.scalar(sa.select(articles.c.key).where(articles.c.id == one))
    )
    lacking = writes.shortfall(connection, id)
    writes.take(connection, id)
    noted = {"id": name, "article_id": id, "number": number, "until": until.isoformat()}
    connection.execute(sa.insert(versions).values(**noted))
    values = {column: value for column, value in row.items() if column != "key"}
    values["incomplete"] = lacking
    writes.store(connection, {**values, "id": name}, spans)
    for old in ids(connection, [id])[:-MOST]:
        drop(connection, old)


def drop_same(connection: sa.Connection, id: str) -> None:
    """Drop the earlier texts of an article that are its text again."""
    now = sa.select(articles.c.sha256).where(articles.c.id == id).scalar_subquery()
    same = sa.select(articles.c.id).join(versions, versions.c.id == articles.c.id)
    same = same.where(versions.c.article_id == id, articles.c.sha256 == now)
    for old in connection.scalars(same).all():
        drop(connection, old)


def drop(connection: sa.Connection, id: str) -> None:
    """Remove an earlier text."""
    writes.take(connection, id)
    for table in (versions, tags):
        connection.execute(sa.delete(table).where(table.c.id == id))


def ids(connection: sa.Connection, of: Collection[str]) -> list[str]:
    """The ids of the earlier texts of these articles, an article's earliest first."""
    query = sa.select(versions.c.id).where(versions.c.article_id.in_(list(of)))
    return list(connection.scalars(query.order_by(versions.c.article_id, versions.c.number)))


def _highest(id: str) -> sa.Select[Any]:
    return sa.select(sa.func.max(versions.c.number)).where(versions.c.article_id == id)
