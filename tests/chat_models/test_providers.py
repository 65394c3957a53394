"""A chat model that cannot be had or does not answer: one clear line, and no key in it."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from langchain_core.messages import HumanMessage

from assistant.chat_models import providers
from assistant.errors import BadSetting, ModelFailed, NoKey
from assistant.settings import Settings

KEY = "sk-very-secret-key"
Answer = Callable[[BaseHTTPRequestHandler], None]


@contextmanager
def serving(answer: Answer) -> Iterator[str]:
    """A server on loopback in OpenAI's shape."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            answer(self)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        server.shutdown()
        server.server_close()


def refuse(status: int) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        body = json.dumps({"error": {"message": f"Incorrect key {KEY}"}}).encode()
        handler.send_response(status)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def say(*words: str, finish: bool = True) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/event-stream")
        handler.send_header("Connection", "close")
        handler.end_headers()
        for word in words:
            delta = {"choices": [{"index": 0, "delta": {"role": "assistant", "content": word}}]}
            handler.wfile.write(f"data: {json.dumps(delta)}\n\n".encode())
        if finish:
            handler.wfile.write(b"data: [DONE]\n\n")
        handler.close_connection = True

    return answer


def wait(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(3)


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch) -> Callable[[Answer], str]:
    """The reply of OpenAI's own client to a server that answers so."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setattr(providers, "RETRIES", 0)

    def run(answer: Answer) -> str:
        with serving(answer) as address:
            monkeypatch.setenv("OPENAI_BASE_URL", address)
            settings = Settings(model="openai:any", model_seconds=2.0)
            model = providers.connect(settings)
            return "".join(providers.replies(model, [HumanMessage("Hello")], settings))

    return run


def test_the_reply_comes_in_pieces_from_a_real_client(ask: Callable[[Answer], str]) -> None:
    assert ask(say("The ", "bridge")) == "The bridge"


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (refuse(400), "refused the request"),
        (refuse(401), "refused the key"),
        (refuse(404), "does not know this model"),
        (refuse(429), "fewer questions a minute"),
        (refuse(500), "is failing \\(HTTP 500\\)"),
        (wait, "did not answer in time"),
        (lambda handler: handler.connection.close(), "cannot be reached|failed"),
    ],
    ids=["bad request", "key", "name", "rate", "server", "slow", "closed"],
)
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_each_failure_has_its_line(ask: Callable[[Answer], str], answer: Answer, told: str) -> None:
    with pytest.raises(ModelFailed, match=told) as failed:
        ask(answer)

    assert KEY not in str(failed.value)
    assert "\n" not in str(failed.value)


def test_a_server_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setattr(providers, "RETRIES", 0)
    settings = Settings(model="openai:any")

    with pytest.raises(ModelFailed, match="cannot be reached"):
        list(providers.replies(providers.connect(settings), [HumanMessage("Hello")], settings))


def test_a_missing_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)

    with pytest.raises(NoKey, match="needs a key"):
        providers.connect(Settings(model="openai:any"))


def test_a_missing_package_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "langchain_ollama", None)

    with pytest.raises(ModelFailed, match=r"pip install 'newsroom-assistant\[ollama\]'"):
        providers.connect(Settings(model="ollama:any"))


def test_a_provider_that_nobody_knows() -> None:
    with pytest.raises(ModelFailed, match="names no provider"):
        providers.connect(Settings(model="nonesuch:any"))


def test_a_string_that_names_no_provider_is_told_at_the_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ASSISTANT_MODEL", "nonsense")

    with pytest.raises(BadSetting, match="ASSISTANT_MODEL is 'nonsense': write PROVIDER:NAME"):
        Settings.from_env()
