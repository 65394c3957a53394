"""What each part of search, choosing and refusing adds: the same questions without it.

    python -m assistant.evaluate.ablation FOLDER --part choosing
    python -m assistant.evaluate.ablation FOLDER --part finding --try search.MEANING=0.2,0.6

Asks an index that `python -m assistant.evaluate FOLDER` has built. A step sets named constants of
the program; nothing of it is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.ask import Assistant
from assistant.command_line import bar, tidily
from assistant.errors import BadSetting
from assistant.evaluate import ask_all, build_store, comparing, exam_questions, figure_rows
from assistant.evaluate.ask_all import Result
from assistant.evaluate.comparing import Difference
from assistant.evaluate.exam_questions import Question
from assistant.evaluate.figures import figures, paired
from assistant.evidence import finding, gates, quotes, scoring
from assistant.evidence.ranker import Pair, Ranker, Reading
from assistant.retrieval import search
from assistant.settings import Settings

# That hold the constants.
PLACES = {
    "finding": finding, "gates": gates, "quotes": quotes, "scoring": scoring, "search": search,
}  # fmt: skip
app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


class Part(StrEnum):
    """What is looked at."""

    FINDING = "finding"
    CHOOSING = "choosing"
    REFUSING = "refusing"


@dataclass(frozen=True, slots=True)
class Step:
    """Constants by `module.NAME` and what they are set to; `against`: places up to the line that
    it is compared with, 0 for none."""

    label: str
    sets: Mapping[str, float]
    against: int = 1


# Nothing is refused, so that choosing is looked at by itself.
_ALL = {"gates.LEAST": -1, "finding.BESIDE": -1}
_PLAIN = {
    **_ALL,
    "scoring.NEW": 0,
    "scoring.SAID": 0,
    "scoring.WRONG": 0,
    "quotes.MANY_WORDS": 0,
}


def _but(sets: Mapping[str, float], *names: str) -> dict[str, float]:
    return {name: value for name, value in sets.items() if name.rpartition(".")[2] not in names}


STEPS = {
    Part.FINDING: (
        Step("words alone", {"search.MEANING": 0, "search.TITLE": 1, "search.NEW": 0}, 0),
        Step("+ a title's word counts twice (TITLE)", {"search.MEANING": 0, "search.NEW": 0}),
        Step("+ meaning (MEANING)", {"search.NEW": 0}),
        Step("+ newness when asked for (NEW)", {}),
        Step("50 passages asked of each (FETCH)", {"search.FETCH": 50}),
        Step("200 passages asked of each", {"search.FETCH": 200}, 2),
        Step("meaning alone, no newness", {"search.MEANING": 1, "search.NEW": 0}, 4),
    ),
    Part.CHOOSING: (
        Step("what is cheap to see alone", {**_PLAIN, "ranker": 0}, 0),
        Step("the ranker alone", _PLAIN),
        Step("+ newness when asked for (NEW)", _but(_PLAIN, "NEW")),
        Step("+ who speaks, corrections", {**_ALL, "quotes.MANY_WORDS": 0}),
        Step("+ the sentence before, where needed", _ALL),
    ),
    Part.REFUSING: (
        Step("every sentence that is read is shown", {"finding.BESIDE": -1}, 0),
        Step("each against the surest (BESIDE)", {}),
    ),
}  # fmt: skip
FIGURES = {
    Part.FINDING: ("article_1", "article_4", "article_10", "article_mrr"),
    Part.CHOOSING: ("quote_1", "quote_2", "quote_3", "quote_5", "words"),
    Part.REFUSING: ("auc", "balanced", "wrong_answers", "wrong_refusals", "quote_1", "quote_3"),
}
COMPARED = {Part.FINDING: "article_mrr", Part.CHOOSING: "quote_3", Part.REFUSING: "auc"}


@dataclass(frozen=True, slots=True)
class Measured:
    """A step with its figures by name, and the difference of the one that is compared."""

    step: Step
    figures: dict[str, float]
    change: Difference | None


class Remembering(Ranker):
    """The ranker, reading no pair twice; `weight` 0 silences it."""

    def __init__(self) -> None:
        super().__init__()
        self.known: dict[tuple[str, Pair], Reading] = {}
        self.weight = 1.0

    def read(self, question: str, pairs: Sequence[Pair]) -> list[Reading]:
        """As `Ranker.read`."""
        new = [pair for pair in pairs if (question, pair) not in self.known]
        if new:
            said = super().read(question, new)
            self.known.update(zip([(question, pair) for pair in new], said, strict=True))
        known = [self.known[question, pair] for pair in pairs]
        return [one._replace(score=self.weight * one.score) for one in known]


@contextmanager
def setting(sets: Mapping[str, float], ranker: Remembering) -> Iterator[None]:
    """The program with these constants; raises `BadSetting` for one that it does not have."""
    kept: list[tuple[Any, str, Any]] = [(ranker, "weight", ranker.weight)]
    try:
        for name, value in sets.items():
            place, constant = (ranker, "weight") if name == "ranker" else _constant(name)
            kept.append((place, constant, getattr(place, constant)))
            setattr(place, constant, value)
        yield
    finally:
        for place, constant, value in reversed(kept):
            setattr(place, constant, value)


def _constant(name: str) -> tuple[Any, str]:
    """The module that holds a constant, and what it is called there."""
    module, _, constant = name.partition(".")
    place = PLACES.get(module)
    if constant.isupper() and isinstance(getattr(place, constant, None), int | float):
        return place, constant
    raise BadSetting(f"{name} is no number of this program. Name one as search.MEANING.")


def ask(assistant: Assistant, one: Question, part: Part) -> Result:
    """As `ask_all.ask`, with nothing done that the part does not look at."""
    if part is not Part.FINDING:
        return ask_all.ask(assistant, one, search=False)
    hits = assistant.search(one.text, limit=ask_all.DEPTH, today=one.asked or None)
    found = tuple(dict.fromkeys(hit.passage.source.id for hit in hits))
    return Result(one.id, one.text, one.asked, "", (), (), found, {})


def wanted(one: Question, part: Part) -> bool:
    """Whether a figure of this part looks at the question."""
    if part is Part.FINDING:
        return bool(one.gold)
    return one.quotable or (part is Part.REFUSING and (one.likely or not one.answerable))


def tried(given: Sequence[str], part: Part) -> list[Step]:
    """Steps from `module.NAME=1,2,3`: the program as it is, then each value, against it."""
    base = _ALL if part is Part.CHOOSING else {}
    steps = [Step("as it is", base, 0)]
    for text in given:
        name, _, values = text.partition("=")
        _constant(name)
        try:
            numbers = [float(value) for value in values.split(",")]
        except ValueError as error:
            raise BadSetting(f"{text} is not NAME=NUMBER,NUMBER,...") from error
        for number in numbers:
            exact = int(number) if number.is_integer() else number
            step = Step(f"{name} {exact}", {**base, name: exact}, len(steps))
            steps.append(step)
    return steps


def run(
    assistant: Assistant, asked: Sequence[Question], part: Part, steps: Sequence[Step]
) -> list[Measured]:
    """What every step gives on the questions that its part looks at."""
    ranker = Remembering()
    assistant.ranker = ranker
    chosen = [one for one in asked if wanted(one, part)]
    made: list[Measured] = []
    results: list[dict[str, Result]] = []
    with bar("Asking", len(chosen) * len(steps)) as advance:
        for n, step in enumerate(steps):
            found = {}
            with setting(step.sets, ranker):
                for one in chosen:
                    found[one.id] = ask(assistant, one, part)
                    advance(1)
            results.append(found)
            counted = {one.name: one.value for one in figures(paired(chosen, found))}
            old = results[n - step.against] if step.against else None
            differences = comparing.compare(chosen, old, found) if old else []
            named = {one.name: one for one in differences}
            shown = {name: counted[name] for name in FIGURES[part] if name in counted}
            made.append(Measured(step, shown, named.get(COMPARED[part])))
    return made


def table(made: Sequence[Measured], compared: str) -> list[figure_rows.Row]:
    """A row of headings, and one for each step."""
    heading = ("figure", *made[0].figures, f"change of {compared}", "95 % interval")
    return [
        heading,
        *(
            (
                one.step.label,
                *(figure_rows.show(value) for value in one.figures.values()),
                f"{one.change.new - one.change.old:+.3f}" if one.change else "",
                f"{one.change.low:+.3f} to {one.change.high:+.3f}" if one.change else "",
            )
            for one in made
        ),
    ]


@app.command()
@tidily
def main(
    target: Annotated[Path, typer.Argument(metavar="FOLDER", help="As for assistant.evaluate.")],
    part: Annotated[Part, typer.Option(help="What to look at.")] = Part.CHOOSING,
    store: Annotated[Path | None, typer.Option(help="Folder of the index.")] = None,
    vary: Annotated[
        list[str] | None,
        typer.Option("--try", metavar="NAME=1,2", help="Other values of a constant instead."),
    ] = None,
    since: Annotated[str, typer.Option(metavar="DAY", help="Only questions asked since.")] = "",
    until: Annotated[str, typer.Option(metavar="DAY", help="Only questions asked until.")] = "",
) -> None:
    """Print what each part adds, paired question by question, or what other values would give."""
    asked = exam_questions.asked(target, since=since, until=until)
    settings = Settings.from_env()
    store = store or build_store.default_store(build_store.article_files(target), settings)
    steps = tried(vary, part) if vary else STEPS[part]
    assistant = Assistant(settings.model_copy(update={"store": store, **build_store.LOCAL}))
    if not assistant.sources():
        raise BadSetting(f"{store} holds no index. Build it: python -m assistant.evaluate {target}")
    try:
        made = run(assistant, asked, part, steps)
    finally:
        assistant.close()
    typer.echo(figure_rows.aligned(table(made, COMPARED[part])))


if __name__ == "__main__":
    app(prog_name="python -m assistant.evaluate.ablation")
