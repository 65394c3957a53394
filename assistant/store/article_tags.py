"""The tags of articles: those that their sources give, and those that a person gives or takes.

A tag that a person took from an article stays away, also when its source gives it again. Earlier
texts of an article have its tags.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Literal

import sqlalchemy as sa

from assistant.records import Article
from assistant.store import versions
from assistant.store.tables import reading, tags, writing
from assistant.store.tables import versions as versions_table

Kind = Literal["source", "given", "taken"]


def noted(connection: sa.Connection, id: str) -> dict[str, tuple[str, str]]:
    """Of each tag that was ever given to the article, without case: (the tag, its kind)."""
    rows = connection.execute(sa.select(tags).where(tags.c.id == id))
    return {row.folded: (row.tag, row.kind) for row in rows}


def wanted(connection: sa.Connection, id: str, article: Article) -> dict[str, tuple[str, str]]:
    """What `noted` is to be after this reading of the article."""
    before = noted(connection, id)
    origin = article.origin
    by_hand = {one.casefold() for one in (origin.tags if origin else ())}
    read = {one.casefold(): one for one in article.source.tags}
    # A page and a file may both be of this article: only what a file gave goes with it.
    stays = {
        folded: one
        for folded, one in before.items()
        if one[1] != "source" or folded in read or not (origin and origin.file)
    }
    for folded, tag in read.items():
        kind = stays[folded][1] if folded in stays else "source"
        stays[folded] = (tag, "given" if folded in by_hand else kind)
    return stays


def put(connection: sa.Connection, id: str, kept: dict[str, tuple[str, str]]) -> None:
    """Note the tags of an article, and of its earlier texts."""
    every = [id, *versions.ids(connection, [id])]
    connection.execute(sa.delete(tags).where(tags.c.id.in_(every)))
    rows = [
        {"id": one, "folded": folded, "tag": tag, "kind": kind}
        for one in every
        for folded, (tag, kind) in kept.items()
    ]
    if rows:
        connection.execute(sa.insert(tags), rows)


class Tags:
    """The tags, in the store's database."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine

    def all(self) -> dict[str, int]:
        """Each tag that an article has, and how many have it; in the order of the alphabet."""
        newest = tags.c.id.not_in(sa.select(versions_table.c.id))
        query = sa.select(sa.func.min(tags.c.tag), sa.func.count()).where(newest)
        query = query.where(tags.c.kind != "taken").group_by(tags.c.folded).order_by(tags.c.folded)
        with reading(self.engine) as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    def change(self, ids: Collection[str], *, add: Sequence[str], remove: Sequence[str]) -> None:
        """Give tags to these articles and take tags from them."""
        changes: dict[str, Any] = {one.casefold(): (one, "given") for one in add}
        changes |= {one.casefold(): (one, "taken") for one in remove}
        with writing(self.engine) as connection:
            for id in ids:
                put(connection, id, noted(connection, id) | changes)
