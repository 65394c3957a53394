"""What the parts of the chat page do when they are used: plain values in, HTML out.

The files beside it draw the page and call this; nothing here knows gradio.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from assistant.access.permissions import ALONE, Visit
from assistant.ask import Assistant
from assistant.drafts.check_draft import Progress, silent
from assistant.drafts.read_draft import read_draft
from assistant.errors import AssistantError, NoIndex
from assistant.evidence import quotes
from assistant.page.opening_questions import opening_questions, summary
from assistant.page.suggested_questions import suggestions
from assistant.records import Answer, Article, Sentence, Turn
from assistant.render import answer_message, html_pieces, report_html, source_panel
from assistant.render.answer_message import problem_html
from assistant.store.conversations import Conversations, Heading

NOTHING_YET = "There are no articles yet. Add some under “Articles”, at the top of the page."


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation of a visitor; "" for one that is not kept, or not begun."""

    visitor: str = ""
    id: str = ""


class Page:
    """One assistant, shown to any number of readers at once."""

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant

    def ask(
        self,
        message: str,
        history: Sequence[Mapping[str, Any]],
        talk: Talk = Talk(),  # frozen
        by: Visit = ALONE,
        **options: Any,
    ) -> Iterator[tuple[str, str, str]]:
        """The message, the panel of sources and the conversation's id, growing.

        `by`: who asks, as the middleware found. `options` as for `Assistant.answer`; empty ones are
        left out.
        """
        said = by.recent(turns(history))
        chosen = {name: value for name, value in options.items() if value}
        articles: dict[str, Article] = {}
        try:
            begin = partial(self.assistant.stream, message, history=said, **chosen)
            for answer in by.answers(message, begin, places=True):
                articles |= self._articles(answer, articles)
                told = (
                    answer_message.answer_html(answer),
                    source_panel.sources_html(answer, articles),
                )
                if not answer.finished:
                    yield (*told, talk.id)
            asked_before = sum(one["role"] == "user" for one in history)
            id, problem = self._keep(talk, asked_before, answer)
            yield told[0] + problem, told[1], id
        except NoIndex:
            yield problem_html(NOTHING_YET), "", talk.id
        except AssistantError as error:
            yield problem_html(str(error)), "", talk.id

    # --- conversations

    def _keep(self, talk: Talk, place: int, answer: Answer) -> tuple[str, str]:
        """Keep the answer in its place; the conversation's id, and what went wrong."""
        if not talk.visitor:
            return "", ""
        id = talk.id or secrets.token_urlsafe(12)
        try:
            stored = self.assistant.store.conversations
            stored.save(talk.visitor, id, [*stored.answers(talk.visitor, id)[:place], answer])
        except NoIndex:  # small talk before there is a store
            return "", ""
        except AssistantError as error:
            return id, problem_html(f"The conversation was not kept. {error}")
        return id, ""

    def restore(self, talk: Talk) -> tuple[list[dict[str, Any]], str]:
        """The messages of a conversation and all its panels, the last one in sight."""
        messages, panels = list[dict[str, Any]](), list[str]()
        for answer in self.answers(talk):
            messages.append({"role": "user", "content": answer.asked})
            messages.append({"role": "assistant", "content": answer_message.answer_html(answer)})
            panels.append(source_panel.sources_html(answer, self._articles(answer, {})))
        return messages, source_panel.panels_html(panels)

    def cut(self, talk: Talk, place: int) -> str:
        """Forget the answers from this place on; the panel of the one before it."""
        answers = self.answers(talk)[:place]
        if talk.id:
            self._change(lambda stored: stored.save(talk.visitor, talk.id, answers))
        if not answers:
            return ""
        return source_panel.sources_html(answers[-1], self._articles(answers[-1], {}))

    def answers(self, talk: Talk) -> tuple[Answer, ...]:
        """The answers of a conversation; none of one that is not the visitor's."""
        try:
            return self.assistant.store.conversations.answers(talk.visitor, talk.id)
        except AssistantError:
            return ()

    def suggest(self, talk: Talk, by: Visit = ALONE) -> list[str]:
        """Further questions that the collection answers, after the last answer; none when too much
        is asked: each is as much work as an answer."""
        answers = self.answers(talk)
        if not answers:
            return []
        try:
            with by.offering():
                return suggestions(self.assistant, answers[-1])
        except AssistantError:
            return []

    def vote(self, talk: Talk, place: int, vote: str) -> str:
        """Keep what the visitor thinks of an answer; what to tell them, once."""
        answers = self.answers(talk)
        if place >= len(answers):
            return "This conversation is not kept, and so the vote is not either."
        answer = answers[place]
        key = html_pieces.key(answer)
        try:
            if not self.assistant.store.conversations.vote(talk.visitor, key, vote, answer):
                return ""  # gradio tells of each click twice
        except AssistantError as error:
            return str(error)
        return f"Thank you. Noted: {vote.lower()}." if vote else "Your vote was taken back."

    def rename(self, talk: Talk, name: str) -> str:
        """Name a conversation; what went wrong, if anything."""
        return self._change(lambda stored: stored.rename(talk.visitor, talk.id, name))

    def drop(self, talk: Talk) -> str:
        """Delete a conversation; what went wrong, if anything."""
        return self._change(lambda stored: stored.remove(talk.visitor, talk.id))

    def forget(self, visitor: str) -> str:
        """Delete all that is kept of a visitor; what went wrong, if anything."""
        return self._change(lambda stored: stored.forget(visitor))

    def _change(self, change: Callable[[Conversations], object]) -> str:
        try:
            change(self.assistant.store.conversations)
        except AssistantError as error:
            return str(error)
        return ""

    def talks(self, visitor: str, words: str = "") -> list[Heading]:
        """The visitor's conversations, the latest first."""
        try:
            return self.assistant.store.conversations.listed(visitor, words) if visitor else []
        except AssistantError:
            return []

    # --- drafts

    def draft(self, path: str) -> str:
        """The text of a draft in a file; raises `AssistantError` when there is none in it."""
        return read_draft(path, self.assistant.settings.article_bytes)

    def check(self, draft: str, by: Visit = ALONE, progress: Progress = silent) -> str:
        """The draft with marks, beside it what each rests on; or what went wrong."""
        try:
            with by.searching(f"(a draft of {len(draft):,} characters)"):
                return report_html.report_html(self.assistant.check(draft, progress=progress))
        except NoIndex:
            return problem_html(NOTHING_YET)
        except AssistantError as error:
            return problem_html(str(error))

    # --- articles

    def opening(self) -> tuple[str, list[str]]:
        """How much the collection holds, in words, and questions to begin with."""
        try:
            sources = self.assistant.sources()
        except AssistantError:
            return "", []
        return summary(sources), opening_questions(self.assistant)

    def marked(self, id: str, start: str, end: str) -> str:
        """The panel of one article with these characters marked, as a permalink names them."""
        try:
            found = self.assistant.article(id)
            first, last = int(start), int(end)
        except (AssistantError, ValueError):
            return problem_html("The article of this link is not in the collection.")
        quote = quotes.quote(found, Sentence(id, first, last), 1.0)
        if not quote.text or first < 0:
            return problem_html("The article of this link no longer prints these words.")
        answer = Answer(found.source.title, "", "answered", quotes=(quote,), finished=True)
        return source_panel.sources_html(answer, {id: found})

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


def turns(history: Sequence[Mapping[str, Any]]) -> list[Turn]:
    """The chat's messages as turns of plain text; the assistant's are HTML there."""
    found = []
    for message in history:
        content = message["content"] if isinstance(message["content"], list) else [message]
        words = "\n".join(part.get("text") or part.get("content") or "" for part in content)
        if message["role"] == "user":
            found.append(Turn("user", words))
        else:
            said_by, ids = answer_message.speaker(words), answer_message.cited(words)
            found.append(
                Turn("assistant", answer_message.plain(words), speaker=said_by, articles=ids)
            )
    return found
