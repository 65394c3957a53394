"""From a question and the day it is asked to the days of publication it asks for.

The day of an event and the day an article about it was printed are two things: a wrong filter hides
the answer, so that whatever could be meant otherwise filters nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock

from assistant.records import Filters
from assistant.text.dates import calendar, expressions
from assistant.text.dates.calendar import Span
from assistant.text.dates.expressions import Phrase

# Without the collection nobody can tell whether an older day means print or history.
YEARS = 5
# A month without its year is the last one; further away, a past tense must say so.
NEAR = timedelta(days=183)
# What happened on a day may be printed on the next.
PRINTED = timedelta(days=1)
ONE = timedelta(days=1)

_STOP = (
    "about and are as at but by can could did do does for from had has have how if in into is on or"
    " over than that to was were what when where which while who whom whose why will with would"
)
_WORD = rf"(?!(?:{_STOP.replace(' ', '|')})\b)(?:(?-i:[A-Z]\.)+|[\w’'-]+)"
# "before the court" is a place.
_PLACES = "court|judge|jury|tribunal|bench|committee|panel|senate|house|parliament|commission"
_UNDATED = re.compile(
    rf"\b(?:before|after|since|until|till|during|following|prior to|ahead of)\s+(?:"
    rf"(?:the|this|that|his|her|their|its)\s+(?!(?:\w+\s+)?(?:{_PLACES})\b)"
    rf"{_WORD}(?:\s+(?:of\s+)?(?:the\s+)?{_WORD}){{0,3}})",
    re.IGNORECASE,
)
_FUTURE = re.compile(
    r"\b(?:will|won[’']t|shall|going to|plan(?:s|ned|ning)?|schedul\w+|due|set to|expect\w*"
    r"|upcoming|later this|next|tomorrow|forecast\w*|deadline|hop(?:e|es|ing) to|about to"
    r"|to be held|must|should)\b",
    re.IGNORECASE,
)
_PAST = re.compile(r"\b(?:did|was|were|had|said|told|won|happened|[a-z]{2,}ed)\b", re.IGNORECASE)
# Figures of a period are printed when it is over.
_COUNTING = re.compile(
    r"\b(?:how (?:many|much|often|high|low|far|fast)|percent(?:age)?|per cent|rates?|share|number"
    r"|figures?|totals?|average|inflation|unemployment|growth|sales|profits?|revenues?|earnings"
    r"|prices?|statistics|record|most|least)\b",
    re.IGNORECASE,
)
_ASKING = re.compile(r"\W*(?:\w+\s+)?(?:what|who|whom|whose|which|when|where|why|how)\b", re.I)
_LATER = re.compile(
    r"\b(?:that|which|who|whom|whose|where|when|while|because|after|before|since|if"
    r"|is|are|has|have|can|does|do)\b|[,;:()“”\"]",
    re.IGNORECASE,
)
_NAMED_BY_ITS_DAY = re.compile(
    r"\b(?:\w+ed|held|made|built|bought|found|shot|sold|lost|won|given|taken|sent|sunk|hit)\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """The days of publication that a question asks for, both ends included.

    `words` are the question's words that say so; `undated` words of time that name no day, unused.
    What asks for new articles ("latest") filters nothing: see `search.asks_for_news`.
    """

    since: date | None = None
    until: date | None = None
    as_of: date | None = None
    words: tuple[str, ...] = ()
    undated: tuple[str, ...] = ()


def understand(question: str, today: datetime, *, earliest: datetime | None = None) -> Asked:
    """What the question asks of time, "yesterday" counted from `today` in its own zone.

    `earliest` is when the oldest article was published: days before it are what a question is
    about, never what it asks for. Without it, days of more than `YEARS` years ago are.
    """
    day = today.date()
    floor = earliest.date() if earliest else date(day.year - YEARS, 1, 1)
    phrases = list(expressions.phrases(question, day))
    bare = _without(question, phrases, " ")
    used = [(phrase, one) for phrase in phrases if (one := _asked(bare, phrase, day, floor))]
    # Commas: words of time end where others begin.
    rest = _without(question, [phrase for phrase, _ in used], ",")
    return replace(
        _together([one for _, one in used]),
        undated=tuple(match[0] for match in _UNDATED.finditer(rest)),
    )


def _without(question: str, phrases: Iterable[Phrase], filler: str) -> str:
    """The question with each phrase's characters replaced, so that all places stay."""
    for phrase in phrases:
        gap = filler * (phrase.end - phrase.start)
        question = question[: phrase.start] + gap + question[phrase.end :]
    return question


