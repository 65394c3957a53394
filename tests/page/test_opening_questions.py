"""What an empty page offers: questions of different forms, each of which the collection answers."""

from __future__ import annotations

from pathlib import Path

from assistant.ask import Assistant
from assistant.page.opening_questions import MOST, opening_questions, summary
from tests.support.page_server import empty, stocked


def test_each_question_is_answered_and_in_a_form_of_its_own(samples: Assistant) -> None:
    asked = opening_questions(samples)
    assert len(asked) == MOST
    replies = [samples.answer(question) for question in asked]
    assert {reply.status for reply in replies} == {"answered"}
    assert len({reply.form for reply in replies}) == MOST


def test_the_same_collection_offers_the_same(samples: Assistant) -> None:
    assert opening_questions(samples) == opening_questions(samples)


def test_the_summary_tells_articles_outlets_and_days(samples: Assistant, tmp_path: Path) -> None:
    assert summary(samples.sources()).startswith("26 articles · 11 outlets · 28 February 2022 to ")
    assert summary(stocked(tmp_path).sources()) == "3 articles · 3 outlets · 8 March 2022"


def test_an_empty_collection_offers_nothing(tmp_path: Path) -> None:
    nothing = empty(tmp_path)
    assert opening_questions(nothing) == []
    assert summary(nothing.sources()) == ""
