"""The Articles tab, drawn with gradio: what is indexed, to search and to remove; ways to add."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import gradio as gr

from assistant.articles import READERS
from assistant.page.actions import Page
from assistant.page.desk import PRIVATE, Desk
from assistant.page.words import LABELS
from assistant.records import Article
from assistant.settings import CLONE

SAMPLES = CLONE / "index" / "articles"
WELCOME = (
    "<h2>No articles yet</h2><p>Add your own under “Articles” above, "
    "or begin with the samples that came along.</p>"
)
FILE_TYPES = list(dict.fromkeys(f".{ending.rpartition('.')[2]}" for ending in READERS))


class Library:
    """The tab's parts, and what keeps them true: each change of the collection is looked at."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.words = gr.Textbox(
            "", label=LABELS("search"), placeholder=LABELS("search_titles"), render=False
        )
        self.table = gr.HTML(elem_id="articles", render=False)
        self.pick = gr.Dropdown([], label=LABELS("article"), filterable=True, render=False)

    def draw_welcome(self) -> None:
        """What an empty collection shows above the conversation."""
        with gr.Column(visible=not self.page.assistant.sources(), elem_id="welcome") as welcome:
            gr.HTML(WELCOME)
            samples = gr.Button(LABELS("add_samples"), variant="primary")
            added = gr.HTML()
        self.welcome = welcome
        self._samples = samples, added

    def draw(self, desk: Desk) -> None:
        """Draw the tab's content."""
        self.desk = desk
        with gr.Row(elem_id="collection"):
            with gr.Column(scale=3, min_width=280):
                gr.HTML("<h2>In the collection</h2>")
                self.words.render()  # type: ignore[no-untyped-call]
                self.table.render()  # type: ignore[no-untyped-call]
                self._draw_care()
            with gr.Column(scale=2, min_width=280):
                self._draw_adding()
        samples, added = self._samples
        self._add(samples.click, functools.partial(self.page.add, [SAMPLES]), [], added)
        self.words.change(self.look, self.words, self.looked, **PRIVATE)

    @property
    def looked(self) -> list[Any]:
        """What `look` fills."""
        return [self.table, self.welcome, self.pick, self.desk.outlets]

    def look(self, words: str) -> tuple[str, Any, Any, Any]:
        """The table, whether to welcome, the articles to pick from and the outlets."""
        table, found, outlets, is_empty = self.page.collection(words)
        picks = [(title, id) for id, title in found]
        return (
            table,
            gr.update(visible=is_empty),
            gr.update(choices=picks, value=None),
            gr.update(choices=list(outlets)),
        )

    def _draw_care(self) -> None:
        gr.HTML("<h2>Remove an article</h2>")
        self.pick.render()  # type: ignore[no-untyped-call]
        with gr.Row():
            remove = gr.Button(LABELS("remove"), variant="stop", min_width=120, scale=0)
            undo = gr.Button(LABELS("undo"), visible=False, min_width=120, scale=0)
        told = gr.HTML()
        gone = gr.State(None)

        def removed(id: str | None) -> tuple[str, Article | None, Any]:
            said, article = self.page.remove(id or "")
            return said, article, gr.update(visible=article is not None)

        def undone(article: Article | None) -> tuple[str, None, Any]:
            grown = list(self.page.add([article] if article else []))  # nothing when pressed twice
            return "".join(grown[-1:]), None, gr.update(visible=False)

        for button, act, given in ((remove, removed, self.pick), (undo, undone, gone)):
            button.click(
                act,
                given,
                [told, gone, undo],
                api_visibility="private",
                concurrency_limit=1,
                concurrency_id="add",
            ).then(self.look, self.words, self.looked, **PRIVATE)

    def _draw_adding(self) -> None:
        gr.HTML("<h2>Add files</h2>")
        files = gr.File(
            label=LABELS("files"),
            file_count="multiple",
            file_types=FILE_TYPES,
            height=140,
        )
        upload = gr.Button(LABELS("add_files"), variant="primary")
        uploaded = gr.HTML()
        gr.HTML("<h2>Paste an article</h2>")
        title = gr.Textbox(label=LABELS("title"), max_length=500)
        text = gr.Textbox(label=LABELS("text"), lines=6, max_lines=16)
        publisher = gr.Textbox(label=LABELS("outlet"), max_length=200)
        published = gr.Textbox(label=LABELS("published"), placeholder="2022-03-08", max_length=40)
        paste = gr.Button(LABELS("add_article"), variant="primary")
        pasted = gr.HTML()
        self._add(upload.click, self.page.add_files, [files], uploaded, "add_files")
        fields = [title, text, publisher, published]
        self._add(paste.click, self.page.add_text, fields, pasted, "add_text")

    def _add(
        self,
        click: Callable[..., Any],
        add: Callable[..., Any],
        inputs: list[Any],
        outcome: gr.HTML,
        api_name: str | None = None,
    ) -> None:
        """Add on a click, then look at the collection again."""
        # One at a time: the store writes one article after another anyway.
        event = click(
            add,
            inputs,
            outcome,
            api_name=api_name,
            api_visibility="public" if api_name else "private",
            concurrency_limit=1,
            concurrency_id="add",
        )
        event.then(self.look, self.words, self.looked, **PRIVATE)
