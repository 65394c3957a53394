"""What the API takes and gives, as OpenAPI documents it; `json_schema` has what tools give as well.

What is given is made by `to_dict` of the records; a test holds that it has these shapes.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from assistant.render import json_schema
from assistant.render.json_schema import Made, Slice, SourceShape
from assistant.serve.openapi_examples import (
    ANSWER,
    ARTICLE,
    HITS,
    LISTED,
    LOOKING,
    NEW,
    OUTCOME,
    OUTCOMES,
    QUESTION,
)


def _storable(text: str) -> str:
    # No store takes these, and no article has them.
    if "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise ValueError("it holds a NUL character or half a surrogate pair; leave that out")
    return text


def _in_reach(day: str) -> str:
    # Outside of these years "yesterday" or a time zone may lead out of the calendar.
    if day[:4].isdecimal() and not "1000" <= day[:4] <= "2999":
        raise ValueError("years from 1000 to 2999 are understood")
    return day


# After what bounds the length, or OpenAPI would not tell of it.
STORABLE = AfterValidator(_storable)
Id = Annotated[str, Field(max_length=4_000), STORABLE]
Day = Annotated[
    str, Field(max_length=40, examples=["2022-03-08"]), STORABLE, AfterValidator(_in_reach)
]
Outlets = Annotated[list[Annotated[str, Field(max_length=500), STORABLE]], Field(max_length=100)]


class Given(BaseModel):
    """What is taken. A field that is not known is an error, so that no misspelling goes unseen,
    and so is a value of another kind: 0 is not false."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Options(BaseModel):
    """What may be asked of an answer beside the question."""

    today: Day | None = Field(None, description="The day that “yesterday” counts from.")
    as_of: Day | None = Field(None, description="Use nothing published after this day.")
    since: Day | None = Field(None, description="Only articles published since this day.")
    until: Day | None = Field(None, description="Only articles published until this day.")
    publishers: Outlets = Field([], description="Only these outlets; empty: all.")
    tags: Outlets = Field([], description="Only articles with one of these tags; empty: all.")
    any_time: bool = Field(
        False,
        description="Do not filter by the days, outlets, authors and headlines that the question "
        "names.",
    )

    def options(self) -> dict[str, Any]:
        """As `Assistant.answer` and `Assistant.search` take them."""
        names = ("today", "as_of", "since", "until", "any_time")
        chosen = {name: getattr(self, name) for name in names}
        return {**chosen, "publishers": tuple(self.publishers), "tags": tuple(self.tags)}


class AnswerOptions(Options):
    """What may be asked of an answer, and not of a search."""

    as_typed: bool = Field(False, description="Change no word of the question, misspelt or not.")

    def options(self) -> dict[str, Any]:
        """As `Assistant.answer` takes them."""
        return {**super().options(), "as_typed": self.as_typed}


class Side(Given):
    """One side's words in a conversation.

    Of an answer: `speaker` is whom its first quotation quotes, `articles` the ids it quotes from.
    """

    role: Literal["user", "assistant"]
    text: Annotated[str, Field(max_length=20_000), STORABLE]
    speaker: Annotated[str, Field(max_length=500), STORABLE] | None = None
    articles: Annotated[list[Id], Field(max_length=100)] = []


class Question(AnswerOptions, Given):
    """A question, the conversation it is part of, and what may be used for its answer."""

    model_config = ConfigDict(json_schema_extra={"example": QUESTION})
    question: Annotated[str, Field(max_length=100_000), STORABLE]
    history: Annotated[list[Side], Field(max_length=100)] = []
    limit: int | None = Field(None, ge=1, le=20, description="Most quotations.")


class Looking(Options, Given):
    """What to search for."""

    model_config = ConfigDict(json_schema_extra={"example": LOOKING})
    question: Annotated[str, Field(max_length=100_000), STORABLE]
    limit: int = Field(10, ge=1, le=100, description="Most passages.")


class ArticleShape(SourceShape):
    """An article. All offsets count characters (code points) of `text`."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": ARTICLE})
    text: str


class AnswerShape(json_schema.AnswerShape):
    """What the articles say to a question."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": ANSWER})


class HitShape(Slice, SourceShape):
    """A passage: `text` is the `[start:end]` of its article's text."""

    score: float
    ranks: dict[str, int]


class Hits(Made):
    """The passages most likely to answer, best first."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": HITS})
    question: str
    hits: list[HitShape]


class Listed(Made):
    """Some of the articles, the newest first; `total` counts all that were looked for."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": LISTED})
    total: int
    offset: int
    limit: int
    articles: list[SourceShape]


class NewArticle(BaseModel):
    """An article to add, as a line of JSON for `python -m assistant.index add`.

    Without `id` it gets its address, else a hash of its text. One that cannot be read is skipped,
    and its outcome says why.
    """

    model_config = ConfigDict(extra="allow", json_schema_extra={"example": NEW})
    title: str
    text: str
    id: str | int | None = None
    publisher: str | None = None
    author: str | list[str] | None = None
    url: str | None = None
    published: str | None = None
    updated: str | None = None
    tags: list[str] | str | None = None


class OutcomeShape(Made):
    """What became of an article."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": OUTCOME})
    where: str
    status: Literal["added", "updated", "unchanged", "skipped", "removed"]
    id: str
    title: str
    reason: str


class Outcomes(Made):
    """What became of each article."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": OUTCOMES})
    outcomes: list[OutcomeShape]
