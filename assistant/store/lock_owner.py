"""Who holds a lock, and since when: a note beside it for those who wait.

The lock itself is SQLite's or filelock's, and ends with its process; the note may outlive it and is
believed only as long as the process that wrote it runs.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path


class LockOwner:
    """The note at `path`. Printed, it says who holds the lock, in words."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def note(self) -> None:
        """Say that this process holds the lock from now on."""
        # A disk that is full, or a folder we may not write to, is told of by what comes next.
        with suppress(OSError):
            self._path.write_text(f"{os.getpid()} {datetime.now():%Y-%m-%d %H:%M:%S}")

    def clear(self) -> None:
        """Say that nobody does. Called while it is still held."""
        with suppress(OSError):
            self._path.unlink(missing_ok=True)

    @contextmanager
    def noted(self) -> Iterator[None]:
        """Noted within, cleared at the end."""
        self.note()
        try:
            yield
        finally:
            self.clear()

    def __str__(self) -> str:
        try:
            number, _, since = self._path.read_text().partition(" ")
            process = int(number)
        except (OSError, ValueError):
            return "another process"
        return f"process {process} (since {since})" if _runs(process) else "another process"


def _runs(process: int) -> bool:
    if os.name != "posix":
        return True  # elsewhere signal 0 would end it
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        pass
    return True
