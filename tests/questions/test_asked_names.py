"""The names a question asks about, and the capitals that name nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.questions.asked_names import asked_names, in_another_language, telling


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("Everything Jens Quell said", ("Jens Quell",)),
        ("What did Prime Minister Ada Quell say to the Finance Ministry?", ("Ada Quell",)),
        ("What did Liam O’Brask's sister say?", ("Liam O’Brask",)),
        ("Ada Roe's May article about Ellsund", ("Roe", "Ellsund")),
        ("What did Ada Roe of Ellsund tell the Port of Norrby?",
         ("Ada Roe", "Ellsund", "Port of Norrby")),
        ("What does the Evening Lamp say?", ("Evening Lamp",)),
        ("Who won? Roe or Dee?", ("Dee",)),
        ("Hi Tove, did Quell resign?", ("Quell",)),
        ("My aunt lives in Norrby. What did Quell say about it?", ("Quell",)),
        ("What did Ursula von der Quell say?", ("Ursula von der Quell",)),
    ],
)  # fmt: skip
def test_names_are_found_without_titles_and_possessives(
    question: str, found: tuple[str, ...]
) -> None:
    assert asked_names(question) == found


@pytest.mark.parametrize(
    "question",
    [
        "I'm after what they told us, and I’ve read all of it",
        "WHAT DID THE MAYOR SAY ABOUT THE QUAY",
        "What Did The Mayor Say About Quell",
        "¿Qué dijo Quell?",
        "Was sagte Quell über Fahrräder?",
        "Wer hat den Pokal gewonnen, Norrby oder Ellsund?",
        "Did it burn on Monday, on 3 Sept or in Decmeber?",
        "Is the EU for the U-turn of the GDP, say MEPs?",
        "what did he say about EVERYTHING in the Finance Ministry",
        "Good Morning! who won the cup?",
        "",
    ],
)
def test_capitals_that_name_nothing_are_no_names(question: str) -> None:
    assert asked_names(question) == ()


def test_titles_and_general_words_tell_nothing_of_a_name() -> None:
    assert telling("Port of Ellsund") == ("Ellsund",)
    assert telling("Foreign Ministry") == ()


@pytest.mark.parametrize(
    ("question", "other"),
    [("Combien coûte le pont ?", True), ("Quién ganó", True), ("Who is Émile Tarn?", False)],
)
def test_another_language_is_noticed(question: str, other: bool) -> None:
    assert in_another_language(question) is other


@given(st.text(max_size=300))
def test_any_text_has_names_of_words_that_it_holds(text: str) -> None:
    assert all(word in text for name in asked_names(text) for word in name.split())
