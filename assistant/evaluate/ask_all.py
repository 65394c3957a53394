"""From questions to results: each asked as a reader would, and kept as soon as it is answered."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import assistant as package
from assistant.ask import Assistant
from assistant.command_line import bar
from assistant.errors import BadSetting
from assistant.evaluate import build_store
from assistant.evaluate.exam_questions import Question
from assistant.records import Quote
from assistant.settings import CLONE

DEPTH = 60  # passages searched for the article
MOST = 5  # quotes asked for: as many as the deepest figure looks at
# What shows or measures an answer, but has no part in it.
APART = ("evaluate", "render", "index", "page", "access", "serve", "mcp", "__main__.py")


@dataclass(frozen=True, slots=True)
class Shown:
    """A quote as it was given; `exact`: it stands just so in its stored article."""

    text: str
    article: str
    title: str
    published: str
    score: float
    exact: bool


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one question. `found` are the articles that search gave, best first."""

    id: str
    question: str
    asked: str
    status: str
    quotes: tuple[Shown, ...]
    nearest: tuple[Shown, ...]
    found: tuple[str, ...]
    seconds: Mapping[str, float]


def ask(assistant: Assistant, question: Question, *, search: bool = True) -> Result:
    """Ask one question, with the day it was asked as today; `search`: for its article too."""
    today = question.asked or None
    reply = assistant.answer(question.text, today=today, limit=MOST)
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
    )


def run(
    assistant: Assistant, questions: Sequence[Question], file: Path, *, fresh: bool = False
) -> dict[str, Result]:
    """Every question's result by its id. Those that `file` holds already are not asked again.

    Raises `BadSetting` when the file holds results of another program or other articles.
    """
    known = fingerprint(assistant)
    try:
        if fresh:
            file.unlink(missing_ok=True)
        done = _resume(file, known)
        results = {one.id: done[one.id] for one in questions if _same(one, done.get(one.id))}
        with file.open("a", encoding="utf-8") as kept:
            for result in _ask_all(assistant, [one for one in questions if one.id not in results]):
                kept.write(json.dumps(asdict(result), ensure_ascii=False) + "\n")
                kept.flush()
                results[result.id] = result
    except OSError as error:
        raise BadSetting(f"{file} cannot be written: {error.strerror}. Name another.") from error
    return results


def _ask_all(assistant: Assistant, questions: Sequence[Question]) -> Iterator[Result]:
    if questions:
        ask(assistant, questions[0])  # the first loads models: nobody's seconds
    with bar("Asking", len(questions)) as advance:
        for one in questions:
            yield ask(assistant, one)
            advance(1)


def _same(question: Question, result: Result | None) -> bool:
    return result is not None and (result.question, result.asked) == (question.text, question.asked)


def fingerprint(assistant: Assistant) -> str:
    """What changes when an answer may: the program's code and models, settings, articles."""
    top = Path(package.__file__).parent
    settings = assistant.settings.model_dump_json(exclude={"store", "host", "port", "limit"})
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
    return Result(**{**fields, "found": tuple(fields["found"])})
