"""What PostgreSQL does its own way: a server that machines share, and that may be away for a while.

As in SQLite one transaction writes at a time, under an advisory lock: it takes milliseconds, and
embedding, which takes most of the time, goes on beside it on any number of machines.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from assistant.errors import BadSetting, StoreBusy, StoreFailed, StoreFull

PATIENCE = 30_000  # milliseconds to wait for another's transaction
HASTE = 250  # ... for whoever answers meanwhile; an article's takes 20 or 30
_SETTING = "ASSISTANT_DATABASE_URL"
# A lock is the database's and the schema's, so that one server can hold several stores.
_LOCK = "hashtextextended('newsroom-assistant ' || :what || ' ' || current_schema(), 0)"
# Whoever sleeps in a transaction, on a machine that lost its network, is thrown out.
_PATIENT = sa.text(
    "SELECT set_config('lock_timeout', :patience, true), "
    "set_config('idle_in_transaction_session_timeout', '10min', true)"
)
# The server's own lower(): by the rules of ICU, whatever the language of the database.
_FOLDED = """
CREATE OR REPLACE FUNCTION folded(text) RETURNS text LANGUAGE sql IMMUTABLE AS
$$ SELECT lower($1 COLLATE "und-x-icu") $$
"""


def database(address: str) -> sa.Engine:
    """The database at `address`, `postgresql://user:password@host/name`, not yet asked anything."""
    try:
        url = sa.make_url(address)
    except (sa.exc.ArgumentError, ValueError):
        # Without the cause: it may quote a part of the password.
        raise BadSetting(f"{_SETTING} is no address. {_FORM}") from None
    if url.drivername not in ("postgresql", "postgres", "postgresql+psycopg"):
        raise BadSetting(f"{_SETTING} begins with {url.drivername!r}. {_FORM}")
    try:
        return sa.create_engine(
            url.set(drivername="postgresql+psycopg"),
            pool_pre_ping=True,  # the server may have been restarted since
            pool_size=10,
            max_overflow=30,  # the page answers 40 at once
            connect_args={"connect_timeout": 10, "keepalives_idle": 30, "tcp_user_timeout": 30_000},
        )
    except ImportError as error:
        raise BadSetting(
            f"{_SETTING} needs psycopg, which is not installed. "
            "Run: pip install 'newsroom-assistant[scale]'"
        ) from error


_FORM = (
    "Write postgresql://USER:PASSWORD@HOST/NAME, with %XX for what is not a letter or a digit "
    "in the password."
)


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with (
        _explained(engine),
        engine.connect().execution_options(**options) as connection,
        connection.begin(),
    ):
        yield connection


@contextmanager
def writing(engine: sa.Engine, *, wait: bool = True) -> Iterator[sa.Connection]:
    # READ COMMITTED: what is read after the lock is what the writer before has left.
    with _explained(engine), engine.connect() as connection, connection.begin():
        connection.execute(_PATIENT, {"patience": str(PATIENCE if wait else HASTE)})
        connection.execute(sa.text(f"SELECT pg_advisory_xact_lock({_LOCK})"), {"what": "write"})
        yield connection


@contextmanager
def turn(engine: sa.Engine) -> Iterator[bool]:
    own = {"what": "chroma"}
    with (
        _explained(engine),
        engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection,
    ):
        got = connection.scalar(sa.text(f"SELECT pg_try_advisory_lock({_LOCK})"), own)
        try:
            yield bool(got)
        finally:
            if got:
                connection.execute(sa.text(f"SELECT pg_advisory_unlock({_LOCK})"), own)


def where(engine: sa.Engine) -> str:
    return engine.url.set(drivername="postgresql").render_as_string(hide_password=True)


def prepare(connection: sa.Connection) -> None:
    """Make what PostgreSQL lacks; raise `BadSetting` when it cannot hold every text."""
    encoding = connection.scalar(sa.text("SHOW server_encoding"))
    if encoding != "UTF8":
        raise BadSetting(
            f"{where(connection.engine)} is encoded in {encoding}. "
            "Make it with: createdb --encoding UTF8 --template template0 NAME"
        )
    connection.execute(sa.text(_FOLDED))


def size(connection: sa.Connection) -> int:
    """The bytes of this store's tables and their indexes."""
    query = (
        "SELECT sum(pg_total_relation_size(oid)) FROM pg_class "
        "WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace"
    )
    return int(connection.scalar(sa.text(query)) or 0)


def amiss(connection: sa.Connection) -> Iterator[str]:
    """Nothing: the server sums its own pages (initdb --data-checksums) and keeps its own keys."""
    yield from ()


@contextmanager
def _explained(engine: sa.Engine) -> Iterator[None]:
    try:
        yield
    except sa.exc.TimeoutError as error:
        raise StoreBusy(
            f"{where(engine)}: all connections of this process are in use. Try again."
        ) from error
    except sa.exc.DBAPIError as error:
        what = " ".join(str(error.orig).split()).rstrip(".")
        if getattr(error.orig, "sqlstate", None) == "55P03":
            raise StoreBusy(
                f"{where(engine)} is being written by another process, and was not free in time. "
                "Try again when it is done."
            ) from error
        failed = StoreFull if getattr(error.orig, "sqlstate", None) == "53100" else StoreFailed
        raise failed(f"{where(engine)}: {what}. {_advice(what)}") from error


def _advice(what: str) -> str:
    for sign, advice in {
        "authentication failed": f"Check user and password in {_SETTING}.",
        "does not exist": f"Check the name in {_SETTING}, or make it with: createdb NAME",
        "permission denied": "Give its user the right: GRANT ALL ON SCHEMA public TO USER",
        "invalid connection option": f"Check what follows the ? in {_SETTING}.",
        "No space left": "Make room on the server's disk and run the command again; nothing "
        "stored was lost.",
    }.items():
        if sign in what:
            return advice
    return "Check that the server runs, then try again; nothing stored was lost."
