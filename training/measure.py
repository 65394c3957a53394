"""Figures of a ranker on questions it was not trained on: quoting the answer, and refusing.

    python -m training.measure FOLDER ranker.onnx          (or a checkpoint: seed-1-own.pt)

Two sets: `aside` (to choose by: a tenth of the articles, quiz and newsroom) and `kept`
(newsroom-culture: to report on, never to choose by). Candidates are the 64 sentences that share
most words with the question, of the 4 best articles by BM25 among all 302.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import onnxruntime
import torch

from training import sets
from training.pools import Task
from training.ranker import Encoder, Ranker, Row, score
from training.train import row, weights

DEPTHS = (1, 2, 3, 5)
JOINS = (0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0)  # what overlap (0 to 1) is multiplied by

Scorer = Callable[[Sequence[Row]], np.ndarray]


def average(paths: Sequence[Path]) -> Ranker:
    """The ranker whose every weight is the mean over the checkpoints."""
    states = [torch.load(path) for path in paths]
    model = Ranker(weights())
    model.load_state_dict(
        {name: torch.stack([state[name].float() for state in states]).mean(0) for name in states[0]}
        if len(states) > 1
        else states[0]
    )
    return model.eval()


def scorer(path: Path) -> Scorer:
    """What turns rows into scores: a checkpoint through torch, a file through onnxruntime."""
    encoder = Encoder(weights() / "tokenizer.json")
    if path.suffix == ".pt":
        model = average([path])

        @torch.inference_mode()
        def by_torch(rows: Sequence[Row]) -> np.ndarray:
            return score(model, encoder, rows).numpy()

        return by_torch
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 2
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])

    def by_file(rows: Sequence[Row]) -> np.ndarray:
        encoded = [encoder.row(one) for one in rows]
        order = np.argsort([len(ids) for ids, _, _ in encoded], kind="stable")
        scores = np.zeros(len(rows), np.float32)
        for places in np.split(order, range(16, len(order), 16)):
            fed = encoder.batch([encoded[at] for at in places])
            scores[places] = session.run(["score"], fed)[0]
        return scores

    return by_file


def tasks(folder: Path) -> dict[str, list[Task]]:
    """The two sets, their candidates found among all our articles."""
    files = sets.newsroom(folder)
    pool = sets.own_pool(files, {row["id"] for rows in files.values() for row in rows})
    wanted = {
        "aside": sets.kept_aside(files),
        "kept": {row["id"] for stem in sets.KEPT for row in files[stem]},
    }
    return {name: sets.own_tasks(files, ids, pool, training=False) for name, ids in wanted.items()}


def first(task: Task, scores: np.ndarray) -> float:
    """The place of the first sentence that answers, from 1; infinite when there is none."""
    order = np.argsort(-scores, kind="stable")
    return next((place for place, at in enumerate(order, 1) if at in task.right), np.inf)


def area(answerable: Sequence[float], others: Sequence[float]) -> float:
    """How often an answerable question scores above one that is not."""
    left, right = np.asarray(answerable)[:, None], np.asarray(others)[None]
    return float(((left > right) + 0.5 * (left == right)).mean())


def figures(found: Sequence[Task], scores: Sequence[np.ndarray]) -> dict[str, float]:
    """Share of answerable questions answered within 1, 2, 3, 5; and the refusing figures."""
    places = [
        first(task, mine) for task, mine in zip(found, scores, strict=True) if task.answerable
    ]
    tops = {
        known: [float(mine.max()) for task, mine in zip(found, scores, strict=True)
                if task.answerable is known]
        for known in (True, False)
    }  # fmt: skip
    made = {f"top{depth}": float(np.mean(np.array(places) <= depth)) for depth in DEPTHS}
    made["area"] = area(tops[True], tops[False])
    cuts = np.quantile(np.concatenate([tops[True], tops[False]]), np.linspace(0, 1, 101))
    balance = [(np.mean(tops[True] >= cut) + np.mean(tops[False] < cut)) / 2 for cut in cuts]
    made["balanced"], made["cut"] = float(max(balance)), float(cuts[int(np.argmax(balance))])
    return made


def shown(name: str, made: dict[str, float]) -> str:
    """One row of the table."""
    tops = " / ".join(f"{made[f'top{depth}']:.3f}" for depth in DEPTHS)
    rest = f"area {made['area']:.3f} balanced {made['balanced']:.3f} at {made['cut']:+.2f}"
    return f"{name:32} {tops}  {rest}"


def interval(
    found: Sequence[Task], scores: Sequence[np.ndarray], depth: int
) -> tuple[float, float]:
    """The 95 % bootstrap interval of the share answered within `depth`."""
    asked = zip(found, scores, strict=True)
    right = np.array([first(task, mine) <= depth for task, mine in asked if task.answerable])
    draws = np.random.default_rng(0).choice(right, (2000, len(right))).mean(1)
    low, high = np.quantile(draws, (0.025, 0.975))
    return float(low), float(high)


def main() -> None:
    """Print the figures of each file given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("files", type=Path, nargs="*")
    parser.add_argument("--sets", nargs="*", default=["aside", "kept"])
    parser.add_argument("--save", type=Path, help="also write the scores here, for other joins")
    given = parser.parse_args()
    torch.set_num_threads(2)
    say: Callable[[str], None] = print
    for name, found in tasks(given.folder).items():
        if name not in given.sets:
            continue
        overlaps = [np.array(task.overlap) for task in found]
        say(shown(f"{name}: overlap alone", figures(found, overlaps)))
        for path in given.files:
            score_rows = scorer(path)
            scores = [score_rows([row(task.question, line) for line in task.lines])
                      for task in found]  # fmt: skip
            if given.save:
                kept = np.array(scores, dtype=object)
                np.save(given.save / f"{name}-{path.name}.npy", kept, allow_pickle=True)
            for join in JOINS:
                joined = [one + join * other for one, other in zip(scores, overlaps, strict=True)]
                say(shown(f"{name}: {path.name} + {join} overlap", figures(found, joined)))
            low, high = interval(found, scores, 3)
            say(f"{name}: {path.name} top3 95 % interval {low:.3f} to {high:.3f}")


if __name__ == "__main__":
    main()
