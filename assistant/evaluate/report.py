"""From figures, differences and failures to one page that needs nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from assistant.evaluate import figure_plots
from assistant.evaluate.ask_all import Shown
from assistant.evaluate.comparing import CAUTION, Difference
from assistant.evaluate.exam_questions import Question
from assistant.evaluate.failures import Failure, Where
from assistant.evaluate.figure_rows import of_differences, of_figures
from assistant.evaluate.figures import Figure, Pair
from assistant.evaluate.judging import answers

# Nothing is loaded and nothing runs: words of articles stay words.
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
STYLE = """
:root { color-scheme: light dark; --ink: #1a1a1a; --paper: #fff; --soft: #777; --line: #ddd;
  --mark: #0b6e99; --right: #1a7f37; --wrong: #b42318 }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e6e6; --paper: #161616; --soft: #999;
  --line: #3a3a3a; --mark: #56b4d9; --right: #56d364; --wrong: #ff7b72 } }
body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
  max-width: 62rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: break-word }
table { border-collapse: collapse; width: 100%; display: block; overflow-x: auto }
td, th { padding: .25rem .75rem; border-bottom: 1px solid var(--line); text-align: left }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
.plots { display: flex; flex-wrap: wrap; gap: 1rem } figure { margin: 0; flex: 1 1 24rem;
  max-width: 30rem }
svg { width: 100% } svg text { font-size: 11px; fill: var(--soft) }
.axis, .grid, .bar, .mark, .line { fill: none; stroke: var(--line) } .axis { stroke: var(--soft) }
.line, .bar { stroke: var(--mark); stroke-width: 2 } .bar { stroke-width: 1 }
.earlier { stroke: var(--soft); stroke-dasharray: 4 3 } .mark { stroke: var(--wrong) }
circle, rect { fill: var(--mark) }
details { border-top: 1px solid var(--line); padding: .4rem 0 }
details details { margin-left: 1rem }
summary { cursor: pointer } blockquote { margin: .4rem 0; padding-left: .8rem;
  border-left: 3px solid var(--line) } .right { border-color: var(--right) }
small, .soft { color: var(--soft) } .worse { color: var(--wrong) } .better { color: var(--right) }
"""


@dataclass(frozen=True, slots=True)
class Run:
    """All that a page tells: of which questions, with what result, against which older run."""

    title: str
    notes: Sequence[str]
    figures: Sequence[Figure]
    pairs: Sequence[Pair]
    failures: Sequence[Failure]
    differences: Sequence[Difference] = ()
    earlier: Sequence[Pair] = ()


def page(run: Run) -> str:
    """The page as HTML. Everything that was read is escaped."""
    title = escape(f"Evaluation of {run.title}")
    heads, *rows = of_figures(run.figures)
    notes = "".join(f"<li>{escape(note)}</li>" for note in run.notes)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{STYLE}</style></head>\n<body><h1>{title}</h1>"
        f"<ul>{notes}</ul>\n<h2>Figures</h2>{_table(heads, rows)}\n"
        f"{_differences(run.differences)}\n"
        f'<div class="plots">{figure_plots.all_of(run.pairs, run.earlier)}</div>\n'
        f"<h2>Failures</h2>{_failures(run.failures)}\n</body></html>\n"
    )


def _differences(differences: Sequence[Difference]) -> str:
    if not differences:
        return ""
    heads, *rows = of_differences(differences)
    caution = f"<p><small>{escape(CAUTION)}</small></p>"
    return f"<h2>Against the older run</h2>{_table(heads, rows)}{caution}"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    def row(cells: Sequence[str], tag: str) -> str:
        kinds = ["" if n == 0 or heads[n] == "verdict" else ' class="n"' for n in range(len(cells))]
        shown = zip(kinds, cells, strict=True)
        return "".join(f"<{tag}{kind}>{escape(cell)}</{tag}>" for kind, cell in shown)

    body = "".join(f"<tr>{row(cells, 'td')}</tr>" for cells in rows)
    return f"<table><tr>{row(heads, 'th')}</tr>{body}</table>"


def _failures(failures: Sequence[Failure]) -> str:
    if not failures:
        return "<p>None.</p>"
    parts = []
    for how, group in groupby(failures, key=lambda failure: failure.how):
        shown = [_failure(failure) for failure in group]
        parts.append(
            f"<details><summary>{escape(how)}: {len(shown):,}</summary>{''.join(shown)}</details>"
        )
    return "".join(parts)


def _failure(failure: Failure) -> str:
    question, result = failure.question, failure.result
    quotes = "".join(_quote(question, quote) for quote in result.quotes)
    nearest = "".join(_quote(question, quote) for quote in result.nearest)
    wanted = "; ".join(question.answers or question.sentences)
    return (
        f"<details><summary>{escape(question.text)} <small>{escape(question.asked)} "
        f"{escape(question.id)}</small></summary>"
        + (f"<p>Wanted: <b>{escape(wanted)}</b></p>" if wanted else "")
        + (f"<p>Quoted:</p>{quotes}" if quotes else "")
        + (f"<p>Not found. The nearest:</p>{nearest}" if nearest else "")
        + (f"<p>Where it was:</p>{''.join(map(_where, failure.where))}" if failure.where else "")
        + "</details>"
    )


def _quote(question: Question, quote: Shown) -> str:
    right = ' class="right"' if answers(question, quote.text) else ""
    altered = "" if quote.exact else ' <b class="worse">not as printed</b>'
    about = f"{quote.title} · {quote.published} · {quote.article} · score {quote.score:.2f}"
    return (
        f"<blockquote{right}>{escape(quote.text)}{altered}<br>"
        f"<small>{escape(about)}</small></blockquote>"
    )


def _where(where: Where) -> str:
    place = f"place {where.place} of the search" if where.place else "not found by the search"
    sentence = where.sentence or "(no single sentence holds it)"
    about = f"{where.title} · {where.article} · {place}"
    return f"<blockquote>{escape(sentence)}<br><small>{escape(about)}</small></blockquote>"
