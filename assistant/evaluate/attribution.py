"""python -m assistant.evaluate.attribution FILE: how often the speaker is found, and rightly."""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.command_line import Json, tidily
from assistant.evaluate.exam_questions import rows_of
from assistant.text.attribution.attributions import attributions
from assistant.text.attribution.resolve_speaker import Speaker

_SMALL = frozenset("the a an of for and in at mr mrs ms dr s".split())

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@dataclass(frozen=True, slots=True)
class Asked:
    """One marked attribution, and the speaker that was found for its words."""

    article: str
    content: str
    cue: str
    source: str
    span: tuple[int, int]
    found: Speaker | None

    @property
    def right(self) -> bool:
        """Does the name share a word with the marked source, or the mention lie in it?"""
        if self.found is None:
            return False
        low, high = self.span
        touches = self.found.start < high and low < self.found.end
        return touches or bool(_words(self.found.name) & _words(self.source))

    @property
    def outcome(self) -> str:
        """What happened, in words that group like with like."""
        if self.right:
            return "right"
        kind = _kind(self.source)
        if self.found is None:
            cue = "everyday cue" if self.cue.split(" ")[0].lower() in _COMMON else "rarer cue"
            return f"none found: {cue}, {kind}"
        return f"wrong: {kind}"


_COMMON = frozenset("said says told asked added according wrote said: ― :".split())


def _words(name: str) -> set[str]:
    return {word for word in re.findall(r"\w+", name.lower()) if word not in _SMALL}


def _kind(source: str) -> str:
    if source.lower() in ("he", "she", "they", "it", "i", "we", "who", "which", "her", "him"):
        return f"pronoun “{source.lower()}”"
    return (
        "a name" if any(word[:1].isupper() for word in source.split()[1:] or [source]) else "other"
    )


@app.command()
@tidily
def attribution(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Marked articles, one a line.")],
    half: Annotated[int, typer.Option(min=0, max=2, help="1 or 2: only that half of them.")] = 0,
    failures: Annotated[int, typer.Option(min=0, help="Show so many kinds of failure.")] = 0,
    as_json: Json = False,
) -> None:
    """Say how many marked quotations get their speaker, and how many speakers are right."""
    rows = rows_of(file)
    middle = len(rows) // 2
    rows = {0: rows, 1: rows[:middle], 2: rows[middle:]}[half]
    asked, seconds = _ask(rows)
    figures = _figures(asked, len(rows), seconds)
    if as_json:
        typer.echo(json.dumps(figures, indent=2))
        return
    for name, value in figures.items():
        typer.echo(f"{name:28} {value}")
    kinds = Counter(one.outcome for one in asked if not one.right)
    for kind, count in kinds.most_common(failures):
        typer.echo(f"\n{count:4}  {kind}")
        for one in [one for one in asked if one.outcome == kind][:3]:
            given = f", found {one.found.name}" if one.found else ""
            typer.echo(f"      {one.source} / {one.cue}{given}: {one.content[:90]}")


def _ask(rows: Sequence[dict[str, Any]]) -> tuple[list[Asked], float]:
    asked, seconds = [], 0.0
    for row in rows:
        text = row["text"]
        began = time.perf_counter()
        known = attributions(text)
        seconds += time.perf_counter() - began
        for one in row["attributions"]:
            content = text[slice(*one["content"])]
            if not any(mark in content for mark in '“”"') or not one["source"]:
                continue
            cue = text[slice(*one["cue"])] if one["cue"] else ""
            found = known.speaker_of(*one["content"])
            source = text[slice(*one["source"])]
            span = (one["source"][0], one["source"][1])
            asked.append(Asked(row["id"], content, cue, source, span, found))
    return asked, seconds


def _figures(asked: Sequence[Asked], articles: int, seconds: float) -> dict[str, float]:
    given = [one for one in asked if one.found]
    right = sum(one.right for one in asked)
    pronouns = [one for one in given if _kind(one.source).startswith("pronoun")]
    return {
        "articles": articles,
        "quotations": len(asked),
        "speakers given": len(given),
        "right": right,
        "found": round(right / max(1, len(asked)), 3),
        "precision": round(right / max(1, len(given)), 3),
        "pronouns resolved": len(pronouns),
        "microseconds per article": round(seconds / max(1, articles) * 1e6),
    }


if __name__ == "__main__":
    app(prog_name="python -m assistant.evaluate.attribution")
