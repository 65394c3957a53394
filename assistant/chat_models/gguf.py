"""A GGUF file as a LangChain chat model that runs inside this process. Alone in knowing xllamacpp.

The package is the extra `[local]`. Nothing is downloaded: the file is named by its path.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import secrets
import threading
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.language_models.chat_models import generate_from_stream
from langchain_core.messages import AIMessageChunk, BaseMessage, convert_to_openai_messages
from langchain_core.outputs import ChatGenerationChunk, ChatResult
from pydantic import ConfigDict, PrivateAttr

from assistant.errors import ModelFailed

WAIT = 64  # pieces of a reply that may wait for their reader
MAGIC = b"GGUF"


class LocalChat(BaseChatModel):
    """The model in one GGUF file; one reply at a time, the others wait for their turn.

    `window` is how many tokens question and reply may have together, `most` those of a reply.
    Raises `ModelFailed` when the package is missing or the file is no model.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    path: Path
    window: int = 4096
    most: int = 400
    threads: int = os.cpu_count() or 1
    _server: Any = PrivateAttr(default=None)
    _turn: Any = PrivateAttr(default_factory=threading.Lock)

    def model_post_init(self, context: Any, /) -> None:
        """Load the file at once, so that a wrong one is found at the start."""
        super().model_post_init(context)
        self._server = _load(self)

    @property
    def _llm_type(self) -> str:
        return "local-gguf"

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        return generate_from_stream(self._stream(messages, stop, run_manager, **kwargs))

    def _stream(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> Iterator[ChatGenerationChunk]:
        """The reply in pieces. Whoever stops reading stops the model after its next piece.

        `grammar` (GBNF) and `response_format` (a JSON schema, as OpenAI writes it) are obeyed.
        """
        asked = {
            "messages": convert_to_openai_messages(messages),
            "stream": True,
            "temperature": 0,
            "max_tokens": self.most,
            **({"stop": stop} if stop else {}),
            **kwargs,
        }
        with self._turn, contextlib.closing(_events(self._server, json.dumps(asked))) as events:
            for event in events:
                piece = _text(event)
                if piece:
                    chunk = ChatGenerationChunk(message=AIMessageChunk(content=piece))
                    if run_manager:
                        run_manager.on_llm_new_token(piece, chunk=chunk)
                    yield chunk


def _load(model: LocalChat) -> Any:
    path = model.path
    try:
        with path.open("rb") as file:
            begins = file.read(len(MAGIC))
    except OSError as error:
        raise ModelFailed(
            f"The model file {path} cannot be read: {error.strerror}. "
            "Put the path of a GGUF file into ASSISTANT_MODEL, as local:PATH."
        ) from error
    if begins != MAGIC:
        raise ModelFailed(f"{path} is no GGUF file. Put one into ASSISTANT_MODEL, as local:PATH.")
    try:
        import xllamacpp
    except ImportError as error:
        raise ModelFailed(
            "A model in a file needs a package. Run: pip install 'newsroom-assistant[local]'"
        ) from error
    wanted = xllamacpp.CommonParams()
    wanted.model.path = str(path)
    wanted.n_ctx, wanted.n_parallel, wanted.n_predict = model.window, 1, model.most
    wanted.cpuparams.n_threads = wanted.cpuparams_batch.n_threads = model.threads
    wanted.warmup, wanted.use_jinja, wanted.offline, wanted.ui = False, True, True, False
    wanted.verbosity = -1
    # It listens on a loopback port of its own accord: nobody else may use that.
    wanted.api_keys = [secrets.token_hex(32)]
    try:
        return xllamacpp.Server(wanted)
    except Exception as error:
        raise ModelFailed(
            f"The model file {path} cannot be loaded ({type(error).__name__}). "
            "Is it whole, and is there memory for it?"
        ) from error


def _events(server: Any, asked: str) -> Generator[Any, None, None]:
    """What the server reports, from a thread that ends when this iterator is closed."""
    waiting: queue.Queue[Any] = queue.Queue(WAIT)
    stopped = threading.Event()
    done = object()

    def take(event: Any) -> bool:
        """Called with each event; true stops the model."""
        while not stopped.is_set():
            with contextlib.suppress(queue.Full):
                waiting.put(event, timeout=0.1)
                return False
        return True

    def run() -> None:
        try:
            server.handle_chat_completions(asked, take)
        except Exception as error:
            take(error)
        take(done)

    thread = threading.Thread(target=run, name="local-model", daemon=True)
    thread.start()
    try:
        while (event := waiting.get()) is not done:
            if isinstance(event, Exception):
                raise ModelFailed("The local model broke off. Try again.") from event
            yield event
    finally:
        stopped.set()
        thread.join()


def _text(event: Any) -> str:
    """The words of an event; raises `ModelFailed` when it is an error."""
    found = json.loads(event) if isinstance(event, str | bytes) else event
    for one in found if isinstance(found, list) else [found]:
        if "error" in one or one.get("code", 200) >= 400:
            told = one.get("error") or one
            told = told.get("message", told) if isinstance(told, dict) else told
            raise ModelFailed(f"The local model refused the question: {str(told)[:160]}.")
        if choices := one.get("choices"):
            return str(choices[0].get("delta", {}).get("content") or "")
    return ""
