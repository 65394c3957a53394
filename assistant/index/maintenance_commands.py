"""python -m assistant.index remove, removed, undo, stats, verify, rebuild: the store's care."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from assistant.command_line import Json, as_json, bar, errors, opened, tidily
from assistant.index.commands import app
from assistant.indexing.bring_back import bring_back
from assistant.store import maintenance


@app.command()
@tidily
def remove(
    ids: Annotated[list[str], typer.Argument(metavar="ID...", help="Ids, as `list` prints them.")],
    for_good: Annotated[
        bool, typer.Option("--for-good", help="Keep nothing of them: this cannot be undone.")
    ] = False,
    json_wanted: Json = False,
) -> None:
    """Remove articles, so that `undo` can bring them back for 30 days.

    Exits with 1 when one of them is not stored.
    """
    with opened() as assistant:
        gone = {id: assistant.store.remove(id, "by hand", for_good=for_good) for id in ids}
        assistant.store.near.catch_up()
    if json_wanted:
        typer.echo(as_json({"removed": [id for id in ids if gone[id]]}))
    else:
        typer.echo(f"{sum(gone.values())} removed")
    for id in (id for id in ids if not gone[id]):
        errors.print(Text(f"Error: no article has the id {id!r}. The ids are in: list"))
    if not all(gone.values()):
        raise typer.Exit(1)


@app.command("removed")
@tidily
def list_removed(json_wanted: Json = False) -> None:
    """List what was removed in the last 30 days, the last first: `undo` brings it back."""
    with opened() as assistant:
        found = assistant.store.removals.all()
    if json_wanted:
        typer.echo(as_json([one.to_dict() for one in found]))
        return
    table = Table("removed", "kept until", "why", "title", "id", box=None, header_style="bold")
    for one in found:
        days = (f"{one.at:%Y-%m-%d %H:%M}", f"{one.until:%Y-%m-%d}")
        cells = (*days, one.reason, one.title, one.id)
        table.add_row(*(Text(cell, overflow="fold") for cell in cells))
    Console().print(table)


@app.command()
@tidily
def undo(
    ids: Annotated[
        list[str], typer.Argument(metavar="ID...", help="Ids, as `removed` prints them.")
    ],
    json_wanted: Json = False,
) -> None:
    """Bring back articles that were removed, with their earlier texts."""
    with opened() as assistant:
        again = bring_back(
            ids, assistant.store, assistant.embedder, budget=assistant.settings.passage_tokens
        )
        titles = {outcome.id: outcome.title for outcome in again}
    if json_wanted:
        typer.echo(as_json({"brought_back": list(titles)}))
    else:
        typer.echo(f"{len(titles):,} brought back")


@app.command()
@tidily
def stats(json_wanted: Json = False) -> None:
    """Say how much is stored, and by which embedding."""
    with opened() as assistant:
        figures = maintenance.stats(assistant.store)
    if json_wanted:
        typer.echo(as_json(figures))
        return
    for name, value in figures.items():
        typer.echo(
            f"{name:10} {value:,}" if isinstance(value, int) else f"{name:10} {value or '-'}"
        )


@app.command()
@tidily
def verify(json_wanted: Json = False) -> None:
    """Prove that the store is whole. Exits with 1 when anything is amiss."""
    with opened() as assistant:
        store = assistant.store
        with bar("Verifying", maintenance.stats(store)["articles"]) as advance:
            amiss = maintenance.verify(store, advance)
    if json_wanted:
        typer.echo(as_json({"ok": not amiss, "amiss": amiss}))
    else:
        typer.echo("\n".join(amiss) if amiss else "The store is whole.")
    if amiss:
        restore = "Put a backup back: python -m assistant.index restore PATH"
        mend = "Put it right with: python -m assistant.index rebuild"
        errors.print(restore if maintenance.needs_backup(amiss) else mend)
        raise typer.Exit(1)


@app.command()
@tidily
def rebuild(
    embed: Annotated[
        bool, typer.Option("--embed", help="Embed every passage, also those that did not change.")
    ] = False,
    json_wanted: Json = False,
) -> None:
    """Make passages, word index and Chroma anew from the stored articles, as the settings now are.

    Only passages whose words or embedding changed are embedded. Until it is done, and if it is
    stopped, the store stays as it was.
    """
    with opened() as assistant:
        store = assistant.store
        budget = assistant.settings.passage_tokens
        with bar("Rebuilding", maintenance.stats(store)["articles"]) as advance:
            done = maintenance.rebuild(
                store, assistant.embedder, budget=budget, progress=advance, embed=embed
            )
        figures = maintenance.stats(store)
    if json_wanted:
        typer.echo(as_json({**figures, "kept": done.kept, "embedded": done.embedded}))
    else:
        typer.echo(f"{figures['articles']:,} articles, {figures['passages']:,} passages; {done}")
