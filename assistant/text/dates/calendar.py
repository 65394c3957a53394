"""From words of the calendar to days. Knows no question and no article."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()

# Pieces of patterns, without groups of their own.
WEEKDAY = "(?:mon|tues|wednes|thurs|fri|satur|sun)day"
MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan\b\.?|feb\b\.?|mar\b\.?|apr\b\.?|jun\b\.?|jul\b\.?|aug\b\.?|sept?\b\.?|oct\b\.?"
    r"|nov\b\.?|dec\b\.?)"
)
YEAR = r"(?:19|20)\d\d\b"
DAY = r"[0-3]?\d(?:st|nd|rd|th)?\b"


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `first` to `last`, both included."""

    first: date
    last: date


def month_number(word: str) -> int:
    """1 to 12 for a word that `MONTH` matches."""
    return MONTHS.index(word[:3].lower()) + 1


def weekday_number(word: str) -> int:
    """0 (Monday) to 6 for a word that `WEEKDAY` matches."""
    return WEEKDAYS.index(word.lower())


def span(year: int, month: int | None = None, day: int | None = None) -> Span | None:
    """The year, month or day; None for a day that no calendar has, such as 31 June."""
    try:
        if day is not None:
            one = date(year, month or 0, day)
            return Span(one, one)
        first, last = month or 1, month or 12
        return Span(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]))
    except ValueError:
        return None


def week(day: date) -> Span:
    """The Monday to Sunday that holds the day."""
    monday = day - timedelta(day.weekday())
    return Span(monday, monday + timedelta(6))


def months_away(day: date, months: int) -> Span:
    """The whole month so many months after (or, below 0, before) the day's own."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    found = span(years, month + 1)
    assert found is not None
    return found


def latest(weekday: int, day: date) -> date:
    """The last such weekday up to and including the day."""
    return day - timedelta((day.weekday() - weekday) % 7)


def coming(weekday: int, day: date) -> date:
    """The first such weekday after the day."""
    return day + timedelta((weekday - day.weekday() - 1) % 7 + 1)


def latest_year(today: date, month: int, day: int | None = None) -> Span | None:
    """The last such month or day that began up to and including today."""
    # Eight years: a 29 February may be that far away.
    years = (span(year, month, day) for year in range(today.year, today.year - 9, -1))
    return next((found for found in years if found and found.first <= today), None)


def number(written: str) -> int:
    """The number at the beginning of "4", "4th", "22nd"."""
    digits = re.match(r"\d+", written)
    return int(digits[0]) if digits else 0


def show(days: Span) -> str:
    """As a reader writes it: "4 March 2022", "28 February to 6 March 2022"."""
    first, last = days.first, days.last
    end = f"{last.day} {last:%B %Y}"
    if first == last:
        return end
    if first.year != last.year:
        return f"{first.day} {first:%B %Y} to {end}"
    return f"{first.day}{'' if first.month == last.month else f' {first:%B}'} to {end}"


def show_whole(days: Span) -> str:
    """As `show`, but "March 2022" for a whole month and "2022" for a whole year."""
    first = days.first
    if days == span(first.year):
        return str(first.year)
    return f"{first:%B %Y}" if days == span(first.year, first.month) else show(days)
