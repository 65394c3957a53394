"""What a reader takes away: words with their source, in three forms, and links to both."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import parse_qs

import pytest
from markdown_it import MarkdownIt

from assistant.records import Quote, Source
from assistant.render.citation import as_citation, as_markdown, as_text, original, permalink

SOURCE = Source(
    "a&b",
    "Bridge closed",
    "Harbour Wire",
    author="Ada Roe",
    url="https://wire.example/bridge",
    published=datetime(2022, 3, 8, tzinfo=UTC),
)
QUOTE = Quote("It is closed.", 4, 17, SOURCE, "Jo Doe", "mayor")


def test_as_text_it_is_one_line_with_all_that_is_known() -> None:
    assert as_text(QUOTE) == (
        "“It is closed.” (Jo Doe, mayor; Harbour Wire, “Bridge closed”, 8 March 2022, "
        "https://wire.example/bridge)"
    )


def test_as_a_citation_it_names_the_article_as_notes_do() -> None:
    assert as_citation(SOURCE) == (
        "Ada Roe, “Bridge closed,” Harbour Wire, 8 March 2022, https://wire.example/bridge."
    )
    assert as_citation(Source("a", "Bridge closed")) == "“Bridge closed,”."


def test_as_markdown_it_shows_the_words_and_links_the_article() -> None:
    html = MarkdownIt().render(as_markdown(QUOTE))
    assert "<p>It is closed.</p>" in html
    assert '<a href="https://wire.example/bridge">Bridge closed</a>' in html
    assert "— Jo Doe, mayor, " in html


@pytest.mark.parametrize(
    "words",
    [
        "*a* _b_ `c` # d",
        "<img src=x onerror=alert(1)>",
        "![x](http://evil.example/a.png) [y](javascript:alert(1))",
        "> not mine\n\n# A heading\n- a list",
        "1. one &amp; <b>two</b> ~~three~~ | four |",
        "trailing \\",
    ],
)
def test_as_markdown_no_word_of_an_article_is_a_command(words: str) -> None:
    quote = replace(QUOTE, text=words, speaker=words, source=replace(SOURCE, title=words))
    html = MarkdownIt("commonmark", {"html": True}).render(as_markdown(quote))
    for tag in ("<img", "<em", "<code", "<h1", "<ul", "<ol", "<b>", 'javascript:alert(1)"'):
        assert tag not in html
    assert html.count("<a ") == 1


def test_the_original_opens_at_the_words() -> None:
    assert original(QUOTE) == "https://wire.example/bridge#:~:text=It%20is%20closed."


def test_of_a_long_quotation_both_ends_are_looked_for() -> None:
    long = replace(
        QUOTE, text="One-off, two & three four five six\nseven eight nine ten eleven twelve"
    )
    assert original(long) == (
        "https://wire.example/bridge#:~:text=One%2Doff%2C%20two%20%26%20three%20four,"
        "eight%20nine%20ten%20eleven%20twelve"
    )


def test_an_address_with_a_fragment_keeps_it() -> None:
    there = replace(SOURCE, url="https://wire.example/live#p7")
    assert original(replace(QUOTE, source=there)).startswith("https://wire.example/live#p7:~:text=")


@pytest.mark.parametrize("url", ["", "javascript:alert(1)", "//evil", "http://["])
def test_what_is_no_web_page_is_not_linked(url: str) -> None:
    quote = replace(QUOTE, source=replace(SOURCE, url=url))
    assert original(quote) == ""
    assert "](" not in as_markdown(quote)
    assert as_text(quote).endswith("8 March 2022)")


def test_a_permalink_names_article_and_span() -> None:
    assert parse_qs(permalink(QUOTE)[1:]) == {"article": ["a&b"], "start": ["4"], "end": ["17"]}
