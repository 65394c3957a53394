"""What an answer says of what it lacks, and of what is no question."""

from __future__ import annotations

import pytest

from assistant.ask import Assistant
from assistant.questions import small_talk
from assistant.render.answer_message import answer_html
from assistant.render.terminal import terminal


def test_a_part_without_evidence_is_named_and_the_other_answered(samples: Assistant) -> None:
    reply = samples.answer("What caused the ferry accident and who won the chess tournament?")
    assert reply.status == "partial"
    assert reply.missing == ("The articles do not say: who won the chess tournament?",)
    assert reply.text.startswith(reply.missing[0])
    assert "worn valve" in reply.quotes[0].text


def test_two_parts_with_evidence_are_both_answered_first(samples: Assistant) -> None:
    reply = samples.answer(
        "What caused the ferry accident and how much will the flood barrier cost?"
    )
    assert reply.status == "answered"
    assert "worn valve" in reply.quotes[0].text
    assert "million crowns" in reply.quotes[1].text


def test_a_name_that_no_article_prints_is_said(samples: Assistant) -> None:
    reply = samples.answer("What did Quimby say about the flood barrier?")
    assert "Nothing in the collection names “Quimby”." in reply.missing
    assert "names “Quimby”" in terminal(reply)
    assert reply.status != "answered"


def test_days_without_articles_are_said(samples: Assistant) -> None:
    reply = samples.answer("What did NATO say?", since="2019-01-01", until="2019-12-31")
    assert reply.missing == (
        "Nothing in the collection was published from 1 January 2019 to 31 December 2019.",
    )
    assert reply.nearest == ()


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("Who won the chess tournament in Reykjavik?", "It does not name “Reykjavik”."),
        ("What did NATO say in January 2022?", "Of another time: published 4 March 2022."),
        ("How many penalties did Lind save in the ferry?", "It says nothing of “ferry”."),
    ],
)
def test_the_nearest_evidence_says_why_it_is_no_answer(
    samples: Assistant, question: str, reason: str
) -> None:
    reply = samples.answer(question)
    assert reply.status == "not_found"
    assert reply.why[0] == reason
    assert len(reply.why) == len(reply.nearest) == len(reply.to_dict()["why"])
    assert reason in terminal(reply)
    assert reason in answer_html(reply)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("Hello!", "Hello."),
        ("good morning", "Hello."),
        ("thanks a lot!", "You are welcome."),
        ("Who are you?", "quote the sentences"),
        ("What’s 12 * 7?", "do no sums"),
        ("2+2=", "do no sums"),
        ("", "Ask a question"),
        ("  ?! ", "Ask a question"),
        ("x" * 10_000, "10,000 characters"),
    ],
)
def test_what_is_no_question_gets_a_short_reply_without_a_source(
    samples: Assistant, typed: str, told: str
) -> None:
    reply = samples.answer(typed)
    assert told in reply.text
    assert (reply.status, reply.quotes, reply.nearest, reply.finished) == (
        "not_found", (), (), True,
    )  # fmt: skip


@pytest.mark.parametrize(
    "question",
    ["Who are you going to elect, Vellane?", "Thanks to whom was the ferry saved?",
     "What is 911?", "Hello Kitty museum opens when?", "How many is 12 boats"],
)  # fmt: skip
def test_a_question_to_the_articles_is_not_small_talk(question: str) -> None:
    assert small_talk.reply(question) == ""
