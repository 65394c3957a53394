"""The Ask tab, drawn with gradio: the conversation, and beside it or over it its sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr

from assistant.access.permissions import NOBODY, Visit, visit
from assistant.access.visitor_cookie import visitor
from assistant.page.chat_actions import Page, Talk
from assistant.page.labels import LABELS
from assistant.render import html_pieces

FIRST = "Which outlets are there, and from when to when?"  # until `opening` has better ones
VOTES = ["Helpful", "Wrong source", "Missed something"]
# Filled by page.js: the way back to the words that cite, how wide the reader is, and the sources
# of an earlier answer.
ASIDE = (
    '<button type="button" id="back">Back to the answer</button>'
    '<div id="grip" role="separator" aria-orientation="vertical" aria-label="Width of the sources"'
    ' aria-valuenow="432" tabindex="0"></div><div id="earlier-sources"></div>'
)
PRIVATE: dict[str, Any] = {"api_visibility": "private", "queue": False, "show_progress": "hidden"}


@dataclass(frozen=True, slots=True)
class ChatParts:
    """The parts that others fill: a conversation, its panel, its id, what the collection offers,
    the outlets and tags to choose from."""

    interface: gr.ChatInterface
    panel: gr.HTML
    talk: gr.State
    slash: gr.HTML
    outlets: gr.Dropdown
    tags: gr.Dropdown

    @property
    def shown(self) -> list[Any]:
        """What `restored` fills."""
        return [self.interface.chatbot, self.interface.chatbot_state, self.panel, self.talk]


def visit_of(request: gr.Request) -> Visit:
    """What the middleware found out of the request."""
    return visit(request.request) if request.request else Visit(NOBODY)


def talk_of(request: gr.Request, id: str) -> Talk:
    """The conversation with this id, as far as it is the visitor's."""
    return Talk(visitor(request.cookies, visit_of(request).who.name), id)


def restored(page: Page, talk: Talk) -> tuple[Any, Any, str, str]:
    """What `ChatParts.shown` shows of a conversation; nothing when it is not the visitor's."""
    messages, panel = page.restore(talk)
    return messages, messages, panel + named(talk.id if messages else ""), talk.id * bool(messages)


def named(id: str) -> str:
    """The conversation's id, for page.js to put into the address."""
    return f'<span id="talk-id" data-id="{html_pieces.escaped(id)}" hidden></span>'


def draw(page: Page) -> ChatParts:
    """Draw the tab."""
    panel = gr.HTML(elem_id="sources", render=False)
    talk = gr.State("")
    with gr.Row(elem_id="desk"):
        with gr.Column(min_width=0, elem_id="talk"):
            chat = _conversation(page, panel, talk)
        with gr.Column(min_width=0, elem_id="side"):  # shown by page.js and frame.css
            gr.HTML(ASIDE, elem_id="aside")
            panel.render()  # type: ignore[no-untyped-call]  # gradio does not say
    return chat


def _conversation(page: Page, panel: gr.HTML, talk: gr.State) -> ChatParts:
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
        placeholder=LABELS("know"),  # type: ignore[arg-type]  # translated all the same
        feedback_options=VOTES,
    )
    settings = page.assistant.settings
    question = _box(settings.question_characters)
    filters = _filters()
    # Above the box, where it is seen; what is chosen stands in Options, below it.
    on = gr.CheckboxGroup(label=LABELS("only"), visible=False, elem_id="filters", render=False)
    interface = gr.ChatInterface(
        _asking(page),
        chatbot=chatbot,
        textbox=question,
        additional_inputs=[*filters, talk],
        additional_inputs_accordion=gr.Accordion(LABELS("options"), open=False, render=False),
        additional_outputs=[panel, talk],
        examples=[[FIRST]],
        cache_examples=False,
        editable=True,
        flagging_mode="never",
        analytics_enabled=False,
        api_name="ask",
        # All that may wait: in what order, the server's own line says, and tells the place in it.
        concurrency_limit=settings.answers + settings.waiting,
        show_progress="hidden",
    )
    further = gr.Dataset(
        label=LABELS("further"), components=[question], samples=[], visible=False, elem_id="further"
    )
    slash = gr.HTML(elem_id="slash")
    with gr.Row(elem_id="bar"):
        on.render()  # type: ignore[no-untyped-call]
        new = gr.Button(LABELS("new"), size="sm")
    chat = ChatParts(interface, panel, talk, slash, filters[2], filters[6])
    gr.on([one.change for one in filters], _chips, filters, on, **PRIVATE)
    on.input(_without, [on, *filters], filters, **PRIVATE)
    new.click(lambda: ([], [], named(""), ""), None, chat.shown, **PRIVATE)
    _conversing(page, chat)
    _suggesting(page, chat, further)
    return chat


def _box(most: int) -> gr.Textbox:
    return gr.Textbox(
        label=LABELS("question"),
        placeholder=LABELS("ask_about"),
        show_label=False,
        container=False,
        max_length=most,
        autofocus=True,
        submit_btn=True,
        stop_btn=True,
    )


