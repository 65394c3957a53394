"""From a quotation's pieces and an article to how the article prints them: in order, in one place.

Pieces stand in order in one article, said by one speaker, and what an ellipsis leaves out of their
sentences denies nothing; what brackets put in denies nothing and has no figure of its own.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.drafts.draft_quotations import DraftQuotation
from assistant.drafts.printed_text import PrintedText, Run
from assistant.drafts.quotation_tokens import Piece, denies, is_cut, pieces, same_letters
from assistant.records import Changed
from assistant.text.attribution.resolve_speaker import Speaker
from assistant.text.quantities import quantities

FIRST = 8  # places of the first piece that are tried
_ENDS = re.compile(r"[.!?…][\"”’»]?\s|\n")


@dataclass(frozen=True, slots=True)
class Match:
    """The words of a quotation in an article: `runs` in order.

    `exact`: nothing but the shape of marks differs. `turned`: what was left out or put in that
    changes the sense. `said` says it, `direct` when it stands there as somebody's own words;
    `mixed` when it is the words of two.
    """

    text: PrintedText
    runs: tuple[Run, ...]
    exact: bool = False
    turned: tuple[Changed, ...] = ()
    said: Speaker | None = None
    direct: bool = True
    mixed: bool = False

    @property
    def start(self) -> int:
        """Where the first of the words stands."""
        return self.runs[0].start

    @property
    def end(self) -> int:
        """Where the last of the words ends."""
        return self.runs[-1].end


def match(asked: DraftQuotation, text: PrintedText) -> Match | None:
    """How an article prints a quotation, None when it does not."""
    own = pieces(asked.text)
    found = [_match(asked.text, own, runs, text) for runs in _in_order(own, text)]
    return min(found, key=_worth) if found else None


def _worth(one: Match) -> tuple[bool, bool, bool, bool, int]:
    """What makes one place better than another: the least comes first."""
    return (one.mixed, bool(one.turned), not one.direct, one.said is None, one.end - one.start)


def _in_order(own: Sequence[Piece], text: PrintedText) -> Iterator[tuple[Run, ...]]:
    """Places of all pieces, each as soon as may be after the one before."""
    places = [text.runs(piece.plain) for piece in own]
    if not own or not all(places):
        return
    for first in places[0][:FIRST]:
        runs = [first]
        for some in places[1:]:
            after = next((one for one in some if one.start >= runs[-1].end), None)
            if after is None:
                break
            runs.append(after)
        else:
            yield tuple(runs)


def _match(words: str, own: Sequence[Piece], runs: tuple[Run, ...], text: PrintedText) -> Match:
    speakers = [text.speakers(run) for run in runs]
    known = [one for some in speakers for one in some if one]
    said = known[0] if known else None
    first = runs[0]
    whole = len(runs) == 1 and first.whole and not is_cut(words)
    return Match(
        text,
        runs,
        whole and same_letters(words, text.article.text[first.start : first.end]),
        tuple(_turned(own, runs, text.article.text)),
        said,
        all(text.is_direct(run, some[0]) for run, some in zip(runs, speakers, strict=True)),
        len({one.name for one in known}) > 1,
    )


def _turned(own: Sequence[Piece], runs: Sequence[Run], text: str) -> Iterator[Changed]:
    """What was left out or put in between the pieces that changes the sense."""
    for one, after in itertools.pairwise(runs):
        left_out = _left_out(text[one.end : after.start])
        if denies(left_out):
            yield Changed("", " ".join(left_out.split()), "negation")
    printed = text[runs[0].start : runs[-1].end]
    for piece in own:
        if piece.put and denies(piece.put) and not denies(printed):
            yield Changed(piece.put, "", "negation")
        figures = [piece.put[one.start : one.end] for one in quantities(piece.put)]
        if any(figure not in text for figure in figures):
            yield Changed(piece.put, "", "figure")


def _left_out(between: str) -> str:
    """Of what stands between two pieces the rest of the first one's sentence, and the beginning
    of the second one's."""
    parts = _ENDS.split(between)
    return between if len(parts) == 1 else f"{parts[0]} {parts[-1]}"
