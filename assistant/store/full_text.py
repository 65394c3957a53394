"""Passages by their words: what a word index can do, and SQLite's, which is FTS5.

PostgreSQL's is in `postgres_full_text.py`. Every function works within the transaction it is given.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Protocol

import sqlalchemy as sa

from assistant.store.postgres_full_text import Postings, following
from assistant.store.tables import reading, writing

Found = list[tuple[int, float]]
_MOST = 20  # lines of one kind: who has lost a hundred thousand words need not read each

TEXTS = """
CREATE VIEW IF NOT EXISTS passage_texts AS
SELECT passages.key AS key, passages.article AS article, articles.title AS title,
       substr(articles.text, passages.start + 1, passages."end" - passages.start) AS text
FROM passages JOIN articles ON articles.key = passages.article
"""
# How many passages hold a (stemmed) term: what tells rare words from common ones.
TERMS = "CREATE VIRTUAL TABLE IF NOT EXISTS terms USING fts5vocab('words', 'row')"
# Where each term stands; of this connection alone, since hardly anything asks for it.
PLACES = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS temp.places USING fts5vocab('main', 'words', 'instance')"
)
WORDS = """
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5(
    title, text, content='passage_texts', content_rowid='key',
    tokenize='porter unicode61 remove_diacritics 2')
"""
# Rows that should be there for others that are: what is missing, and where it should be.
_PAIRS = {
    "word index: lacks passage {0}": "SELECT key FROM passages EXCEPT SELECT id FROM words_docsize",
    "word index: holds passage {0}, which is not stored": (
        "SELECT id FROM words_docsize EXCEPT SELECT key FROM passages"
    ),
}


class Words(Protocol):
    """An index of the (Porter) stems of every passage and of its article's title."""

    tables: frozenset[str]

    def make(self, connection: sa.Connection) -> None:
        """Make its tables, unless they are there."""

    def add(self, connection: sa.Connection, article: int) -> None:
        """Index the stored passages of an article."""

    def remove(self, connection: sa.Connection, article: int) -> None:
        """Forget an article's passages, which are still stored."""

    def renew(self, connection: sa.Connection) -> None:
        """Index every stored passage anew."""

    def amiss(self, engine: sa.Engine) -> Iterator[str]:
        """What in it does not fit the passages, a line each."""

    def search(self, connection: sa.Connection, words: str, count: int, title: float) -> Found:
        """Passages by BM25: (key, score), best first, at most `count` (-1: all).

        `words`: quoted words and phrases, joined by OR, as FTS5 reads them.
        """

    def held(self, connection: sa.Connection, stems: Collection[str]) -> dict[str, int]:
        """How many passages hold each of the stems that any does."""

    def beginning(self, connection: sa.Connection, letters: str) -> list[str]:
        """The stems that begin with these letters."""

    def holding(self, connection: sa.Connection, stem: str, count: int) -> list[int]:
        """Some passages that hold the stem, at most `count`, in no order."""


class Fts5:
    """SQLite's own full-text index."""

    tables = frozenset({"passage_texts", "words", "terms"})

    def make(self, connection: sa.Connection) -> None:
        for statement in (TEXTS, WORDS, TERMS):
            connection.exec_driver_sql(statement)

    def add(self, connection: sa.Connection, article: int) -> None:
        self._tell(connection, article, "(rowid, title, text) SELECT key")

    def remove(self, connection: sa.Connection, article: int) -> None:
        self._tell(connection, article, "(words, rowid, title, text) SELECT 'delete', key")

    def _tell(self, connection: sa.Connection, article: int, what: str) -> None:
        statement = (
            f"INSERT INTO words {what}, title, text FROM passage_texts WHERE article = :article"
        )
        connection.execute(sa.text(statement), {"article": article})

    def renew(self, connection: sa.Connection) -> None:
        for what in ("delete-all", "rebuild"):
            connection.exec_driver_sql("INSERT INTO words (words) VALUES (?)", (what,))

    def amiss(self, engine: sa.Engine) -> Iterator[str]:
        with reading(engine) as connection:
            for line, query in _PAIRS.items():
                for row in connection.execute(sa.text(f"{query} LIMIT {_MOST}")):
                    yield line.format(row[0])
        with writing(engine) as connection:
            try:
                # FTS5's own check, against the passages' texts.
                connection.exec_driver_sql(
                    "INSERT INTO words (words, rank) VALUES ('integrity-check', 1)"
                )
            except sa.exc.DatabaseError:
                yield "word index: does not fit the passages"

    def search(self, connection: sa.Connection, words: str, count: int, title: float) -> Found:
        query = sa.text(
            "SELECT rowid, bm25(words, :title, 1.0) AS score FROM words "
            "WHERE words MATCH :words ORDER BY score LIMIT :count"
        )
        given = {"words": words, "title": title, "count": count}
        return [(row[0], -row[1]) for row in connection.execute(query, given)]

    def held(self, connection: sa.Connection, stems: Collection[str]) -> dict[str, int]:
        query = sa.text("SELECT term, doc FROM terms WHERE term IN :stems").bindparams(
            sa.bindparam("stems", expanding=True)
        )
        rows = connection.execute(query, {"stems": list(stems)})
        return {row[0]: row[1] for row in rows}

    def beginning(self, connection: sa.Connection, letters: str) -> list[str]:
        query = sa.text("SELECT term FROM terms WHERE term >= :first AND term < :after")
        return list(connection.scalars(query, {"first": letters, "after": following(letters)}))

    def holding(self, connection: sa.Connection, stem: str, count: int) -> list[int]:
        connection.exec_driver_sql(PLACES)
        query = sa.text("SELECT DISTINCT doc FROM temp.places WHERE term = :stem LIMIT :count")
        return list(connection.scalars(query, {"stem": stem, "count": count}))


_WORDS: dict[str, Words] = {"sqlite": Fts5(), "postgresql": Postings()}


def word_index(at: sa.Connection | sa.Engine) -> Words:
    """The word index of this kind of database."""
    return _WORDS[at.dialect.name]
