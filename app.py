"""The door: the chat page.

    python app.py            then open the address it prints

It puts the page together and serves it; its parts are in `assistant.page`. Nothing else knows
gradio.
"""

from __future__ import annotations

import argparse
import os
import socket
import sys
from pathlib import Path
from typing import Any

# Before gradio is imported: it would report its start to its makers.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

import gradio as gr
from starlette.middleware import Middleware

from assistant.ask import Assistant
from assistant.errors import AssistantError, BadSetting
from assistant.guard import Guard
from assistant.page import desk, talks
from assistant.page.actions import Page
from assistant.page.library import Library
from assistant.page.shelf import Shelf
from assistant.page.words import LABELS, said
from assistant.settings import Settings
from assistant.visitors import Visitors

FILES = Path(desk.__file__).parent
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
        gr.HTML(LABELS("masthead"))
        shelves = Library(Shelf(assistant))
        with gr.Tabs() as rooms:
            with gr.Tab(LABELS("ask"), id="ask"):
                shelves.draw_welcome()
                drawn = desk.draw(page)
            with gr.Tab(LABELS("conversations"), id="talks") as tab:
                talks.draw(page, tab, rooms, drawn)
            with gr.Tab(LABELS("articles"), id="articles"):
                shelves.draw(drawn)
        blocks.load(shelves.look, shelves.narrowed, shelves.looked, **desk.PRIVATE)
        blocks.load(_opening(page), None, drawn.shown, **desk.PRIVATE)
    blocks.queue(default_concurrency_limit=4, max_size=64)
    return blocks


def _opening(page: Page) -> Any:
    """Show what the address asks for: a conversation of the visitor's, or an article's words."""

    def opened(request: gr.Request) -> tuple[Any, ...]:
        asked = dict(request.query_params)
        if id := asked.get("article"):
            return [], [], page.marked(id, asked.get("start", ""), asked.get("end", "")), ""
        return desk.restored(page, desk.talk_of(request, asked.get("conversation", "")))

    return opened


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
        i18n=LABELS,
        head=_head(),
        app_kwargs={"middleware": [Middleware(Guard), Middleware(Visitors)]},
    )
    return str(blocks.local_url)


def _head() -> str:
    """Our style and script. Not through `css=`, which repeats each rule with more weight."""
    style, script = ((FILES / name).read_text("utf-8") for name in ("page.css", "page.js"))
    return f"<style>{style}</style><script>{said()}{script}</script>"


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
