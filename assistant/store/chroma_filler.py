"""A Chroma that is far behind -> told all by a process of its own, `fill_chroma`.

While Chroma takes vectors in, no other thread of its process runs: for minutes, when it is made
anew from a large store, no question would be answered there.
"""

from __future__ import annotations

import logging
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

PATIENCE = 30.0  # seconds that the process gets to end by itself: it looks after each few passages
PROGRAM = "assistant.store.fill_chroma"  # by its name: it knows the store, and we do not
log = logging.getLogger(__name__)


class Filler:
    """The process that fills the Chroma of a folder, when there is one. Not safe for threads."""

    def __init__(self, folder: Path, database_url: str = "") -> None:
        self._folder = folder
        self._database_url = database_url
        self._process: subprocess.Popen[bytes] | None = None
        self.failed = False

    def start(self) -> None:
        """Begin; whoever calls has let go of Chroma."""
        command = [sys.executable, "-m", PROGRAM, str(self._folder)]
        quiet = subprocess.DEVNULL
        try:
            self._process = subprocess.Popen(  # nosec B603 # our own code, and a setting
                command, stdin=subprocess.PIPE, stdout=quiet
            )
        except OSError as error:
            self.failed = True
            log.warning("Chroma cannot be filled by a process of its own (%s).", error)
            return
        assert self._process.stdin is not None
        with suppress(BrokenPipeError):  # it has ended: `busy` will tell
            # Not an argument, which every user of the machine could read: it holds a password.
            self._process.stdin.write(f"{self._database_url}\n".encode())
            self._process.stdin.flush()

    @property
    def busy(self) -> bool:
        """Whether it is at it."""
        if self._process is None:
            return False
        if (code := self._process.poll()) is None:
            return True
        self._end()
        if code:
            self.failed = True
            log.warning("The process that fills Chroma ended with %d.", code)
        return False

    def wait(self) -> None:
        """Until it has ended by itself."""
        if (process := self._process) is not None:  # another thread may put it away meanwhile
            process.wait()

    def stop(self) -> None:
        """End it; what it has not told yet is told when Chroma is next opened."""
        self.failed = False
        if self._process is None:
            return
        process = self._process
        self._end()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def _end(self) -> None:
        process, self._process = self._process, None
        assert process is not None
        assert process.stdin is not None
        with suppress(BrokenPipeError):
            process.stdin.close()
