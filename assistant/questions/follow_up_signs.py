"""Whether a question goes on from the one before: a fitted linear model over its words."""

from __future__ import annotations

import re

from assistant.questions import kinds
from assistant.questions.asked_names import NO_NAMES
from assistant.text import terms

# Words that point at something said before.
POINTING = re.compile(
    r"\b(?:he|she|they|it|him|her|them|his|hers|their|its|this|that|these|those|there|then)\b",
    re.IGNORECASE,
)
_PERSON = re.compile(r"\b(?:he|she|his|her|him|they|their|them)\b", re.IGNORECASE)
_BEGINS = re.compile(
    r"\W*(?:and|but|so|or|no|not|nope|sorry|just|only|same|ok(?:ay)?|oh|also|then|what about"
    r"|how about|what of|i mean|fine|thanks?|thank you|well|right|since|until|before|after|for|by"
    r"|from|prior|up to)\b|\+|\W*\d{1,2}(?:st|nd|rd|th)?\b",
    re.IGNORECASE,
)
_CORRECTS = re.compile(
    r"\bi(?:['’]m| was)? (?:mean(?:ing)?|meant|asking|thinking|referring)\b|\bthe (?:\w+ )?ones?\b"
    r"|\bthe others?\b|\bsame (?:question|for|thing)\b|\bi (?:just |only )?want(?:ed)?\b"
    r"|\b(?:instead|though|too|as well|else|earlier|later|ones|previously|afterwards|before that"
    r"|after that|so far|now|older|really|only)\b|\bleave (?:out|only)\b|^\W*not\b|, not\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\W*(?:who|what|when|where|which|how)(?:['’]?(?:s|re|d))?\b"
    r"|\W*(?:did|does|do|is|was|are|were|has|have|had|will|can)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<=[a-z,;:] )[A-Z]\w+")
_THE = re.compile(r"\b(?:the|a|an|any|others?|another)\b", re.IGNORECASE)
_QUOTES = re.compile(r"[\"“«]\S+ ")
# "What is the OPW?", "NLB stands for what": of no conversation.
_DEFINES = re.compile(
    r"\b[Ss]tands? for\b|\bmeaning of\b|\w meaning\b|\babbreviation\b|\bshort for\b|\bfull name\b"
    r"|\w(?: is| was|,|-)? who(?:['’]?s| is| was)?(?: that| he| she| it)?\W*$"
    r"|\bwhat (?:is|are|does|do)\b.*\b[A-Z]{2,}\b|^[A-Z]{2,}\b.{0,12}what"
    r"|^\W*who(?:['’]?s| is| was) (?!th|he\b|she\b|it\b|against|for\b|running|opp)[\w-]+"
    r"(?: \w[\w-]+)\W*$"
)
# How much each sign of a follow-up counts; above 0 in sum it is one. Fitted on the follow-ups and
# other requests of our own stories: python -m training.follow_ups. But for "whole story", set by
# hand: those stories have no such request as short as "Tell me about the oil spill".
FOLLOWS = {
    "always": -0.75,
    "points": 1.02,
    "begins": 2.45,
    "corrects": 2.37,
    "asks": -0.51,
    "words": -2.54,
    "content": -3.07,
    "few": 1.21,
    "names": -0.74,
    "shared": -0.12,
    "the": 1.01,
    "no names, asks": 1.52,
    "quotes": -1.68,
    "defines": -1.99,
    "person": 0.7,
    "one word": 1.28,
    "three words": 1.98,
    "whole story": -3.0,
}
FEW = 2  # words of weight, up to which a question is about what was shown before


def points_back(question: str, before: str) -> bool:
    """Whether a question goes on from the one before: "why?", "and in Poland?", "police count?"."""
    signs = follow_up_signs(question, before)
    return sum(FOLLOWS[name] * value for name, value in signs.items()) > 0


def follow_up_signs(question: str, before: str) -> dict[str, float]:
    """What tells whether a question goes on from the one before, by the names of `FOLLOWS`."""
    found, earlier = content(question), terms.stems(before)
    shared = sum(terms.stem(word) in earlier for word in found)
    names = sum(one.casefold() not in NO_NAMES for one in _NAME.findall(question)) + (
        not _ASKS.match(question) and not _BEGINS.match(question) and question[:1].isupper()
    )
    return {
        "always": 1.0,
        "points": bool(POINTING.search(question)),
        "begins": bool(_BEGINS.match(question)),
        "corrects": bool(_CORRECTS.search(question)),
        "asks": bool(_ASKS.match(question)),
        "words": min(1.0, len(question.split()) / 15),
        "content": min(1.0, len(found) / 8),
        "few": len(found) <= FEW,
        "names": min(2, names),
        "shared": shared / max(1, len(found)),
        "the": bool(_THE.search(question)),
        "no names, asks": bool(_ASKS.match(question)) and not names,
        "quotes": bool(_QUOTES.search(question)),
        "defines": bool(_DEFINES.search(question)),
        "person": bool(_PERSON.search(question)),
        "one word": len(found) <= 1,
        "three words": len(found) <= 3,
        "whole story": _asks_whole(question, found),
    }


def _asks_whole(question: str, found: list[str]) -> bool:
    """Whether it asks for the whole of a story that it names: "tell me about the oil spill"."""
    goes_on = POINTING.search(question) or _BEGINS.match(question) or _CORRECTS.search(question)
    return len(found) > 1 and not goes_on and kinds.kind(question) in kinds.WHOLE


def content(text: str) -> list[str]:
    """The words of weight of a question; "New" may be part of a name."""
    return [
        word for word in terms.words(text) if word == "New" or word.casefold() not in terms.STOP
    ]
