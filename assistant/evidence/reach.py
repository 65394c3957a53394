"""Which sentences the ranker reads: a linear model over what is cheap to see, fitted.

Every sentence of every hit is looked at, so nothing here may cost more than a few microseconds.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from assistant.evidence.quotes import Candidate
from assistant.text import terms

# What the request asks for, and what a sentence that tells it prints.
_KINDS = tuple(
    (re.compile(asked, re.IGNORECASE), re.compile(printed))
    for asked, printed in (
        (
            r"\bhow (?:many|much|long|old|far|big|large|high|often)\b|\bnumbers?\b|\btoll\b"
            r"|\bfigures?\b|\bcosts?\b|\bprice\b|\bcount\b",
            r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|hundreds?"
            r"|thousands?|millions?|billion|half|third|quarter|twice|none|nobody)\b",
        ),
        (
            r"\bwhen\b|\bwhat (?:day|date|time|year)\b|\bhow long\b|\btimeline\b|\bsince\b",
            r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\b(?:January|February|March|April|May"
            r"|June|July|August|September|October|November|December)\b|\b[12]\d\d\d\b"
            r"|\b(?:year|month|week|hour|night|morning)s?\b",
        ),
        (
            r"\bwho(?:m|se)?\b|\bwhich (?:person|minister|player|official|company)\b|\bname\b",
            r"[a-z,;] [A-Z][a-z]+ [A-Z][a-z]+|^[A-Z][a-z]+ [A-Z][a-z]+",
        ),
        (
            r"\bs(?:ay|aid|ays|aying)\b|\btold?\b|\breact|\bquotes?\b|\bthink|\bview|\bstatement"
            r"|\bcomment|\bcriti|\bwords?\b|\bopinion|\bbelieve|\bargue|\bclaim",
            r"[“”\"]|\b(?:said|says|told|asked|called|wrote|argued|warned|added|insisted|denied"
            r"|urged|rejected|welcomed|promised|according)\b",
        ),
        (r"\bwhy\b|\breasons?\b|\bcauses?d?\b", r"\b(?:because|since|after|caused?|due|so that)\b"),
        (r"\bwhere\b|\bwhat (?:city|town|country|place)\b", r"\b(?:in|at|near|outside|off) [A-Z]"),
    )
)
# What each sign counts, fitted on requests of our training stories and on news2022's questions of
# June to September: python -m training.reach.
WEIGHTS = {
    "own": 6.20,
    "title": 2.92,
    "before": 3.11,
    "near": 0.30,
    "holds a rare word": 0.18,
    "first passage": 0.32,
    "by words": 2.39,
    "by meaning": 1.31,
    "first sentence": -0.43,
    "early": 0.40,
    "short": -0.39,
    "long": 0.12,
    "tells what is asked": 1.00,
    "number": 0.85,
    "time": -0.31,
    "person": -0.14,
    "speech": 0.31,
    "reason": 0.98,
    "place": 0.58,
}
NAMES = tuple(WEIGHTS)


def promising(
    question: str, found: Sequence[Candidate], rarity: Mapping[str, float], most: int
) -> list[Candidate]:
    """The `most` candidates that likeliest answer, best first."""
    if not found:
        return []
    worth = features(question, found, rarity) @ np.array(list(WEIGHTS.values()))
    return [found[at] for at in np.argsort(-worth, kind="stable")[:most]]


def features(
    question: str, found: Sequence[Candidate], rarity: Mapping[str, float]
) -> npt.NDArray[np.float64]:
    """What is seen of each candidate: a row of `NAMES`, each about from 0 to 1."""
    asked = [bool(ask.search(question)) for ask, _ in _KINDS]
    rare = max(rarity, key=lambda stem: rarity[stem], default="")
    rows = []
    for one in found:
        own, title = terms.stems(one.text), terms.stems(one.title)
        before, near = terms.stems(one.before), terms.stems(one.near)
        kinds = [
            float(ask and bool(printed.search(one.text)))
            for ask, (_, printed) in zip(asked, _KINDS, strict=True)
        ]
        words = len(one.text.split())
        rows.append(
            [
                share(rarity, own),
                share(rarity, title - own),
                share(rarity, before - own - title),
                share(rarity, near - own - title - before),
                float(rare in own),
                1 / one.rank,
                1 / (1 + one.ranks.get("words", 100) / 5),
                1 / (1 + one.ranks.get("meaning", 100) / 5),
                float(one.place == 0),
                1 / (1 + one.place),
                float(words < 8),
                min(1.0, words / 40),
                float(any(kinds)),
                *kinds,
            ]
        )
    return np.array(rows)


def share(rarity: Mapping[str, float], held: Collection[str]) -> float:
    """How much of the question's rare words is held, 0 to 1."""
    total = sum(rarity.values()) or 1.0
    return sum(weight for stem, weight in rarity.items() if stem in held) / total
