"""/v1: the same answers for whatever talks to OpenAI.

A system message is no order here: nothing that is written changes how articles are quoted.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from assistant.access.permissions import reader, visit
from assistant.records import Answer, Turn
from assistant.serve import chat_tasks, event_streams, openapi_examples
from assistant.serve.dependencies import Ours
from assistant.serve.error_responses import Refused, documented
from assistant.serve.event_streams import Events, Snapshots, begun, event, last
from assistant.serve.openai_citations import citations, content, growing
from assistant.serve.openai_schema import (
    NAME,
    Chat,
    Completion,
    Message,
    Model,
    Models,
    unsupported,
)
from assistant.text import passages

DONE = "[DONE]"
router = APIRouter(tags=["in OpenAI's shape"], dependencies=[Depends(reader)])
_EVENTS = {"message": "Chunk", "error": "OpenAIProblem"}
_STREAMED = event_streams.documented(_EVENTS, openapi_examples.CHUNKS, end=DONE)


@router.get("/v1/models", response_model=Models, responses=documented(openai=True))
def models() -> JSONResponse:
    """The models that may be named: there is one."""
    return JSONResponse(openapi_examples.MODELS)


@router.get("/v1/models/{name}", response_model=Model, responses=documented(404, openai=True))
def model(name: str) -> JSONResponse:
    """The one model."""
    _known(name)
    return JSONResponse(openapi_examples.MODEL)


@router.post(
    "/v1/chat/completions",
    summary="Answer the last message",
    response_model=Completion,
    responses={**documented(400, 404, openai=True), 200: {"content": _STREAMED}},
)
def complete(chat: Chat, assistant: Ours, request: Request) -> Response:
    """Answer the last message. The text cites `[n]`; `message.annotations` say where, with the
    exact quotation, and `newsroom` is the whole answer as /api/answer gives it.

    With `stream` the text comes in pieces that are never taken back, then the annotations.
    """
    _known(chat.model)
    if refused := unsupported(chat):
        raise Refused(400, refused[1], refused[0])
    question, history = _asked(chat.messages)
    visitor = visit(request)
    options = {**chat.options(), "history": visitor.recent(history), "limit": chat.limit}
    snapshots: Snapshots = visitor.answers(question, partial(assistant.stream, question, **options))
    if told := chat_tasks.reply(question, [one.text for one in history if one.role == "user"]):
        snapshots = _of_a_task(told)
    form = _Form(chat, str(request.base_url))
    if not chat.stream:
        return JSONResponse(form.whole(last(request, snapshots)))
    return Events(begun(snapshots), form.chunks, request.url.path)


def _known(name: str) -> None:
    if name != NAME:
        told = f"There is no model {name[:100]!r} here; the one there is is {NAME!r}."
        raise Refused(404, told, "model")


def _asked(messages: Sequence[Message]) -> tuple[str, list[Turn]]:
    """The question, and the conversation before it."""
    *before, question = messages
    if question.role != "user":
        raise Refused(400, "messages: the last one has to be the user's question.", "messages")
    if isinstance(question.content, list) and any(part.type != "text" for part in question.content):
        raise Refused(400, "messages: a question is text; leave out all else.", "messages")
    return question.text, [turn for message in before for turn in _turns(message)]


def _turns(message: Message) -> Iterator[Turn]:
    if message.role == "user":
        yield Turn("user", message.text)
    elif message.role == "assistant":
        quoted = [note.quotation for note in message.annotations or [] if note.quotation]
        first = min(quoted, key=lambda one: one.n, default=None)
        ids = tuple(dict.fromkeys(one.article_id for one in quoted if one.article_id))
        yield Turn("assistant", message.text, (), first.speaker if first else None, ids)


def _of_a_task(told: str) -> Snapshots:
    """A chat program's own task: nothing is searched."""
    yield Answer("", "", text=told, finished=True)


class _Form:
    """What all of one completion shares."""

    def __init__(self, chat: Chat, base: str) -> None:
        self.asked = chat.messages
        self.usage = bool(chat.stream_options and chat.stream_options.include_usage)
        self.base = base
        self.id, self.created = f"chatcmpl-{secrets.token_hex(12)}", int(time.time())

    def whole(self, answer: Answer) -> dict[str, Any]:
        """The completion."""
        message = {
            "role": "assistant",
            "content": content(answer),
            "refusal": None,
            "annotations": citations(answer, self.base),
        }
        only = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
        told = {"usage": self._usage(content(answer)), "newsroom": answer.to_dict()}
        return {**self._head("chat.completion"), "choices": [only], **told}

    def chunks(self, snapshots: Snapshots) -> Iterator[str]:
        """The completion in pieces, as server-sent events."""
        sent = ""
        yield self._chunk({"role": "assistant", "content": ""})
        for answer in snapshots:
            text = growing(answer, sent)
            if text == sent:
                yield ": still at work\n\n"
            else:
                yield self._chunk({"content": text.removeprefix(sent)})
            sent = text
        noted = {"annotations": citations(answer, self.base)}
        yield self._chunk(noted, "stop", newsroom=answer.to_dict())
        if self.usage:
            told = {"choices": [], "usage": self._usage(sent)}
            yield event("", {**self._head("chat.completion.chunk"), **told})
        yield f"data: {DONE}\n\n"

    def _chunk(self, delta: dict[str, Any], reason: str | None = None, **more: Any) -> str:
        only = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": reason}
        return event("", {**self._head("chat.completion.chunk"), "choices": [only], **more})

    def _head(self, kind: str) -> dict[str, Any]:
        return {"id": self.id, "object": kind, "created": self.created, "model": NAME}

    def _usage(self, text: str) -> dict[str, int]:
        asked = _tokens(message.text for message in self.asked)
        told = _tokens([text])
        return {"prompt_tokens": asked, "completion_tokens": told, "total_tokens": asked + told}


def _tokens(texts: Iterable[str]) -> int:
    return sum(passages.count(text) for text in texts)
