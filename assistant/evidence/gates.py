"""Whether what was asked is there, and whether its topic is: two fitted curves over what was read.

Both see only what was read: what the ranker says of sentences and, for the topic, how many of the
question's words stand in one place. Neither sees how many articles there are.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from assistant.evidence.scoring import Judged
from assistant.questions import kinds

# Logistic curves over the surest sentence's logit, fitted by `python -m training.gates`
# (training/README.md tells on what): constant and slope. The second best, the topic's logit and the
# words in common added nothing to it (docs/log.md).
ANSWERED = (-0.34, 0.88)
# The same over the most of the question's words in one place. The surest sentence's logit, or the
# topic's, tells little more, and a sure answer about another topic is worse than a refusal.
ABOUT = (-4.67, 8.9)
# The least likely answer. Of what the curve was fitted on .4 refuses one answerable in fourteen and
# two in three near misses.
LEAST = 0.4
# Below, nothing is about it, and what seems to answer is of another topic.
NOTHING = 0.08


def opens(question: str, judged: Sequence[Judged]) -> bool:
    """Whether what was read answers; for an overview it is enough that it is about its topic."""
    topic_is_there = kinds.kind(question) in kinds.WHOLE and about(judged) >= LEAST
    return topic_is_there or answered(judged) >= LEAST


def answered(judged: Sequence[Judged]) -> float:
    """How likely some sentence answers, 0 to 1."""
    return _curve(ANSWERED, max(one.score for one in judged)) if judged else 0.0


def about(judged: Sequence[Judged]) -> float:
    """How likely the articles read are about what is asked for, 0 to 1."""
    if not judged:
        return 0.0
    return _curve(ABOUT, max(one.words for one in judged))


def _curve(weights: Sequence[float], *seen: float) -> float:
    constant, *slopes = weights
    total = constant + sum(slope * one for slope, one in zip(slopes, seen, strict=True))
    return 1 / (1 + math.exp(-total))
