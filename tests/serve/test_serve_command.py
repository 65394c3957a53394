"""python -m assistant.serve, as a process of its own."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from assistant.ask import Assistant
from assistant.serve import __main__ as command
from assistant.settings import Settings
from assistant.sources.build_article import article
from tests.support.misbehaving import Act, Connection, Server
from tests.support.serving import HARBOUR

WORDS = "The harbour will close on Monday for repairs, harbour master Jens Doe said."
SAYS = "The harbour will close on Monday for repairs [1]."


@contextlib.contextmanager
def process(store: Path, **more: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The command, once it answers; and its address."""
    settings = {"ASSISTANT_STORE": str(store), **more}
    with subprocess.Popen(
        [sys.executable, "-m", "assistant.serve", "--port", "0"],
        env={**os.environ, **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as started:
        try:
            assert started.stdout
            line = started.stdout.readline()
            told = re.fullmatch(r"The newsroom assistant is at (\S+) \(Ctrl-C ends it\)\n", line)
            assert told, line + (started.stderr.read() if started.stderr else "")
            yield started, told[1]
        finally:
            started.kill()


def writing(asked: threading.Event, go_on: threading.Event) -> Act:
    """A chat model that is asked, and writes when it is told to go on."""
    chunk = {"object": "chat.completion.chunk", "choices": [{"index": 0, "delta": {}}]}
    said = {**chunk, "choices": [{"index": 0, "delta": {"role": "assistant", "content": SAYS}}]}
    done = {**chunk, "choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}
    events = "".join(
        f"data: {json.dumps({'id': 'x', 'created': 1, 'model': 'm', **one})}\n\n"
        for one in (said, done)
    )

    def act(connection: Connection) -> None:
        asked.set()
        assert go_on.wait(60)
        start = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"
        connection.send(f"{start}{events}data: [DONE]\n\n".encode())

    return act


def refuses(address: str) -> bool:
    """Whether the server takes no new connection, within a minute."""
    ends = time.monotonic() + 60
    while time.monotonic() < ends:
        try:
            httpx.get(f"{address}/healthz")
        except httpx.ConnectError:
            return True
    return False


def test_a_server_that_is_told_to_end_finishes_its_answers_and_ends(
    tmp_path: Path, server: Server
) -> None:
    assistant = Assistant(Settings(store=tmp_path / "store"))
    assistant.add(article(title="Harbour to close", text=WORDS, publisher="Harbour Wire"))
    assistant.close()
    asked, go_on = threading.Event(), threading.Event()
    server.says("/v1/chat/completions", writing(asked, go_on))
    model = {
        "ASSISTANT_MODEL": "openai:m",
        "OPENAI_BASE_URL": server.url("/v1"),
        "OPENAI_API_KEY": "none",
    }
    with process(tmp_path / "store", **model) as (started, address), ThreadPoolExecutor(1) as pool:
        page = httpx.get(address)  # an open tab keeps a connection, and keeps nobody waiting
        with httpx.stream("GET", f"{address}/gradio_api/heartbeat/tab", timeout=60) as tab:
            next(tab.iter_lines())
            reply = pool.submit(
                httpx.post, f"{address}/api/answer", json={"question": HARBOUR}, timeout=60
            )
            assert asked.wait(60)
            started.send_signal(signal.SIGTERM)
            assert refuses(address)
            go_on.set()
            answer = reply.result(60).json()
            assert started.wait(60) == 0
        assert started.stderr
        assert {json.loads(line)["level"] for line in started.stderr.readlines()} == {"info"}
    assert page.status_code == 200
    assert answer["writer"] == "openai:m"
    assert SAYS.split(" [")[0] in answer["text"]


def test_a_port_in_use_is_one_clean_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ASSISTANT_STORE", str(tmp_path / "store"))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        monkeypatch.setattr("sys.argv", ["serve", "--port", port])
        assert command.main() == 1
    assert capsys.readouterr().err == (
        f"Port {port} of 127.0.0.1 cannot be used: Address already in use. "
        "Choose another with --port, or any free one with --port 0.\n"
    )


def test_a_missing_package_is_one_clean_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ASSISTANT_STORE", str(tmp_path / "store"))
    for name in [name for name in sys.modules if name.startswith("assistant.serve.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "prometheus_client", None)
    monkeypatch.setattr("sys.argv", ["serve", "--port", "0"])
    assert command.main() == 1
    assert capsys.readouterr().err == (
        "The server needs prometheus_client. Run: pip install 'newsroom-assistant[serve]'\n"
    )


def test_the_help_tells_what_is_served_and_how_to_try_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["serve", "--help"])
    with pytest.raises(SystemExit):
        command.main()
    told = capsys.readouterr().out
    for words in ("--host", "--port", "--open", "--mcp", "/api/answer", "/v1", "/mcp", "curl"):
        assert words in told
