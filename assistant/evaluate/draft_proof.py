"""How surely quotations of drafts are judged: python -m assistant.evaluate.draft_proof."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Annotated

import typer

from assistant.ask import Assistant
from assistant.command_line import Json, as_json, bar, opened, tidily
from assistant.errors import BadSetting
from assistant.evaluate.falsified_quotations import Case, falsified, honest, said_in

RIGHT = frozenset({"word_for_word", "same"})
# The verdicts that name what was done.
NAMED = {"joined": {"joined"}, "speaker": {"other_speaker"}}
app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@dataclass(slots=True)
class Tally:
    """Of drafts of a kind, how many there are, are judged right, and named by what was done."""

    cases: int = 0
    right: int = 0
    named: int = 0
    wrong: list[str] = field(default_factory=list)


def judged(assistant: Assistant, cases: Sequence[Case], *, false: bool) -> dict[str, Tally]:
    """By kind: of `false` drafts those that do not pass, of the others those that do."""
    found: dict[str, Tally] = {}
    with bar("Checking", len(cases)) as advance:
        for case in cases:
            tally = found.setdefault(case.kind, Tally())
            verdicts = [one.verdict for one in assistant.check(case.draft).quotations]
            passes = bool(verdicts) and RIGHT.issuperset(verdicts)
            tally.cases += 1
            tally.right += passes != false
            tally.named += bool(NAMED.get(case.kind, {"altered"}) & set(verdicts))
            if passes == false:
                tally.wrong.append(f"{case.draft} -> {', '.join(verdicts) or 'no quotation'}")
            advance(1)
    return found


@app.command()
@tidily
def measure(
    count: Annotated[
        int, typer.Option(min=1, help="Drafts that are false, and as many honest.")
    ] = 1000,
    seed: Annotated[int, typer.Option(help="What chance begins with.")] = 1,
    show: Annotated[int, typer.Option(min=0, help="So many wrongly judged drafts are shown.")] = 20,
    json: Json = False,
) -> None:
    """Make false and honest quotations of the stored articles; say how many are judged right."""
    with opened() as assistant:
        said = said_in(assistant.store.each())
        if not said:
            raise BadSetting("No stored article quotes anybody by name. Add some that do.")
        false = judged(assistant, falsified(said, count, seed), false=True)
        true = judged(assistant, honest(said, count, seed), false=False)
    told = {"caught": _share(false), "passed": _share(true), "named": _named(false)}
    if json:
        kinds = {kind: [one.right, one.cases] for kind, one in (false | true).items()}
        typer.echo(as_json({**told, "quotations": len(said), "kinds": kinds}))
        return
    typer.echo(
        f"From {len(said)} quotations of {len({one.article.source.id for one in said})} articles"
    )
    for name, some in (("caught", false), ("passed", true)):
        typer.echo(f"{name:10} {told[name]:.4f} of {sum(one.cases for one in some.values())}")
        for kind, one in some.items():
            typer.echo(f"  {kind:10} {one.right} of {one.cases}")
    typer.echo(f"named      {told['named']:.4f}: the verdict says what was done")
    for line in [line for one in (false | true).values() for line in one.wrong][:show]:
        typer.echo(line)


def _share(some: dict[str, Tally]) -> float:
    total = Counter(right=sum(one.right for one in some.values()))
    return total["right"] / max(1, sum(one.cases for one in some.values()))


def _named(some: dict[str, Tally]) -> float:
    return sum(one.named for one in some.values()) / max(1, sum(one.cases for one in some.values()))


if __name__ == "__main__":
    app(prog_name="python -m assistant.evaluate.draft_proof")
