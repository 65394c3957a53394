"""The page as a part of the server: everything works there that works with app.py."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from gradio_client import Client, handle_file

import app
from assistant.access.visitor_cookie import COOKIE
from assistant.page import layout
from assistant.serve.application import create
from assistant.serve.security_headers import HEADERS
from tests.support.page_server import serving, stocked
from tests.support.serving import HARBOUR, running


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    assistant = stocked(tmp_path_factory.mktemp("served"))
    with running(create(assistant)) as address:
        yield address
    assistant.close()


@pytest.fixture
def client(address: str) -> Iterator[Client]:
    made = Client(address, verbose=False)
    yield made
    made.close()


def test_the_page_answers_and_the_server_counts_it(client: Client, address: str) -> None:
    message, panel = client.predict(HARBOUR, api_name="/ask")
    assert "The harbour will close on" in message
    assert "<mark" in panel
    assert 'newsroom_answers_total{status="answered"} 1.0' in httpx.get(f"{address}/metrics").text


NUMBERED = {"app_id", "root", "components", "dependencies", "layout", "page"}


def config(address: str) -> dict[str, Any]:
    """What the page is told of itself."""
    page = httpx.get(address).text
    _, told = page.split("window.gradio_config = ")
    found: dict[str, Any] = json.loads(told.split(";</script>")[0])
    return found


def parts(told: dict[str, Any]) -> list[tuple[Any, ...]]:
    keys = ("label", "elem_id", "placeholder", "info", "visible")
    return [(one["type"], *map(one["props"].get, keys)) for one in told["components"]]


def test_the_page_is_the_same_as_with_the_other_door(address: str, tmp_path: Path) -> None:
    served = config(address)
    with serving(stocked(tmp_path)) as other:
        alone = config(other)
    for name in (served.keys() | alone.keys()) - NUMBERED:
        assert (served[name] or None) == (alone[name] or None), name
    assert parts(served) == parts(alone) != []
    assert len(served["dependencies"]) == len(alone["dependencies"])
    for file in ("page.css", "page.js"):
        assert (layout.FILES / file).read_text("utf-8") in served["head"]


def test_a_browser_gets_its_cookie_and_our_headers_with_the_page_alone(address: str) -> None:
    page, api = httpx.get(address), httpx.get(f"{address}/api/articles")
    assert COOKIE in page.cookies
    assert COOKIE not in api.cookies
    for reply in (page, api):
        assert {name: reply.headers[name] for name in HEADERS} == HEADERS


def test_files_are_added_through_the_page(client: Client, address: str, tmp_path: Path) -> None:
    file = tmp_path / "mill.txt"
    file.write_text("Mill to reopen\n\nThe old mill of Vellane will reopen in May, its owner said.")
    told = client.predict([handle_file(file)], api_name="/add_files")
    assert "mill.txt" in str(told)
    found = httpx.get(f"{address}/api/articles", params={"query": "mill"}).json()
    assert found["total"] == 1


def test_an_upload_that_is_too_large_is_refused(address: str) -> None:
    sent = {"files": ("big.txt", b"x" * 52_428_801)}
    reply = httpx.post(f"{address}/gradio_api/upload", files=sent, timeout=60)
    assert reply.status_code == 413


def test_the_servers_own_files_are_not_to_be_had(address: str) -> None:
    for path in ("/etc/hostname", app.__file__, layout.__file__):
        assert httpx.get(f"{address}/gradio_api/file={path}").status_code == 403
