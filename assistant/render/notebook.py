"""From an answer to HTML for a notebook's cell: it stands alone, loads nothing and runs nothing."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from html import escape

from assistant.records import Answer, Quote
from assistant.render.citation import original, told_by
from assistant.render.html_pieces import BLOCK_END, inline, quoted, short
from assistant.writing import short_answer
from assistant.writing.quotation_writer import around, headings, notes

# No colour but the rule: a notebook may be light or dark.
_FRAME = "max-width:46em;font-family:Georgia,serif;line-height:1.5"
_QUOTED = "margin:.8em 0 .2em;padding-left:1em;border-left:3px solid #b04a4a"
_WHERE = "margin:0 0 .8em 1.2em;font-size:.9em;opacity:.8;overflow-wrap:anywhere"


def notebook_html(answer: Answer) -> str:
    """The question, the answer with its quotations and their sources, and how it was found."""
    before, after = around(answer)
    parts = [
        f'<p dir="auto"><strong>{inline(answer.asked)}</strong></p>',
        *_paragraphs(before, answer),
    ]
    above = headings(answer.sections)
    for n, quote in enumerate(answer.quotes, 1):
        parts += [f'<h4 dir="auto">{inline(above[n])}</h4>'] if n in above else []
        parts.append(_quotation(n, quote))
    parts += _paragraphs(after, answer)
    if not answer.quotes and answer.nearest:
        parts.append("<p><em>Nearest evidence, not an answer</em></p>")
        reasons = itertools.chain(answer.why, itertools.repeat(""))
        numbered = enumerate(zip(answer.nearest, reasons, strict=False), 1)
        parts += [_quotation(n, quote, why) for n, (quote, why) in numbered]
    if answer.steps:
        steps = "".join(f"<li>{inline(step)}</li>" for step in answer.steps)
        told = "How this was found" if answer.finished else "Not finished yet"
        parts.append(f"<details><summary>{told}</summary><ol>{steps}</ol></details>")
    return f'<div style="{_FRAME}">{"".join(parts)}</div>'


def _paragraphs(text: str, answer: Answer) -> Iterator[str]:
    for block in filter(None, map(str.strip, BLOCK_END.split(text))):
        is_short = block == short_answer.line(answer.quotes)
        shown = short(answer.quotes) if is_short else inline(block)
        yield f'<p dir="auto">{shown}</p>'


def _quotation(number: int, quote: Quote, why: str = "") -> str:
    """The words, and below them who, where and when, linked to the page they stand on."""
    told = inline(told_by(quote))
    if url := original(quote):
        link = f'href="{escape(url)}" target="_blank" rel="noopener noreferrer"'
        told = f'<a {link} style="color:inherit">{told}</a>'
    more = "".join(f"<br>({inline(one)})" for one in (notes(quote), why) if one)
    return (
        f'<blockquote dir="auto" style="{_QUOTED}">{quoted(quote)} [{number}]</blockquote>'
        f'<p dir="auto" style="{_WHERE}">{told}{more}</p>'
    )
