"""The Articles tab, drawn with gradio: what is indexed, to search and to remove; ways to add."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import gradio as gr

from assistant.page.chat_actions import Page
from assistant.page.chat_tab import PRIVATE, ChatParts, opening, visit_of
from assistant.page.labels import LABELS
from assistant.page.library_actions import LibraryActions
from assistant.records import Article
from assistant.settings import CLONE
from assistant.sources.files.read_files import READERS

SAMPLES = CLONE / "index" / "articles"
FILE_TYPES = list(dict.fromkeys(f".{ending.rpartition('.')[2]}" for ending in READERS))


class LibraryTab:
    """The tab's parts, and what keeps them true: each change of the collection is looked at."""

    def __init__(self, actions: LibraryActions, page: Page) -> None:
        self.actions, self.page = actions, page
        self.words = gr.Textbox(
            "", label=LABELS("search"), placeholder=LABELS("search_titles"), render=False
        )
        self.outlets = gr.Dropdown([], label=LABELS("outlets"), multiselect=True, render=False)
        self.days = [
            gr.DateTime("", label=LABELS(label), include_time=False, type="string", render=False)
            for label in ("from", "to")
        ]
        self.table = gr.HTML(elem_id="articles", render=False)
        self.pick = gr.Dropdown([], label=LABELS("article"), filterable=True, render=False)

    def draw_welcome(self) -> None:
        """What an empty collection shows above the conversation."""
        with gr.Column(visible=not self.actions.assistant.sources(), elem_id="welcome") as welcome:
            gr.HTML(LABELS("welcome"))
            with gr.Column() as self._beginning:
                samples = gr.Button(LABELS("add_samples"), variant="primary")
            added = gr.HTML()
        self.welcome = welcome
        self._samples = samples, added

    def draw(self, chat: ChatParts) -> None:
        """Draw the tab's content."""
        self.chat = chat
        with gr.Row(elem_id="collection"):
            with gr.Column(scale=3, min_width=280):
                gr.HTML(LABELS("h_collection"))
                with gr.Row(elem_id="shelf-filters"):
                    for part in self.narrowed:
                        part.render()
                self.table.render()  # type: ignore[no-untyped-call]
                with gr.Column() as self._care:
                    self._draw_care()
            with gr.Column(scale=2, min_width=280):
                self._for_editors = gr.HTML(LABELS("for_editors"), visible=False)
                with gr.Column() as self._adding:
                    self._draw_adding()
        samples, added = self._samples

        def add_samples(request: gr.Request) -> Iterator[str]:
            yield from self.actions.add([SAMPLES], visit_of(request))

        self._add(samples.click, add_samples, [], added)
        changes = [part.change for part in self.narrowed]
        gr.on(changes, self.refresh, self.narrowed, self.refreshed, **PRIVATE)

    @property
    def editing(self) -> list[Any]:
        """What `allowed` fills."""
        return [self._beginning, self._care, self._adding, self._for_editors]

    def allowed(self, request: gr.Request) -> tuple[Any, ...]:
        """Whether to show what changes the collection; who may not is refused all the same."""
        may = "write" in visit_of(request).who.scopes
        return (*(gr.update(visible=may) for _ in range(3)), gr.update(visible=not may))

    @property
    def narrowed(self) -> list[Any]:
        """What narrows the list."""
        return [self.words, self.outlets, *self.days]

    @property
    def refreshed(self) -> list[Any]:
        """What `refresh` fills."""
        chat = self.chat
        return [self.table, self.welcome, self.pick, self.outlets, chat.outlets, chat.tags]

    def refresh(
        self, words: str, only: Sequence[str], since: str | None, until: str | None
    ) -> tuple[Any, ...]:
        """The table, whether to welcome, the articles to pick from, twice the outlets, the tags."""
        table, found, outlets, is_empty = self.actions.collection(
            words, only, since or "", until or ""
        )
        tags = self.actions.tags()
        picks = [(title, id) for id, title in found]
        return (
            table,
            gr.update(visible=is_empty),
            gr.update(choices=picks, value=None),
            gr.update(choices=outlets),
            gr.update(choices=outlets),
            gr.update(choices=tags, visible=bool(tags)),
        )

    def offer(self) -> tuple[Any, str]:
        """What an empty conversation offers: it fills `offered`."""
        return opening(self.page)

    @property
    def offered(self) -> list[Any]:
        """What `offer` fills."""
        return [self.chat.interface.chatbot, self.chat.slash]

    def _draw_care(self) -> None:
        gr.HTML(LABELS("h_care"))
        self.pick.render()  # type: ignore[no-untyped-call]
        with gr.Row():
            remove = gr.Button(LABELS("remove"), variant="stop", min_width=120, scale=0)
            undo = gr.Button(LABELS("undo"), visible=False, min_width=120, scale=0)
            again = gr.Button(LABELS("read_again"), min_width=200, scale=0)
        told = gr.HTML()
        gone = gr.State(None)

        def removed(id: str | None, request: gr.Request) -> tuple[str, Article | None, Any]:
            said, article = self.actions.remove(id or "", visit_of(request))
            return said, article, gr.update(visible=article is not None)

        def undone(article: Article | None, request: gr.Request) -> tuple[str, None, Any]:
            back = [article] if article else []  # nothing when pressed twice
            grown = list(self.actions.add(back, visit_of(request)))
            return "".join(grown[-1:]), None, gr.update(visible=False)

        for button, act, given in ((remove, removed, self.pick), (undo, undone, gone)):
            button.click(
                act,
                given,
                [told, gone, undo],
                api_visibility="private",
                concurrency_limit=1,
                concurrency_id="add",
            ).then(self.refresh, self.narrowed, self.refreshed, **PRIVATE)

        def read_again(id: str | None, request: gr.Request) -> Iterator[str]:
            yield from self.actions.read_again(id, visit_of(request))

        self._add(again.click, read_again, [self.pick], told)

    def _draw_adding(self) -> None:
        gr.HTML(LABELS("h_files"))
        files = gr.File(
            label=LABELS("files"), file_count="multiple", file_types=FILE_TYPES, height=140
        )
        upload = gr.Button(LABELS("add_files"), variant="primary")
        uploaded = gr.HTML()
        gr.HTML(LABELS("h_address"))
        addresses = gr.Textbox(
            label=LABELS("address"), placeholder="https://", lines=2, max_lines=8, max_length=20_000
        )
        fetch = gr.Button(LABELS("fetch"), variant="primary")
        fetched = gr.HTML()
        gr.HTML(LABELS("h_paste"))
        title = gr.Textbox(label=LABELS("title"), max_length=500)
        text = gr.Textbox(label=LABELS("text"), lines=6, max_lines=16)
        publisher = gr.Textbox(label=LABELS("outlet"), max_length=200)
        published = gr.Textbox(label=LABELS("published"), placeholder="2022-03-08", max_length=40)
        paste = gr.Button(LABELS("add_article"), variant="primary")
        pasted = gr.HTML()
        fields = [title, text, publisher, published]

        def add_files(paths: Sequence[str] | None, request: gr.Request) -> Iterator[str]:
            yield from self.actions.add_files(paths, visit_of(request))

        def add_addresses(addresses: str, request: gr.Request) -> Iterator[str]:
            yield from self.actions.add_addresses(addresses, visit_of(request))

        def add_text(
            title: str, text: str, publisher: str, published: str, request: gr.Request
        ) -> Iterator[str]:
            by = visit_of(request)
            yield from self.actions.add_text(title, text, publisher, published, by)

        self._add(upload.click, add_files, [files], uploaded, "add_files")
        self._add(fetch.click, add_addresses, [addresses], fetched, "add_addresses")
        self._add(paste.click, add_text, fields, pasted, "add_text")

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
        event.then(self.refresh, self.narrowed, self.refreshed, **PRIVATE).then(
            self.offer, None, self.offered, **PRIVATE
        )
