"""From what was typed to what is searched: the question on its own feet, and its filters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from datetime import time as clock

from assistant.errors import BadSetting
from assistant.questions import small_talk
from assistant.questions.ellipsis import replaces_place, whole
from assistant.questions.follow_up_signs import FEW, POINTING, points_back
from assistant.questions.follow_up_signs import content as _content
from assistant.questions.pronouns import resolved
from assistant.records import Filters, Turn
from assistant.text import terms

Day = str | date | datetime | None

TURNS = 12  # so far back a conversation is read
_MORE = re.compile(
    r"\W*(?:(?:and|ok(?:ay)?|please|go on|yes)\W+)*"
    r"(?:(?:tell|show|give) me |any ?thing |what |some ?thing )?"
    r"(?:more|else|go on|continue)(?: (?:about|on) (?:it|that|this))?(?: please)?\W*",
    re.IGNORECASE,
)
_WHO_SAID = re.compile(
    r"\W*(?:and )?(?:who|whose words|which (?:one|person|paper|outlet))"
    r"(?: (?:was|is) it(?: that)?)?"
    r" (?:said|says|wrote|told|reported|are|were) (?:that|this|it|so|these|those)\W*",
    re.IGNORECASE,
)
_SHORTEST, _LONGEST = 3, 380  # words, and characters, of a quotation that is asked for


@dataclass(frozen=True, slots=True)
class Alone:
    """A question on its own feet: `text`, and words `added` of the one before it, of its topic."""

    text: str
    added: tuple[str, ...] = ()

    @property
    def searched(self) -> str:
        """The question as it is searched: what was added stands in brackets."""
        return f"{self.text} ({' '.join(self.added)})" if self.added else self.text


def rewrite(question: str, history: Sequence[Turn]) -> str:
    """The question so that it stands alone: one that points back takes up what it lacks."""
    return alone(question, history).searched


def alone(question: str, history: Sequence[Turn]) -> Alone:
    """The question with what it inherits of the conversation, and nothing else."""
    before, last = Alone(""), None
    for turn in _talk(history):
        if turn.role == "user":
            before, last = _after(turn.text, before, last), None
        else:
            last = turn
    return _after(question, before, last)


def _talk(history: Sequence[Turn]) -> list[Turn]:
    """The latest turns, without greetings and thanks and the replies to them."""
    kept: list[Turn] = []
    idle = False
    for turn in history[-TURNS:]:
        idle = bool(small_talk.reply(turn.text)) if turn.role == "user" else idle
        kept += [] if idle else [turn]
    return kept


def _after(question: str, before: Alone, last: Turn | None) -> Alone:
    """The question after the one before it and the answer to that."""
    if small_talk.reply(question) or not before.text or not points_back(question, before.text):
        return Alone(question)
    if _MORE.fullmatch(question):
        words = dict.fromkeys([*_content(before.text), *before.added])
        more = f"Tell me more about {' '.join(words)}"
        return Alone(more)
    if said := _said(last) if _WHO_SAID.fullmatch(question) else "":
        return Alone(said)
    text = resolved(question, before.text, last)
    if text != question and not (POINTING.search(text) or points_back(text, before.text)):
        # "Did she?" lacks what, also where she is named.
        news = [word for word in _content(text) if terms.stem(word) in terms.stems(question)]
        if len(news) > ("’s " in text):
            return Alone(text)
    known = "\n".join(quote.text for quote in last.quotes) if last else ""
    if made := whole(text, before.text, known):
        return Alone(made, before.added)
    inherited = [*_content(before.text), *before.added]
    if replaces_place(text, before.text):
        inherited = [word for word in inherited if not word[:1].isupper()]
    stems = terms.stems(text)
    added = [word for word in inherited if terms.stem(word) not in stems]
    return Alone(text, tuple(dict.fromkeys(added)))


def _said(last: Turn | None) -> str:
    """A question for who said the words that the last answer quoted first."""
    quote = last.quotes[0].text if last and last.quotes else ""
    words = " ".join(re.sub(r"[\"“”«»„]", "", quote).split())[:_LONGEST]
    return f"Who said “{words}”?" if len(words.split()) >= _SHORTEST else ""


def cited_before(question: str, history: Sequence[Turn]) -> frozenset[str]:
    """The ids of the articles that the last answer quoted; none when the question is a new topic.

    A question with more than a few words of weight is one, unless it points back.
    """
    talk = _talk(history)
    last = next((turn for turn in reversed(talk) if turn.role == "assistant"), None)
    before = next((turn.text for turn in reversed(talk) if turn.role == "user"), "")
    if last is None or not (points_back(question, before) or len(_content(question)) <= FEW):
        return frozenset()
    return frozenset(quote.source.id for quote in last.quotes) | frozenset(last.articles)


def make_filters(
    *,
    since: Day = None,
    until: Day = None,
    as_of: Day = None,
    publishers: Iterable[str] = (),
    authors: Iterable[str] = (),
    tags: Iterable[str] = (),
) -> Filters:
    """Filters from what a person or script gives; raises `BadSetting` for what makes no sense."""
    publishers, authors, tags = (
        (names,) if isinstance(names, str) else tuple(names)
        for names in (publishers, authors, tags)
    )
    first, last, known = day(since, "since"), day(until, "until", True), day(as_of, "as_of", True)
    until_then = min((moment for moment in (last, known) if moment), default=None)
    if first and until_then and first > until_then:
        raise BadSetting(f"Nothing can be published since {since} and until {until or as_of}.")
    return Filters(first, until_then, publishers, authors, tags=tags)


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
