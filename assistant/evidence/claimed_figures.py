"""From a claim or a sentence to its figures and days, each with what it counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.evidence.differences import classes
from assistant.text import terms
from assistant.text.dates.calendar import DAY, MONTH
from assistant.text.quantities import Quantity, quantities

NOUN = 2  # words after a figure among which is what it counts
_DATE = re.compile(
    rf"\b(?:(?P<a>{DAY})\s+(?:of\s+)?(?P<b>{MONTH})|(?P<c>{MONTH})\s+(?P<d>{DAY}))(?!\w)", re.I
)
_APART = re.compile(r"(?<=\d)(?: to | and |[-–])(?=\d)")  # "21 to 14" is two figures
_OF_THE = re.compile(r"^(?:,? of (?:the|its|their|his|her|these|those)(?: \S*\d\S*)?)?")
_AFTER = re.compile(r"(?:[ -][^\W\d_]+(?:['’]\w+)?)*")
_SMALL = frozenset(
    """a an the of in on at to for from by with and or but as than that which who was were is are
    has have had will per each after before since until when while""".split()
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure, or a day, `text[start:end]`, and the stems of what it may count.

    `shown` is where what it counts ends, if that follows at once.
    """

    start: int
    end: int
    shown: int
    nouns: frozenset[str] = frozenset()
    amount: Quantity | None = None
    day: tuple[int, str] | None = None

    def is_of_kind(self, other: Figure) -> bool:
        """Whether both tell of a day, or of an amount of one thing."""
        mine, theirs = self.amount, other.amount
        if mine is None or theirs is None:
            return mine is theirs
        return mine.unit == theirs.unit and bool(mine.unit or self.nouns & other.nouns)

    def allows(self, other: Figure) -> bool:
        """Whether both may mean one value."""
        if self.amount is None or other.amount is None:
            return self.day == other.day
        return self.amount.allows(other.amount)

    def holds(self, other: Figure) -> bool:
        """Whether whatever the other means is what this one says."""
        mine, theirs = self.amount, other.amount
        if mine is None or theirs is None:
            return self.day == other.day
        return mine.low <= theirs.low and theirs.high <= mine.high


def figures(text: str) -> list[Figure]:
    """The figures of a text in order, and then its days."""
    apart = _APART.sub(lambda found: ";".center(len(found[0])), text)
    return [*(_figure(one, text) for one in quantities(apart)), *_days(text)]


def _figure(one: Quantity, text: str) -> Figure:
    following = _AFTER.match(_OF_THE.sub("", text[one.end :]))
    found: list[str] = []
    for word in (following[0] if following else "").replace("-", " ").split()[:NOUN]:
        if word.casefold() in _SMALL:
            break
        found.append(word)
    at_once = f" {found[0]}" if found else " "
    shown = one.end + len(at_once) * (text[one.end :].startswith(at_once) and bool(found))
    return Figure(one.start, one.end, shown, classes(list(map(terms.stem, found))), amount=one)


def _days(text: str) -> Iterator[Figure]:
    for one in _DATE.finditer(text):
        number, month = re.match(r"\d+", one["a"] or one["d"]), one["b"] or one["c"]
        if number:
            day = (int(number[0]), month[:3].lower())
            yield Figure(one.start(), one.end(), one.end(), day=day)
