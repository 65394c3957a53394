"""From figures and differences to rows of words, for the page and the terminal; and to JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any, TypeAlias

from assistant.evaluate.comparing import CAUTION, Difference
from assistant.evaluate.figures import Figure

Row: TypeAlias = tuple[str, ...]


def of_figures(figures: Iterable[Figure], asked: str = "questions") -> list[Row]:
    """A row of headings, and one for each figure; `asked`: what was counted."""
    return [
        ("figure", "value", "95 % interval", asked),
        *(
            (one.label, show(one.value), f"{show(one.low)} to {show(one.high)}", f"{one.count:,}")
            for one in figures
        ),
    ]


def of_differences(differences: Iterable[Difference]) -> list[Row]:
    """A row of headings, and one for each difference."""
    return [
        ("figure", "before", "now", "change", "95 % interval", "p", "questions", "verdict"),
        *(
            (
                one.label,
                show(one.old),
                show(one.new),
                f"{one.new - one.old:+.3f}",
                f"{one.low:+.3f} to {one.high:+.3f}",
                "" if one.p is None else f"{one.p:.3f}",
                f"{one.count:,}",
                one.verdict,
            )
            for one in differences
        ),
    ]


def show(value: float) -> str:
    """A figure as it is written: a count of words needs no thousandths."""
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.3f}"


def as_text(figures: Sequence[Figure], differences: Sequence[Difference]) -> str:
    """Both as tables for the terminal."""
    parts = [aligned(of_figures(figures))]
    if differences:
        parts += ["", "Against the older run", aligned(of_differences(differences)), CAUTION]
    return "\n".join(parts)


def aligned(rows: Sequence[Row]) -> str:
    """Columns as wide as their longest cell: words to the left, numbers to the right."""
    wide = [max(map(len, column)) for column in zip(*rows, strict=True)]
    left = {n for n, head in enumerate(rows[0]) if head in ("figure", "kind", "verdict")}
    return "\n".join(
        "  ".join(
            cell.ljust(wide[n]) if n in left else cell.rjust(wide[n]) for n, cell in enumerate(row)
        ).rstrip()
        for row in rows
    )


def as_json(
    figures: Iterable[Figure], differences: Sequence[Difference], *, results: str, questions: int
) -> str:
    """Both by their names, for scripts."""
    shown: dict[str, Any] = {
        "questions": questions,
        "results": results,
        "figures": {one.name: rounded(asdict(one)) for one in figures},
    }
    if differences:
        shown["differences"] = {one.name: rounded(asdict(one)) for one in differences}
    return json.dumps(shown, ensure_ascii=False, indent=2)


def rounded(fields: dict[str, Any]) -> dict[str, Any]:
    """Fields for JSON: numbers with four places, and no name, under which they stand."""
    return {
        name: round(value, 4) if isinstance(value, float) else value
        for name, value in fields.items()
        if name != "name"
    }
