"""The real chat page on a free loopback port, and articles to ask it about."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import gradio as gr

import app
from assistant.ask import Assistant
from assistant.embedding.embedder import Embedder
from assistant.page.listen_address import claim
from assistant.serve.middleware import middleware
from assistant.settings import Settings
from assistant.sources.build_article import article
from tests.conftest import HashingEmbeddings

HARBOUR = (
    "The harbour will close on Monday for repairs, harbour master Jens Doe said.\n\n"
    "Two cranes are to be replaced before the autumn storms.\n\n"
    "“Nobody will lose a day’s wages,” Doe told reporters."
)
LIBRARY = (
    "The library will lend musical instruments from June.\n\n"
    "Violins and trumpets were given by the town orchestra, librarian Ada Roe said."
)
HOSTILE = (
    "The zeppelin museum <script>window.hacked = 1</script> opens *soon* in _Vellane_, `staff` say"
    ' ![x](http://evil.example/a.png) <img src="http://evil.example/b.png" onerror="hacked=2">'
    " $x^2$ [9] http://evil.example/page now.\n\n"
    '</p></article></details></section><style>body{display:none}</style>" onclick="hacked=3'
)
ARTICLES = (
    ("Harbour to close", HARBOUR, "Harbour Wire"),
    ("Library lends violins", LIBRARY, "Vellane Gazette"),
    ('<b onclick="hacked=4">Zeppelins</b>', HOSTILE, "<i>Evil</i> & Sons"),
)


def stocked(folder: Path) -> Assistant:
    """An assistant that knows `ARTICLES`; its embedding is quick and needs no model."""
    made = empty(folder)
    made.add(
        article(title=title, text=text, publisher=publisher, published="2022-03-08")
        for title, text, publisher in ARTICLES
    )
    return made


def empty(folder: Path) -> Assistant:
    """An assistant without articles."""
    settings = Settings(store=folder / "store")
    made = Assistant(settings)
    made.embedder = Embedder(settings, HashingEmbeddings())
    return made


@contextlib.contextmanager
def serving(assistant: Assistant) -> Iterator[str]:
    """Serve the page; yields its address."""
    # In a thread of its own: the browser test's thread has an event loop already.
    with ThreadPoolExecutor(1) as thread:
        blocks, address = thread.submit(asyncio.run, _launched(assistant)).result()
    try:
        yield address
    finally:
        blocks.close(verbose=False)
        assistant.close()


async def _launched(assistant: Assistant) -> tuple[gr.Blocks, str]:
    """Build and launch; inside an event loop, or gradio opens some that it never closes."""
    blocks = app.build(assistant)
    return blocks, app.launch(
        blocks, assistant.settings, claim("127.0.0.1", 0), middleware(assistant.settings)
    )
