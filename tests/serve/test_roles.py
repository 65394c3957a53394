"""The chat page behind the door: kept under a login, changed by editors, refused kindly."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from gradio_client import Client

from assistant.access.identity import ByFile
from assistant.access.limits import Limits
from assistant.access.permissions import NO_EDITOR, Visit, Who
from assistant.ask import Assistant
from assistant.embedding.embedder import Embedder
from assistant.errors import NotAllowed
from assistant.page import layout
from assistant.page.chat_actions import Page, Talk
from assistant.page.library_actions import LibraryActions
from assistant.page.listen_address import listen
from assistant.serve.middleware import middleware
from assistant.settings import Settings
from tests.support.hashing import HashingEmbeddings
from tests.support.page_server import stocked
from tests.support.serving import LIBRARY
from tests.support.serving_keys import HASHER, PASSWORD, accounts_in, bearer

QUESTION = "When will the harbour close for repairs?"
READER = Visit(Who("bob", frozenset({"read"})))


@contextmanager
def serving(settings: Settings) -> Iterator[str]:
    """The page behind the door, on a real socket."""
    assistant = Assistant(settings)
    assistant.embedder = Embedder(settings, HashingEmbeddings())
    layers = middleware(settings)
    for layer in layers:
        identifies = layer.kwargs.get("identifies")
        if isinstance(identifies, ByFile):
            identifies.accounts.hasher = HASHER
    app = FastAPI(middleware=layers)
    config = uvicorn.Config(app, log_config=None, proxy_headers=False, timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)

    layout.mount(app, assistant)
    with listen("127.0.0.1", 0) as opened:
        thread = threading.Thread(target=server.run, args=[[opened]])
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{opened.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(30)
            assistant.close()


def test_the_page_knows_who_asks_and_lets_editors_alone_change_it(tmp_path: Path) -> None:
    stocked(tmp_path).close()
    accounts = accounts_in(tmp_path)
    reads = bearer(accounts.add_token("reads", "read"))
    writes = bearer(accounts.add_token("writes", "write"))
    settings = Settings(store=tmp_path / "store", auth=f"file:{accounts.path}")
    with serving(settings) as address:
        looked = httpx.get(address, headers={"Accept": "text/html"})
        assert looked.headers["location"] == "/login?next=%2F"
        assert httpx.get(f"{address}/config").status_code == 401
        joined = httpx.post(f"{address}/gradio_api/queue/join", json={"data": []})
        assert joined.status_code == 401

        reader = Client(address, headers=reads, verbose=False)
        editor = Client(address, headers=writes, verbose=False)
        assert "harbour" in str(reader.predict(QUESTION, api_name="/ask")).lower()
        text = ("Ferry late", "The ferry is late, the pilot said.", "Wire", "2022-03-08")
        assert NO_EDITOR in reader.predict(*text, api_name="/add_text")
        assert NO_EDITOR in reader.predict("http://127.0.0.1:1/x", api_name="/add_addresses")
        assert "Ferry late" in editor.predict(*text, api_name="/add_text")
        reader.close()
        editor.close()
    (line,) = (tmp_path / "store" / "audit.jsonl").read_text().splitlines()
    told = json.loads(line)
    assert (told["who"], told["from"], told["outcome"]) == ("token writes", "page", "added")
    assistant = Assistant(settings)
    kept = assistant.store.conversations
    assert [one.name for one in kept.listed("login token reads", "")] == [QUESTION]
    assert kept.listed("login token writes", "") == []
    assistant.close()


def test_a_session_opens_the_page_to_its_own_scripts_alone(tmp_path: Path) -> None:
    stocked(tmp_path).close()
    accounts = accounts_in(tmp_path)
    settings = Settings(store=tmp_path / "store", auth=f"file:{accounts.path}")
    with serving(settings) as address, httpx.Client(base_url=address) as browser:
        form = browser.get("/login").text.partition('name="form" value="')[2][:64]
        filled = {"name": "bob", "password": PASSWORD, "form": form}
        own = {"Origin": address}
        assert browser.post("/login", data=filled, headers=own).status_code == 303
        page = browser.get("/", headers={"Accept": "text/html"})
        assert "gradio" in page.text
        asked = {"data": [QUESTION]}
        foreign = browser.post("/gradio_api/call/ask", json=asked, headers={"Origin": "http://x"})
        assert foreign.status_code == 403
        assert browser.post("/gradio_api/call/ask", json=asked, headers=own).status_code == 200
        upload = browser.post("/gradio_api/upload", files={"files": b"x"}, headers=own)
        assert upload.status_code == 403
        read = browser.get("/config", headers={"Origin": "http://x"})
        assert not [name for name in read.headers if name.startswith("access-control")]


def test_a_reader_changes_nothing_by_any_handler(tmp_path: Path) -> None:
    actions = LibraryActions(stocked(tmp_path))
    before = actions.assistant.sources()
    said, gone = actions.remove(before[0].id, READER)
    assert (NO_EDITOR in said, gone) == (True, None)
    article = actions.assistant.article(before[0].id)
    for told in (
        actions.add([article], READER),
        actions.add_files([str(tmp_path)], READER),
        actions.add_addresses("http://127.0.0.1:1/", READER),
        actions.add_text("Title", "Some words to be read.", "", "", READER),
    ):
        assert NO_EDITOR in "".join(told)
    assert actions.assistant.sources() == before
    with pytest.raises(NotAllowed):
        READER.needs("write")


def test_too_many_files_at_once_are_refused(tmp_path: Path) -> None:
    actions = LibraryActions(stocked(tmp_path))
    (told,) = actions.add_files(["a.txt"] * 201)
    assert "These are 201 files; at most 200 are added at once." in told


def test_the_page_says_kindly_that_it_is_too_much(tmp_path: Path) -> None:
    page = Page(stocked(tmp_path))
    bob = Visit(READER.who, limits=Limits(Settings(store=tmp_path, visitor_questions=1)))
    *_, (answer, _, _) = page.ask(QUESTION, [], Talk(), bob)
    assert "harbour master" in answer
    ((problem, panel, _),) = page.ask(QUESTION, [], Talk(), bob)
    assert "You may ask 1 questions a minute. Try again in" in problem
    assert 'role="alert"' in problem
    assert panel == ""
    ((long, _, _),) = page.ask("x" * 2_001, [], Talk(), bob)
    assert "at most 2,000 are read" in long


def suggested(address: str, asked: Client, headers: dict[str, str]) -> list[object]:
    """What the page's inner function offers to whoever calls it as the page does."""
    joined = httpx.get(f"{address}/config", headers=headers).json()["dependencies"]
    (place,) = [one["id"] for one in joined if one["api_name"] == "suggest"]
    told = {"type": "text", "text": '<p class="steps"></p>'}
    finished = {"role": "assistant", "content": [told]}
    body = {"data": [[finished], None], "fn_index": place, "session_hash": asked.session_hash}
    queue = f"{address}/gradio_api/queue"
    assert httpx.post(f"{queue}/join", json=body, headers=headers).status_code == 200
    hash = {"session_hash": asked.session_hash}
    with httpx.stream("GET", f"{queue}/data", params=hash, headers=headers, timeout=60) as sent:
        events = (json.loads(line[6:]) for line in sent.iter_lines() if line.startswith("data: "))
        (done,) = [one for one in events if one["msg"] == "process_completed"]
    samples: list[object] = done["output"]["data"][0]["samples"]
    return samples


