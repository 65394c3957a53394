"""What the fuzzer says to everything that takes words, and what must be true of what comes out."""

from __future__ import annotations

import re
import unicodedata
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest
from hypothesis import strategies as st

from assistant.errors import StoreFailed
from assistant.evidence import differences, quotes, speakers_and_days
from assistant.evidence.match_quotation import marked, prove
from assistant.questions import asked_days, parts, small_talk, understanding
from assistant.records import Answer, Article, Outcome, Quote, Sentence, Source, Turn
from assistant.render import (
    answer_message,
    article_list,
    conversation_export,
    source_panel,
    terminal,
)
from assistant.render.conversation_export import EXPORTS
from assistant.sources.cleaning.clean_text import clean
from assistant.sources.files.pdf_paragraphs import paragraphs
from assistant.text import passages, quantities, sentences
from assistant.text.near_copies import signature
from assistant.text.prompt_safety import tame
from assistant.writing import quotation_writer
from assistant.writing.checked_stream import Composer, cited_quotes, prose
from assistant.writing.prompt_sentences import Shown
from tests.render.test_render import ATTRIBUTES, HOSTILE, TAGS, Reader

NOW = datetime(2022, 3, 8, 12, tzinfo=UTC)
SOURCE = Source("a", "Bridge closed", "Harbour Wire", published=NOW, url="https://wire.example/a")
_PIECES = (
    "Mayor Ada Roe said on Friday that ",
    "the bridge “will not be finished before June”",
    ", she added. ",
    "He told the Harbour Wire: “Nobody asked us. ",
    "Twelve of its 51 bolts, 2.4 million crowns (5–7 %), ",
    "U.S. ",
    "between 31 June and 29 February 2023, 00:61 a.m., ",
    "last week's third century, 1/2/3, in 99999999999 years ",
    "not, never. ",
    "Mr. J. R. R. ",
    "• ",
    "1. ",
    "… ",
    " ... ",
    " [sic] ",
    " [1]",
    " [1, 2]. ",
    "[2-9]",
    "[999999999999]",
    "MISSING: why the bridge ",
    "‘we’ 'they' \"it\" «so» „so“ ``x''",
    "\u200b",
    "\u2028",
    "\xa0",
    "\t",
    "İstanbul ﬁ ß ǅ ",
    "漢字。「橋」",
    "x" * 300,
    "-" * 60,
)
_PIECE = st.sampled_from(_PIECES + HOSTILE) | st.text(max_size=6)
words = st.lists(_PIECE, max_size=25).map("".join)
# What has come through a reader: no surrogates, no unseen characters.
cleaned = words.map(lambda text: clean(text).text)
printable = st.lists(_PIECE, max_size=8).map("".join).map(lambda text: clean(text).text)


def check_text(case: tuple[str, int]) -> None:
    """Cleaning ends, sentences and passages are slices in order, and hold every word."""
    text, budget = case
    article = Article(SOURCE, clean(text).text)
    assert clean(article.text).text == article.text
    for each in (text, article.text):
        _are_spans(sentences.split(each), each)
    found = passages.split(article, budget=budget)
    spans = [(one.start, one.end) for one in found]
    assert all(one.text == article.text[one.start : one.end] != "" for one in found)
    assert [one.number for one in found] == list(range(len(found)))
    assert spans == sorted(spans)
    held = {at for start, end in spans for at in range(start, end)}
    assert all(letter.isspace() or at in held for at, letter in enumerate(article.text))
    # The odd token more is allowed: pieces are counted apart.
    assert all(passages.count(one.text) <= budget + 2 + budget // 16 for one in found)
    paragraphs(text.split("\t"), "a.pdf")


def _are_spans(spans: list[tuple[int, int]], text: str) -> None:
    edges = [edge for span in spans for edge in span]
    assert edges == sorted(edges)
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)
    assert solid("".join(text[start:end] for start, end in spans)) == solid(text)


def solid(text: str) -> str:
    """The text without space."""
    return "".join(text.split())


