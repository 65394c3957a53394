"""A chat-model server that is dead, slow, mad or cut off costs the reader one line over HTTP."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any, cast

import httpx
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.ask import Assistant
from assistant.chat_models import providers
from assistant.questions.follow_ups import SHARE
from assistant.records import Answer
from assistant.settings import Settings
from tests.chat_models.test_providers import KEY, say, serving
from tests.serve.test_answer_routes import events
from tests.serve.test_health_routes import numbers
from tests.support.failing_model import (
    CLOSES,
    FAULTS,
    HANGING,
    MADE_UP,
    UNREACHABLE,
    Act,
    Fault,
    endless,
    plainly,
    silent,
)
from tests.support.faults import BODY, CHAT, EVENTS
from tests.support.page_server import stocked
from tests.support.serving import FOLLOW_UP, HARBOUR, client, running

INSIDES = (KEY, "/srv/secret", "Traceback", "Error", "127.0.0.1:")


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    made = stocked(tmp_path_factory.mktemp("faults"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def keyless(assistant: Assistant) -> dict[str, Any]:
    """The answer without any model."""
    found = assistant.answer(HARBOUR).to_dict()
    assert found["status"] == "answered"
    return found


@pytest.fixture(scope="module")
def asked(assistant: Assistant) -> TestClient:
    return client(assistant)


Start = Callable[..., Fault]


@pytest.fixture
def start(
    assistant: Assistant, keyless: object, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Start]:
    """Has the answers written by a model whose server does this."""
    plain = assistant.settings
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.setattr(providers, "RETRIES", 0)

    @contextmanager
    def ending(fault: Fault) -> Iterator[None]:
        try:
            yield
        finally:
            fault.over.set()

    with ExitStack() as stack:

        def begin(act: Act, seconds: float = 20) -> Fault:
            fault = Fault(act)
            monkeypatch.setenv("OPENAI_BASE_URL", stack.enter_context(serving(fault)))
            stack.enter_context(ending(fault))
            changed = plain.model_copy(update={"model": "openai:any", "model_seconds": seconds})
            monkeypatch.setattr(assistant, "settings", changed)
            monkeypatch.delitem(assistant.__dict__, "model", raising=False)
            return fault

        yield begin


def without(answer: dict[str, Any]) -> dict[str, Any]:
    """What of an answer does not depend on the model that failed."""
    left = ("seconds", "steps", "notice", "rejected", "text")
    return {name: value for name, value in answer.items() if name not in left}


def is_keyless(told: dict[str, Any], keyless: dict[str, Any], why: str) -> bool:
    """Whether this is the answer without the model, with the line that says why."""
    assert why in told["notice"]
    assert "\n" not in told["notice"]
    assert told["text"] == f"{told['notice']}\n\n{keyless['text']}"
    return without(told) == without(keyless)


def counted(before: dict[str, float], asked: TestClient) -> dict[str, float]:
    """What was counted since: these always, and whatever should not be."""
    now, names = (
        numbers(asked),
        ("questions", "answers_total", "failures", "without_model", "reject"),
    )
    risen = {
        name: now[name] - before.get(name, 0)
        for name in now
        if any(one in name for one in names) and "_created" not in name
    }
    always = ("newsroom_answers_without_model_total", "newsroom_rejected_sentences_total")
    return {name: count for name, count in risen.items() if count or name in always}


def shows_no_insides(told: str) -> bool:
    return not [one for one in INSIDES if one in told]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_model_that_fails_costs_one_line_whatever_it_does(
    asked: TestClient,
    keyless: dict[str, Any],
    start: Start,
    caplog: pytest.LogCaptureFixture,
    fault: str,
) -> None:
    act, why = FAULTS[fault]
    start(act)
    caplog.set_level("INFO", "assistant")

    before = numbers(asked)
    whole = asked.post("/api/answer", json=BODY)
    grown = asked.post("/api/answer", json=BODY, headers=EVENTS)

    assert (whole.status_code, grown.status_code) == (200, 200)
    assert is_keyless(whole.json(), keyless, why)
    name, last = events(grown.text)[-1]
    assert name == "finished"
    assert is_keyless(last, keyless, why)
    assert shows_no_insides(whole.text + grown.text + caplog.text)
    assert ("ModelFailed" in caplog.text or why in caplog.text) == ("stand" not in why)
    assert counted(before, asked) == {
        "newsroom_questions_total": 2,
        "newsroom_answers_without_model_total": 2,
        'newsroom_answers_total{status="answered"}': 2,
        "newsroom_rejected_sentences_total": 2 * (fault == "invented"),
    }


def test_a_model_that_is_not_there_costs_one_line(
    asked: TestClient,
    keyless: dict[str, Any],
    start: Start,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    start(silent)
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    assert is_keyless(asked.post("/api/answer", json=BODY).json(), keyless, UNREACHABLE)


@pytest.mark.parametrize("act", HANGING.values(), ids=HANGING)
def test_a_model_that_never_answers_is_given_up_in_time(
    asked: TestClient,
    keyless: dict[str, Any],
    start: Start,
    monkeypatch: pytest.MonkeyPatch,
    act: Act,
) -> None:
    monkeypatch.setattr(providers, "RETRIES", 9)  # its own client would go on for a while
    fault = start(act, seconds=0.6)
    told = asked.post("/api/answer", json=BODY).json()
    assert not fault.over.is_set()
    assert is_keyless(told, keyless, "did not answer in time")


def test_a_follow_up_is_answered_by_rules_when_the_model_is_silent(
    asked: TestClient, start: Start
) -> None:
    start(silent, seconds=0.6)
    told = asked.post("/api/answer", json=FOLLOW_UP).json()
    assert "Jens Doe" in told["question"]
    assert told["quotes"][0]["text"].endswith("wages,” Doe told reporters.")
    assert "did not answer in time" in told["notice"]


def test_a_silent_model_leaves_time_for_the_answer_without_it() -> None:
    usual = Settings()
    assert (1 + SHARE) * usual.model_seconds < 0.9 * usual.answer_seconds


def test_of_an_endless_reply_only_the_beginning_is_read(asked: TestClient, start: Start) -> None:
    fault = start(endless)
    told = asked.post("/api/answer", json=BODY).json()
    assert fault.left.wait(20)
    assert told["text"].startswith(CLOSES)
    assert told["quotes"][0]["text"].startswith("The harbour will close on Monday")
    assert sum(len(one["text"]) for one in told["rejected"]) <= providers.LONGEST


def test_what_is_proved_of_a_reply_is_shown_and_what_is_made_up_is_not(
    assistant: Assistant, asked: TestClient, start: Start
) -> None:
    start(plainly(say(f"{CLOSES} {MADE_UP}")))
    before = numbers(asked)
    told = asked.post("/api/answer", json=BODY).json()
    assert told["text"].startswith(CLOSES)
    assert "lost for ever" not in told["text"]
    assert [one["text"] for one in told["rejected"]] == [MADE_UP.replace(" [1]", "")]
    for one in told["quotes"]:
        assert assistant.article(one["article_id"]).text[one["start"] : one["end"]] == one["text"]
    assert counted(before, asked) == {
        "newsroom_questions_total": 1,
        "newsroom_answers_without_model_total": 0,
        'newsroom_answers_total{status="answered"}': 1,
        "newsroom_rejected_sentences_total": 1,
    }


def test_of_a_reply_that_ends_too_soon_no_half_sentence_is_shown(
    asked: TestClient, start: Start
) -> None:
    start(plainly(say(f"{CLOSES} Two cra", finish=False)))
    told = asked.post("/api/answer", json=BODY).json()
    assert told["text"].startswith(CLOSES)
    assert "Two cra\n" not in f"{told['text']}\n"
    assert [one["text"] for one in told["rejected"]] == ["Two cra"]


@pytest.mark.parametrize("fault", ["broken off", "invented"])
def test_a_chat_gets_no_word_of_a_model_that_fails_half_way(
    asked: TestClient, keyless: dict[str, Any], start: Start, fault: str
) -> None:
    act, why = FAULTS[fault]
    start(act)
    whole = asked.post("/v1/chat/completions", json=CHAT).json()
    grown = asked.post("/v1/chat/completions", json={**CHAT, "stream": True})

    pieces = [json.loads(one[6:]) for one in grown.text.split("\n\n") if one.startswith("data: {")]
    deltas = [one["choices"][0]["delta"] for one in pieces]
    text = "".join(one.get("content", "") for one in deltas)
    assert text == whole["choices"][0]["message"]["content"]
    assert is_keyless(whole["newsroom"], keyless, why)
    assert is_keyless(pieces[-1]["newsroom"], keyless, why)
    assert text == whole["newsroom"]["text"]
    assert grown.text.endswith("data: [DONE]\n\n")
    for note in deltas[-1]["annotations"]:
        place = note["url_citation"]
        assert text[place["start_index"] : place["end_index"]] == f"[{note['quotation']['n']}]"


@pytest.mark.parametrize("headers", [EVENTS, {}], ids=["events", "json"])
def test_a_reader_who_leaves_while_the_model_is_silent_stops_the_work(
    assistant: Assistant,
    asked: TestClient,
    start: Start,
    monkeypatch: pytest.MonkeyPatch,
    headers: dict[str, str],
) -> None:
    fault, closed, usual = start(silent, seconds=300), threading.Event(), assistant.measured

    def watched(snapshots: Iterator[Answer]) -> Iterator[Answer]:
        try:
            yield from usual(snapshots)
        finally:
            closed.set()

    monkeypatch.setattr(assistant, "measured", watched)
    with running(cast(FastAPI, asked.app)) as address:
        url = httpx.URL(address)
        sent = httpx.Request("POST", f"{address}/api/answer", json=BODY, headers=headers)
        lines = [f"{name}: {value}" for name, value in sent.headers.items()]
        head = "\r\n".join(["POST /api/answer HTTP/1.1", *lines, "", ""]).encode()
        with socket.create_connection((url.host, url.port)) as reader:
            reader.sendall(head + sent.content)
            assert fault.asked.wait(20)
        assert closed.wait(20)
    assert not fault.over.is_set()
