"""From sources and outcomes to the lists of the page's Articles tab."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from assistant.outcomes import Outcome
from assistant.records import Source
from assistant.render.html_pieces import inline, when
from assistant.wording import count

MOST_ROWS = 500  # a longer list helps nobody who reads it, and slows the browser
_SAID = {"added": "added", "updated": "replaced", "unchanged": "already here, unchanged"}


def sources_table(sources: Sequence[Source], copies: Mapping[str, int] | None = None) -> str:
    """What is indexed, as a table of title, outlet and day, in the order given.

    `copies`: of how many other articles each, by id, is a near copy.
    """
    if not sources:
        return '<p class="note">No articles.</p>'
    rows = "".join(
        f'<tr><td dir="auto">{inline(source.title)}{_copies((copies or {}).get(source.id, 0))}</td>'
        f"<td>{inline(source.publisher)}</td><td>{when(source.published)}</td></tr>"
        for source in sources[:MOST_ROWS]
    )
    more = len(sources) - MOST_ROWS
    rest = f'<p class="note">and {more:,} older</p>' if more > 0 else ""
    return (
        f'<p class="note">{count(len(sources), "article")}, newest first</p>'
        '<table class="articles"><thead><tr><th scope="col">Title</th><th scope="col">Outlet</th>'
        f'<th scope="col">Published</th></tr></thead><tbody>{rows}</tbody></table>{rest}'
    )


def _copies(number: int) -> str:
    told = f"{number} near {'copy' if number == 1 else 'copies'}"
    return f' <span class="note">({told})</span>' if number else ""


def outcomes_html(outcomes: Iterable[Outcome]) -> str:
    """What became of each article that was to be added, next to its name."""
    rows = "".join(
        f'<li class="{escape(outcome.status)}"><strong>{inline(outcome.where)}</strong> '
        f"{inline(_SAID.get(outcome.status, outcome.status))}"
        f"{': ' if outcome.reason or outcome.title else ''}"
        f"{inline(outcome.reason or outcome.title)}</li>"
        for outcome in outcomes
    )
    return f'<ul class="outcomes" role="status">{rows}</ul>' if rows else ""
