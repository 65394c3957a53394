"""The Check tab, drawn with gradio: a draft pasted or dropped, and what the articles make of it."""

from __future__ import annotations

from typing import Any

import gradio as gr

from assistant.errors import AssistantError
from assistant.page.chat_actions import Page
from assistant.page.chat_tab import PRIVATE, visit_of
from assistant.page.labels import LABELS
from assistant.render.answer_message import problem_html

KINDS = [".txt", ".md", ".html", ".docx", ".pdf"]


def draw(page: Page) -> None:
    """Draw the tab's content."""
    with gr.Column(elem_id="check"):
        draft = gr.Textbox(
            "", label=LABELS("draft"), info=LABELS("draft_why"), lines=8, max_lines=16
        )
        with gr.Row():
            begin = gr.Button(LABELS("check_it"), variant="primary", scale=0, min_width=180)
            file = gr.UploadButton(
                LABELS("draft_file"),  # type: ignore[arg-type]  # translated all the same
                file_types=KINDS,
                scale=0,
                min_width=180,
            )
        problem = gr.HTML()
        report = gr.HTML(elem_id="report")

    def loaded(path: str) -> tuple[Any, str]:
        try:
            return page.draft(path), ""
        except AssistantError as error:
            return gr.update(), problem_html(str(error))

    bar = gr.Progress()  # gradio looks for it among the defaults

    def checked(text: str, request: gr.Request, bar: gr.Progress = bar) -> str:
        return page.check(text, visit_of(request), lambda done, of: bar((done, of)))

    file.upload(loaded, file, [draft, problem], **PRIVATE)
    begin.click(
        checked, draft, report, api_visibility="private", concurrency_limit=2, show_progress="full"
    )
