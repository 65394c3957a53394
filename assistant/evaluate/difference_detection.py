"""How surely differing sources are told: python -m assistant.evaluate.difference_detection FILE."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.command_line import tidily
from assistant.evaluate.exam_questions import rows_of
from assistant.evidence.differences import differences
from assistant.records import Quote, Source

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
@tidily
def measure(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Pairs, one a line.")],
) -> None:
    """Say how many pairs are rightly told to differ, and show every other one.

    A line holds `question`, `one` and `other` (two quotes), `one_day` and `other_day` (when they
    were published), and `differ`.
    """
    rows = [row for file in files for row in rows_of(file)]
    told = [(row, bool(differences(row["question"], pair(row)))) for row in rows]
    right = sum(found and row["differ"] for row, found in told)
    found_all, real = sum(found for _, found in told), sum(row["differ"] for row in rows)
    typer.echo(f"pairs      {len(rows)}, of which {real} differ")
    typer.echo(f"precision  {right / max(1, found_all):.3f}  ({right} of {found_all})")
    typer.echo(f"recall     {right / max(1, real):.3f}  ({right} of {real})")
    for row, found in told:
        if found != row["differ"]:
            typer.echo(f"{'alarm' if found else 'missed'}: {row['one']} | {row['other']}")


def pair(row: dict[str, Any]) -> tuple[Quote, Quote]:
    """The two quotes of a line, as if printed by two outlets."""
    made = []
    for name in ("one", "other"):
        day = datetime.fromisoformat(row[f"{name}_day"]).replace(tzinfo=UTC)
        made.append(Quote(row[name], 0, len(row[name]), Source(name, "", name, published=day)))
    return made[0], made[1]


if __name__ == "__main__":
    app(prog_name="python -m assistant.evaluate.difference_detection")
