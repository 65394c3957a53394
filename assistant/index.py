"""python -m assistant.index: articles -> store, with progress and a sum; and the store's care."""

from __future__ import annotations

import json
import logging
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import wraps
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from assistant import articles
from assistant.ask import Assistant
from assistant.errors import AssistantError
from assistant.records import Outcome, show_date
from assistant.settings import Settings
from assistant.store import care

app = typer.Typer(
    help="Add articles to the store that questions are answered from, and look after it. "
    "The store is the folder ASSISTANT_STORE, by default index/store.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
errors = Console(stderr=True, soft_wrap=True)
Json = Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")]


def tidily(command: Callable[..., None]) -> Callable[..., None]:
    """Turn what a person can act on into one clean line on standard error, and exit code 1."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        try:
            command(*args, **kwargs)
        except AssistantError as error:
            errors.print(Text(f"Error: {error}", style="red"))
            raise typer.Exit(1) from error
        except KeyboardInterrupt:
            errors.print("Stopped. What was stored stays; run the same command to go on.")
            raise typer.Exit(130) from None
        except BrokenPipeError:
            sys.stderr.close()  # the reader of our output left: no complaint at exit either
            raise typer.Exit(1) from None

    return run


@contextmanager
def opened() -> Iterator[Assistant]:
    """The assistant of this environment, closed at the end."""
    assistant = Assistant(Settings.from_env())
    try:
        yield assistant
    finally:
        assistant.close()


@app.command()
@tidily
def add(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH...",
            help="Files (.txt .md .html .jsonl .jsonl.gz), folders, or - for JSON lines on "
            "standard input.",
        ),
    ],
    as_json: Json = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Show each line that was dropped as furniture.")
    ] = False,
) -> None:
    """Add articles. What is stored already and has not changed is left alone.

    A JSON line is one article: {"title", "text", "id"?, "publisher"?, "author"?, "url"?,
    "published"?}. What cannot be read is skipped, with its reason; the rest is added. Exits with
    1 when nothing could be added.
    """
    counts: Counter[str] = Counter()
    outcomes: list[Outcome] = []
    notes = Notes(verbose)
    logging.getLogger("assistant").addHandler(notes)
    logging.getLogger("assistant").setLevel(logging.INFO)
    try:
        with opened() as assistant, _bar("Adding", articles.count(paths)) as advance:
            for outcome in assistant.adding(paths):
                advance(1)
                counts[outcome.status] += 1
                if as_json:
                    outcomes.append(outcome)
                if outcome.status == "skipped":
                    errors.print(Text(f"skipped {outcome.where}: {outcome.reason}"))
    finally:
        if notes.dropped:
            hint = "" if verbose else " (--verbose shows them)"
            errors.print(f"{notes.dropped:,} lines of page furniture dropped{hint}")
        _sum(counts, outcomes, as_json)
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


def _sum(counts: Counter[str], outcomes: list[Outcome], as_json: bool) -> None:
    kinds = ("added", "updated", "unchanged", "skipped")
    if as_json:
        shown = [
            {name: getattr(outcome, name) for name in Outcome.__dataclass_fields__}
            for outcome in outcomes
        ]
        typer.echo(_json({**{kind: counts[kind] for kind in kinds}, "articles": shown}))
    else:
        typer.echo(", ".join(f"{counts[kind]:,} {kind}" for kind in kinds))


@contextmanager
def _bar(what: str, total: int | None) -> Iterator[Callable[[int], None]]:
    """A bar with count, rate and time left on standard error; nothing where no one looks."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=errors, disable=not errors.is_terminal) as progress:
        task = progress.add_task(what, total=total, rate="")

        def advance(count: int) -> None:
            speed = progress.tasks[task].speed
            progress.update(task, advance=count, rate=f"{speed:.1f} a second" if speed else "")

        yield advance


@app.command("list")
@tidily
def list_articles(as_json: Json = False) -> None:
    """List what is stored, the newest first."""
    with opened() as assistant:
        sources = assistant.store.sources()
    if as_json:
        keys = ("id", "title", "publisher", "author", "url")
        rows = [
            {
                **{key: getattr(source, key) for key in keys},
                "published": show_date(source.published),
            }
            for source in sources
        ]
        typer.echo(_json(rows))
        return
    table = Table("published", "outlet", "title", "id", box=None, header_style="bold")
    for source in sources:
        cells = (show_date(source.published) or "", source.publisher, source.title, source.id)
        table.add_row(*(Text(cell, overflow="fold") for cell in cells))
    Console().print(table)


@app.command()
@tidily
def show(
    id: Annotated[str, typer.Argument(help="The article's id, as `list` prints it.")],
    as_json: Json = False,
) -> None:
    """Show one article: the text that quotations are slices of."""
    with opened() as assistant:
        article = assistant.article(id)
    if as_json:
        typer.echo(_json(article.to_dict()))
        return
    source = article.source
    facts = (source.publisher, source.author, show_date(source.published), source.url, source.id)
    typer.echo(f"{source.title}\n{' · '.join(fact for fact in facts if fact)}\n\n{article.text}")


@app.command()
@tidily
def remove(
    ids: Annotated[list[str], typer.Argument(metavar="ID...", help="Ids, as `list` prints them.")],
    as_json: Json = False,
) -> None:
    """Remove articles. Exits with 1 when one of them is not stored."""
    with opened() as assistant:
        gone = {id: assistant.store.remove(id) for id in ids}
        assistant.store.near.catch_up()
    if as_json:
        typer.echo(_json({"removed": [id for id in ids if gone[id]]}))
    else:
        typer.echo(f"{sum(gone.values())} removed")
    for id in (id for id in ids if not gone[id]):
        errors.print(Text(f"Error: no article has the id {id!r}. The ids are in: list"))
    if not all(gone.values()):
        raise typer.Exit(1)


@app.command()
@tidily
def stats(as_json: Json = False) -> None:
    """Say how much is stored, and by which embedding."""
    with opened() as assistant:
        figures = care.stats(assistant.store)
    if as_json:
        typer.echo(_json(figures))
        return
    for name, value in figures.items():
        typer.echo(
            f"{name:10} {value:,}" if isinstance(value, int) else f"{name:10} {value or '-'}"
        )


@app.command()
@tidily
def verify(as_json: Json = False) -> None:
    """Prove that the store is whole. Exits with 1 when anything is amiss."""
    with opened() as assistant:
        amiss = care.verify(assistant.store)
    if as_json:
        typer.echo(_json({"ok": not amiss, "amiss": amiss}))
    else:
        typer.echo("\n".join(amiss) if amiss else "The store is whole.")
    if amiss:
        errors.print("Put it right with: python -m assistant.index rebuild")
        raise typer.Exit(1)


@app.command()
@tidily
def rebuild(as_json: Json = False) -> None:
    """Make passages and vectors anew from the stored articles, with the embedding now set.

    Until it is done, and if it is stopped, the store stays as it was.
    """
    with opened() as assistant:
        store = assistant.store
        budget = assistant.settings.passage_tokens
        with _bar("Rebuilding", len(store.sources())) as advance:
            care.rebuild(store, assistant.embedder, budget=budget, progress=advance)
        figures = care.stats(store)
    line = f"{figures['articles']:,} articles, {figures['passages']:,} passages"
    typer.echo(_json(figures) if as_json else line)


@app.command()
@tidily
def votes() -> None:
    """Print what readers of the page thought of its answers, as JSON lines, the oldest first.

    Each line holds the vote, when it was given, the answer and where its hits stand; not who gave
    it.
    """
    with opened() as assistant:
        for one in assistant.store.kept.votes():
            when = datetime.fromtimestamp(one.at, UTC).isoformat(timespec="seconds")
            hits = [
                {"article_id": hit.passage.source.id, "start": hit.passage.start,
                 "end": hit.passage.end, "score": round(hit.score, 4)}
                for hit in one.answer.hits
            ]  # fmt: skip
            told = {"vote": one.vote, "at": when, "answer": one.answer.to_dict(), "hits": hits}
            typer.echo(json.dumps(told, ensure_ascii=False))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


if __name__ == "__main__":
    app(prog_name="python -m assistant.index")
