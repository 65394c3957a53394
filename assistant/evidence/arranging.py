"""From quotes to their order and their sections, by the form of the answer."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Sequence
from datetime import UTC, datetime

from assistant.records import Form, Quote, Section, show_day

REPORTED = "As reported"  # over what is told in nobody's words
UNDATED = "Without a day"
BOTH = "Both"  # over what is told of both sides of a comparison
_LONG_AGO = datetime.min.replace(tzinfo=UTC)

Arranged = tuple[tuple[Quote, ...], tuple[Section, ...]]


def arrange(form: Form, quotes: Sequence[Quote]) -> Arranged:
    """The quotes in the order in which they are read, and in sections where the form has them.

    An overview begins with the newest article that tells much of it, for that is how things stand,
    and then tells the others in the order of time; a timeline goes by day, statements by who makes
    them.
    """
    if form == "overview":
        often = Counter(one.source.id for one in quotes)
        much = [one for one in quotes if 2 * often[one.source.id] >= max(often.values())]
        newest = max(map(_published, much), default=_LONG_AGO)
        now_first = sorted(quotes, key=lambda one: (_published(one) != newest, *_place(one)))
        return tuple(now_first), ()
    if form == "timeline":
        in_time = sorted(quotes, key=lambda one: (_happened(one), *_place(one)))
        return _sections(in_time, _happened, _day)
    if form == "statements":
        return _sections(quotes, lambda one: one.speaker, _speaker)
    return tuple(quotes), ()


def compare(
    names: Sequence[str], found: Sequence[Sequence[Quote]], shown: Sequence[Quote]
) -> Arranged:
    """What is shown of what was found for each side, below its name; first what tells of both."""
    groups: dict[str, list[Quote]] = {name: [] for name in (BOTH, *names)}
    for quote in shown:
        told = [
            name for name, some in zip(names, found, strict=True) if any(map(quote.overlaps, some))
        ]
        groups[told[0] if len(told) == 1 else BOTH].append(quote)
    sections = tuple(Section(name, tuple(some)) for name, some in groups.items() if some)
    ordered = tuple(one for section in sections for one in section.quotes)
    return ordered, sections if len(sections) > 1 else ()


def within(sections: Sequence[Section], quotes: Sequence[Quote]) -> tuple[Section, ...]:
    """The sections with only those of their quotes that are among `quotes`."""
    cut = (Section(one.heading, tuple(q for q in one.quotes if q in quotes)) for one in sections)
    return tuple(one for one in cut if one.quotes)


def _sections(
    quotes: Sequence[Quote], key: Callable[[Quote], Hashable], heading: Callable[[Quote], str]
) -> Arranged:
    """Those of one key together, in the order in which each key first comes; no single section."""
    groups: dict[Hashable, list[Quote]] = defaultdict(list)
    for one in quotes:
        groups[key(one)].append(one)
    sections = tuple(Section(heading(some[0]), tuple(some)) for some in groups.values())
    ordered = tuple(one for section in sections for one in section.quotes)
    return ordered, sections if len(sections) > 1 else ()


def _speaker(one: Quote) -> str:
    return ", ".join(filter(None, (one.speaker, one.role))) or REPORTED


def _day(one: Quote) -> str:
    moment = _happened(one)
    return UNDATED if moment == _LONG_AGO else show_day(moment)


def _happened(one: Quote) -> datetime:
    """The day it tells of, where its words name one that was over; else that of its print."""
    published = _published(one)
    days = [day for gloss in one.glosses if (day := _read(gloss.meaning)) and day <= published]
    if len(days) == 1:
        return days[0]
    return published.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def _read(meaning: str) -> datetime | None:
    """The day that a gloss names, if it is one day."""
    try:
        return datetime.strptime(meaning, "%d %B %Y").replace(tzinfo=UTC)
    except ValueError:
        return None


def _place(one: Quote) -> tuple[datetime, str, int]:
    return _published(one), one.source.id, one.start


def _published(one: Quote) -> datetime:
    return one.source.published or _LONG_AGO
