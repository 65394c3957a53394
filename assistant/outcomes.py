"""What became of an article that was to be added."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one article that was to be added, or removed.

    `where` is the file, line or page it came from; `reason` says why it was skipped, else is empty.
    """

    where: str
    status: Literal["added", "updated", "unchanged", "skipped", "removed"]
    id: str = ""
    title: str = ""
    reason: str = ""
