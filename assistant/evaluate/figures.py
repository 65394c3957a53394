"""From results to figures, each with a 95 % interval from resampling the questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from assistant.evaluate.ask_all import Result
from assistant.evaluate.exam_questions import Question
from assistant.evaluate.measures import Array, Kind, Measure, Statistic, measures

RESAMPLES = 1_000
Pair: TypeAlias = tuple[Question, Result]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure over `count` questions, and the ends of its 95 % interval."""

    name: str
    label: str
    kind: Kind
    value: float
    low: float
    high: float
    count: int


def values(measure: Measure, pairs: Sequence[Pair]) -> list[dict[str, float]]:
    """Each group's values by question id."""
    return [
        {
            question.id: value
            for question, result in pairs
            if (value := group(question, result)) is not None
        }
        for group in measure.groups
    ]


def figures(pairs: Sequence[Pair]) -> list[Figure]:
    """Every figure that has questions, in the order of `measures`."""
    found = []
    for measure in measures(result for _, result in pairs):
        groups = [np.array(list(group.values())) for group in values(measure, pairs)]
        if all(len(group) for group in groups):
            low, high = interval(resampled(measure.statistic, groups))
            value = measure.statistic(*groups)
            count = sum(len(group) for group in groups)
            found.append(Figure(measure.name, measure.label, measure.kind, value, low, high, count))
    return found


def resampled(statistic: Statistic, groups: Sequence[Array]) -> Array:
    """The statistic of `RESAMPLES` drawings of the questions, with replacement, the same always."""
    random = np.random.default_rng(0)
    drawn = (
        [group[random.integers(0, len(group), len(group))] for group in groups]
        for _ in range(RESAMPLES)
    )
    return np.array([statistic(*groups) for groups in drawn])


def interval(drawn: Array) -> tuple[float, float]:
    """The middle 95 %."""
    low, high = np.percentile(drawn, [2.5, 97.5])
    return float(low), float(high)


def paired(questions: Sequence[Question], results: Mapping[str, Result]) -> list[Pair]:
    """Each question with its result, where there is one."""
    return [(one, results[one.id]) for one in questions if one.id in results]
