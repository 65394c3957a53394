"""From an error to a status of HTTP and one line that tells nothing of this server's insides.

`/v1` says it in OpenAI's shape, `{"error": {"message": ...}}`, all else as `{"error": ...}`.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Match, Route

from assistant.errors import (
    AlteredQuote,
    AssistantError,
    BadArticle,
    BadSetting,
    ModelFailed,
    NoIndex,
    NoKey,
    NotAllowed,
    NotNow,
    StaleIndex,
    StoreBusy,
    StoreFailed,
    StoreFull,
    TooBusy,
    TooOften,
)

log = logging.getLogger("assistant.serve")
WAIT = {"Retry-After": "5"}  # seconds
_OURS = "Whoever runs this server finds the reason in its log."
# Only of the first five the message is passed on: the others name folders, processes and servers.
KINDS: dict[type[AssistantError], tuple[int, str]] = {
    BadSetting: (400, ""),
    BadArticle: (400, ""),
    NotAllowed: (403, ""),
    TooOften: (429, ""),
    TooBusy: (503, ""),
    NoIndex: (503, "There are no articles yet. Add some: POST /api/articles."),
    StaleIndex: (503, f"The store has to be rebuilt before it can be asked. {_OURS}"),
    StoreBusy: (503, "The store is busy. Try again in a few seconds."),
    AlteredQuote: (503, f"A quotation is not what its article prints, and was held back. {_OURS}"),
    StoreFull: (
        503,
        f"The disk is full: nothing can be stored, and nothing stored is lost. {_OURS}",
    ),
    StoreFailed: (503, f"The store cannot be read or written now. {_OURS}"),
    NoKey: (503, f"A model has no key. {_OURS}"),
    ModelFailed: (503, f"A model does not answer now. {_OURS}"),
    AssistantError: (503, f"This cannot be done now. {_OURS}"),
}
UNEXPECTED = f"Something went wrong that should not have. {_OURS}"
EXAMPLES = {
    400: "limit is 50; an answer holds 1 to 20 quotes.",
    401: "Say who you are: send a token, or sign in.",
    403: "You may ask, but not change the collection.",
    404: "No article has the id 'bridge-closed'. The ids are in: GET /api/articles",
    405: "POST is not what this address takes. It takes GET.",
    413: "The request has more than 1,000,000 bytes. Send less at once.",
    421: "Ask by the name of this computer: http://127.0.0.1. Others need ASSISTANT_AUTH.",
    422: "question: Field required",
    429: "Too many questions at once. Try again in a few seconds.",
    500: UNEXPECTED,
    503: KINDS[StoreBusy][1],
}
_SECONDS = {"description": "Seconds until it may be tried again.", "schema": {"type": "integer"}}
_HOW = {"description": "How to say who you are.", "schema": {"type": "string"}}
HEADERS = {  # that these always have
    401: {"WWW-Authenticate": {"required": True, **_HOW}},
    429: {"Retry-After": {"required": True, **_SECONDS}},
    503: {"Retry-After": {"required": True, **_SECONDS}},
}
_TYPES = {401: "authentication_error", 403: "permission_error", 429: "rate_limit_error"}


class Problem(BaseModel):
    """What went wrong, and what to do."""

    model_config = ConfigDict(extra="forbid")
    error: str


class Told(BaseModel):
    """What went wrong, as OpenAI's clients expect to be told."""

    model_config = ConfigDict(extra="forbid")
    message: str
    type: str
    param: str | None
    code: str | None


class OpenAIProblem(BaseModel):
    """An error in OpenAI's shape."""

    model_config = ConfigDict(extra="forbid")
    error: Told


def kind(error: AssistantError) -> tuple[int, str]:
    """The status that an error stands for, and its one line."""
    status, told = next(KINDS[one] for one in type(error).__mro__ if one in KINDS)
    if status >= 500:
        log.warning("%s: %s", type(error).__name__, error)
    return status, told or str(error)


