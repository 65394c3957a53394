"""The JSON of a report on a draft, described once: for OpenAPI and for tools."""

from __future__ import annotations

from pydantic import Field

from assistant.records import Matter, QuotationVerdict, StatementVerdict
from assistant.render.json_schema import Made, QuoteShape


class ChangedShape(Made):
    """Words of the draft and what is printed in their place, and what that changes."""

    draft: str
    printed: str
    matter: Matter


class CheckedShape(Made):
    """Words of the draft, `draft[start:end]`, and where the first place is that tells of them."""

    text: str
    start: int
    end: int
    because: str = Field(description="What the verdict rests on, in a line.")
    article_id: str | None
    title: str | None
    publisher: str | None
    url: str | None
    published: str | None
    printed_start: int | None = Field(description="Where the article prints the words.")
    printed_end: int | None
    speaker: str | None
    role: str | None
    gone: str | None = Field(description="Since when a newer version lacks these words.")
    places: list[QuoteShape]
    nearest: list[QuoteShape] = Field(description="Where there is no place: what comes nearest.")


class CheckedQuotationShape(CheckedShape):
    """A quotation of the draft."""

    verdict: QuotationVerdict
    claimed: str | None = Field(description="Whom the draft gives it to.")
    printed: str | None = Field(description="The words as printed.")
    difference: list[ChangedShape]


class CheckedStatementShape(CheckedShape):
    """A sentence of the draft that states something."""

    verdict: StatementVerdict
    opinion: bool = Field(description="Stated as a fact, and printed as somebody's words.")


class ReportShape(Made):
    """What the articles make of a draft."""

    quotations: list[CheckedQuotationShape]
    statements: list[CheckedStatementShape]
    counts: dict[str, int] = Field(description="How many got each verdict that any got.")
    clean: bool = Field(description="Nothing is altered, joined, another's or contradicted.")
    short: int = Field(description="How many were too short to be looked up.")
    notices: list[str]
    since: list[str]
    seconds: float
    draft: str
