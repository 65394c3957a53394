"""What /v1 takes and gives: OpenAI's shapes, as far as they mean something here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.render.json_schema import Made, QuoteShape
from assistant.serve.api_schema import STORABLE, AnswerOptions, AnswerShape
from assistant.serve.openapi_examples import CHAT, COMPLETION, MODEL, MODELS

NAME = "newsroom-assistant"


class Sent(BaseModel):
    """A part of what is taken. A field that is not known is passed over, as there are many."""

    model_config = ConfigDict(strict=True)


class Part(Sent):
    """A part of a message. Only text is understood."""

    type: Annotated[str, Field(max_length=100)]
    text: Annotated[str, Field(max_length=20_000), STORABLE] | None = None


class Quoted(Sent):
    """A quotation of an earlier answer, as its annotation gave it."""

    n: int = Field(0, ge=0, le=10_000)
    article_id: Annotated[str, Field(max_length=4_000), STORABLE] = ""
    speaker: Annotated[str, Field(max_length=500), STORABLE] | None = None


class Noted(Sent):
    """An annotation of an earlier answer: with its quotation a follow-up is understood better."""

    quotation: Quoted | None = None


class Message(Sent):
    """A message. Those of `system`, `developer`, `tool` and `function` are not read."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: (
        Annotated[str, Field(max_length=20_000), STORABLE]
        | Annotated[list[Part], Field(max_length=100)]
        | None
    ) = None
    annotations: Annotated[list[Noted], Field(max_length=100)] | None = None

    @property
    def text(self) -> str:
        """Its words."""
        if isinstance(self.content, str):
            return self.content
        return "\n".join(part.text or "" for part in self.content or [])


class StreamOptions(Sent):
    """What a stream tells beside the text."""

    include_usage: bool = False


class Chat(AnswerOptions):
    """A conversation whose last message is the question; beside it our own options.

    Fields that would change what a model writes (`temperature`, `max_tokens`, `seed`, `stop` ...)
    are taken and have no effect: quotations are as printed.
    """

    model_config = ConfigDict(extra="allow", strict=True, json_schema_extra={"example": CHAT})
    model: Annotated[str, Field(max_length=200)]
    messages: Annotated[list[Message], Field(min_length=1, max_length=201)]
    stream: bool | None = False
    stream_options: StreamOptions | None = None
    n: int | None = Field(1, description="Only 1: there is one answer.")
    limit: int | None = Field(None, ge=1, le=20, description="Most quotations.")


class Cited(Made):
    """Where a citation stands in the message, `content[start_index:end_index]`, and its page."""

    start_index: int
    end_index: int
    title: str
    url: str


class Annotation(Made):
    """A citation `[n]` of the message, and the quotation it leads to."""

    type: Literal["url_citation"]
    url_citation: Cited
    quotation: QuoteShape


class Reply(Made):
    """The answer, with its citations."""

    role: Literal["assistant"]
    content: str
    refusal: None
    annotations: list[Annotation]


class Choice(Made):
    """The one answer."""

    index: Literal[0]
    message: Reply
    logprobs: None
    finish_reason: Literal["stop"]


class Usage(Made):
    """Tokens (cl100k_base) of the messages and of the answer."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class Completion(Made):
    """An answer in OpenAI's shape; `newsroom` is what /api/answer gives."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": COMPLETION})
    id: str
    object: Literal["chat.completion"]
    created: int
    model: str
    choices: list[Choice]
    usage: Usage
    newsroom: AnswerShape


class Delta(BaseModel):
    """What a piece adds to the message; the last one the annotations."""

    model_config = ConfigDict(extra="forbid")
    role: Literal["assistant"] = "assistant"
    content: str = ""
    annotations: list[Annotation] = []


class Growth(Made):
    """A piece of the one answer."""

    index: Literal[0]
    delta: Delta
    logprobs: None
    finish_reason: Literal["stop"] | None


class Chunk(BaseModel):
    """A piece of an answer in OpenAI's shape; the last one has `newsroom`, then comes `usage`."""

    model_config = ConfigDict(extra="forbid")
    id: str
    object: Literal["chat.completion.chunk"]
    created: int
    model: str
    choices: list[Growth]
    newsroom: AnswerShape | None = None
    usage: Usage | None = None


class Model(Made):
    """A model that may be named."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": MODEL})
    id: str
    object: Literal["model"]
    created: int
    owned_by: str


class Models(Made):
    """All of them: there is one."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": MODELS})
    object: Literal["list"]
    data: list[Model]


def unsupported(chat: Chat) -> tuple[str, str] | None:
    """The first field that asks for what is not done here, and one line about it."""
    extra: dict[str, Any] = chat.model_extra or {}
    wanted = {"n": chat.n, **extra}
    return next(
        ((name, told) for name, (fits, told) in _DONE.items() if not fits(wanted.get(name))), None
    )


def _nothing(value: Any) -> bool:
    return not value


_DONE: dict[str, tuple[Callable[[Any], bool], str]] = {
    "n": (lambda n: n in (None, 1), "n: there is one answer to a question; leave n at 1."),
    "tools": (_nothing, "tools: no tool is called here; leave them out."),
    "functions": (_nothing, "functions: no function is called here; leave them out."),
    "response_format": (
        lambda form: not form or (isinstance(form, dict) and form.get("type") == "text"),
        "response_format: the answer is Markdown; for JSON use POST /api/answer.",
    ),
    "logprobs": (_nothing, "logprobs: quotations have none; leave it out."),
    "audio": (_nothing, "audio: the answer is text; leave it out."),
    "modalities": (
        lambda kinds: not kinds or kinds == ["text"],
        "modalities: the answer is text; leave it out.",
    ),
}
