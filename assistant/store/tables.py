"""The truth: articles, their passages, a full-text index and a copy of every vector, in SQLite.

Any number of processes may read and write it at once (WAL, one writer at a time).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event

from assistant.errors import StaleIndex, StoreBusy, StoreFailed

VERSION = "2"
PATIENCE = 30_000  # milliseconds to wait for another process's transaction: one article's takes few

metadata = sa.MetaData()

articles = sa.Table(
    "articles",
    metadata,
    sa.Column("key", sa.Integer, primary_key=True),
    sa.Column("id", sa.Text, nullable=False, unique=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("publisher", sa.Text, nullable=False),
    sa.Column("author", sa.Text, nullable=False),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("published", sa.Text),  # ISO 8601, with the zone as it was given
    sa.Column("published_at", sa.Float, index=True),  # the same moment in seconds, to compare by
    sa.Column("updated", sa.Text),
    sa.Column("fetched", sa.Text),
    sa.Column("sha256", sa.Text, nullable=False),  # of the article as read: tells "unchanged"
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("text_sha256", sa.Text, nullable=False),  # of the text as stored: tells damage
)

passages = sa.Table(
    "passages",
    metadata,
    sa.Column("key", sa.Integer, primary_key=True),
    sa.Column("article", sa.ForeignKey("articles.key"), nullable=False, index=True),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("end", sa.Integer, nullable=False),
    sa.Column("vector", sa.LargeBinary, nullable=False),  # float32, unit length
    sqlite_autoincrement=True,  # a key is never used again: Chroma may still hold the old one
)

# What Chroma has not been told yet, written in the same transaction as the change itself. Whoever
# holds Chroma's lock works it off before searching: no kill loses it, no reader sees half of it.
pending = sa.Table(
    "pending",
    metadata,
    sa.Column("passage", sa.Integer, primary_key=True),
    sa.Column("removed", sa.Boolean, nullable=False),
)

# What tells near copies apart from other articles (see `copies.py`).
signatures = sa.Table(
    "signatures",
    metadata,
    sa.Column("article", sa.ForeignKey("articles.key"), primary_key=True),
    sa.Column("signature", sa.LargeBinary, nullable=False),
)

bands = sa.Table(
    "bands",
    metadata,
    sa.Column("value", sa.BigInteger, primary_key=True),
    sa.Column("article", sa.ForeignKey("articles.key"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)

copies = sa.Table(  # both directions of each pair
    "copies",
    metadata,
    sa.Column("one", sa.ForeignKey("articles.key"), primary_key=True),
    sa.Column("other", sa.ForeignKey("articles.key"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)

conversations = sa.Table(
    "conversations",
    metadata,
    sa.Column("key", sa.Integer, primary_key=True),
    sa.Column("id", sa.Text, nullable=False, unique=True),
    sa.Column("visitor", sa.Text, nullable=False, index=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("touched", sa.Float, nullable=False),  # seconds since 1970
    sa.Column("words", sa.Text, nullable=False),  # all that was asked and quoted, to search in
    sa.Column("answers", sa.Text, nullable=False),  # JSON
)

votes = sa.Table(  # a visitor's last word on an answer
    "votes",
    metadata,
    sa.Column("visitor", sa.Text, primary_key=True),
    sa.Column("answer", sa.Text, primary_key=True),  # its key on the page
    sa.Column("vote", sa.Text, nullable=False),
    sa.Column("at", sa.Float, nullable=False),
    sa.Column("kept", sa.Text, nullable=False),  # JSON: the answer with its hits
)

fetched = sa.Table(  # the last visit to each address that led to a stored article
    "fetched",
    metadata,
    sa.Column("address", sa.Text, primary_key=True),  # as it was asked for
    sa.Column("article_id", sa.Text, nullable=False),
    sa.Column("found", sa.Text, nullable=False),  # where its redirects ended
    sa.Column("sha256", sa.Text, nullable=False),  # of the article as read there
    sa.Column("etag", sa.Text, nullable=False),
    sa.Column("last_modified", sa.Text, nullable=False),
    sa.Column("status", sa.Integer, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
)

facts = sa.Table(
    "facts",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)

TEXTS = """
CREATE VIEW IF NOT EXISTS passage_texts AS
SELECT passages.key AS key, passages.article AS article, articles.title AS title,
       substr(articles.text, passages.start + 1, passages."end" - passages.start) AS text
