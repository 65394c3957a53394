"""The tools where they are really served: over a pipe to a process, and over HTTP on loopback."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import anyio
import httpx
import pytest
from mcp import Client
from mcp.client.stdio import StdioServerParameters

from assistant.ask import Assistant
from assistant.errors import BadSetting
from assistant.mcp.__main__ import main
from assistant.mcp.mcp_server import create
from assistant.mcp.transports import address, listen, over_http
from assistant.records import Article
from assistant.settings import Settings
from tests.support.tools import HELLO, SPEAKS, running, text

Write = Callable[..., Article]
QUESTION = "Why did Jens Ode close the Arden bridge?"
WORDS = "Jens Ode closed the Arden bridge because two of its cables had rusted through."
ROOT = Path(__file__).parents[2]


def test_over_standard_streams_a_question_is_answered_and_nothing_else_is_said(
    tmp_path: Path, write: Write
) -> None:
    made = Assistant(Settings(store=tmp_path / "store"))
    made.add(write(WORDS))
    made.close()
    environment = {"PYTHONPATH": str(ROOT), "ASSISTANT_STORE": str(tmp_path / "store")}
    command = [sys.executable, "-m", "assistant.mcp"]
    served = StdioServerParameters(command=command[0], args=command[1:], env=environment)
    heard: list[object] = []

    async def hear(message: object) -> None:
        heard.append(message)

    async def talk() -> tuple[set[str], str]:
        async with Client(served, message_handler=hear) as client:
            tools = {tool.name for tool in (await client.list_tools()).tools}
            return tools, text(await client.call_tool("ask_news", {"question": QUESTION}))

    tools, told = anyio.run(talk)
    reading = {"ask_news", "search_articles", "check_quotations", "read_article", "list_articles"}
    assert tools == reading
    assert f"[1]\n> {WORDS}" in told
    assert heard == []  # a line that is no message would be heard here as an error


@pytest.fixture
def served(assistant: Assistant, write: Write) -> Iterator[str]:
    """The address of a server over HTTP."""
    assistant.add(write(WORDS))
    with listen("127.0.0.1:0") as listening:
        where = address(listening)
        with running(over_http(create(assistant), listening), listening):
            yield where


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_over_http_a_client_old_or_new_is_answered(served: str, mode: str) -> None:
    async def talk() -> str:
        async with Client(served, mode=mode) as client:
            assert "ask_news" in {tool.name for tool in (await client.list_tools()).tools}
            return text(await client.call_tool("ask_news", {"question": QUESTION}))

    assert f"[1]\n> {WORDS}" in anyio.run(talk)


def test_over_http_several_clients_ask_at_once(served: str) -> None:
    answers: list[str] = []

    async def ask() -> None:
        async with Client(served) as client:
            answers.append(text(await client.call_tool("ask_news", {"question": QUESTION})))

    async def talk() -> None:
        async with anyio.create_task_group() as group:
            for _ in range(6):
                group.start_soon(ask)

    anyio.run(talk)
    assert len(answers) == 6
    assert set(answers) == {answers[0]}
    assert f"[1]\n> {WORDS}" in answers[0]


@pytest.mark.parametrize(
    ("header", "status"),
    [
        ({"Host": "evil.example"}, 421),
        ({"Host": "127.0.0.1.evil.example:80"}, 421),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({}, 200),
    ],
)
def test_a_page_of_another_site_is_refused(
    served: str, header: dict[str, str], status: int
) -> None:
    assert httpx.post(served, json=HELLO, headers={**SPEAKS, **header}).status_code == status


@pytest.mark.parametrize(
    "place", ["0.0.0.0:8765", "[::]:8765", "192.0.2.7:80", "harbour.example:1"]
)
def test_an_address_that_others_reach_is_refused(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ASSISTANT_STORE", str(tmp_path))
    assert main(["--http", place]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith(f"Error: --http {place} is refused")
    assert "python -m assistant.serve --mcp" in told.err
    assert told.err.count("\n") == 1


@pytest.mark.parametrize(
    "place", ["nonsense", "127.0.0.1", "127.0.0.1:99999", "http://127.0.0.1:1"]
)
def test_what_is_no_place_to_listen_is_told(place: str) -> None:
    with pytest.raises(BadSetting, match=r"Write it as 127\.0\.0\.1:8765"):
        listen(place)


def test_a_port_that_is_taken_is_told() -> None:
    with listen("localhost:0") as first, pytest.raises(BadSetting, match="cannot be used"):
        listen(f"127.0.0.1:{first.getsockname()[1]}")


def test_without_the_package_its_pip_command_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert main([]) == 1
    assert "pip install 'newsroom-assistant[mcp]'" in capsys.readouterr().err
