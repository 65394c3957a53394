"""Whether a question wants the newest article that answers, and how new each one is beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

BESIDE = 3.0  # logits below the best within which a sentence counts as another answer
# An office, a record, a price as it is now; a figure, which the latest report corrects.
_NOW = re.compile(
    r"\b(?:is|are|has|have|does|do|heads|leads|runs|holds|owns|costs?|now|still|current(?:ly)?"
    r"|new(?:est)?|latest|today|(?:so|thus) far|to date|most recent(?:ly)?|up to date)\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(
    r"\bhow (?:many|much|high|big|large)\b|\b(?:toll|numbers?|figures?|total|tally)\b",
    re.IGNORECASE,
)
_THEN = re.compile(r"\b(?:was|were|did|had|used to|former(?:ly)?|began|ago|old)\b", re.IGNORECASE)
_AT_FIRST = re.compile(
    r"\b(?:first|initial|original|earli|previous|before|at the time|back then)", re.IGNORECASE
)
_A_TIME = re.compile(
    r"\b(?:1[5-9]|20)\d\d\b|\b(?:January|February|March|April|May|June|July|August|September|October"
    r"|November|December)\b|\b\w+day\b(?<!today)|\blast (?:year|month|week|night|summer|winter)\b",
    re.IGNORECASE,
)


def wants_newest(question: str) -> bool:
    """Whether a question asks how things are, or for a figure, and names no time."""
    if _A_TIME.search(question) or _AT_FIRST.search(question):
        return False
    return bool(_FIGURE.search(question) or (_NOW.search(question) and not _THEN.search(question)))


def wants_figure(question: str) -> bool:
    """Whether a question asks for a figure as it stands: earlier ones belong beside it."""
    return wants_newest(question) and _FIGURE.search(question) is not None


def newness(days: Sequence[datetime | None], scores: Sequence[float]) -> list[float]:
    """Of each sentence, how new its article is among those that may answer, from 0 to 1.

    `scores` are the ranker's logits. The newest counts 1, the oldest 0, each step between alike.
    """
    best = max(scores, default=0.0)
    rivals = {
        day for day, score in zip(days, scores, strict=True) if day and score >= best - BESIDE
    }
    places = {day: place for place, day in enumerate(sorted(rivals))}
    most = max(1, len(places) - 1)
    return [places.get(day, 0) / most if day and len(places) > 1 else 0.0 for day in days]
