"""From how a question was understood to the first lines of "How this was found"."""

from __future__ import annotations

from datetime import datetime

from assistant.records import Filters
from assistant.retrieval.search import DAYS, asks_for_news


def opening(question: str, asked: str, filters: Filters, now: datetime) -> tuple[str, ...]:
    """What is searched for, and in which articles."""
    steps = [f"Searched for: {question}"] if question != " ".join(asked.split()) else []
    if filters.publishers:
        steps.append(f"Only from {', '.join(filters.publishers)}")
    if filters.authors:
        steps.append(f"Only by {', '.join(filters.authors)}")
    if filters.tags:
        steps.append(f"Only tagged {', '.join(filters.tags)}")
    if filters.since:
        steps.append(f"Only published since {filters.since:%Y-%m-%d}; undated articles left out")
    if filters.until:
        steps.append(f"Only published until {filters.until:%Y-%m-%d}; undated articles left out")
    if news := asks_for_news(question):
        steps.append(f"Preferred the {DAYS} days before {now:%Y-%m-%d}, since you ask “{news[0]}”")
    return tuple(steps)
