"""Two checksums of each article: hashes of what is stored of it, to tell damage from truth.

SQLite's own check finds a broken page, not a bit that fell over inside a row. One is of what is
known of the article and the hash of its text, the other of what is made from it. Every function
works within the transaction it is given.
"""

from __future__ import annotations

import hashlib

import sqlalchemy as sa

from assistant.store.tables import articles, passages, seals, signatures

_KNOWN = [column for column in articles.c if column.name not in ("key", "text")]


def put(connection: sa.Connection, key: int) -> None:
    """Note the article's checksums as it now stands, in place of its earlier ones."""
    remove(connection, key)
    values = {"article": key, "known": of_known(connection, key), "made": of_made(connection, key)}
    connection.execute(sa.insert(seals).values(values))


def remove(connection: sa.Connection, key: int) -> None:
    """Forget the article's checksums."""
    connection.execute(sa.delete(seals).where(seals.c.article == key))


def renew(connection: sa.Connection) -> None:
    """Note the checksums of every article as it now stands."""
    for key in connection.scalars(sa.select(articles.c.key)).all():
        put(connection, key)


def renew_made(connection: sa.Connection, key: int) -> None:
    """Note anew what was made anew from an article; what is known of it keeps its checksum."""
    own = sa.update(seals).where(seals.c.article == key)
    connection.execute(own.values(made=of_made(connection, key)))


def broken(connection: sa.Connection, key: int) -> list[str]:
    """Which of the article's checksums are broken or missing: "known", "made"."""
    row = connection.execute(sa.select(seals).where(seals.c.article == key)).first()
    return [
        name
        for name, now in (("known", of_known), ("made", of_made))
        if row is None or getattr(row, name) != now(connection, key)
    ]


def of_known(connection: sa.Connection, key: int) -> str:
    """The hash, in hex, of what is known of the article, the hash of its text included."""
    known = connection.execute(sa.select(*_KNOWN).where(articles.c.key == key)).one()
    return hashlib.sha256(repr(tuple(known)).encode()).hexdigest()


def of_made(connection: sa.Connection, key: int) -> str:
    """The hash, in hex, of the article's passages with their vectors, and of its signature."""
    digest = hashlib.sha256()
    columns = (passages.c.number, passages.c.start, passages.c.end, passages.c.vector)
    own = sa.select(*columns).where(passages.c.article == key).order_by(passages.c.key)
    for number, start, end, vector in connection.execute(own):
        digest.update(f"{number} {start} {end} ".encode())
        digest.update(vector)
    mark = sa.select(signatures.c.signature).where(signatures.c.article == key)
    digest.update(connection.scalar(mark) or b"")
    return digest.hexdigest()