def test_who_calls_for_further_questions_without_end_gets_none(tmp_path: Path) -> None:
    stocked(tmp_path).close()
    accounts = accounts_in(tmp_path)
    reads = bearer(accounts.add_token("reads", "read"))
    given = {"auth": f"file:{accounts.path}", "visitor_questions": 2}
    with serving(Settings(store=tmp_path / "store", **given)) as address:
        reader = Client(address, headers=reads, verbose=False)
        reader.predict(LIBRARY, api_name="/ask")
        offered = [suggested(address, reader, reads) for _ in range(3)]
        reader.predict(LIBRARY, api_name="/ask")  # offers take no question away
        reader.close()
    assert offered == [[["What did Jens Doe say?"]], [["What did Jens Doe say?"]], []]


def test_nothing_is_offered_while_others_wait_for_answers(tmp_path: Path) -> None:
    page, talk = Page(stocked(tmp_path)), Talk("login bob")
    *_, (_, _, id) = page.ask(LIBRARY, [], talk, READER)
    talk, limits = Talk("login bob", id), Limits(Settings(store=tmp_path, answers=1))
    bob = Visit(READER.who, limits=limits)
    ticket = limits.asking.join("ann")
    assert page.suggest(talk, bob) == []
    limits.asking.leave(ticket)
    assert page.suggest(talk, bob) == ["What did Jens Doe say?"]


def test_who_waits_sees_the_place_on_the_page(tmp_path: Path) -> None:
    page = Page(stocked(tmp_path))
    limits = Limits(Settings(store=tmp_path, answers=1))
    ticket = limits.asking.join("ann")
    asked = page.ask(QUESTION, [], Talk(), Visit(READER.who, limits=limits))
    waiting, _, _ = next(asked)
    assert "yours is the next question" in waiting
    limits.asking.leave(ticket)
    *_, (answer, _, _) = asked
    assert "harbour master" in answer


def test_a_conversation_longer_than_is_read_is_kept_whole(tmp_path: Path) -> None:
    page = Page(stocked(tmp_path))
    by = Visit(READER.who, limits=Limits(Settings(store=tmp_path, history_turns=2)))
    talk, messages = Talk("login bob"), list[dict[str, str]]()
    for _ in range(3):
        *_, (message, _, id) = page.ask(QUESTION, messages, talk, by)
        talk = Talk("login bob", id)
        messages += [{"role": "user", "content": QUESTION}]
        messages += [{"role": "assistant", "content": message}]
    assert len(page.answers(talk)) == 3
