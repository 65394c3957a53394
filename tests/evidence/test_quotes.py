"""Quotes: chosen by place, proved before anyone sees them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.errors import AlteredQuote, StoreFailed
from assistant.evidence import quotes
from assistant.records import Article, Hit, Passage, Sentence

Write = Callable[..., Article]
TEXT = "“The bridge stays shut,” she said. Why is it shut at all? The bridge stays shut, she said."


def hits(article: Article) -> list[Hit]:
    return [Hit(Passage(article.source, 0, len(article.text), article.text, 0), 1.0)]


def test_a_quote_keeps_its_curly_marks(write: Write) -> None:
    article = write(TEXT)
    (first, *_) = quotes.candidates(hits(article), {"a": article})
    assert quotes.quote(article, first.sentence, 1.0).text == "“The bridge stays shut,” she said."


def test_questions_of_the_article_are_no_answers(write: Write) -> None:
    article = write(TEXT)
    assert not any("Why" in one.text for one in quotes.candidates(hits(article), {"a": article}))


def test_announcements_are_no_answers(write: Write) -> None:
    article = write("Here’s what the inspectors found. The cable was rusted through.")
    (only,) = quotes.candidates(hits(article), {"a": article})
    assert only.text == "The cable was rusted through."


def test_what_only_leads_to_a_quotation_is_no_answer(write: Write) -> None:
    article = write("And from the mayor, Ada Roe:\n\n“The cable was rusted through.”")
    (only,) = quotes.candidates(hits(article), {"a": article})
    assert only.text == "“The cable was rusted through.”"


@pytest.mark.parametrize(
    "text",
    [
        "“The cable was rusted through.” -Deputy Mayor Ada Roe",
        "From the desk of Ada Roe, head of the port.\n\n“The cable was rusted through.”",
        "“The cable was rusted through.”\n\n— Ada Roe, mayor of Arden",
    ],
)
def test_what_only_signs_a_quotation_is_no_answer(write: Write, text: str) -> None:
    article = write(text)
    (only,) = quotes.candidates(hits(article), {"a": article})
    assert only.text == "“The cable was rusted through.”"


def test_of_two_sentences_that_say_the_same_the_first_is_kept(write: Write) -> None:
    article = write(TEXT)
    one, other = quotes.candidates(hits(article), {"a": article})
    chosen = quotes.choose([(0.9, other), (0.4, one)], {"a": article}, limit=5)
    assert [quote.text for quote in chosen] == ["The bridge stays shut, she said."]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("Eva Holm runs the port. She has run it since the year of the flood, and likes it.", True),
        ("Eva Holm runs the port. Nobody was hurt in the end.", True),
        ("Eva Holm runs the port. Nobody else has ever run it for so long and so well as that in "
         "all the years.", False),
        ("Eva " * 41 + "runs the port. Nobody was hurt in the end.", False),
    ],
    ids=["points back", "few words", "stands alone", "the one before is long"],
)  # fmt: skip
def test_a_sentence_that_does_not_stand_alone_brings_the_one_before(
    write: Write, text: str, quoted: bool
) -> None:
    article = write(text)
    last = quotes.candidates(hits(article), {"a": article})[-1]
    (made,) = quotes.choose([(0.9, last)], {"a": article}, limit=1)
    assert (made.text == text) is quoted
    quotes.check([made], {"a": article})


def test_a_sentence_that_is_quoted_with_the_next_is_not_quoted_again(write: Write) -> None:
    article = write("Eva Holm runs the port. She has run it since the year of the flood.")
    first, then = quotes.candidates(hits(article), {"a": article})
    chosen = quotes.choose([(0.9, then), (0.8, first)], {"a": article}, limit=5)
    assert [quote.text for quote in chosen] == [article.text]


def test_no_words_are_quoted_twice(write: Write) -> None:
    article = write("Eva Holm runs the port. She has run it since the year of the flood.")
    first, then = quotes.candidates(hits(article), {"a": article})
    chosen = quotes.choose([(0.9, first), (0.8, then)], {"a": article}, limit=5)
    assert [quote.text for quote in chosen] == [first.text, then.text]


@pytest.mark.parametrize(
    "change",
    [
        {"text": "The bridge is open."},
        {"start": 1},
        {"text": ""},
        {"start": 48, "end": 999, "text": TEXT[48:]},
        {"end": -1, "text": TEXT[:-1]},
    ],
    ids=["other words", "other place", "none", "beyond the end", "counted from the end"],
)
def test_a_quote_that_is_not_printed_is_held_back(write: Write, change: dict[str, object]) -> None:
    article = write(TEXT)
    made = quotes.quote(article, Sentence("a", 0, 20), 1.0)
    with pytest.raises(StoreFailed, match="held back"):
        quotes.check([replace(made, **change)], {"a": article})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("span", "held"),
    [((4, 12), False), ((0, 20), False), ((3, 3), True), ((12, 4), True), ((4, 21), True)],
    ids=["inside", "all of it", "no words", "backwards", "beyond the quotation"],
)
def test_words_that_answer_lie_in_their_quotation_or_it_is_held_back(
    write: Write, span: tuple[int, int], held: bool
) -> None:
    article = write(TEXT)
    made = replace(quotes.quote(article, Sentence("a", 0, 20), 1.0), answer=span)
    if held:
        with pytest.raises(AlteredQuote, match="marked as the answer"):
            quotes.check([made], {"a": article})
    else:
        quotes.check([made], {"a": article})


def test_a_quote_of_an_unknown_article_is_held_back(write: Write) -> None:
    made = quotes.quote(write(TEXT), Sentence("a", 0, 20), 1.0)
    with pytest.raises(StoreFailed, match="'a'"):
        quotes.check([made], {})


@pytest.mark.parametrize(
    ("last", "leads"),
    [
        ("He was calm.", "Ada Roe came. Bo Tarn went."),
        ("Rain fell.", "Bo Tarn went."),
    ],
)
def test_a_sentence_that_points_back_is_read_after_two(last: str, leads: str, write: Write) -> None:
    article = write(f"Ada Roe came. Bo Tarn went. {last}")
    assert quotes.candidates(hits(article), {"a": article})[-1].leads == leads
