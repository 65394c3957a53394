"""From what was typed to what is searched: the question on its own feet, and its filters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from datetime import time as clock

from assistant.errors import BadSetting
from assistant.records import Filters, Turn
from assistant.text import terms

Day = str | date | datetime | None

# Words that point at something said before.
POINTING = re.compile(
    r"\b(?:he|she|they|it|him|her|them|his|hers|their|its|this|that|these|those|there|then)\b",
    re.IGNORECASE,
)
_BEGINS = re.compile(
    r"\W*(?:and|but|so|or|no|not|nope|sorry|just|only|same|ok(?:ay)?|oh|also|then|what about"
    r"|how about|i mean)\b|\+",
    re.IGNORECASE,
)
_CORRECTS = re.compile(
    r"\bi(?:['’]m| was)? (?:mean|meant|asking|thinking)\b|\bthe ones?\b|\bthe others?\b"
    r"|\bsame (?:question|for|thing)\b|\b(?:instead|though|too|as well|else|earlier|later|ones)\b"
    r"|^\W*not\b|, not\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\W*(?:who|what|when|where|which|how|did|does|do|is|was|are|were|has|have|had|will|can)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<=[a-z,;:] )[A-Z]\w+")
_THE = re.compile(r"\b(?:the|a|an|any|others?|another)\b", re.IGNORECASE)
# How much each sign of a follow-up counts; above 0 in sum it is one. Fitted on the follow-ups and
# other requests of our own stories: python -m training.follow_ups.
FOLLOWS = {
    "always": 1.26,
    "points": 1.45,
    "begins": 2.65,
    "corrects": 2.07,
    "asks": -0.85,
    "words": -2.92,
    "content": -4.5,
    "few": 1.88,
    "names": -0.55,
    "shared": -0.13,
    "the": 0.97,
    "no names, asks": 1.8,
}
FEW = 2  # words of weight, up to which a question is about what was shown before
TURNS = 12  # so far back a conversation is read
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
    before = ""
    for turn in history[-TURNS:]:
        if turn.role == "user":
            before = _joined(turn.text, before)
    return _joined(question, before)


def in_context(question: str, history: Sequence[Turn]) -> str:
    """The question after the one before it, when it points back: as the ranker reads it."""
    before = next((turn.text for turn in reversed(history) if turn.role == "user"), "")
    return f"{before} {question}" if before and points_back(question, before) else question


def _joined(question: str, before: str) -> str:
    """The question, with the words of the one before it when it points back."""
    if not before or not points_back(question, before):
        return question
    known = terms.stems(question)
    added = [word for word in _content(before) if terms.stem(word) not in known]
    return f"{question} ({' '.join(dict.fromkeys(added))})" if added else question


def points_back(question: str, before: str) -> bool:
    """Whether a question goes on from the one before: "why?", "and in Poland?", "police count?"."""
    signs = follow_up_signs(question, before)
    return sum(FOLLOWS[name] * value for name, value in signs.items()) > 0


def follow_up_signs(question: str, before: str) -> dict[str, float]:
    """What tells whether a question goes on from the one before, by the names of `FOLLOWS`."""
    content, earlier = _content(question), terms.stems(before)
    shared = sum(terms.stem(word) in earlier for word in content)
    names = len(_NAME.findall(question)) + (
        not _ASKS.match(question) and not _BEGINS.match(question) and question[:1].isupper()
    )
    return {
        "always": 1.26,
        "points": bool(POINTING.search(question)),
        "begins": bool(_BEGINS.match(question)),
        "corrects": bool(_CORRECTS.search(question)),
        "asks": bool(_ASKS.match(question)),
        "words": min(1.0, len(question.split()) / 15),
        "content": min(1.0, len(content) / 8),
        "few": len(content) <= FEW,
        "names": min(2, names),
        "shared": shared / max(1, len(content)),
        "the": bool(_THE.search(question)),
        "no names, asks": bool(_ASKS.match(question)) and not names,
    }


def _content(text: str) -> list[str]:
    return [word for word in terms.words(text) if word.casefold() not in terms.STOP]


def cited_before(question: str, history: Sequence[Turn]) -> frozenset[str]:
    """The ids of the articles that the last answer quoted; none when the question is a new topic.

    A question with more than a few words of weight is one, unless it points back.
    """
    last = next((turn for turn in reversed(history) if turn.role == "assistant"), None)
    before = next((turn.text for turn in reversed(history) if turn.role == "user"), "")
    if last is None or not (points_back(question, before) or len(_content(question)) <= FEW):
        return frozenset()
    return frozenset(quote.source.id for quote in last.quotes) | frozenset(last.articles)


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
    authors: Iterable[str] = (),
) -> Filters:
    """Filters from what a person or script gives; raises `BadSetting` for what makes no sense."""
    publishers, authors = (
        (names,) if isinstance(names, str) else tuple(names) for names in (publishers, authors)
    )
    first, last, known = day(since, "since"), day(until, "until", True), day(as_of, "as_of", True)
    until_then = min((moment for moment in (last, known) if moment), default=None)
    if first and until_then and first > until_then:
        raise BadSetting(f"Nothing can be published since {since} and until {until or as_of}.")
    return Filters(first, until_then, publishers, authors)


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
    if not 1000 <= moment.year <= 2999:  # nearer the ends of the calendar days cannot be counted
        raise BadSetting(f"{name} is {given!r}. Name a day of the years 1000 to 2999.")
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
