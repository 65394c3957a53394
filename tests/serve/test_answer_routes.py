"""/api/answer and /api/search: answers, whole and as they grow, and whatever may go wrong."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as any_of
from starlette.testclient import TestClient

from assistant.ask import Assistant
from assistant.errors import AssistantError, BadSetting, ModelFailed, StoreBusy, StoreFailed
from assistant.records import Answer
from assistant.serve import error_responses
from assistant.serve.api_schema import AnswerShape, Hits
from tests.support.page_server import stocked
from tests.support.serving import FOLLOW_UP, HARBOUR, LIBRARY, UNKNOWN, client


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    assistant = stocked(tmp_path_factory.mktemp("answers"))
    yield client(assistant)
    assistant.close()


def events(text: str) -> list[tuple[str, Any]]:
    found = []
    for one in text.strip().split("\n\n"):
        name, told = one.split("\n")
        found.append((name.removeprefix("event: "), json.loads(told.removeprefix("data: "))))
    return found


@pytest.fixture
def failing(asked: TestClient, monkeypatch: pytest.MonkeyPatch) -> Callable[..., TestClient]:
    """Has every question fail, after so many snapshots."""

    def from_now(error: Exception, *, after: int = 0) -> TestClient:
        monkeypatch.setattr(asked.app.state.assistant, "measured", _failing(error, after))
        return asked

    return from_now


def _failing(error: Exception, after: int) -> Callable[[Iterator[Answer]], Iterator[Answer]]:

    def fail(snapshots: Iterator[Answer]) -> Iterator[Answer]:
        for number, one in enumerate(snapshots):
            if number == after:
                raise error
            yield one

    return fail


def test_an_answer_has_the_shape_that_is_documented(asked: TestClient) -> None:
    for question, status in ((HARBOUR, "answered"), (UNKNOWN, "not_found"), ("thanks!", None)):
        reply = asked.post("/api/answer", json={"question": question})
        assert reply.status_code == 200
        told = AnswerShape.model_validate(reply.json())
        assert status in (None, told.status)


def test_every_quotation_is_printed_in_the_article_the_api_shows(asked: TestClient) -> None:
    quotations = 0
    for question in (HARBOUR, LIBRARY, UNKNOWN, "Tell me about the zeppelin museum"):
        told = asked.post("/api/answer", json={"question": question}).json()
        for one in told["quotes"] + told["nearest"]:
            found = asked.get(f"/api/articles/{quote(one['article_id'], safe='')}").json()
            assert one["text"] == found["text"][one["start"] : one["end"]] != ""
            quotations += 1
    assert quotations >= 4


def test_an_answer_grows_when_events_are_asked_for(asked: TestClient) -> None:
    body = {"question": HARBOUR}
    streamed = asked.post("/api/answer", json=body, headers={"Accept": "text/event-stream"})
    assert streamed.headers["content-type"].startswith("text/event-stream")
    names, snapshots = zip(*events(streamed.text), strict=True)
    assert names == ("growing",) * (len(names) - 1) + ("finished",)
    counts = [len(one["quotes"]) for one in snapshots]
    assert counts[-1] == 2
    assert counts == sorted(counts)
    whole = asked.post("/api/answer", json=body).json()
    assert {**snapshots[-1], "seconds": 0} == {**whole, "seconds": 0}


def test_the_options_of_an_answer_are_obeyed(asked: TestClient) -> None:
    def told(**options: Any) -> Any:
        return asked.post("/api/answer", json={"question": HARBOUR, **options}).json()

    assert len(told(limit=1)["quotes"]) == 1
    assert told(publishers=["Vellane Gazette"])["status"] == "not_found"
    assert told(as_of="2022-03-07")["quotes"] == []
    assert told(since="2022-03-08", until="2022-03-08")["status"] == "answered"


def test_a_follow_up_is_understood_from_its_history(asked: TestClient) -> None:
    told = asked.post("/api/answer", json=FOLLOW_UP).json()
    assert "Jens Doe" in told["question"]


def test_a_search_gives_passages_of_articles(asked: TestClient) -> None:
    reply = asked.post("/api/search", json={"question": LIBRARY, "limit": 2})
    hits = Hits.model_validate(reply.json()).hits
    assert hits[0].title == "Library lends violins"
    for hit in hits:
        found = asked.get(f"/api/articles/{hit.id}").json()
        assert found["text"][hit.start : hit.end] == hit.text


@pytest.mark.parametrize(
    ("body", "status", "told"),
    [
        ({"question": HARBOUR, "today": "soon"}, 400, "today is 'soon', which is no day. Write it"),
        ({"question": HARBOUR, "since": "2022-02-02", "until": "2022-01-01"}, 400, "Nothing can"),
        ({"question": HARBOUR, "limit": 50}, 422, "limit: Input should be less than or equal"),
        ({"question": HARBOUR, "limitt": 5}, 422, "limitt: Extra inputs are not permitted"),
        ({"question": HARBOUR, "today": "0001-01-01"}, 422, "today: years from 1000 to 2999"),
        ({"question": "a\0b"}, 422, "question: it holds a NUL character"),
        ({"question": "\ud800"}, 422, "question: Input should be a valid string"),
        ({"question": HARBOUR, "any_time": 0}, 422, "any_time: Input should be a valid boolean"),
        ({"question": HARBOUR, "limit": "3"}, 422, "limit: Input should be a valid integer"),
        ({"question": "x" * 2_001}, 400, "The question has 2,001 characters"),
        ({}, 422, "question: Field required"),
        ([], 422, "The body: Input should be a valid dictionary"),
    ],
)
def test_a_mistake_is_told_in_one_line(
    asked: TestClient, body: Any, status: int, told: str
) -> None:
    raw = json.dumps(body).encode()
    reply = asked.post("/api/answer", content=raw, headers={"Content-Type": "application/json"})
    assert reply.status_code == status
    assert list(reply.json()) == ["error"]
    assert reply.json()["error"].startswith(told)
    assert "\n" not in reply.json()["error"]


def test_broken_json_is_told_in_one_line(asked: TestClient) -> None:
    reply = asked.post(
        "/api/answer", content=b'{"question": ', headers={"Content-Type": "application/json"}
    )
    assert reply.status_code == 422
    assert reply.json() == {"error": "The body is no JSON: Expecting value at character 13."}


@pytest.mark.parametrize("raw", [b'{"question": "\xff"}', b"[" * 100_000])
@pytest.mark.parametrize(
    ("path", "status"),
    [("/api/answer", 422), ("/api/articles", 422), ("/v1/chat/completions", 400)],
)
def test_a_body_that_nobody_can_read_is_told_in_one_line(
    asked: TestClient, raw: bytes, path: str, status: int
) -> None:
    reply = asked.post(path, content=raw, headers={"Content-Type": "application/json"})
    assert reply.status_code == status
    assert "The body is no JSON: it is not UTF-8, or nested too deeply." in reply.text


def test_a_body_that_is_too_large_is_refused_whether_it_says_so_or_not(asked: TestClient) -> None:
    raw = b'{"question": "' + b"x" * 10_000_000 + b'"}'
    declared = asked.post("/api/answer", content=raw)
    pieces = (raw[at : at + 50_000] for at in range(0, len(raw), 50_000))
    silent = asked.post("/api/answer", content=pieces, headers={"Content-Type": "application/json"})
    for reply in (declared, silent):
        assert reply.status_code == 413
        assert reply.json()["error"].startswith("The request has more than 10,000,000 bytes.")


def test_nothing_to_ask_yet_is_no_fault_of_the_question(assistant: Assistant) -> None:
    api = client(assistant)
    for accept in ("application/json", "text/event-stream"):
        reply = api.post("/api/answer", json={"question": HARBOUR}, headers={"Accept": accept})
        assert reply.status_code == 503
        assert int(reply.headers["Retry-After"]) > 0
        assert reply.json()["error"].startswith("There are no articles yet. Add some")


@pytest.mark.parametrize("accept", ["application/json", "text/event-stream"])
@pytest.mark.parametrize(
    ("error", "status"),
    [
        (BadSetting("a limit"), 400),
        (StoreBusy("/srv/secret is held by 42"), 503),
        (StoreFailed("/srv/secret: no space"), 503),
        (ModelFailed("http://secret:1 refused"), 503),
    ],
)
def test_what_fails_says_so_without_its_insides(
    failing: Callable[..., TestClient],
    caplog: pytest.LogCaptureFixture,
    error: AssistantError,
    status: int,
    accept: str,
) -> None:
    reply = failing(error).post(
        "/api/answer", json={"question": HARBOUR}, headers={"Accept": accept}
    )
    assert reply.status_code == status
    assert "secret" not in reply.text
    assert (str(error) in caplog.text) == (status == 503)


def test_what_fails_half_way_is_the_last_event(failing: Callable[..., TestClient]) -> None:
    question, accept = {"question": HARBOUR}, {"Accept": "text/event-stream"}
    for error, told in (
        (StoreBusy("/srv/secret"), error_responses.KINDS[StoreBusy][1]),
        (ZeroDivisionError("secret"), error_responses.UNEXPECTED),
    ):
        reply = failing(error, after=2).post("/api/answer", json=question, headers=accept)
        assert [name for name, _ in events(reply.text)] == ["growing", "growing", "error"]
        assert events(reply.text)[-1] == ("error", {"error": told})


def test_what_is_unexpected_shows_nothing_of_the_inside(
    failing: Callable[..., TestClient],
) -> None:
    reply = failing(ZeroDivisionError("secret")).post("/api/answer", json={"question": HARBOUR})
    assert reply.status_code == 500
    assert reply.json() == {"error": error_responses.UNEXPECTED}


WORDS = any_of.text(max_size=40)
DAYS = any_of.dates().map(str) | any_of.datetimes().map(str) | WORDS
BODIES = any_of.fixed_dictionaries(
    {"question": WORDS | any_of.sampled_from(["What was said yesterday?", HARBOUR])},
    optional={
        "today": DAYS,
        "as_of": DAYS,
        "since": DAYS,
        "until": DAYS,
        "publishers": any_of.lists(WORDS, max_size=3),
        "any_time": any_of.booleans(),
        "limit": any_of.integers(-1, 21),
        "history": any_of.lists(
            any_of.fixed_dictionaries({"role": any_of.just("user"), "text": WORDS}), max_size=2
        ),
    },
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=BODIES)
def test_no_question_of_the_right_shape_is_the_servers_fault(asked: TestClient, body: Any) -> None:
    assert asked.post("/api/answer", json=body).status_code in (200, 400, 422)
