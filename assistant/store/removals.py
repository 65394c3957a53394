"""Articles that were removed: listed, and kept for 30 days, so that they can be brought back."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from assistant.embedding.networks import Vectors
from assistant.errors import NoIndex
from assistant.records import Article, Passage
from assistant.store import article_identity, article_tags, versions, writes
from assistant.store.rows import packed, to_source
from assistant.store.tables import articles, names, reading, removed, writing
from assistant.store.tables import versions as versions_table

DAYS = 30
_DAY = 86_400.0
Parts = Sequence[tuple[Sequence[Passage], Vectors]]  # an article's, then those of its versions


@dataclass(frozen=True, slots=True)
class Removed:
    """An article that can be brought back: when it was removed, why, and until when it is kept."""

    id: str
    title: str
    at: datetime
    reason: str

    @property
    def until(self) -> datetime:
        """When it is forgotten."""
        return datetime.fromtimestamp(self.at.timestamp() + DAYS * _DAY, UTC)

    def to_dict(self) -> dict[str, str]:
        """As JSON."""
        days = {"removed": self.at, "kept_until": self.until}
        told = {name: day.isoformat(timespec="seconds") for name, day in days.items()}
        return {"id": self.id, "title": self.title, **told, "reason": self.reason}


def remove(connection: sa.Connection, id: str, reason: str, *, for_good: bool = False) -> bool:
    """Remove an article and its earlier texts; says whether there was one."""
    row = connection.execute(sa.select(articles).where(articles.c.id == id)).mappings().first()
    if row is None:
        return False
    now = time.time()
    connection.execute(sa.delete(removed).where(removed.c.at < now - DAYS * _DAY))
    connection.execute(sa.delete(removed).where(removed.c.id == id))
    if not for_good:
        kept = json.dumps(_whole(connection, id), ensure_ascii=False)
        values = {"id": id, "title": row["title"], "at": now, "reason": reason, "kept": kept}
        connection.execute(sa.insert(removed).values(**values))
    for old in versions.ids(connection, [id]):
        versions.drop(connection, old)
    article_identity.forget(connection, id)
    versions.drop(connection, id)
    return True


def _whole(connection: sa.Connection, id: str) -> dict[str, Any]:
    """All that is stored of an article, but for what is made from it."""
    every = [id, *versions.ids(connection, [id])]
    rows = connection.execute(sa.select(articles).where(articles.c.id.in_(every))).mappings()
    by_id = {
        row["id"]: {
            **{name: row[name] for name in row if name != "key"},
            "incomplete": writes.shortfall(connection, row["id"]),
        }
        for row in rows
    }
    links = sa.select(versions_table).where(versions_table.c.id.in_(every))
    return {
        "articles": [by_id[one] for one in every if one in by_id],
        "names": list(connection.scalars(sa.select(names.c.name).where(names.c.id == id))),
        "versions": [dict(row) for row in connection.execute(links).mappings()],
        "tags": list(article_tags.noted(connection, id).items()),
    }


class Removals:
    """What was removed of the store in this database."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine

    def all(self) -> list[Removed]:
        """What can be brought back, the last removed first."""
        lately = removed.c.at >= time.time() - DAYS * _DAY
        gone = removed.c.id.not_in(sa.select(articles.c.id))
        last = (removed.c.at.desc(), removed.c.key.desc())
        query = sa.select(removed).where(lately, gone).order_by(*last)
        with reading(self.engine) as connection:
            return [
                Removed(row.id, row.title, datetime.fromtimestamp(row.at, UTC), row.reason)
                for row in connection.execute(query)
            ]

    def texts(self, id: str) -> list[Article]:
        """A removed article and its earlier texts; raises `NoIndex` where it is not kept."""
        with reading(self.engine) as connection:
            kept = self._kept(connection, id)
        return [_article(row) for row in kept["articles"]]

    def bring_back(self, id: str, parts: Parts) -> None:
        """Store a removed article again, with the passages and vectors of each of its texts."""
        with writing(self.engine) as connection:
            kept = self._kept(connection, id)
            if connection.scalar(sa.select(articles.c.key).where(articles.c.id == id)):
                raise NoIndex(f"The article {id!r} is stored again. Nothing is to be brought back.")
            if kept["versions"]:
                connection.execute(sa.insert(versions_table), kept["versions"])
            for row, (split, vectors) in zip(kept["articles"], parts, strict=True):
                pairs = zip(split, vectors, strict=True)
                spans = [(one.start, one.end, packed(vector)) for one, vector in pairs]
                writes.store(connection, row, spans)
            if kept["names"]:
                rows = [{"name": name, "id": id} for name in kept["names"]]
                connection.execute(sa.insert(names), rows)
            article_tags.put(
                connection, id, {one: (tag, kind) for one, (tag, kind) in kept["tags"]}
            )
            connection.execute(sa.delete(removed).where(removed.c.id == id))

    def _kept(self, connection: sa.Connection, id: str) -> dict[str, Any]:
        lately = removed.c.at >= time.time() - DAYS * _DAY
        kept = connection.scalar(sa.select(removed.c.kept).where(removed.c.id == id, lately))
        if kept is None:
            raise NoIndex(
                f"No article with the id {id!r} was removed in the last {DAYS} days. "
                "What can be brought back is in: python -m assistant.index removed"
            )
        found: dict[str, Any] = json.loads(kept)
        return found


def _article(row: dict[str, Any]) -> Article:
    values = type("Row", (), {"incomplete": "", **row, "version": None, "tags": None})
    return Article(to_source(values), row["text"])
