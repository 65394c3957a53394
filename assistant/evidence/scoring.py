"""How well a sentence answers a question: the number that orders quotes and allows a refusal."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from assistant.evidence.quotes import Candidate
from assistant.evidence.ranker import Pair, Ranker
from assistant.records import Article, Sentence
from assistant.store.store import Store
from assistant.text import terms
from assistant.text.attribution.attributions import attributions

CLOSE = 20  # sentences the ranker reads; 32 and 64 found no more answers
# What orders the quotes, in the ranker's logits. Chosen, as those below, on the June to September
# questions of news2022 and the newsroom articles kept aside in training (docs/quality.md).
# `SAID`, `OLDER` and `WRONG` are for what those hardly ask: set by hand on a few questions to the
# sample articles and one real one, and measured on nothing.
OVERLAP = 2.5  # all of the question's rare words in the sentence
NEAR = 3.0  # ... in its article's title or the text around
NEW = 2.0  # a new article, when the question asks for what is new
SAID = 2.0  # the one asked for is the one who speaks
OLDER = 2.0  # a newer version of the article exists
WRONG = 1.5  # a correction: it repeats the figure that was wrong
# What tells an answer from none, in logits too.
LINE = 1.9  # where it is even
HELD = 0.25  # each rare word of the question in the title or the text around
TOPIC = 1.0  # all of them
SPEAKS = 3.0  # the one asked for is the one who speaks

# "What did NATO say about ...": the sentence that reports NATO's own words is meant.
_ASKS_WORDS = re.compile(
    r"\bwhat (?:did|does|do|has|have|was|is)\b(?P<who>.+?)\b(?:say|said|saying|tell|told|announced?"
    r"|claim|claimed|demand|demanded|argue|argued|think|thought|promised?|warn|warned|reply|respond"
    r"|answer|suggest|suggested|want|wanted|call|ask|asked|urge|urged|appeal|plead)\b",
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
    """A candidate; `worth`, in logits, orders quotes, `sure` (0 to 1) tells an answer from none."""

    candidate: Candidate
    worth: float
    sure: float


def judge(
    question: str,
    found: Sequence[Candidate],
    articles: Mapping[str, Article],
    *,
    store: Store,
    ranker: Ranker,
    new: Collection[str] = (),
    old: Collection[str] = (),
) -> list[Judged]:
    """The most promising candidates, judged; at most `CLOSE`, best first.

    `articles` are theirs, by id; `new` the ids of those to prefer, for a question that asks for
    what is new, `old` of those that have a newer version.
    """
    rarity = store.rarity(terms.terms(question))
    close = sorted(found, key=lambda one: -_promise(one, rarity))[:CLOSE]
    pairs = [Pair(one.text, one.title, one.before) for one in close]
    judged = []
    spoken = _spoken(question, close, articles)
    for one, logit in zip(close, map(float, ranker.scores(question, pairs)), strict=True):
        own = _share(rarity, terms.stems(one.text))
        near = _share(rarity, terms.stems(one.title) | terms.stems(one.near))
        held = near * sum(rarity.values())
        said = one.sentence in spoken
        worth = logit + OVERLAP * own + NEAR * near + NEW * (one.sentence.article_id in new)
        worth -= OLDER * (one.sentence.article_id in old)
        worth += SAID * said - WRONG * bool(_CORRECTION.search(one.text))
        sure = logit + HELD * held + TOPIC * near + SPEAKS * said - LINE
        judged.append(Judged(one, worth, 1 / (1 + math.exp(-sure))))
    return sorted(judged, key=lambda one: -one.worth)


def _promise(candidate: Candidate, rarity: Mapping[str, float]) -> float:
    """By words alone: quick enough for every sentence of every hit."""
    own, title = terms.stems(candidate.text), terms.stems(candidate.title)
    around = (title | terms.stems(candidate.before)) - own
    return _share(rarity, own) + 0.35 * _share(rarity, around) + 0.15 / candidate.rank


def _share(rarity: Mapping[str, float], held: Collection[str]) -> float:
    """How much of the question's rare words is held, 0 to 1."""
    total = sum(rarity.values()) or 1.0
    return sum(weight for stem, weight in rarity.items() if stem in held) / total


def _spoken(
    question: str, close: Sequence[Candidate], articles: Mapping[str, Article]
) -> set[Sentence]:
    """For a question after someone's words: the sentences that report them, not others'."""
    asked = _ASKS_WORDS.search(question)
    wanted = set(terms.terms(asked["who"])) if asked else None
    if not wanted:
        return set()
    known = {
        id: attributions(articles[id].text) for id in {one.sentence.article_id for one in close}
    }
    spoken = set()
    for one in close:
        who = known[one.sentence.article_id].speaker_of(one.sentence.start, one.sentence.end)
        if who is None:
            speaks = _names_speaker(wanted, one.text)
        else:
            speaks = wanted <= terms.stems(f"{who.name} {who.role or ''}")
        if speaks:
            spoken.add(one.sentence)
    return spoken


def _names_speaker(wanted: set[str], text: str) -> bool:
    """Whether the sentence names the one asked for beside a verb of saying."""
    return any(
        # 60 characters before: room for a name and a role; after "that" it is no longer who speaks.
        wanted
        <= terms.stems(
            text[max(0, says.start() - 60) : says.end()]
            + text[says.end() : says.end() + 30].partition(" that ")[0]
        )
        for says in _SAYS.finditer(text)
    )
