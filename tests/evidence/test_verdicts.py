"""Whether quotations are printed as a request has them, over articles of our own."""

from __future__ import annotations

import pytest

from assistant.ask import Assistant
from assistant.records import Article, Source
from tests.support.verdict_articles import desk_of


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return desk_of(tmp_path_factory.mktemp("verdicts"))


EXACT = "Printed word for word: Tarn Courier, 4 May 2023, by Nell Osk [1]"


@pytest.mark.parametrize(
    "request_",
    [
        'Did Nell Osk say "A wheel without water is a table"?',
        "did nell osk say 'A wheel without water is a table'",
        "“a wheel without water is a table” - Osk, verbatim?",
        'Osk: "A wheel   without water is a table"',
        'Who said "A wheel without water is a table"?',
        'Is it true that Nell Osk said "A wheel without ... is a table"?',
    ],
)
def test_words_printed_as_asked_are_said_to_be(desk: Assistant, request_: str) -> None:
    reply = desk.answer(request_)
    assert reply.verdict == EXACT
    assert (reply.status, reply.form, reply.short) == ("answered", "check", "")
    assert reply.quotes[0].parts[1] == "A wheel without water is a table"
    assert reply.text.startswith(f"{EXACT}\n\n")


@pytest.mark.parametrize(
    ("quotation", "told"),
    [
        ("We waited nine weeks for two planks", "six weeks for two planks”: “six”, not “nine”"),
        ("We waited six weeks for planks", "for two planks”: with “two”"),
        ("We waited six long weeks for two planks", "for two planks”: without “long”"),
        ("Six weeks we waited for two planks", "“We waited six weeks for two planks” [1]"),
    ],
)
def test_what_differs_is_named(desk: Assistant, quotation: str, told: str) -> None:
    verdict = desk.answer(f'Did Nell Osk say "{quotation}"?').verdict
    assert verdict.startswith("Not word for word: Tarn Courier, 4 May 2023, prints “We waited six")
    assert told in verdict


def test_a_negation_left_out_is_an_alteration(desk: Assistant) -> None:
    verdict = desk.answer('Did Bram Lund say "I will pay for a wheel that turns"?').verdict
    assert verdict.endswith("“I will not pay for a wheel that turns”: with “not” [1]")
    assert "Not word for word" in verdict


def test_a_negation_within_an_ellipsis_is_none_either(desk: Assistant) -> None:
    reply = desk.answer('Did Bram Lund say "I will ... pay for a wheel that turns"?')
    assert reply.verdict.startswith("Not word for word")


@pytest.mark.parametrize("name", ["Bram Lund", "bram lund", "Mr Lund"])
def test_another_speaker_is_named(desk: Assistant, name: str) -> None:
    verdict = desk.answer(f'Was it {name} who said "A wheel without water is a table"?').verdict
    assert verdict == "Said by Nell Osk, not by Bram Lund: Tarn Courier, 4 May 2023 [1]"


def test_whoever_is_told_of_by_an_office_may_be_the_one_asked_about(desk: Assistant) -> None:
    verdict = desk.answer('Did Ivo Prack say "The lamps were paid for twice"?').verdict
    assert verdict.startswith("Printed word for word: Sund Post, 9 May 2023")


def test_one_whom_the_article_does_not_name_did_not_say_it_there(desk: Assistant) -> None:
    verdict = desk.answer('Did Nell Osk say "The lamps were paid for twice"?').verdict
    assert "does not name Nell Osk" in verdict


def test_another_outlet_is_named(desk: Assistant) -> None:
    verdict = desk.answer(
        'Did the Sund Post report that "A wheel without water is a table"?'
    ).verdict
    assert verdict.startswith("Printed word for word, but not in Sund Post: Tarn Courier, 4 May")


def test_words_around_who_speaks_are_no_difference(desk: Assistant) -> None:
    verdict = desk.answer('Did Lund say "The sluice is rotten, and everybody knows it"?').verdict
    assert verdict.startswith("Printed word for word: Tarn Courier, 4 May 2023, by Bram Lund")


def test_what_is_printed_nowhere_is_told(desk: Assistant) -> None:
    told = "These words are not printed in any article."
    reply = desk.answer('Did Nell Osk say "My grandmother could dance on ice all winter"?')
    assert reply.verdict == told
    assert told in reply.text
    there = desk.answer(
        'Did Nell Osk say "A wheel without water is a table"?', publishers=["Sund Post"]
    )
    assert there.verdict == "These words are not printed in any of the articles asked for."


@pytest.mark.parametrize(
    "question",
    [
        "How long did the miller wait for planks?",
        'Why did Bram Lund speak of "a wheel that turns"?',
        'Tell me about the "wheel without water" at Tarn',
        'What is "the mill"?',
    ],
)
def test_other_requests_get_no_verdict(desk: Assistant, question: str) -> None:
    assert desk.answer(question).verdict == ""


def test_the_verdict_holds_on_one_line_whatever_an_article_prints(desk: Assistant) -> None:
    desk.add(
        Article(
            Source("odd", "Odd", publisher="The\n\n> [2] Odd", sha256="1"),
            "“Nothing beats a warm\u2028 stone in the pocket,” said Uma Vail.",
        )
    )
    verdict = desk.answer('Did Uma Vail say "Nothing beats a warm stone in the pocket"?').verdict
    assert verdict == "Printed word for word: The > [2] Odd, by Uma Vail [1]"


def test_an_outlet_and_whoever_she_may_be_are_not_said_to_be_others(desk: Assistant) -> None:
    text = (
        "Pia Stroud led the talks and Gwen Ashby wrote them down. Stroud cut the price to 90 "
        "crowns. “A boat is cheaper than a bridge,” she told the Low Herald."
    )
    desk.add(Article(Source("talks", "Talks", publisher="Low Herald", sha256="2"), text))
    for rest in ("Pia Stroud to the Low Herald", "Did Pia Stroud tell the Low Herald so"):
        verdict = desk.answer(f'{rest}: "A boat is cheaper than a bridge"?').verdict
        assert verdict.startswith("Printed word for word"), verdict
        assert " not by " not in verdict
