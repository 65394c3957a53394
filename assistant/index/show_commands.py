"""python -m assistant.index list, show, tags, tag, votes: what the store holds, printed."""

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
from assistant.questions import asked_tags
from assistant.records import Filters, show_date
from assistant.sources.build_article import tags_of


@app.command("list")
@tidily
def list_articles(
    tag: Annotated[
        list[str] | None, typer.Option(metavar="TAG", help="Only articles with this tag.")
    ] = None,
    json_wanted: Json = False,
) -> None:
    """List what is stored, the newest first."""
    with opened() as assistant:
        only = asked_tags.checked(Filters(tags=tuple(tag or ())), assistant.store)
        sources = assistant.store.sources(only)
    if json_wanted:
        keys = ("id", "title", "publisher", "author", "url")
        rows = [
            {
                **{key: getattr(source, key) for key in keys},
                "published": show_date(source.published),
                "tags": list(source.tags),
                "incomplete": source.incomplete,
            }
            for source in sources
        ]
        typer.echo(as_json(rows))
        return
    shown = ["tags"] if any(source.tags for source in sources) else []
    table = Table("published", "outlet", "title", "id", *shown, box=None, header_style="bold")
    for source in sources:
        title = source.title + (f" (incomplete: {source.incomplete})" if source.incomplete else "")
        cells = [show_date(source.published) or "", source.publisher, title, source.id]
        cells += [", ".join(source.tags)] if shown else []
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
    facts = [source.publisher, source.author, show_date(source.published)]
    facts += [f"incomplete: {source.incomplete}"] if source.incomplete else []
    facts += [source.url, source.id]
    facts += [f"tags: {', '.join(source.tags)}"] if source.tags else []
    facts += [f"an earlier text of {source.version_of}"] if source.version_of else []
    typer.echo(f"{source.title}\n{' · '.join(fact for fact in facts if fact)}\n\n{article.text}")


@app.command()
@tidily
def tags(json_wanted: Json = False) -> None:
    """List the tags, and how many articles have each."""
    with opened() as assistant:
        found = assistant.store.tags.all()
    if json_wanted:
        typer.echo(as_json(found))
        return
    for name, number in found.items():
        typer.echo(f"{number:>8,} {name}")


@app.command()
@tidily
def tag(
    ids: Annotated[list[str], typer.Argument(metavar="ID...", help="Ids, as `list` prints them.")],
    add: Annotated[list[str] | None, typer.Option(metavar="TAG", help="A tag to give.")] = None,
    remove: Annotated[list[str] | None, typer.Option(metavar="TAG", help="One to take.")] = None,
    json_wanted: Json = False,
) -> None:
    """Give tags to articles, or take them. One that is taken stays away, whatever a file says.

    Nothing is changed when one of the articles is not stored.
    """
    given, taken = tags_of(add or ()), tags_of(remove or ())
    if not (given or taken):
        raise typer.BadParameter("name a tag: --add TAG or --remove TAG")
    with opened() as assistant:
        for id in ids:
            assistant.article(id)
        assistant.store.tags.change(ids, add=given, remove=taken)
        found = {id: list(assistant.article(id).source.tags) for id in ids}
    if json_wanted:
        typer.echo(as_json(found))
        return
    for id, names in found.items():
        typer.echo(f"{id}: {', '.join(names) or 'no tags'}")


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