def check_reading(case: tuple[str, str, str]) -> None:
    """Whatever an article and a question say, what is read in them are slices of them."""
    text, other, question = case
    articles = {"a": Article(SOURCE, text), "b": Article(replace(SOURCE, id="b"), other)}
    chosen = [
        quotes.quote(article, Sentence(id, start, end), 0.5)
        for id, article in articles.items()
        for start, end in sentences.split(article.text)[:3]
    ]
    quotes.check(chosen, articles)
    for one in speakers_and_days.attribute(chosen, articles):
        assert all(one.text[gloss.start : gloss.end] == gloss.words for gloss in one.glosses)
        assert one.speaker is None or one.speaker.strip()
    for one_ in differences.differences(question, chosen):
        assert one_.one in chosen[one_.first].text
        assert one_.other in chosen[one_.second].text
    quantities.quantities(text)
    signature(text)
    assert len(tame(text).splitlines()) <= 1


def check_question(case: tuple[str, str]) -> None:
    """Whatever is asked is understood somehow."""
    question, before = case
    asked = asked_days.understand(question, NOW)
    list(asked_days.steps(asked))
    asked_days.narrow(understanding.make_filters(), asked)
    turns = [Turn("user", before), Turn("assistant", before, speaker=before[:20])]
    understanding.rewrite(question, turns)
    understanding.cited_before(question, turns)
    parts.parts(question)
    parts.names(question)
    small_talk.reply(question)


@dataclass(frozen=True, slots=True)
class Told:
    """Two articles, and what a model wrote about them."""

    texts: tuple[str, str]
    reply: str


@st.composite
def told(draw: st.DrawFn) -> Told:
    """A reply put together from the articles' own words, marks, numbers and words of its own."""
    texts = draw(cleaned), draw(cleaned)
    reply = ""
    for _ in range(draw(st.integers(1, 5))):
        text = draw(st.sampled_from(texts))
        start = draw(st.integers(0, len(text)))
        cut = text[start : start + draw(st.integers(0, 80))]
        before, after = draw(st.sampled_from(["“”", '""', "''", "‘’", "«»", "  "]))
        lead = draw(st.sampled_from(["", "Ada Roe said ", "It was ", " … "]))
        more = draw(st.just("") | _PIECE)
        number = draw(st.sampled_from(["[1]", "[2]", "[1, 3]", "[1-4]", "", "[7]"]))
        reply += f"{lead}{before}{cut}{more}{after} {number}. "
    return Told(texts, reply)


def check_quotations(case: Told) -> None:
    """Nothing that a model wrote in quotation marks is shown but slices of what it cites."""
    articles = {
        id: Article(replace(SOURCE, id=id), text) for id, text in zip("ab", case.texts, strict=True)
    }
    lines = [
        quotes.quote(article, Sentence(id, start, end), 0.0)
        for id, article in articles.items()
        for start, end in sentences.split(article.text)
    ]
    for one in marked(case.reply) or ():
        if proof := prove(one.words, lines, articles):
            for each in proof.slices:
                assert each.start < each.end
                printed = articles[each.quote.source.id].text[each.start : each.end]
                assert letters(printed) in letters(one.words), (printed, one.words)
    shown = Shown("", tuple(lines), 2, 0)
    *_, draft = Composer("Why is the bridge closed?", shown, articles).drafts([case.reply])
    for written in draft.written:
        cited = [lines[n - 1] for n in written.lines]
        texts = [letters(articles[line.source.id].text) for line in cited]
        for quoted in re.findall(r"“([^“”]*)”", written.text):
            for piece in quoted.split(" … "):
                assert any(letters(piece) in text for text in texts), (written.text, piece)
    order, cited_ = cited_quotes(draft.written, shown)
    quotes.check(cited_, articles)
    prose(draft.written, order)


def letters(text: str) -> str:
    """The letters and figures of a text, which no change of marks or spaces touches."""
    return "".join(letter for letter in text.casefold() if unicodedata.category(letter)[0] in "LNM")


