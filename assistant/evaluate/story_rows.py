"""From the figures of stories to tables for the terminal, and to JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from assistant.evaluate import figure_rows
from assistant.evaluate.comparing import CAUTION
from assistant.evaluate.figure_rows import Row, aligned, rounded
from assistant.evaluate.figures import Figure
from assistant.evaluate.story_figures import Change, Kind, kind_name


def as_text(kinds: Sequence[Kind], figures: Sequence[Figure], changes: Sequence[Change]) -> str:
    """A table by kind, one of the figures over all, and one of the changes if there are any."""
    parts = [aligned(_of_kinds(kinds)), "", aligned(figure_rows.of_figures(figures, "requests"))]
    if changes:
        parts += ["", "Against the older run", aligned(_of_changes(changes)), CAUTION]
    return "\n".join(parts)


def _of_kinds(kinds: Sequence[Kind]) -> list[Row]:
    return [
        ("kind", "n", "right", "recall", "precision", "refused", "quotes"),
        *(
            (
                kind_name(one.kind, refuse=one.refuse),
                f"{one.n:,}",
                *map(_share, (one.right, one.recall, one.precision, one.refused)),
                f"{one.quotes:.1f}",
            )
            for one in kinds
        ),
    ]


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _of_changes(changes: Sequence[Change]) -> list[Row]:
    heads, *rows = figure_rows.of_differences(one.difference for one in changes)
    turned = [
        ("-" if n is None else f"{n:,}" for n in (one.turned_right, one.turned_wrong))
        for one in changes
    ]
    return [
        (*heads[:-1], "turned right", "turned wrong", heads[-1]),
        *((*row[:-1], *both, row[-1]) for row, both in zip(rows, turned, strict=True)),
    ]


def as_json(
    kinds: Sequence[Kind],
    figures: Sequence[Figure],
    changes: Sequence[Change],
    *,
    results: str,
    requests: int,
) -> str:
    """All of it, for scripts."""
    shown: dict[str, Any] = {
        "requests": requests,
        "results": results,
        "kinds": [rounded(asdict(one)) for one in kinds],
        "figures": {one.name: rounded(asdict(one)) for one in figures},
    }
    if changes:
        shown["differences"] = {
            one.difference.name: {
                **rounded(asdict(one.difference)),
                "turned_right": one.turned_right,
                "turned_wrong": one.turned_wrong,
            }
            for one in changes
        }
    return json.dumps(shown, ensure_ascii=False, indent=2)
