"""Misspelt words of a question: put right from what is printed, and said; all else stays."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from assistant.ask import Assistant
from assistant.questions.known_words import KnownWords
from assistant.questions.spelling import apply, respelt
from assistant.records import Article, Respelt
from assistant.render.answer_message import answer_html
from tests.support.servers import everywhere

Write = Callable[..., Article]
FERRY = """The ferry Marguerite ran into the pier at Low Quay in an accident on Tuesday. Karin
Brandt, the harbour master, said the engine had failed. Twelve passengers were injured, and the
insurer will pay for the e-bike racks. Zoë Halvorsen watched from the lighthouse.
"""
STRIKE = """Dockers struck in Norrby for a week. Containers piled up at the terminal, and Piet
Lammers said the fee would rise. The acid tank was moved.
"""


@pytest.fixture
def one(assistant: Assistant, write: Write) -> Assistant:
    """A store of a single article."""
    assistant.add(write(FERRY, title="Ferry hits pier"))
    return assistant


@pytest.fixture
def two(one: Assistant, write: Write) -> Assistant:
    one.add(write(STRIKE, id="b", title="Dockers strike", publisher="The Norrby Lamp"))
    return one


def read(assistant: Assistant, question: str) -> str:
    """The question as it is searched."""
    return apply(respelt(question, KnownWords(assistant.store)), question)


@everywhere
def test_a_single_article_mends_a_question_of_misspelt_words_alone(
    assistant: Assistant, write: Write
) -> None:
    assistant.add(write(FERRY, title="Ferry hits pier"))
    assert read(assistant, "teh fery acident") == "the ferry accident"
    assert read(assistant, "wat did zoe halvorsn do abuot the ferry") == (
        "what did zoe Halvorsen do about the ferry"
    )


@pytest.mark.parametrize(
    ("typed", "searched"),
    [
        ("how many pasengers were ijured on the ferry", "how many passengers were injured on the"),
        ("insurer of the ebike racks", "insurer of the e-bike racks"),
        ("what hit the pier at lowquay", "what hit the pier at Low Quay"),
        ("who was in the light house of zoe halvorsn", "who was in the light house of zoe Halvors"),
        ("the con tainers at the terminal", "the containers at the terminal"),
        ("conatiners at the terminal, hwo many", "containers at the terminal, how many"),
        ("did the enigne of the ferry fail", "did the engine of the ferry fail"),
        ("the norby lamp about dockers", "the Norrby lamp about dockers"),
        ("How many were injured on mondy on the ferry?", "How many were injured on monday on the"),
    ],
)
def test_slips_spaces_hyphens_and_doubled_letters_are_mended(
    two: Assistant, typed: str, searched: str
) -> None:
    assert read(two, typed).startswith(searched)


@pytest.mark.parametrize(
    "question",
    [
        "What caused the ferry accident at Low Quay?",
        "Did the moon rise over the pier?",  # English, though not printed
        "What did NATO say about hovercraft?",
        "wanneer was het ongeluk met de veerboot",
        "¿Cuántos heridos hubo en el accidente del ferry?",
        "Wie viele Menschen wurden bei dem Ferry-Unglück verletzt?",
        "missa laiva upposi ja kuinka moni loukkaantui",
        "フェリーの事故で何人がけがをしましたか",
        "Who is Ingrid Solheim?",
        "ferry 2022-03-08 Q3 B12 a.b@brandt.example /etc/passwd",
        "Who said “the enigne had faild on teh ferry”?",
        "didnt the ferry stop, whats wrong",
        "",
    ],
)
def test_right_words_other_languages_figures_and_quotations_stay(
    two: Assistant, question: str
) -> None:
    assert respelt(question, KnownWords(two.store)) == ()


def test_a_word_that_shares_no_more_than_a_stem_with_a_printed_one_is_mended(
    two: Assistant,
) -> None:
    assert read(two, "who was hurt in the acident of the ferry").endswith("accident of the ferry")


def test_a_word_that_is_printed_once_is_never_changed(two: Assistant, write: Write) -> None:
    two.add(write("The fery of old Norrby was a raft.", id="c", title="A raft"))
    assert read(two, "where was the fery") == "where was the fery"


def test_a_misspelt_name_is_never_swapped_in_silence(two: Assistant) -> None:
    reply = two.answer("What did Karin Brant say about the engine?")
    assert reply.respelt == (Respelt("Karin Brant", "Karin Brandt", name=True),)
    assert "names “Karin Brant”; searched for “Karin Brandt”" in reply.text
    assert reply.question == "What did Karin Brandt say about the engine?"
    assert reply.asked == "What did Karin Brant say about the engine?"


def test_another_first_name_is_only_a_suggestion(two: Assistant) -> None:
    reply = two.answer("What did Piet Brant say about the engine of the ferry?")
    assert reply.respelt == (Respelt("Piet Brant", "Brandt", sure=False, name=True),)
    assert "did you mean “Brandt”?" in reply.text
    assert "Piet Brant" in reply.question


def test_what_was_changed_is_said_in_text_steps_and_json_and_can_be_taken_back(
    two: Assistant,
) -> None:
    reply = two.answer("wich fery hit the pier")
    told = "“which” instead of “wich” and “ferry” instead of “fery”"
    assert told in reply.text
    assert any("“ferry” instead of “fery”" in step for step in reply.steps)
    assert reply.to_dict()["respelt"][1]["instead"] == "ferry"
    as_typed = two.answer("wich fery hit the pier", as_typed=True)
    assert as_typed.respelt == ()
    assert as_typed.question == "wich fery hit the pier"


def test_small_talk_is_answered_as_typed(two: Assistant) -> None:
    assert two.answer("hello").respelt == ()


@pytest.mark.parametrize(
    "question",
    [
        "x" * 1_900,
        "fery " * 380,
        " ".join(f"fer{a}{b}yz" for a in "abcdefghij" for b in "abcdefghij"),
        "<script>alert(1)</script> fery <img src=x onerror=fery>",
        "fery\x00\x1b[31m\u202e acident \ud800",
        'fery\' OR "1"=1; DROP TABLE words -- NEAR(fery*) ^fery',
    ],
)
def test_hostile_questions_are_read_quickly_and_shown_escaped(
    two: Assistant, question: str
) -> None:
    begun = time.monotonic()
    changes = respelt(question, KnownWords(two.store))
    assert time.monotonic() - begun < 5  # a slow machine; it takes a twentieth
    assert all(one.instead.replace(" ", "").replace("-", "").isalpha() for one in changes)


def test_ten_thousand_letters_are_no_question(two: Assistant) -> None:
    assert two.answer("f" * 10_000).respelt == ()


def test_the_page_shows_the_words_escaped(two: Assistant) -> None:
    shown = answer_html(two.answer("wich fery <b>hit</b> the pier"))
    assert "“ferry” instead of “fery”" in shown
    assert "<b>hit" not in shown
