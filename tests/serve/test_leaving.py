"""A reader who leaves stops the work, and a server that is told to end does end."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from typing import Any

import httpx
import pytest

from assistant.ask import Assistant
from assistant.records import Answer
from assistant.serve.application import api
from assistant.serve.openai_schema import NAME
from tests.support.page_server import stocked
from tests.support.serving import HARBOUR, running

CHAT = {"model": NAME, "messages": [{"role": "user", "content": HARBOUR}]}


class Endless:
    """Snapshots without an end; knows when somebody began, and stopped, reading them."""

    def __init__(self) -> None:
        self.begun, self.closed = threading.Event(), threading.Event()

    def __call__(self, snapshots: Iterator[Answer]) -> Iterator[Answer]:
        try:
            for one in snapshots:
                self.begun.set()
                while not self.closed.wait(0.01):
                    yield one
        finally:
            self.closed.set()


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    made = stocked(tmp_path_factory.mktemp("leaving"))
    yield made
    made.close()


@pytest.fixture
def endless(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, Endless]]:
    served = api(assistant)
    monkeypatch.setattr(assistant, "measured", made := Endless())
    with running(served) as address:
        yield address, made
        made.closed.set()


@pytest.mark.parametrize(
    ("path", "body", "accept"),
    [
        ("/api/answer", {"question": HARBOUR}, "text/event-stream"),
        ("/v1/chat/completions", {**CHAT, "stream": True}, "text/event-stream"),
    ],
)
def test_a_reader_who_leaves_a_stream_stops_the_work(
    endless: tuple[str, Endless], path: str, body: dict[str, Any], accept: str
) -> None:
    address, made = endless
    with httpx.stream(
        "POST", f"{address}{path}", json=body, headers={"Accept": accept}, timeout=60
    ) as reply:
        next(reply.iter_lines())
    assert made.closed.wait(60)


@pytest.mark.parametrize(
    ("path", "body"), [("/api/answer", {"question": HARBOUR}), ("/v1/chat/completions", CHAT)]
)
def test_a_reader_who_does_not_wait_for_the_whole_stops_the_work(
    endless: tuple[str, Endless], path: str, body: dict[str, Any]
) -> None:
    address, made = endless
    with closing(HTTPConnection(address.removeprefix("http://"))) as asking:
        asking.request("POST", path, json.dumps(body), {"Content-Type": "application/json"})
        assert made.begun.wait(60)
    assert made.closed.wait(60)


STUCK = """
import os, signal, threading, time, urllib.request
from fastapi import FastAPI
from assistant.page.listen_address import listen
from assistant.serve import run_server

run_server.GRACE, run_server.LAST = 1, 2
from types import SimpleNamespace
app, listening = FastAPI(), listen("127.0.0.1", 0)

app.state.metrics, app.state.let_go = SimpleNamespace(in_hand=1), None

@app.get("/")
def stuck():
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(600)

def ask():
    urllib.request.urlopen(f"http://127.0.0.1:{listening.getsockname()[1]}/")

asking = threading.Thread(target=ask, daemon=True)
run_server.Server(app, listening, asking.start).serve_on()
"""


def test_an_answer_that_never_comes_does_not_keep_a_server_from_ending() -> None:
    ended = subprocess.run([sys.executable, "-c", STUCK], capture_output=True, timeout=280)
    assert ended.returncode == 1
