"""From a change of the collection to one line of JSON in a file that only grows."""

from __future__ import annotations

import errno
import json
import logging
import os
from datetime import UTC, datetime
from pathlib import Path

from assistant.errors import StoreFailed, StoreFull
from assistant.outcomes import Outcome
from assistant.settings import Settings

log = logging.getLogger("assistant.serve")
WHAT = {"removed": "remove"}  # all else is "add"


class Audit:
    """The file, made with mode 600 when something is noted first."""

    def __init__(self, settings: Settings) -> None:
        self.path: Path = settings.audit or settings.store / "audit.jsonl"

    def note(self, name: str, address: str, door: str, outcome: Outcome) -> None:
        """Note what became of an article; of one that was there already, nothing.

        `door` is "api", "mcp" or "page". Raises `StoreFailed` when it cannot be written.
        """
        if outcome.status == "unchanged":
            return
        told = {
            "when": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "who": name,
            "address": address,
            "from": door,
            "what": WHAT.get(outcome.status, "add"),
            "id": outcome.id or outcome.where,
            "title": outcome.title,
            "outcome": f"{outcome.status}: {outcome.reason}" if outcome.reason else outcome.status,
        }
        # One write of one line: two processes never mix theirs. ASCII: no character ends a line.
        line = json.dumps(told).encode() + b"\n"
        try:
            self._append(line)
        except OSError as error:
            log.error("not noted", extra={"fields": told})  # so that it is not lost
            failed = StoreFull if error.errno == errno.ENOSPC else StoreFailed
            raise failed(
                f"The change could not be noted in {self.path}: {error.strerror}. "
                "Make room or set ASSISTANT_AUDIT; until then changes are in the log."
            ) from error

    def _append(self, line: bytes) -> None:
        flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(self.path, flags, 0o600)
        try:
            # On a full disk a part of a line may have been written: this one is not its end.
            if os.fstat(file).st_size:
                os.lseek(file, -1, os.SEEK_END)
                line = line if os.read(file, 1) == b"\n" else b"\n" + line
            if os.write(file, line) < len(line):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        finally:
            os.close(file)
