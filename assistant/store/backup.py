"""A store -> a backup of it, one file; and a backup -> the store.

A backup is `articles.sqlite` alone, whole at one moment, whoever writes meanwhile; all else in the
store's folder is made from it.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from assistant.errors import BadSetting, StoreBusy, StoreFailed
from assistant.store.chroma import ChromaIndex, Lock
from assistant.store.chroma_damage import DamageNote
from assistant.store.lock_owner import LockOwner
from assistant.store.open_database import STEPS, VERSION
from assistant.store.sqlite import PATIENCE

NAME = "articles.sqlite"
_LOGS = ("-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class Copied:
    """A backup made or put back: where it is, and what it holds.

    `before` is where the database went that was replaced, None when there was none.
    """

    path: Path
    articles: int
    bytes: int
    before: Path | None = None


def backup(folder: Path, target: Path, *, force: bool = False) -> Copied:
    """Copy the store's database to a file, or into a folder as `articles.sqlite`.

    Written beside and renamed when it is proved whole. Others may read and write the store
    meanwhile. Raises `BadSetting` when the target is there already and not `force`, or is the
    store's own; `StoreFailed` when it cannot be written or the store is damaged.
    """
    own = folder / NAME
    target = target / NAME if target.is_dir() else target
    if target.resolve() == own.resolve():
        raise BadSetting(f"{target} is the store itself. Name another folder or file.")
    if target.exists() and not force:
        raise BadSetting(f"{target} is there already. Name another, or use --force to replace it.")
    with _written(target), _beside(target) as part:
        target.parent.mkdir(parents=True, exist_ok=True)
        amiss = _copy(own, part)
        articles, more = _proved(part)
        if amiss or more:
            raise StoreFailed(
                f"{own} is damaged ({amiss or more}), and was not copied to {target}. "
                "Put an older backup back: python -m assistant.index restore PATH"
            )
        size = part.stat().st_size
        os.replace(part, target)
        _settle(target.parent)
    return Copied(target, articles, size)


def restore(folder: Path, source: Path) -> Copied:
    """Put a backup (a file, or a folder with `articles.sqlite`) in the place of the store.

    The database that was there is kept beside it. Raises `BadSetting` when `source` is no backup of
    a store, `StoreBusy` when another process uses the store, `StoreFailed` when the backup is
    damaged or the store cannot be written.
    """
    source = source / NAME if source.is_dir() else source
    own = folder / NAME
    if source.resolve() == own.resolve():
        raise BadSetting(f"{source} is the store itself. Name the backup.")
    if not source.is_file():
        raise BadSetting(f"There is no backup at {source}.")
    if not os.access(source, os.R_OK):
        raise BadSetting(f"{source} cannot be read. Check who may read it.")
    with _written(own):
        folder.mkdir(parents=True, exist_ok=True)
        with _held(folder), _beside(own) as part:
            if amiss := _copy(source, part):
                raise StoreFailed(f"{source} is no store, or a damaged one ({amiss}).")
            articles = _accepted(source, part)
            before = _put_aside(own)
            os.replace(part, own)
            _settle(folder)
            ChromaIndex.discard(folder / "chroma")
            DamageNote(folder / "chroma").forget()
    return Copied(own, articles, own.stat().st_size, before)


@contextmanager
def _written(target: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        told = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise StoreFailed(
            f"{target} cannot be written ({told}). Check the room on the disk and who may write "
            "there; the store is as it was."
        ) from error


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A file next to `target` to write first; gone at the end, unless it was renamed."""
    part = target.with_name(f".{target.name}.part-{os.getpid()}")
    try:
        yield part
    finally:
        for ending in ("", *_LOGS):
            with suppress(OSError):
                Path(f"{part}{ending}").unlink(missing_ok=True)


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Chroma's lock, which the page and every long command hold."""
    lock = Lock(folder)
    if not lock.acquire():
        raise StoreBusy(f"{folder} is in use by {lock.owner}. Stop it, then restore.")
    try:
        yield
    finally:
        lock.release()


