"""What is measured: a value of each question, and what joins the values to one figure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from assistant.evaluate.ask_all import Result
from assistant.evaluate.exam_questions import Question
from assistant.evaluate.judging import answers, rank, score

DEPTHS = (1, 4, 10)
QUOTES = (1, 2, 3, 5)
Array: TypeAlias = npt.NDArray[np.float64]
Value: TypeAlias = Callable[[Question, Result], float | None]  # None: the figure passes it over
Statistic: TypeAlias = Callable[..., float]
Kind: TypeAlias = Literal["share", "number", "seconds"]


# --- what joins values to one figure


def mean(values: Array) -> float:
    return float(values.mean())


def both(ones: Array, others: Array) -> float:
    """The mean of two groups' means."""
    return float(ones.mean() + others.mean()) / 2


def percentile(share: int, values: Array) -> float:
    return float(np.percentile(values, share))


def area(high: Array, low: Array) -> float:
    """The chance that one of `high` lies above one of `low`, ties counting half: the AUC."""
    ordered = np.sort(low)
    below = np.searchsorted(ordered, high, "left") + np.searchsorted(ordered, high, "right")
    return float(below.mean() / (2 * len(low)))


@dataclass(frozen=True, slots=True)
class Measure:
    """How a figure is made: a value of each question of one or two groups, and what joins them."""

    name: str
    label: str
    groups: tuple[Value, ...]
    statistic: Statistic = mean
    kind: Kind = "share"
    more_is_better: bool = True


# --- values of one question


def _found(depth: int, question: Question, result: Result) -> float | None:
    place = rank(question, result)
    return float(place is not None and place <= depth) if question.gold else None


def _reciprocal(depth: int, question: Question, result: Result) -> float | None:
    place = rank(question, result)
    near = place is not None and place <= depth
    return (1 / place if near and place else 0.0) if question.gold else None


def _quoted(count: int, question: Question, result: Result) -> float | None:
    if not question.quotable:
        return None
    return float(any(answers(question, quote.text) for quote in result.quotes[:count]))


def _shown(count: int, question: Question, result: Result) -> float | None:
    """As quoted, were nothing refused: what choosing the sentence is worth by itself."""
    if not question.quotable:
        return None
    shown = result.quotes or result.nearest
    return float(any(answers(question, quote.text) for quote in shown[:count]))


def _words(question: Question, result: Result) -> float | None:
    """Words of the first three quotes, of answers that quote: a refusal does not lower it."""
    if not question.quotable or not result.quotes:
        return None
    return float(sum(len(quote.text.split()) for quote in result.quotes[:3]))


def _answered(question: Question, result: Result) -> float | None:
    return float(result.status != "not_found") if question.likely else None


def _refused(question: Question, result: Result) -> float | None:
    return None if question.answerable else float(result.status == "not_found")


def _not(value: Value) -> Value:
    def turned(question: Question, result: Result) -> float | None:
        found = value(question, result)
        return None if found is None else 1 - found

    return turned


def _likely_score(question: Question, result: Result) -> float | None:
    return score(result) if question.likely else None


def _unsure_score(question: Question, result: Result) -> float | None:
    return None if question.answerable else score(result)


def _exact(question: Question, result: Result) -> float | None:
    quotes = (*result.quotes, *result.nearest)
    return float(all(quote.exact for quote in quotes)) if quotes else None


def _seconds(step: str, question: Question, result: Result) -> float | None:
    return result.seconds.get(step)


# --- the figures


def measures(results: Iterable[Result]) -> list[Measure]:
    """The figures that these results allow."""
    steps = dict.fromkeys(step for result in results for step in result.seconds)
    return [*_FINDING, *_QUOTING, *_REFUSING, *(one for step in steps for one in _timing(step))]


def _timing(step: str) -> list[Measure]:
    return [
        Measure(
            f"seconds_{step}_p{share}",
            f"seconds: {step}, p{share}",
            (partial(_seconds, step),),
            partial(percentile, share),
            kind="seconds",
            more_is_better=False,
        )
        for share in (50, 95)
    ]


_FINDING = [
    *(Measure(f"article_{n}", f"article within {n}", (partial(_found, n),)) for n in DEPTHS),
    Measure("article_mrr", "article MRR@10", (partial(_reciprocal, 10),), kind="number"),
]
_QUOTING = [
    *(Measure(f"quote_{n}", f"answer within {n} quotes", (partial(_quoted, n),)) for n in QUOTES),
    *(
        Measure(f"shown_{n}", f"answer within {n}, were nothing refused", (partial(_shown, n),))
        for n in (1, 2, 3)
    ),
    Measure("words", "words in the first 3 quotes", (_words,), kind="number", more_is_better=False),
    Measure("exact", "answers whose every quote is exact", (_exact,)),
]
_REFUSING = [
    Measure("wrong_answers", "unanswerable, yet answered", (_not(_refused),), more_is_better=False),
    Measure("wrong_refusals", "answerable, yet refused", (_not(_answered),), more_is_better=False),
    Measure(
        "balanced", "balanced accuracy of refusing", (_answered, _refused), both, kind="number"
    ),
    Measure(
        "auc", "area under the curve of the score", (_likely_score, _unsure_score), area, "number"
    ),
]
