"""Rendering: whatever an article says, it is shown as words and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.outcomes import Outcome
from assistant.records import Answer, Article, Difference, Quote, Source
from assistant.render import answer_message, article_list, source_panel, terminal
from assistant.writing import quotation_writer

TAGS = set(
    "a article bdi blockquote br button details div figcaption figure h2 h3 header li mark ol p"
    " section span strong summary table tbody td th thead time tr ul".split()
)
ATTRIBUTES = set(
    "aria-hidden aria-label class data-answer data-articles data-copy data-id data-quote"
    " data-speaker datetime dir hidden href id open rel role scope tabindex target title"
    " type".split()
)
HOSTILE = (
    "<script>",
    "</p>",
    '"',
    "'",
    "&lt;",
    "&",
    "\n\n",
    "\n",
    "\r",
    "> ",
    "[1]",
    "“",
    "”",
    "![x](http://evil.example)",
    "javascript:alert(1)",
    "🙂",
    "e\u0301",
    "\u202e",
    "\x1b[31m",
    "\x07",
    "word ",
)
words = st.lists(
    st.sampled_from(HOSTILE) | st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    max_size=12,
).map("".join)
SOURCE = Source("a", "Bridge closed", "Harbour Wire", published=datetime(2022, 3, 8, tzinfo=UTC))


class Reader(HTMLParser):
    """Reads HTML as a browser would: its tags, their attributes, and its words by place."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words = ""
        self.marked: dict[str, str] = {}
        self._mark: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.tags.append((tag, found))
        if tag == "mark":
            self._mark = found["data-quote"].split()

    def handle_endtag(self, tag: str) -> None:
        if tag == "mark":
            self._mark = []

    def handle_data(self, data: str) -> None:
        self.words += data
        for name in self._mark:
            self.marked[name] = self.marked.get(name, "") + data

    def values(self, attribute: str) -> list[str]:
        return [found[attribute] for _, found in self.tags if attribute in found]


def cut(text: str, start: int, end: int, source: Source = SOURCE) -> Quote:
    return Quote(text[start:end], start, end, source)


def solid(text: str) -> str:
    """The text without space: what stands between two paragraphs is not marked."""
    return "".join(text.split())


@st.composite
def quoted(draw: st.DrawFn) -> tuple[Article, list[Quote]]:
    """An article of any words, and quotes that begin and end on a word as sentences do."""
    source = replace(SOURCE, title=draw(words), publisher=draw(words), url=draw(words))
    article = Article(source, draw(words))
    letters = [i for i, letter in enumerate(article.text) if not letter.isspace()]
    places = st.lists(st.tuples(st.sampled_from(letters), st.sampled_from(letters)), max_size=4)
    spans = draw(places) if letters else []
    return article, [cut(article.text, min(s), max(s) + 1, source) for s in spans]


@given(quoted())
def test_the_panel_shows_each_character_of_the_article_and_no_other(
    case: tuple[Article, list[Quote]],
) -> None:
    article, quotes = case
    html = source_panel.article_html(article, quotes, 1)
    shown = html.partition('<div class="words">')[2].removesuffix("</div></article>")
    assert Reader(shown).words == article.text


@given(quoted())
def test_the_marked_words_are_the_quote_also_where_quotes_overlap(
    case: tuple[Article, list[Quote]],
) -> None:
    article, quotes = case
    read = Reader(source_panel.article_html(article, quotes, 1))
    quoted = {f"quote-{n}": solid(quote.text) for n, quote in enumerate(quotes, 1)}
    assert {name: solid(words) for name, words in read.marked.items()} == quoted
    assert sorted(read.values("id")) == sorted(quoted)


@given(quoted(), words, st.sampled_from(["answered", "not_found"]))
def test_no_word_of_an_article_becomes_a_tag(
    case: tuple[Article, list[Quote]], text: str, status: str
) -> None:
    article, quotes = case
    found = {"quotes" if status == "answered" else "nearest": tuple(quotes)}
    answer = Answer("q", "q", status, text, steps=(text,), finished=True, **found)  # type: ignore
    html = answer_message.answer_html(answer) + source_panel.sources_html(answer, {"a": article})
    html += article_list.sources_table([article.source]) + answer_message.problem_html(text)
    html += article_list.outcomes_html([Outcome(text, "skipped", title=text, reason=text)])
    read = Reader(html)
    assert {tag for tag, _ in read.tags} <= TAGS
    assert {name for _, found in read.tags for name in found} <= ATTRIBUTES
    safe = ("#a", "?article=", "http://", "https://")
    assert all(href.startswith(safe) for href in read.values("href"))


