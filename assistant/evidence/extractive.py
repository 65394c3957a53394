"""Which sentences together tell what a broad request asks for: an overview, reactions, a list.

A linear model for each, over what the ranker says of a sentence and what is cheap to see of it,
fitted by `python -m training.extractive` on requests of our training stories.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from assistant.evidence.scoring import Judged
from assistant.text import terms

FORMS = ("overview", "timeline", "reactions", "list")
# What each sign of a sentence counts, a column for each of `FORMS`.
WEIGHTS = {
    "score": (0.35, 0.66, 0.16, 1.23),
    "rank": (1.91, 2.13, 1.94, 2.64),
    "article": (1.08, -0.28, 2.02, 0.64),
    "words": (0.52, -0.60, 0.68, 0.33),
    "article's words": (0.49, 0.65, 1.20, -0.17),
    "article's sentences": (1.04, 1.15, 1.10, 0.91),
    "central": (2.30, 3.04, 0.74, 0.95),
    "early": (0.64, 2.28, -1.03, -0.50),
    "opening": (0.49, 0.40, -0.14, 0.33),
    "day": (0.04, 1.54, -0.93, 0.13),
    "name": (0.08, -0.20, 0.45, 0.21),
    "speaker": (-0.34, -0.13, 0.88, -0.12),
    "points back": (0.04, -0.02, -0.14, -0.02),
    "short": (-0.10, -0.41, 0.23, -1.04),
    "long": (0.57, 1.10, 0.07, 0.35),
    "always": (-4.50, -6.44, -4.86, -4.66),
}
# How likely the least likely sentence must serve that is shown beside the first; set by hand, so
# that about half of what is shown serves, on the stories it was fitted on.
LEAST = {"overview": 0.15, "timeline": 0.2, "reactions": 0.15, "list": 0.15}
MOST = 12  # sentences
FEWEST = 2  # words of weight: "It was not." tells nothing by itself
SAME = 0.8  # share of the weight of one's stems that another holds: they tell the same

_DAY = re.compile(
    r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\b(?:January|February|March|April|May|June"
    r"|July|August|September|October|November|December)\b"
)
_NAME = re.compile(r"[a-z,;] [A-Z][a-z]+ [A-Z][a-z]+|^[A-Z][a-z]+ [A-Z][a-z]+")
_POINTS_BACK = re.compile(
    r"[“\"‘']?(?:He|She|It|They|His|Her|Their|Its|This|That|These|Those|But|And|So)\b"
)
_SMALL = frozenset(terms.stem(word) for word in terms.STOP)


def extract(form: str, judged: Sequence[Judged], most: int = MOST) -> list[tuple[float, Judged]]:
    """The sentences that together tell it, with how likely each serves, the likeliest first.

    `form` is one of `FORMS`; none of the sentences says what another of them says.
    """
    if not judged:
        return []
    texts = [one.candidate.text for one in judged]
    logits = signs(judged) @ np.array(list(WEIGHTS.values()))[:, FORMS.index(form)]
    return [(likely, judged[at]) for at, likely in chosen(texts, logits, form, most)]


def chosen(
    texts: Sequence[str], logits: npt.NDArray[np.float64], form: str, most: int = MOST
) -> list[tuple[int, float]]:
    """Which of the sentences are shown, by their places, and how likely each serves."""
    held = [terms.stems(one) - _SMALL for one in texts]
    rare = _rarity(held)
    likely = 1 / (1 + np.exp(-logits))
    kept: list[int] = []
    for at in map(int, np.argsort(-likely, kind="stable")):
        if len(kept) == most or (kept and likely[at] < LEAST[form]):
            break
        tells = len(held[at]) >= FEWEST
        if tells and not any(_says(held[at], held[one], rare) for one in kept):
            kept.append(at)
    return [(at, float(likely[at])) for at in kept]


def signs(judged: Sequence[Judged]) -> npt.NDArray[np.float64]:
    """What is seen of each sentence: a row of `WEIGHTS`' signs, each about from 0 to 1."""
    held = [terms.stems(one.candidate.text) - _SMALL for one in judged]
    rare = _rarity(held)
    scores = np.array([one.score for one in judged])
    articles = defaultdict(list)
    for at, one in enumerate(judged):
        articles[one.candidate.sentence.article_id].append(at)
    best = {id: float(np.sort(scores[all_of])[-3:].mean()) for id, all_of in articles.items()}
    most = max(map(len, articles.values()))
    known = {id: max(judged[at].words for at in all_of) for id, all_of in articles.items()}
    behind = [best[one.candidate.sentence.article_id] - max(best.values()) for one in judged]
    central = _central(held, rare, 1 / (1 + np.exp(-(np.array(behind) + 2))))
    rows = []
    for at, one in enumerate(judged):
        candidate = one.candidate
        text, many = candidate.text, len(candidate.text.split())
        rows.append(
            [
                one.score / 3,
                float((scores < one.score).mean()),
                behind[at] / 3,
                one.words,
                known[candidate.sentence.article_id],
                len(articles[candidate.sentence.article_id]) / most,
                central[at],
                1 / (1 + candidate.place),
                float(candidate.place in (1, 2)),
                float(bool(_DAY.search(text))),
                float(bool(_NAME.search(text))),
                float(one.speaker is not None),
                float(bool(_POINTS_BACK.match(text))),
                float(many < 8),
                min(1.0, many / 40),
                1.0,
            ]
        )
    return np.array(rows)


def _rarity(held: Sequence[frozenset[str]]) -> dict[str, float]:
    often = Counter(stem for one in held for stem in one)
    return {stem: math.log(1 + len(held) / count) for stem, count in often.items()}


def _central(
    held: Sequence[frozenset[str]], rare: Mapping[str, float], weights: npt.NDArray[np.float64]
) -> list[float]:
    """How near each sentence is to the middle of all, by their words: cosine, 0 to 1."""
    middle: dict[str, float] = defaultdict(float)
    for one, weight in zip(held, weights, strict=True):
        for stem in one:
            middle[stem] += float(weight) * rare[stem]
    length = math.sqrt(sum(value**2 for value in middle.values())) or 1.0
    return [
        sum(middle[stem] * rare[stem] for stem in one)
        / (length * (math.sqrt(sum(rare[stem] ** 2 for stem in one)) or 1.0))
        for one in held
    ]


def _says(one: frozenset[str], other: frozenset[str], rare: Mapping[str, float]) -> bool:
    """Whether the two say the same, by their words."""
    shorter = min(sum(map(rare.__getitem__, one)), sum(map(rare.__getitem__, other)))
    return sum(map(rare.__getitem__, one & other)) > SAME * shorter
