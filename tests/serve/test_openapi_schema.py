"""Whatever is asked of the API, what comes back is what its OpenAPI document says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode

from assistant.access import permissions
from assistant.access.permissions import ANYONE
from assistant.errors import BadSetting, NoIndex
from assistant.serve import answer_routes, error_responses, middleware
from benchmarks.fuzzed_requests import CHANGING, Asked, Room, Unlike, Visitor
from benchmarks.fuzzed_servers import guarded, stocked
from tests.support.serving import HARBOUR, OPERATIONS

RIGHT, WRONG = GenerationMode
SLOW = ("POST /api/articles", "POST /v1/chat/completions")
# What comes back of some of the right requests to each; 200, where it is not here.
SEEN = {
    "GET /api/articles/{id}": {200, 404},
    "DELETE /api/articles/{id}": {200, 404},
    "GET /v1/models/{name}": {200, 404},
}


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """Without accounts, for whoever sits at this computer."""
    room = Room(stocked(tmp_path_factory.mktemp("here")))
    yield room
    room.close()


@pytest.fixture(scope="module")
def accounts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """Asked by nobody, by a reader, by an editor."""
    room = guarded(tmp_path_factory.mktemp("accounts"))
    yield room
    room.close()


def statuses(room: Room, requests: st.SearchStrategy[Asked], few: int) -> Counter[tuple[str, int]]:
    """How often each visitor got each status: the same requests each time."""
    seen = Counter[tuple[str, int]]()

    @settings(
        max_examples=few,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(requests)
    def holds(asked: Asked) -> None:
        seen[asked.visitor.name, room.check(asked)] += 1

    holds()
    return seen


def test_no_operation_is_left_out(here: Room) -> None:
    assert tuple(here.operations) == OPERATIONS


@pytest.mark.parametrize("label", OPERATIONS)
def test_a_right_request_is_answered_as_documented(here: Room, label: str) -> None:
    few = 5 if label == SLOW[0] else 10
    seen = {status for _, status in statuses(here, here.requests(label, RIGHT), few)}
    assert SEEN.get(label, {200}) <= seen <= {200, 400, 404, 422}


def test_a_wrong_request_is_refused_as_documented(here: Room) -> None:
    for label, mode in here.kinds():
        if mode is WRONG:
            seen = {status for _, status in statuses(here, here.requests(label, WRONG), 4)}
            assert seen & {400, 422}, label


@pytest.mark.parametrize("label", OPERATIONS)
def test_at_the_bounds_of_what_is_documented_and_beyond_it_holds_too(
    here: Room, label: str
) -> None:
    wrong = here.edges(label, WRONG)[:: 4 if label in SLOW else 1]
    cases = here.edges(label, RIGHT)[:3] + wrong
    seen = Counter(here.check(Asked(here.visitors[0], case)) for case in cases)
    assert seen.total() >= 4
    assert label.startswith("DELETE") or label in CHANGING or seen[405] >= 2


@pytest.mark.parametrize("label", OPERATIONS)
def test_nobody_sees_anything_and_a_reader_changes_nothing(accounts: Room, label: str) -> None:
    for visitor in accounts.visitors:
        seen = statuses(accounts, accounts.requests(label, RIGHT, visitor), 3)
        refused = "write" not in visitor.may and label in CHANGING
        assert not refused or set(seen) <= {(visitor.name, 401), (visitor.name, 403)}


def test_a_wrong_request_changes_nothing_for_a_reader_either(accounts: Room) -> None:
    reader = accounts.visitors[2]
    for label in CHANGING:
        seen = statuses(accounts, accounts.requests(label, WRONG, reader), 5)
        assert {status for _, status in seen} <= {403, 422}


def test_without_articles_what_needs_some_says_when_to_try_again(tmp_path: Path) -> None:
    posts = ("answer", "search", "check")
    asking = (
        *(f"POST /api/{one}" for one in posts),
        "POST /v1/chat/completions",
        "GET /readyz",
    )
    told = error_responses.KINDS[NoIndex][1]
    room = Room(stocked(tmp_path, empty=True), waits=asking, waiting=told)
    for label in OPERATIONS:
        if label not in CHANGING:
            seen = {status for _, status in statuses(room, room.requests(label, RIGHT), 40)}
            assert (503 in seen) == (label in asking), label
    room.close()


def test_who_asks_too_often_is_refused_as_documented(tmp_path: Path) -> None:
    room = guarded(tmp_path, visitor_questions=1)
    for label in ("POST /api/answer", "POST /api/search"):
        seen = statuses(room, room.requests(label, RIGHT, room.visitors[-1]), 6)
        assert seen["an editor", 429]
    room.close()


# --- the check itself finds what is broken


def search(room: Room, visitor: Visitor) -> Asked:
    return Asked(visitor, room.schema["/api/search"]["POST"].Case(body={"question": HARBOUR}))


def test_what_raises_is_found(here: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(here.assistant, "search", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        here.check(search(here, here.visitors[0]))


def raising(error: Exception) -> Callable[..., Any]:
    def fail(*_: object, **__: object) -> None:
        raise error

    return fail


def test_a_status_that_is_not_documented_is_found(
    here: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(here.assistant, "search", raising(BadSetting("x")))
    assert here.check(search(here, here.visitors[0])) == 400
    monkeypatch.setitem(error_responses.KINDS, BadSetting, (418, ""))
    with pytest.raises(Unlike, match="Received: 418") as found:
        here.check(search(here, here.visitors[0]))
    assert found.value.kind == "POST /api/search (whoever sits here): Undocumented status code"


def test_a_503_that_is_not_meant_is_found(here: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(here.assistant, "search", raising(NoIndex("x")))
    with pytest.raises(Unlike, match="There are no articles yet"):
        here.check(search(here, here.visitors[0]))


def test_a_header_that_is_missing_is_found(here: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(here, "waits", ("POST /api/search",))
    monkeypatch.setattr(here.assistant, "search", raising(NoIndex("x")))
    assert here.check(search(here, here.visitors[0])) == 503
    monkeypatch.setattr(error_responses, "WAIT", {})
    with pytest.raises(Unlike, match="Retry-After"):
        here.check(search(here, here.visitors[0]))


def test_a_wrong_field_is_found(here: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    hit = answer_routes._hit
    monkeypatch.setattr(answer_routes, "_hit", lambda one: {**hit(one), "start": "0"})
    with pytest.raises(Unlike, match="is not of type"):
        here.check(search(here, here.visitors[0]))


@pytest.mark.parametrize("wrong", [{"more": 1}, {"quotes": None}])
def test_a_wrong_event_of_a_stream_is_found(
    here: Room, monkeypatch: pytest.MonkeyPatch, wrong: dict[str, Any]
) -> None:
    headers = {"Accept": "text/event-stream"}
    case = here.schema["/api/answer"]["POST"].Case(body={"question": HARBOUR}, headers=headers)
    assert here.check(Asked(here.visitors[0], case)) == 200
    event = answer_routes.event
    monkeypatch.setattr(answer_routes, "event", lambda name, told: event(name, {**told, **wrong}))
    with pytest.raises(Unlike, match="not valid under any"):
        here.check(Asked(here.visitors[0], case))


def test_an_answer_that_breaks_off_is_found(here: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(snapshots: Iterator[Any]) -> Iterator[Any]:
        yield from islice(snapshots, 2)
        raise ZeroDivisionError

    monkeypatch.setattr(here.assistant, "measured", broken)
    headers = {"Accept": "text/event-stream"}
    case = here.schema["/api/answer"]["POST"].Case(body={"question": HARBOUR}, headers=headers)
    with pytest.raises(Unlike, match="Something went wrong"):
        here.check(Asked(here.visitors[0], case))


def test_a_door_that_lets_nobody_in_is_found_when_it_does(
    accounts: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    nobody = accounts.visitors[0]
    monkeypatch.setattr(middleware, "OPEN", (*middleware.OPEN, "/api/articles"))
    case = accounts.schema["/api/articles"]["GET"].Case()
    assert accounts.check(Asked(nobody, case)) == 401  # the route asks too
    monkeypatch.setitem(accounts.app.dependency_overrides, permissions.reader, lambda: ANYONE)
    with pytest.raises(Unlike, match="Harbour to close"):
        accounts.check(Asked(nobody, case))


def test_a_reader_who_changes_something_is_found(
    accounts: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = accounts.visitors[2]
    article = {"title": "Ferry late", "text": "The ferry is late, the pilot said."}
    case = accounts.schema["/api/articles"]["POST"].Case(body=[article])
    monkeypatch.setitem(accounts.app.dependency_overrides, permissions.editor, lambda: ANYONE)
    assert accounts.check(Asked(reader, case)) == 403  # whoever changes something asks too
    monkeypatch.setattr(permissions.Visit, "needs", lambda *_: None)
    with pytest.raises(Unlike, match="Ferry late"):
        accounts.check(Asked(reader, case))