@given(words, words)
def test_a_message_is_one_line_so_that_markdown_leaves_it_alone(text: str, title: str) -> None:
    source = replace(SOURCE, title=title, publisher="")
    answer = Answer("q", "q", "answered", text, (cut(text, 0, 5, source),), steps=(text,))
    assert len(answer_message.answer_html(answer).splitlines()) == 1


@given(words, words)
def test_the_terminal_obeys_nothing_that_an_article_says(text: str, title: str) -> None:
    quote = cut(text, 0, 9, replace(SOURCE, title=title, url=title))
    shown = terminal.terminal(Answer("q", "q", "answered", text, (quote,)))
    assert all(letter.isprintable() or letter in "\n\t" or ord(letter) > 159 for letter in shown)
    assert "\u202e" not in shown


def test_a_number_in_brackets_links_to_its_quote_and_no_other_does() -> None:
    answer = Answer("q", "q", "answered", "Closed [1], not [2] nor [0].", (cut("Closed", 0, 6),))
    read = Reader(answer_message.answer_html(answer))
    assert [href.split("-", 1)[1] for href in read.values("href")] == ["quote-1", "quote-1"]
    assert "[2] nor [0]" in read.words


def told(*quotes: Quote) -> Answer:
    """An answer of these quotes, as the keyless writer sets them out."""
    *_, text = quotation_writer.answered(quotes)
    return Answer("q", "q", "answered", text, quotes, finished=True)


def test_a_number_printed_by_the_article_is_no_citation() -> None:
    printed = "See note [1], he wrote [1]."
    read = Reader(answer_message.answer_html(told(cut(printed, 0, len(printed)))))
    assert len(read.values("href")) == 1
    assert "See note [1], he wrote [1]. [1]" in read.words


def test_a_quotation_is_a_card_with_who_where_and_when() -> None:
    quote = replace(cut("**Closed**, he said.", 0, 20), speaker="Jo <Doe>", role="mayor")
    html = answer_message.answer_html(told(replace(quote, copies=(SOURCE,))))
    assert '<figure><blockquote dir="auto">**Closed**, he said. <a ' in html
    assert "<strong>Jo &lt;Doe&gt;, mayor</strong>" in html
    assert "Harbour Wire (+1 copy), 8 March 2022" in html


def test_what_is_said_around_the_quotations_stays_around_them() -> None:
    later = replace(SOURCE, id="b", published=datetime(2022, 3, 9, tzinfo=UTC))
    quotes = (cut("Closed.", 0, 7), cut("Open.", 0, 5, later))
    answer = told(*quotes)
    words = Reader(
        answer_message.answer_html(replace(answer, text=f"First.\n\n{answer.text}"))
    ).words
    assert words.index("First.") < words.index("Closed.") < words.index("In order of time")


@pytest.mark.parametrize(("updated", "shown"), [(False, "differ"), (True, "updated")])
def test_sources_that_differ_and_news_that_went_on_look_different(
    updated: bool, shown: str
) -> None:
    later = replace(SOURCE, id="b", published=datetime(2022, 3, 9, tzinfo=UTC))
    quotes = (cut("Twelve hurt.", 0, 12), cut("Nine hurt.", 0, 10, later))
    difference = Difference(0, 1, "figure", updated, "Twelve", "Nine")
    *_, text = quotation_writer.answered(quotes, differences=[difference])
    answer = Answer("q", "q", "answered", text, quotes, differences=(difference,))
    html = answer_message.answer_html(answer)
    assert f'<p dir="auto" class="{shown}">' in html
    assert '<p dir="auto" class="in-time">' in html


