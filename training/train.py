"""Train the judge of sentences. One recipe, any seed.

    OMP_WAIT_POLICY=passive python -m training.train FOLDER --stories FOLDER --start model.onnx \
        --out DIR --seed 1

FOLDER holds the training files (see sets.py). Writes `seed-N.pt`; then see `training.export` and
`training.measure`. Needs torch, transformers, onnx and the file of start.py.
"""

from __future__ import annotations

import argparse
import math
import os
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from torch import distributed, multiprocessing
from torch.nn import functional

from training import sets
from training.pools import Line, Task
from training.ranker import Encoder, Ranker, Read, Row, read

LIST = 7  # rows of a list: up to three that answer, else the hardest that do not
ANSWERS = 3
HARD = 14  # the wrong rows are drawn from so many hardest; the rest from all
EMPTY = 0.12  # share of lists robbed of what answers, so that 0 comes to mean "no answer"
TITLE, BEFORE = 0.7, 0.6  # share of lists that show the title, the sentence before
RATE, HEAD, NEW = 4e-5, 2.4e-4, 1e-3  # peak learning rates: layers, the first head, the new ones
TOPIC, PLACES = 0.3, 0.3  # what the other two heads count against the first
LISTS = 8  # lists of a step
PROCESSES = 2
# A second run: requests and own questions that are answered, and that are not.
AGAIN = (900, 500, 620, 420)
AGAIN_RATES = (3e-5, 1e-4, 5e-4)
OWN, OPEN, WORDINGS = 2000, 200, 2  # questions of a run; wordings of each story's request


def draw(task: Task, rng: random.Random) -> tuple[list[Row], list[int]]:
    """A list of rows, those that answer first, and the places of these in the task."""
    # What prints the answer elsewhere may answer too: it is never shown as wrong.
    wrong = [at for at in range(len(task.lines)) if at not in task.right | task.holds]
    right = rng.sample(sorted(task.right), min(ANSWERS, len(task.right)))
    if rng.random() < EMPTY:
        right = []
    hard = rng.sample(wrong[:HARD], min(LIST - len(right) - 1, len(wrong[:HARD])))
    rest = [at for at in wrong if at not in hard]
    chosen = hard + rng.sample(rest, min(LIST - len(right) - len(hard), len(rest)))
    titled, linked = rng.random() < TITLE, rng.random() < BEFORE
    places = [*right, *chosen]
    return [row(task.question, task.lines[at], titled, linked) for at in places], places


def row(question: str, line: Line, titled: bool = True, linked: bool = True) -> Row:
    """A line as the ranker reads it."""
    return question, line.text, line.title if titled else "", line.before if linked else ""


def steps(tasks: Sequence[Task], rng: random.Random) -> Iterator[list[Task]]:
    """The tasks in a new order, a few lists at a time."""
    order = rng.sample(tasks, len(tasks))
    for start in range(0, len(order) - LISTS + 1, LISTS):
        yield order[start : start + LISTS]


def loss(said: Read, lists: Sequence[tuple[Task, list[int]]], encoder: Encoder) -> torch.Tensor:
    """How surprised the three heads are, each list counted alike.

    Each sentence that answers stands against those that do not and a null of score 0, which wins
    where nothing answers.
    """
    parts, start = [], 0
    topics, topical, places, aims = [], [], [], []
    for task, shown in lists:
        scores = said.score[start : start + len(shown)]
        right = sum(at in task.right for at in shown)
        rest = torch.logsumexp(torch.cat([scores[right:], scores.new_zeros(1)]), 0)
        if right:
            parts.append((torch.logaddexp(scores[:right], rest) - scores[:right]).mean())
        else:
            parts.append(rest)
        for at, line in enumerate(task.lines[one] for one in shown):
            if line.article in task.topical or line.article not in task.vague:
                topics.append(said.topic[start + at])
                topical.append(float(line.article in task.topical))
        for at in range(right):
            answer = task.answers.get(shown[at], "")
            place = encoder.place(task.lines[shown[at]].text, answer)
            if place or not answer:
                places.append(said.places[start + at])
                aims.append((place[0] + 1, place[1] + 1) if place else (0, 0))
        start += len(shown)
    # Every head has a gradient, if only of 0, so that processes can add theirs.
    whole = torch.stack(parts).mean() + 0 * (said.topic.sum() + said.places[0].sum())
    if topics:
        wanted = torch.tensor(topical)
        whole = whole + TOPIC * functional.binary_cross_entropy_with_logits(
            torch.stack(topics), wanted
        )
    if places:
        surprise = [
            functional.cross_entropy(one.T, torch.tensor(aim))
            for one, aim in zip(places, aims, strict=True)
        ]
        whole = whole + PLACES * torch.stack(surprise).mean()
    return whole


