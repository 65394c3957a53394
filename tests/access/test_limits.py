"""How much may be asked: refused at once, with the seconds to wait, and never piled up."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from assistant.access.limits import Limits
from assistant.access.permissions import NOBODY, Visit
from assistant.access.queue import GRACE, Queue
from assistant.access.rate_limit import Rate
from assistant.errors import BadSetting, NotAllowed, TooBusy, TooOften
from assistant.records import Answer, Turn
from assistant.serve import error_responses
from assistant.settings import Settings


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def limits(tmp_path: Path, clock: Clock) -> Callable[..., Limits]:
    def make(**given: object) -> Limits:
        return Limits(Settings(store=tmp_path, **given), clock)  # type: ignore[arg-type]

    return make


def answered() -> Iterator[Answer]:
    yield Answer("q", "q", steps=("Searched",))
    yield Answer("q", "q", finished=True)


def test_a_visitor_who_asks_too_often_is_told_when_to_come_again(
    limits: Callable[..., Limits], clock: Clock
) -> None:
    some = limits(visitor_questions=2)
    for _ in range(2):
        assert list(some.answers("ann", "q", answered))[-1].finished
    with pytest.raises(TooOften, match=r"2 questions a minute. Try again in 30 s") as told:
        next(some.answers("ann", "q", answered))
    assert told.value.seconds == 30
    assert list(some.answers("bob", "q", answered))
    clock.now = 30.0
    assert list(some.answers("ann", "q", answered))


def test_whoever_sits_here_alone_is_not_counted(limits: Callable[..., Limits]) -> None:
    some = limits(visitor_questions=1, visitor_answers=1)
    for _ in range(5):
        assert list(some.answers("", "q", answered))


def test_all_together_are_counted_too(limits: Callable[..., Limits]) -> None:
    some = limits(questions=3)
    for visitor in ("ann", "bob", ""):
        list(some.answers(visitor, "q", answered))
    with pytest.raises(TooBusy, match="Many readers"):
        next(some.answers("cy", "q", answered))


def test_a_question_that_is_too_long_is_refused_before_it_is_counted(
    limits: Callable[..., Limits],
) -> None:
    some = limits(question_characters=100, visitor_questions=1)
    with pytest.raises(BadSetting, match=r"has 101 characters; at most 100"):
        next(some.answers("ann", "x" * 101, answered))
    assert list(some.answers("ann", "x" * 100, answered))


def test_only_the_latest_turns_are_read(limits: Callable[..., Limits]) -> None:
    said = [Turn("user", str(number)) for number in range(50)]
    assert [turn.text for turn in limits(history_turns=2).recent(said)] == ["48", "49"]
    assert limits(history_turns=0).recent(said) == []


def test_who_finds_the_line_full_is_sent_away_at_once(limits: Callable[..., Limits]) -> None:
    some = limits(answers=1, waiting=0)
    first = some.answers("ann", "q", answered)
    next(first)
    with pytest.raises(TooBusy, match="no more can wait") as told:
        next(some.answers("bob", "q", answered))
    assert told.value.seconds >= 1
    list(first)
    assert list(some.answers("bob", "q", answered))


def test_one_visitor_never_fills_the_line(limits: Callable[..., Limits]) -> None:
    some = limits(visitor_answers=1)
    first = some.answers("ann", "q", answered)
    next(first)
    with pytest.raises(TooOften, match="in hand"):
        next(some.answers("ann", "q", answered))
    assert list(some.answers("bob", "q", answered))


def test_who_goes_away_makes_room(limits: Callable[..., Limits]) -> None:
    some = limits(answers=1, waiting=0)
    closed: list[str] = []

    def watched() -> Iterator[Answer]:
        try:
            yield from answered()
        finally:
            closed.append("the work")

    first = some.answers("ann", "q", watched)
    next(first)
    first.close()
    assert closed == ["the work"]
    assert list(some.answers("bob", "q", answered))


def test_who_waits_is_told_the_place_and_gets_the_turn(tmp_path: Path) -> None:
    some = Limits(Settings(store=tmp_path, answers=1, waiting=2))
    first = some.answers("ann", "q", answered)
    next(first)
    told: list[str] = []
    waits = threading.Event()

    def wait() -> None:
        for answer in some.answers("bob", "q", answered, places=True):
            told.extend(answer.steps)
            waits.set()

    thread = threading.Thread(target=wait)
    thread.start()
    assert waits.wait(10)
    assert "next" in told[0]
    list(first)
    thread.join(10)
    assert told[1:] == ["Searched"]


def test_an_answer_that_takes_too_long_is_given_up(
    limits: Callable[..., Limits], clock: Clock
) -> None:
    some = limits(answer_seconds=5, answers=1, waiting=0)

    def slow() -> Iterator[Answer]:
        while True:
            clock.now += 2
            yield Answer("q", "q")

    with pytest.raises(TooBusy, match="longer than 5 seconds"):
        list(some.answers("ann", "q", slow))
    assert list(some.answers("ann", "q", answered))


def test_places_are_called_in_the_order_they_came(clock: Clock) -> None:
    line = Queue(1, 3, 9, 60, clock)
    tickets = [line.join(visitor) for visitor in ("ann", "bob", "cy")]
    assert [line.place(one) for one in tickets] == [0, 1, 2]
    line.leave(tickets[1])
    assert line.place(tickets[2]) == 1
    line.leave(tickets[0])
    line.leave(tickets[0])
    assert line.place(tickets[2]) == 0


def test_a_ticket_that_was_lost_holds_up_nobody_for_ever(clock: Clock) -> None:
    line = Queue(1, 1, 9, 60, clock)
    line.join("ann")
    waiting = line.join("bob")
    clock.now = 61.0
    with pytest.raises(TooBusy, match="did not come in time"):
        line.place(waiting)
    clock.now = 61.0 + GRACE
    assert line.place(line.join("cy")) == 0


def test_what_is_counted_of_names_has_a_bound(clock: Clock) -> None:
    rate = Rate(2, 60, clock, names=100)
    for number in range(1_000):
        assert rate.spend(str(number)) == 0
    assert len(rate._left) == 100


def test_what_is_given_back_may_be_spent_again(clock: Clock) -> None:
    rate = Rate(1, 60, clock)
    assert rate.spend("ann") == 0
    assert rate.spend("ann") == 60
    rate.give_back("ann")
    assert rate.spend("ann") == 0


def test_what_is_offered_counts_apart_from_what_is_asked(limits: Callable[..., Limits]) -> None:
    some = limits(visitor_questions=1)
    with some.offering("ann"):
        assert list(some.answers("ann", "q", answered))
    with pytest.raises(TooOften), some.offering("ann"):
        pass
    with some.offering("bob"):
        pass


def test_nothing_is_offered_while_readers_wait(limits: Callable[..., Limits]) -> None:
    some = limits(answers=1, waiting=1)
    first = some.answers("ann", "q", answered)
    next(first)
    with pytest.raises(TooBusy), some.offering("bob"):
        pass
    list(first)
    with some.offering("bob"), pytest.raises(TooBusy), some.offering("cy"):
        pass
    assert list(some.answers("ann", "q", answered))


def test_nobody_is_answered_nothing(limits: Callable[..., Limits]) -> None:
    with pytest.raises(NotAllowed, match="sign in"):
        next(Visit(NOBODY, limits=limits()).answers("q", answered))


def test_changes_come_one_after_another(limits: Callable[..., Limits]) -> None:
    some = limits()
    with some.changing("ann"):
        tickets = [some.adding.join(str(number)) for number in range(8)]
        with pytest.raises(TooBusy), some.changing("bob"):
            pass
    assert some.adding.place(tickets[0]) == 0


def test_the_api_says_when_to_ask_again(tmp_path: Path) -> None:
    app = FastAPI()

    @app.post("/{rest:path}")
    def fail(rest: str) -> None:
        raise {"often": TooOften("Wait.", 29.1), "busy": TooBusy("Wait.")}.get(
            rest, NotAllowed("No.")
        )

    error_responses.handle(app, [])
    client = TestClient(app)
    often, busy, no = (client.post(path) for path in ("/often", "/busy", "/v1/x"))
    assert (often.status_code, often.headers["retry-after"]) == (429, "30")
    assert (busy.status_code, busy.headers["retry-after"]) == (503, "5")
    assert often.json() == {"error": "Wait. Try again in 30 s."}
    assert (no.status_code, no.json()["error"]["type"]) == (403, "permission_error")