def opening(page: Page) -> tuple[Any, str]:
    """What an empty conversation offers: the chat's examples, and those for who types a slash."""
    told, questions = page.opening()
    if not questions:
        return gr.update(), ""
    rows = "".join(
        f'<li hidden><button type="button">{html_pieces.escaped(one)}</button></li>'
        for one in questions
    )
    examples = [{"text": one} for one in questions]
    return (
        gr.update(examples=examples),
        f'<p class="note" id="held">{html_pieces.escaped(told)}</p>'
        f'<ul hidden aria-label="Examples">{rows}</ul>',
    )


def _filters() -> list[Any]:
    """Any time, as typed, outlets, from, to, as of, tags."""
    return [
        gr.Checkbox(label=LABELS("any_time"), info=LABELS("any_time_why"), render=False),
        gr.Checkbox(label=LABELS("as_typed"), info=LABELS("as_typed_why"), render=False),
        gr.Dropdown(
            [], label=LABELS("outlets"), info=LABELS("outlets_all"), multiselect=True, render=False
        ),
        *(
            gr.DateTime(
                "",  # so that programs may leave it out
                label=LABELS(label),
                info=LABELS(info),
                include_time=False,
                type="string",
                render=False,
            )
            for label, info in (("from", "a_day"), ("to", "a_day"), ("as_of", "as_of_why"))
        ),
        gr.Dropdown([], label=LABELS("tags"), multiselect=True, visible=False, render=False),
    ]


FILTERS = ("any time", "as typed", "", "from", "to", "as of", "")  # what a chip says of each


def _chips(*filters: Any) -> Any:
    """The filters that are on, each to be taken off."""
    choices = []
    for place, (name, value) in enumerate(zip(FILTERS, filters, strict=True)):
        for one in value if isinstance(value, list) else [value] if value else []:
            said = name if one is True else f"{name} {one}".strip()
            choices.append((said, f"{place} {one}"))
    kept = [key for _, key in choices]
    return gr.update(choices=choices, value=kept, visible=bool(choices))


def _without(kept: Sequence[str], *filters: Any) -> tuple[Any, ...]:
    """The filters without those whose chips were taken off."""
    left: list[Any] = []
    for place, value in enumerate(filters):
        if isinstance(value, list):
            left.append([one for one in value if f"{place} {one}" in kept])
        elif value and f"{place} {value}" not in kept:
            left.append(False if value is True else "")
        else:
            left.append(value)
    return tuple(left)


def _asking(page: Page) -> Any:
    def ask(
        message: str,
        history: Sequence[Mapping[str, Any]],
        any_time: bool,
        as_typed: bool,
        outlets: Sequence[str],
        since: str,
        until: str,
        as_of: str,
        tags: Sequence[str],
        id: str,
        request: gr.Request,
    ) -> Iterator[tuple[str, str, str]]:
        options = {"any_time": any_time, "as_typed": as_typed, "as_of": as_of}
        options |= {"publishers": tuple(outlets or ()), "tags": tuple(tags or ())}
        talk, by = talk_of(request, id), visit_of(request)
        grown = page.ask(message, history, talk, by, since=since, until=until, **options)
        for told, panel, kept in grown:
            yield told, panel + named(kept), kept

    return ask


def _conversing(page: Page, chat: ChatParts) -> None:
    """What is kept when a reader takes back, begins anew, or votes."""

    def undone(data: gr.UndoData, id: str, request: gr.Request) -> str:
        place = data.index if isinstance(data.index, int) else data.index[0]
        return page.cut(talk_of(request, id), place // 2) + named(id)

    def voted(data: gr.LikeData, id: str, request: gr.Request) -> None:
        place = data.index if isinstance(data.index, int) else data.index[0]
        vote = data.liked if isinstance(data.liked, str) else ""
        if told := page.vote(talk_of(request, id), place // 2, vote):
            gr.Info(told)

    chatbot = chat.interface.chatbot
    chatbot.undo(undone, chat.talk, chat.panel, **PRIVATE)
    # Through the queue: without it a message does not arrive; one by one: it comes twice.
    chatbot.like(
        voted,
        chat.talk,
        None,
        api_visibility="private",
        show_progress="hidden",
        concurrency_limit=1,
    )
    chatbot.clear(lambda: (named(""), ""), None, [chat.panel, chat.talk], **PRIVATE)


def _suggesting(page: Page, chat: ChatParts, further: gr.Dataset) -> None:
    """After each answer, further questions; a click puts one into the box."""

    def suggest(messages: Sequence[Mapping[str, Any]], id: str, request: gr.Request) -> Any:
        # While the answer grows there is nothing to go on from.
        finished = bool(messages) and 'class="steps"' in str(messages[-1]["content"])
        found = page.suggest(talk_of(request, id), visit_of(request)) if finished else []
        return gr.Dataset(samples=[[one] for one in found], visible=bool(found))

    # The chat interface's own state, set at the end, tells nobody that it changed.
    chatbot = chat.interface.chatbot
    chatbot.change(
        suggest,
        [chatbot, chat.talk],
        further,
        api_visibility="private",
        show_progress="hidden",
        trigger_mode="always_last",
        concurrency_limit=2,
    )
    further.click(lambda row: row[0], further, chat.interface.textbox, **PRIVATE)