def body(path: str, status: int, told: str, param: str | None = None) -> dict[str, Any]:
    """The JSON that tells of a problem at this path."""
    if not path.startswith("/v1/"):
        return {"error": told}
    usual = "server_error" if status >= 500 else "invalid_request_error"
    code = "model_not_found" if param == "model" and status == 404 else None
    kind = _TYPES.get(status, usual)
    return {"error": {"message": told, "type": kind, "param": param, "code": code}}


def reply(
    path: str, status: int, told: str, headers: Mapping[str, str] | None = None, param: str = ""
) -> JSONResponse:
    """The response that tells of a problem at this path."""
    shown = body(path, status, told, param or None)
    more = WAIT if status == 503 else {}
    return JSONResponse(shown, status, {"Cache-Control": "no-store", **more, **(headers or {})})


def documented(*statuses: int, openai: bool = False) -> dict[int | str, dict[str, Any]]:
    """The problems of a route, for its `responses`: these, and those that any route may have."""
    path, model = ("/v1/", OpenAIProblem) if openai else ("/", Problem)
    return {
        status: {
            "model": model,
            "description": HTTPStatus(status).phrase,
            "content": {"application/json": {"example": body(path, status, EXAMPLES[status])}},
            "headers": HEADERS.get(status, {}),
        }
        for status in sorted({*statuses, 401, 403, 413, 421, 429, 500, 503})
    }


class Refused(HTTPException):
    """A field in OpenAI's shape that is not done here."""

    def __init__(self, status: int, told: str, param: str) -> None:
        super().__init__(status, told)
        self.param = param


def handle(app: FastAPI, routes: Sequence[BaseRoute]) -> None:
    """Have `app`, whose own routes these are, tell of every error this way."""
    app.add_exception_handler(AssistantError, _ours)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(Exception, _unexpected)
    app.state.routes = routes
    for room in ("/api", "/v1"):
        app.add_api_route(f"{room}/{{rest:path}}", _nowhere, methods=_ALL, include_in_schema=False)


_UNREAD = "it is not UTF-8, or nested too deeply."
_ALL = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]


def _ours(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, AssistantError)
    wait = {"Retry-After": str(error.seconds)} if isinstance(error, NotNow) else None
    return reply(request.url.path, *kind(error), wait)


def _refused(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    # Starlette names the methods of one route of several.
    if error.detail == HTTPStatus.METHOD_NOT_ALLOWED.phrase:
        return _nowhere(request)
    if isinstance(error.__cause__, (UnicodeDecodeError, RecursionError)):  # told by FastAPI
        return reply(request.url.path, _wrong(request), f"The body is no JSON: {_UNREAD}")
    param = error.param if isinstance(error, Refused) else ""
    path, told = request.url.path, str(error.detail)
    return reply(path, error.status_code, told, error.headers, param)


def _invalid(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    steps = (str(step) for step in first["loc"][1:])
    # Without what names a kind where there may be several, "list[Part]".
    place = ".".join(step for step in steps if step.isidentifier() or step.isdecimal())
    if first["type"] == "json_invalid":
        told, place = f"The body is no JSON: {first['ctx']['error']} at character {place}.", ""
    else:
        named = place or "The body"
        told = f"{named}: {first['msg'].removeprefix('Value error, ')}"
    told = " ".join(told.split())[:500]
    return reply(request.url.path, _wrong(request), told, param=place)


def _wrong(request: Request) -> int:
    """The status of a request that has not the shape it should have."""
    return 400 if request.url.path.startswith("/v1/") else 422


def _unexpected(request: Request, error: Exception) -> JSONResponse:
    return reply(request.url.path, 500, UNEXPECTED)  # starlette raises it again, for the log


def _nowhere(request: Request) -> JSONResponse:
    """Without this the page would answer what no route of ours does."""
    path, here = request.url.path, {**request.scope, "path_params": {}}
    taken = set[str]()
    for route in request.app.state.routes:
        if isinstance(route, Route) and route.matches(here)[0] is Match.PARTIAL:
            taken |= route.methods or set()
    if not taken:
        return reply(path, 404, f"There is nothing at {path[:200]!r}. All is in: GET /openapi.json")
    takes = ", ".join(sorted(taken))
    told = f"{request.method} is not what this address takes. It takes {takes}."
    return reply(path, 405, told, {"Allow": takes})
