"""A question's parts and names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.questions.parts import MOST, as_asked, names, parts


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("Who won the cup and why did the coach leave the club?",
         ("Who won the cup?", "why did the coach leave the club?")),
        ("How many died and how many were hurt on the ferry?",
         ("How many died (hurt ferry)?", "how many were hurt on the ferry?")),
        ("What did the council decide on the barrier, and what does it cost?",
         ("What did the council decide on the barrier?",
          "what does it cost (council decide barrier)?")),
        ("Who runs the port? When was it built by the city?",
         ("Who runs the port?", "When was it built by the city (runs port)?")),
    ],
)  # fmt: skip
def test_a_question_falls_into_parts_that_stand_alone(
    question: str, found: tuple[str, ...]
) -> None:
    assert parts(question) == found


@pytest.mark.parametrize(
    "question",
    [
        "Who owns the hall and the bridge?",
        "What do bread and butter cost?",
        "Roe said that it rained and who knows why",
        "Who is it and why?",
        "",
    ],
)
def test_other_questions_stay_whole(question: str) -> None:
    assert parts(question) == (question,)


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("What did Ada Roe tell the Port of Ellsund?", ("Ada Roe", "Port of Ellsund")),
        ("Did Roe’s plan pass on Monday in March?", ("Roe",)),
        ("Who won? Roe or Dee?", ("Dee",)),
        ("what did nato say", ()),
        ("Everything Jens Roe said, and what I'm told über Dee", ("Jens Roe", "Dee")),
    ],
)
def test_names_are_the_capitalised_words(question: str, found: tuple[str, ...]) -> None:
    assert names(question) == found


@pytest.mark.parametrize(
    ("part", "typed"),
    [
        ("How many died (hurt ferry)?", "How many died?"),
        ("and why (bridge shut)", "and why"),
        ("Who left the (old) hall?", "Who left the (old) hall?"),
        ("(bridge)?", "(bridge)?"),
    ],
)
def test_a_part_is_shown_without_the_words_that_it_took_up(part: str, typed: str) -> None:
    assert as_asked(part) == typed


@given(st.text(max_size=300))
def test_any_text_has_parts_and_names(text: str) -> None:
    assert 1 <= len(parts(text)) <= MOST
    assert all(name in text for name in names(text))
