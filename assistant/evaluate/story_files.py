"""From files of stories, each a line with its articles and requests, to records; or what is wrong.

`docs/developing.md` shows a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, StrictInt, ValidationError, model_validator

from assistant.errors import BadSetting

FORM = 'A story is one line of JSON with "id", "articles" and "requests": docs/developing.md.'
NAMES = "stories-*.jsonl"  # of a folder of stories
_KEYS = re.compile(rb'"(articles|requests)"\s*:\s*\[')
_START = 1 << 20  # bytes of a first line that are looked at


class _Shape(BaseModel):
    """What a line holds; null is as good as nothing, and fields that are not known are let be."""

    model_config = ConfigDict(frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, fields: Any) -> Any:
        if not isinstance(fields, dict):
            return fields
        return {name: value for name, value in fields.items() if value is not None}


class Evidence(_Shape):
    """A sentence of an article, the article named by its id."""

    article: str
    sentence: str = Field(min_length=1)


class Point(_Shape):
    """Something that a right answer shows: any of these sentences will do."""

    any_of: tuple[Evidence, ...] = Field(min_length=1)


class Asked(_Shape):
    """A request and what a right answer to it holds."""

    kind: str = Field(min_length=1)
    request: str = Field(min_length=1)
    also: tuple[str, ...] = ()
    history: tuple[str, ...] = ()
    today: str = ""
    points: tuple[Point, ...] = ()
    fine: tuple[Evidence, ...] = ()
    refuse: bool = False
    count: StrictInt | None = None

    @model_validator(mode="after")
    def _can_be_judged(self) -> Asked:
        if self.kind == "count" and self.count is None and not self.refuse:
            raise ValueError('give it the number under "count"')
        if not self.points and not self.refuse and self.kind != "count":
            raise ValueError('give it "points" that a right answer shows, or "refuse": true')
        return self


class StoryArticle(_Shape):
    """An article of a story, with all other fields that `index add` takes."""

    model_config = ConfigDict(extra="allow")

    id: str = Field(min_length=1)
    text: str = Field(min_length=1)
    published: str = ""


class Story(_Shape):
    """Articles, and requests about them."""

    id: str = Field(min_length=1)
    articles: tuple[StoryArticle, ...] = Field(min_length=1)
    requests: tuple[Asked, ...] = ()

    @property
    def last_day(self) -> str:
        """The day of the newest article, "" when none has one."""
        return max(one.published[:10] for one in self.articles)


def is_stories(file: Path) -> bool:
    """Whether the first line of a file of JSON lines holds articles or requests."""
    if file.suffix not in (".jsonl", ".ndjson") or not file.is_file():
        return False
    with file.open("rb") as lines:
        first = next(filter(bytes.strip, iter(lambda: lines.readline(_START), b"")), b"")
    return bool(_KEYS.search(first))


def among(target: Path, more: Iterable[Path] = ()) -> list[Path]:
    """The files of stories that a target names, and those of `more`; [] when it names none.

    A folder names all of its `stories-*.jsonl`, unless it holds questions.jsonl.
    """
    if not target.is_dir():
        found = [target] if is_stories(target) else []
    elif (target / "questions.jsonl").exists():
        found = []
    else:
        found = sorted(target.glob(NAMES))
    return [*found, *(file for file in more if is_stories(file))] if found else []


def read(file: Path) -> Iterator[tuple[str, Story]]:
    """Each line's place ("FILE, line 3") and its story; raises `BadSetting` for a broken one."""
    try:
        with file.open("rb") as lines:
            for n, line in enumerate(lines, 1):
                if line.strip():
                    place = f"{file}, line {n}"
                    yield place, _story(line, place)
    except OSError as error:
        raise BadSetting(f"{file} cannot be read: {error.strerror}. Check the path.") from error


def articles(file: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each article's place and fields, as a line of an articles' file would hold them."""
    for place, story in read(file):
        for n, one in enumerate(story.articles, 1):
            yield f"{place}, article {n}", one.model_dump(exclude_unset=True)


def _story(line: bytes, place: str) -> Story:
    try:
        return Story.model_validate_json(line)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
    told = str(first["msg"]).removeprefix("Value error, ")
    if first["type"] == "json_invalid":
        raise BadSetting(f"{place} is broken: {told}. {FORM}")
    where = " ".join(_part(part) for part in first["loc"])
    raise BadSetting(f"{place}{where and f', {where}'}: {told}. {FORM}")


def _part(part: int | str) -> str:
    """A step to the broken place: a name as it stands, a number counted from 1."""
    return str(part + 1) if isinstance(part, int) else part
