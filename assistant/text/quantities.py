"""From a text to the quantities it prints, each as the interval of values it allows.

"About 40" allows 36 to 44, "more than a million" anything above, "38,000" what rounds to it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_WORDS = {word: float(n) for n, word in enumerate(_ONES)}
_WORDS |= {word: 10.0 * n for n, word in enumerate(_TENS, 2)}
_WORDS |= {f"{ten}-{one}": _WORDS[ten] + _WORDS[one] for ten in _TENS for one in _ONES[1:10]}
_WORDS |= {"dozen": 12.0, "a dozen": 12.0}
_TIMES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
    "k": 1e3, "m": 1e6, "bn": 1e9, "tn": 1e12,
}  # fmt: skip
_NUMBER = (
    rf"(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?"
    rf"|\b(?:{'|'.join(sorted(_WORDS, key=len, reverse=True))})\b"
    r"|\ba(?= (?:hundred|thousand|million|billion)\b))"
)
_SCALE = r"(?:\s?(?:hundred|thousand|million|billion|trillion)\b|(?:k|m|bn|tn)\b)"
_AMOUNT = re.compile(
    rf"(?P<hedge>\b(?:about|around|some|roughly|approximately|nearly|almost|close to|more than|over"
    rf"|at least|fewer than|less than|under|at most|up to|as many as|between|only|just)\s)?"
    rf"(?<![\w.,])(?P<sign>[$€£])?(?P<low>{_NUMBER})(?P<scale>{_SCALE})?"
    rf"(?:\s?(?:to|and|-|–)\s?[$€£]?(?P<high>{_NUMBER})(?P<scale2>{_SCALE})?(?=\W))?"
    rf"(?P<unit>\s?%|\s(?:percent|per cent|dollars?|euros?|pounds?|crowns?|cents?))?",
    re.IGNORECASE,
)
_UNITS = {"$": "dollar", "€": "euro", "£": "pound", "%": "percent", "per cent": "percent"}
_ABOUT = frozenset("about around some roughly approximately".split()) | {"close to"}
_ABOVE = frozenset(("more than", "over", "at least"))
_BELOW = frozenset(("fewer than", "less than", "under", "at most", "up to", "as many as"))
_NO_QUANTITY_BEFORE = re.compile(r"(?:\b(?:No|Nos)\.|\bnumber|[#A-Z]-?|\d[:.])\s?\Z")
_NO_QUANTITY_AFTER = re.compile(
    r"(?:st|nd|rd|th)\b|[:.]\d|\s?(?:a\.m\.|p\.m\.|am\b|pm\b|o’clock)|-(?:year|day|month|hour|man)"
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DATE_BEFORE, _DATE_AFTER = re.compile(rf"\b{_MONTH}\s\Z"), re.compile(rf"\s{_MONTH}(?!\w)")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity as printed, `text[start:end]`: any value from `low` to `high`, in `unit`.

    `unit` is "percent", a currency, or "" for a count; `value` is the number itself, of a range
    its first.
    """

    low: float
    high: float
    unit: str
    start: int
    end: int
    value: float

    def allows(self, other: Quantity) -> bool:
        """Whether both may mean the same value."""
        return self.unit == other.unit and self.low <= other.high and other.low <= self.high


def quantities(text: str) -> list[Quantity]:
    """The quantities of a text in their order; no dates, hours, ordinals, years or names."""
    return list(_found(text))


def _found(text: str) -> Iterator[Quantity]:
    for match in _AMOUNT.finditer(text):
        start = match.start("sign") if match["sign"] else match.start("low")
        if _NO_QUANTITY_BEFORE.search(text[:start]) or _NO_QUANTITY_AFTER.match(text, match.end()):
            continue
        if _DATE_BEFORE.search(text[:start]) or _DATE_AFTER.match(text, match.end()):
            continue
        unit = (match["sign"] or match["unit"] or "").strip().lower()
        unit = _UNITS.get(unit, unit.removesuffix("s"))
        year = re.fullmatch(r"(?:1[5-9]|20)\d\d", match["low"]) and not (match["scale"] or unit)
        if year:
            continue
        low, high = _interval(match)
        value, _ = _value(match["low"], match["scale"])
        yield Quantity(low, high, unit, start, match.end(), value)


def _interval(match: re.Match[str]) -> tuple[float, float]:
    value, slack = _value(match["low"], match["scale"] or (match["high"] and match["scale2"]))
    hedge = (match["hedge"] or "").strip().lower()
    if match["high"]:
        other, more = _value(match["high"], match["scale2"])
        return min(value - slack, other), max(value, other + more)
    if hedge in _ABOUT:
        return value * 0.9, value * 1.1
    if hedge in ("nearly", "almost"):
        return value * 0.85, value
    if hedge in _ABOVE:
        return value, math.inf
    if hedge in _BELOW:
        return 0.0, value
    return value - slack, value + slack


def _value(number: str, scale: str | None) -> tuple[float, float]:
    """The value, and how far off it may be for having been rounded."""
    plain = number.lower().replace(",", "")
    value = _WORDS.get(plain, 1.0 if plain == "a" else None)
    spelled = value is not None
    value = float(plain) if value is None else value
    times = _TIMES[scale.strip().lower()] if scale else 1.0
    if scale:
        step = 10.0 ** -len(plain.partition(".")[2]) if not spelled else 1.0
        return value * times, step * times / 2
    zeros = len(plain) - len(plain.rstrip("0")) if plain.isdigit() else 0
    return value, 10.0**zeros / 2 if zeros >= 2 else 0.0
