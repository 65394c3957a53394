"""From a change of the collection to one line of JSON in a file that only grows."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

from assistant.errors import StoreFailed
from assistant.records import Outcome
from assistant.settings import Settings

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
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            file = os.open(self.path, flags, 0o600)
            try:
                os.write(file, line)
            finally:
                os.close(file)
        except OSError as error:
            raise StoreFailed(
                f"The change could not be noted in {self.path}: {error.strerror}. "
                "Make room or set ASSISTANT_AUDIT."
            ) from error
