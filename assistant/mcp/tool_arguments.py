"""What each tool takes: the input schemas that clients are shown, and that calls are held to."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, ValidationError

CHARACTERS = 20_000  # of an article in one call: about 5,000 tokens
DRAFT = 100_000  # characters of a draft that is checked
TEXT = 1_000_000  # characters of an article that is added

Question: TypeAlias = Annotated[
    str,
    Field(
        min_length=1,
        max_length=2_000,
        description="The question, put so that it stands alone: no “he” or “there” that only an "
        "earlier message explains.",
    ),
]
Publisher: TypeAlias = Annotated[str, Field(min_length=1, max_length=200)]
Publishers: TypeAlias = Annotated[
    list[Publisher],
    Field(max_length=50, description="Only these outlets, as list_articles names them."),
]
Tags: TypeAlias = Annotated[
    list[Annotated[str, Field(min_length=1, max_length=80)]],
    Field(max_length=50, description="Only articles with one of these tags."),
]
Text40: TypeAlias = Annotated[str, Field(max_length=40)]


def _day(description: str) -> Text40 | None:
    told = f"{description} Written 2022-03-08."
    return Field(default=None, description=told)


class Arguments(BaseModel):
    """Arguments of a tool; one that is not named here is an error, not overlooked."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Filtered(Arguments):
    """What narrows a search."""

    question: Question
    today: Text40 | None = _day("The day that “yesterday” in the question counts from; else now.")
    as_of: Text40 | None = _day("Use nothing published after this day.")
    since: Text40 | None = _day("Only articles published on this day or later.")
    until: Text40 | None = _day("Only articles published on this day or earlier.")
    any_time: bool = Field(
        default=False,
        description="Do not filter by the days, outlets, authors and headlines that the question "
        "names.",
    )
    publishers: Publishers = Field(default_factory=list)
    tags: Tags = Field(default_factory=list)


class AskNews(Filtered):
    """Arguments of `ask_news`."""

    as_typed: bool = Field(
        default=False, description="Change no word of the question, misspelt or not."
    )

    limit: Annotated[int, Field(ge=1, le=20)] | None = Field(
        default=None, description="Most quotations in the answer; the server's own number if null."
    )


class SearchArticles(Filtered):
    """Arguments of `search_articles`."""

    limit: int = Field(default=10, ge=1, le=50, description="Most passages.")


class CheckQuotations(Arguments):
    """Arguments of `check_quotations`."""

    draft: str = Field(
        min_length=1,
        max_length=DRAFT,
        description="The text to check, quotations in quotation marks, each with who says it. "
        "Markdown is understood.",
    )
    as_of: Text40 | None = _day("Use nothing published after this day.")
    since: Text40 | None = _day("Only articles published on this day or later.")
    until: Text40 | None = _day("Only articles published on this day or earlier.")
    publishers: Publishers = Field(default_factory=list)
    tags: Tags = Field(default_factory=list)


class ReadArticle(Arguments):
    """Arguments of `read_article`."""

    article_id: str = Field(
        min_length=1, max_length=2_000, description="The id, as the other tools give it."
    )
    start: int = Field(
        default=0, ge=0, le=10**9, description="Offset of the first character to read."
    )
    end: Annotated[int, Field(ge=1, le=10**9)] | None = Field(
        default=None,
        description="Offset after the last character; null: to the end. At most "
        f"{CHARACTERS:,} characters come at once; next_start tells where to go on.",
    )


class ListArticles(Arguments):
    """Arguments of `list_articles`."""

    publishers: Publishers = Field(default_factory=list)
    tags: Tags = Field(default_factory=list)
    since: Text40 | None = _day("Only articles published on this day or later.")
    until: Text40 | None = _day("Only articles published on this day or earlier.")
    words: str = Field(
        default="",
        max_length=200,
        description="Only titles (with outlet and day, “8 March 2022”) that hold all these words.",
    )
    offset: int = Field(
        default=0,
        ge=0,
        le=10**9,
        description="How many to pass over: next_offset of the last call.",
    )
    limit: int = Field(default=50, ge=1, le=200, description="Most articles in one call.")


class AddArticle(Arguments):
    """Arguments of `add_article`."""

    title: str = Field(min_length=1, max_length=500, description="The headline.")
    text: str = Field(
        min_length=1,
        max_length=TEXT,
        description="The whole text, as printed. It is stored as it is given: nothing is fetched "
        "and no file is read, whatever it says.",
    )
    publisher: str = Field(default="", max_length=200, description="The outlet.")
    published: Text40 = Field(default="", description="Day of publication. Written 2022-03-08.")
    url: str = Field(
        default="",
        max_length=2_000,
        description="The article's address (http or https), kept as its source and its id; never "
        "fetched. An article stored under the same address is replaced.",
    )


def complaint(error: ValidationError) -> str:
    """What is wrong with the arguments of a call, in one line."""
    told = []
    for one in error.errors(include_url=False, include_context=False)[:3]:
        name = ".".join(str(part) for part in one["loc"]) or "arguments"
        given = "" if one["type"] == "missing" else f" is {_shown(one['input'])}"
        told.append(f"{name}{given}: {one['msg']}")
    return " ".join("; ".join(told).split()) + "."


def _shown(value: object) -> str:
    shown = ascii(value) if isinstance(value, str) else repr(value)
    return shown if len(shown) <= 60 else f"{shown[:57]}..."
