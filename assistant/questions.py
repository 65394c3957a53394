"""From what was typed to what is searched: the question on its own feet, and its filters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from datetime import time as clock

from assistant import terms
from assistant.errors import BadSetting
from assistant.records import Filters, Turn

Day = str | date | datetime | None

# Words that point at something said before.
POINTING = re.compile(
    r"\b(?:he|she|they|it|him|her|them|his|hers|their|its|this|that|these|those|there|then)\b",
    re.IGNORECASE,
)
_FOLLOWING = re.compile(r"(?:and|but|so|what about|how about|why|why not)\b", re.IGNORECASE)
_HE = re.compile(
    r"\b(did|does|has|was|had) (?:he|she)(?= (?:say|said|tell|told|call|add|want|ask|argue"
    r"|warn|claim|think|demand|promise|announce|reply|suggest|mean)\w*\b)",
    re.IGNORECASE,
)


def rewrite(question: str, history: Sequence[Turn]) -> str:
    """The question so that it stands alone: one that points back takes up the last one's words.

    "What did he say about it?" after an answer asks for the words of whom that answer quoted
    first, named in the place of "he".
    """
    if (speaker := _last_speaker(history)) and _HE.search(question):
        question = _HE.sub(lambda found: f"{found[1]} {speaker}", question, count=1)
    before = next((turn.text for turn in reversed(history) if turn.role == "user"), "")
    points = _FOLLOWING.match(question) or (
        POINTING.search(question) and len(terms.terms(question)) <= 4
    )
    if not before or not points:
        return question
    known = terms.stems(question)
    added = [
        word
        for word in terms.words(before)
        if word.casefold() not in terms.STOP and terms.stem(word) not in known
    ]
    return f"{question} ({' '.join(added)})" if added else question


def _last_speaker(history: Sequence[Turn]) -> str | None:
    """Whom the last answer quoted first, if the article named that person in full."""
    last = next((turn for turn in reversed(history) if turn.role == "assistant"), None)
    if last is None:
        return None
    name = last.quotes[0].speaker if last.quotes else last.speaker
    return name if name and name[0].isupper() and " " in name else None


def make_filters(
    *,
    since: Day = None,
    until: Day = None,
    as_of: Day = None,
    publishers: Iterable[str] = (),
) -> Filters:
    """Filters from what a person or script gives; raises `BadSetting` for what makes no sense."""
    if isinstance(publishers, str):
        publishers = [publishers]
    first, last, known = day(since, "since"), day(until, "until", True), day(as_of, "as_of", True)
    until_then = min((moment for moment in (last, known) if moment), default=None)
    if first and until_then and first > until_then:
        raise BadSetting(f"Nothing can be published since {since} and until {until or as_of}.")
    return Filters(first, until_then, tuple(publishers))


def day(given: Day, name: str, end: bool = False) -> datetime | None:
    """A day or moment as an aware datetime: a day's first moment or, with `end`, its last."""
    if given is None or given == "":
        return None
    try:
        moment = given if isinstance(given, date) else datetime.fromisoformat(given)
    except (TypeError, ValueError) as error:
        raise BadSetting(
            f"{name} is {given!r}, which is no day. Write it as 2022-03-08."
        ) from error
    whole = not isinstance(moment, datetime) or (isinstance(given, str) and len(given) <= 10)
    if whole:
        moment = datetime.combine(moment, clock.max if end else clock.min)
    assert isinstance(moment, datetime)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