def test_an_answer_that_is_not_found_claims_no_source() -> None:
    near = cut("The bridge is old.", 0, 18)
    answer = Answer("q", "q", text="The articles do not say.", nearest=(near,), finished=True)
    message, panel = answer_message.answer_html(answer), source_panel.sources_html(answer, {})
    assert "Nearest evidence, not an answer" in message
    assert ">Sources<" not in panel
    assert Reader(message).values("href") == [f"#{Reader(panel).values('id')[0]}"]


def test_two_answers_of_one_chat_have_anchors_of_their_own() -> None:
    first = Answer("q", "q", "answered", "[1]", (cut("Closed. Open.", 0, 7),))
    second = replace(first, quotes=(cut("Closed. Open.", 8, 13),))
    assert Reader(answer_message.answer_html(first)).values("href") != (
        Reader(answer_message.answer_html(second)).values("href")
    )


def test_sources_stand_in_the_order_of_their_first_quotes_the_first_open() -> None:
    other = replace(SOURCE, id="b", title="Ferry late")
    quotes = (cut("Late.", 0, 5, other), cut("Closed.", 0, 7), cut("Late.", 0, 5, other))
    answer = Answer("q", "q", "answered", "[1] [2] [3]", quotes)
    html = source_panel.sources_html(
        answer, {"a": Article(SOURCE, "Closed."), "b": Article(other, "Late.")}
    )
    assert html.index("Ferry late") < html.index("Bridge closed")
    assert html.index('<details class="source" open>') < html.index('<details class="source">')
    assert "3 quotations from 2 articles" in html


def test_a_removed_article_is_shown_as_its_quotes_alone() -> None:
    answer = Answer("q", "q", "answered", "[1]", (cut("It is closed.", 0, 13),))
    html = source_panel.sources_html(answer, {})
    assert "no longer in the collection" in html
    assert list(Reader(html).marked.values()) == ["It is closed."]


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//evil", "http://[", "", "htt\nps://a.b"]
)
def test_only_a_web_page_is_linked(url: str) -> None:
    html = source_panel.article_html(Article(replace(SOURCE, url=url), "Closed."), [], 1)
    assert "href" not in html


def test_the_panel_names_outlet_author_moment_and_page() -> None:
    moment = datetime(2022, 3, 8, 14, 5, tzinfo=timezone(timedelta(hours=1)))
    source = replace(SOURCE, author="Ada Roe", published=moment, url="https://wire.example/a?b&c")
    html = source_panel.article_html(Article(source, "Closed."), [], 1)
    assert "Harbour Wire</bdi> · <bdi>Ada Roe</bdi>" in html
    assert "8 March 2022, 14:05 (UTC+01:00)" in html
    assert 'href="https://wire.example/a?b&amp;c" target="_blank" rel="noopener noreferrer"' in html


def test_the_terminal_lists_sources_by_number() -> None:
    quote = cut("Closed.", 0, 7, replace(SOURCE, url="https://wire.example/a"))
    shown = terminal.terminal(Answer("q", "q", "answered", "Doe:\n\n> Closed. [1]", (quote,)))
    assert shown == (
        "Doe:\n\n    Closed. [1]\n\nSources\n"
        "[1] Bridge closed. Harbour Wire. 8 March 2022. https://wire.example/a"
    )


def test_an_escape_sequence_goes_whole_and_takes_no_words_with_it() -> None:
    shown = terminal.printable("\x1b[31mred\x1b[0m \x1b]0;title\x07on \x1b]paper\nhe")
    assert shown == "red on ]paper\nhe"


def test_a_long_collection_is_cut_and_says_so() -> None:
    html = article_list.sources_table([SOURCE] * 1503)
    assert "1,503 articles" in html
    assert html.count("<tr>") == 501
    assert "and 1,003 older" in html


def test_each_outcome_is_said_in_words() -> None:
    outcomes = [
        Outcome("a.md", "added", "a", "Bridge"),
        Outcome("b.bin", "skipped", reason="no text"),
    ]
    said = Reader(article_list.outcomes_html(outcomes)).words
    assert said == "a.md added: Bridgeb.bin skipped: no text"


def test_a_message_of_the_chat_reads_as_plain_words_again() -> None:
    html = answer_message.answer_html(told(cut("It’s <closed>.", 0, 14)))
    assert answer_message.plain(html) == "It’s <closed>. [1] Harbour Wire, 8 March 2022"
