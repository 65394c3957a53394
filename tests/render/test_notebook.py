"""In a notebook an answer shows itself: by itself, and whatever an article says, as words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from assistant import Answer, Article, Quote
from assistant.ask import Assistant
from assistant.writing import quotation_writer
from tests.render.test_render import SOURCE, Reader, quoted, solid, words

Write = Callable[..., Article]
TAGS = set("a blockquote br details div em li ol p strong summary".split())
ATTRIBUTES = set("dir href rel style target".split())
WORDS = "Jens Ode closed the Arden bridge because two of its cables had rusted through."


def shown(answer: Answer) -> Reader:
    return Reader(answer._repr_html_())


@given(quoted(), words, words, st.booleans())
def test_hostile_titles_texts_and_addresses_stay_words(
    case: tuple[Article, list[Quote]], asked: str, said: str, answered: bool
) -> None:
    quotes = tuple(replace(quote, speaker=said, role=said) for quote in case[1])
    *_, text = quotation_writer.answered(quotes, [said]) if quotes else [said]
    found = Answer(asked, asked, "answered", text, quotes, steps=(said,), finished=True)
    missed = Answer(asked, asked, "not_found", said, nearest=quotes, why=(said,) * len(quotes))
    page = shown(found if answered else missed)
    assert {tag for tag, _ in page.tags} <= TAGS
    assert {name for _, attributes in page.tags for name in attributes} <= ATTRIBUTES
    assert all(link.startswith(("http://", "https://")) for link in page.values("href"))
    assert all("(" not in style for style in page.values("style"))  # no url(...)
    for quote in quotes:
        assert solid(quote.text) in solid(page.words)
        assert solid(quote.source.title) in solid(page.words)


def test_a_quotation_stands_with_its_number_and_a_link_to_its_words(
    assistant: Assistant, write: Write
) -> None:
    assistant.add(write(WORDS, url="https://harbour.example/bridge"))
    page = shown(assistant.answer("Why did Jens Ode close the Arden bridge?"))
    assert f"{WORDS} [1]" in page.words
    assert "Harbour Wire, “Bridge closed”, 8 March 2022" in page.words
    (link,) = page.values("href")
    assert link.startswith("https://harbour.example/bridge#:~:text=Jens")


def test_an_address_that_is_no_web_page_is_no_link() -> None:
    source = replace(SOURCE, url="javascript:alert(1)")
    quote = Quote(WORDS, 0, len(WORDS), source)
    assert shown(Answer("?", "?", "answered", quotes=(quote,))).values("href") == []


def test_what_is_no_answer_is_shown_as_none(assistant: Assistant, write: Write) -> None:
    assistant.add(write(WORDS))
    reply = assistant.answer("Why did the Arden bridge need new paint?")
    assert reply.status == "not_found"
    page = shown(reply)
    assert "Nearest evidence, not an answer" in page.words
    assert all(why in page.words for why in reply.why)
