"""Quotes: chosen by place, proved before anyone sees them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant import quotes
from assistant.errors import StoreFailed
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


def test_of_two_sentences_that_say_the_same_the_better_is_kept(write: Write) -> None:
    article = write(TEXT)
    one, other = quotes.candidates(hits(article), {"a": article})
    chosen = quotes.choose([(0.4, one), (0.9, other)], {"a": article}, limit=5)
    assert [quote.text for quote in chosen] == ["The bridge stays shut, she said."]


@pytest.mark.parametrize("change", [{"text": "The bridge is open."}, {"start": 1}, {"text": ""}])
def test_a_quote_that_is_not_printed_is_held_back(write: Write, change: dict[str, object]) -> None:
    article = write(TEXT)
    made = quotes.quote(article, Sentence("a", 0, 20), 1.0)
    with pytest.raises(StoreFailed, match="held back"):
        quotes.check([replace(made, **change)], {"a": article})  # type: ignore[arg-type]


def test_a_quote_of_an_unknown_article_is_held_back(write: Write) -> None:
    made = quotes.quote(write(TEXT), Sentence("a", 0, 20), 1.0)
    with pytest.raises(StoreFailed, match="'a'"):
        quotes.check([made], {})
