"""Whose words a question asks for."""

from __future__ import annotations

import pytest

from assistant.questions.asked_words import asked_quotation, asks_words_of, may_ask_words_of
from assistant.text import terms


@pytest.mark.parametrize(
    ("question", "who"),
    [
        ("What did NATO say about a no-fly zone?", "NATO"),
        ("what does the mayor want", "mayor"),
        ("Everything Ada Roe has said on the quay", "Ada Roe"),
        ("Please give me all statements by Ada Roe", "Ada Roe"),
        ("everything the mayor said about the flood barrier", "mayor"),
        ("all that the harbour master has said", "harbour master"),
        ("quotes from the captain on the fog", "captain"),
    ],
)
def test_whose_words_are_asked_for(question: str, who: str) -> None:
    assert asks_words_of(question) == frozenset(terms.terms(who))


@pytest.mark.parametrize(
    "question",
    [
        "How many were hurt?",
        "Did Ada Roe say that the quay is shut?",
        "Where was “it is ugly” said by Ada Roe?",
        "Tell me about the ferry",
        "everything about what was said on the ferry",
        "all we have been told",
    ],
)
def test_what_is_printed_is_asked_for_and_nobodys_words(question: str) -> None:
    assert not asks_words_of(question)
    assert not may_ask_words_of(question)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Who said “It keeps us dry, all of us”?", "it keeps us dry all of us"),
        ('did Roe say "we will not pay" in May', "we will not pay"),
        ('What is "the deal"?', ""),
        ("Who said so?", ""),
    ],
)
def test_the_quotation_that_is_asked_about(question: str, words: str) -> None:
    assert asked_quotation(question) == words
