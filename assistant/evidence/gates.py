"""Whether what was asked is there, and whether its topic is: two fitted curves over what was read.

Both see only what the ranker says of the sentences it read, never how many articles there are.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from assistant.evidence.scoring import Judged

# Logistic curves over the surest sentence's logit, fitted by `python -m training.gates`
# (training/README.md tells on what): constant and slope. The second best, the topic's logit and the
# words in common added nothing to it (docs/log.md).
ANSWERED = (-1.06, 1.03)
# The same over the surest topic's logit and the most of the question's words in one place.
ABOUT = (-8.19, 2.15, 8.01)
LEAST, LEAST_ABOUT = 0.28, 0.2  # the least likely answer, and topic


def answered(judged: Sequence[Judged]) -> float:
    """How likely some sentence answers, 0 to 1."""
    return _curve(ANSWERED, max((one.score for one in judged), default=-math.inf))


def about(judged: Sequence[Judged]) -> float:
    """How likely the articles read are about what is asked for, 0 to 1."""
    topic = max((one.topic for one in judged), default=-math.inf)
    return _curve(ABOUT, topic, max((one.words for one in judged), default=0.0))


def _curve(weights: Sequence[float], *seen: float) -> float:
    constant, *slopes = weights
    total = constant + sum(slope * one for slope, one in zip(slopes, seen, strict=True))
    return 1 / (1 + math.exp(min(500.0, -total)))
