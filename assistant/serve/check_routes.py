"""/api/check: a draft in, a report on it out."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import ConfigDict, Field
from starlette.requests import Request
from starlette.responses import JSONResponse

from assistant.access.permissions import reader, visit
from assistant.drafts.check_draft import CHARACTERS
from assistant.render import report_schema
from assistant.serve import error_responses
from assistant.serve.api_schema import STORABLE, Day, Given, Outlets
from assistant.serve.dependencies import Ours
from assistant.serve.openapi_examples import DRAFT, REPORT

router = APIRouter(tags=["drafts"], dependencies=[Depends(reader)])


class Draft(Given):
    """A draft, and which articles it is checked against."""

    model_config = ConfigDict(json_schema_extra={"example": DRAFT})
    draft: Annotated[str, Field(max_length=CHARACTERS), STORABLE]
    as_of: Day | None = Field(None, description="Use nothing published after this day.")
    since: Day | None = Field(None, description="Only articles published since this day.")
    until: Day | None = Field(None, description="Only articles published until this day.")
    publishers: Outlets = Field([], description="Only these outlets; empty: all.")
    tags: Outlets = Field([], description="Only articles with one of these tags; empty: all.")

    def filters(self) -> dict[str, Any]:
        """As `Assistant.check` takes them."""
        days = {name: getattr(self, name) for name in ("as_of", "since", "until")}
        return {**days, "publishers": tuple(self.publishers), "tags": tuple(self.tags)}


class ReportShape(report_schema.ReportShape):
    """What the articles make of a draft."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": REPORT})


@router.post(
    "/api/check",
    summary="Check a draft",
    response_model=ReportShape,
    responses=error_responses.documented(400, 422),
)
def check(given: Draft, assistant: Ours, request: Request) -> JSONResponse:
    """Whether each quotation in a draft is printed and by whom said, and whether what it states is.

    The draft is not kept, and no log holds its words. It counts as one question.
    """
    with visit(request).searching(f"(a draft of {len(given.draft):,} characters)"):
        report = assistant.check(given.draft, **given.filters())
    return JSONResponse(report.to_dict())
