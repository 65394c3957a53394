"""/api/articles: the collection, listed, looked at, added to and taken from.

An article's id may hold anything, as addresses do: written into a path it is percent-encoded, each
slash of it too (`quote(id, safe="")` in Python, `encodeURIComponent` in JavaScript).
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Path, Query
from starlette.requests import Request
from starlette.responses import JSONResponse

from assistant.access.permissions import editor, reader, visit
from assistant.errors import NoIndex
from assistant.page.library_actions import matching
from assistant.questions import asked_tags
from assistant.questions.understanding import make_filters
from assistant.records import Article, Outcome
from assistant.serve import error_responses, openapi_examples
from assistant.serve.api_schema import (
    STORABLE,
    ArticleShape,
    Day,
    Id,
    Listed,
    NewArticle,
    Outcomes,
    OutcomeShape,
    Outlets,
)
from assistant.serve.dependencies import Ours
from assistant.sources.build_article import Skipped, too_large
from assistant.sources.files.json_lines import one as read

router = APIRouter(tags=["articles"])
MOST = 1_000  # articles added at once
Named = Annotated[
    Id,
    Path(
        description="An article's id, percent-encoded, its slashes too.",
        examples=[openapi_examples.SOURCE["id"]],
    ),
]
_ADDED = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "array",
                    "maxItems": MOST,
                    "items": NewArticle.model_json_schema(),
                },
                "example": [openapi_examples.NEW],
            }
        },
    }
}


@router.get(
    "/api/articles",
    summary="List the articles",
    response_model=Listed,
    dependencies=[Depends(reader)],
    responses=error_responses.documented(400, 422),
)
def listed(
    assistant: Ours,
    query: Annotated[
        str, Query(max_length=500, description="In title, outlet, day."), STORABLE
    ] = "",
    publisher: Annotated[Outlets | None, Query(description="Only these outlets.")] = None,
    tag: Annotated[Outlets | None, Query(description="Only with one of these tags.")] = None,
    since: Annotated[Day | None, Query(description="Published since this day.")] = None,
    until: Annotated[Day | None, Query(description="Published until this day.")] = None,
    offset: Annotated[int, Query(ge=0, le=10**9)] = 0,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
) -> JSONResponse:
    """The articles, the newest first, without their texts."""
    only = make_filters(publishers=publisher or (), since=since, until=until, tags=tag or ())
    stored = assistant.sources()
    if stored:
        asked_tags.checked(only, assistant.store)
    found = matching(stored, query, only)
    shown = [source.to_dict() for source in found[offset : offset + limit]]
    return JSONResponse({"total": len(found), "offset": offset, "limit": limit, "articles": shown})


@router.get(
    "/api/articles/{id:path}",
    summary="Read one article",
    response_model=ArticleShape,
    dependencies=[Depends(reader)],
    responses=error_responses.documented(404, 422),
)
def one(id: Named, assistant: Ours) -> JSONResponse:
    """An article with its text, in which the offsets of quotations count."""
    found = _found(assistant, id)
    return JSONResponse(found.to_dict()) if found else _unknown(id)


@router.post(
    "/api/articles",
    summary="Add articles",
    response_model=Outcomes,
    dependencies=[Depends(editor)],
    responses=error_responses.documented(400, 422),
    openapi_extra=_ADDED,
)
def add(
    articles: Annotated[list[dict[str, Any]], Body(max_length=MOST)],
    assistant: Ours,
    request: Request,
) -> JSONResponse:
    """Add articles; what became of each. The same article again is `unchanged`, so try again
    after an error: what was stored before it stays."""
    most = assistant.settings.article_bytes
    ready, outcomes = list[Article](), list[Outcome]()
    for number, fields in enumerate(articles, 1):
        found = _read(fields, f"article {number}", most)
        if isinstance(found, Article):
            ready.append(found)
        else:
            outcomes.append(Outcome(found.where, "skipped", reason=found.reason))
    if ready:
        added = visit(request).changing(lambda: assistant.adding(ready), "api")
        outcomes = [*added, *outcomes]
    return JSONResponse({"outcomes": [asdict(outcome) for outcome in outcomes]})


def _read(fields: dict[str, Any], where: str, most: int) -> Article | Skipped:
    size = len(str(fields.get("text")).encode("utf-8", "surrogatepass"))
    if size > most:
        return Skipped(where, too_large(size, most))
    found = read(fields, where)
    return found if isinstance(found, Skipped) else found[1]


@router.delete(
    "/api/articles/{id:path}",
    summary="Remove an article",
    response_model=OutcomeShape,
    dependencies=[Depends(editor)],
    responses=error_responses.documented(404, 422),
)
def remove(id: Named, assistant: Ours, request: Request) -> JSONResponse:
    """Remove an article; nothing is answered from it any more."""
    if not (found := _found(assistant, id)):
        return _unknown(id)
    removed = Outcome(id, "removed", id, found.source.title)

    def gone() -> list[Outcome]:
        return [removed] if assistant.store.remove(id, "through the API") else []

    if not list(visit(request).changing(gone, "api")):
        return _unknown(id)
    return JSONResponse(asdict(removed))


def _found(assistant: Ours, id: str) -> Article | None:
    try:
        return assistant.article(id)
    except NoIndex:
        return None


def _unknown(id: str) -> JSONResponse:
    told = f"No article has the id {id[:300]!r}. The ids are in: GET /api/articles"
    return error_responses.reply("/api/articles", 404, told)
