"""What the parts of the chat page do when they are used: plain values in, HTML out.

`app.py` draws the page and calls this; nothing here knows gradio.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant import render
from assistant.articles import article
from assistant.ask import Assistant
from assistant.errors import AssistantError, NoIndex
from assistant.records import Answer, Article, Outcome, Turn

NOTHING_YET = "There are no articles yet. Add some under “Articles”, at the top of the page."


class Page:
    """One assistant, shown to any number of readers at once."""

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant

    def ask(
        self, message: str, history: Sequence[Mapping[str, Any]], any_time: bool = False
    ) -> Iterator[tuple[str, str]]:
        """The message and the panel of sources, growing."""
        said = turns(history)
        articles: dict[str, Article] = {}
        try:
            for answer in self.assistant.stream(message, history=said, any_time=any_time):
                articles |= self._articles(answer, articles)
                yield render.answer_html(answer), render.sources_html(answer, articles)
        except NoIndex:
            yield render.problem_html(NOTHING_YET), render.NO_SOURCES
        except AssistantError as error:
            yield render.problem_html(str(error)), render.NO_SOURCES

    def _articles(self, answer: Answer, known: Mapping[str, Article]) -> dict[str, Article]:
        """The articles of the answer's quotes that are not known yet; removed ones are left out."""
        found = {}
        for quote in answer.quotes or answer.nearest:
            if quote.source.id not in known:
                try:
                    found[quote.source.id] = self.assistant.article(quote.source.id)
                except AssistantError:
                    continue
        return found

    def collection(self) -> tuple[str, bool]:
        """The list of what is indexed, and whether there is nothing yet to ask."""
        try:
            sources = self.assistant.sources()
        except AssistantError as error:
            return render.problem_html(str(error)), False
        return render.sources_table(sources), not sources

    def add(self, items: Sequence[str | Path | Article]) -> Iterator[str]:
        """What became of each article in the files, folders and articles, growing."""
        outcomes: list[Outcome] = []
        try:
            for outcome in self.assistant.adding(items):
                outcomes.append(readable(outcome))
                yield render.outcomes_html(outcomes)
        except AssistantError as error:
            yield render.outcomes_html(outcomes) + render.problem_html(str(error))

    def add_files(self, paths: Sequence[str] | None) -> Iterator[str]:
        """As `add`, of uploaded files."""
        if paths:
            yield from self.add(paths)
        else:
            yield render.problem_html("Choose one or more files first.")

    def add_text(self, title: str, text: str, publisher: str, published: str) -> Iterator[str]:
        """As `add`, of one pasted article."""
        try:
            pasted = article(title=title, text=text, publisher=publisher, published=published)
        except AssistantError as error:
            yield render.problem_html(str(error))
            return
        if published.strip() and not pasted.source.published:
            yield render.problem_html(f"“{published}” is no day. Write it as 2022-03-08.")
            return
        yield from self.add([pasted])


def turns(history: Sequence[Mapping[str, Any]]) -> list[Turn]:
    """The chat's messages as turns of plain text; the assistant's are HTML there."""
    found = []
    for message in history:
        content = message["content"] if isinstance(message["content"], list) else [message]
        words = "\n".join(part.get("text") or part.get("content") or "" for part in content)
        if message["role"] == "user":
            found.append(Turn("user", words))
        else:
            said_by, ids = render.speaker(words), render.cited(words)
            found.append(Turn("assistant", render.plain(words), speaker=said_by, articles=ids))
    return found


def readable(outcome: Outcome) -> Outcome:
    """The outcome without the server's folder in which an upload landed."""
    folder = os.path.dirname(outcome.where) + os.sep
    if folder == os.sep:
        return outcome
    return replace(
        outcome,
        where=outcome.where.removeprefix(folder),
        reason=outcome.reason.replace(folder, ""),
    )