def train(
    model: Ranker,
    encoder: Encoder,
    tasks: Sequence[Task],
    rng: random.Random,
    rank: int,
    rates: Sequence[float],
) -> None:
    """Read the tasks once; the rate rises for a twentieth, then falls in a line."""
    total = len(tasks) // LISTS
    body = [one for one in model.bert.parameters() if one.requires_grad]
    new = [*model.topic.parameters(), *model.places.parameters()]
    parts = (body, list(model.head.parameters()), new)
    groups = [{"params": part, "lr": rate} for part, rate in zip(parts, rates, strict=True)]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    warm = max(1, total // 20)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda at: min((at + 1) / warm, max(0.0, (total - at) / (total - warm)))
    )
    began, kept = time.monotonic(), math.nan
    for at, batch in enumerate(steps(tasks, rng), 1):
        # Every process draws the same and reads its share: a thread each, since two threads wait
        # for each other at every layer, and other work on the machine makes both late.
        drawn = [draw(task, rng) for task in batch][rank::PROCESSES]
        batch = batch[rank::PROCESSES]
        said = read(model, encoder, [one for rows, _ in drawn for one in rows])
        lists = [(task, places) for task, (_, places) in zip(batch, drawn, strict=True)]
        lost = loss(said, lists, encoder)
        optimizer.zero_grad(set_to_none=True)
        lost.backward()
        for one in (one for group in groups for one in group["params"]):
            distributed.all_reduce(one.grad)
            one.grad /= PROCESSES
        torch.nn.utils.clip_grad_norm_(body, 1.0)
        optimizer.step()
        schedule.step()
        kept = lost.item() if math.isnan(kept) else 0.97 * kept + 0.03 * lost.item()
        if at % 10 == 0 and rank == 0:
            spent = time.monotonic() - began
            print(f"{at}/{total} loss {kept:.3f} {spent:.0f} s", flush=True)  # noqa: T201


def main() -> None:
    """Train one seed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--stories", type=Path, required=True)
    parser.add_argument("--start", type=Path, required=True, help="model.onnx, see start.py")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--go-on", type=Path, help="a checkpoint: read once more, near misses most")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    rng = random.Random(given.seed)
    tasks = training_tasks(given.folder, given.stories, rng, again=bool(given.go_on))
    multiprocessing.start_processes(work, (given, tasks), nprocs=PROCESSES, start_method="fork")


def work(rank: int, given: argparse.Namespace, tasks: Sequence[Task]) -> None:
    """One of the processes that train together."""
    os.environ |= {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": "29401"}
    distributed.init_process_group("gloo", rank=rank, world_size=PROCESSES)
    torch.set_num_threads(1)
    torch.manual_seed(given.seed)
    encoder, model = Encoder(given.start.parent / "tokenizer.json"), Ranker(given.start)
    if given.go_on:
        model.load_state_dict(torch.load(given.go_on))
    rates = AGAIN_RATES if given.go_on else (RATE, HEAD, NEW)
    train(model, encoder, tasks, random.Random(given.seed), rank, rates)
    if rank == 0:
        torch.save(model.state_dict(), given.out / f"seed-{given.seed}.pt")
    distributed.destroy_process_group()


def training_tasks(folder: Path, stories: Path, rng: random.Random, *, again: bool) -> list[Task]:
    """What a run reads: requests of the stories, our own questions, some of the open sets.

    `again`: what a second run reads, half of it questions that have no answer.
    """
    files = sets.newsroom(folder)
    kept = {row["id"] for stem in sets.KEPT for row in files[stem]} | sets.kept_aside(files)
    names = {row["id"] for rows in files.values() for row in rows} - kept
    pool = sets.own_pool(files, names)
    own = sets.own_tasks(files, names, pool, training=True)
    told = [story for story in sets.stories(stories) if not story["id"].endswith(sets.DEV)]
    asked = sets.story_tasks(
        told, sets.story_pool(told, pool), training=True, wordings=WORDINGS, rng=rng
    )
    public = sets.open_tasks(folder, rng)
    own, public, asked = (
        [task for task in some if bool(task.right) == task.answerable and task.lines]
        for some in (own, public, asked)
    )
    if again:
        some = [
            [task for task in asked if task.answerable],
            [task for task in own if task.answerable],
            [task for task in asked if not task.answerable],
            [task for task in own if not task.answerable],
        ]
        return [
            task
            for tasks, most in zip(some, AGAIN, strict=True)
            for task in rng.sample(tasks, min(most, len(tasks)))
        ]
    return [*asked, *rng.sample(own, OWN), *rng.sample(public, OPEN)]


if __name__ == "__main__":
    main()
