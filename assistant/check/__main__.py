"""python -m assistant.check DRAFT: is every quotation in it printed, and by whom said?"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated, Literal

import typer

from assistant.command_line import Json, bar, opened, tidily
from assistant.drafts import compare_reports
from assistant.drafts.read_draft import read_draft
from assistant.errors import BadSetting
from assistant.records import Report
from assistant.render.report_html import report_page
from assistant.render.report_text import report_markdown, report_terminal

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
Form = Literal["text", "json", "markdown", "html"]


def _json(report: Report) -> str:
    return json.dumps(report.to_dict(), ensure_ascii=False, indent=2)


FORMS: dict[Form, Callable[[Report], str]] = {
    "text": report_terminal,
    "json": _json,
    "markdown": report_markdown,
    "html": report_page,
}


@app.command()
@partial(tidily, code=2)
def check(
    draft: Annotated[
        str, typer.Argument(help="A file (.txt .md .html .docx .pdf), or - for standard input.")
    ],
    as_json: Json = False,
    form: Annotated[
        str, typer.Option("--format", metavar="FORM", help="text, json, markdown or html.")
    ] = "text",
    compare: Annotated[
        Path | None,
        typer.Option(metavar="REPORT", help="An earlier report (json): say what changed since."),
    ] = None,
    as_of: Annotated[
        str | None, typer.Option(metavar="DAY", help="Use nothing published after this day.")
    ] = None,
    since: Annotated[
        str | None, typer.Option(metavar="DAY", help="Only articles published since this day.")
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="DAY", help="Only articles published until this day.")
    ] = None,
    publisher: Annotated[
        list[str] | None,
        typer.Option(metavar="OUTLET", help="Only this outlet. May be given again."),
    ] = None,
    tag: Annotated[
        list[str] | None, typer.Option(metavar="TAG", help="Only articles with one of these tags.")
    ] = None,
) -> None:
    """Say of each quotation in a draft whether it is printed and by whom said, and of each
    statement whether the articles bear it out.

    Exits with 1 when something is altered, joined, given to another or contradicted, with 2 when
    the draft or an option cannot be used, else with 0.
    """
    chosen = "json" if as_json else form
    if chosen not in FORMS:
        raise BadSetting(f"--format is {form!r}. Write one of: {', '.join(FORMS)}.")
    before = compare_reports.earlier(compare) if compare else None
    with opened(once=True) as assistant:
        text = read_draft(draft, assistant.settings.article_bytes)
        with bar("Checking", None) as advance:
            report = assistant.check(
                text,
                progress=lambda done, of: advance(1 if done else 0),
                as_of=as_of,
                since=since,
                until=until,
                publishers=publisher or (),
                tags=tag or (),
            )
    if before is not None:
        report = replace(report, since=compare_reports.changed(report, before))
    typer.echo(next(told for name, told in FORMS.items() if name == chosen)(report))
    if not report.is_clean:
        raise typer.Exit(1)


if __name__ == "__main__":
    app(prog_name="python -m assistant.check")
