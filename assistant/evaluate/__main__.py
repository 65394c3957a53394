"""python -m assistant.evaluate FOLDER: figures on a folder of articles and questions."""

from __future__ import annotations

from pathlib import Path

import typer

from assistant.ask import Assistant
from assistant.command_line import Json, tidily
from assistant.errors import BadSetting
from assistant.evaluate import ask_all, build_store, comparing, exam_questions, figure_rows, report
from assistant.evaluate import evaluate_options as options
from assistant.evaluate.failures import failures
from assistant.evaluate.figures import figures, paired
from assistant.evaluate.report import Run
from assistant.settings import Settings

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
    as_json: Json = False,
) -> None:
    """Ask questions whose answers are known, and say how good the answers are.

    The index is built once. A stopped run goes on where it stopped. Changed articles, settings or
    code begin a new file of results. --since and --until leave unanswerable questions alone.
    """
    asked = exam_questions.asked(target, since=since, until=until, sample=sample)
    old = ask_all.load(compare)[1] if compare else {}
    files = build_store.article_files(target, [*(also or ()), *(more or ())])
    settings = Settings.from_env()
    store = store or build_store.default_store(files, settings)
    assistant = Assistant(settings.model_copy(update={"store": store, **build_store.LOCAL}))
    try:
        if not as_is:
            build_store.build(assistant, files)
        known = ask_all.fingerprint(assistant)
        file = results or store / f"results-{target.resolve().stem}-{known}.jsonl"
        found = ask_all.run(assistant, asked, file, fresh=fresh)
        pairs = paired(asked, found)
        counted = figures(pairs)
        differences = comparing.compare(asked, old, found) if compare else []
        if html:
            notes = [f"{len(pairs):,} questions; program and articles {known}; results in {file}"]
            notes += [f"Compared with {compare}"] if compare else []
            wrong = failures(assistant, pairs)
            earlier = paired([question for question, _ in pairs], old)
            run = Run(str(target), notes, counted, pairs, wrong, differences, earlier)
            _write(html, report.page(run))
    finally:
        assistant.close()
    if as_json:
        shown = figure_rows.as_json(counted, differences, results=str(file), questions=len(pairs))
        typer.echo(shown)
    else:
        typer.echo(figure_rows.as_text(counted, differences))
        typer.echo(f"{len(pairs):,} questions; results in {file}")


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadSetting(f"{file} cannot be written: {error.strerror}. Name another.") from error


if __name__ == "__main__":
    app(prog_name="python -m assistant.evaluate")
