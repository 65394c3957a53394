"""From a list of sources in TOML to what is read from each, and how often. Nothing is read yet."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from assistant.errors import BadSetting
from assistant.indexing.reading import Named
from assistant.sources.listed_pages import Entry, Feed, Folder, Sitemap
from assistant.sources.metadata import canonical

_EVERY = timedelta(minutes=15)
_SHORTEST, _LONGEST = timedelta(minutes=1), timedelta(days=31)
_SPAN = re.compile(r"\s*(\d{1,5})\s*(minute|hour|day)s?\s*")
_KEYS = {
    "feed": ("url", "outlet", "every"),
    "sitemap": ("url", "since", "outlet", "every"),
    "page": ("url", "outlet", "every"),
    "folder": ("path", "every"),
}
_TOP = ("every", *_KEYS)


@dataclass(frozen=True, slots=True)
class Watched:
    """One source: its `kind`, `where` it is, how often it is read.

    `since`: of a sitemap, the day that its pages are to be changed on or after, or how long ago.
    """

    kind: str
    where: str
    every: timedelta
    outlet: str = ""
    since: date | timedelta | None = None

    def named(self, today: date) -> Named:
        """What is to be read."""
        since = today - self.since if isinstance(self.since, timedelta) else self.since
        if self.kind == "feed":
            return Feed(self.where, self.outlet)
        if self.kind == "sitemap":
            return Sitemap(self.where, since, self.outlet)
        if self.kind == "page":
            return Entry(self.where, named=self.outlet)
        return Folder(self.where)


def parse(raw: bytes, path: Path) -> tuple[Watched, ...]:
    """Return the sources in the bytes of the file at `path`; raises `BadSetting`."""
    try:
        given = tomllib.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise BadSetting(f"{path} is not TOML: {error}.") from error
    _known(given, _TOP, str(path))
    every = _span(given.get("every", _EVERY), f"{path}: every")
    found: dict[tuple[str, str], Watched] = {}
    for kind in _KEYS:
        several = given.get(kind, [])
        if not isinstance(several, list) or not all(isinstance(one, dict) for one in several):
            raise BadSetting(f"{path}: write each {kind} below a line [[{kind}]].")
        for number, one in enumerate(several, 1):
            watched = _watched(kind, one, every, f"{path}: {kind} {number}", path.parent)
            found.setdefault((kind, watched.where), watched)
    if not found:
        raise BadSetting(f"{path} lists no source: add one below [[feed]], with url = an address.")
    return tuple(found.values())


def span_in_words(span: timedelta) -> str:
    """ "15 minutes", "2 hours", "1 day": as it is written in the file, rounded up to minutes."""
    minutes = max(1, -(-int(span.total_seconds()) // 60))
    units = (("day", 1_440), ("hour", 60), ("minute", 1))
    unit, length = next(one for one in units if minutes % one[1] == 0)
    number = minutes // length
    return f"{number} {unit}{'' if number == 1 else 's'}"


def _watched(
    kind: str, one: Mapping[str, Any], every: timedelta, place: str, folder: Path
) -> Watched:
    _known(one, _KEYS[kind], place)
    key = _KEYS[kind][0]
    where = _words(one, key, place)
    if not where:
        raise BadSetting(f"{place} has no {key}: add {key} = ...")
    is_path = kind == "folder" or (kind == "feed" and "://" not in where)
    if is_path:
        where = str(folder / Path(where).expanduser())
    elif not canonical(where):
        raise BadSetting(f"{place}: url is {where!r}; write an address, http://... or https://...")
    return Watched(
        kind,
        where,
        _span(one.get("every", every), f"{place}: every"),
        _words(one, "outlet", place),
        _since(one.get("since"), place),
    )


def _known(given: Mapping[str, Any], names: tuple[str, ...], place: str) -> None:
    for name in given:
        if name not in names:
            near = difflib.get_close_matches(name, names, n=1, cutoff=0.0)[0]
            raise BadSetting(
                f"{place}: there is no {name!r}. Did you mean {near}? All: {', '.join(names)}."
            )


def _words(one: Mapping[str, Any], name: str, place: str) -> str:
    value = one.get(name, "")
    if not isinstance(value, str):
        raise BadSetting(f'{place}: {name} is {value!r}; write it in quotation marks, "...".')
    return value.strip()


def _span(value: object, place: str) -> timedelta:
    if isinstance(value, timedelta):
        return value
    found = _SPAN.fullmatch(value) if isinstance(value, str) else None
    span = timedelta(**{f"{found[2]}s": int(found[1])}) if found else None
    if span is None or not _SHORTEST <= span <= _LONGEST:
        raise BadSetting(
            f'{place} is {value!r}; write "15 minutes", "2 hours" or "1 day" '
            "(from 1 minute to 31 days)."
        )
    return span


def _since(value: object, place: str) -> date | timedelta | None:
    if value is None or isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    if isinstance(value, str) and (found := _SPAN.fullmatch(value)):
        return timedelta(**{f"{found[2]}s": int(found[1])})
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        told = f'{place}: since is {value!r}; write a day, 2026-11-26, or "7 days".'
        raise BadSetting(told) from None
