"""A question about how things are prefers the newest article that answers, gently."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from assistant.evidence.recency import newness, wants_newest

FIRST, SECOND, THIRD = (datetime(2023, 11, day, tzinfo=UTC) for day in (7, 8, 9))


@pytest.mark.parametrize(
    "question",
    [
        "Who heads the central bank?",
        "who is the mayor of Vellane",
        "How many people were hurt in the ferry accident?",
        "ferry accident toll",
        "according to the newest figures, how many were hurt?",
        "What does a ticket cost?",
    ],
)
def test_how_things_are_and_figures_want_the_newest(question: str) -> None:
    assert wants_newest(question)


@pytest.mark.parametrize(
    "question",
    [
        "Who headed the central bank in 2019?",
        "Who was the mayor when the bridge fell?",
        "How many were hurt according to the first count?",
        "How many people were hurt on Tuesday?",
        "What did Ada Roe say about the bridge?",
        "Why did the ferry strike the pier?",
    ],
)
def test_what_was_and_what_a_day_tells_do_not(question: str) -> None:
    assert not wants_newest(question)


def test_the_newest_of_those_that_may_answer_counts_one_the_oldest_none() -> None:
    days = [FIRST, THIRD, SECOND, None]
    assert newness(days, [2.0, 1.5, 2.5, 3.0]) == [0.0, 1.0, 0.5, 0.0]


def test_what_hardly_answers_is_no_rival_however_new() -> None:
    assert newness([FIRST, SECOND, THIRD], [4.0, 3.0, -2.0]) == [0.0, 1.0, 0.0]


def test_alone_nothing_is_newer() -> None:
    assert newness([FIRST, FIRST], [1.0, 2.0]) == [0.0, 0.0]
    assert newness([], []) == []
