"""How well a sentence answers a question: the number that orders quotes and allows a refusal."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant import terms
from assistant.embedding import Embedder
from assistant.quotes import MOST, Candidate
from assistant.store import Store

# What each part weighs. Chosen on the June to September questions of news2022.
OVERLAP, CONTEXT, MEANING, PLACE, KIND, SAID = 1.0, 0.35, 0.6, 0.15, 0.1, 0.3

_NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|dozen|hundred|thousand"
    r"|million|billion|half|third|twice|once|zero|none)\b",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"\b(?:\d{4}|(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|"
    r"april|may|june|july|august|september|october|november|december|jan|feb|aug|"
    r"sept|oct|nov|dec|yesterday|today|tomorrow|week|month|year)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<=[a-z,;:—] )[“‘\"]?[A-Z][\w.’'-]+")
# The kind of answer a question wants, and the sign of it in a sentence.
KINDS = (
    (
        re.compile(
            r"\bhow (?:many|much|old|long|far|large|big|high|tall|often)\b|\bwhat (?:percent"
            r"|percentage|number|share|age)\b",
            re.IGNORECASE,
        ),
        _NUMBER,
    ),
    (re.compile(r"\bwhen\b|\b(?:what|which) (?:date|day|year|month)\b", re.IGNORECASE), _WHEN),
    (re.compile(r"\bwho\b|\bwhom\b|\bwhose\b|\bwhere\b|\bwhich\b", re.IGNORECASE), _NAME),
)


# "What did NATO say about ...": the sentence that reports NATO's own words is meant.
_ASKS_WORDS = re.compile(
    r"\bwhat (?:did|does|do|has|have|was|is)\b(?P<who>.+?)\b(?:say|said|saying|tell|told|announced?"
    r"|claim|claimed|demand|demanded|argue|argued|think|thought|promised?|warn|warned|reply|respond"
    r"|answer|suggest|suggested|want|wanted|call)\b",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"\b(?:said|says|saying|told|tells|stress(?:ed|ing|es)|insist(?:ed|ing|s)|add(?:ed|s)|"
    r"warn(?:ed|ing|s)|argu(?:ed|ing|es)|claim(?:ed|ing|s)|stat(?:ed|ing|es)|announc(?:ed|ing|es)|"
    r"demand(?:ed|ing|s)|reiterat(?:ed|ing|es)|repl(?:ied|ying|ies)|wrote|according to|"
    r"confirm(?:ed|ing|s)|reject(?:ed|ing|s)|den(?:ied|ying|ies)|urg(?:ed|ing|es)|"
    r"promis(?:ed|ing|es)|call(?:ed|ing|s) (?:for|on)|ruled out|ruling out)\b",
    re.IGNORECASE,
)


_CORRECTION = re.compile(r"\b(?:earlier|previous) version of this\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Judged:
    """A candidate with its score, and the share (0 to 1) of the question's rare words that it,
    its title and the sentence before it hold together."""

    candidate: Candidate
    score: float
    cover: float


def judge(
    question: str, found: Sequence[Candidate], store: Store, embedder: Embedder
) -> list[Judged]:
    """The most promising candidates, judged; at most `MOST`, best first."""
    wanted = terms.terms(question)
    rarity = store.rarity(wanted)
    cheap = sorted(
        (_words(candidate, rarity, question) for candidate in found),
        key=lambda judged: -judged.score,
    )[:MOST]
    if not cheap:
        return []
    vectors = embedder.embed([judged.candidate.text for judged in cheap])
    near = np.maximum(vectors @ embedder.embed_question(question), 0.0)
    judged = [
        Judged(one.candidate, one.score + MEANING * float(cosine), one.cover)
        for one, cosine in zip(cheap, near, strict=True)
    ]
    return sorted(judged, key=lambda one: -one.score)


def _words(candidate: Candidate, rarity: Mapping[str, float], question: str) -> Judged:
    total = sum(rarity.values()) or 1.0
    own = terms.stems(candidate.text)
    around = terms.stems(candidate.title) | terms.stems(candidate.before)
    overlap = sum(weight for stem, weight in rarity.items() if stem in own) / total
    context = sum(weight for stem, weight in rarity.items() if stem in around - own) / total
    score = OVERLAP * overlap + CONTEXT * context + PLACE / candidate.rank
    if any(asks.search(question) and not sign.search(candidate.text) for asks, sign in KINDS):
        score -= KIND
    if _CORRECTION.search(candidate.text):
        score -= SAID  # it repeats the figure that was wrong
    score += SAID * _reports_words_of(question, candidate.text)
    return Judged(candidate, score, overlap + context)


def _reports_words_of(question: str, text: str) -> bool:
    """Whether the question asks for someone's words, and the sentence names them as it reports."""
    asked = _ASKS_WORDS.search(question)
    if asked is None:
        return False
    speaker = set(terms.terms(asked["who"]))
    return any(
        # 60 characters: room for a name and a role between the speaker and "said".
        speaker <= terms.stems(text[max(0, says.start() - 60) : says.end() + 30])
        for says in _SAYS.finditer(text)
    )
