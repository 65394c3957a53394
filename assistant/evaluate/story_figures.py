"""From judged requests to a row for each kind, figures over all, and the changes of two runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from assistant.evaluate import comparing
from assistant.evaluate.comparing import Difference
from assistant.evaluate.figures import Figure, interval, resampled
from assistant.evaluate.measures import Array, Measure, mean
from assistant.evaluate.story_judging import Judged

Value: TypeAlias = Callable[[Judged], float | tuple[float, float]]
ANSWERABLE, TO_REFUSE = "all answerable", "all to refuse"


@dataclass(frozen=True, slots=True)
class Kind:
    """The requests of a kind in one row; None where a column makes no sense.

    `right`, `recall`, `precision` and `refused` are shares, `quotes` the mean number of quotes.
    """

    kind: str
    refuse: bool
    n: int
    right: float
    recall: float | None
    precision: float | None
    refused: float
    quotes: float


def by_kind(run: Sequence[Judged]) -> list[Kind]:
    """Answerable kinds and all of them, then those to refuse and all of them."""
    found = []
    for refuse, name in ((False, ANSWERABLE), (True, TO_REFUSE)):
        groups = _groups(run, refuse=refuse)
        found += [_row(kind, group) for kind, group in groups.items()]
        if groups:
            found.append(_row(name, [one for group in groups.values() for one in group]))
    return found


def _groups(run: Sequence[Judged], *, refuse: bool) -> dict[str, list[Judged]]:
    """Those to refuse, or all others, by kind."""
    chosen = [one for one in run if one.request.refuse == refuse]
    kinds = sorted({one.request.kind for one in chosen})
    return {kind: [one for one in chosen if one.request.kind == kind] for kind in kinds}


def _row(name: str, group: Sequence[Judged]) -> Kind:
    refuse, quotes = group[0].request.refuse, sum(one.quotes for one in group)
    recalls = [one.recall for one in group if one.recall is not None]
    return Kind(
        kind=name,
        refuse=refuse,
        n=len(group),
        right=sum(one.right for one in group) / len(group),
        recall=sum(recalls) / len(recalls) if recalls else None,
        precision=sum(one.good for one in group) / quotes if quotes and not refuse else None,
        refused=sum(not one.quotes for one in group) / len(group),
        quotes=quotes / len(group),
    )


# --- the figures over all


def _right(one: Judged) -> float:
    return float(one.right)


def _refused_wrongly(one: Judged) -> float:
    """A number alone answers a count."""
    return float(not one.quotes and one.request.kind != "count")


def _good_of_all(one: Judged) -> tuple[float, float]:
    return float(one.good), float(one.quotes)


def _mean_of_means(*groups: Array) -> float:
    return float(np.mean([group.mean() for group in groups]))


def _ratio(pairs: Array) -> float:
    good, quotes = pairs.sum(axis=0)
    return float(good / max(1.0, quotes))


@dataclass(frozen=True, slots=True)
class Overall:
    """A figure over all requests: of which, and what of each is joined by its measure."""

    measure: Measure
    groups: Callable[[Sequence[Judged]], list[list[Judged]]]
    value: Value = _right


def _answerable(run: Sequence[Judged]) -> list[list[Judged]]:
    return [[one for one in run if not one.request.refuse]]


def _unanswerable(run: Sequence[Judged]) -> list[list[Judged]]:
    return [[one for one in run if one.request.refuse]]


def _of_kinds(run: Sequence[Judged]) -> list[list[Judged]]:
    return list(_groups(run, refuse=False).values())


def _of_both(run: Sequence[Judged]) -> list[list[Judged]]:
    return [*_answerable(run), *_unanswerable(run)]


OVERALL = [
    Overall(Measure("right", "right", ()), _answerable),
    Overall(Measure("mean", "mean over kinds", (), _mean_of_means, "number"), _of_kinds),
    Overall(
        Measure("wrongly_refused", "wrongly refused", (), more_is_better=False),
        _answerable,
        _refused_wrongly,
    ),
    Overall(Measure("rightly_refused", "rightly refused", ()), _unanswerable),
    Overall(
        Measure("balanced", "right and rightly refused", (), _mean_of_means, "number"), _of_both
    ),
    Overall(Measure("precision", "precision", (), _ratio, "number"), _answerable, _good_of_all),
]


def figures(run: Sequence[Judged]) -> list[Figure]:
    """The figures over all that have requests, each with its 95 % interval."""
    found = []
    for one in OVERALL:
        groups = [np.array([one.value(each) for each in group]) for group in one.groups(run)]
        if groups and all(map(len, groups)):
            low, high = interval(resampled(one.measure.statistic, groups))
            name, label, kind = one.measure.name, one.measure.label, one.measure.kind
            value, count = one.measure.statistic(*groups), sum(map(len, groups))
            found.append(Figure(name, label, kind, value, low, high, count))
    return found


# --- two runs


@dataclass(frozen=True, slots=True)
class Change:
    """A figure's difference, and how many of its requests turned right or wrong.

    Both are None where requests are not simply right or wrong.
    """

    difference: Difference
    turned_right: int | None
    turned_wrong: int | None


def changes(old: Sequence[Judged], new: Sequence[Judged]) -> list[Change]:
    """The differences over all, then of each kind; both runs hold the same requests in order."""
    before = {one.request.question.id: one for one in old}
    found = [
        _change(one.measure, [_pairs(group, before, one.value) for group in groups])
        for one in OVERALL
        if (groups := one.groups(new)) and all(groups)
    ]
    for refuse in (False, True):
        for kind, group in _groups(new, refuse=refuse).items():
            label = kind_name(kind, refuse=refuse)
            measure = Measure(f"{'refuse' if refuse else 'right'} {kind}", label, (), mean)
            found.append(_change(measure, [_pairs(group, before, _right)]))
    return found


def kind_name(kind: str, *, refuse: bool) -> str:
    """As a reader sees it: a kind may have requests to answer and others to refuse."""
    return f"{kind}, to refuse" if refuse and kind != TO_REFUSE else kind


def _pairs(group: Sequence[Judged], before: dict[str, Judged], value: Value) -> Array:
    """A row of (old, new) values for each request."""
    return np.array([(value(before[one.request.question.id]), value(one)) for one in group])


def _change(measure: Measure, groups: Sequence[Array]) -> Change:
    difference = comparing.difference(measure, groups)
    if any(group.ndim > 2 for group in groups):
        return Change(difference, None, None)
    better = 1 if measure.more_is_better else -1
    steps = [better * (group[:, 1] - group[:, 0]) for group in groups]
    right, wrong = (sum(int((side * step > 0).sum()) for step in steps) for side in (1, -1))
    return Change(difference, right, wrong)
