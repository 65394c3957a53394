"""What each tool gives as structured content: the output schemas that clients are shown.

`render.json_schema` has what they share with the API. Only described here, never built from these.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from assistant.render.json_schema import AnswerShape, Made, Origin, Slice, SourceShape
from assistant.render.report_schema import ReportShape


class Answered(AnswerShape):
    """An answer, as `python -m assistant --json` prints it."""


class FoundPassage(Origin, Slice):
    """A passage: its article's text from `start` to `end`."""

    n: int
    article_id: str
    score: float


class Searched(Made):
    """Passages, best first."""

    passages: list[FoundPassage]


class ReadText(Slice, SourceShape):
    """An article, and of its text what was asked for."""

    length: int = Field(description="Characters of the whole text.")
    next_start: int | None = Field(description="Where to go on; null when nothing follows.")


class Catalogue(Made):
    """A page of the list of articles, the newest first."""

    articles: list[SourceShape]
    total: int
    next_offset: int | None = Field(description="Where to go on; null when nothing follows.")


class Checked(ReportShape):
    """What the articles make of a draft, as `python -m assistant.check --json` prints it."""


class Added(Made):
    """What became of an article that was to be added."""

    status: Literal["added", "updated", "unchanged"]
    id: str
    title: str
