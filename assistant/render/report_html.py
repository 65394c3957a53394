"""From a report on a draft to HTML: the draft with marks, beside it what each rests on.

Everything is escaped; nothing is loaded and nothing runs.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from html import escape

from assistant.records import Changed, CheckedQuotation, CheckedStatement, Quote, Report
from assistant.render.citation import original, told_by
from assistant.render.html_pieces import inline, quoted
from assistant.render.verdict_words import called, counted, findings, headline
from assistant.writing.quotation_writer import notes

Finding = CheckedQuotation | CheckedStatement
STYLE = """
.check { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 2rem }
@media (max-width: 60rem) { .check { grid-template-columns: minmax(0, 1fr) } }
.check-draft { white-space: pre-wrap; overflow-wrap: anywhere }
.check-findings { list-style: none; padding: 0; margin: 0; overflow-wrap: anywhere }
.check-findings li { border-left: 4px solid; padding: .1rem 0 .1rem .8rem; margin: 0 0 1.2rem }
.check mark, .check .statement { background: none; color: inherit; text-decoration: none;
  border-bottom: 2px solid }
.check .statement { border-bottom-style: dotted }
.check .bad, .check del { border-color: #b3261e } .check .good, .check ins { border-color: #1b6e3c }
.check .open { border-color: #8a6100 }
.check del, .check ins { border-bottom: 2px solid; font-weight: 600; text-decoration: none }
.check del { text-decoration: line-through }
.check blockquote { margin: .4rem 0; padding: 0 }
.check .where { font-size: .9em; opacity: .85 }
"""
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Check of a draft</title>
<style>:root {{ color-scheme: light dark }}
body {{ font: 1rem/1.5 Georgia, serif; margin: 1.5rem auto; max-width: 80rem; padding: 0 1rem }}
{style}</style></head>
<body><h1>Check of a draft</h1>{report}</body></html>
"""


def report_page(report: Report) -> str:
    """The report as a page that stands alone."""
    return _PAGE.format(style=STYLE, report=report_html(report))


def report_html(report: Report) -> str:
    """The counts, and below them the marked draft beside its sources; wants `STYLE`."""
    return (
        f"{counts_html(report)}"
        f'<div class="check"><section aria-label="The draft">{draft_html(report)}</section>'
        f'<section aria-label="What it rests on">{findings_html(report)}</section></div>'
    )


def counts_html(report: Report) -> str:
    """What was checked, how much of each verdict, and what changed since an earlier report."""
    told = ", ".join(counted(report)) or "nothing to check"
    parts = [f'<p role="status"><strong>{headline(report)}:</strong> {inline(told)}</p>']
    parts += [f"<p>{inline(one)}</p>" for one in report.notices]
    if report.since:
        lines = "".join(f"<li>{inline(one)}</li>" for one in report.since)
        parts.append(f"<h2>Since the earlier report</h2><ul>{lines}</ul>")
    return "".join(parts)


def draft_html(report: Report) -> str:
    """The draft, its quotations and statements marked and linked to what they rest on."""
    found = findings(report)
    ends = {at for _, one in found for at in (one.start, one.end)}
    cuts = sorted({0, len(report.draft)} | ends)
    seen = set[str]()
    parts = []
    for start, end in itertools.pairwise(cuts):
        inside = [(name, one) for name, one in found if one.start <= start and end <= one.end]
        parts.append(_marked(escape(report.draft[start:end]), inside, seen))
    return f'<div class="check-draft" dir="auto">{"".join(parts)}</div>'


def _marked(words: str, inside: Sequence[tuple[str, Finding]], seen: set[str]) -> str:
    """Words of the draft within what covers them, a statement around a quotation."""
    for name, one in sorted(inside, key=lambda pair: pair[1].end - pair[1].start):
        how, first = called(one), name not in seen
        seen.add(name)
        told = escape(how.words)
        place = f' id="draft-{name}"' if first else ""
        sign = f'<a href="#finding-{name}" aria-label="{told}">{how.sign}</a>' if first else ""
        if isinstance(one, CheckedQuotation):
            words = f'<mark class="{how.tone}"{place} title="{told}">{words}</mark>{sign}'
        else:
            sign = "" if how.tone == "good" else sign
            span = f'<span class="statement {how.tone}"{place} title="{told}">'
            words = f"{span}{words}</span>{sign}"
    return words


def findings_html(report: Report) -> str:
    """A list of what was checked, in the order of the draft, each with what it rests on."""
    items = "".join(_finding(name, one) for name, one in findings(report))
    return f'<ol class="check-findings">{items}</ol>'


def _finding(name: str, one: Finding) -> str:
    how = called(one)
    parts = [
        f"<p><strong>{how.sign} {escape(how.words.capitalize())}:</strong> "
        f'<a href="#draft-{name}">“{inline(one.text)}”</a></p>',
        f"<p>{inline(one.because)}</p>",
    ]
    if isinstance(one, CheckedQuotation) and one.changes:
        parts.append(f"<p>{differences_html(one.changes)}</p>")
    parts += [_place(quote) for quote in one.places]
    parts += [f"<p>Nearest:</p>{_place(quote)}" for quote in one.nearest]
    return f'<li id="finding-{name}" class="{how.tone}" dir="auto">{"".join(parts)}</li>'


def differences_html(changes: Sequence[Changed]) -> str:
    """Word by word what the draft has, struck out, and what is printed."""
    return " ".join(
        "".join(_change(one)) + f" <small>({escape(one.matter)})</small>" for one in changes
    )


def _change(one: Changed) -> Iterator[str]:
    if one.draft:
        yield f"<del>{inline(one.draft)}</del>"
    if one.draft and one.printed:
        yield " "
    if one.printed:
        yield f"<ins>{inline(one.printed)}</ins>"


def _place(quote: Quote) -> str:
    """The sentence, its words that count in bold, and below who, where and when, with a link."""
    told = inline(told_by(quote))
    if url := original(quote):
        told = f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer">{told}</a>'
    copies = ", ".join(one.publisher or one.title for one in quote.copies)
    more = [notes(quote), f"the same story in {copies}" if copies else ""]
    noted = "".join(f" ({inline(one)})" for one in more if one)
    return f'<blockquote dir="auto">{quoted(quote)}</blockquote><p class="where">{told}{noted}</p>'