FROM passages JOIN articles ON articles.key = passages.article
"""
# How many passages hold a (stemmed) term: what tells rare words from common ones.
TERMS = "CREATE VIRTUAL TABLE IF NOT EXISTS terms USING fts5vocab('words', 'row')"
WORDS = """
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5(
    title, text, content='passage_texts', content_rowid='key',
    tokenize='porter unicode61 remove_diacritics 2')
"""


def connect(path: Path) -> sa.Engine:
    """The database at `path`, made when it is not there.

    Raises `StaleIndex` when a newer version of this program made it.
    """
    engine = sa.create_engine(f"sqlite:///{path}")
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    with writing(engine) as connection:
        metadata.create_all(connection)
        connection.exec_driver_sql(TEXTS)
        connection.exec_driver_sql(WORDS)
        connection.exec_driver_sql(TERMS)
        if fact(connection, "version") is None:
            set_fact(connection, "version", VERSION)
        if fact(connection, "version") not in (VERSION, "1"):
            raise StaleIndex(
                f"{path} was made by another version of this program. "
                "Update the program, or set ASSISTANT_STORE to another folder."
            )
    return engine


def _prepare(connection: sqlite3.Connection, _: object) -> None:
    connection.create_function("casefold", 1, str.casefold, deterministic=True)
    connection.isolation_level = None  # transactions begin where we say, not where sqlite3 guesses
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={PATIENCE}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: sa.Connection) -> None:
    # A transaction that begins as a reader and then writes fails at once when another has written.
    write = connection.get_execution_options().get("write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """One unchanging view of the database."""
    with _explained(engine), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction: all of it or, after an error or a kill, nothing."""
    with (
        _explained(engine),
        engine.connect().execution_options(write=True) as connection,
        connection.begin(),
    ):
        yield connection


@contextmanager
def _explained(engine: sa.Engine) -> Iterator[None]:
    try:
        yield
    except sa.exc.DBAPIError as error:
        where, what = engine.url.database, str(error.orig)
        if "locked" in what:
            raise StoreBusy(
                f"{where} has been held by another process for {PATIENCE // 1000} seconds. "
                "Try again when it is done."
            ) from error
        raise StoreFailed(f"{where}: {what}. {_advice(what)}") from error


def _advice(what: str) -> str:
    for sign, advice in {
        "full": "Make room on the disk and run the command again; nothing stored was lost.",
        "readonly": "Check who may write to this folder.",
        "unable to open": "Check that the folder exists and who may write to it.",
        "malformed": "Put back a copy of the folder, or delete it and add the articles again.",
        "not a database": "Put back a copy of the folder, or delete it and add the articles again.",
    }.items():
        if sign in what:
            return advice
    return "Run: python -m assistant.index verify"


def fact(connection: sa.Connection, name: str) -> str | None:
    """One fact about the store as a whole."""
    value: str | None = connection.scalar(sa.select(facts.c.value).where(facts.c.name == name))
    return value


def count_change(connection: sa.Connection) -> None:
    """Note that vectors changed, for those who keep a copy of them."""
    set_fact(connection, "changes", int(fact(connection, "changes") or 0) + 1)


def set_fact(connection: sa.Connection, name: str, value: Any) -> None:
    """Write or replace a fact."""
    connection.execute(sa.delete(facts).where(facts.c.name == name))
    connection.execute(sa.insert(facts).values(name=name, value=str(value)))
