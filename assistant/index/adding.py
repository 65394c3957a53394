"""python -m assistant.index add: articles -> store, with progress and a sum."""

from __future__ import annotations

import logging
from collections import Counter
from typing import Annotated

import typer
from rich.text import Text

from assistant import articles
from assistant.index.door import Json, app, as_json, bar, errors, opened, tidily
from assistant.reading import Manner
from assistant.records import Outcome


@app.command()
@tidily
def add(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH_OR_URL...",
            help="Files (.txt .md .html .jsonl .jsonl.gz), folders, addresses of web pages "
            "(http, https), or - for JSON lines on standard input.",
        ),
    ],
    json_wanted: Json = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Show each line that was dropped as furniture.")
    ] = False,
    allow_private: Annotated[
        bool,
        typer.Option("--allow-private", help="Fetch also from this computer and its own networks."),
    ] = False,
) -> None:
    """Add articles. What is stored already and has not changed is left alone.

    A JSON line is one article: {"title", "text", "id"?, "publisher"?, "author"?, "url"?,
    "published"?}. A web page is fetched at a polite pace, where its robots.txt allows it, and read
    when it has changed; one that is gone for good (410) is removed. What cannot be read is
    skipped, with its reason; the rest is added. Exits with 1 when nothing could be added.
    """
    manner = Manner(allow_private=allow_private)
    counts: Counter[str] = Counter()
    outcomes: list[Outcome] = []
    notes = Notes(verbose)
    logging.getLogger("assistant").addHandler(notes)
    logging.getLogger("assistant").setLevel(logging.INFO)
    try:
        with opened() as assistant, bar("Adding", articles.count(paths)) as advance:
            for outcome in assistant.adding(paths, manner):
                advance(1)
                counts[outcome.status] += 1
                if json_wanted:
                    outcomes.append(outcome)
                if outcome.status in ("skipped", "removed"):
                    errors.print(Text(f"{outcome.status} {outcome.where}: {outcome.reason}"))
    finally:
        if notes.dropped:
            hint = "" if verbose else " (--verbose shows them)"
            errors.print(f"{notes.dropped:,} lines of page furniture dropped{hint}")
        _sum(counts, outcomes, json_wanted)
    if set(counts) <= {"skipped"}:
        raise typer.Exit(1)


class Notes(logging.Handler):
    """Counts the lines dropped from articles, and shows what else a reader of them notes."""

    def __init__(self, verbose: bool) -> None:
        super().__init__(logging.INFO)
        self.verbose = verbose
        self.dropped = 0

    def emit(self, record: logging.LogRecord) -> None:
        furniture = record.levelno == logging.INFO and record.msg.startswith("dropped")
        self.dropped += furniture
        if record.levelno >= logging.WARNING or (furniture and self.verbose):
            errors.print(Text(record.getMessage()))


def _sum(counts: Counter[str], outcomes: list[Outcome], json_wanted: bool) -> None:
    kinds = ["added", "updated", "unchanged", "skipped"]
    kinds += ["removed"] if json_wanted or counts["removed"] else []
    if json_wanted:
        shown = [
            {name: getattr(outcome, name) for name in Outcome.__dataclass_fields__}
            for outcome in outcomes
        ]
        typer.echo(as_json({**{kind: counts[kind] for kind in kinds}, "articles": shown}))
    else:
        typer.echo(", ".join(f"{counts[kind]:,} {kind}" for kind in kinds))
