"""From an answer to a message of the chat: one block of HTML, no raw words of an article in it."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Iterator, Sequence
from html import escape
from html.parser import HTMLParser

from assistant.records import Answer
from assistant.render.html_pieces import BLOCK_END, anchor, inline, quoted, short, where
from assistant.writing import short_answer
from assistant.writing.quotation_writer import (
    around,
    differing,
    headings,
    in_time,
    notes,
    place,
    who,
)

_CITATION = re.compile(r"“[^”]*”|\[(\d{1,3})\]")  # what stands in quotation marks cites nothing
OPEN = 3  # statements of one speaker that are seen at once


def answer_html(answer: Answer) -> str:
    """The answer as one block of HTML without a line end, which Markdown passes on untouched."""
    before, after = around(answer)
    parts = [_block(block.strip(), answer) for block in BLOCK_END.split(before)]
    parts.append(_cards(answer))
    parts.append(_block(after, answer))
    if answer.status == "not_found" and answer.nearest:
        parts.append(_nearest(answer))
    steps = "".join(f"<li>{inline(step)}</li>" for step in answer.steps)
    if not answer.finished:
        parts.append(f'<ol class="working">{steps or "<li>Searching</li>"}</ol>')
    elif steps:
        heading = "<summary>How this was found</summary>"
        parts.append(f'<details class="steps">{heading}<ol>{steps}</ol></details>')
    # Read back by `speaker`, so that "what did he say" after this answer means this person.
    first = answer.quotes[0].speaker if answer.quotes else None
    kept = f' data-speaker="{escape(" ".join(first.split()))}"' if first else ""
    if ids := list(dict.fromkeys(quote.source.id for quote in answer.quotes)):
        kept += f' data-articles="{escape(json.dumps(ids))}"'
    return f'<div class="answer {answer.status.replace("_", "-")}"{kept}>{"".join(parts)}</div>'


def problem_html(message: str) -> str:
    """What went wrong and what to do, as a message of the chat or a line of the page; "" if ""."""
    return message and f'<div class="answer problem" role="alert"><p>{inline(message)}</p></div>'


def plain(html: str) -> str:
    """The words of a piece of HTML, one space between blocks: a message as history reads it."""
    words = _Words()
    words.feed(html)
    words.close()
    return " ".join("".join(words.found).split())


def speaker(html: str) -> str | None:
    """Whom an answer quotes first, from its HTML; None when it does not say."""
    return _kept(html).get("data-speaker")


def cited(html: str) -> tuple[str, ...]:
    """The ids of the articles that an answer quotes, from its HTML."""
    try:
        ids = json.loads(_kept(html).get("data-articles") or "[]")
    except ValueError:
        return ()  # what is no answer of ours
    return tuple(str(id) for id in ids) if isinstance(ids, list) else ()


def _kept(html: str) -> dict[str, str | None]:
    words = _Words()
    words.feed(html)
    return words.kept


class _Words(HTMLParser):
    """Collects the text between tags, and what the first of them keeps for later."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.kept: dict[str, str | None] = {}
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.kept = self.kept or dict(attrs)
        self.inside = tag

    def handle_data(self, data: str) -> None:
        if self.inside != "button":
            self.found.append(data)

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""
        self.found.append("" if tag in {"a", "span", "bdi", "strong"} else " ")


def _block(block: str, answer: Answer) -> str:
    if not block:
        return ""
    if answer.verdict and block == answer.verdict:
        return f'<p dir="auto" class="verdict">{"".join(_prose(block, answer))}</p>'
    if block == short_answer.line(answer.quotes):
        told = short(answer.quotes).removesuffix("[1]") + _link(answer, 1)
        return f'<p dir="auto" class="short">{told}</p>'
    style = ""
    if answer.differences and block == differing(answer.quotes, answer.differences):
        newer = all(one.updated for one in answer.differences)
        style = f' class="{"updated" if newer else "differ"}"'
    elif block == in_time(answer.quotes, answer.form):
        style = ' class="in-time"'
    return f'<p dir="auto"{style}>{"".join(_prose(block, answer))}</p>'


def _cards(answer: Answer) -> str:
    """The quotations, those of a section together under its heading."""
    cards = [_card(answer, number) for number in range(1, len(answer.quotes) + 1)]
    above = headings(answer.sections)
    begins = [number for number in above if number <= len(cards)]
    if not begins:
        return "".join(cards)
    groups = "".join(
        f'<section><h3 dir="auto">{inline(above[first])}</h3>'
        f"{_folded(cards[first - 1 : after - 1], answer.form)}</section>"
        for first, after in itertools.pairwise([*begins, len(cards) + 1])
    )
    return f'<div class="groups {answer.form}">{groups}</div>'


def _folded(cards: Sequence[str], form: str) -> str:
    """A section's cards; of a speaker's many statements the first, the rest on demand."""
    if form != "statements" or len(cards) <= OPEN + 1:
        return "".join(cards)
    rest = f"<details><summary>Show all {len(cards)}</summary>{''.join(cards[OPEN:])}</details>"
    return "".join(cards[:OPEN]) + rest


def _card(answer: Answer, number: int) -> str:
    """A quotation: its words, who said them, where and when."""
    quote = answer.quotes[number - 1]
    facts = [f"<strong>{inline(who(quote))}</strong>" if who(quote) else "", inline(place(quote))]
    told = " · ".join(f"<bdi>{fact}</bdi>" for fact in facts if fact)
    gloss = f'<p class="gloss" dir="auto">({inline(notes(quote))})</p>' if notes(quote) else ""
    return (
        f'<figure><blockquote dir="auto">{quoted(quote)} {_link(answer, number)}</blockquote>'
        f'<figcaption dir="auto">{told} '
        '<button type="button" class="copy" title="Copy with its source">Copy</button></figcaption>'
        f"{gloss}</figure>"
    )


def _prose(text: str, answer: Answer) -> Iterator[str]:
    """The text escaped, with a link for each `[n]` that is the number of a quote."""
    done = 0
    for match in _CITATION.finditer(text):
        if match[1] is None or not 1 <= int(match[1]) <= len(answer.quotes):
            continue
        yield inline(text[done : match.start()])
        yield _link(answer, int(match[1]))
        done = match.end()
    yield inline(text[done:])


def _link(answer: Answer, number: int) -> str:
    shown = answer.quotes or answer.nearest
    place = escape(where(shown[number - 1].source))
    return f'<a href="#{anchor(answer)}-{number}" class="cite" title="{place}">[{number}]</a>'


def _nearest(answer: Answer) -> str:
    pairs = zip(answer.nearest, answer.why or itertools.repeat(""), strict=False)
    rows = "".join(
        f'<li><blockquote dir="auto">{inline(quote.text)} {_link(answer, number)}</blockquote>'
        f'<p class="why" dir="auto">{inline(why)}</p>'
        f'<p class="where" dir="auto">{escape(where(quote.source))}</p></li>'
        for number, (quote, why) in enumerate(pairs, 1)
    )
    return f'<div class="nearest"><p>Nearest evidence, not an answer</p><ul>{rows}</ul></div>'
