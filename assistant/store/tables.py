"""The truth: articles, their passages and a copy of every vector, in SQLite or PostgreSQL.

Any number of processes may read and write it at once, one writer at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Any, Protocol

import sqlalchemy as sa

from assistant.store import postgres, sqlite

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
    sa.Column("vector", sa.LargeBinary, nullable=False),  # float16, unit length
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

# What tells near copies apart from other articles (see `text/near_copies.py`).
signatures = sa.Table(
    "signatures",
    metadata,
    sa.Column("article", sa.ForeignKey("articles.key"), primary_key=True),
    sa.Column("signature", sa.LargeBinary, nullable=False),
)

bands = sa.Table(  # found by value alone: a signature gives all of an article's
    "bands",
    metadata,
    sa.Column("value", sa.BigInteger, primary_key=True),
    sa.Column("article", sa.Integer, primary_key=True),
    sqlite_with_rowid=False,
)

copies = sa.Table(  # both directions of each pair
    "copies",
    metadata,
    sa.Column("one", sa.ForeignKey("articles.key"), primary_key=True),
    sa.Column("other", sa.ForeignKey("articles.key"), primary_key=True, index=True),
    sqlite_with_rowid=False,
)

stories = sa.Table(  # which article begins the story of each
    "stories",
    metadata,
    sa.Column("article", sa.ForeignKey("articles.key"), primary_key=True),
    sa.Column("first", sa.ForeignKey("articles.key"), nullable=False, index=True),
)

# Hashes of what is stored of an article, which tell damage (see `checksums.py`).
seals = sa.Table(
    "seals",
    metadata,
    sa.Column("article", sa.ForeignKey("articles.key"), primary_key=True),
    sa.Column("known", sa.Text, nullable=False),
    sa.Column("made", sa.Text, nullable=False),
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

# What an article is known by (see `article_identity.py`), under its id: that of its newest text.
names = sa.Table(
    "names",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("id", sa.Text, primary_key=True, index=True),
    sqlite_with_rowid=False,
)

files = sa.Table(  # the files that gave an article when they were read last
    "files",
    metadata,
    sa.Column("digest", sa.Text, primary_key=True),  # of the path, which may be long
    sa.Column("id", sa.Text, primary_key=True, index=True),
    sa.Column("path", sa.Text, nullable=False),
    sa.Column("modified", sa.Float),  # seconds since 1970
    sqlite_with_rowid=False,
)

versions = sa.Table(  # which articles are earlier texts of others
    "versions",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("article_id", sa.Text, nullable=False, index=True),
    sa.Column("number", sa.Integer, nullable=False),  # from 1, the earliest
    sa.Column("until", sa.Text, nullable=False),  # ISO 8601: when another text took its place
)

tags = sa.Table(  # see `article_tags.py`
    "tags",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),  # of the article
    sa.Column("folded", sa.Text, primary_key=True, index=True),  # the tag without case
    sa.Column("tag", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),  # "source", "given" or "taken" by a person
    sqlite_with_rowid=False,
)

removed = sa.Table(  # articles that were removed, as long as they can be brought back
    "removed",
    metadata,
    sa.Column("key", sa.Integer, primary_key=True),
    sa.Column("id", sa.Text, nullable=False, index=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("at", sa.Float, nullable=False, index=True),  # seconds since 1970
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("kept", sa.Text, nullable=False),  # JSON: all that is needed to store it again
)

shortfalls = sa.Table(  # articles whose text is not whole, and why
    "shortfalls",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("reason", sa.Text, nullable=False),
    sqlite_with_rowid=False,
)

facts = sa.Table(
    "facts",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)


class Kind(Protocol):
    """What each kind of database does its own way: a module for each."""

    def reading(self, engine: sa.Engine) -> AbstractContextManager[sa.Connection]: ...

    def writing(
        self, engine: sa.Engine, *, wait: bool = True
    ) -> AbstractContextManager[sa.Connection]: ...

    def turn(self, engine: sa.Engine) -> AbstractContextManager[bool]:
        """Whether we alone, of all who share the store, bring its Chroma server up to date."""

    def where(self, engine: sa.Engine) -> str:
        """The database in words, without a password."""

    def prepare(self, connection: sa.Connection) -> None:
        """Make what our statements need and this kind lacks."""

    def size(self, connection: sa.Connection) -> int:
        """Bytes that are not in the store's folder."""

    def amiss(self, connection: sa.Connection) -> Iterator[str]:
        """What the database itself finds damaged, a line each."""


KINDS: dict[str, Kind] = {"sqlite": sqlite, "postgresql": postgres}


def kind(engine: sa.Engine) -> Kind:
    """How this database does what each does its own way."""
    return KINDS[engine.dialect.name]


def reading(engine: sa.Engine) -> AbstractContextManager[sa.Connection]:
    """One unchanging view of the database."""
    return kind(engine).reading(engine)


def writing(engine: sa.Engine, *, wait: bool = True) -> AbstractContextManager[sa.Connection]:
    """A transaction: all of it or, after an error or a kill, nothing. One writes at a time.

    Raises `StoreBusy` when another does and will not end; almost at once unless `wait`.
    """
    return kind(engine).writing(engine, wait=wait)


def fact(connection: sa.Connection, name: str) -> str | None:
    """One fact about the store as a whole."""
    value: str | None = connection.scalar(sa.select(facts.c.value).where(facts.c.name == name))
    return value


def count_change(connection: sa.Connection) -> None:
    """Note that vectors changed, for those who keep a copy of them."""
    set_fact(connection, "changes", int(fact(connection, "changes") or 0) + 1)


def begin_generation(connection: sa.Connection) -> None:
    """Have every Chroma filled anew: its vectors of older generations are dropped."""
    set_fact(connection, "generation", int(fact(connection, "generation") or 0) + 1)


def set_fact(connection: sa.Connection, name: str, value: Any) -> None:
    """Write or replace a fact."""
    connection.execute(sa.delete(facts).where(facts.c.name == name))
    connection.execute(sa.insert(facts).values(name=name, value=str(value)))
