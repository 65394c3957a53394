"""The door: the chat page. The only file that knows gradio.

    python app.py            then open the address it prints

It draws the page and serves it; what its parts do is in `assistant.page`.
"""

from __future__ import annotations

import argparse
import functools
import os
import socket
import sys
from collections.abc import Callable
from typing import Any

# Before gradio is imported: it would report its start to its makers.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

import gradio as gr
from starlette.middleware import Middleware

from assistant import render
from assistant.ask import Assistant
from assistant.errors import AssistantError, BadSetting
from assistant.guard import Guard
from assistant.page import Page
from assistant.settings import CLONE, Settings

SAMPLES = CLONE / "index" / "articles"
EXAMPLES = [
    "What did NATO say about a no-fly zone?",
    "What security guarantees did Zelensky ask for?",
    "How did Putin respond to the idea of a no-fly zone?",
    "What caused the ferry accident at Low Quay?",
    "How much will the flood barrier cost?",
    "How many books did the library lend over the summer?",
]
MASTHEAD = (
    '<header id="masthead"><h1>Newsroom assistant</h1>'
    "<p>Answers in sentences that are really printed in your articles.</p></header>"
)
WELCOME = (
    "<h2>No articles yet</h2><p>Add your own under “Articles” above, "
    "or begin with the samples that came along.</p>"
)
# Filled by page.js: the sources of an earlier answer, and the way back to the words that cite.
ASIDE = (
    '<div id="earlier-sources"></div>'
    '<button type="button" id="back" hidden>Back to the answer</button>'
)
PAGE_FILES = ("page.css", "page.js")
FILE_TYPES = [".txt", ".md", ".html", ".htm", ".jsonl", ".gz"]
THEME = gr.themes.Base(
    primary_hue="red", neutral_hue="stone", font="system-ui", font_mono="ui-monospace"
)


def build(assistant: Assistant) -> gr.Blocks:
    """The page, not yet served; raises `AssistantError` when the store cannot be used."""
    page = Page(assistant)
    with gr.Blocks(
        title="Newsroom assistant", analytics_enabled=False, delete_cache=(3600, 3600)
    ) as made:
        blocks: gr.Blocks = made
        gr.HTML(MASTHEAD)
        with gr.Tabs():
            with gr.Tab("Ask"):
                with gr.Column(visible=not assistant.sources(), elem_id="welcome") as welcome:
                    gr.HTML(WELCOME)
                    samples = gr.Button("Add the sample articles", variant="primary")
                    added = gr.HTML()
                _desk(page)
            with gr.Tab("Articles"):
                table = _collection(page, welcome)
        _add(
            page, samples.click, functools.partial(page.add, [SAMPLES]), [], added, (table, welcome)
        )
        blocks.load(
            lambda: _look(page), None, [table, welcome], api_visibility="private", queue=False
        )
    blocks.queue(default_concurrency_limit=4, max_size=64)
    return blocks


def _desk(page: Page) -> None:
    """The conversation on the left, its sources on the right."""
    panel = gr.HTML(render.NO_SOURCES, elem_id="sources", render=False)
    with gr.Row(elem_id="desk"):
        with gr.Column(scale=3, min_width=280, elem_id="talk"):
            chatbot = _chat(page, panel)
        with gr.Column(scale=2, min_width=280, elem_id="side"):
            panel.render()  # type: ignore[no-untyped-call]  # gradio does not say
            gr.HTML(ASIDE, elem_id="aside")
    for emptied in (chatbot.clear, chatbot.undo):
        emptied(lambda: render.NO_SOURCES, None, panel, api_visibility="private")


def _chat(page: Page, panel: gr.HTML) -> gr.Chatbot:
    chatbot = gr.Chatbot(
        elem_id="chat",
        label="Conversation",
        show_label=False,
        container=False,
        height=None,
        buttons=[],
        autoscroll=False,  # page.js keeps the question in sight: the best quotation comes first
        latex_delimiters=[],
        allow_tags=False,
        placeholder="What would you like to know?",
    )
    question = gr.Textbox(
        label="Question",
        placeholder="Ask about the articles",
        show_label=False,
        container=False,
        max_length=2_000,
        autofocus=True,
        submit_btn=True,
        stop_btn=True,
    )
    any_time = gr.Checkbox(
        label="Any time",
        info="Do not filter by days that the question names, such as “last week”.",
        render=False,
    )
    gr.ChatInterface(
        page.ask,
        chatbot=chatbot,
        textbox=question,
        additional_inputs=[any_time],
        additional_inputs_accordion=gr.Accordion("Options", open=False, render=False),
        additional_outputs=[panel],
        examples=[[one] for one in EXAMPLES],
        cache_examples=False,
        flagging_mode="never",
        analytics_enabled=False,
        api_name="ask",
        concurrency_limit=4,
        show_progress="hidden",
    )
    return chatbot


