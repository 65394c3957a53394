"""From words and a longer run of words to where the one stands in the other, with what differs.

Approximate matching of Sellers (1980), over words in place of letters.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Step(NamedTuple):
    """`asked[a:b]` stands as `printed[c:d]`; either may be empty, `same` tells if they are one."""

    same: bool
    a: int
    b: int
    c: int
    d: int


def aligned(asked: Sequence[str], printed: Sequence[str]) -> list[Step]:
    """The place in `printed` where `asked` stands with the fewest changes, in steps.

    Together the steps hold all of `asked`; what is printed before and after them is free.
    """
    rows = _costs(asked, printed)
    at = min(range(len(printed) + 1), key=lambda n: (rows[-1][n], -n))
    steps: list[Step] = []
    n = len(asked)
    while n:
        here, above = rows[n], rows[n - 1]
        if at and here[at] == above[at - 1] + (asked[n - 1] != printed[at - 1]):
            step = Step(asked[n - 1] == printed[at - 1], n - 1, n, at - 1, at)
        elif at and here[at] == here[at - 1] + 1:
            step = Step(False, n, n, at - 1, at)
        else:
            step = Step(False, n - 1, n, at, at)
        steps.append(step)
        n, at = step.a, step.c
    return _joined(steps[::-1])


def _costs(asked: Sequence[str], printed: Sequence[str]) -> list[list[int]]:
    """For each beginning of `asked` the fewest changes with which it ends at each place."""
    rows = [[0] * (len(printed) + 1)]
    for n, word in enumerate(asked, 1):
        above, row = rows[-1], [n]
        for at, other in enumerate(printed, 1):
            row.append(min(above[at - 1] + (word != other), above[at] + 1, row[-1] + 1))
        rows.append(row)
    return rows


def _joined(steps: Sequence[Step]) -> list[Step]:
    """The steps, neighbours of one kind as one."""
    kept: list[Step] = []
    for one in steps:
        if kept and kept[-1].same == one.same:
            kept[-1] = Step(one.same, kept[-1].a, one.b, kept[-1].c, one.d)
        else:
            kept.append(one)
    return kept
