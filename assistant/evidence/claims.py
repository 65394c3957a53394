"""From what a request claims to whether a sentence bears it out or prints otherwise; or neither.

A wrong verdict is worse than none. Only figures, days and denials are compared; where anything else
may differ there is no verdict.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from assistant.evidence.claimed_figures import figures
from assistant.evidence.differences import classes
from assistant.evidence.match_quotation import NEGATION
from assistant.questions.frame_words import frame
from assistant.questions.request_words import PUT
from assistant.text import sentences, terms

# What a reader says of a claim, not what it claims.
_SAID_OF_IT = frozenset(
    map(
        terms.stem,
        """true false right wrong correct yes no confirm verify check fact accurate believe believed
        heard hear told tell says said say read reader colleague friend cousin neighbour brother
        sister aunt uncle mother father wife husband editor desk insists insist claims claim reckons
        reckon swears swear writes wrote notes note print page number figure use stand sure certain
        understand informed think thinking thought am is it so actually really indeed even hold
        holds up rumour rumours gossip somebody someone something like that what have has i'm
        """.split(),
    )
)
_TAIL = re.compile(
    r"[,;:.\-– ]*\b(?:(?:is|are|was|were|has|have|had|do|does|did|will|would|can|could|should)"
    r"(?:n['’]?t| not)? (?:it|he|she|they|that|there|this)|right|correct|true|yes|no|or not"
    r"|y/n|yeah|innit|ok|okay|confirm|please|true or (?:false|not)|yes or no|right or wrong)"
    r"[\s?.!]*$",
    re.IGNORECASE,
)
_ISNT = re.compile(r"^\W*(?:is|are|was|were|has|have|had|do|does|did|will)n['’]?t\b", re.IGNORECASE)
# Where a figure is a part, a whole or a comparison, the same figure may be told of another thing.
_EXTENT = re.compile(
    r"\b(?:all|every|each|both|whole|entire|only|most|majority|half|quarter|third|twice|double"
    r"|(?:more|less|fewer)(?! than \d)|higher|lower|ahead|above|below|unanimous\w*"
    r"|first|second|none|nobody|still)\b",
    re.IGNORECASE,
)
_REFUSED = re.compile(
    r"\b(?:den(?:y|ied|ies)|refus(?:e|ed|es)|reject(?:s|ed)?|fail(?:s|ed)?|instead|short of"
    r"|(?:turned|voted) down|threw out|overturned|disput(?:e|es|ed))\b",
    re.IGNORECASE,
)
_MAY = re.compile(
    r"\b(?:could|may|might|should|if|planned|plans?|expected|expects|proposed|hopes?|ask(?:s|ed)?"
    r"|demands?|demanded|demanding|earlier|previous(?:ly)?|original(?:ly)?|draft)\b",
    re.IGNORECASE,
)
_MENDED = re.compile(
    r"\b(?:correction|clarification|corrects?|corrected|mistaken(?:ly)?|wrongly|error)\b",
    re.IGNORECASE,
)
_TENS = re.compile(
    r"\b((?:twen|thir|for|fif|six|seven|eigh|nine)ty) "
    r"(one|two|three|four|five|six|seven|eight|nine)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\S*\d\S*")
# Shares of a claim's words that stand in a sentence, and in it or around it; what is denied must
# hold `PLAIN` of them. On 360 true and false claims about our training stories these gave 19
# verdicts, all right; half of `OWN` and `WIDE` gave 24, two of them wrong.
OWN, WIDE, PLAIN = 0.4, 0.6, 0.85
# The share of a claim's words from which another sentence that prints the figure claimed is one
# about it; 0 of our training stories' right verdicts are lost by it, 4 by any share.
CLASH = 0.34
LONGEST = 160  # characters of a sentence that is shown to deny


@dataclass(frozen=True, slots=True)
class Finding:
    """What a text makes of a claim: `text[start:end]` bears it out, or stands in its place."""

    kind: Literal["borne_out", "otherwise"]
    start: int
    end: int


def compare(claim: str, text: str, around: str) -> Finding | None:
    """What a quotation makes of a claim, with what stands around it; None when it is not clear."""
    claim = bare(claim)
    asked = classes(words(claim))
    if len(asked) < 2 or _MENDED.search(text) or _extent(claim) not in (set(), _extent(text)):
        return None
    if any(bool(one.search(claim)) != bool(one.search(text)) for one in (_REFUSED, _MAY)):
        return None
    own = len(asked & classes(terms.stems(text))) / len(asked)
    wide = len(asked & classes(terms.stems(f"{around}\n{text}"))) / len(asked)
    mine = figures(claim)
    if not mine:
        return _denial(asked, claim, text) if own >= PLAIN else None
    if bool(NEGATION.search(claim)) != bool(NEGATION.search(text)) or own < OWN or wide < WIDE:
        return None
    theirs = figures(text)
    pairs = [
        next((other for other in theirs if one.is_of_kind(other) and one.holds(other)), None)
        for one in mine
    ]
    found = [one for one in pairs if one]
    if len(found) == len(mine):
        # "Sold 80 after the 60 of March" bears out neither.
        rivals = (one for one in theirs if not any(claimed.allows(one) for claimed in mine))
        if any(claimed.is_of_kind(one) for one in rivals for claimed in mine):
            return None
        return Finding("borne_out", found[0].start, found[0].shown)
    claimed = mine[pairs.index(None)]
    others = [one for one in theirs if one.is_of_kind(claimed)]
    if len(mine) - len(found) > 1 or any(map(claimed.allows, theirs)) or len(others) != 1:
        return None
    return Finding("otherwise", others[0].start, others[0].shown)


def clashes(claim: str, kind: str, text: str) -> bool:
    """Whether another sentence at hand is a reason not to give a verdict of this kind.

    A figure that bears a claim out may be an early one, that another sentence mends or replaces;
    where one prints otherwise, another may print what is claimed.
    """
    claim = bare(claim)
    asked, mine, theirs = classes(words(claim)), figures(claim), figures(text)
    shared = len(asked & classes(terms.stems(text))) / max(1, len(asked))
    if not (mine and theirs and shared):
        return False
    pairs = [(one, other) for one in mine for other in theirs if one.is_of_kind(other)]
    if kind == "otherwise":
        return shared >= CLASH and any(one.holds(other) for one, other in pairs)
    if any(not one.allows(other) for one, other in pairs):
        return True
    mended = _MENDED.search(text) or NEGATION.search(text)
    return bool(mended) and any(one.holds(other) for one in mine for other in theirs)


def _extent(text: str) -> set[str]:
    """The words by which a text tells of a part, a rank or a comparison."""
    return {one[0].casefold() for one in _EXTENT.finditer(text)}


def _denial(asked: frozenset[str], claim: str, text: str) -> Finding | None:
    """The sentence that denies a word of a claim which denies nothing, if there is one."""
    if NEGATION.search(claim):
        return None
    for start, end in sentences.split(text):
        denied = NEGATION.search(text, start, end)
        after = terms.terms(text[denied.end() : end])[:1] if denied else []
        if after and classes(after) <= asked and end - start <= LONGEST:
            return Finding("otherwise", start, end)
    return None


def bare(claim: str) -> str:
    """A claim without what a reader says of it at its end, numbers written as articles do."""
    claim = _ISNT.sub(" ", claim)
    while (cut := _TAIL.sub("", claim)) != claim:
        claim = cut
    return _TENS.sub(r"\1-\2", claim)


def words(claim: str) -> frozenset[str]:
    """The stems of the words of a claim that are no figures and tell what it is about."""
    plain = claim
    for one in figures(claim):
        plain = plain[: one.start] + " " * (one.end - one.start) + plain[one.end :]
    plain = _NUMBER.sub(" ", plain)
    return frozenset(terms.terms(plain)) - PUT - _SAID_OF_IT - frozenset(map(terms.stem, frame()))
