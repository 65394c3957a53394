"""python -m assistant.evaluate FOLDER: figures on a folder of articles and questions."""

from __future__ import annotations

from pathlib import Path

import typer

from assistant.command_line import Json, tidily
from assistant.errors import BadSetting
from assistant.evaluate import (
    ask_all,
    build_store,
    comparing,
    exam_questions,
    figure_rows,
    report,
    story_files,
    story_run,
)
from assistant.evaluate import evaluate_options as options
from assistant.evaluate.evaluate_options import Manner
from assistant.evaluate.exam_questions import Question
from assistant.evaluate.failures import failures
from assistant.evaluate.figures import figures, paired
from assistant.evaluate.report import Run

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
@tidily
def evaluate(
    target: options.Target,
    more: options.More = None,
    also: options.Also = None,
    store: options.Store = None,
    as_is: options.AsIs = False,
    results: options.Results = None,
    fresh: options.Fresh = False,
    compare: options.Compare = None,
    html: options.Html = None,
    since: options.Since = "",
    until: options.Until = "",
    sample: options.Sample = 0,
    voices: options.Voices = False,
    endings: options.Endings = None,
    as_json: Json = False,
) -> None:
    """Ask questions whose answers are known, and say how good the answers are.

    The index is built once. A stopped run goes on where it stopped. Changed articles, settings or
    code begin a new file of results. --since and --until leave unanswerable questions alone.
    """
    # --with and --stories take one word each: typer leaves those after it to `more`.
    ids = [word for word in more or () if endings and not word.exists()]
    rest = [word for word in more or () if word not in ids]
    others = [*(also or ()), *rest]
    manner = Manner(others, store, as_is, results, fresh, compare, sample, as_json)
    if stories := story_files.among(target, () if also else rest):
        _fitting("stories", {"--html": html, "--since": since, "--until": until})
        chosen = [*(endings or ()), *map(str, ids)]
        typer.echo(story_run.run(stories, target, manner, voices=voices, endings=chosen))
    else:
        _fitting("questions", {"--voices": voices, "--stories": endings})
        asked = exam_questions.asked(target, since=since, until=until, sample=sample)
        typer.echo(_questions(asked, target, manner, html))


def _fitting(what: str, given: dict[str, object]) -> None:
    """Raise `BadSetting` for an option that was given and does not fit what is asked."""
    for name, value in given.items():
        if value:
            raise BadSetting(f"{name} does not fit {what}. Leave it out.")


def _questions(asked: list[Question], target: Path, manner: Manner, html: Path | None) -> str:
    """Ask them, write the page if one is wanted, and give the tables or JSON that are printed."""
    old = ask_all.load(manner.compare)[1] if manner.compare else {}
    files = build_store.article_files(target, manner.others)
    with build_store.indexed(files, manner.store, as_is=manner.as_is) as assistant:
        file = manner.results or ask_all.default_file(assistant, target)
        found = ask_all.run(assistant, asked, file, fresh=manner.fresh)
        pairs = paired(asked, found)
        counted = figures(pairs)
        differences = comparing.compare(asked, old, found) if manner.compare else []
        if html:
            known = ask_all.fingerprint(assistant)
            notes = [f"{len(pairs):,} questions; program and articles {known}; results in {file}"]
            notes += [f"Compared with {manner.compare}"] if manner.compare else []
            wrong = failures(assistant, pairs)
            earlier = paired([question for question, _ in pairs], old)
            run = Run(str(target), notes, counted, pairs, wrong, differences, earlier)
            _write(html, report.page(run))
    if manner.as_json:
        return figure_rows.as_json(counted, differences, results=str(file), questions=len(pairs))
    told = figure_rows.as_text(counted, differences)
    return f"{told}\n{len(pairs):,} questions; results in {file}"


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadSetting(f"{file} cannot be written: {error.strerror}. Name another.") from error


if __name__ == "__main__":
    app(prog_name="python -m assistant.evaluate")
