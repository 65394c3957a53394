"""Calls of the server's tools that take long: in line, given up, and finished at the end."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import anyio
import pytest
from anyio import to_thread

from assistant.records import Answer
from tests.support.serving import HARBOUR
from tests.support.serving_tools import Newsroom, newsroom_in
from tests.support.tools import client_at, text

ROOT = Path(__file__).parents[2]


@pytest.fixture
def newsroom(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Newsroom]:
    """With the settings that a test names."""
    with newsroom_in(tmp_path, **getattr(request, "param", {})) as made:
        yield made


class Held:
    """Snapshots of which the second comes when `go_on` is set, and then others without an end."""

    def __init__(self) -> None:
        self.begun, self.go_on, self.closed = (threading.Event() for _ in range(3))
        self.endless = False

    def __call__(self, snapshots: Iterator[Answer]) -> Iterator[Answer]:
        try:
            for one in snapshots:
                yield one
                self.begun.set()
                while self.endless and not self.go_on.wait(0.01):
                    yield one
                assert self.go_on.wait(60)
        finally:
            self.closed.set()


@pytest.fixture
def held(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> Iterator[Held]:
    monkeypatch.setattr(newsroom.assistant, "measured", made := Held())
    yield made
    made.go_on.set()


@pytest.mark.parametrize("newsroom", [{"answers": 1, "waiting": 1}], indirect=True)
@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_calls_stand_in_the_servers_line_and_are_told_their_place(
    newsroom: Newsroom, held: Held, mode: str
) -> None:
    heard, waits = list[str | None](), threading.Event()
    answers = list[str]()

    async def progress(done: float, total: float | None, message: str | None) -> None:
        heard.append(message)
        waits.set()

    async def ask(token: str, **more: object) -> None:
        async with client_at(newsroom.address, token, mode) as client:
            given = {"question": HARBOUR}
            answers.append(text(await client.call_tool("ask_news", given, **more)))

    async def talk() -> None:
        async with anyio.create_task_group() as group:
            group.start_soon(ask, newsroom.reads)
            await to_thread.run_sync(held.begun.wait, 30)
            group.start_soon(lambda: ask(newsroom.writes, progress_callback=progress))
            await to_thread.run_sync(waits.wait, 30)
            await ask(newsroom.reads)
            held.go_on.set()

    anyio.run(talk)
    assert "yours is the next question" in str(heard[0])
    full, *finished = answers
    assert full.startswith("So many readers are asking that no more can wait in line. Try again in")
    assert all(told.startswith("Status: answered") for told in finished)
    assert len(finished) == 2


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_a_client_that_goes_away_stops_the_work(newsroom: Newsroom, held: Held, mode: str) -> None:
    held.endless = True

    async def leave() -> None:
        async with anyio.create_task_group() as group:

            async def ask() -> None:
                async with client_at(newsroom.address, newsroom.reads, mode) as client:
                    await client.call_tool("ask_news", {"question": HARBOUR})

            group.start_soon(ask)
            await to_thread.run_sync(held.begun.wait, 30)
            group.cancel_scope.cancel()

    anyio.run(leave)
    assert held.closed.wait(30)
    assert not held.go_on.is_set()


ENDING = """
import os, signal, sys, threading, time
from pathlib import Path
from assistant.page.listen_address import listen
from assistant.serve.application import api
from assistant.serve.run_server import Server
from tests.support.page_server import stocked

assistant, listening = stocked(Path(sys.argv[1])), listen("127.0.0.1", 0)
app, both = api(assistant, mcp=True), threading.Barrier(2)

def measured(snapshots):
    yield next(snapshots)
    if both.wait(30) == 0:
        os.kill(os.getpid(), signal.SIGTERM)
    while not server.should_exit:
        time.sleep(0.01)
    time.sleep(1.5)  # longer than it takes a stream that would break off to notice
    yield from snapshots

assistant.measured = measured
server = Server(app, listening, lambda: print(listening.getsockname()[1], flush=True))
server.serve_on()
assistant.close()
"""


def test_a_server_that_is_told_to_end_finishes_the_answers_of_tools(tmp_path: Path) -> None:
    answers = list[str]()

    async def ask(address: str, mode: str) -> None:
        async with client_at(address, "", mode) as client:
            await client.list_tools()  # which a client looks up in the end, if it has not
            answers.append(text(await client.call_tool("ask_news", {"question": HARBOUR})))

    async def talk(address: str) -> None:
        async with anyio.create_task_group() as group:
            group.start_soon(ask, address, "auto")
            group.start_soon(ask, address, "legacy")

    ending = [sys.executable, "-c", ENDING, str(tmp_path)]
    with subprocess.Popen(ending, cwd=ROOT, stdout=subprocess.PIPE, text=True) as started:
        assert started.stdout
        anyio.run(talk, f"http://127.0.0.1:{started.stdout.readline().strip()}")
        assert started.wait(10) == 0
    assert len(answers) == 2
    assert all(told.startswith("Status: answered") for told in answers)
