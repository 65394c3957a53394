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
from assistant.evaluate import card_speakers
from assistant.evaluate.exam_questions import rows_of
from assistant.evaluate.full_names import full_names, is_full
from assistant.text.attribution.attributions import attributions
from assistant.text.attribution.resolve_speaker import Speaker

# Of marked attributions without quotation marks half tell of acts and attitudes ("voted for").
_SAYING = re.compile(
    r"(?i)\b(?:say|said|saying|tell|told|telling|according|wr[io]t|announc|argu|claim|declar|den[iy]|"
    r"explain|insist|not(?:e|es|ed|ing)\b|promis|repl[iy]|report|stat(?:e|es|ed|ing)\b|suggest|warn|vow|"
    r"urg|add(?:s|ed|ing)?\b|ask|admit|acknowledg|tweet|predict|accus|assert|testif|conced|confirm)"
)
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
    names: frozenset[str]  # the full names that are right, none where the source is no name

    @property
    def quoted(self) -> bool:
        """Does it hold a quotation mark? Indirect speech does not."""
        return any(mark in self.content for mark in '“”"')

    @property
    def said(self) -> bool:
        """Does its marked cue hold an everyday word of saying?"""
        return _SAYING.search(self.cue) is not None

    @property
    def named(self) -> bool:
        """Is the found speaker's name the marked person's full name?"""
        return self.found is not None and is_full(self.found.name, self.names)

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
    indirect: Annotated[bool, typer.Option(help="Failures of indirect speech, instead.")] = False,
    cards: Annotated[
        list[Path] | None, typer.Option(help="Also count cards of two speakers in these articles.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="Of each such file, so many articles.")] = 500,
    as_json: Json = False,
) -> None:
    """Say how many marked quotations get their speaker, and how many speakers are right."""
    rows = rows_of(file)
    middle = len(rows) // 2
    rows = {0: rows, 1: rows[:middle], 2: rows[middle:]}[half]
    asked, seconds = _ask(rows)
    figures = _figures(asked, len(rows), seconds)
    for articles in cards or ():
        figures |= {
            f"{articles.name}: {name}": count
            for name, count in card_speakers.counted(articles, limit).items()
        }
    if as_json:
        typer.echo(json.dumps(figures, indent=2))
        return
    for name, value in figures.items():
        typer.echo(f"{name:28} {value}")
    asked = [one for one in asked if one.quoted is not indirect]
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
            if not one["source"]:
                continue
            cue = text[slice(*one["cue"])] if one["cue"] else ""
            found = known.speaker_of(*one["content"])
            source = text[slice(*one["source"])]
            span = (one["source"][0], one["source"][1])
            names = full_names(source, text)
            asked.append(Asked(row["id"], content, cue, source, span, found, names))
    return asked, seconds


def _figures(asked: Sequence[Asked], articles: int, seconds: float) -> dict[str, float]:
    quotations = [one for one in asked if one.quoted]
    indirect = [one for one in asked if not one.quoted]
    given = [one for one in quotations if one.found]
    pronouns = [one for one in given if _kind(one.source).startswith("pronoun")]
    names = [one for one in given if one.names]
    return {
        "articles": articles,
        "quotations": len(quotations),
        "speakers given": len(given),
        "right": sum(one.right for one in given),
        **_found_and_precision(quotations, ""),
        "pronouns resolved": len(pronouns),
        "marked by name, given": len(names),
        "full name, precision": _share(sum(one.named for one in names), len(names)),
        "indirect": len(indirect),
        **_found_and_precision(indirect, "indirect, "),
        "indirect, said": sum(one.said for one in indirect),
        **_found_and_precision([one for one in indirect if one.said], "indirect, said, "),
        "microseconds per article": round(seconds / max(1, articles) * 1e6),
    }


def _found_and_precision(asked: Sequence[Asked], kind: str) -> dict[str, float]:
    right = sum(one.right for one in asked)
    given = sum(one.found is not None for one in asked)
    return {f"{kind}found": _share(right, len(asked)), f"{kind}precision": _share(right, given)}


def _share(part: int, whole: int) -> float:
    return round(part / max(1, whole), 3)


if __name__ == "__main__":
    app(prog_name="python -m assistant.evaluate.attribution")
