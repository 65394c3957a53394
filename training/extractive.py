"""Fit which sentences together tell what a broad request asks for: `evidence/extractive.py`.

    python -m training.extractive collect STORE OUT.jsonl --stories FOLDER
    python -m training.extractive fit OUT.jsonl

STORE holds the stories' articles. `collect` reads what the assistant reads for the broad requests
of the training stories, `fit` prints the weights, and what they find on stories left out of them.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from assistant.ask import Assistant
from assistant.evidence import extractive, finding, quotes, scoring
from assistant.questions.understanding import day as moment
from assistant.questions.understanding import make_filters
from assistant.retrieval.search import search
from assistant.settings import Settings
from training import sets
from training.gates import _is_one

KINDS = {
    "overview": ("overview", "article"),
    "timeline": ("timeline",),
    "reactions": ("reactions",),
    "list": ("list",),
}
FOLDS = 5
STEPS, RATE, SHRINK = 600, 0.05, 5e-4
FINE = 0.5  # what a sentence is worth that may be quoted and answers nothing

Request = dict[str, Any]


def collect(assistant: Assistant, folder: Path) -> Iterator[Request]:
    """The sentences read for each broad request: their signs, and which points they tell."""
    kinds = {kind for some in KINDS.values() for kind in some}
    for story in sets.stories(folder):
        if story["id"].endswith(sets.DEV):
            continue
        last = max(article["published"][:10] for article in story["articles"])
        for asked in story["requests"]:
            if asked["kind"] in kinds and not asked.get("history") and asked["points"]:
                yield {
                    "story": story["id"],
                    "kind": asked["kind"],
                    "points": len(asked["points"]),
                    **_read(assistant, asked, asked.get("today") or last),
                }


def _read(assistant: Assistant, asked: Request, today: str) -> Request:
    now = moment(today, "today")
    store = assistant.store
    hits = search(
        store,
        assistant.embedder,
        asked["request"],
        filters=make_filters(),
        limit=finding.MANY,
        today=now,
    )
    texts = store.texts({hit.passage.source.id for hit in hits})
    judged = scoring.judge(
        asked["request"],
        quotes.candidates(hits, texts),
        texts,
        store=store,
        ranker=assistant.ranker,
        most=finding.READ,
    )
    served = [[one["sentence"] for one in point["any_of"]] for point in asked["points"]]
    fine = [one["sentence"] for one in asked.get("fine", ())]
    read = [one.candidate.text for one in judged]
    return {
        "texts": read,
        "signs": extractive.signs(judged).round(4).tolist() if judged else [],
        "tells": [[n for n, any_of in enumerate(served) if _is_one(it, any_of)] for it in read],
        "fine": [_is_one(it, fine) for it in read],
    }


def fit(asked: Sequence[Request]) -> np.ndarray:
    """Weights by Adam on the cross-entropy; each request counts as much as another."""
    signs = np.vstack([one["signs"] for one in asked])
    good = np.concatenate([_good(one) for one in asked])
    counts = np.concatenate([np.full(len(one["tells"]), 1 / len(one["tells"])) for one in asked])
    counts /= counts.sum()
    weights, mean, spread = np.zeros((3, signs.shape[1]))
    for step in range(1, STEPS + 1):
        likely = 1 / (1 + np.exp(-signs @ weights))
        slope = signs.T @ (counts * (likely - good)) + SHRINK * np.r_[weights[:-1], 0]
        mean, spread = 0.9 * mean + 0.1 * slope, 0.99 * spread + 0.01 * slope**2
        pace = np.sqrt(spread / (1 - 0.99**step)) + 1e-8
        weights = weights - RATE * mean / (1 - 0.9**step) / pace
    return weights


def _good(one: Request) -> np.ndarray:
    rows = zip(one["tells"], one["fine"], strict=True)
    return np.array([1.0 if tells else FINE * fine for tells, fine in rows])


def _found(one: Request, weights: np.ndarray, form: str) -> tuple[float, int, int]:
    """Of one request: the share of its points found, how many sentences are good, of how many."""
    chosen = extractive.chosen(one["texts"], np.array(one["signs"]) @ weights, form)
    told = {point for at, _ in chosen for point in one["tells"][at]}
    good = [bool(one["tells"][at]) or one["fine"][at] for at, _ in chosen]
    return len(told) / one["points"], sum(good), len(chosen)


def main() -> None:
    """Collect or fit."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    collecting = commands.add_parser("collect")
    collecting.add_argument("store", type=Path)
    collecting.add_argument("out", type=Path)
    collecting.add_argument("--stories", type=Path, required=True)
    fitting = commands.add_parser("fit")
    fitting.add_argument("rows", type=Path, nargs="+")
    given = parser.parse_args()
    if given.command == "collect":
        with given.out.open("w", encoding="utf-8") as file:
            for row in collect(Assistant(Settings(store=given.store)), given.stories):
                file.write(json.dumps(row) + "\n")
        return
    rows = [json.loads(line) for path in given.rows for line in path.open(encoding="utf-8")]
    columns = [_fitted(rows, form) for form in extractive.FORMS]
    for sign, counts in zip(extractive.WEIGHTS, np.array(columns).T, strict=True):
        print(f"    {sign!r}: ({', '.join(f'{one:.2f}' for one in counts)}),")  # noqa: T201


def _fitted(rows: Sequence[Request], form: str) -> np.ndarray:
    """The weights of a form; prints what such weights find on stories left out of the fit."""
    stories = sorted({row["story"] for row in rows})
    some = [row for row in rows if row["kind"] in KINDS[form] and row["signs"]]
    found = []
    for fold in range(FOLDS):
        out = set(stories[fold::FOLDS])
        weights = fit([row for row in some if row["story"] not in out])
        found += [_found(row, weights, form) for row in some if row["story"] in out]
    recall, good, many = np.array(found).T
    print(  # noqa: T201
        f"{form}, {len(some)} requests, left out of the fit: points found {recall.mean():.3f},"
        f" enough {(recall >= 0.6).mean():.3f},"
        f" good {good.sum() / many.sum():.3f} of {many.mean():.1f}"
    )
    return fit(some)


if __name__ == "__main__":
    main()
