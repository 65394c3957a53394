"""From questions to results: each asked as a reader would, and kept as soon as it is answered."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeAlias

import assistant as package
from assistant.ask import Assistant
from assistant.command_line import bar
from assistant.errors import BadSetting
from assistant.evaluate import build_store
from assistant.evaluate.exam_questions import Question
from assistant.records import Quote, Turn
from assistant.settings import CLONE

DEPTH = 60  # passages searched for the article
MOST = 5  # quotes asked for: as many as the deepest figure looks at
# What shows or measures an answer, but has no part in it.
APART = ("evaluate", "render", "index", "page", "access", "serve", "mcp", "__main__.py")


@dataclass(frozen=True, slots=True)
class Shown:
    """A quote as it was given; `exact`: it stands just so in its stored article, at `start`."""

    text: str
    article: str
    title: str
    published: str
    score: float
    exact: bool
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one question. `found` are the articles that search gave, best first.

    `searched` is the question as the program understood it, `count` the answer's number.
    """

    id: str
    question: str
    asked: str
    status: str
    quotes: tuple[Shown, ...]
    nearest: tuple[Shown, ...]
    found: tuple[str, ...]
    seconds: Mapping[str, float]
    history: tuple[str, ...] = ()
    searched: str = ""
    count: int | None = None


Asking: TypeAlias = Callable[[Assistant, Question], Result]


def ask(
    assistant: Assistant, question: Question, *, search: bool = True, limit: int | None = MOST
) -> Result:
    """Ask one question, with the day it was asked as today; `search`: for its article too.

    `limit`: most quotes; None: as many as the settings allow. Of a conversation the earlier
    questions are asked first.
    """
    today = question.asked or None
    turns: list[Turn] = []
    for earlier in question.history:
        reply = assistant.answer(earlier, history=turns, today=today, limit=limit)
        turns += [Turn("user", earlier), Turn("assistant", reply.text, reply.quotes)]
    reply = assistant.answer(question.text, history=turns, today=today, limit=limit)
    # After the answer, whose seconds are to be those of a question not seen before.
    hits = assistant.search(question.text, limit=DEPTH, today=today) if search else []
    return Result(
        id=question.id,
        question=question.text,
        asked=question.asked,
        status=reply.status,
        quotes=tuple(_shown(assistant, quote) for quote in reply.quotes),
        nearest=tuple(_shown(assistant, quote) for quote in reply.nearest),
        found=tuple(dict.fromkeys(hit.passage.source.id for hit in hits)),
        seconds={step: round(taken, 5) for step, taken in reply.seconds.items()},
        history=question.history,
        searched=reply.question,
        count=reply.to_dict().get("count"),
    )


def _shown(assistant: Assistant, quote: Quote) -> Shown:
    source = quote.source
    printed = assistant.article(source.id).text[quote.start : quote.end]
    return Shown(
        text=quote.text,
        article=source.id,
        title=source.title,
        published=source.published.date().isoformat() if source.published else "",
        score=quote.score,
        exact=printed == quote.text and bool(quote.text),
        start=quote.start,
        end=quote.end,
    )


def run(
    assistant: Assistant,
    questions: Sequence[Question],
    file: Path,
    *,
    fresh: bool = False,
    asking: Asking = ask,
) -> dict[str, Result]:
    """Every question's result by its id. Those that `file` holds already are not asked again.

    Raises `BadSetting` when the file holds results of another program or other articles.
    """
    known = fingerprint(assistant)
    try:
        if fresh:
            file.unlink(missing_ok=True)
        done = _resume(file, known)
        results = {one.id: done[one.id] for one in questions if same(one, done.get(one.id))}
        missing = [one for one in questions if one.id not in results]
        with file.open("a", encoding="utf-8") as kept:
            for result in _ask_all(assistant, missing, asking):
                kept.write(json.dumps(asdict(result), ensure_ascii=False) + "\n")
                kept.flush()
                results[result.id] = result
    except OSError as error:
        raise BadSetting(f"{file} cannot be written: {error.strerror}. Name another.") from error
    return results


def default_file(assistant: Assistant, target: Path) -> Path:
    """Where results are kept: in the index's folder, by target and fingerprint."""
    name = f"results-{target.resolve().stem}-{fingerprint(assistant)}.jsonl"
    return assistant.settings.store / name


def _ask_all(
    assistant: Assistant, questions: Sequence[Question], asking: Asking
) -> Iterator[Result]:
    if questions:
        asking(assistant, questions[0])  # the first loads models: nobody's seconds
    with bar("Asking", len(questions)) as advance:
        for one in questions:
            yield asking(assistant, one)
            advance(1)


def same(question: Question, result: Result | None) -> bool:
    """Whether this is a result of the question with the same words, day and conversation."""
    if result is None:
        return False
    wanted = (question.text, question.asked, question.history)
    return (result.question, result.asked, result.history) == wanted


def fingerprint(assistant: Assistant) -> str:
    """What changes when an answer may: the program's code and models, settings, articles."""
    top = Path(package.__file__).parent
    settings = assistant.settings.model_dump_json(exclude={"store", "host", "port"})
    digest = hashlib.sha256(f"{build_store.state(assistant)} {settings}".encode())
    for file in [*sorted(top.rglob("*")), *sorted((CLONE / "prompts").rglob("*"))]:
        place = file.relative_to(top.parent).parts
        if file.is_file() and place[1] not in APART and "__pycache__" not in place:
            digest.update(f"{'/'.join(place)}\0".encode() + file.read_bytes())
    return digest.hexdigest()[:12]


def _resume(file: Path, known: str) -> dict[str, Result]:
    """The results in the file, begun with its heading if it is new."""
    if not file.exists() or not file.stat().st_size:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps({"fingerprint": known}) + "\n", encoding="utf-8")
        return {}
    heading, results = load(file)
    if heading != known:
        raise BadSetting(
            f"{file} holds results of another version of the program or other articles. "
            "Start anew with --fresh, or compare with it: --compare."
        )
    written = file.read_bytes()
    if not written.endswith(b"\n"):  # a kill cut the last line off
        file.write_bytes(written[: written.rfind(b"\n") + 1])
    return results


def load(file: Path) -> tuple[str, dict[str, Result]]:
    """The fingerprint and the results of a file; a last line that a kill cut off is passed over.

    Raises `BadSetting` when it cannot be read or holds something else.
    """
    try:
        written = file.read_bytes()
    except OSError as error:
        raise BadSetting(f"{file} cannot be read: {error.strerror}. Check the path.") from error
    try:
        first, *rest = (json.loads(line) for line in written.split(b"\n")[:-1])
        results = [_result(fields) for fields in rest]
        return str(first["fingerprint"]), {one.id: one for one in results}
    except (ValueError, KeyError, TypeError) as error:
        raise BadSetting(f"{file} does not hold results of this command ({error}).") from error


def _result(fields: dict[str, Any]) -> Result:
    for name in ("quotes", "nearest"):
        fields[name] = tuple(Shown(**shown) for shown in fields[name])
    lists = {name: tuple(fields.get(name, ())) for name in ("found", "history")}
    return Result(**{**fields, **lists})
