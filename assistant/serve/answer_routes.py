"""/api/answer and /api/search: a question in, an answer or passages out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from assistant.access.permissions import reader, visit
from assistant.records import Hit, Turn
from assistant.serve import error_responses, event_streams, openapi_examples
from assistant.serve.api_schema import AnswerShape, Hits, Looking, Question
from assistant.serve.dependencies import Ours
from assistant.serve.event_streams import Events, Snapshots, begun, event, last

router = APIRouter(tags=["questions"], dependencies=[Depends(reader)])
_EVENTS = {"growing": "AnswerShape", "finished": "AnswerShape", "error": "Problem"}
_STREAMED = event_streams.documented(_EVENTS, openapi_examples.EVENTS)


@router.post(
    "/api/answer",
    summary="Answer a question",
    response_model=AnswerShape,
    responses={**error_responses.documented(400, 422), 200: {"content": _STREAMED}},
)
def answer(asked: Question, assistant: Ours, request: Request) -> Response:
    """Answer a question with quotations that are printed in the articles.

    With `Accept: text/event-stream` the answer comes as it grows: an event `growing` for each
    snapshot, the last one `finished`, or `error` with what any error looks like.
    A question that the articles do not answer has status `not_found`, which is no error.
    """
    history = [
        Turn(one.role, one.text, (), one.speaker, tuple(one.articles)) for one in asked.history
    ]
    visitor, streamed = visit(request), "text/event-stream" in request.headers.get("accept", "")
    options = {**asked.options(), "history": visitor.recent(history), "limit": asked.limit}
    begin = partial(assistant.stream, asked.question, **options)
    snapshots = visitor.answers(asked.question, begin, places=streamed)
    if not streamed:
        return JSONResponse(last(request, snapshots).to_dict())
    return Events(begun(snapshots), _events, request.url.path)


def _events(snapshots: Snapshots) -> Iterator[str]:
    for one in snapshots:
        yield event("finished" if one.finished else "growing", one.to_dict())


@router.post(
    "/api/search",
    summary="Search for passages",
    response_model=Hits,
    responses=error_responses.documented(400, 422),
)
def search(asked: Looking, assistant: Ours, request: Request) -> JSONResponse:
    """The passages most likely to answer, best first. Scores only order them."""
    with visit(request).searching(asked.question):
        hits = assistant.search(asked.question, limit=asked.limit, **asked.options())
    return JSONResponse({"question": asked.question, "hits": [_hit(hit) for hit in hits]})


def _hit(hit: Hit) -> dict[str, object]:
    passage = hit.passage
    return {
        **passage.source.to_dict(),
        "text": passage.text,
        "start": passage.start,
        "end": passage.end,
        "score": round(float(hit.score), 6),
        "ranks": dict(hit.ranks),
    }
