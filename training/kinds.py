"""Fit how the kinds of requests are told apart: `questions/kinds.npz`.

    python -m training.kinds STORIES_FOLDER [--out assistant/questions/kinds.npz]

On the requests of the training stories, in all wordings, and on those that we wrote for it
(`training/requests_by_kind.jsonl`). Prints which kinds are taken for which on the dev stories.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from assistant.questions import kinds
from assistant.questions.asked_words import asks_words_of, may_ask_words_of
from training import sets

WRITTEN = Path(__file__).with_name("requests_by_kind.jsonl")
# From the kinds of the stories' requests to those that are answered each in its way.
SERVED = {
    "article": "article",
    "changed": "changed",
    "check_false": "check",
    "check_quote": "check",
    "check_true": "check",
    "compare": "compare",
    "count": "count",
    "keyword": "keyword",
    "list": "list",
    "overview": "overview",
    "reactions": "reactions",
    "said": "said",
    "said_all": "statements",
    "timeline": "timeline",
}
STEPS, RATE, SHRINK = 400, 0.05, 5e-5
FEWEST = 3  # requests of how many stories (or written ones) hold a feature that counts
LEAST = 0.05  # a feature whose weights are all smaller is left out

Asked = tuple[str, str, str]  # where it is from, its kind, the request


def main() -> None:
    """Write the model and print its confusion table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stories", type=Path)
    parser.add_argument("--out", type=Path, default=Path("assistant/questions") / kinds.MODEL)
    given = parser.parse_args()
    asked = list(_of_stories(given.stories, dev=False))
    columns, weights = fit([*asked, *_written()])
    np.savez_compressed(
        given.out, features=np.array("\n".join(columns)), weights=weights.astype(np.float16)
    )
    kinds._model.cache_clear()
    print(f"{len(columns)} features, {given.out.stat().st_size:,} bytes")  # noqa: T201
    print(confusion(list(_of_stories(given.stories, dev=True))))  # noqa: T201


def _of_stories(folder: Path, *, dev: bool) -> Iterator[Asked]:
    """The requests that stand alone, in all wordings."""
    for story in sets.stories(folder):
        if story["id"].endswith(sets.DEV) == dev:
            for request in story["requests"]:
                if not request.get("history"):
                    served = SERVED.get(request["kind"], kinds.DIRECT)
                    for way in [request["request"], *request.get("also", ())]:
                        # What somebody said is asked in the same way where it has no answer.
                        words = asks_words_of(way) or may_ask_words_of(way)
                        if not (request.get("refuse") and words):
                            yield story["id"], served, way


def _written() -> Iterator[Asked]:
    for at, line in enumerate(WRITTEN.read_text(encoding="utf-8").splitlines()):
        one = json.loads(line)
        yield f"written {at}", one["kind"], one["request"]


def fit(asked: Sequence[Asked]) -> tuple[list[str], np.ndarray]:
    """The features that count, and a row of weights for each; the last row always counts."""
    held: dict[str, set[str]] = defaultdict(set)
    for where, _, request in asked:
        for one in kinds.features(request):
            held[one].add(where)
    columns = sorted(one for one, places in held.items() if len(places) >= FEWEST)
    weights = _logistic(asked, columns)
    kept = np.abs(weights).max(axis=1) >= LEAST
    kept[-1] = True
    return [one for one, keep in zip(columns, kept, strict=False) if keep], weights[kept]


def _logistic(asked: Sequence[Asked], columns: Sequence[str]) -> np.ndarray:
    """Weights by Adam on the cross-entropy; each kind counts by the root of how often it stands."""
    at = {one: n for n, one in enumerate(columns)}
    seen = np.zeros((len(asked), len(columns) + 1), np.float32)
    seen[:, -1] = 1
    wanted = np.zeros((len(asked), len(kinds.KINDS)), np.float32)
    for row, (_, kind, request) in enumerate(asked):
        seen[row, [at[one] for one in kinds.features(request) if one in at]] = 1
        wanted[row, kinds.KINDS.index(kind)] = 1
    often = wanted.sum(axis=0)
    counts = (wanted @ np.sqrt(often.mean() / np.maximum(often, 1)))[:, None]
    counts /= counts.sum()
    weights = np.zeros((seen.shape[1], wanted.shape[1]), np.float32)
    mean, spread = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        likely = seen @ weights
        likely = np.exp(likely - likely.max(axis=1, keepdims=True))
        likely /= likely.sum(axis=1, keepdims=True)
        slope = seen.T @ (counts * (likely - wanted)) + SHRINK * weights
        mean = 0.9 * mean + 0.1 * slope
        spread = 0.99 * spread + 0.01 * slope**2
        pace = np.sqrt(spread / (1 - 0.99**step)) + 1e-8
        weights -= RATE * mean / (1 - 0.9**step) / pace
    return weights


def confusion(asked: Sequence[Asked]) -> str:
    """A table: each kind's requests by the kind they are taken for; recall and precision."""
    size = len(kinds.KINDS)
    taken = np.zeros((size, size), int)
    for _, kind, request in asked:
        taken[kinds.KINDS.index(kind), kinds.KINDS.index(kinds.kind(request))] += 1
    lines = [" " * 12 + "".join(f"{one[:7]:>8}" for one in kinds.KINDS) + "  recall precision"]
    for at, one in enumerate(kinds.KINDS):
        right = taken[at, at]
        recall, precision = right / max(1, taken[at].sum()), right / max(1, taken[:, at].sum())
        row = "".join(f"{number:8}" for number in taken[at])
        lines.append(f"{one:12}{row}{recall:8.2f}{precision:10.2f}")
    lines.append(f"right {taken.trace() / taken.sum():.3f} of {taken.sum()}")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
