"""From a folder or a newsroom file to questions with what is known about their answers."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from assistant.errors import BadSetting
from assistant.questions.understanding import day

T = TypeVar("T")
FORM = 'A question is one line of JSON with at least a text under "question".'


@dataclass(frozen=True, slots=True)
class Question:
    """A question, and how to tell a right answer.

    `asked` is its day ("" when not known). A quote is right that holds one of `answers` or matches
    one of `sentences`. `gold` are the ids of the articles to be found, `answer_in` of those that
    hold the answer. `likely`: the articles do answer it, so that "not found" is wrong. `history`
    are the earlier questions of its conversation.
    """

    id: str
    text: str
    asked: str = ""
    answers: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    gold: tuple[str, ...] = ()
    answer_in: tuple[str, ...] = ()
    likely: bool = False
    answerable: bool = True
    history: tuple[str, ...] = ()

    @property
    def quotable(self) -> bool:
        """Whether a right quote can be told from a wrong one."""
        return bool(self.answer_in and (self.answers or self.sentences))

    @property
    def counts(self) -> bool:
        """Whether some figure looks at it."""
        return bool(self.gold or self.quotable or self.likely or not self.answerable)


def read(target: Path) -> list[Question]:
    """The questions of a folder (questions.jsonl, unanswerable.jsonl) or of a newsroom file.

    Raises `BadSetting` for a missing file, a broken line, or an id that comes twice.
    """
    found = list(_folder(target) if target.is_dir() else _newsroom(target))
    seen: set[str] = set()
    for one in found:
        if one.id in seen:
            raise BadSetting(
                f"Two questions of {target} have the id {one.id!r}. Give each its own."
            )
        seen.add(one.id)
    if not any(one.counts for one in found):
        raise BadSetting(
            f"No question of {target} says how to tell a right answer. "
            'Give it "answers" and "answer_in", or "gold".'
        )
    return found


def chosen(
    found: Iterable[Question], *, since: str = "", until: str = "", sample: int = 0
) -> list[Question]:
    """The questions that some figure looks at, asked on these days; `sample` of them if given.

    Days are ISO days, both included. They do not restrict unanswerable questions, which may have
    been asked long after the articles.
    """
    kept = [
        one
        for one in found
        if one.counts and (not one.answerable or since <= one.asked[:10] <= (until or "9999"))
    ]
    return sampled(kept, sample)


def sampled(found: list[T], sample: int) -> list[T]:
    """So many of them, always the same ones, in their order; all when `sample` is 0."""
    if not 0 < sample < len(found):
        return found
    luck = random.Random(0)  # nosec B311 # the same sample each time
    return [found[place] for place in sorted(luck.sample(range(len(found)), sample))]


def asked(target: Path, *, since: str = "", until: str = "", sample: int = 0) -> list[Question]:
    """The questions of a folder or file that a command asks; the rest as for `chosen`.

    Raises `BadSetting` when there are none, or a day is no day.
    """
    if not target.exists():
        raise BadSetting(f"There is no file or folder {target}. Check the path.")
    for given, name in ((since, "--since"), (until, "--until")):
        day(given, name)
    found = chosen(read(target), since=since, until=until, sample=sample)
    if not found:
        raise BadSetting(f"No question of {target} was asked from {since} to {until}.")
    return found


def _folder(folder: Path) -> Iterator[Question]:
    for where, fields in _lines(folder / "questions.jsonl"):
        yield Question(
            id=str(fields.get("id") or where),
            text=_text(fields, where),
            asked=str(fields.get("asked") or ""),
            # Answers too long or too short to be looked for word by word are not looked for.
            answers=_texts(fields, "answers", where) if fields.get("string_scorable", True) else (),
            gold=_texts(fields, "gold", where),
            answer_in=_texts(fields, "answer_in", where),
            likely=bool(fields.get("likely")),
        )
    if (folder / "unanswerable.jsonl").exists():
        for where, fields in _lines(folder / "unanswerable.jsonl"):
            asked = str(fields.get("asked") or "")
            text = _text(fields, where)
            yield Question(str(fields.get("id") or where), text, asked, answerable=False)


def _newsroom(file: Path) -> Iterator[Question]:
    """Each line an article with its own questions and near misses; asked the day it appeared."""
    for where, fields in _lines(file):
        id, day = str(fields.get("id") or where), str(fields.get("published") or "")[:10]
        for n, one in enumerate(fields.get("questions") or (), 1):
            elsewhere = one.get("also_elsewhere") or ()
            places = (id, *(other["id"] for other in elsewhere))
            yield Question(
                id=f"{id}/{n}",
                text=_text(one, where),
                asked=day,
                sentences=(
                    *_texts(one, "sentence", where),
                    *_texts(one, "also", where),
                    *(other["sentence"] for other in elsewhere),
                ),
                gold=places,
                answer_in=places,
                likely=True,
            )
        for n, one in enumerate(fields.get("unanswerable") or (), 1):
            yield Question(f"{id}/not-{n}", _text(one, where), day, answerable=False)


def _lines(file: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each line's place and its fields."""
    try:
        with file.open(encoding="utf-8") as lines:
            for n, line in enumerate(lines, 1):
                if line.strip():
                    yield f"{file.name}:{n}", _fields(line, f"{file}, line {n}")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BadSetting(f"{file} cannot be read: {reason}. Check the path.") from error


def _fields(line: str, place: str) -> dict[str, Any]:
    try:
        fields = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadSetting(f"{place} is broken JSON ({error}). {FORM}") from error
    if not isinstance(fields, dict):
        raise BadSetting(f"{place} is not a question. {FORM}")
    return fields


def _text(fields: Any, where: str) -> str:
    text = fields.get("question") if isinstance(fields, dict) else None
    if not isinstance(text, str) or not text.strip():
        raise BadSetting(f"{where} has no question. {FORM}")
    return text


def _texts(fields: dict[str, Any], name: str, where: str) -> tuple[str, ...]:
    """One string or a list of them, as a tuple."""
    given = fields.get(name) or ()
    texts = (given,) if isinstance(given, str) else given
    if not isinstance(texts, list | tuple) or not all(isinstance(text, str) for text in texts):
        raise BadSetting(f'{where}: "{name}" is neither a string nor a list of strings.')
    return tuple(texts)


def rows_of(file: Path) -> list[dict[str, Any]]:
    """The lines of a file that is no exam: JSON as it is; raises `BadSetting`."""
    try:
        return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line]
    except (OSError, ValueError) as error:
        raise BadSetting(f"{file} cannot be read: {error}. Name a file of JSON lines.") from error
