"""What a store of an older version lacks, made from what it has, within the opening transaction."""

from __future__ import annotations

import numpy as np
import sqlalchemy as sa

from assistant.store import article_identity, checksums, copy_pairs, stories
from assistant.store.chroma import SHELF
from assistant.store.rows import packed, vectors_of
from assistant.store.tables import articles, begin_generation, passages

_AT_ONCE = 5_000


def to_fourth(connection: sa.Connection) -> None:
    """Note which article begins each story, and store the vectors in half the bytes.

    What was damaged before keeps its broken checksum.
    """
    stories.renew(connection)
    every = connection.scalars(sa.select(articles.c.key)).all()
    whole = [key for key in every if "made" not in checksums.broken(connection, key)]
    keys = connection.scalars(sa.select(passages.c.key)).all()
    own = passages.c.key == sa.bindparam("own")
    halve = sa.update(passages).where(own).values(vector=sa.bindparam("half"))
    for at in range(0, len(keys), _AT_ONCE):
        halves = [
            {"own": key, "half": packed(np.frombuffer(vector, dtype=np.float32))}
            for key, vector in vectors_of(connection, keys[at : at + _AT_ONCE])
            if len(vector) % 4 == 0
        ]
        connection.execute(halve, halves)
    for key in whole:
        checksums.renew_made(connection, key)


def to_fifth(connection: sa.Connection) -> None:
    """Take the index of bands away, and have Chroma filled anew where one shelf held too much."""
    copy_pairs.renew_bands(connection)
    last = connection.scalar(sa.select(sa.func.max(passages.c.key))) or 0
    if last >= SHELF:
        begin_generation(connection)


def to_sixth(connection: sa.Connection) -> None:
    """Note what each article is known by, so that it is not stored twice when it comes again."""
    article_identity.renew(connection)
