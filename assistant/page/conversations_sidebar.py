"""The sidebar of a visitor's conversations, drawn with gradio: to open, search, name and delete."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import gradio as gr

from assistant.page.chat_actions import Page
from assistant.page.chat_tab import PRIVATE, ChatParts, restored, talk_of
from assistant.page.labels import LABELS
from assistant.render import conversation_export
from assistant.render.answer_message import problem_html
from assistant.store.conversations import Heading


def draw(blocks: gr.Blocks, page: Page, rooms: gr.Tabs, chat: ChatParts) -> None:
    """Fill the sidebar, inside of which this is called."""
    words = gr.Textbox("", label=LABELS("search"), placeholder=LABELS("search_words"))
    lists = [
        gr.Radio([], label=LABELS(label), visible=False, elem_classes="talks")
        for label in ("today", "yesterday", "earlier")
    ]
    empty = gr.HTML(LABELS("your_talks"))
    with gr.Accordion(LABELS("this_talk"), open=False, visible=False) as tools:
        name = gr.Textbox(label=LABELS("name"), max_length=120)
        renamed = gr.Button(LABELS("rename"), size="sm")
        files = gr.HTML(elem_id="exports")
        removed = gr.Button(LABELS("delete"), size="sm", variant="stop")
    problem = gr.HTML(elem_id="talk-problem")
    forget = gr.Button(LABELS("delete_all"), size="sm", elem_id="forget")
    sure = gr.Button(LABELS("delete_sure"), size="sm", variant="stop", visible=False)
    do = _Actions(page)
    shown = [*lists, empty, forget, tools, name, files]
    anew: dict[str, Any] = {
        "fn": do.list,
        "inputs": [words, chat.talk],
        "outputs": shown,
        **PRIVATE,
    }
    blocks.load(**anew)
    words.change(**anew)
    chat.talk.change(**anew)
    for one in lists:
        one.input(do.open, one, [*chat.shown, rooms], **PRIVATE).then(**anew)
    renamed.click(do.rename, [chat.talk, name], problem, **PRIVATE).then(**anew)
    removed.click(do.remove, chat.talk, [*chat.shown, problem], **PRIVATE).then(**anew)
    forget.click(lambda: gr.update(visible=True), None, sure, **PRIVATE)
    sure.click(do.remove_all, None, [*chat.shown, sure, problem], **PRIVATE).then(**anew)


class _Actions:
    """What the sidebar's parts do when they are used: what was chosen -> what the parts show."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def list(self, words: str, id: str, request: gr.Request) -> tuple[Any, ...]:
        talk = talk_of(request, id)
        found = self.page.talks(talk.visitor, words)
        groups = by_day(found, datetime.now(UTC).date())
        name = next((one.name for one in self.page.talks(talk.visitor) if one.id == id), "")
        exports = conversation_export.exports_html(name, self.page.answers(talk)) if name else ""
        return (
            *(
                gr.update(
                    choices=[(one.name, one.id) for one in group],
                    value=id if any(one.id == id for one in group) else None,
                    visible=bool(group),
                )
                for group in groups
            ),
            gr.update(visible=not found),
            gr.update(visible=bool(found)),
            gr.update(visible=bool(name)),
            name,
            exports,
        )

    def open(self, id: str, request: gr.Request) -> tuple[Any, ...]:
        return (*restored(self.page, talk_of(request, id)), gr.update(selected="ask"))

    def rename(self, id: str, name: str, request: gr.Request) -> str:
        return problem_html(self.page.rename(talk_of(request, id), name))

    def remove(self, id: str, request: gr.Request) -> tuple[Any, ...]:
        said = self.page.drop(talk_of(request, id))
        return (*restored(self.page, talk_of(request, "")), problem_html(said))

    def remove_all(self, request: gr.Request) -> tuple[Any, ...]:
        said = self.page.forget(talk_of(request, "").visitor)
        shown = restored(self.page, talk_of(request, ""))
        return (*shown, gr.update(visible=False), problem_html(said))


def by_day(found: Sequence[Heading], today: date) -> tuple[list[Heading], ...]:
    """The conversations of today, of yesterday and from before, by Greenwich time."""
    groups: tuple[list[Heading], ...] = ([], [], [])
    for one in found:
        day = datetime.fromtimestamp(one.touched, UTC).date()
        groups[0 if day >= today else 1 if day == today - timedelta(days=1) else 2].append(one)
    return groups
