"""Fit how a follow-up is told from a new question: weights for `questions/follow_up_signs.py`.

    python -m training.follow_ups STORIES_FOLDER

Follow-ups of the training stories, in all wordings, against their other requests set after a
request of the same or of another story. Prints the weights, and figures on stories left out.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from assistant.questions.follow_up_signs import FOLLOWS, follow_up_signs
from training import sets

LEFT_OUT = ("-02",)  # to look at while choosing signs; the weights shipped are fitted on all
STEPS, RATE, SHRINK = 3000, 0.5, 1e-3


def main() -> None:
    """Print the weights and how well they tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stories", type=Path)
    given = parser.parse_args()
    asked = list(pairs(given.stories))
    seen = [one for one in asked if not one[0].endswith(LEFT_OUT)]
    other = [one for one in asked if one[0].endswith(LEFT_OUT)]
    for name, fitted, tried in (("left out", seen, other), ("all", asked, asked)):
        weights = fit(*table(fitted))
        signs, follows = table(tried)
        told = signs @ weights > 0
        print(  # noqa: T201
            f"{name}: follow-ups told {told[follows].mean():.3f},"
            f" others taken for one {told[~follows].mean():.3f} of {len(follows)}"
        )
    for name, weight in zip(FOLLOWS, weights, strict=True):
        print(f"    {name!r}: {weight:.2f},")  # noqa: T201


def pairs(folder: Path) -> Iterator[tuple[str, str, str, bool]]:
    """Of every request: its story, the one before it, itself, and whether it follows that one."""
    luck = random.Random(0)
    told = [one for one in sets.stories(folder) if not one["id"].endswith(sets.DEV)]
    for story in told:
        for asked in story["requests"]:
            for way in [asked["request"], *asked.get("also", ())]:
                if asked.get("history"):
                    yield story["id"], asked["history"][-1], way, True
                elif luck.random() < 0.5:
                    place = story if luck.random() < 0.5 else luck.choice(told)
                    before = luck.choice(place["requests"])["request"]
                    yield story["id"], before, way, False


def table(asked: list[tuple[str, str, str, bool]]) -> tuple[np.ndarray, np.ndarray]:
    """Signs, a row a request, and which of them follow."""
    signs = [list(follow_up_signs(way, before).values()) for _, before, way, _ in asked]
    return np.array(signs, float), np.array([follows for *_, follows in asked])


def fit(signs: np.ndarray, follows: np.ndarray) -> np.ndarray:
    """Logistic regression, both sorts counted alike."""
    counts = np.where(follows, 0.5 / follows.mean(), 0.5 / (~follows).mean()) / len(follows)
    weights = np.zeros(signs.shape[1])
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-signs @ weights))
        weights -= RATE * (signs.T @ (counts * (likely - follows)) + SHRINK * weights)
    return weights


if __name__ == "__main__":
    main()
