"""Which stored articles are near copies: signatures and pairs, kept right as articles come and go.

Every function works within the transaction it is given.
"""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from assistant.store import stories
from assistant.store.tables import articles, bands, copies, signatures
from assistant.text.near_copies import bands as bands_of
from assistant.text.near_copies import is_copy, signature

# Articles that a new one is compared with: those that share most bands with it. Without an end,
# each of ten thousand texts made from one form would be compared, and paired, with all others.
COMPARED = 500


def add(connection: sa.Connection, key: int, text: str) -> None:
    """Note the article's signature, what it is a copy of, and its story."""
    _add(connection, key, text)
    stories.settle(connection, articles.c.key == key)


def _add(connection: sa.Connection, key: int, text: str) -> None:
    own = signature(text)
    values = bands_of(own)
    connection.execute(sa.insert(signatures).values(article=key, signature=own))
    found = []
    if values:
        shared = sa.select(bands.c.article).where(bands.c.value.in_(values))
        most = (sa.func.count().desc(), bands.c.article)
        shared = shared.group_by(bands.c.article).order_by(*most).limit(COMPARED)
        near = sa.select(signatures).where(signatures.c.article.in_(shared))
        found = [row.article for row in connection.execute(near) if is_copy(own, row.signature)]
        connection.execute(sa.insert(bands), [{"value": value, "article": key} for value in values])
    pairs = [pair for other in found for pair in ((key, other), (other, key))]
    if pairs:
        connection.execute(sa.insert(copies), [{"one": a, "other": b} for a, b in pairs])


def remove(connection: sa.Connection, key: int) -> None:
    """Forget the article's signature and its copies."""
    own = connection.scalar(sa.select(signatures.c.signature).where(signatures.c.article == key))
    values = bands_of(own) if own else []
    of_it = sa.delete(bands).where(bands.c.article == key)
    gone = connection.execute(of_it.where(bands.c.value.in_(values))).rowcount
    if not values or gone != len(values):  # its signature may be damaged: all are looked through
        connection.execute(of_it)
    for table, column in (
        (signatures, signatures.c.article),
        (copies, copies.c.one),
        (copies, copies.c.other),
    ):
        connection.execute(sa.delete(table).where(column == key))
    stories.remove(connection, key)


def renew_bands(connection: sa.Connection) -> None:
    """Make the table of bands anew, from the signatures."""
    bands.drop(connection)
    bands.create(connection)
    for row in connection.execute(sa.select(signatures)).all():
        if values := bands_of(row.signature):
            own = [{"value": value, "article": row.article} for value in values]
            connection.execute(sa.insert(bands), own)


def renew(connection: sa.Connection) -> None:
    """Make all signatures, copies and stories anew, for a store that has none or old ones."""
    for table in (copies, bands, signatures):
        connection.execute(sa.delete(table))
    for key in connection.scalars(sa.select(articles.c.key).order_by(articles.c.key)).all():
        text = connection.scalar(sa.select(articles.c.text).where(articles.c.key == key))
        _add(connection, key, text or "")
    stories.renew(connection)


def amiss(connection: sa.Connection) -> Iterator[str]:
    """What is wrong with signatures and copies, a line each."""
    noted = sa.select(signatures.c.article)
    for id in connection.scalars(sa.select(articles.c.id).where(articles.c.key.not_in(noted))):
        yield f"article {id}: its signature is missing"
    pairs = {(row.one, row.other) for row in connection.execute(sa.select(copies))}
    for one, other in sorted(pairs):
        if (other, one) not in pairs:
            yield f"copies: article {one} is a copy of {other}, but not the other way round"
    yield from stories.amiss(connection)


def counts(connection: sa.Connection) -> dict[str, int]:
    """Of how many others each article that has any is a near copy, by id."""
    query = sa.select(articles.c.id, sa.func.count()).join(copies, copies.c.one == articles.c.key)
    return {row[0]: row[1] for row in connection.execute(query.group_by(articles.c.id))}
