"""Whether the server is alive, whether it can answer, and its numbers."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from assistant import ask
from assistant.access.permissions import reader
from assistant.errors import AssistantError
from assistant.serve import error_responses, metrics
from assistant.serve.dependencies import Ours

router = APIRouter(tags=["health"])
_NUMBERS = "# TYPE newsroom_questions counter\nnewsroom_questions_total 12.0\n"


class Alive(BaseModel):
    """The server runs."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"status": "alive"}})
    status: Literal["alive"]


class Ready(BaseModel):
    """The server can answer."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"example": {"status": "ready"}})
    status: Literal["ready"]


@router.get("/healthz", response_model=Alive, responses=error_responses.documented())
def alive() -> JSONResponse:
    """Whether the process is alive: for whoever restarts it when it is not."""
    return JSONResponse({"status": "alive"})


@router.get("/readyz", response_model=Ready, responses=error_responses.documented())
def ready(assistant: Ours, request: Request) -> JSONResponse:
    """Whether questions can be answered: the models load, the store opens and can be searched, an
    article is there."""
    try:
        ask.ready(assistant).near.index()
        _ = assistant.ranker
    except AssistantError as error:
        return error_responses.reply(request.url.path, 503, error_responses.kind(error)[1])
    return JSONResponse({"status": "ready"})


@router.get(
    "/metrics",
    response_class=Response,
    dependencies=[Depends(reader)],
    responses={
        **error_responses.documented(),
        200: {"content": {"text/plain": {"schema": {"type": "string"}, "example": _NUMBERS}}},
    },
)
def numbers(request: Request) -> Response:
    """The server's numbers, for Prometheus.

    Questions, answers by status, seconds by step, requests refused, quote checks failed, articles.
    """
    found: metrics.Metrics = request.app.state.metrics
    return Response(found.text(), media_type=metrics.TYPE)
