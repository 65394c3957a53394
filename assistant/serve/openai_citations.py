"""From an answer to the message of a chat: its text, and where its quotations are cited in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from assistant.records import Answer, Quote
from assistant.render.citation import permalink, web_page
from assistant.writing import quotation_writer, short_answer

# Words in quotation marks are the article's: a number in brackets there cites nothing.
_MARKS = re.compile(r"“[^”]*”|\[(\d{1,4})\]")


def content(answer: Answer) -> str:
    """The message: the answer's text, and below it the nearest evidence when nothing answers."""
    if not answer.finished or not answer.nearest:
        return answer.text
    *_, below = quotation_writer.answered(answer.nearest)
    return f"{answer.text}\n\n{below}"


def growing(answer: Answer, sent: str) -> str:
    """The message as far as it is certain; `sent` is what was certain before.

    Quotations are only ever added below. What a chat model writes is not certain before it is
    finished: it may fail half-way, and then the quotations stand alone.
    """
    certain = answer.finished or not answer.writer
    return content(answer) if certain else sent


def citations(answer: Answer, base: str) -> list[dict[str, Any]]:
    """Each citation `[n]` in the message with its quotation, in the order of the text.

    `base` is this server's address: the page there shows an article that has none of its own.
    """
    quotes = answer.quotes or answer.nearest
    text = content(answer)
    marks = [*_above(answer), *_below(text, quotes), *(_prose(answer) if answer.writer else ())]
    return [_annotation(quotes[n - 1], n, at, base) for at, n in sorted(marks)]


def _above(answer: Answer) -> Iterator[tuple[int, int]]:
    """Where the verdict or the short answer, above the quotations, cites the first one."""
    line = answer.verdict or (short_answer.line(answer.quotes) if answer.short else "")
    if line.endswith("[1]") and line in answer.text:
        yield answer.text.index(line) + len(line) - len("[1]"), 1


def _below(text: str, quotes: Sequence[Quote]) -> Iterator[tuple[int, int]]:
    """Where the quotations are set out: each ends with its number."""
    at = 0
    for n, quote in enumerate(quotes, 1):
        block = quotation_writer.block(quote, n)
        if (found := text.find(block, at)) < 0:
            return
        at = found + len(block)
        yield at - len(f"[{n}]"), n


def _prose(answer: Answer) -> Iterator[tuple[int, int]]:
    """Where a chat model's sentences cite."""
    before, _ = quotation_writer.around(answer)
    for mark in _MARKS.finditer(before):
        if mark[1] and 1 <= int(mark[1]) <= len(answer.quotes):
            yield mark.start(), int(mark[1])


def _annotation(quote: Quote, n: int, at: int, base: str) -> dict[str, Any]:
    return {
        "type": "url_citation",
        "url_citation": {
            "start_index": at,
            "end_index": at + len(f"[{n}]"),
            "title": quote.source.title,
            "url": web_page(quote.source.url) or f"{base}{permalink(quote)}",
        },
        "quotation": quote.to_dict(n),
    }
