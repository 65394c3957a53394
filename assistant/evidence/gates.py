"""Whether what was asked is there, and whether its topic is: two fitted curves over what was read.

Both see only what was read: what the ranker says of sentences and, for the topic, how many of the
question's words stand in one place. Neither sees how many articles there are.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from assistant.evidence.scoring import Judged

# Logistic curves over the surest sentence's logit, fitted by `python -m training.gates`
# (training/README.md tells on what): constant and slope. The second best, the topic's logit and the
# words in common added nothing to it (docs/log.md).
ANSWERED = (-0.77, 0.79)
# The same over the surest topic's logit, the most of the question's words in one place and the
# surest sentence's logit: what answers is about it, in whatever words.
ABOUT = (-7.71, 1.93, 8.02, 0.0)
# The least likely answer, and topic. Of what the curves were fitted on .28 refuses one answerable
# in seventeen and half of the near misses; .50 one in eight and seven in ten. A wrong refusal is
# the worse of the two.
LEAST, LEAST_ABOUT = 0.28, 0.2
NOTHING = 0.08  # below, a reader is told that nothing is about it: that must be surer still


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
