"""A chat model that says what it is told to, and remembers what it was asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult


class Scripted(BaseChatModel):
    """Gives its `replies` in turn, word by word; an exception among them is raised."""

    replies: list[Any]
    prompts: list[list[BaseMessage]] = []  # noqa: RUF012  # pydantic copies it
    closed: list[bool] = []  # noqa: RUF012

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def _generate(self, messages: list[BaseMessage], *_: Any, **__: Any) -> ChatResult:
        self.prompts.append(messages)
        return ChatResult(generations=[ChatGeneration(message=AIMessage(self._next()))])

    def _stream(
        self, messages: list[BaseMessage], *_: Any, **__: Any
    ) -> Iterator[ChatGenerationChunk]:
        self.prompts.append(messages)
        try:
            for piece in re.findall(r"\s*\S+|\s+$", self._next()):
                yield ChatGenerationChunk(message=AIMessageChunk(piece))
        finally:
            self.closed.append(True)

    def _next(self) -> str:
        reply = self.replies.pop(0)
        if isinstance(reply, Exception):
            raise reply
        return str(reply)
