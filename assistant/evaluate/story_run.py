"""From stories to what the command prints of them: build, ask, judge, count, compare."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path

from rich.text import Text

from assistant.command_line import errors
from assistant.errors import BadSetting
from assistant.evaluate import ask_all, build_store, story_exam, story_figures, story_judging
from assistant.evaluate import story_rows as rows
from assistant.evaluate.ask_all import Result
from assistant.evaluate.evaluate_options import Manner
from assistant.evaluate.story_exam import Request
from assistant.evaluate.story_judging import Judged


def run(
    stories: Sequence[Path],
    target: Path,
    manner: Manner,
    *,
    voices: bool = False,
    endings: Sequence[str] = (),
) -> str:
    """Ask what the stories' readers ask, and give the tables or JSON that are printed.

    `voices` and `endings` as for `story_exam.asked`.
    """
    exam = story_exam.asked(stories, voices=voices, endings=endings, sample=manner.sample)
    old = ask_all.load(manner.compare)[1] if manner.compare else {}
    both = [one for one in exam if ask_all.same(one.question, old.get(one.question.id))]
    if manner.compare and not both:
        raise BadSetting(f"{manner.compare} has no result of these requests. Name another.")
    files = build_store.distinct([*stories, *manner.others])
    with build_store.indexed(files, manner.store, as_is=manner.as_is) as assistant:
        texts = story_judging.texts(assistant, exam)
        _warn(story_judging.unknown(exam, texts))
        if story_judging.moved((old[one.question.id] for one in both), texts):
            raise BadSetting(f"{manner.compare} quotes articles that have changed. Ask it anew.")
        file = manner.results or ask_all.default_file(assistant, target)
        # As a reader gets it, with as many quotes; the search alone is not looked at.
        asking = functools.partial(ask_all.ask, search=False, limit=None)
        questions = [one.question for one in exam]
        found = ask_all.run(assistant, questions, file, fresh=manner.fresh, asking=asking)
    judged = _judged(exam, found, texts)
    kinds, figures = story_figures.by_kind(judged), story_figures.figures(judged)
    now = _judged(both, found, texts)
    changes = story_figures.changes(_judged(both, old, texts), now) if both else []
    if manner.as_json:
        return rows.as_json(kinds, figures, changes, results=str(file), requests=len(exam))
    told = rows.as_text(kinds, figures, changes)
    return f"{told}\n{len(exam):,} requests; results in {file}"


def _judged(
    requests: Sequence[Request], results: dict[str, Result], texts: dict[str, str]
) -> list[Judged]:
    return [story_judging.judged(one, results[one.question.id], texts) for one in requests]


def _warn(unknown: Sequence[str]) -> None:
    """Say which requests can never be wholly right."""
    if unknown:
        errors.print(
            Text(
                f"{len(unknown):,} requests have a sentence that does not stand in its article as "
                f"it is stored, so no quote covers it; the first is {unknown[0]}. Copy it anew."
            )
        )
