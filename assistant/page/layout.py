"""The whole page: put together from its parts, and served by itself or as a part of a server."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import gradio as gr
from fastapi import FastAPI
from starlette.middleware import Middleware

from assistant.ask import Assistant
from assistant.page import chat_tab, check_tab, conversations_sidebar
from assistant.page.chat_actions import Page
from assistant.page.labels import LABELS, said
from assistant.page.library_actions import LibraryActions
from assistant.page.library_tab import LibraryTab
from assistant.render import report_html
from assistant.settings import Settings

FILES = Path(__file__).parent
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
        gr.HTML(LABELS("keys"), elem_id="help")
        account = gr.HTML(LABELS("account"), visible=False, elem_id="account")
        library = LibraryTab(LibraryActions(assistant), page)
        with gr.Tabs() as rooms:
            with gr.Tab(LABELS("ask"), id="ask"):
                library.draw_welcome()
                drawn = chat_tab.draw(page)
            with gr.Tab(LABELS("check"), id="check"):
                check_tab.draw(page)
            with gr.Tab(LABELS("articles"), id="articles"):
                library.draw(drawn)
        with gr.Sidebar(label=LABELS("conversations"), open=False, width=300, elem_id="talks"):
            conversations_sidebar.draw(blocks, page, rooms, drawn)
        blocks.load(library.refresh, library.narrowed, library.refreshed, **chat_tab.PRIVATE)
        blocks.load(library.offer, None, library.offered, **chat_tab.PRIVATE)
        blocks.load(_opening(page), None, drawn.shown, **chat_tab.PRIVATE)
        blocks.load(_signed_in, None, account, **chat_tab.PRIVATE)
        blocks.load(library.allowed, None, library.editing, **chat_tab.PRIVATE)
    blocks.queue(default_concurrency_limit=4, max_size=64)
    return blocks


def _opening(page: Page) -> Any:
    """Show what the address asks for: a conversation of the visitor's, or an article's words."""

    def opened(request: gr.Request) -> tuple[Any, ...]:
        asked = dict(request.query_params)
        if id := asked.get("article"):
            return [], [], page.marked(id, asked.get("start", ""), asked.get("end", "")), ""
        return chat_tab.restored(page, chat_tab.talk_of(request, asked.get("conversation", "")))

    return opened


def _signed_in(request: gr.Request) -> Any:
    """The way to sign out, for who has signed in here."""
    return gr.update(visible=bool(chat_tab.visit_of(request).session))


def launch(
    blocks: gr.Blocks,
    settings: Settings,
    port: int,
    middleware: list[Middleware],
    *,
    browser: bool = False,
) -> str:
    """Serve the page in the background, behind `middleware`; return its address."""
    blocks.launch(
        server_name=settings.host,
        server_port=port,
        inbrowser=browser,
        prevent_thread_lock=True,
        quiet=True,
        share=False,
        app_kwargs={"middleware": middleware},
        **_looks(settings),
    )
    return str(blocks.local_url)


def mount(app: FastAPI, assistant: Assistant) -> Callable[[], None]:
    """Make the page what `app` answers to every address that it has no other answer for.

    `app` has to have the page's middleware (`assistant.serve.middleware`). What is returned ends
    the connections that open pages keep, and with them their answers in hand: only to be called at
    the end, where `app` is served.
    """
    # Inside an event loop, or gradio opens some that it never closes.
    blocks = asyncio.run(_mounted(app, assistant))
    page = app.router.routes[-1].app  # type: ignore[attr-defined]  # it was put there last

    def let_go() -> None:
        blocks._queue.close()  # type: ignore[no-untyped-call]
        page.stop_event.set()

    return let_go


async def _mounted(app: FastAPI, assistant: Assistant) -> gr.Blocks:
    blocks = build(assistant)
    looks = _looks(assistant.settings)
    gr.mount_gradio_app(app, blocks, "/", mcp_server=False, pwa=False, **looks)
    return blocks


def _looks(settings: Settings) -> dict[str, Any]:
    """The same however the page is served."""
    return {
        "ssr_mode": False,
        "show_error": False,
        "run_history": False,
        "footer_links": [],
        "max_file_size": settings.upload_bytes,
        "theme": THEME,
        "i18n": LABELS,
        "head": _head(),
    }


def _head() -> str:
    """Our style and script. Not through `css=`, which repeats each rule with more weight."""
    looks, frame, script = (
        (FILES / name).read_text("utf-8") for name in ("page.css", "frame.css", "page.js")
    )
    return f"<style>{looks}{frame}{report_html.STYLE}</style><script>{said()}{script}</script>"