def _asked(question: str, phrase: Phrase, today: date, floor: date) -> Asked | None:
    """The bounds that one phrase sets; None when it sets none. The question is without phrases."""
    if phrase.how == "as of":
        known = phrase.span.last
        old = known.year < today.year - YEARS
        return None if old or known >= today else Asked(as_of=known, words=(phrase.words,))
    if not phrase.exact and _is_elsewhen(question, phrase, today):
        return None
    if phrase.how == "in" and phrase.span.first.year < floor.year:
        return None
    since, until = _bounds(question, phrase)
    since = since if since and since > floor else None
    until = until if until and until < today else None
    too_late, too_early = since and since > today, until and until < floor
    if too_late or too_early or not (since or until):
        return None
    return Asked(since, until, words=(phrase.words,))


def _is_elsewhen(question: str, phrase: Phrase, today: date) -> bool:
    """Whether the words may mean another time, or one that bounds no publication."""
    if phrase.how == "since":
        return False
    past = bool(_PAST.search(question))
    if phrase.how == "before":
        return not past or not _is_plain(question, phrase)
    if _FUTURE.search(question):
        return True
    return phrase.guessed and not past and today - phrase.span.last > NEAR


def _bounds(question: str, phrase: Phrase) -> tuple[date | None, date | None]:
    first, last = phrase.span.first, phrase.span.last
    if phrase.how == "since":
        return first, None
    if phrase.how == "after":
        # "After early March" begins in March, at a day that only its writer knows.
        return (first if phrase.part else last + ONE), None
    if phrase.how == "before":
        return None, (last if phrase.part else first - ONE)
    if phrase.how == "until":
        return None, last
    if phrase.exact:
        return first, last
    # Nothing tells of an event before it happened; what is printed later may well tell of it.
    if phrase.rolling or not _is_plain(question, phrase):
        return first, None
    return first, last + (PRINTED if phrase.by_days else timedelta(0))


def _is_plain(question: str, phrase: Phrase) -> bool:
    """Whether the question is one clause about what was said or done in that time.

    "Who owns the mill that burned on 4 March?" asks for an owner, whenever that is printed.
    """
    before, after = question[: phrase.start], question[phrase.end :]
    if _COUNTING.search(question):
        return False
    rest = f"{before.rstrip()} {after.lstrip(' ,')}".strip(" ,?.!")
    rest = _ASKING.sub("", rest, count=1) if _ASKING.match(rest) else rest
    if _LATER.search(rest):
        return False
    return not (re.search(r"\bdid\b", rest, re.I) and _NAMED_BY_ITS_DAY.search(before))


def _together(found: Sequence[Asked]) -> Asked:
    """One filter of several: what lies between if they bound both ends, else the widest."""
    if not found:
        return Asked()
    sinces = [one.since for one in found if one.since]
    untils = [one.until for one in found if one.until]
    dated = [one for one in found if not one.as_of]
    whole = [one for one in dated if one.since and one.until]
    words = tuple(word for one in found for word in one.words)
    as_of = min((one.as_of for one in found if one.as_of), default=None)
    if not whole and sinces and untils:  # "after 3 March and before 10 March"
        since, until = max(sinces), min(untils)
        if since <= until:
            return Asked(since, until, as_of, words)
    since_all = min(sinces) if len(sinces) == len(dated) and sinces else None
    until_all = max(untils) if len(untils) == len(dated) and untils else None
    if not (since_all or until_all):
        words = tuple(word for one in found if one.as_of for word in one.words)
    if as_of and since_all and since_all > as_of:
        since_all = None
    return Asked(since_all, until_all, as_of, words)


def narrow(filters: Filters, asked: Asked) -> Filters:
    """The filters with the question's own days; where the two have no day in common, as given.

    Days are UTC days, as `understanding.make_filters` counts them.
    """
    first = _moment(asked.since, clock.min)
    ends = [_moment(day, clock.max) for day in (asked.until, asked.as_of)]
    since = max((one for one in (filters.since, first) if one), default=None)
    until = min((one for one in (filters.until, *ends) if one), default=None)
    if since and until and since > until:
        return filters
    return replace(filters, since=since, until=until)


def steps(asked: Asked) -> Iterator[str]:
    """What the answer's steps say of it; nothing of what is only preferred."""
    until = min((day for day in (asked.until, asked.as_of) if day), default=None)
    why = ", ".join(f"“{words}”" for words in asked.words)
    when = ""
    if asked.since and until:
        when = calendar.show(Span(asked.since, until))
    elif asked.since:
        when = f"from {calendar.show(Span(asked.since, asked.since))} on"
    elif until:
        when = f"until {calendar.show(Span(until, until))}"
    if when:
        yield f"Only published {when}, since you ask {why}; undated articles left out"
    for words in asked.undated:
        yield f"“{words}” names no day: not used as a filter"


def _moment(day: date | None, hour: clock) -> datetime | None:
    return datetime.combine(day, hour, UTC) if day else None
