"""From questions that are answered to ones that are not: another name or year in their place.

"What did Ada Roe say about the quay?" becomes "What did Bo Tarn say about the quay?": what answered
the first answers the second no longer. Only for training; knows no model.
"""

from __future__ import annotations

import calendar
import random
import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.text import terms
from training.pools import Line, Task

# Two words or more with capitals, or one after a small one; a year.
_NAME = re.compile(
    r"\b[A-Z][\w-]*\w(?: (?:of |de |van |al )?[A-Z][\w-]*\w)+|(?<=[a-z] )[A-Z][\w-]*[a-z]\b"
)
_NO_NAMES = frozenset([*calendar.day_name, *calendar.month_name])
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_WHICH = re.compile(r"^(?:what|which|when|where|why|how|who)\b", re.IGNORECASE)
SHARED = 0.25  # of the question's other stems: a line that has the new name and more may answer


def swapped(tasks: Sequence[Task], rng: random.Random) -> list[Task]:
    """Of each task that allows it a near miss with another name or year of the same articles."""
    made = (_swap(task, rng) for task in tasks if task.right and _WHICH.match(task.question))
    return [one for one in made if one]


def _swap(task: Task, rng: random.Random) -> Task | None:
    texts = [f"{line.text} {line.title} {line.before}" for line in task.lines]
    answering = " ".join(texts[at] for at in sorted(task.right | task.holds))
    for pattern in (_NAME, _YEAR):
        printed = {one for line in task.lines for one in pattern.findall(line.text)} - _NO_NAMES
        for old in (one.group() for one in pattern.finditer(task.question)):
            fit = sorted(one for one in printed if _fits(one, old, task.question, answering))
            if fit and old in answering:
                return _with(task, old, rng.choice(fit))
    return None


def _fits(new: str, old: str, question: str, answering: str) -> bool:
    apart = not terms.stems(new) & (terms.stems(question) | terms.stems(answering))
    return apart and len(new.split()) == len(old.split()) and new not in answering


def _with(task: Task, old: str, new: str) -> Task:
    question = task.question.replace(old, new)
    rest = terms.stems(question) - terms.stems(new)
    first = sorted(range(len(task.lines)), key=lambda at: at not in task.right)
    lines = tuple(task.lines[at] for at in first)
    return replace(
        task,
        question=question,
        lines=lines,
        right=frozenset(),
        holds=frozenset(
            at for at, line in enumerate(lines) if _may_answer(line, terms.stems(new), rest)
        ),
        overlap=tuple(task.overlap[at] for at in first),
        answerable=False,
        origin=f"{task.origin} swapped",
        answers={},
        vague=frozenset(line.article for line in lines),
        topical=frozenset(),
    )


def _may_answer(line: Line, name: frozenset[str] | set[str], rest: set[str]) -> bool:
    seen = line.own | line.around
    return bool(name & seen) and len(rest & seen) > SHARED * len(rest)
