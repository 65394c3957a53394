"""The tools on the server that has accounts: who may call what, from where, how often."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from starlette.testclient import TestClient

from assistant.access.permissions import NO_EDITOR, UNKNOWN
from assistant.ask import Assistant
from assistant.errors import StoreFailed
from assistant.serve import __main__ as command
from assistant.serve.application import api, create
from assistant.settings import Settings
from tests.support.serving import HARBOUR, LIBRARY, running
from tests.support.serving_keys import bearer
from tests.support.serving_tools import Newsroom, newsroom_in
from tests.support.tools import HELLO, SPEAKS, call_at, complaint, text

FERRY = {"title": "Ferry late", "text": "The ferry is late, the pilot said.", "publisher": "Wire"}


@pytest.fixture
def newsroom(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Newsroom]:
    """With the settings that a test names."""
    with newsroom_in(tmp_path, **getattr(request, "param", {})) as made:
        yield made


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_at_ones_own_computer_a_client_old_or_new_asks_and_adds(
    assistant: Assistant, mode: str
) -> None:
    with running(api(assistant, mcp=True)) as address:
        added = call_at(address, "", "add_article", mode, **FERRY)
        answered = call_at(address, "", "ask_news", mode, question="Is the ferry late?")
    assert added.structured_content["status"] == "added"
    assert f"[1]\n> {FERRY['text']}" in text(answered)


def test_the_whole_server_has_the_tools_beside_its_page(assistant: Assistant) -> None:
    with running(create(assistant, mcp=True)) as address:
        assert call_at(address, "", "list_articles").structured_content["total"] == 0
        assert "gradio" in httpx.get(address).text
        looked = httpx.get(f"{address}/mcp", headers={"Accept": "text/event-stream"})
        assert (looked.status_code, looked.headers["allow"]) == (405, "POST")
        assert looked.json() == {"error": "GET is not what this address takes. It takes POST."}


def test_without_being_asked_the_server_has_no_tools(assistant: Assistant) -> None:
    asked = TestClient(api(assistant), "http://127.0.0.1")
    assert asked.post("/mcp", json=HELLO, headers=SPEAKS).status_code == 404


def test_who_shows_no_token_or_a_wrong_one_calls_nothing(newsroom: Newsroom) -> None:
    for headers in ({}, bearer("newsroom_made-up"), {"Accept": "text/html"}):
        refused = httpx.post(f"{newsroom.address}/mcp", json=HELLO, headers={**SPEAKS, **headers})
        assert refused.status_code == 401
        assert refused.json() == {"error": UNKNOWN}
        assert refused.headers["www-authenticate"].startswith("Bearer ")
    looked = httpx.get(f"{newsroom.address}/mcp", headers={"Accept": "text/html"})
    assert looked.status_code == 401


def test_a_read_token_reads_and_adds_nothing(newsroom: Newsroom) -> None:
    found = call_at(newsroom.address, newsroom.reads, "search_articles", question=LIBRARY)
    id = found.structured_content["passages"][0]["article_id"]
    for name, given in (("ask_news", {"question": HARBOUR}), ("read_article", {"article_id": id})):
        assert not call_at(newsroom.address, newsroom.reads, name, **given).is_error
    refused = call_at(newsroom.address, newsroom.reads, "add_article", **FERRY)
    assert complaint(refused) == NO_EDITOR
    assert len(newsroom.assistant.sources()) == 3
    assert newsroom.audit == []
    assert newsroom.number('newsroom_requests_refused_total{status="403"}') == 1


def test_a_write_token_adds_and_the_audit_says_who(newsroom: Newsroom) -> None:
    added = call_at(newsroom.address, newsroom.writes, "add_article", **FERRY)
    again = call_at(newsroom.address, newsroom.writes, "add_article", **FERRY)
    assert added.structured_content["status"] == "added"
    assert again.structured_content["status"] == "unchanged"
    (line,) = newsroom.audit
    assert line.pop("when")
    assert line == {
        "who": "token writes",
        "address": "127.0.0.1",
        "from": "mcp",
        "what": "add",
        "id": added.structured_content["id"],
        "title": "Ferry late",
        "outcome": "added",
    }


@pytest.mark.parametrize("newsroom", [{"article_bytes": 1_000}], indirect=True)
def test_an_article_larger_than_is_read_is_not_added(newsroom: Newsroom) -> None:
    large = {**FERRY, "text": "The ferry is late. " * 60}
    told = complaint(call_at(newsroom.address, newsroom.writes, "add_article", **large))
    assert "more than the 0.0 MB an article may have" in told
    assert len(newsroom.assistant.sources()) == 3


@pytest.mark.parametrize("newsroom", [{"visitor_questions": 2}], indirect=True)
def test_who_calls_too_often_is_told_when_to_come_again(newsroom: Newsroom) -> None:
    address, reads, writes = newsroom.address, newsroom.reads, newsroom.writes
    call_at(address, reads, "ask_news", question=HARBOUR)
    # The API and the tools count together.
    httpx.post(f"{address}/api/search", json={"question": HARBOUR}, headers=bearer(reads))
    for name in ("ask_news", "search_articles"):
        told = complaint(call_at(address, reads, name, question=HARBOUR))
        assert told.startswith("You may ask 2 questions a minute. Try again in ")
    assert not call_at(address, reads, "list_articles").is_error
    assert not call_at(address, writes, "ask_news", question=HARBOUR).is_error
    assert newsroom.number("newsroom_questions_total") == 2
    assert newsroom.number('newsroom_answers_total{status="answered"}') == 2
    assert newsroom.number('newsroom_requests_refused_total{status="429"}') == 2


@pytest.mark.parametrize("newsroom", [{"question_characters": 100}], indirect=True)
def test_a_question_longer_than_is_read_is_told(newsroom: Newsroom) -> None:
    for name in ("ask_news", "search_articles"):
        told = complaint(call_at(newsroom.address, newsroom.reads, name, question="x" * 101))
        assert "has 101 characters; at most 100 are read" in told


def test_what_fails_does_not_tell_of_the_servers_insides(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise StoreFailed("/srv/secret cannot be read.")

    monkeypatch.setattr(newsroom.assistant, "search", fail)
    told = complaint(call_at(newsroom.address, newsroom.reads, "search_articles", question=HARBOUR))
    assert "The store cannot be read or written now" in told
    assert "secret" not in told


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:80", ""])
def test_a_name_that_was_made_to_point_here_calls_nothing(assistant: Assistant, host: str) -> None:
    with TestClient(api(assistant, mcp=True), "http://127.0.0.1") as client:
        refused = client.post("/mcp", json=HELLO, headers={**SPEAKS, "Host": host})
        assert refused.status_code == 421


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "http://127.0.0.1"}, 200),
        ({}, 200),
    ],
)
def test_a_page_of_another_site_calls_nothing(
    assistant: Assistant, sent: dict[str, str], status: int
) -> None:
    with TestClient(api(assistant, mcp=True), "http://127.0.0.1") as client:
        assert client.post("/mcp", json=HELLO, headers={**SPEAKS, **sent}).status_code == status


def test_a_page_of_a_site_that_is_named_may_call_with_a_token(tmp_path: Path) -> None:
    made = Assistant(Settings(store=tmp_path, cors_origins="https://desk.example"))
    asks = {"Access-Control-Request-Method": "POST"}
    asks |= {"Access-Control-Request-Headers": "authorization,mcp-protocol-version,mcp-method"}
    client = TestClient(api(made, mcp=True), "http://127.0.0.1")
    for origin, status in (("https://desk.example", 200), ("https://evil.example", 400)):
        assert client.options("/mcp", headers={"Origin": origin, **asks}).status_code == status


def test_a_body_that_is_too_large_is_told_in_our_words(tmp_path: Path) -> None:
    made = Assistant(Settings(store=tmp_path, body_bytes=5_000_000))
    with TestClient(api(made, mcp=True), "http://127.0.0.1") as client:
        large = client.post("/mcp", content=iter([b"x" * 3_000_000] * 2), headers=SPEAKS)
        assert large.status_code == 413
        assert "5,000,000 bytes" in large.json()["error"]


def test_without_the_package_its_pip_command_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    monkeypatch.setenv("ASSISTANT_STORE", str(tmp_path))
    monkeypatch.setattr("sys.argv", ["serve", "--mcp", "--port", "0"])
    assert command.main() == 1
    told = capsys.readouterr().err
    assert "pip install 'newsroom-assistant[mcp]'" in told
    assert told.count("\n") == 1
