"""Whether what was asked is there, and whether its topic is: two fitted curves over what was read.

Both see only what was read: what the ranker says of sentences and, for the topic, how many of the
question's words stand in one place. Neither sees how many articles there are.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from assistant.evidence.scoring import Judged
from assistant.questions.overviews import asks_overview

# Logistic curves over the surest sentence's logit, fitted by `python -m training.gates`
# (training/README.md tells on what): constant and slope. The second best, the topic's logit and the
# words in common added nothing to it (docs/log.md).
ANSWERED = (0.01, 0.94)
# The same over the surest topic's logit, the most of the question's words in one place and the
# surest sentence's logit: what answers is about it, in whatever words.
ABOUT = (-4.0, 0.49, 5.57, 0.53)
# The least likely answer. Of what the curve was fitted on .5 refuses one answerable in thirteen and
# seven in ten near misses.
LEAST = 0.5
NOTHING = 0.08  # below, a reader is told that nothing is about it: that must be surer still


def opens(question: str, judged: Sequence[Judged]) -> bool:
    """Whether what was read answers; of an overview asked for, whether it is about its topic."""
    gate = about if asks_overview(question) else answered
    return gate(judged) >= LEAST


def answered(judged: Sequence[Judged]) -> float:
    """How likely some sentence answers, 0 to 1."""
    return _curve(ANSWERED, max(one.score for one in judged)) if judged else 0.0


def about(judged: Sequence[Judged]) -> float:
    """How likely the articles read are about what is asked for, 0 to 1."""
    if not judged:
        return 0.0
    topic, words = max(one.topic for one in judged), max(one.words for one in judged)
    return _curve(ABOUT, topic, words, max(one.score for one in judged))


def _curve(weights: Sequence[float], *seen: float) -> float:
    constant, *slopes = weights
    total = constant + sum(slope * one for slope, one in zip(slopes, seen, strict=True))
    return 1 / (1 + math.exp(-total))
