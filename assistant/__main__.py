"""python -m assistant "question": the answer in the terminal."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from assistant.command_line import Json, opened, tidily
from assistant.render.terminal import terminal

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
@tidily
def ask(
    question: Annotated[str, typer.Argument(help="What you want to know, in quotation marks.")],
    as_json: Json = False,
    today: Annotated[
        str | None,
        typer.Option(metavar="DAY", help="The day that 'yesterday' counts from. Default: today."),
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
    any_time: Annotated[
        bool,
        typer.Option(
            "--any-time",
            help="Do not filter by days, outlets, authors or headlines that the question names.",
        ),
    ] = False,
    as_typed: Annotated[
        bool, typer.Option("--as-typed", help="Change no word of the question, misspelt or not.")
    ] = False,
    publisher: Annotated[
        list[str] | None,
        typer.Option(metavar="OUTLET", help="Only this outlet. May be given again."),
    ] = None,
    tag: Annotated[
        list[str] | None, typer.Option(metavar="TAG", help="Only articles with one of these tags.")
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, max=20, help="Most quotations in the answer.")
    ] = None,
) -> None:
    """Answer a question from the stored articles, with quotations that are printed in them.

    Days are written 2022-03-08, and count as whole days. An answer that the articles do not hold
    is said to be missing; the command still exits with 0.
    """
    with opened(once=True) as assistant:
        reply = assistant.answer(
            question,
            today=today,
            as_of=as_of,
            since=since,
            until=until,
            any_time=any_time,
            as_typed=as_typed,
            publishers=publisher or (),
            tags=tag or (),
            limit=limit,
        )
    typer.echo(
        json.dumps(reply.to_dict(), ensure_ascii=False, indent=2)
        if as_json
        else terminal(reply, bold=sys.stdout.isatty())
    )


if __name__ == "__main__":
    app(prog_name="python -m assistant")
