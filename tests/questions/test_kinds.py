"""The kinds of requests: told from their words, and direct where they are not sure."""

from __future__ import annotations

import pytest

from assistant.questions.kinds import DIRECT, KINDS, LONGEST, features, kind, likelihoods

ASKED = {
    "overview": [
        "Tell me about the ferry accident",
        "what happened at Low Quay",
        "I have only just heard of the Kestrel Quay row. What is it about?",
        "background on the harbour strike please",
    ],
    "timeline": [
        "timeline of the strike",
        "Walk me through the trial step by step, with dates",
    ],
    "statements": ["everything Ada Roe said about the quay", "all quotes by the mayor"],
    "reactions": ["How did people react to the verdict?", "reactions to the budget"],
    "list": ["Name all the companies that bid for the bridge"],
    "count": ["How many articles mention Jens Doe?", "in how many reports does Roe occur"],
    "compare": ["Compare the police figure with the organisers' figure"],
    "article": ["What does the Harbour Wire piece of 6 March report?"],
    "check": ["Is it true that the council voted against the plan?"],
    DIRECT: [
        "How many were hurt?",
        "Who is Tomas Brandt?",
        "When did the bridge open?",
    ],
    "keyword": ["ferry", "ferry toll", "第一"],
    "changed": ["How has the number of injured changed?"],
}


@pytest.mark.parametrize(
    ("known", "request_"), [(known, one) for known, some in ASKED.items() for one in some]
)
def test_the_kind_is_told_from_the_words(known: str, request_: str) -> None:
    assert kind(request_) == known


def test_a_kind_is_one_of_those_known_and_likelihoods_add_up() -> None:
    likely = likelihoods("what is going on at the quay?")
    assert len(likely) == len(KINDS)
    assert likely.sum() == pytest.approx(1, abs=1e-5)


def test_of_a_rambling_only_so_many_words_are_looked_at() -> None:
    assert len(features("word and other " * 50_000)) < 10 * LONGEST
