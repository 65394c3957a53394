"""How well a sentence answers a question: the number that orders quotes and allows a refusal."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant import terms
from assistant.quotes import Candidate
from assistant.ranker import Pair, Ranker
from assistant.store import Store

CLOSE = 32  # sentences the ranker reads; twice as many found no more answers
# What orders the quotes, in the ranker's logits. Chosen, as the three after, on the June to
# September questions of news2022 and the newsroom articles kept aside in training
# (docs/quality.md).
OVERLAP = 5.0  # all of the question's rare words in the sentence
TITLE = 0.5  # ... in its article's title only
NEW = 2.0  # a new article, when the question asks for what is new
LENGTH = 0.02  # each word: a long sentence holds more of everything
SAID = 2.0  # the one asked for is the one who speaks
WRONG = 2.0  # a correction: it repeats the figure that was wrong
# What tells whether there is an answer at all: words count less here, since a sentence on the
# topic has them too.
SURE_OVERLAP, SURE_TITLE = 3.0, 2.0
LINE = 3.0  # from here on there is one

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
    """A candidate; `worth`, in logits, orders quotes, `sure` (0 to 1) tells an answer from none.

    `own` and `title` are the shares (0 to 1) of the question's rare words that the sentence and,
    besides, its article's title hold.
    """

    candidate: Candidate
    own: float
    title: float
    worth: float
    sure: float = 0.0


def judge(
    question: str,
    found: Sequence[Candidate],
    *,
    store: Store,
    ranker: Ranker,
    new: Collection[str] = (),
) -> list[Judged]:
    """The most promising candidates, judged; at most `CLOSE`, best first.

    `new` are the ids of articles to prefer, for a question that asks for what is new.
    """
    rarity = store.rarity(terms.terms(question))
    cheap = sorted((_words(one, rarity) for one in found), key=lambda one: -one.worth)[:CLOSE]
    pairs = [Pair(one.candidate.text, one.candidate.title, one.candidate.before) for one in cheap]
    logits = ranker.scores(question, pairs)
    judged = [
        _judged(one, float(logit), question, one.candidate.sentence.article_id in new)
        for one, logit in zip(cheap, logits, strict=True)
    ]
    return sorted(judged, key=lambda one: -one.worth)


def _words(candidate: Candidate, rarity: Mapping[str, float]) -> Judged:
    """By words alone: quick enough for every sentence of every hit."""
    total = sum(rarity.values()) or 1.0
    own, title = terms.stems(candidate.text), terms.stems(candidate.title)
    before = terms.stems(candidate.before)
    shares = [
        sum(weight for stem, weight in rarity.items() if stem in held) / total
        for held in (own, title - own, before - own - title)
    ]
    worth = shares[0] + 0.35 * (shares[1] + shares[2]) + 0.15 / candidate.rank
    return Judged(candidate, shares[0], shares[1], worth)


def _judged(one: Judged, logit: float, question: str, new: bool) -> Judged:
    text = one.candidate.text
    worth = logit + OVERLAP * one.own + TITLE * one.title + NEW * new
    worth -= LENGTH * len(text.split())
    worth += SAID * _reports_words_of(question, text)
    worth -= WRONG * bool(_CORRECTION.search(text))
    sure = logit + SURE_OVERLAP * one.own + SURE_TITLE * one.title - LINE
    return replace(one, worth=worth, sure=1 / (1 + math.exp(-sure)))


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
