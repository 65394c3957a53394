"""Which stored articles are one story: signatures and copies, kept right as articles come and go.

Every function works within the transaction it is given.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

import sqlalchemy as sa

from assistant.copies import Member, clusters, is_copy, signature
from assistant.copies import bands as bands_of
from assistant.records import Source
from assistant.store.rows import known, to_source
from assistant.store.tables import articles, bands, copies, signatures


def add(connection: sa.Connection, key: int, text: str) -> None:
    """Note the article's signature, and what it is a copy of."""
    own = signature(text)
    values = bands_of(own)
    connection.execute(sa.insert(signatures).values(article=key, signature=own))
    if not values:
        return
    shared = sa.select(bands.c.article).where(bands.c.value.in_(values)).distinct()
    near = sa.select(signatures).where(signatures.c.article.in_(shared))
    found = [row.article for row in connection.execute(near) if is_copy(own, row.signature)]
    connection.execute(sa.insert(bands), [{"value": value, "article": key} for value in values])
    pairs = [pair for other in found for pair in ((key, other), (other, key))]
    if pairs:
        connection.execute(sa.insert(copies), [{"one": a, "other": b} for a, b in pairs])


def remove(connection: sa.Connection, key: int) -> None:
    """Forget the article's signature and its copies."""
    for table, column in (
        (signatures, signatures.c.article),
        (bands, bands.c.article),
        (copies, copies.c.one),
        (copies, copies.c.other),
    ):
        connection.execute(sa.delete(table).where(column == key))


def renew(connection: sa.Connection) -> None:
    """Make all signatures and copies anew, for a store that has none or old ones."""
    for table in (copies, bands, signatures):
        connection.execute(sa.delete(table))
    for key in connection.scalars(sa.select(articles.c.key).order_by(articles.c.key)).all():
        text = connection.scalar(sa.select(articles.c.text).where(articles.c.key == key))
        add(connection, key, text or "")


def amiss(connection: sa.Connection) -> Iterator[str]:
    """What is wrong with signatures and copies, a line each."""
    noted = sa.select(signatures.c.article)
    for id in connection.scalars(sa.select(articles.c.id).where(articles.c.key.not_in(noted))):
        yield f"article {id}: its signature is missing"
    pairs = {(row.one, row.other) for row in connection.execute(sa.select(copies))}
    for one, other in sorted(pairs):
        if (other, one) not in pairs:
            yield f"copies: article {one} is a copy of {other}, but not the other way round"


def counts(connection: sa.Connection) -> dict[str, int]:
    """Of how many others each article that has any is a near copy, by id."""
    query = sa.select(articles.c.id, sa.func.count()).join(copies, copies.c.one == articles.c.key)
    return {row[0]: row[1] for row in connection.execute(query.group_by(articles.c.id))}


def families(connection: sa.Connection, ids: Collection[str]) -> dict[str, tuple[Source, ...]]:
    """For each article that has copies, all texts of its story, itself too, the earliest first."""
    keys = set(connection.scalars(sa.select(articles.c.key).where(articles.c.id.in_(list(ids)))))
    near = _reachable(connection, keys)
    if not near:
        return {}
    columns = (articles.c.key, *known())
    rows = connection.execute(sa.select(*columns).where(articles.c.key.in_(list(near)))).all()
    sources = {row.key: to_source(row) for row in rows}
    members = [Member(one.id, one.published) for one in sources.values()]
    named = {
        sources[one].id: [sources[other].id for other in others] for one, others in near.items()
    }
    head = clusters(members, named)
    order = {member.id: n for n, member in enumerate(sorted(members, key=_age))}
    grouped: dict[str, list[Source]] = defaultdict(list)
    for source in sorted(sources.values(), key=lambda one: order[one.id]):
        grouped[head[source.id]].append(source)
    return {
        source.id: tuple(group) for group in grouped.values() if len(group) > 1 for source in group
    }


def _age(member: Member) -> tuple[bool, float, str]:
    moment = member.published
    return moment is None, moment.timestamp() if moment else 0.0, member.id


def _reachable(connection: sa.Connection, keys: Collection[int]) -> Mapping[int, Sequence[int]]:
    """All articles that copies lead to from these, each with its own copies."""
    near: dict[int, list[int]] = defaultdict(list)
    todo = set(keys)
    while todo:
        query = sa.select(copies).where(copies.c.one.in_(list(todo)))
        found: set[int] = set()
        for row in connection.execute(query):
            near[row.one].append(row.other)
            found.add(row.other)
        todo = found - set(near)
    return near