def _collection(page: Page, welcome: gr.Column) -> gr.HTML:
    """What is indexed, and two ways to add to it; gives the list."""
    with gr.Row(elem_id="collection"):
        with gr.Column(scale=3, min_width=280):
            gr.HTML("<h2>In the collection</h2>")
            table = gr.HTML(elem_id="articles")
        with gr.Column(scale=2, min_width=280):
            gr.HTML("<h2>Add files</h2>")
            files = gr.File(
                label="Text, Markdown, HTML or JSON lines",
                file_count="multiple",
                file_types=FILE_TYPES,
                height=140,
            )
            upload = gr.Button("Add files", variant="primary")
            uploaded = gr.HTML()
            gr.HTML("<h2>Paste an article</h2>")
            title = gr.Textbox(label="Title", max_length=500)
            text = gr.Textbox(label="Text", lines=6, max_lines=16)
            publisher = gr.Textbox(label="Outlet", max_length=200)
            published = gr.Textbox(label="Published", placeholder="2022-03-08", max_length=40)
            paste = gr.Button("Add article", variant="primary")
            pasted = gr.HTML()
    shown = (table, welcome)
    _add(page, upload.click, page.add_files, [files], uploaded, shown, "add_files")
    fields = [title, text, publisher, published]
    _add(page, paste.click, page.add_text, fields, pasted, shown, "add_text")
    return table


def _add(
    page: Page,
    click: Callable[..., Any],
    add: Callable[..., Any],
    inputs: list[Any],
    outcome: gr.HTML,
    shown: tuple[gr.HTML, gr.Column],
    api_name: str | None = None,
) -> None:
    """Add on a click, then look at the collection again."""
    visibility = "public" if api_name else "private"
    # One at a time: the store writes one article after another anyway.
    event = click(
        add,
        inputs,
        outcome,
        api_name=api_name,
        api_visibility=visibility,
        concurrency_limit=1,
        concurrency_id="add",
    )
    event.then(lambda: _look(page), None, list(shown), api_visibility="private", queue=False)


def _look(page: Page) -> tuple[str, Any]:
    table, is_empty = page.collection()
    return table, gr.update(visible=is_empty)


def launch(blocks: gr.Blocks, host: str, port: int, *, browser: bool = False) -> str:
    """Serve the page in the background; return its address."""
    blocks.launch(
        server_name=host,
        server_port=port,
        inbrowser=browser,
        prevent_thread_lock=True,
        quiet=True,
        share=False,
        ssr_mode=False,
        show_error=False,
        run_history=False,
        footer_links=[],
        max_file_size="50mb",
        theme=THEME,
        head=_head(),
        app_kwargs={"middleware": [Middleware(Guard)]},
    )
    return str(blocks.local_url)


def _head() -> str:
    """Our style and script. Not through `css=`, which repeats each rule with more weight."""
    style, script = ((CLONE / "assistant" / name).read_text("utf-8") for name in PAGE_FILES)
    return f"<style>{style}</style><script>{script}</script>"


def claim(host: str, port: int) -> int:
    """The port, or any free one for 0; raises `BadSetting` when it cannot be had."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind((host, port))
            return int(trial.getsockname()[1])
    except OSError as error:
        raise BadSetting(
            f"Port {port} of {host} cannot be used: {error.strerror}. "
            "Choose another with --port, or any free one with --port 0."
        ) from error


def main() -> int:
    """Open the assistant, serve the page, wait for Ctrl-C."""
    parser = argparse.ArgumentParser(prog="python app.py", description="The chat page.")
    parser.add_argument("--host", help="address to listen on (default: 127.0.0.1)")
    parser.add_argument("--port", type=int, help="port, 0 for any free one (default: 7860)")
    parser.add_argument("--open", action="store_true", help="open the page in the browser")
    given = parser.parse_args()
    chosen = {name: value for name, value in vars(given).items() if value is not None}
    browser = chosen.pop("open")
    try:
        settings = Settings.from_env(**chosen)
        port = claim(settings.host, settings.port)
        assistant = Assistant(settings)
        address = launch(blocks := build(assistant), settings.host, port, browser=browser)
    except AssistantError as error:
        print(error, file=sys.stderr)  # noqa: T201 - the one line of a command that could not
        return 1
    print(f"The chat page is at {address} (Ctrl-C ends it)", flush=True)  # noqa: T201 - its output
    try:
        blocks.block_thread()
    finally:
        assistant.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
