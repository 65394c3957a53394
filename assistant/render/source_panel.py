"""From an answer to the panel beside it: whole articles with the quoted words marked."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape

from assistant.records import Answer, Article, Quote, Source
from assistant.render.citation import (
    as_citation,
    as_markdown,
    as_text,
    original,
    permalink,
    web_page,
)
from assistant.render.html_pieces import BLOCK_END, anchor, inline, key, when, where
from assistant.wording import count


def sources_html(answer: Answer, articles: Mapping[str, Article]) -> str:
    """The panel beside the answer: its articles in the order of their first quotes.

    `articles` are by id; one that is missing (removed since) is shown as its quotes alone.
    """
    quotes = answer.quotes or answer.nearest
    if not quotes:
        return ""
    ids = list(dict.fromkeys(quote.source.id for quote in quotes))
    title, note = "Nearest articles", "They do not answer the question."
    if answer.quotes:
        title = "Sources"
        note = f"{count(len(quotes), 'quotation')} from {count(len(ids), 'article')}"
    details = "".join(
        _source(id, quotes, articles.get(id), anchor(answer), opened=id == ids[0]) for id in ids
    )
    tools = "".join(_tools(quotes, n, anchor(answer)) for n in range(1, len(quotes) + 1))
    return (
        f'<section class="sources" data-answer="{key(answer)}" aria-label="{title}">'
        f'<h2>{title}</h2><p class="note">{note}</p>{tools}{details}</section>'
    )


def panels_html(panels: Sequence[str]) -> str:
    """The panels of a conversation: the last in sight, the others kept for page.js."""
    past = f"<div hidden>{''.join(panels[:-1])}</div>" if len(panels) > 1 else ""
    return past + "".join(panels[-1:])


def article_html(
    article: Article, quotes: Sequence[Quote], current: int, *, prefix: str = "quote"
) -> str:
    """The whole article, with a `<mark id="quote-n">` where it holds the n-th of `quotes`.

    `quotes` are all of the answer's, also those of other articles; `current` is the number, from 1,
    of the one the reader follows; `prefix` replaces "quote" in the anchors.
    """
    spans = {
        number: (quote.start, quote.end)
        for number, quote in enumerate(quotes, 1)
        if quote.source.id == article.source.id
    }
    words = "".join(_paragraphs(article.text, spans, current, prefix))
    return f'<article>{_heading(article.source)}<div class="words">{words}</div></article>'


def _tools(quotes: Sequence[Quote], number: int, prefix: str) -> str:
    """What can be done with a quotation; those of the first are shown until another is followed."""
    quote, count = quotes[number - 1], len(quotes)
    beside = (("previous", "‹", number - 1), ("next", "›", number + 1))
    ways = "".join(
        f'<a href="#{prefix}-{n}" class="goto" aria-label="The {name} quotation">{sign}</a>'
        if 1 <= n <= count
        else f'<span class="goto" aria-hidden="true">{sign}</span>'
        for name, sign, n in beside
    )
    forms = (("Copy", as_text(quote)), ("Markdown", as_markdown(quote)))
    copies = "".join(
        f'<button type="button" class="copy" data-copy="{_kept(text)}">{name}</button>'
        for name, text in (*forms, ("Citation", as_citation(quote.source)))
    )
    links = f'<a href="{escape(permalink(quote))}" target="_blank">Link</a>'
    if url := original(quote):
        links += f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer">Original</a>'
    hidden = "" if number == 1 else " hidden"
    return (
        f'<div class="tools" role="group" aria-label="Quotation {number} of {count}"'
        f' data-quote="{prefix}-{number}"{hidden}>{ways}<span class="at">{number} of {count}</span>'
        f"{copies}{links}</div>"
    )


def _kept(text: str) -> str:
    """Text in an attribute, its line ends with it."""
    return escape(text).replace("\n", "&#10;")


def _source(
    id: str, quotes: Sequence[Quote], article: Article | None, prefix: str, *, opened: bool
) -> str:
    numbers = [n for n, quote in enumerate(quotes, 1) if quote.source.id == id]
    source = quotes[numbers[0] - 1].source
    body = (
        article_html(article, quotes, numbers[0], prefix=prefix)
        if article
        else _quotes_alone(quotes, numbers, prefix)
    )
    return (
        f'<details class="source"{" open" if opened else ""}><summary>'
        f'<span class="numbers">{"".join(f"<span>{n}</span>" for n in numbers)}</span>'
        f'<span class="headline" dir="auto">{inline(source.title)}</span>'
        f'<span class="where">{escape(where(source))}</span></summary>{body}</details>'
    )


def _quotes_alone(quotes: Sequence[Quote], numbers: Iterable[int], prefix: str) -> str:
    marks = "".join(
        f'<p dir="auto">{_mark([n], [n], 0, prefix)}{escape(quotes[n - 1].text)}</mark></p>'
        for n in numbers
    )
    return f'<p class="note">This article is no longer in the collection.</p>{marks}'


def _heading(source: Source) -> str:
    facts = [inline(source.publisher), inline(source.author), when(source.published, hour=True)]
    if source.incomplete:
        facts.append(f"incomplete article: {inline(source.incomplete)}")
    parts = [f"<bdi>{fact}</bdi>" for fact in facts if fact]
    if url := web_page(source.url):
        link = f'href="{escape(url)}" target="_blank" rel="noopener noreferrer"'
        parts.append(f"<a {link}>Read the original</a>")
    line = f'<p class="where">{" · ".join(parts)}</p>' if parts else ""
    return f'<header><h3 dir="auto">{inline(source.title)}</h3>{line}</header>'


def _paragraphs(
    text: str, spans: Mapping[int, tuple[int, int]], current: int, prefix: str
) -> Iterator[str]:
    """The text as `<p>`s; what stands between them stays between them, so no character is lost."""
    done = 0
    for gap in BLOCK_END.finditer(text):
        yield from _marked(text, (done, gap.start()), spans, current, prefix)
        yield gap[0]
        done = gap.end()
    yield from _marked(text, (done, len(text)), spans, current, prefix)


def _marked(
    text: str,
    paragraph: tuple[int, int],
    spans: Mapping[int, tuple[int, int]],
    current: int,
    prefix: str,
) -> Iterator[str]:
    """One paragraph, cut wherever a quote begins or ends, so that quotes may overlap."""
    start, end = paragraph
    if start == end:
        return
    inside = {cut for span in spans.values() for cut in span if start < cut < end}
    yield '<p dir="auto">'
    for left, right in itertools.pairwise(sorted({start, end} | inside)):
        covering = [n for n, (first, last) in spans.items() if first <= left and right <= last]
        begun = [n for n in covering if spans[n][0] == left]
        words = escape(text[left:right])
        yield f"{_mark(covering, begun, current, prefix)}{words}</mark>" if covering else words
    yield "</p>"


def _mark(covering: Sequence[int], begun: Sequence[int], current: int, prefix: str) -> str:
    """The opening tag of a run of words that `covering` quotes share, where `begun` ones begin."""
    names = " ".join(f"{prefix}-{n}" for n in covering)
    first = f' id="{prefix}-{begun[0]}" tabindex="-1"' if begun else ""
    shown = ' class="current"' if current in covering else ""
    anchors = "".join(f'<span id="{prefix}-{n}" tabindex="-1"></span>' for n in begun[1:])
    return f'<mark{first} data-quote="{names}"{shown}>{anchors}'
