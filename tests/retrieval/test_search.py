"""Search: two rankings become one, and nothing in a question is an operator."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.ask import Assistant
from assistant.questions.understanding import day, rewrite
from assistant.records import Article, Turn
from assistant.retrieval.search import expression
from assistant.text import terms

Write = Callable[..., Article]


def test_a_passage_found_both_ways_comes_first(assistant: Assistant, write: Write) -> None:
    stored = ["The mole is red.", "The quay is wet.", "Nobody paints the lighthouse."]
    assistant.add([write(text, id=str(n)) for n, text in enumerate(stored)])
    (first, *_) = assistant.search("which mole is red?")
    assert first.passage.text == "The mole is red."
    assert first.ranks == {"words": 1, "meaning": 1}


def test_hits_are_at_most_as_many_as_asked(assistant: Assistant, write: Write) -> None:
    assistant.add([write(f"Mole {n} is red.", id=str(n)) for n in range(20)])
    assert len(assistant.search("mole", limit=7)) == 7


def test_an_inflected_word_is_found(assistant: Assistant, write: Write) -> None:
    assistant.add([write("The office paints moles."), write("The quay is wet.", id="b")])
    assert assistant.search("painting a mole")[0].ranks["words"] == 1


def test_a_compound_is_looked_for_as_a_phrase() -> None:
    assert expression("Who wants a no-fly zone?") == '"wants" OR "fly" OR "zone" OR "no fly"'


@pytest.mark.parametrize("question", ["who is who?", "???", "", '" OR NEAR(', "title:mole*"])
def test_odd_questions_are_searched_as_words(
    assistant: Assistant, write: Write, question: str
) -> None:
    assistant.add([write("The mole is red. Who is who?")])
    assert len(assistant.search(question)) == 1


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40))
def test_no_question_breaks_the_search(assistant: Assistant, write: Write, question: str) -> None:
    assistant.add([write("The mole is red.")])
    assert len(assistant.search(question)) == 1


def test_stems_do_not_mind_case_accents_or_possessives() -> None:
    assert terms.stems("Zelensky’s CAFÉ") == terms.stems("zelensky cafe")


def test_a_question_that_stands_alone_is_not_rewritten() -> None:
    history = [Turn("user", "What caused the ferry accident?")]
    question = "What did the council decide about the flood barrier on Monday?"
    assert rewrite(question, history) == question


def test_a_question_that_points_back_takes_up_the_words_before() -> None:
    history = [Turn("user", "What caused the ferry accident?"), Turn("assistant", "A valve.")]
    assert rewrite("and who was hurt?", history) == "and who was hurt? (caused ferry accident)"


def test_he_is_whom_the_last_answer_quoted_first() -> None:
    history = [
        Turn("user", "What did NATO decide?"),
        Turn("assistant", "A long story.", speaker="Ada Roe"),
    ]
    asked = rewrite("What did she say about the budget?", history)
    assert asked == "What did Ada Roe say about the budget?"
    assert rewrite("What did she say about it?", history).startswith("What did Ada Roe say")


@pytest.mark.parametrize("speaker", [None, "the ministry", "Roe"])
def test_he_stays_he_when_nobody_was_named_in_full(speaker: str | None) -> None:
    history = [Turn("user", "Why?"), Turn("assistant", "So.", speaker=speaker)]
    assert "did she say" in rewrite("What did she say about the budget?", history)


def test_a_day_ends_with_its_last_moment() -> None:
    first, last = day("2022-03-08", "since"), day("2022-03-08", "until", end=True)
    assert first is not None
    assert last is not None
    assert first.isoformat() == "2022-03-08T00:00:00+00:00"
    assert last.isoformat() == "2022-03-08T23:59:59.999999+00:00"
