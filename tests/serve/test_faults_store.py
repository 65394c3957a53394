"""PostgreSQL or Chroma's server stopped and restarted around a question that comes over HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from assistant.ask import Assistant
from assistant.embedding.embedder import Embedder
from assistant.errors import StoreFailed
from assistant.serve.error_responses import KINDS
from assistant.sources.build_article import article
from assistant.store import maintenance
from assistant.store import store as stores
from assistant.store.chroma import ChromaIndex
from assistant.store.exact_search import ExactIndex
from assistant.store.tables import reading
from tests.serve.test_health_routes import numbers
from tests.support.faults import BODY, CHAT, EVENTS, NEW, WAYS, answered, line, once, sent
from tests.support.hashing import HashingEmbeddings
from tests.support.page_server import ARTICLES
from tests.support.servers import ChromaServer, Postgres
from tests.support.serving import client

POSTGRES = pytest.mark.parametrize("settings", ["postgres"], indirect=True)
CHROMA = pytest.mark.parametrize("settings", ["chroma"], indirect=True)
AWAY = KINDS[StoreFailed][1]


@pytest.fixture
def asked(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """The server over a store with articles; a Chroma that was away is asked again at once."""
    monkeypatch.setattr("assistant.store.chroma_server.AGAIN", 0.0)
    assistant.add(
        article(id=f"news-{n}", title=title, text=text, publisher=publisher)
        for n, (title, text, publisher) in enumerate(ARTICLES)
    )
    return client(assistant)


@contextmanager
def away(server: Postgres | ChromaServer) -> Iterator[None]:
    server.stop()
    try:
        yield
    finally:
        server.start()


@contextmanager
def there_again(postgres: Postgres) -> Iterator[None]:
    """Started again at the end by whoever stopped it within."""
    try:
        yield
    finally:
        postgres.start()


def restart(server: Postgres | ChromaServer) -> None:
    with away(server):
        pass


# --- PostgreSQL


@POSTGRES
def test_while_postgresql_is_away_everything_says_so_and_then_goes_on(
    asked: TestClient, postgres: Postgres, caplog: pytest.LogCaptureFixture
) -> None:
    before = answered(asked)
    with away(postgres):
        for way in WAYS:
            reply = sent(asked, way)
            assert (reply.status_code, line(reply)) == (503, AWAY), way
        assert asked.get("/healthz").status_code == 200
        assert asked.get("/metrics").status_code == 200
    assert f"127.0.0.1:{postgres.port}/postgres" in caplog.text  # the log says what the line hides
    assert "s3cret" not in caplog.text
    assert "Traceback" not in caplog.text
    assert answered(asked) == before
    assert asked.get("/readyz").status_code == 200
    assert numbers(asked)['newsroom_failures_total{error="StoreFailed"}'] == 4


@POSTGRES
def test_a_store_that_could_not_be_opened_is_opened_once_postgresql_is_there(
    asked: TestClient, assistant: Assistant, postgres: Postgres
) -> None:
    later = Assistant(assistant.settings)
    later.embedder = Embedder(later.settings, HashingEmbeddings())
    early = client(later)
    with away(postgres):
        assert early.get("/readyz").status_code == 503
        assert early.post("/api/answer", json=BODY).status_code == 503
    assert answered(early) == answered(asked)
    later.close()


@POSTGRES
@pytest.mark.parametrize("step", ["texts", "families", "passages"])
def test_postgresql_restarted_between_two_steps_of_a_question_costs_nothing(
    asked: TestClient,
    assistant: Assistant,
    postgres: Postgres,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
) -> None:
    before, own = answered(asked), getattr(assistant.store, step)
    monkeypatch.setattr(assistant.store, step, once(lambda: restart(postgres), own))
    assert answered(asked) == before


@POSTGRES
def test_postgresql_restarted_while_it_reads_costs_one_question(
    asked: TestClient, assistant: Assistant, postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = answered(asked)
    breaks = [True]

    @contextmanager
    def broken(engine: sa.Engine) -> Iterator[sa.Connection]:
        with reading(engine) as connection:
            connection.execute(sa.text("SELECT 1"))
            if breaks:
                breaks.pop()
                restart(postgres)
            yield connection

    monkeypatch.setattr(stores, "reading", broken)
    reply = asked.post("/api/answer", json=BODY)
    assert (reply.status_code, line(reply)) == (503, AWAY)
    assert answered(asked) == before


@POSTGRES
@pytest.mark.parametrize(
    ("path", "body"), [("/api/answer", BODY), ("/v1/chat/completions", {**CHAT, "stream": True})]
)
def test_an_answer_that_has_begun_ends_with_an_error_and_not_as_if_it_were_whole(
    asked: TestClient,
    assistant: Assistant,
    postgres: Postgres,
    monkeypatch: pytest.MonkeyPatch,
    path: str,
    body: dict[str, Any],
) -> None:
    with there_again(postgres):
        own = assistant.store.rarity  # asked of when the sentences found are judged
        monkeypatch.setattr(assistant.store, "rarity", once(postgres.stop, own))
        reply = asked.post(path, json=body, headers=EVENTS)
    assert reply.status_code == 200  # it had been sent already
    *_, last = reply.text.strip().split("\n\n")
    assert last.startswith("event: error\ndata: ")
    error = json.loads(last.partition("data: ")[2])["error"]
    assert (error["message"] if path.startswith("/v1") else error) == AWAY
    for whole in ("event: finished", "[DONE]", '"finish_reason": "stop"', '"text": "The harbour'):
        assert whole not in reply.text
    assert answered(asked)


@POSTGRES
def test_articles_that_postgresql_did_not_take_are_taken_when_they_come_again(
    asked: TestClient, assistant: Assistant, postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = [{**NEW, "id": f"mill-{n}", "text": f"{n}. {NEW['text']}"} for n in range(3)]
    with there_again(postgres):
        own, calls = assistant.store.add, iter([lambda: None, postgres.stop, lambda: None])

        def add(*args: Any) -> None:
            next(calls)()
            own(*args)

        monkeypatch.setattr(assistant.store, "add", add)
        reply = asked.post("/api/articles", json=given)
        assert (reply.status_code, line(reply)) == (503, AWAY)
    monkeypatch.undo()
    assert [one.id for one in assistant.sources() if one.id.startswith("mill")] == ["mill-0"]
    again = asked.post("/api/articles", json=given).json()["outcomes"]
    assert [one["status"] for one in again] == ["unchanged", "added", "added"]
    assert maintenance.verify(assistant.store) == []


# --- Chroma's server


@CHROMA
def test_while_chroma_is_away_the_same_is_answered_and_added_without_it(
    asked: TestClient,
    assistant: Assistant,
    chroma_server: ChromaServer,
    caplog: pytest.LogCaptureFixture,
) -> None:
    before = answered(asked)
    assert isinstance(assistant.store.near.index(), ChromaIndex)
    with away(chroma_server):
        assert answered(asked) == before
        for way in WAYS:
            assert sent(asked, way).status_code == (404 if "mill" in way[2] else 200), way
        assert isinstance(assistant.store.near.index(), ExactIndex)
    assert "is searched instead" in caplog.text
    assert asked.delete("/api/articles/mill").status_code == 200
    assert answered(asked) == before
    assert isinstance(assistant.store.near.index(), ChromaIndex)
    assert maintenance.verify(assistant.store) == []


@CHROMA
def test_chroma_restarted_between_two_steps_of_a_question_costs_nothing(
    asked: TestClient,
    assistant: Assistant,
    chroma_server: ChromaServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before, own = answered(asked), assistant.store.by_words
    monkeypatch.setattr(assistant.store, "by_words", once(lambda: restart(chroma_server), own))
    assert answered(asked) == before
    assert isinstance(assistant.store.near.index(), ChromaIndex)


@CHROMA
def test_a_large_store_says_that_it_cannot_answer_without_chroma(
    asked: TestClient, chroma_server: ChromaServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = answered(asked)
    monkeypatch.setattr("assistant.store.chroma_server.FEW", 0)
    with away(chroma_server):
        for way in [way for way in WAYS if way[0] == "POST" and way[2] != "/api/articles"]:
            reply = sent(asked, way)
            assert (reply.status_code, line(reply)) == (503, AWAY), way
        assert asked.get("/readyz").status_code == 503
    assert answered(asked) == before
    assert asked.get("/readyz").status_code == 200
