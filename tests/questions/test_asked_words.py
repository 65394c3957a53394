"""Whose words a question asks for."""

from __future__ import annotations

import pytest

from assistant.questions.asked_words import asks_words_of
from assistant.text import terms


@pytest.mark.parametrize(
    ("question", "who"),
    [
        ("What did NATO say about a no-fly zone?", "NATO"),
        ("what does the mayor want", "mayor"),
        ("Everything Ada Roe has said on the quay", "Ada Roe"),
        ("Please give me all statements by Ada Roe", "Ada Roe"),
    ],
)
def test_whose_words_are_asked_for(question: str, who: str) -> None:
    assert asks_words_of(question) == [frozenset(terms.terms(who))]


@pytest.mark.parametrize(
    "question",
    [
        "How many were hurt?",
        "Did Ada Roe say that the quay is shut?",
        "Where was “it is ugly” said by Ada Roe?",
        "Tell me about the ferry",
    ],
)
def test_what_is_printed_is_asked_for_and_nobodys_words(question: str) -> None:
    assert asks_words_of(question) == []
