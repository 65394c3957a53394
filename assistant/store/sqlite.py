"""What SQLite does its own way: one file, one writer at a time, damage that can be found.

Any number of processes of one machine may read and write it at once (WAL).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from filelock import FileLock, Timeout
from sqlalchemy import event

from assistant.errors import StoreBusy, StoreFailed, StoreFull
from assistant.store.lock_owner import LockOwner

HASTE = 250  # milliseconds, for whoever answers meanwhile; an article's takes 20 or 30
PATIENCE = 30_000  # milliseconds to wait for another process's transaction: one article's takes few
_MOST = 20  # lines of damage: who has lost a hundred thousand rows need not read each


def database(path: Path) -> sa.Engine:
    """The SQLite file at `path`, as every connection of ours wants it; it may not be there yet."""
    engine = sa.create_engine(f"sqlite:///{path}")
    event.listen(engine, "connect", _prepare)

    @event.listens_for(engine, "connect")
    def note_file(_: sqlite3.Connection, record: sa.pool.ConnectionPoolEntry) -> None:
        record.info["file"] = _file(path)

    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: sqlite3.Connection, _: object) -> None:
    connection.create_function("folded", 1, str.casefold, deterministic=True)
    connection.isolation_level = None  # transactions begin where we say, not where sqlite3 guesses
    for pragma in (
        f"busy_timeout={PATIENCE}",  # until the first transaction sets its own
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: sa.Connection) -> None:
    # A transaction that begins as a reader and then writes fails at once when another has written.
    options = connection.get_execution_options()
    patience = PATIENCE if options.get("wait", True) else HASTE
    connection.exec_driver_sql(f"PRAGMA busy_timeout={patience}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("write") else "BEGIN")


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    with _explained(engine), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: sa.Engine, *, wait: bool = True) -> Iterator[sa.Connection]:
    with (
        _explained(engine),
        engine.connect().execution_options(write=True, wait=wait) as connection,
        connection.begin(),
        _holder(engine).noted(),
    ):
        if connection.info["file"] != _file(path := Path(engine.url.database or "")):
            raise StoreFailed(f"{path} has been replaced since it was opened. Try again.")
        yield connection


@contextmanager
def turn(engine: sa.Engine) -> Iterator[bool]:
    lock = FileLock(Path(engine.url.database or "").with_name("chroma.lock"))
    try:
        lock.acquire(timeout=0)
    except (Timeout, OSError):  # held by another, or on a disk that nobody may write to
        yield False
        return
    try:
        yield True
    finally:
        lock.release()


def where(engine: sa.Engine) -> str:
    return str(engine.url.database)


def prepare(connection: sa.Connection) -> None:
    """Nothing: what SQLite lacks is made for each connection."""


def size(connection: sa.Connection) -> int:
    """0: its file is in the store's folder, which is counted anyway."""
    return 0


def amiss(connection: sa.Connection) -> Iterator[str]:
    for row in connection.exec_driver_sql(f"PRAGMA integrity_check({_MOST})"):
        if row[0] != "ok":
            yield f"database: {row[0]}"
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"database: a row of {row[0]} belongs to nothing"


def _file(path: Path) -> int:
    """Which file it is, whatever its name: a restored backup is another one."""
    return path.stat().st_ino if path.exists() else 0


def _holder(engine: sa.Engine) -> LockOwner:
    """The note that tells a second writer who the first is."""
    return LockOwner(Path(engine.url.database or "").with_name("articles.owner"))


@contextmanager
def _explained(engine: sa.Engine) -> Iterator[None]:
    try:
        yield
    except sa.exc.DBAPIError as error:
        place, what = engine.url.database, str(error.orig)
        if "locked" in what:
            raise StoreBusy(
                f"{place} is being written by {_holder(engine)}, and was not free in time. "
                "Try again when it is done."
            ) from error
        failed = StoreFull if "full" in what else StoreFailed
        raise failed(f"{place}: {what}. {_advice(what)}") from error


def _advice(what: str) -> str:
    restore = "Put a backup back: python -m assistant.index restore PATH"
    for sign, advice in {
        "full": "Make room on the disk and run the command again; nothing stored was lost.",
        "disk I/O": "Check the disk and the room on it, and run the command again; nothing stored "
        "was lost.",
        "readonly": "Check who may write to this folder.",
        "unable to open": "Check that the folder exists and who may write to it.",
        "malformed": restore,
        "not a database": restore,
    }.items():
        if sign in what:
            return advice
    return "Run: python -m assistant.index verify"
