"""A stream that may never go on: its pieces as they come, and its end in time."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from assistant.chat_models import timeouts
from assistant.chat_models.timeouts import patiently


@pytest.fixture
def over() -> Iterator[threading.Event]:
    """Set when the test is over: then a stream that waits for it goes on."""
    made = threading.Event()
    yield made
    made.set()


def waiting(over: threading.Event) -> Iterator[int]:
    yield 1
    over.wait(60)
    yield 2


def test_the_pieces_come_as_they_are() -> None:
    assert list(patiently(lambda: iter([1, 2, 3]), 20)) == [1, 2, 3]
    assert list(patiently(lambda: iter(()), 20)) == []


def test_what_the_stream_raises_is_raised() -> None:
    def broken() -> Iterator[int]:
        yield 1
        raise ZeroDivisionError

    found = patiently(broken, 20)
    assert next(found) == 1
    with pytest.raises(ZeroDivisionError):
        next(found)


def test_whoever_waits_is_told_now_and_then_and_not_kept_beyond_the_time(
    over: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timeouts, "BEAT", 0.01)
    found: list[int | None] = []
    with pytest.raises(TimeoutError):
        found.extend(patiently(lambda: waiting(over), 0.2))
    stream = patiently(lambda: waiting(over), 20)
    assert [next(stream) for _ in range(3)] == [1, None, None]
    over.set()
    assert [one for one in stream if one] == [2]


def test_who_stops_reading_stops_the_stream() -> None:
    closed = threading.Event()

    def endless() -> Iterator[int]:
        try:
            while True:
                yield 1
        finally:
            closed.set()

    stream = patiently(endless, 20)
    next(stream)
    stream.close()
    assert closed.wait(20)


def test_streams_that_never_end_do_not_pile_up_beyond_a_number(
    over: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timeouts, "_threads", threading.BoundedSemaphore(1))
    monkeypatch.setattr(timeouts, "LEAVE", 0.0)
    stuck = patiently(lambda: waiting(over), 20)
    next(stuck)
    stuck.close()
    with pytest.raises(TimeoutError):
        next(patiently(lambda: iter([1]), 20))
    over.set()
    assert timeouts._threads.acquire(timeout=20)
    timeouts._threads.release()
    assert list(patiently(lambda: iter([1]), 20)) == [1]
