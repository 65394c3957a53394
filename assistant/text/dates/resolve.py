"""From the words of a quotation and its article's date to the days they mean: "Friday" is 4 March.

A gloss stands beside a quotation and never changes it. Where two days could be meant there is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta

from assistant.records import Gloss, Source
from assistant.text.dates import calendar
from assistant.text.dates.calendar import DAY, MONTH, WEEKDAY, Span
from assistant.text.dates.tense import tense

# Further away, a month or day without its year is too often one of another year: 4 months, judged
# by eye on 120 glosses of news2022's articles, 25 November 2026.
NEAR = timedelta(days=122)

_HOURS = r"(?:\s+(?:morning|afternoon|evening|night))?"
_COUNTS = "two three four five six".split()
_WORDS = re.compile(
    rf"""\b(?:
      (?P<dated>(?:(?P<of>{WEEKDAY}),?\s+)?(?:(?:(?P<a_day>{DAY})\s+(?:of\s+)?(?P<a_month>{MONTH}))
        |(?:(?P<b_month>{MONTH})\s+(?P<b_day>{DAY}))))
    | (?:(?<=\bin\s)|(?<=\bsince\s)|(?<=\bduring\s)|(?<=\bearly\s)|(?<=\blate\s)|(?<=\bmid-))
      (?P<month>{MONTH})
    | (?P<weekday>(?:(?:last|next|this(?:\s+coming|\s+past)?)\s+)?(?P<name>{WEEKDAY}){_HOURS})
    | (?P<near>(?:yesterday|tomorrow){_HOURS}|last\s+night|today|tonight)
    | (?P<ago>(?P<count>{"|".join(_COUNTS)}|[2-6])\s+days\s+ago)
    | (?P<period>(?:(?:earlier|later)\s+)?this\s+(?:week|month|year)|(?:last|next)\s+(?:week|month
        |year)|(?:last|next|this)\s+weekend)
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_YEAR_AFTER = re.compile(
    rf"(?:,?\s+(?:of\s+)?|\s*/)(?:19|20)\d\d\b|\s*(?:,|and|or|to|through|until|[-–])\s*"
    rf"(?:{DAY}\s+)?{MONTH}?\s*(?:{DAY})?,?\s*(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# Names, and days that are no day of the calendar: "Good Friday", "every Friday", "a Friday".
_NO_DAY_BEFORE = re.compile(
    r"\b(?:good|black|ash|palm|cyber|super|easter|whit|holy|bloody|shrove|giving|fat|maundy|big|man"
    r"|that|an?|one|every|each|any|some|most|the|following|previous|another|of|by|until|till"
    r"|beginning|starting|effective|before|through|from|for|between|after|than|to|[-–])\s*\Z",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"\b(?:after|following|in|since|during)\s+\Z", re.IGNORECASE)
_NAME_AFTER = re.compile(rf"\s+(?!{MONTH})(?-i:[A-Z])|-\w|\s+(?:the\s+\d|week|last|next)\b", re.I)
_RANGE_AFTER = re.compile(rf"\s*(?:to|through|until|[-–])\s*{WEEKDAY}", re.IGNORECASE)
_SENTENCE_BEGINS = re.compile(r"(?:\A|[.!?:]|[“”\"‘—–-])\s*\Z")
# "The last month" is thirty days, "the leaders of tomorrow" no day.
_ROLLING_BEFORE = re.compile(r"\b(?:the|of|over|past|at\s+long)\s+\Z", re.IGNORECASE)


def glosses_of(text: str, source: Source) -> tuple[Gloss, ...]:
    """The glosses of a quotation; none when its article was changed on a later day.

    Nobody can tell whether "Friday" stood there before the change.
    """
    changed = (
        source.published and source.updated and source.updated.date() > source.published.date()
    )
    return () if changed else glosses(text, source.published)


def glosses(text: str, published: datetime | None) -> tuple[Gloss, ...]:
    """The words of time in a quotation whose days can be told from its article's date, in order."""
    if published is None:
        return ()
    found = []
    for match in _WORDS.finditer(text):
        kind = next(kind for kind in _KINDS if match[kind])
        if span := _KINDS[kind](match, published):
            start, end = match.span(kind)
            found.append(Gloss(match[kind], start, end, calendar.show_whole(span)))
    return tuple(found)


def _weekday(match: re.Match[str], published: datetime) -> Span | None:
    text, day = match.string, published.date()
    before, after = text[: match.start()], text[match.end() :]
    which = " ".join(match["weekday"].lower().split()[:-1]) if match["name"] else ""
    which = which if which.split(" ")[0] in ("last", "next", "this") else ""
    attribute = after.startswith(("’s", "'s"))
    if attribute and _ATTRIBUTE.search(before):
        return _one(calendar.latest(calendar.weekday_number(match["name"]), day))
    if _NO_DAY_BEFORE.search(before) or _NAME_AFTER.match(after) or _RANGE_AFTER.match(after):
        return None
    weekday = calendar.weekday_number(match["name"])
    if which:
        return _chosen(which, weekday, day)
    if re.search(r"\bsince\s+\Z", before, re.I):
        return _one(calendar.latest(weekday, day)) if weekday != day.weekday() else None
    told = tense(text, match.start(), match.end())
    if told == "past":
        return _one(calendar.latest(weekday, day))
    # "Will vote on Friday", printed on a Friday: today or in a week.
    if told == "coming" and weekday != day.weekday():
        return _one(calendar.coming(weekday, day))
    return None


def _chosen(which: str, weekday: int, day: date) -> Span | None:
    """ "last", "next" or "this" such day, unless two could be meant."""
    this = calendar.week(day).first + timedelta(weekday)
    if which.startswith(("this coming", "next")):
        # "Next Friday" printed on a Tuesday may be in three days or in ten.
        near = which == "next" and this > day
        return None if near else _one(calendar.coming(weekday, day))
    if which.startswith(("this past", "last")):
        near = which == "last" and this < day
        return None if near else _one(calendar.latest(weekday, day - timedelta(1)))
    return _one(this) if this >= day else None


def _near(match: re.Match[str], published: datetime) -> Span | None:
    day, word = published.date(), match["near"].lower()
    before = match.string[: match.start()]
    # "USA Today", "the Tonight Show": a capital within a sentence is a name.
    if word != match["near"] and not _SENTENCE_BEGINS.search(before):
        return None
    if not _day_is_sure(match, published) or _ROLLING_BEFORE.search(before):
        return None
    if word.startswith("tomorrow"):
        return _one(day + timedelta(1))
    if word in ("today", "tonight"):
        # "Today" may be these days: only what happened, or will, on a day has one.
        told = tense(match.string, match.start(), match.end())
        of_these_days = re.match(r"\s+(?:was|were)\b", match.string[match.end() :])
        return None if told == "unclear" or of_these_days else _one(day)
    return _one(day - timedelta(1))


def _ago(match: re.Match[str], published: datetime) -> Span | None:
    count = match["count"].lower()
    number = int(count) if count.isdigit() else _COUNTS.index(count) + 2
    sure = _day_is_sure(match, published)
    return _one(published.date() - timedelta(number)) if sure else None


def _day_is_sure(match: re.Match[str], published: datetime) -> bool:
    """Whether words that count from a day count from the one of publication."""
    # What is spoken counts from the day it was spoken.
    if _is_spoken(match.string, match.start()):
        return False
    # A page that tells its hour in UTC only may be of the evening before, where it was written.
    hour = published.timetz()
    unsure = published.utcoffset() == timedelta(0) and time(0) < hour.replace(tzinfo=None) < time(6)
    return not unsure


def _period(match: re.Match[str], published: datetime) -> Span | None:
    day, words = published.date(), match["period"].lower().split()
    which, unit = words[-2:]
    if _ROLLING_BEFORE.search(match.string[: match.start()]):
        return None
    spoken = _is_spoken(match.string, match.start())
    step = {"last": -1, "this": 0, "next": 1}[which]
    if unit == "year":
        return None if spoken and (day.month, day.day) <= (1, 7) else calendar.span(day.year + step)
    if unit == "month":
        return None if spoken and day.day <= 7 else calendar.months_away(day, step)
    if spoken:
        return None
    if unit == "weekend":
        return _weekend(step, day)
    # The week that ends, or the one that begins: on a Sunday papers mean either.
    if day.weekday() == 6 or (step < 0 and day.weekday() == 5):
        return None
    return calendar.week(day + timedelta(7 * step))


def _weekend(step: int, day: date) -> Span | None:
    saturday = calendar.week(day).first + timedelta(5)
    past, ahead = step < 0 and day.weekday() <= 3, step == 0 and 1 <= day.weekday() <= 4
    if not (past or ahead):
        return None
    first = saturday - timedelta(7 if past else 0)
    return Span(first, first + timedelta(1))


def _dated(match: re.Match[str], published: datetime) -> Span | None:
    day = calendar.number(match["a_day"] or match["b_day"])
    month = match["a_month"] or match["b_month"]
    found = _without_year(match, published.date(), month, day)
    if found and match["of"] and found.first.weekday() != calendar.weekday_number(match["of"]):
        return None
    return found


def _month(match: re.Match[str], published: datetime) -> Span | None:
    return _without_year(match, published.date(), match["month"], None)


def _without_year(match: re.Match[str], today: date, word: str, day: int | None) -> Span | None:
    """The month or day as the tense tells; none where a year is written, there or nearby."""
    text, month = match.string, calendar.month_number(word)
    before = text[: match.start()]
    if word[0].islower() or _YEAR_AFTER.match(text, match.end()) or _NO_DAY_BEFORE.search(before):
        return None
    if any(year != str(today.year) for year in _YEAR.findall(text)):
        return None
    here = calendar.span(today.year, month, day)
    # Of its own month a paper says "this month": "in March" is another year's, or every year's.
    if day is None and month == today.month:
        return None
    told = tense(text, match.start(), match.end())
    found = None
    if told == "past":
        found = calendar.latest_year(today, month, day)
    elif told == "coming":
        found = here if here and here.first > today else calendar.span(today.year + 1, month, day)
    return found if found and abs(found.first - today) <= NEAR else None


def _is_spoken(text: str, place: int) -> bool:
    """Whether the place is within quotation marks; one that closes only was opened before."""
    before, after = text[:place], text[place:]
    if '"' in text:
        opened = before.count('"') % 2 == 1
        return opened or (text.count('"') % 2 == 1 and '"' in after)
    last, closes, opens = before.rfind("“"), after.find("”"), after.find("“")
    if last > before.rfind("”"):
        return True
    return closes >= 0 and (opens < 0 or closes < opens) and last < 0 and "”" not in before


def _one(day: date) -> Span:
    return Span(day, day)


_KINDS: Mapping[str, Callable[[re.Match[str], datetime], Span | None]] = {
    "dated": _dated,
    "month": _month,
    "weekday": _weekday,
    "near": _near,
    "ago": _ago,
    "period": _period,
}
