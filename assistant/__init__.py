"""Answers questions about news articles with quotations that are really printed in them.

    from assistant import answer
    reply = answer("what did NATO say about a no-fly zone?")

Everything is imported when it is first used, so `import assistant` costs nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.ask import Assistant, answer, stream
    from assistant.records import (
        Answer,
        Article,
        Filters,
        Hit,
        Outcome,
        Passage,
        Quote,
        Report,
        Sentence,
        Source,
        Turn,
    )
    from assistant.sources.listed_pages import Feed, Folder, Opml, Sitemap
    from assistant.sources.supplied_metadata import Given

__all__ = [
    "Answer",
    "Article",
    "Assistant",
    "Feed",
    "Filters",
    "Folder",
    "Given",
    "Hit",
    "Opml",
    "Outcome",
    "Passage",
    "Quote",
    "Report",
    "Sentence",
    "Sitemap",
    "Source",
    "Turn",
    "answer",
    "stream",
]

_HOMES = {
    **dict.fromkeys(__all__, "assistant.records"),
    "Outcome": "assistant.records",
    **dict.fromkeys(("Assistant", "answer", "stream"), "assistant.ask"),
    **dict.fromkeys(("Feed", "Folder", "Opml", "Sitemap"), "assistant.sources.listed_pages"),
    "Given": "assistant.sources.supplied_metadata",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'assistant' has no attribute {name!r}")
    # From outside: rendering knows records, not they it.
    importlib.import_module("assistant.records").Answer._repr_html_ = _drawn
    return getattr(importlib.import_module(_HOMES[name]), name)


def _drawn(answer: Answer) -> str:
    """An answer as a notebook shows it; rendering is imported when one is shown."""
    html: str = importlib.import_module("assistant.render.notebook").notebook_html(answer)
    return html
