"""Answers questions about news articles with quotations that are really printed in them.

    from assistant import answer
    reply = answer("what did NATO say about a no-fly zone?")

Everything is imported when it is first used, so `import assistant` costs nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.articles import Given
    from assistant.ask import Assistant, answer, stream
    from assistant.records import (
        Answer,
        Article,
        Filters,
        Hit,
        Outcome,
        Passage,
        Quote,
        Sentence,
        Source,
        Turn,
    )

_HOMES = {
    "Given": "assistant.articles",
    **dict.fromkeys(("Assistant", "answer", "stream"), "assistant.ask"),
    **dict.fromkeys(
        (
            "Answer",
            "Article",
            "Filters",
            "Hit",
            "Outcome",
            "Passage",
            "Quote",
            "Sentence",
            "Source",
            "Turn",
        ),
        "assistant.records",
    ),
}

__all__ = [
    "Answer",
    "Article",
    "Assistant",
    "Filters",
    "Given",
    "Hit",
    "Outcome",
    "Passage",
    "Quote",
    "Sentence",
    "Source",
    "Turn",
    "answer",
    "stream",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'assistant' has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name]), name)