def check_slice(case: tuple[str, str, int, int]) -> None:
    """A quotation passes when it is a slice of its article, and only then."""
    text, words_, start, end = case
    article = Article(SOURCE, text)
    one = Quote(words_, start, end, SOURCE)
    is_slice = 0 <= start < end <= len(text) and text[start:end] == words_
    with nullcontext() if is_slice else pytest.raises(StoreFailed):
        quotes.check([one], {"a": article})


@st.composite
def slices(draw: st.DrawFn) -> tuple[str, str, int, int]:
    """A text, a slice of it, and often one thing wrong with that."""
    text = draw(cleaned)
    start, end = draw(st.integers(-3, len(text) + 3)), draw(st.integers(-3, len(text) + 3))
    said = draw(st.sampled_from([text[max(start, 0) : max(end, 0)], text[start:end], text, ""]))
    return text, draw(st.just(said) | _PIECE), start, end


@st.composite
def answers(draw: st.DrawFn) -> tuple[Answer, Article]:
    """An answer whose every word may be hostile, and the article it quotes."""
    source = replace(
        SOURCE,
        id=draw(printable) or "a",
        title=draw(words),
        publisher=draw(words),
        author=draw(words),
        url=draw(words | st.just(SOURCE.url)),
        published=draw(st.none() | st.just(NOW)),
    )
    article = Article(source, draw(words))
    spans = [span for span in sentences.split(article.text)][: draw(st.integers(0, 3))]
    made = tuple(
        Quote(
            article.text[start:end],
            start,
            end,
            source,
            speaker=draw(st.none() | words),
            role=draw(st.none() | words),
            copies=(source,) * draw(st.integers(0, 2)),
            gone=draw(st.none() | st.just(NOW)),
        )
        for start, end in spans
    )
    found = bool(made) and draw(st.booleans())
    text = draw(words)
    if found:
        *_, below = quotation_writer.answered(made)
        text = draw(st.sampled_from([text, f"{text}\n\n{below}", below]))
    answer = Answer(
        draw(words),
        draw(words),
        "answered" if found else "not_found",
        text,
        quotes=made if found else (),
        nearest=() if found else made,
        why=tuple(draw(words) for _ in made),
        steps=(draw(words),),
        finished=draw(st.booleans()),
    )
    return answer, article


def check_page(case: tuple[Answer, Article]) -> None:
    """No word becomes a tag, an attribute or an address that runs; the terminal obeys nothing."""
    answer, article = case
    source, text = article.source, answer.text
    message = answer_message.answer_html(answer)
    assert len(message.splitlines()) == 1
    html = message + source_panel.sources_html(answer, {source.id: article})
    html += source_panel.sources_html(answer, {}) + article_list.sources_table(
        [source], {source.id: 2}
    )
    html += answer_message.problem_html(text)
    html += article_list.outcomes_html([Outcome(text, "skipped", title=text, reason=text)])
    _is_tame(html, TAGS, ATTRIBUTES, ("#a", "?article=", "http://", "https://"))
    ids = tuple(dict.fromkeys(quote.source.id for quote in answer.quotes))
    assert answer_message.cited(message) == ids
    kept = conversation_export.exports_html(text, [answer])
    _is_tame(kept, TAGS, ATTRIBUTES | {"download"}, ("data:application/octet-stream;base64,",))
    page = EXPORTS["html"](text, [answer])
    tags = TAGS | set("html head meta title style body h1".split())
    more = set("charset http-equiv content name".split())
    _is_tame(page, tags, ATTRIBUTES | more, ("http://", "https://"))
    for ending in ("md", "json"):
        assert EXPORTS[ending](text, [answer])
    shown = terminal.terminal(answer)
    assert all(each.isprintable() or each in "\n\t" or ord(each) > 159 for each in shown)


def _is_tame(html: str, tags: set[str], attributes: set[str], safe: tuple[str, ...]) -> None:
    read = Reader(html)
    assert {tag for tag, _ in read.tags} <= tags
    assert {name for _, found in read.tags for name in found} <= attributes
    assert all(href.startswith(safe) for href in read.values("href")), read.values("href")
