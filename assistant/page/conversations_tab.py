"""The Conversations tab, drawn with gradio: a visitor's own, to open, name, save and delete."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import gradio as gr

from assistant.page.chat_actions import Page
from assistant.page.chat_tab import PRIVATE, Desk, restored, talk_of
from assistant.page.labels import LABELS
from assistant.records import show_day
from assistant.render import answer_message, conversation_export


def draw(page: Page, tab: gr.Tab, rooms: gr.Tabs, desk: Desk) -> None:
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
            LABELS("delete_sure"),
            size="sm",
            variant="stop",
            visible=False,
            scale=0,
            min_width=320,
        )

    def listed(words: str, request: gr.Request) -> tuple[Any, Any]:
        found = page.talks(talk_of(request, "").visitor, words)
        choices = [
            (f"{one.name} · {show_day(datetime.fromtimestamp(one.touched, UTC))}", one.id)
            for one in found
        ]
        empty = "Nothing is found" if words else "Nothing is kept yet"
        label = "Conversations" if choices else empty
        return gr.update(choices=choices, value=None, label=label), gr.update(visible=False)

    def looked(id: str, request: gr.Request) -> tuple[Any, str, str]:
        talk = talk_of(request, id)
        heading = next((one for one in page.talks(talk.visitor) if one.id == id), None)
        told = heading.name if heading else ""
        return (
            gr.update(visible=bool(told)),
            told,
            conversation_export.exports_html(told, page.answers(talk)),
        )

    def open_it(id: str, request: gr.Request) -> tuple[Any, ...]:
        return (*restored(page, talk_of(request, id)), gr.update(selected="ask"))

    def rename(id: str, name: str, request: gr.Request) -> str:
        return _told(page.rename(talk_of(request, id), name))

    def remove(id: str, open_id: str, request: gr.Request) -> tuple[Any, ...]:
        said = page.drop(talk_of(request, id))
        return (
            *restored(page, talk_of(request, "" if id == open_id else open_id)),
            _told(said),
        )

    def forget_all(request: gr.Request) -> tuple[Any, ...]:
        said = page.forget(talk_of(request, "").visitor)
        shown = restored(page, talk_of(request, ""))
        return (*shown, gr.update(visible=False), _told(said))

    anew: dict[str, Any] = {"fn": listed, "inputs": words, "outputs": [chosen, tools], **PRIVATE}
    tab.select(**anew)
    words.change(**anew)
    chosen.input(looked, chosen, [tools, name, files], **PRIVATE)
    opened.click(open_it, chosen, [*desk.shown, rooms], **PRIVATE)
    renamed.click(rename, [chosen, name], problem, **PRIVATE).then(**anew)
    removed.click(remove, [chosen, desk.talk], [*desk.shown, problem], **PRIVATE).then(**anew)
    forget.click(lambda: gr.update(visible=True), None, sure, **PRIVATE)
    sure.click(forget_all, None, [*desk.shown, sure, problem], **PRIVATE).then(**anew)


def _told(problem: str) -> str:
    return answer_message.problem_html(problem) if problem else ""
