"""Passages by their words in PostgreSQL: one row for each stem of each passage, BM25 over these.

PostgreSQL's own ranking (ts_rank) does not know that a rare word tells more than a common one; this
gives the scores that FTS5 gives. How many passages hold a stem is counted by the index itself, so
that nothing can get out of step.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any

import sqlalchemy as sa

from assistant.store.tables import articles, fact, passages, reading, set_fact
from assistant.text import terms

_TABLES = sa.MetaData()
# Bytes are compared, not letters of some language: faster, and the same on every server.
postings = sa.Table(
    "postings",
    _TABLES,
    sa.Column("stem", sa.Text(collation="C"), primary_key=True),
    sa.Column("passage", sa.Integer, primary_key=True),
    sa.Column("title", sa.SmallInteger, nullable=False),  # how often in its article's title
    sa.Column("text", sa.SmallInteger, nullable=False),  # how often in its own words
    sa.Column("length", sa.Integer, nullable=False),  # words of title and passage
    sa.Column("places", sa.LargeBinary, nullable=False),  # where it stands, 16 bits each
)
_TEXT = 1 << 15  # the place of a passage's first word; its title's are counted from 0
_WORD = re.compile(r"[^\W_]+")
_QUOTED = re.compile(r'"([^"]*)"')
Posting = tuple[str, int, int, int, int, bytes]

_INSERT = sa.text(
    "INSERT INTO postings (stem, passage, title, text, length, places) "
    "SELECT * FROM unnest(CAST(:stem AS text[]), CAST(:passage AS int[]), CAST(:title AS int[]), "
    "CAST(:text AS int[]), CAST(:length AS int[]), CAST(:places AS bytea[]))"
)
# All numbers are float8: PostgreSQL's exact ones are ten times slower here.
# FTS5's formula: k1 = 1.2, b = 0.75, and a stem that most passages hold counts almost nothing.
_SEARCH = sa.text("""
WITH found AS (
    SELECT passage, CAST(:title AS float8) * title + text AS often, length, weight,
           CAST(count(*) OVER (PARTITION BY stem) AS float8) AS held
    FROM postings
    JOIN unnest(CAST(:stems AS text[]), CAST(:weights AS int[])) AS wanted (stem, weight)
    USING (stem)
    UNION ALL
    SELECT * FROM unnest(CAST(:passages AS int[]), CAST(:often AS float8[]),
                         CAST(:lengths AS int[]), CAST(:ones AS int[]), CAST(:held AS float8[]))
)
SELECT passage, sum(
    weight * greatest(ln((greatest(CAST(:total AS float8) - held, 0) + 0.5) / (held + 0.5)), 1e-6)
    * often * 2.2 / (often + 1.2 * (0.25 + 0.75 * length / CAST(:average AS float8)))
) AS score
FROM found GROUP BY passage ORDER BY score DESC, passage LIMIT :count
""")
_PHRASE = sa.text(
    "SELECT passage, max(length), array_agg(CAST(stem AS text)), array_agg(places) FROM postings "
    "WHERE stem = ANY(:stems) GROUP BY passage HAVING count(*) = :count"
)


class Postings:
    """The word index in PostgreSQL."""

    tables = frozenset({"postings"})

    def make(self, connection: sa.Connection) -> None:
        _TABLES.create_all(connection)

    def add(self, connection: sa.Connection, article: int) -> None:
        rows = _postings(connection, article)
        if rows:
            columns = (column.name for column in postings.columns)
            values = map(list, zip(*rows, strict=True))
            connection.execute(_INSERT, dict(zip(columns, values, strict=True)))
        _count(connection, rows, 1)

    def remove(self, connection: sa.Connection, article: int) -> None:
        rows = _postings(connection, article)
        if rows:
            stems, keys = ({row[n] for row in rows} for n in (0, 1))
            statement = "DELETE FROM postings WHERE stem = ANY(:stems) AND passage = ANY(:keys)"
            connection.execute(sa.text(statement), {"stems": list(stems), "keys": list(keys)})
        _count(connection, rows, -1)

    def renew(self, connection: sa.Connection) -> None:
        connection.execute(sa.delete(postings))
        for name in ("indexed", "words"):
            set_fact(connection, name, 0)
        for key in connection.scalars(sa.select(articles.c.key)).all():
            self.add(connection, key)

    def amiss(self, engine: sa.Engine) -> Iterator[str]:
        with reading(engine) as connection:
            yield from _amiss(connection)

    def search(
        self, connection: sa.Connection, words: str, count: int, title: float
    ) -> list[tuple[int, float]]:
        phrases = [_stems(phrase) for phrase in _QUOTED.findall(words)]
        single = Counter(phrase[0] for phrase in phrases if len(phrase) == 1)
        found = [
            (passage, often, length, 1, len(held))
            for phrase in phrases
            if len(phrase) > 1
            for held in [list(_holding(connection, phrase, title))]
            for passage, often, length in held
        ]
        columns = zip(*found, strict=True) if found else ((),) * 5
        names = ("passages", "often", "lengths", "ones", "held")
        indexed, total = _totals(connection)
        given: dict[str, Any] = {
            **{name: list(column) for name, column in zip(names, columns, strict=True)},
            "stems": list(single),
            "weights": list(single.values()),
            "title": title,
            "total": indexed,
            "average": max(total / max(indexed, 1), 1.0),
            "count": None if count < 0 else count,
        }
        return [(row.passage, row.score) for row in connection.execute(_SEARCH, given)]

    def held(self, connection: sa.Connection, stems: Collection[str]) -> dict[str, int]:
        query = sa.text(
            "SELECT stem, (SELECT count(*) FROM postings WHERE postings.stem = wanted.stem) "
            "FROM unnest(CAST(:stems AS text[])) AS wanted (stem)"
        )
        rows = connection.execute(query, {"stems": list(set(stems))})
        return {row[0]: row[1] for row in rows if row[1]}

    def beginning(self, connection: sa.Connection, letters: str) -> list[str]:
        own = (postings.c.stem >= letters, postings.c.stem < following(letters))
        return list(connection.scalars(sa.select(postings.c.stem).where(*own).distinct()))

    def holding(self, connection: sa.Connection, stem: str, count: int) -> list[int]:
        own = sa.select(postings.c.passage).where(postings.c.stem == stem)
        return list(connection.scalars(own.limit(count)))


def following(letters: str) -> str:
    """What comes, letter by letter, after all words that begin with these letters."""
    return letters[:-1] + chr(ord(letters[-1]) + 1)


def _stems(text: str) -> list[str]:
    """The stems of a text's words, in their order, as FTS5's tokenizer makes them."""
    words = _WORD.findall(unicodedata.normalize("NFC", text))
    return [terms.stem(word) if len(word) > 2 else terms.fold(word) for word in words]


def _posting(passage: int, title: str, text: str) -> list[Posting]:
    """What the index holds of one passage."""
    places: dict[str, array[int]] = defaultdict(lambda: array("H"))
    length = 0
    for first, part in ((0, title), (_TEXT, text)):
        # 32,768 words: an article that is one endless "word" salad is not indexed beyond.
        for place, stem in enumerate(_stems(part)[:_TEXT], first):
            places[stem].append(place)
            length += 1
    found = []
    for stem, own in places.items():
        before = sum(place < _TEXT for place in own)
        found.append((stem, passage, before, len(own) - before, length, bytes(own)))
    return found


def _texts(connection: sa.Connection) -> Iterable[Any]:
    """Passages as rows of key, title and text, in the order of their keys."""
    length = passages.c.end - passages.c.start
    text = sa.func.substr(articles.c.text, passages.c.start + 1, length).label("text")
    query = sa.select(passages.c.key, articles.c.title, text).join(articles)
    return connection.execute(query.order_by(passages.c.key).execution_options(yield_per=1_000))


def _postings(connection: sa.Connection, article: int) -> list[Posting]:
    spans = (passages.c.key, passages.c.start, passages.c.end)
    query = sa.select(*spans, articles.c.title, articles.c.text).join(articles)
    rows = connection.execute(query.where(articles.c.key == article)).all()
    return [
        posting
        for row in rows
        for posting in _posting(row.key, row.title, row.text[row.start : row.end])
    ]


def _totals(connection: sa.Connection) -> tuple[int, int]:
    """How many passages are indexed, and how many words these have."""
    indexed, words = (int(fact(connection, name) or 0) for name in ("indexed", "words"))
    return indexed, words


def _count(connection: sa.Connection, rows: list[Posting], sign: int) -> None:
    lengths = {row[1]: row[4] for row in rows}
    indexed, words = _totals(connection)
    set_fact(connection, "indexed", indexed + sign * len(lengths))
    set_fact(connection, "words", words + sign * sum(lengths.values()))


def _holding(
    connection: sa.Connection, phrase: list[str], title: float
) -> Iterator[tuple[int, float, int]]:
    """The passages that hold the phrase: (key, how often, its length)."""
    wanted = {"stems": list(set(phrase)), "count": len(set(phrase))}
    for passage, length, stems, places in connection.execute(_PHRASE, wanted):
        at = {stem: set(array("H", own)) for stem, own in zip(stems, places, strict=True)}
        starts = [
            place
            for place in at[phrase[0]]
            if all(place + n in at[stem] for n, stem in enumerate(phrase))
        ]
        if starts:
            yield passage, sum(title if place < _TEXT else 1.0 for place in starts), length


def _amiss(connection: sa.Connection) -> Iterator[str]:
    """Walk through passages and index side by side."""
    query = sa.select(postings).order_by(postings.c.passage)
    rows = connection.execute(query.execution_options(yield_per=10_000))
    grouped = itertools.groupby(rows, key=lambda row: row.passage)
    indexed = ((key, {tuple(row) for row in own}) for key, own in grouped)
    at = next(indexed, None)
    count = 0
    for row in _texts(connection):
        while at is not None and at[0] < row.key:
            yield f"word index: holds passage {at[0]}, which is not stored"
            at = next(indexed, None)
        wanted = set(_posting(row.key, row.title, row.text))
        held = at[1] if at is not None and at[0] == row.key else set()
        if wanted and not held:
            yield f"word index: lacks passage {row.key}"
        elif wanted != held:
            yield f"word index: does not fit passage {row.key}"
        at = next(indexed, None) if held else at
        count += bool(wanted)
    for key, _ in [at, *indexed] if at is not None else ():
        yield f"word index: holds passage {key}, which is not stored"
    if count != _totals(connection)[0]:
        yield f"word index: counts {_totals(connection)[0]} passages, not {count}"
