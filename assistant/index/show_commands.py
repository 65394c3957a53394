"""python -m assistant.index list, show, votes: what the store holds, printed."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from assistant.command_line import Json, as_json, opened, tidily
from assistant.index.commands import app
from assistant.records import show_date


@app.command("list")
@tidily
def list_articles(json_wanted: Json = False) -> None:
    """List what is stored, the newest first."""
    with opened() as assistant:
        sources = assistant.store.sources()
    if json_wanted:
        keys = ("id", "title", "publisher", "author", "url")
        rows = [
            {
                **{key: getattr(source, key) for key in keys},
                "published": show_date(source.published),
                "incomplete": source.incomplete,
            }
            for source in sources
        ]
        typer.echo(as_json(rows))
        return
    table = Table("published", "outlet", "title", "id", box=None, header_style="bold")
    for source in sources:
        title = source.title + (f" (incomplete: {source.incomplete})" if source.incomplete else "")
        cells = (show_date(source.published) or "", source.publisher, title, source.id)
        table.add_row(*(Text(cell, overflow="fold") for cell in cells))
    Console().print(table)


@app.command()
@tidily
def show(
    id: Annotated[str, typer.Argument(help="The article's id, as `list` prints it.")],
    json_wanted: Json = False,
) -> None:
    """Show one article: the text that quotations are slices of."""
    with opened() as assistant:
        article = assistant.article(id)
    if json_wanted:
        typer.echo(as_json(article.to_dict()))
        return
    source = article.source
    lacking = f"incomplete: {source.incomplete}" if source.incomplete else ""
    day = show_date(source.published)
    facts = (source.publisher, source.author, day, lacking, source.url, source.id)
    typer.echo(f"{source.title}\n{' · '.join(fact for fact in facts if fact)}\n\n{article.text}")


@app.command()
@tidily
def votes() -> None:
    """Print what readers of the page thought of its answers, as JSON lines, the oldest first.

    Each line holds the vote, when it was given, the answer and where its hits stand; not who gave
    it.
    """
    with opened() as assistant:
        for one in assistant.store.conversations.votes():
            when = datetime.fromtimestamp(one.at, UTC).isoformat(timespec="seconds")
            hits = [
                {"article_id": hit.passage.source.id, "start": hit.passage.start,
                 "end": hit.passage.end, "score": round(hit.score, 4)}
                for hit in one.answer.hits
            ]  # fmt: skip
            told = {"vote": one.vote, "at": when, "answer": one.answer.to_dict(), "hits": hits}
            typer.echo(json.dumps(told, ensure_ascii=False))
