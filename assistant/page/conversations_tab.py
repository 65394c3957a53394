"""The Conversations tab, drawn with gradio: a visitor's own, to open, name, save and delete."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import gradio as gr

from assistant.page.chat_actions import Page
from assistant.page.chat_tab import PRIVATE, ChatParts, restored, talk_of
from assistant.page.labels import LABELS
from assistant.records import show_day
from assistant.render import conversation_export
from assistant.render.answer_message import problem_html


def draw(page: Page, tab: gr.Tab, rooms: gr.Tabs, chat: ChatParts) -> None:
    """Draw the tab's content."""
    gr.HTML(LABELS("your_talks"))
    with gr.Row(elem_id="talks"):
        with gr.Column(scale=3, min_width=280):
            words = gr.Textbox("", label=LABELS("search"), placeholder=LABELS("search_words"))
            chosen = gr.Radio([], label="Conversations", elem_id="talk-list")
        with gr.Column(scale=2, min_width=280, visible=False) as tools:
            opened = gr.Button(LABELS("open"), variant="primary")
            name = gr.Textbox(label=LABELS("name"), max_length=120)
            renamed = gr.Button(LABELS("rename"))
            files = gr.HTML(elem_id="exports")
            removed = gr.Button(LABELS("delete"), variant="stop")
    problem = gr.HTML(elem_id="talk-problem")
    with gr.Row(elem_id="forget"):
        forget = gr.Button(LABELS("delete_all"), size="sm", scale=0, min_width=220)
        sure = gr.Button(
            LABELS("delete_sure"), size="sm", variant="stop", visible=False, scale=0, min_width=320
        )
    do = _Actions(page)
    anew: dict[str, Any] = {"fn": do.list, "inputs": words, "outputs": [chosen, tools], **PRIVATE}
    tab.select(**anew)
    words.change(**anew)
    chosen.input(do.show, chosen, [tools, name, files], **PRIVATE)
    opened.click(do.open, chosen, [*chat.shown, rooms], **PRIVATE)
    renamed.click(do.rename, [chosen, name], problem, **PRIVATE).then(**anew)
    removed.click(do.remove, [chosen, chat.talk], [*chat.shown, problem], **PRIVATE).then(**anew)
    forget.click(lambda: gr.update(visible=True), None, sure, **PRIVATE)
    sure.click(do.remove_all, None, [*chat.shown, sure, problem], **PRIVATE).then(**anew)


class _Actions:
    """What the tab's parts do when they are used: what was chosen -> what the parts show now."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def list(self, words: str, request: gr.Request) -> tuple[Any, Any]:
        found = self.page.talks(talk_of(request, "").visitor, words)
        choices = [
            (f"{one.name} · {show_day(datetime.fromtimestamp(one.touched, UTC))}", one.id)
            for one in found
        ]
        empty = "Nothing is found" if words else "Nothing is kept yet"
        label = "Conversations" if choices else empty
        return gr.update(choices=choices, value=None, label=label), gr.update(visible=False)

    def show(self, id: str, request: gr.Request) -> tuple[Any, str, str]:
        talk = talk_of(request, id)
        name = next((one.name for one in self.page.talks(talk.visitor) if one.id == id), "")
        exports = conversation_export.exports_html(name, self.page.answers(talk))
        return gr.update(visible=bool(name)), name, exports

    def open(self, id: str, request: gr.Request) -> tuple[Any, ...]:
        return (*restored(self.page, talk_of(request, id)), gr.update(selected="ask"))

    def rename(self, id: str, name: str, request: gr.Request) -> str:
        return problem_html(self.page.rename(talk_of(request, id), name))

    def remove(self, id: str, open_id: str, request: gr.Request) -> tuple[Any, ...]:
        said = self.page.drop(talk_of(request, id))
        shown = restored(self.page, talk_of(request, "" if id == open_id else open_id))
        return (*shown, problem_html(said))

    def remove_all(self, request: gr.Request) -> tuple[Any, ...]:
        said = self.page.forget(talk_of(request, "").visitor)
        shown = restored(self.page, talk_of(request, ""))
        return (*shown, gr.update(visible=False), problem_html(said))
