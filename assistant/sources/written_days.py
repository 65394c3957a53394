"""From a day in words or numbers, in the commonest languages, to a moment.

Which of "3/4/2022" is the day is told by language, site and the other days of a page or batch;
where nobody tells, it stays unknown. `written_dates` knows the months.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone

from assistant.sources import written_dates

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|(?<!\d)[١٢][٠-٩]{3}")
_DAY_OR_MONTH = re.compile(r"(?:[^\W\d_]{3,12}\.? )?\d{1,2}")
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})([/.-]) ?(\d{1,2})\2 ?(\d{4}|\d\d)(?!\d)")
_YEAR_FIRST = re.compile(
    r"(?<!\d)((?:19|20)\d\d) ?([年/.-]) ?(\d{1,2}) ?(?:\2|月) ?(\d{1,2})日?(?!\d)"
)
_CLOCK = re.compile(
    r"(?<!\d)([01]?\d|2[0-3])(?:[:.h]([0-5]\d)(?::[0-5]\d)?)(?:\s?([ap])\.?m\b\.?)?(?!\d)"
    r"|(?<!\d)(1[0-2]|0?\d)\s?([ap])\.?m\b\.?",
    re.I,
)
_ZONE = re.compile(
    r"\b(?:UTC|GMT)\s?([+-]\d{1,2})(?::?(\d\d))?|(?<=\d)\s?([+-]\d\d):?(\d\d)\b|\bZ\b"
)
_BESIDE = re.compile(r"\b(?:at|um|à|a las|alle|às|om|uhr|kl|в|ore)\b\.?|[|,•·–—()]", re.I)
# Names of zones that are one only; "IST", "CST" and others are several.
_ZONES = {
    "utc": 0, "gmt": 0, "bst": 60, "wet": 0, "west": 60, "cet": 60, "cest": 120, "mez": 60,
    "mesz": 120, "eet": 120, "eest": 180, "msk": 180, "est": -300, "edt": -240, "cdt": -300,
    "mst": -420, "mdt": -360, "pst": -480, "pdt": -420, "jst": 540, "aest": 600, "aedt": 660,
}  # fmt: skip
_ZONE_NAME = re.compile(r"\b(" + "|".join(_ZONES) + r")\b", re.I)
# English with the month first; every other language puts the day first, or the year.
_MONTH_FIRST = frozenset("en-us en-ph en-pr es-us es-pr".split())
_DAY_FIRST_SITES = (".uk .ie .au .nz .in .za .ng .ke .de .at .ch .fr .be .es .it .pt .br .mx .ar "
    ".nl .pl .ru .se .no .dk .fi .tr .gr .cz .ro .eu .scot .wales".split())  # fmt: skip
_MONTH_FIRST_SITES = (".us", ".gov", ".mil", ".ph")
_WORDS = re.compile(r"(?:[^\W\d_]+[.,]? ){0,2}[^\W\d_]*")


def day_first(language: str = "", host: str = "", others: Iterable[str] = ()) -> bool | None:
    """Whether days stand before months here; None where nothing tells.

    Other dates of the same batch or page, one of which has a number above 12, tell first; then
    language ("en-gb", "de") and the end of the site's name.
    """
    for one in others:
        found = _NUMBERS.search(one[:60])
        if found and found[2] != "." and int(found[1]) > 12 >= int(found[3]):
            return True
        if found and found[2] != "." and int(found[3]) > 12 >= int(found[1]):
            return False
    plain = language.lower().replace("_", "-")
    if plain in _MONTH_FIRST:
        return False
    if plain and plain != "en" and not plain.startswith("en-us"):
        return True
    if host.endswith(tuple(_DAY_FIRST_SITES)):
        return True
    return False if host.endswith(_MONTH_FIRST_SITES) else None


def read(words: str, *, first: bool | None = None) -> datetime | None:
    """The day in `words`, with the hour and zone that they print; None when it could be two.

    `first`: whether a day stands before its month in numbers. Without a zone it is naive.
    """
    plain = " ".join(words.split())
    day = _numbered(plain, first)
    if day is None:
        day = _named(plain)
    return _timed(day, plain) if day is not None else None


def _numbered(words: str, first: bool | None) -> datetime | None:
    """A day in numbers alone, "11.03.2026" or "3/14/2022": dots are day first."""
    year_first = _YEAR_FIRST.search(words)
    if year_first:
        return _day(int(year_first[1]), int(year_first[3]), int(year_first[4]))
    found = _NUMBERS.search(words)
    if not found:
        return None
    one, mark, two, year = int(found[1]), found[2], int(found[3]), int(found[4])
    year += 0 if year > 99 else 2000 if year < 70 else 1900
    is_first = True if mark == "." else first
    if one > 12 or two > 12 or one == two:
        is_first = one > 12 or one == two
    if is_first is None:
        return None
    return _day(year, two, one) if is_first else _day(year, one, two)


def _day(year: int, month: int, day: int) -> datetime | None:
    try:
        return datetime(year, month, day)
    except ValueError:
        return None


def _named(words: str) -> datetime | None:
    """A day with its month in words, wherever in them: "2. Mai 2026", "le 12 mars 2026"."""
    if _NUMBERS.search(words) or not (year := _YEAR.search(words)):
        return None
    bare = _CLOCK.sub(" ", _ZONE_NAME.sub(" ", _ZONE.sub(" ", words[: year.end()])))
    bare = " ".join(_BESIDE.sub(" ", bare if _YEAR.search(bare) else words[: year.end()]).split())
    for start in (0, *(found.start() for found in _DAY_OR_MONTH.finditer(bare))):
        found = written_dates.from_words(bare[start:])
        if found is not None:
            return found.replace(hour=0, minute=0, second=0, tzinfo=None)
    return None


def _timed(day: datetime, words: str) -> datetime:
    """The day with the hour and the zone that stand beside it."""
    rest = _NUMBERS.sub(" ", _YEAR_FIRST.sub(" ", words))
    clock = _CLOCK.search(rest)
    if not clock:
        return day
    hour, half = int(clock[1] or clock[4]), (clock[3] or clock[5] or "").lower()
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    timed = day.replace(hour=hour, minute=int(clock[2] or 0))
    after = rest[clock.end() : clock.end() + 20]
    shift, name = _ZONE.search(rest[clock.end() - 1 : clock.end() + 20]), _ZONE_NAME.search(after)
    if name and not (shift and shift[0].strip()[-1:].isdigit()):
        return timed.replace(tzinfo=timezone(timedelta(minutes=_ZONES[name[1].lower()])))
    if shift and shift[0] == "Z":
        return timed.replace(tzinfo=UTC)
    if shift:
        hours, minutes = int(shift[1] or shift[3]), int(shift[2] or shift[4] or 0)
        if abs(hours) <= 14:
            minutes = hours * 60 + (minutes if hours >= 0 else -minutes)
            return timed.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    return timed
