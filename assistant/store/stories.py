"""Which articles are one story: the first of each is noted for all, as articles come and go.

The earliest article begins a story and takes in what is a copy of *it*, so that a long review of
many stories does not join them. What hangs on an article that comes or goes is settled in its own
transaction; the outcome is that of `near_copies.clusters` over all articles, whatever their order
of coming. Every function works within the transaction it is given.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterator
from typing import Any

import sqlalchemy as sa

from assistant.records import Source
from assistant.store.rows import known, to_source
from assistant.store.tables import articles, copies, stories, versions
from assistant.text.near_copies import clusters

# Texts of one story that are looked at, the earliest. A town's weather, told daily from a form,
# may have thousands; no reader looks through more outlets than this.
TEXTS = 60

Age = tuple[bool, float, str, int]  # the undated last: nobody can tell whether they were first
_AGED = (articles.c.key, articles.c.published_at, articles.c.id)
_EARLIEST = (articles.c.published_at.asc().nulls_last(), articles.c.id)


def settle(connection: sa.Connection, which: sa.ColumnElement[bool]) -> None:
    """Find the stories of these articles anew, and of those that hang on what changes by it."""
    todo = sorted(map(_age, connection.execute(sa.select(*_AGED).where(which))))
    queued = {age[-1] for age in todo}
    while todo:
        age = heapq.heappop(todo)
        if not _settle(connection, age):
            continue
        # What began a story, or no longer does, changes those that come after it.
        for other in _near(connection, age[-1]):
            if other > age and other[-1] not in queued:
                queued.add(other[-1])
                heapq.heappush(todo, other)


def _settle(connection: sa.Connection, age: Age) -> bool:
    """Note one article's story; says whether it now begins one and did not, or the reverse."""
    key, own = age[-1], stories.c.article == age[-1]
    before = connection.scalar(sa.select(stories.c.first).where(own))
    beginning = [other for other in _near(connection, key, beginning=True) if other < age]
    first = min(beginning)[-1] if beginning else key
    if before is None:
        connection.execute(sa.insert(stories).values(article=key, first=first))
    elif before != first:
        connection.execute(sa.update(stories).where(own).values(first=first))
    return (before == key) != (first == key)


def _near(connection: sa.Connection, key: int, *, beginning: bool = False) -> Iterator[Age]:
    """An article's copies; only those that begin a story."""
    query = sa.select(*_AGED).join(copies, copies.c.other == articles.c.key)
    if beginning:
        begins = (stories.c.article == articles.c.key) & (stories.c.first == articles.c.key)
        query = query.join(stories, begins)
    return map(_age, connection.execute(query.where(copies.c.one == key)).all())


def _age(row: Any) -> Age:
    return row.published_at is None, row.published_at or 0.0, row.id, row.key


def remove(connection: sa.Connection, key: int) -> None:
    """Forget an article whose copies are forgotten; what hung on it finds another story."""
    hung = sa.select(stories.c.article).where(stories.c.first == key, stories.c.article != key)
    settle(connection, articles.c.key.in_(hung))
    connection.execute(sa.delete(stories).where(stories.c.article == key))


def renew(connection: sa.Connection) -> None:
    """Note the stories of all articles anew."""
    connection.execute(sa.delete(stories))
    rows = [{"article": key, "first": first} for key, first in _all(connection).items()]
    if rows:
        connection.execute(sa.insert(stories), rows)


def amiss(connection: sa.Connection) -> Iterator[str]:
    """What is wrong with the stories, a line each."""
    noted = {row.article: row.first for row in connection.execute(sa.select(stories))}
    for key, first in _all(connection).items():
        if noted.get(key) != first:
            yield f"stories: article {key} belongs to the story of {first}, not {noted.get(key)}"


def _all(connection: sa.Connection) -> dict[int, int]:
    ages = sorted(map(_age, connection.execute(sa.select(*_AGED))))
    near: dict[int, list[int]] = {}
    for row in connection.execute(sa.select(copies)):
        near.setdefault(row.one, []).append(row.other)
    return clusters([age[-1] for age in ages], near)


def families(connection: sa.Connection, ids: Collection[str]) -> dict[str, tuple[Source, ...]]:
    """For each of these articles that has copies, the texts of its story, the earliest first.

    Of more than `TEXTS` these: the earliest, and of later ones those asked for and their outlets'.
    """
    query = sa.select(articles.c.id, articles.c.publisher, stories.c.first)
    query = query.join(stories, stories.c.article == articles.c.key)
    asked = connection.execute(query.where(articles.c.id.in_(list(ids)))).all()
    several = sa.select(stories.c.first).group_by(stories.c.first).having(sa.func.count() > 1)
    firsts = connection.scalars(several.where(stories.c.first.in_({row.first for row in asked})))
    found: dict[str, tuple[Source, ...]] = {}
    for first in firsts.all():
        members = [row for row in asked if row.first == first]
        texts = _texts(connection, stories.c.first == first)
        if len(texts) == TEXTS:
            outlets = articles.c.publisher.in_({row.publisher for row in members})
            theirs = articles.c.id.in_({row.id for row in members})
            for more in (theirs, outlets):
                texts |= _texts(connection, (stories.c.first == first) & more)
        aged = sorted(texts, key=lambda age: (age[0], age[1], age[-1]))
        family = tuple(to_source(texts[age]) for age in aged)
        found |= {row.id: family for row in members}
    return found | _with_versions(connection, ids, found)


def _with_versions(
    connection: sa.Connection, ids: Collection[str], found: dict[str, tuple[Source, ...]]
) -> dict[str, tuple[Source, ...]]:
    """The families of those that have earlier texts, or are such, with all of these."""
    own = {id: {one.id for one in found.get(id, ())} | {id} for id in ids}
    every = {one for several in own.values() for one in several}
    of = sa.select(versions.c.article_id).where(
        versions.c.id.in_(every) | versions.c.article_id.in_(every)
    )
    links = connection.execute(sa.select(versions).where(versions.c.article_id.in_(of))).all()
    if not links:
        return {}
    together: dict[str, set[str]] = {}
    for row in links:
        together.setdefault(row.article_id, {row.article_id}).add(row.id)
    groups = {id: group for group in together.values() for id in group}
    grown = {id: {more for one in several for more in groups.get(one, {one})}
             for id, several in own.items() if several & set(groups)}  # fmt: skip
    query = sa.select(articles.c.key, articles.c.published_at, *known())
    wanted = {one for several in grown.values() for one in several}
    rows = connection.execute(query.where(articles.c.id.in_(wanted))).all()
    aged = [(row.id, to_source(row)) for row in sorted(rows, key=_come)]
    return {id: tuple(one for name, one in aged if name in several)
            for id, several in grown.items()}  # fmt: skip


def _come(row: Any) -> tuple[bool, float, int]:
    """By day, and those of one day as they came."""
    return row.published_at is None, row.published_at or 0.0, row.key


def _texts(connection: sa.Connection, chosen: sa.ColumnElement[bool]) -> dict[Age, Any]:
    query = sa.select(articles.c.key, articles.c.published_at, *known())
    query = query.join(stories, stories.c.article == articles.c.key)
    rows = connection.execute(query.where(chosen).order_by(*_EARLIEST).limit(TEXTS))
    return {_age(row): row for row in rows}
