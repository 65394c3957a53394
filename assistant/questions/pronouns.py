"""From "he" and "she" to the person who was told of: only where a single one can be meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.questions.asked_names import GENERIC, NO_NAMES
from assistant.records import Turn
from assistant.text import terms
from assistant.text.attribution.cues import is_role
from assistant.text.attribution.first_names import sex_of

_PRONOUN = re.compile(r"\b(?P<he>he|him|his)\b|\b(?P<she>she|her|hers)\b", re.IGNORECASE)
# "her lawyer", "his own"; not "tell him", "to her today".
_OWNS = re.compile(
    r"\b(?:his|her)\b(?= (?!(?:and|or|in|on|at|to|for|from|with|by|about|of|then|now|today|when"
    r"|after|before|again|there|the|a|an|that|this|is|was|did|does|do|say|said)\b)[\w’'-]+)",
    re.IGNORECASE,
)
_WORD = r"[A-ZÀ-ÖØ-Þ][\w’'-]*\w"
_JOINS = r"(?:(?:van|von|de|der|den|del|da|bin|al|la|le|ten) )*"
_NAME = re.compile(rf"{_WORD}(?: {_JOINS}{_WORD})*")
_WHO = re.compile(r"\bwho(?:['’]s| (?:is|was|are|were))? ", re.IGNORECASE)
_AT_A_PLACE = re.compile(
    r"\b(?:in|at|of|near|from|on|off|around|outside) (?:the )?$", re.IGNORECASE
)


def resolved(question: str, before: str, last: Turn | None) -> str:
    """The question with the person's name for "he" or "she"; as it was where nobody is sure.

    `before` is the question before it, `last` the answer to that.
    """
    found = _PRONOUN.search(question)
    if found is None or last is None or any(_names(question[: found.start()])):
        return question
    name = person(before, last, "m" if found["he"] else "f")
    if not name or _PRONOUN.search(name):
        return question
    if owns := _OWNS.search(question):
        return f"{question[: owns.start()]}{name}’s{question[owns.end() :]}"
    return f"{question[: found.start()]}{name}{question[found.end() :]}"


def person(before: str, last: Turn, sex: str) -> str:
    """The last person of that sex ("m", "f") told of; one whose sex is not known, if alone."""
    for told in (_asked(before, last), _answering(before, last), _speaking(last)):
        names = list(dict.fromkeys(told))
        fitting = [name for name in names if _sex(name) == sex]
        unknown = [name for name in names if _sex(name) not in ("m", "f")]
        if fitting:
            return fitting[0]
        if len(unknown) == 1:
            return unknown[0]
        if unknown:
            return ""
    return next((name for name in _printed(last) if _sex(name) == sex), "")


def _asked(before: str, last: Turn) -> Iterator[str]:
    """The persons whom the question names, in full where the answer has their full name."""
    speakers = [quote.speaker or "" for quote in last.quotes]
    printed = " ".join(quote.text for quote in last.quotes)
    for name in _names(before):
        if _WHO.search(before) and re.search(rf"{re.escape(name)}['’]s?\b", before):
            continue  # "Who is Roe's coach?" asks for another
        full = _in_full(name, speakers, printed)
        if full or _sex(name) or re.search(rf"{_WHO.pattern}{re.escape(name)}", before, re.I):
            yield full or name


def _answering(before: str, last: Turn) -> Iterator[str]:
    """Whom the answer names to a question that asks who."""
    if not _WHO.search(before):
        return
    for quote in last.quotes[:1]:
        for text in (quote.parts[1], quote.text):
            names = [name for name in _names(text) if " " in name]
            if names:
                yield from names
                return


def _speaking(last: Turn) -> Iterator[str]:
    """Whom the answer quoted first, if the article names that person in full."""
    name = last.quotes[0].speaker if last.quotes else last.speaker
    if name and name[0].isupper() and " " in name:
        yield name


def _printed(last: Turn) -> Iterator[str]:
    """Whom the answer names in full."""
    for quote in last.quotes:
        yield from (name for name in _names(quote.text) if " " in name)


def _names(text: str) -> Iterator[str]:
    """Runs of capitalised words that may be a person's name."""
    for found in _NAME.finditer(text):
        words = found[0].split()
        while words and _is_no_name(words[0]):
            words = words[1:]
        name = re.sub(r"['’]s?$", "", " ".join(words))
        if not words or (_AT_A_PLACE.search(text[: found.start()]) and not _sex(name)):
            continue
        # A line begins with a capital, whatever the word.
        begins = not text[: found.start()].strip() and found[0].split() == words[:1]
        if not begins and not any(word.casefold() in GENERIC for word in words):
            yield name


def _is_no_name(word: str) -> bool:
    plain = word.casefold()
    return plain in terms.STOP or plain in NO_NAMES or is_role(word)


def _in_full(name: str, speakers: list[str], printed: str) -> str:
    """A person's first name and surname where the answer prints them; "" when it does not."""
    if " " in name:
        return name if name in speakers else ""
    for speaker in speakers:
        if speaker.split()[-1:] == [name]:
            return speaker
    found = re.search(rf"\b({_WORD}) {re.escape(name)}\b", printed)
    return f"{found[1]} {name}" if found and sex_of(terms.fold(found[1])) else ""


def _sex(name: str) -> str:
    """ "m", "f", "?" for a first name of both, "" for one that is in no table."""
    return sex_of(terms.fold(name.split()[0])) if " " in name else ""