def _copy(database: Path, part: Path) -> str:
    """Copy a database as it is at one moment, its log included, into one file without a log.

    Says what is amiss with it when it cannot be read.
    """
    try:
        # All pages at one go: those who write meanwhile write to the log, and nothing begins anew.
        with closing(_open(database)) as old, closing(sqlite3.connect(part)) as new:
            old.backup(new)
            new.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):
            raise
        return str(error)
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    return ""


def _open(database: Path) -> sqlite3.Connection:
    """The database, only to be read; also where nobody may write, as on a disk of backups."""
    address = database.resolve().as_uri()
    connection = sqlite3.connect(f"{address}?mode=ro", uri=True, timeout=PATIENCE / 1000)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master")
        return connection
    except sqlite3.DatabaseError as error:
        connection.close()
        if not isinstance(error, sqlite3.OperationalError):  # it is no database at all
            raise
        return sqlite3.connect(f"{address}?mode=ro&immutable=1", uri=True)


def _proved(part: Path) -> tuple[int, str]:
    """How many articles a database holds, and what is amiss with it, in words."""
    with closing(sqlite3.connect(part)) as connection:
        try:
            for check in ("integrity_check(1)", "foreign_key_check"):
                row = connection.execute(f"PRAGMA {check}").fetchone()
                if row is not None and row[0] != "ok":
                    return 0, f"{check.partition('(')[0]}: {row[0]}"
            return connection.execute("SELECT count(*) FROM articles").fetchone()[0], ""
        except sqlite3.DatabaseError as error:
            return 0, str(error)


def _accepted(source: Path, part: Path) -> int:
    """How many articles the copy of a backup holds; an error when it cannot be our store."""
    articles, amiss = _proved(part)
    with closing(sqlite3.connect(part)) as connection:
        try:
            noted = dict(connection.execute("SELECT name, value FROM facts"))
        except sqlite3.DatabaseError as error:
            raise BadSetting(f"{source} is no backup of a store ({error}).") from error
        if noted.get("version") not in (VERSION, *STEPS):
            raise BadSetting(
                f"{source} is of version {str(noted.get('version'))[:20]}, which this program "
                f"(version {VERSION}) does not know. Update the program."
            )
        if amiss:
            raise StoreFailed(f"{source} is damaged ({amiss}). Restore another backup.")
        # A generation that no Chroma, and no process with vectors in its memory, has seen.
        generation = max(int(time.time()), int(noted.get("generation", 0)) + 1)
        connection.execute("DELETE FROM facts WHERE name = 'generation'")
        connection.execute("INSERT INTO facts VALUES ('generation', ?)", (str(generation),))
        connection.commit()
    return articles


def _put_aside(own: Path) -> Path | None:
    """Keep the store's database under another name, once nobody has it open."""
    if not own.exists():
        return None
    before = _free(own.with_name(f"{own.name}.before-restore-{datetime.now():%Y-%m-%d}"))
    try:
        # Only who is alone may take the log away; it goes into the database then.
        with closing(sqlite3.connect(own, timeout=0)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.DatabaseError as error:
        if "locked" in str(error):
            holder = LockOwner(own.with_name("articles.owner"))
            raise StoreBusy(f"{own} is in use by {holder}. Stop it, then restore.") from error
        # Damaged: nobody can be using it, and its log is kept with it.
    for ending in _LOGS:
        if Path(f"{own}{ending}").exists():
            os.replace(f"{own}{ending}", f"{before}{ending}")
    try:
        os.link(own, before)  # so that there is a database at every moment
    except OSError:
        shutil.copy2(own, before)
    return before


def _free(path: Path) -> Path:
    """The path, or with a number when it is taken."""
    taken, number = path, 1
    while taken.exists():
        number += 1
        taken = path.with_name(f"{path.name}-{number}")
    return taken


def _settle(folder: Path) -> None:
    """Make sure that a new name is on the disk."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
