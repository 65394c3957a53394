"""The server on a free loopback port, and what it is asked about."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.page.listen_address import listen
from assistant.serve.application import api
from assistant.serve.run_server import Server

HARBOUR = "When will the harbour close for repairs?"
LIBRARY = "What will the library lend from June?"
UNKNOWN = "Who painted the lighthouse of Norrland green?"
# Asked after the harbour: "he" is whom that answer quoted.
FOLLOW_UP = {
    "question": "What did he say about wages?",
    "history": [
        {"role": "user", "text": HARBOUR},
        {"role": "assistant", "text": "On Monday. [1]", "speaker": "Jens Doe"},
    ],
}
OPERATIONS = (
    "POST /api/answer",
    "POST /api/search",
    "POST /api/check",
    "GET /api/articles",
    "POST /api/articles",
    "GET /api/articles/{id}",
    "DELETE /api/articles/{id}",
    "GET /v1/models",
    "GET /v1/models/{name}",
    "POST /v1/chat/completions",
    "GET /healthz",
    "GET /readyz",
    "GET /metrics",
)


def client(assistant: Any) -> TestClient:
    """Asks the API in this process; what is unexpected becomes a 500 as it would for anyone."""
    return TestClient(api(assistant), "http://127.0.0.1", raise_server_exceptions=False)


@contextlib.contextmanager
def running(app: FastAPI) -> Iterator[str]:
    """Serve; yields the address."""
    answering = threading.Event()
    listening = listen("127.0.0.1", 0)
    server = Server(app, listening, answering.set)
    thread = threading.Thread(target=server.serve_on)
    thread.start()
    try:
        assert answering.wait(60)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
