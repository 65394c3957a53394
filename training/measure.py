"""Figures of a judge on questions it was not trained on: quoting the answer, refusing, marking.

    python -m training.measure FOLDER ranker.onnx --stories FOLDER --start model.onnx

(or a checkpoint, seed-1.pt). Sets: `aside` (to choose by: a tenth of our own articles), `culture`
and `fresh` (to report on), the stories -04 by kinds of request. Candidates are the 40 sentences
that share most words with the request, of the 4 best articles by BM25; up to 160 questions a set.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import onnxruntime
import torch

from training import sets
from training.pools import Task
from training.ranker import Encoder, Ranker, Read, Row, read
from training.train import row

DEPTHS = (1, 2, 3, 5)
MOST, CANDIDATES = 160, 40
DIRECT = {"fact", "who_is", "keyword", "search_quote", "check_true", "check_false", "typo"}

Reader = Callable[[Sequence[Row]], Read]


def average(paths: Sequence[Path], start: Path) -> Ranker:
    """The ranker whose every weight is the mean over the checkpoints."""
    states = [torch.load(path) for path in paths]
    model = Ranker(start)
    model.load_state_dict(
        {name: torch.stack([state[name].float() for state in states]).mean(0) for name in states[0]}
        if len(states) > 1
        else states[0]
    )
    return model.eval()


def reader(path: Path, start: Path) -> Reader:
    """What reads rows: a checkpoint through torch, a file through onnxruntime."""
    encoder = Encoder(start.parent / "tokenizer.json")
    if path.suffix == ".pt":
        model = average([path], start)

        @torch.inference_mode()
        def by_torch(rows: Sequence[Row]) -> Read:
            return read(model, encoder, rows)

        return by_torch
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 2
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])

    def by_file(rows: Sequence[Row]) -> Read:
        def run(**fed: torch.Tensor) -> tuple[torch.Tensor, ...]:
            made = session.run(None, {name: array.numpy() for name, array in fed.items()})
            return tuple(torch.from_numpy(one) for one in made)

        return read(run, encoder, rows)

    return by_file


def tasks(folder: Path, stories: Path) -> dict[str, list[Task]]:
    """The sets, their candidates found among all our articles, and among all stories."""
    files = sets.newsroom(folder)
    pool = sets.own_pool(files, {row["id"] for rows in files.values() for row in rows})
    wanted = {
        "aside": sets.kept_aside(files),
        **{stem: {row["id"] for row in files[stem]} for stem in sets.KEPT},
    }
    found = {name: sets.own_tasks(files, ids, pool, training=False) for name, ids in wanted.items()}
    told = sets.stories(stories)
    asked = sets.story_tasks(
        [one for one in told if one["id"].endswith("-04")],
        sets.story_pool(told),
        training=False,
        wordings=1,
    )
    for name, task in ((_group(task.origin.split()[-1]), task) for task in asked):
        found.setdefault(name, []).append(task)
    return {
        name: random.Random(0).sample(some, min(MOST, len(some))) for name, some in found.items()
    }


def _group(kind: str) -> str:
    """Near misses stand beside the requests that they look like."""
    direct = kind in DIRECT or kind == "near_miss"
    return "-04 direct" if direct else "-04 followup" if kind == "followup" else "-04 broad"


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


def marked(found: Sequence[Task], said: Sequence[Read], encoder: Encoder) -> str:
    """How often the words marked in a sentence that answers are those of the answer."""
    sure, right = [], []
    for task, one in zip(found, said, strict=True):
        for at, answer in task.answers.items():
            if at < CANDIDATES and (place := encoder.place(task.lines[at].text, answer)):
                logits = one.places[at].softmax(0)
                first, last = logits[1:].argmax(0).tolist()
                sure.append(float(logits[1:].max(0).values.min()))
                right.append((first, last) == place)
    order = np.argsort(-np.array(sure))
    shares = [np.mean(np.array(right)[order[: int(len(order) * part)]]) for part in (0.25, 0.5, 1)]
    return f"{len(right)} marked: " + " / ".join(f"{one:.3f}" for one in shares)


def main() -> None:
    """Print the figures of each file given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("files", type=Path, nargs="*")
    parser.add_argument("--stories", type=Path, required=True)
    parser.add_argument("--start", type=Path, required=True)
    parser.add_argument("--sets", nargs="*")
    given = parser.parse_args()
    torch.set_num_threads(2)
    say: Callable[[str], None] = print
    encoder = Encoder(given.start.parent / "tokenizer.json")
    for name, found in tasks(given.folder, given.stories).items():
        if given.sets and name not in given.sets:
            continue
        for path in given.files:
            read_rows = reader(path, given.start)
            said = [read_rows([row(task.question, line) for line in task.lines[:CANDIDATES]])
                    for task in found]  # fmt: skip
            scores = [one.score.numpy() for one in said]
            say(shown(f"{name}: {path.name}", figures(found, scores)))
            low, high = interval(found, scores, 3)
            say(f"    {len(found)} asked; top3 {low:.3f} to {high:.3f} (95 %)")
            if name in ("aside", "-04 direct"):
                say(f"    {marked(found, said, encoder)}")


if __name__ == "__main__":
    main()
