"""python -m assistant.index backup, restore, export: a store -> a copy of it, and back."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.text import Text

from assistant.command_line import Json, as_json, bar, errors, opened, tidily
from assistant.errors import BadArticle, BadSetting, NoIndex
from assistant.index.commands import app
from assistant.indexing.adding import BATCH
from assistant.records import Article
from assistant.settings import Settings
from assistant.sources.build_article import article
from assistant.sources.cleaning.repeated_lines import drop_recurring
from assistant.store import backup as copying
from assistant.store import maintenance


@app.command()
@tidily
def backup(
    path: Annotated[
        Path, typer.Argument(metavar="PATH", help="A file, or a folder that is there.")
    ],
    force: Annotated[bool, typer.Option("--force", help="Replace what is there.")] = False,
    json_wanted: Json = False,
) -> None:
    """Copy the store to one file, whole as it is at one moment.

    Others may ask and add meanwhile. The copy is proved whole before it gets its name; Chroma is
    not in it, since it is made anew from it.
    """
    folder = _own_folder()
    if not (folder / copying.NAME).is_file():
        raise NoIndex(f"No articles have been indexed in {folder}: there is nothing to back up.")
    done = copying.backup(folder, path, force=force)
    figures = {"path": str(done.path), "articles": done.articles, "bytes": done.bytes}
    line = f"{done.articles:,} articles, {done.bytes:,} bytes: {done.path}"
    typer.echo(as_json(figures) if json_wanted else line)


@app.command()
@tidily
def restore(
    path: Annotated[
        Path, typer.Argument(metavar="PATH", help="A backup: its file, or the folder it is in.")
    ],
    json_wanted: Json = False,
) -> None:
    """Put a backup in the place of the store, conversations and votes included.

    The backup is proved whole first. What was there is kept beside it.
    """
    done = copying.restore(_own_folder(), path)
    before = str(done.before) if done.before else None
    figures = {"path": str(done.path), "articles": done.articles, "before": before}
    line = f"{done.articles:,} articles restored to {done.path}"
    typer.echo(as_json(figures) if json_wanted else line)
    if before and not json_wanted:
        typer.echo(f"What was there is kept as {before}")


@app.command()
@tidily
def export() -> None:
    """Print all articles as JSON lines, in the form that `add` takes, in the order they came.

    Passages, vectors, conversations, votes and when a page was fetched are not in it.
    """
    altered: list[str] = []
    with opened() as assistant:
        store = assistant.store
        stored = store.each()
        with bar("Exporting", maintenance.stats(store)["articles"]) as advance:
            while batch := list(islice(stored, BATCH)):
                for one in batch:
                    typer.echo(json.dumps(as_line(one), ensure_ascii=False))
                    advance(1)
                altered += _altered(batch)
    if altered:
        some = ", ".join(altered[:3]) + (" ..." if len(altered) > 3 else "")
        errors.print(Text(f"{len(altered):,} articles would change when added again: {some}"))


def _own_folder() -> Path:
    """The store's folder; raises `BadSetting` when its articles are not in it."""
    settings = Settings.from_env()
    if settings.database_url.get_secret_value():
        raise BadSetting(
            "The articles are in PostgreSQL (ASSISTANT_DATABASE_URL), whose own programs copy it: "
            "pg_dump --format custom --file FILE ADDRESS, and pg_restore --dbname ADDRESS FILE"
        )
    return settings.store


def as_line(one: Article) -> dict[str, Any]:
    """An article as a JSON line that `add` takes; what is not known is left out."""
    source = one.source
    line = {
        "id": source.id,
        "title": source.title,
        "text": one.text,
        "publisher": source.publisher,
        "author": source.author,
        "url": source.url,
        "published": source.published.isoformat() if source.published else "",
        "updated": source.updated.isoformat() if source.updated else "",
        "tags": list(source.tags),
        "incomplete": source.incomplete,
    }
    return {name: value for name, value in line.items() if value}


def _altered(batch: list[Article]) -> list[str]:
    """The ids of those that `add` would not store as they are: it would clean them further."""
    kept = drop_recurring(batch)
    return [
        one.source.id
        for one, shorn in zip(batch, kept, strict=True)
        if shorn.text != one.text or _again(one) != as_line(one)
    ]


def _again(one: Article) -> dict[str, Any]:
    line = as_line(one)
    try:
        return as_line(article(**{"title": "", **line}))
    except BadArticle:
        return {}
