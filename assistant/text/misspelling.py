"""Whether one word may be another, misspelt."""

from __future__ import annotations

from collections import Counter


def nearly(one: str, other: str) -> bool:
    """Whether two words, without case and accents, differ by a slip or none.

    Slips: a letter too many, one missing, one wrong, two that changed places. The first letter is
    hardly ever one; words of up to three letters have none, those of up to seven one, others two.
    """
    if one == other:
        return True
    length = min(len(one), len(other))
    most = 0 if length <= 3 else 1 if length <= 7 else 2
    if not most or one[0] != other[0] or abs(len(one) - len(other)) > most:
        return False
    # Quick: most pairs have too many letters that the other lacks.
    lost = (Counter(one) - Counter(other)).total(), (Counter(other) - Counter(one)).total()
    return max(lost) <= most and distance(one, other) <= most


def distance(one: str, other: str) -> int:
    """How many slips turn one word into the other (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        above, before, row = before, row, [i]
        for j, wanted in enumerate(other, 1):
            least = min(before[j] + 1, row[-1] + 1, before[j - 1] + (letter != wanted))
            if above and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                least = min(least, above[j - 2] + 1)
            row.append(least)
    return row[-1]
