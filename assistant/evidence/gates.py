"""Whether what was asked is there, and whether its topic is: two fitted curves over what was read.

Both see only what the ranker says of the sentences it read, never how many articles there are.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from assistant.evidence.scoring import Judged

# Logistic curves, fitted by `python -m training.gates` (training/README.md tells on what).
ANSWERED = {"always": 0.0, "best": 1.0, "second": 0.0, "topic": 0.0}
ABOUT = {"always": 0.0, "best": 0.0, "second": 0.0, "topic": 1.0}
# Where it is even, after weighing a refusal that is wrong against an answer that is none: so
# chosen that on what the curves were fitted on one in ten of the answerable is refused.
LEAST = 0.5


def answered(judged: Sequence[Judged]) -> float:
    """How likely some sentence answers, 0 to 1."""
    return _curve(ANSWERED, judged)


def about(judged: Sequence[Judged]) -> float:
    """How likely the articles read are about what is asked for, 0 to 1."""
    return _curve(ABOUT, judged)


def signs(judged: Sequence[Judged]) -> dict[str, float]:
    """What the curves see: logits of the surest sentences, and of the topic."""
    scores = sorted((one.score for one in judged), reverse=True)
    topics = sorted((one.topic for one in judged), reverse=True)
    return {
        "always": 1.0,
        "best": scores[0],
        "second": scores[min(1, len(scores) - 1)],
        "topic": topics[min(2, len(topics) - 1)],
    }


def _curve(weights: Mapping[str, float], judged: Sequence[Judged]) -> float:
    if not judged:
        return 0.0
    seen = signs(judged)
    return 1 / (1 + math.exp(-sum(weights[name] * seen[name] for name in weights)))
