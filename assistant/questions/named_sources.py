"""From a request to the outlets, authors and days that stand in it, whatever they are there for.

What they mean for a search is for `asked_sources.py`.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.text.dates import calendar
from assistant.text.dates.calendar import DAY, MONTH, WEEKDAY, YEAR, Span
from assistant.text.plain_names import PIECE, plain, plainly

OUTLET, AUTHOR = "outlet", "author"
LONGEST = 8  # pieces of a name: "St. John's Beacon" has four
# Last words of an outlet's name by which it is called for short: "the Herald".
_PAPERS = frozenset(
    """advertiser age argus banner beacon bulletin chronicle citizen clarion courier daily dispatch
    echo enquirer examiner express gazette globe guardian herald independent inquirer journal leader
    ledger mail mercury messenger mirror monitor news newsline newswire observer pioneer post press
    radio record recorder register reporter review sentinel standard star sun telegraph telegram
    times tribune tv voice weekly wire world""".split()
)
_BYLINE = re.compile(r"\s*(?:[,;|&/]|\band\b)\s*|^\s*by\s+", re.IGNORECASE)
_BEFORE = re.compile(r"(\S+)\s*\Z")
_POSSESSIVE = re.compile(r"['’]?s\Z", re.IGNORECASE)  # "the gazettes piece", too
_OWNER = re.compile(r"[^\W\d_a-z].*['’]s?\Z")
_THE = re.compile(r"\bthe\s+\Z", re.IGNORECASE)
_DATE = re.compile(
    rf"""\b(?:
        (?P<iso>\d{{4}}-\d\d-\d\d)\b
      | (?:the\s+)?(?P<day1>{DAY})(?:\s+of)?\s+(?P<month1>{MONTH})(?:,?\s+(?P<year1>{YEAR}))?
      | (?P<month2>{MONTH})\s+(?:the\s+)?(?P<day2>{DAY})(?:,?\s+(?P<year2>{YEAR}))?
      | (?P<month3>{MONTH})(?:,?\s+(?:of\s+)?(?P<year3>{YEAR}))?
      | (?P<one>\d\d?)[/.](?P<other>\d\d?)(?:[/.](?P<year4>{YEAR}))?(?!\d|%)
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_WEEKDAY = re.compile(
    rf"\b(?:{WEEKDAY}|mon|tues?|wed|thurs?|thu|fri|sat|sun)\.?,?(?:\s+the)?\s+\Z", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a request names something: `request[start:end]`.

    `names` are the outlets or bylines that may be meant, as stored; `full`: all of the name stands
    there, and it has several words. Of a day there are `spans`: all that it may mean.
    """

    kind: str
    start: int
    end: int
    names: tuple[str, ...] = ()
    full: bool = False
    spans: tuple[Span, ...] = ()


def named(request: str, outlets: Sequence[str], authors: Sequence[str]) -> list[Mention]:
    """The outlets and authors that stand in the request, in order, the longest name of each."""
    known = _index(tuple(outlets), tuple(authors))
    pieces = [(match.start(), match.end()) for match in PIECE.finditer(request)]
    found: list[Mention] = []
    at = 0
    while at < len(pieces):
        for size in range(min(LONGEST, len(pieces) - at), 0, -1):
            start, end = pieces[at][0], pieces[at + size - 1][1]
            mention = _mention(request, start, end, known)
            if mention:
                found.append(mention)
                at += size - 1
                break
        at += 1
    return found


@dataclass(frozen=True, slots=True)
class _Known:
    """Outlets or bylines by their plain names; `whole`: nothing of the name is left out."""

    kind: str
    names: tuple[str, ...]
    whole: bool
    words: int


@functools.lru_cache(maxsize=4)
def _index(outlets: tuple[str, ...], authors: tuple[str, ...]) -> dict[str, _Known]:
    held: dict[tuple[str, str, bool, int], list[str]] = defaultdict(list)
    for outlet in outlets:
        words = outlet.split()
        words = words[1:] if len(words) > 1 and words[0].casefold() == "the" else words
        for way in {" ".join(words), " ".join(words).replace("&", "and")}:
            held[plain(way), OUTLET, True, len(words)].append(outlet)
        for at in range(1, len(words)):
            if plain(words[-1]) in _PAPERS:
                held[plain(" ".join(words[at:])), OUTLET, False, len(words) - at].append(outlet)
    for byline in authors:
        for name in filter(None, _BYLINE.split(byline)):
            words = name.split()
            if len(words) > 1:
                held[plain(name), AUTHOR, True, len(words)].append(byline)
                held[plain(words[-1]), AUTHOR, False, 1].append(byline)
    index: dict[str, _Known] = {}
    for (key, kind, whole, many), names in held.items():
        other = index.get(key)
        if key and (other is None or (whole and not other.whole)):
            index[key] = _Known(kind, tuple(names), whole, many)
        elif other and other.kind == kind and other.whole == whole:
            index[key] = _Known(kind, (*other.names, *names), whole, many)
    return index


def _mention(request: str, start: int, end: int, known: dict[str, _Known]) -> Mention | None:
    key = plain(request[start:end])
    one = known.get(key)
    if one is None and (possessive := _POSSESSIVE.search(request[start:end])):
        one = known.get(plain(request[start : start + possessive.start()]))
        end = start + possessive.start()
    if one is None:
        return None
    the = _THE.search(request[:start])
    before = _BEFORE.search(request[:start])
    alone = one.words == 1
    if one.kind == OUTLET and (not one.whole or (alone and plainly(key) in _PAPERS)):
        # "The Ledger" and "Roe's Ledger piece", but "the Salt Ledger" is something else.
        if not the and not (before and _OWNER.match(before[1])):
            return None
    elif alone and not the and before and before[1][:1].isupper() and before[1].isalpha():
        return None  # "Ada Roe" is not the author Roe
    if the and one.kind == OUTLET:
        start = the.start()
    return Mention(one.kind, start, end, one.names, one.whole and not alone)


def days(request: str, today: date) -> Iterator[Mention]:
    """The days and months that stand in the request, and are not to come."""
    for match in _DATE.finditer(request):
        spans = tuple(span for span in _spans(match, today) if span and span.first <= today)
        if spans:
            weekday = _WEEKDAY.search(request[: match.start()])
            start = weekday.start() if weekday else match.start()
            yield Mention("day", start, match.end(), spans=spans)


def _spans(match: re.Match[str], today: date) -> Iterator[Span | None]:
    if iso := match["iso"]:
        yield calendar.span(*map(int, iso.split("-")))
        return
    year = next((int(one) for n in "1234" if (one := match[f"year{n}"])), None)
    if one := match["one"]:
        for first, month in {(int(one), int(match["other"])), (int(match["other"]), int(one))}:
            if 1 <= month <= 12:
                yield _span(year, month, first, today)
        return
    month_word = match["month1"] or match["month2"] or match["month3"]
    day_word = match["day1"] or match["day2"]
    if not day_word and not year and not month_word[0].isupper():
        return  # "may", "march"
    day = calendar.number(day_word) if day_word else None
    yield _span(year, calendar.month_number(month_word), day, today)


def _span(year: int | None, month: int, day: int | None, today: date) -> Span | None:
    return calendar.span(year, month, day) if year else calendar.latest_year(today, month, day)
