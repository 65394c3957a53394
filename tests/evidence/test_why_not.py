"""What an answer says of what it lacks, and of what is no question."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from assistant.ask import Assistant
from assistant.evidence import why_not
from assistant.evidence.finding import Found
from assistant.questions import small_talk
from assistant.records import Article, Filters, Quote, Source
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


def test_an_outlet_that_is_not_stored_is_said_and_the_others_named(
    assistant: Assistant, write: Callable[..., Article]
) -> None:
    assistant.add([write("The bridge is shut.", publisher="Quay Post")])
    reply = assistant.answer("Is the bridge shut?", publishers=["Norrby Times"], since="2022-01-01")
    assert reply.missing == (
        "No article in the collection is from Norrby Times. Its outlets are Quay Post.",
    )


def test_an_outlet_without_an_article_in_the_days_asked_for_is_said(
    assistant: Assistant, write: Callable[..., Article]
) -> None:
    assistant.add([write("The bridge is shut."), write("It rained.", id="b", publisher="Lamp")])
    question = "Is the bridge shut?"
    reply = assistant.answer(question, publishers=["LAMP"], until="2019-12-31")
    assert reply.missing == (
        "No article from Lamp in the collection is dated until 31 December 2019.",
    )
    since = assistant.answer(question, since="2023-01-01", until="2023-01-01").missing
    assert since == ("Nothing in the collection was published on 1 January 2023.",)


def test_articles_without_a_date_are_not_said_to_be_of_other_days(
    assistant: Assistant, write: Callable[..., Article]
) -> None:
    assistant.add([write("The bridge is shut.", published=None)])
    assert assistant.answer("Is the bridge shut?", since="2022-01-01").missing == (
        "No article in the collection is dated since 1 January 2022; "
        "those without a date were left out.",
    )


def test_a_name_in_a_quotation_shown_is_not_missing(
    assistant: Assistant, write: Callable[..., Article]
) -> None:
    assistant.add([write("The bridge is shut.")])
    shown = Quote("Quimby spoke.", 0, 13, Source("z", "Later"))
    found, none = Found("?", (shown,), ()), Found("?", (), ())
    question = "What did Quimby and Vance say?"
    said = why_not.missing(question, [found], Filters(), assistant.store)
    assert said == ("Nothing in the collection names “Vance”.",)
    assert len(why_not.missing(question, [none], Filters(), assistant.store)) == 2


def test_only_parts_without_a_quotation_are_missing_and_in_the_readers_words(
    assistant: Assistant, write: Callable[..., Article]
) -> None:
    assistant.add([write("The bridge is shut.")])
    shown = Quote("The bridge is shut.", 0, 19, Source("a", "Bridge"))
    found = [Found("Is the bridge shut?", (shown,), ()), Found("who paid (bridge)?", (), ())]
    said = why_not.missing("?", found, Filters(), assistant.store)
    assert said == ("The articles do not say: who paid?",)


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("Give me an overview of the bridge please", "On the topic, but not what you asked."),
        ("brigde", "On the topic, but not what you asked."),
        ("Who paid? (bridge works)", "It says nothing of “paid”."),
        ("bridge lantern", "It says nothing of “lantern”."),
        ("Why did the Lamp report on the bridge?", "From another outlet."),
        ("Did Olaf Roe shut the bridge?", "It does not name “Olaf Roe”."),
        ("¿Por qué está cerrado el puente?", "Near in meaning, but not what you asked."),
        ("lantrn", "On another topic."),
    ],
)
def test_each_reason_fits_how_the_question_was_put(
    assistant: Assistant, write: Callable[..., Article], question: str, reason: str
) -> None:
    near = write("The bridge is shut, Ada Roe said.", title="Works")
    other = write("Gulls paid for a lantern.", id="b", title="Gulls", publisher="The Lamp")
    assistant.add([near, other])
    quote = Quote(near.text, 0, len(near.text), near.source)
    told = why_not.each(
        question, [quote], {"a": near}, store=assistant.store, today=date(2022, 4, 1)
    )
    assert told == (reason,)


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("What did Macron say about the no-fly zone?", "It does not name “Macron”."),
        ("How many people died in the ferry accident?", "It says nothing of “died”."),
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
        ("no", "Ask on"),
        ("Sure!", "Ask on"),
        ("ok, I see", "Ask on"),
        ("got it, thanks", "You are welcome."),
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
     "no, in the north", "ok and the cost?", "thanks, and in Vellane?", "why", "who cares",
     "What is 911?", "Hello Kitty museum opens when?", "How many is 12 boats"],
)  # fmt: skip
def test_a_question_to_the_articles_is_not_small_talk(question: str) -> None:
    assert small_talk.reply(question) == ""
