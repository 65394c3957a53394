"""From a sentence of a draft to whether the articles bear it out, contradict it, or neither."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.drafts import reasons
from assistant.drafts.printed_text import PrintedText
from assistant.drafts.shelf import Shelf
from assistant.drafts.shown_places import Place, shown
from assistant.drafts.statement_evidence import Evidence, evidence
from assistant.drafts.statement_signs import Signs, signs
from assistant.evidence.ranker import Ranker
from assistant.records import CheckedStatement, Quote

# Logistic regression (L2 of 10) on 360 true and false claims about our 30 training stories, each
# story judged by the others: .73 of them on the right side of one half; of those about the 10
# stories kept for measuring .78.
BIAS = 0.44
WEIGHTS = {
    "same": 0.02,
    "other": -0.71,
    "none_same": -0.90,
    "both": -0.53,
    "denied": -0.87,
    "denies_alone": 0.09,
    "both_deny": 0.95,
    "denied_word": -0.69,
    "denied_before": -0.86,
    "extent": -0.24,
    "mended": -0.42,
    "mended_beside": -0.02,
    "may": -0.22,
    "score": 0.37,
    "other_beside": -0.47,
}
# From these on a sentence is about what is stated: the ranker's logit, or the share of its words.
ABOUT, SHARE = 0.0, 0.5
# A false alarm is worse than a miss: at these 24 of 60 false claims about the training stories are
# contradicted and none of 60 true ones, of which 48 are borne out, and of the false ones 15.
BORNE_OUT, CONTRADICTED = 0.5, 0.4
# What bears a statement out has half of its words that are no names, or clearly tells of it.
PLAIN, CLEARLY = 0.5, 1.0


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of a draft, `draft[start:end]`; `text` is what it states, without quotations.

    `attributed`: the draft tells that somebody says so.
    """

    text: str
    start: int
    end: int
    attributed: bool


def checked(
    one: Statement, shelf: Shelf, ranker: Ranker, near: Sequence[PrintedText]
) -> CheckedStatement:
    """The verdict on a statement; `near` are the articles that its draft quotes."""
    found = evidence(one.text, shelf, ranker, near)
    best = found[0] if found else None
    if best is None or not (best.score >= ABOUT or best.share >= SHARE):
        because = reasons.nothing_here(shelf.is_filtered)
        return CheckedStatement(one.text, one.start, one.end, "not_here", because)
    told = signs(one.text, found)
    likely = likelihood(told)
    place = _shown(best, told, shelf)
    lacks = told.figure is not None or bool(told.values["none_same"])
    holds = likely > BORNE_OUT and not lacks and (told.plain >= PLAIN or best.score >= CLEARLY)
    if holds or best.whole:
        opinion = place[0].speaker is not None and not one.attributed
        because = reasons.borne_out(place, opinion=opinion)
        return CheckedStatement(one.text, one.start, one.end, "borne_out", because, opinion, place)
    if likely <= CONTRADICTED and (told.figure or told.denied or told.mended):
        because = reasons.contradicted(place, told.figure)
        return CheckedStatement(one.text, one.start, one.end, "contradicted", because, places=place)
    because = reasons.unclear(place)
    return CheckedStatement(one.text, one.start, one.end, "not_here", because, nearest=place)


def likelihood(told: Signs) -> float:
    """How likely the statement is borne out rather than contradicted, from 0 to 1."""
    total = BIAS + sum(weight * told.values[name] for name, weight in WEIGHTS.items())
    return 1 / (1 + math.exp(-total))


def _shown(best: Evidence, told: Signs, shelf: Shelf) -> tuple[Quote, ...]:
    """The sentence that tells of it, its other figure marked."""
    start, end = best.start, best.end
    if told.figure and (at := best.sentence.find(told.figure[1])) >= 0:
        start, end = start + at, start + at + len(told.figure[1])
    return shown([Place(best.text.article, start, end)], shelf)
