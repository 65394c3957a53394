"""Answers as a LangChain Runnable."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from langchain_core.runnables import Runnable, RunnableLambda

from assistant.records import Answer


def runnable(stream: Callable[..., Iterator[Answer]]) -> Runnable[Any, Answer]:
    """A Runnable of a question, or of a mapping of it and options of `stream`."""

    def run(given: str | Mapping[str, Any]) -> Iterator[Answer]:
        options = {"question": given} if isinstance(given, str) else given
        yield from stream(**options)

    # Answers cannot be added up, so `invoke` keeps the last one.
    return RunnableLambda(run)
