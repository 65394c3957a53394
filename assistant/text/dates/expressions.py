"""From a question's words to phrases of time: "between 1 and 5 March", "since last week".

Finds what is written and which days that is; what it means for a search is for `asked_days.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.text.dates import calendar
from assistant.text.dates.calendar import DAY, MONTH, WEEKDAY, YEAR, Span

_PART = (
    r"(?:(?:early|late|mid)[\s-]+(?:in\s+)?"
    r"|(?:the\s+)?(?:start|beginning|middle|end|first\s+half|second\s+half)\s+of\s+)"
)
_MANY = r"\d{1,3}|two|three|four|five|six|seven|ten|twelve"
_NAMED = (
    rf"yesterday|last\s+night|this\s+year|last\s+(?:week|month|year|{WEEKDAY})"
    rf"|the\s+(?:last|past)\s+(?:week|month|year|(?:{_MANY})\s+(?:days|weeks|months))|{WEEKDAY}"
    r"|the\s+(?:start|beginning)\s+of\s+(?:the|this)\s+(?:week|month|year)"
)


def _period(n: int) -> str:
    return rf"""(?:
      (?P<part{n}>{_PART})?(?:
        (?P<iso{n}>\d{{4}}-\d\d-\d\d)\b
      | (?:{WEEKDAY},?\s+)?(?:the\s+)?(?P<a_day{n}>{DAY})
          (?:\s+(?:of\s+)?(?P<a_month{n}>{MONTH})(?:,?\s+(?P<a_year{n}>{YEAR}))?)?
      | (?:{WEEKDAY},?\s+)?(?P<b_month{n}>{MONTH})(?:\s+(?P<b_day{n}>{DAY}))?
          (?:,?\s+(?:of\s+)?(?P<b_year{n}>{YEAR}))?
      | (?P<c_year{n}>{YEAR})
      )
      | (?P<named{n}>{_NAMED})
    )"""


# What may follow: "in March Madness" and "in 2022 Cup games" are names, "last week’s" an attribute.
_NEXT = (
    "about|after|against|an?|and|are|as|at|before|but|by|did|do|does|for|from|had|has|have|he|how|if"
    "|in|is|it|of\\s+(?:articles|news)|on|or|over|she|that|the|they|to|was|we|were|what|when|where"
    "|which|who|whom|whose|why|with"
)
_PHRASE = re.compile(
    rf"""\b(?:(?P<how>between|from|on|in|during|throughout|since|after|before|as\s+(?:of|at)|until
      |till|up\s+to|through)\s+)?
    \b{_period(1)}(?:(?:\s+(?:and|to|until|till|through)\s+|\s*[-–—]\s*)(?P<second>{_period(2)}))?
    (?=\s*(?:\Z|[?.!,;:)\]”"]|[-–—]\s)|\s+(?:{_NEXT})\b)""",
    re.IGNORECASE | re.VERBOSE,
)
# "Articles from 4 March" asks for print, whatever else the question says.
_PRINTED = re.compile(
    r"\b(?:articles?|stories|coverage|reports|reporting|news|headlines?)"
    r"(?:\s+(?:was|were))?(?:\s+(?:published|printed|written|that\s+appeared|dated))?\s*\Z",
    re.IGNORECASE,
)
_DURING = {"in", "during", "throughout"}
_EDGES = {"since", "after", "before", "as of"}


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of time: `question[start:end] == words`.

    `how` is "since", "after", "before", "until", "as of" or "in". `guessed`: the year is not
    written. `part`: only some of the days are meant ("early March"). `rolling`: it reaches until
    today. `by_days`: written in days or weeks. `exact`: said of the articles, not of an event.
    """

    words: str
    start: int
    end: int
    how: str
    span: Span
    guessed: bool = False
    part: bool = False
    rolling: bool = False
    by_days: bool = False
    exact: bool = False


def phrases(question: str, today: date) -> Iterator[Phrase]:
    """The phrases whose days are past or present and can be told, in order."""
    for match in _PHRASE.finditer(question):
        phrase = _phrase(match, today)
        if phrase and phrase.span.first <= today:
            yield phrase


def _phrase(match: re.Match[str], today: date) -> Phrase | None:
    one, two = _Written(match, 1), _Written(match, 2)
    exact = bool(_PRINTED.search(match.string[: match.start()]))
    ranged = match["second"] is not None
    how = _how(" ".join((match["how"] or "").lower().split()), one, ranged=ranged, exact=exact)
    found = _range(one, two, today) if ranged else _span(one, today)
    if how is None or found is None:
        return None
    return Phrase(
        words=match[0],
        start=match.start(),
        end=match.end(),
        how=how,
        span=found,
        guessed=not one.named and not one.year and not two.year,
        part=bool(one.part),
        rolling=one.named == "this year" or one.named.startswith("the "),
        by_days=bool(one.day) or one.named.endswith(("day", "night", "week")),
        exact=exact,
    )


class _Written:
    """What one period of a phrase says, "" or 0 for what it does not."""

    def __init__(self, match: re.Match[str], n: int) -> None:
        def said(*names: str) -> str:
            return next((match[f"{name}{n}"] for name in names if match[f"{name}{n}"]), "")

        iso = said("iso").split("-") if said("iso") else ["", "", ""]
        month = said("a_month", "b_month")
        self.part = said("part")
        self.named = " ".join(said("named").lower().split())
        self.year = int(said("a_year", "b_year", "c_year") or iso[0] or 0)
        self.month = calendar.month_number(month) if month else int(iso[1] or 0)
        self.day = calendar.number(said("a_day", "b_day") or iso[2])


def _how(how: str, one: _Written, *, ranged: bool, exact: bool) -> str | None:
    """The preposition as `Phrase.how`; None where the two do not go together."""
    if " of " in one.named:
        return how if how == "since" else None
    how = {"as at": "as of", "till": "until", "up to": "until", "through": "until"}.get(how, how)
    if ranged:
        fitting = how in {"between", "from"} or (how in _DURING | {"on"} and not one.named)
        return "in" if fitting or (exact and not how) else None
    if how in _EDGES or (exact and how == "until"):
        return how
    if how == "between" or (how == "until" and not exact) or one.named in calendar.WEEKDAYS:
        return None
    if exact:
        return "in"
    if one.named:
        return "in" if not how or how in _DURING else None
    return "in" if how in ({"on"} if one.day else _DURING) else None


def _range(one: _Written, two: _Written, today: date) -> Span | None:
    """From the first day of the one to the last of the other, each lending what the other lacks."""
    if one.named or two.named:
        return None
    if one.day and not one.month:
        one.month = two.month
    if two.day and not two.month:
        two.month = one.month
    if not two.year and one.year and one.month:
        two.year = one.year
    last = _span(two, today)
    if last is None:
        return None
    if not one.year:
        one.year = last.last.year
    first = _span(one, today)
    if first and first.first > last.last:
        first = calendar.span(one.year - 1, one.month or None, one.day or None)
    return Span(first.first, last.last) if first and first.first <= last.last else None


def _span(period: _Written, today: date) -> Span | None:
    if period.named:
        return _named(period.named, today)
    if period.day and not period.month:
        return None
    if period.year:
        return calendar.span(period.year, period.month or None, period.day or None)
    return calendar.latest_year(today, period.month, period.day or None)


def _named(name: str, today: date) -> Span | None:
    if name in _NAMED_SPANS:
        return _NAMED_SPANS[name](today)
    *_, last = name.split()
    if " of " in name:
        return Span(_BEGUN[last](today), today)
    if name.startswith("the "):
        return Span(today - _length(name), today)
    day = calendar.latest(calendar.weekday_number(last), today - timedelta(1))
    if name == last:
        return Span(day, day)
    # "Last Friday" said on a Sunday may be two days ago or nine.
    near = calendar.week(today).first <= day
    return Span(day - timedelta(7 if near else 0), day)


def _length(name: str) -> timedelta:
    many = {word: n for n, word in enumerate("two three four five six seven".split(), 2)} | {
        "ten": 10,
        "twelve": 12,
    }
    *_, count, unit = name.split()
    number = many.get(count) or (int(count) if count.isdigit() else 1)
    # A month of 31 days and a year of 366: rather a day too many than one too few.
    return timedelta(number * {"day": 1, "week": 7, "month": 31, "year": 366}[unit.rstrip("s")])


def _last_week(today: date) -> Span:
    before = calendar.week(today - timedelta(7))
    # At a weekend the week that is ending may be meant.
    return Span(before.first, today) if today.weekday() >= 5 else before


def _this_year(today: date) -> Span | None:
    # In January "this year" may still be the one that ended.
    return calendar.span(today.year) if today.month > 1 else None


def _yesterday(today: date) -> Span:
    return Span(today - timedelta(1), today - timedelta(1))


_BEGUN: dict[str, Callable[[date], date]] = {
    "week": lambda today: calendar.week(today).first,
    "month": lambda today: today.replace(day=1),
    "year": lambda today: today.replace(month=1, day=1),
}
_NAMED_SPANS: dict[str, Callable[[date], Span | None]] = {
    "yesterday": _yesterday,
    "last night": _yesterday,
    "last week": _last_week,
    "last month": lambda today: calendar.months_away(today, -1),
    "last year": lambda today: calendar.span(today.year - 1),
    "this year": _this_year,
}
