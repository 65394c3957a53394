"""From two runs to differences, paired question by question, and whether they are real."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.evaluate.ask_all import Result
from assistant.evaluate.exam_questions import Question
from assistant.evaluate.figures import interval, paired, resampled, values
from assistant.evaluate.measures import Array, Kind, Measure, measures

CHANCE = 0.05  # a difference that chance makes this seldom is called real
CAUTION = (
    "One figure in twenty looks real by chance alone, and seconds depend on what else the "
    "machine was doing."
)


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure of two runs over the `count` questions that both asked.

    `low` and `high` end the 95 % interval of `new - old`; `p` is McNemar's exact one (the chance of
    a difference this large were there none) for shares, else None.
    """

    name: str
    label: str
    kind: Kind
    old: float
    new: float
    low: float
    high: float
    p: float | None
    verdict: str
    count: int


def compare(
    questions: Sequence[Question], old: Mapping[str, Result], new: Mapping[str, Result]
) -> list[Difference]:
    """Each figure's difference, over the questions that stand in both runs with the same words."""
    same = [
        one
        for one in questions
        if one.id in old and one.id in new and old[one.id].question == new[one.id].question
    ]
    found = []
    for measure in measures(new.values()):
        before = values(measure, paired(same, old))
        after = values(measure, paired(same, new))
        both = [[id for id in group if id in before[n]] for n, group in enumerate(after)]
        if all(both):
            groups = [
                np.array([(before[n][id], after[n][id]) for id in ids])
                for n, ids in enumerate(both)
            ]
            found.append(difference(measure, groups))
    return found


def difference(measure: Measure, groups: Sequence[Array]) -> Difference:
    """The difference of one figure; each group holds rows of (old, new) values.

    Of `measure` only what joins the values, and the names; a value may be an array itself.
    """
    old = measure.statistic(*(group[:, 0] for group in groups))
    new = measure.statistic(*(group[:, 1] for group in groups))

    def change(*drawn: Array) -> float:
        ones, others = ([group[:, side] for group in drawn] for side in (1, 0))
        return measure.statistic(*ones) - measure.statistic(*others)

    low, high = interval(resampled(change, groups))
    p = mcnemar(groups[0]) if measure.kind == "share" else None
    real = p < CHANCE if p is not None else low > 0 or high < 0
    return Difference(
        name=measure.name,
        label=measure.label,
        kind=measure.kind,
        old=old,
        new=new,
        low=low,
        high=high,
        p=p,
        verdict=_verdict(new - old, real, measure.more_is_better),
        count=sum(len(group) for group in groups),
    )


def _verdict(change: float, real: bool, more_is_better: bool) -> str:
    if not change:
        return "the same"
    better = "better" if (change > 0) == more_is_better else "worse"
    return f"really {better}" if real else f"{better}, but may be chance"


def mcnemar(pairs: Array) -> float:
    """The two-sided exact p of McNemar's test on rows of 0 or 1, before and after.

    Only the questions that changed count: were there no difference, each would have gone either
    way like a coin. McNemar 1947, in its binomial form.
    """
    gained = int(((pairs[:, 0] < 0.5) & (pairs[:, 1] > 0.5)).sum())
    lost = int(((pairs[:, 0] > 0.5) & (pairs[:, 1] < 0.5)).sum())
    changed = gained + lost
    tail = sum(math.comb(changed, k) for k in range(min(gained, lost) + 1))
    return min(1.0, tail / 2 ** (changed - 1)) if changed else 1.0
