"""What a verdict on a part of a draft is called, with a sign, so that no colour must tell it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from assistant.records import CheckedQuotation, CheckedStatement, Report

Tone = Literal["good", "bad", "open"]


@dataclass(frozen=True, slots=True)
class Called:
    """A verdict in words, its sign, and whether it is good, bad or open."""

    words: str
    sign: str
    tone: Tone


VERDICTS: dict[str, Called] = {
    "altered": Called("altered", "✗", "bad"),
    "other_speaker": Called("said by another", "✗", "bad"),
    "joined": Called("joined from several places", "✗", "bad"),
    "contradicted": Called("contradicted", "✗", "bad"),
    "not_printed": Called("not printed here", "?", "open"),
    "paraphrased": Called("paraphrased", "~", "open"),
    "not_here": Called("nothing about it here", "?", "open"),
    "same": Called("same but for punctuation", "✓", "good"),
    "word_for_word": Called("word for word", "✓", "good"),
    "borne_out": Called("borne out", "✓", "good"),
}


OPINION = Called("borne out as somebody's words", "~", "open")


def called(one: CheckedQuotation | CheckedStatement) -> Called:
    """What the verdict on a quotation or statement is called."""
    if isinstance(one, CheckedStatement) and one.opinion:
        return OPINION
    return VERDICTS[one.verdict]


def counted(report: Report) -> list[str]:
    """How many of each verdict, the worst first: "2 altered"."""
    counts = Counter(called(one) for _, one in findings(report))
    order = [*VERDICTS.values()]
    order.insert(order.index(VERDICTS["same"]), OPINION)
    return [f"{counts[one]} {one.words}" for one in order if one in counts]


def findings(report: Report) -> list[tuple[str, CheckedQuotation | CheckedStatement]]:
    """All that was checked with its name, "q1" or "s1", in the order of the draft."""
    named: list[tuple[str, CheckedQuotation | CheckedStatement]] = [
        *((f"q{n}", quotation) for n, quotation in enumerate(report.quotations, 1)),
        *((f"s{n}", statement) for n, statement in enumerate(report.statements, 1)),
    ]
    return sorted(named, key=lambda one: (one[1].start, one[0]))


def headline(report: Report) -> str:
    """What was checked, and how much of it must be looked at."""
    quotations, statements = len(report.quotations), len(report.statements)
    parts = [f"{quotations} {'quotation' if quotations == 1 else 'quotations'}"]
    if statements:
        parts.append(f"{statements} {'statement' if statements == 1 else 'statements'}")
    return f"{' and '.join(parts)} checked"
