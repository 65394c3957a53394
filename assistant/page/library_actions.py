"""What the Articles tab does when it is used: plain values in, HTML out.

library_tab.py draws the tab and calls this; nothing here knows gradio.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from assistant.access.permissions import ALONE, Visit
from assistant.ask import Assistant
from assistant.errors import AssistantError
from assistant.questions.understanding import make_filters
from assistant.records import Article, Filters, Outcome, Source, show_day
from assistant.render import answer_message, article_list
from assistant.sources.build_article import article


class LibraryActions:
    """The collection, as readers of the page look at it and editors change it.

    `by` is who does it, as the middleware found.
    """

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant

    def collection(
        self, words: str = "", publishers: Sequence[str] = (), since: str = "", until: str = ""
    ) -> tuple[str, list[tuple[str, str]], list[tuple[str, str]], bool]:
        """What is indexed and holds `words` in title, outlet or day ("March 2022"), as a table.

        Only of these outlets and days. Also its ids and titles, all outlets (with and without how
        many articles each has), and whether there is nothing yet to ask.
        """
        try:
            only = make_filters(publishers=publishers, since=since or None, until=until or None)
            sources = self.assistant.sources()
            copies = self.assistant.store.copies() if sources else {}
        except AssistantError as error:
            return answer_message.problem_html(str(error)), [], [], False
        found = matching(sources, words, only)
        many = Counter(one.publisher for one in sources if one.publisher)
        outlets = [(f"{one} ({many[one]:,})", one) for one in sorted(many, key=str.casefold)]
        titles = [(one.id, titled(one)) for one in found[: article_list.MOST_ROWS]]
        return article_list.sources_table(found, copies), titles, outlets, not sources

    def tags(self) -> list[tuple[str, str]]:
        """All tags, with and without how many articles each has."""
        try:
            known = self.assistant.store.tags.all()
        except AssistantError:
            return []
        return [(f"{one} ({many:,})", one) for one, many in known.items()]

    def remove(self, id: str, by: Visit = ALONE) -> tuple[str, Article | None]:
        """What became of the article that was to be removed; the article, to put it back."""
        if not id:
            return answer_message.problem_html("Choose an article first."), None
        try:
            gone = self.assistant.article(id)
            told = list(by.changing(partial(self._removing, gone.source), "page"))
        except AssistantError as error:
            return answer_message.problem_html(str(error)), None
        return article_list.outcomes_html(told), gone

    def _removing(self, source: Source) -> list[Outcome]:
        self.assistant.store.remove(source.id, "on the page")
        return [Outcome(source.title, "removed", source.id, source.title)]

    def add(self, items: Sequence[str | Path | Article], by: Visit = ALONE) -> Iterator[str]:
        """What became of each article in the files, folders and articles, growing."""
        outcomes: list[Outcome] = []
        try:
            for outcome in by.changing(partial(self.assistant.adding, items), "page"):
                outcomes.append(readable(outcome))
                yield article_list.outcomes_html(outcomes)
        except AssistantError as error:
            yield article_list.outcomes_html(outcomes) + answer_message.problem_html(str(error))

    def add_files(self, paths: Sequence[str] | None, by: Visit = ALONE) -> Iterator[str]:
        """As `add`, of uploaded files."""
        most = self.assistant.settings.upload_files
        if not paths:
            yield answer_message.problem_html("Choose one or more files first.")
        elif len(paths) > most:
            told = f"These are {len(paths)} files; at most {most} are added at once."
            yield answer_message.problem_html(told)
        else:
            yield from self.add(paths, by)

    def add_addresses(self, addresses: str, by: Visit = ALONE) -> Iterator[str]:
        """As `add`, of pages, an address a line."""
        if named := addresses.split():
            yield from self.add(named, by)
        else:
            yield answer_message.problem_html("Write one or more addresses first.")

    def read_again(self, id: str | None, by: Visit = ALONE) -> Iterator[str]:
        """As `add`, of the page that a stored article was read from."""
        try:
            url = self.assistant.article(id).source.url if id else ""
        except AssistantError as error:
            yield answer_message.problem_html(str(error))
            return
        if url:
            yield from self.add([url], by)
        else:
            told = "This article has no address: add it anew." if id else "Choose an article first."
            yield answer_message.problem_html(told)

    def add_text(
        self, title: str, text: str, publisher: str, published: str, by: Visit = ALONE
    ) -> Iterator[str]:
        """As `add`, of one pasted article."""
        try:
            pasted = article(title=title, text=text, publisher=publisher, published=published)
        except AssistantError as error:
            yield answer_message.problem_html(str(error))
            return
        if published.strip() and not pasted.source.published:
            yield answer_message.problem_html(f"“{published}” is no day. Write it as 2022-03-08.")
            return
        yield from self.add([pasted], by)


def matching(sources: Iterable[Source], words: str, only: Filters) -> list[Source]:
    """Those that the filters admit and that hold all the words in title, outlet or day."""
    wanted = words.casefold().split()
    return [
        one
        for one in sources
        if only.admits(one) and all(word in titled(one).casefold() for word in wanted)
    ]


def titled(source: Source) -> str:
    """A title as it is chosen by: with its outlet and day, so that no two look alike."""
    facts = (source.title, source.publisher, show_day(source.published))
    return " · ".join(fact for fact in facts if fact)


def readable(outcome: Outcome) -> Outcome:
    """The outcome without the server's folder in which an upload landed."""
    folder = os.path.dirname(outcome.where) + os.sep
    if folder == os.sep:
        return outcome
    return replace(
        outcome, where=outcome.where.removeprefix(folder), reason=outcome.reason.replace(folder, "")
    )
