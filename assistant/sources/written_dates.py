"""From a day as people write it, in the languages newsrooms write, to a datetime.

By hand, because dateparser takes the day of some languages for another's month, and needs a
millisecond and more for each language that it tries.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone

# January to December, without accents. Of the first, three letters and more stand for a month.
_SHORTENED = """
january february march april may june july august september october november december
januar februar marz april mai juni juli august september oktober november dezember
janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro
januari februari maart april mei juni juli augustus september oktober november december
januari februari mars april maj juni juli augusti september oktober november december
"""
_WHOLE = """
januar februar marts april maj juni juli august september oktober november december
janner feber mrz apr mai jun jul aug sept okt nov dez
januari febr mrt apr mei jun jul aug sept okt nov dec
stycznia lutego marca kwietnia maja czerwca lipca sierpnia wrzesnia pazdziernika listopada grudnia
styczen luty marzec kwiecien maj czerwiec lipiec sierpien wrzesien pazdziernik listopad grudzien
ledna unora brezna dubna kvetna cervna cervence srpna zari rijna listopadu prosince
tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesakuuta heinakuuta elokuuta syyskuuta \
lokakuuta marraskuuta joulukuuta
januar februar marcius aprilis majus junius julius augusztus szeptember oktober november december
ocak subat mart nisan mayis haziran temmuz agustos eylul ekim kasim aralik
января февраля марта апреля мая июня июля августа сентября октября ноября декабря
январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь
січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر
"""


def _plain(words: str) -> str:
    """In small letters, without accents but those that make a Cyrillic letter of its own."""
    small = words.strip().casefold().replace("ı", "i").replace("ł", "l")
    return "".join(
        letter
        for each in small
        for letter in (each if "а" <= each <= "ї" else unicodedata.normalize("NFKD", each))
        if not unicodedata.combining(letter)
    )


def _months() -> dict[str, int]:
    """{name: number}; beginnings that two months have stand for neither."""
    known: dict[str, int] = {}
    for line in _WHOLE.strip().split("\n"):
        known.update({_plain(name): number for number, name in enumerate(line.split(), 1)})
    for line in _SHORTENED.strip().split("\n"):
        for number, name in enumerate(line.split(), 1):
            for length in range(3, len(name) + 1):
                short = name[:length]
                known[short] = number if known.get(short, number) == number else 0
    return known


_MONTHS = _months()
_WEEKDAY_COMMA = re.compile(r"\A[^\W\d_]{2,13}\.?, ")
_WEEKDAY = re.compile(r"\A(?:the |le |el |den |am )?[^\W\d_]{2,13}\.?,? (?=\d)")
_DAY_FIRST = re.compile(
    r"(\d{1,2})(?:\.|º|er|st|nd|rd|th)?(?: de\b| of\b)? ?([^\W\d_]{3,12})\.?,?(?: del?)? (\d{4})\b"
)
_MONTH_FIRST = re.compile(r"([^\W\d_]{3,12})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b")
_YEAR_FIRST = re.compile(r"(\d{4})\.? ([^\W\d_]{3,12})\.? (\d{1,2})\.?")
_DOTTED = re.compile(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})\b")
_SIGNS = re.compile(r"(\d{4}) ?[年년] ?(\d{1,2}) ?[月월] ?(\d{1,2}) ?[日일]")
_HOUR = re.compile(
    r"[,;]?(?: ?[-–|/])?(?: (?:um|at|a|a las|alle|as|kl|klo|om|o|u|в|о|г)\.?,?)?"
    r" ?(\d{1,2})[:.hH](\d{2})(?::(\d{2}))?"
    r"(?: ?(am|pm|a\.m\.|p\.m\.))?(?: ?(?:uhr|h|hrs|uur))?(?: ?(z|gmt|utc|[+-]\d\d:?\d\d))?"
)
_END = re.compile(r"(?: ?(?:г|р|года|г\.))?[.,]?")


def from_words(words: str) -> datetime | None:
    """The day, with its hour and zone where they are written; None for what is no full day.

    A day with dots ("11.03.2026") begins with its day; one with slashes is not for here.
    """
    plain = _plain(words)
    if found := _DOTTED.match(plain):
        day, month, year = found[1], int(found[2]), found[3]
    elif found := _SIGNS.match(plain):
        day, month, year = found[3], int(found[2]), found[1]
    else:
        plain = _WEEKDAY_COMMA.sub("", plain)
        if not _MONTH_FIRST.match(plain):
            plain = _WEEKDAY.sub("", plain)
        if found := _DAY_FIRST.match(plain):
            day, month, year = found[1], _MONTHS.get(found[2], 0), found[3]
        elif found := _MONTH_FIRST.match(plain):
            day, month, year = found[2], _MONTHS.get(found[1], 0), found[3]
        elif found := _YEAR_FIRST.match(plain):
            day, month, year = found[3], _MONTHS.get(found[2], 0), found[1]
        else:
            return None
    return _moment(int(year), month, int(day), plain[found.end() :])


def _moment(year: int, month: int, day: int, rest: str) -> datetime | None:
    """The day with the hour that is all of the rest; None when more follows, or it is no day."""
    hour = minute = second = 0
    zone = None
    if clock := _HOUR.match(rest):
        hour, minute, second = int(clock[1]), int(clock[2]), int(clock[3] or 0)
        if clock[4]:
            hour = hour % 12 + (12 if clock[4].startswith("p") else 0)
        zone = _zone(clock[5] or "")
        rest = rest[clock.end() :]
    if not _END.fullmatch(rest.strip()):
        return None
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=zone)
    except ValueError:
        return None


def _zone(written: str) -> timezone | None:
    if not written:
        return None
    if written in ("z", "gmt", "utc"):
        return UTC
    digits = written[1:].replace(":", "")
    hours, minutes = int(digits[:2]), int(digits[2:])
    away = timedelta(hours=hours, minutes=minutes)
    return timezone(-away if written[0] == "-" else away) if hours < 24 and minutes < 60 else None
