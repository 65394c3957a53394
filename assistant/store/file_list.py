"""Which files the articles came from, so that what leaves a folder can leave the store."""

from __future__ import annotations

import os
from dataclasses import dataclass

import sqlalchemy as sa

from assistant.store import article_identity, removals
from assistant.store.tables import articles, files, reading, writing


@dataclass(frozen=True, slots=True)
class Given:
    """An article that a file gave when it was read last."""

    path: str
    digest: str
    id: str


class FileList:
    """The files, in the store's database."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine

    def under(self, folder: str) -> list[Given]:
        """What the files in a folder gave, and in the folders in it."""
        top = article_identity.storable(folder)
        inside = files.c.path.startswith(top.rstrip(os.sep) + os.sep, autoescape=True)
        query = sa.select(files).where(inside | (files.c.path == top)).order_by(files.c.path)
        with reading(self.engine) as connection:
            rows = connection.execute(query).all()
        return [Given(row.path, row.digest, row.id) for row in rows]

    @staticmethod
    def digest_of(path: str) -> str:
        """What a path is found by."""
        return article_identity.digest_of(path)

    def leave(self, given: Given, reason: str) -> str | None:
        """Note that a file gives an article no more; its title if it was removed for that.

        It stays where another file gives it still, or when it was read from its page.
        """
        own = (files.c.digest == given.digest) & (files.c.id == given.id)
        with writing(self.engine) as connection:
            connection.execute(sa.delete(files).where(own))
            query = sa.select(articles.c.title, articles.c.fetched)
            row = connection.execute(query.where(articles.c.id == given.id)).first()
            if row is None or row.fetched or article_identity.is_in_a_file(connection, given.id):
                return None
            removals.remove(connection, given.id, reason)
            return str(row.title)
