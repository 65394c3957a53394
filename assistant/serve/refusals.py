"""One line of JSON for a request that goes no further; in OpenAI's shape for its clients."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse

from assistant.errors import NotAllowed, NotNow, TooBusy, TooOften

STATUS: dict[type[Exception], int] = {NotAllowed: 403, TooOften: 429, TooBusy: 503}
_KINDS = {
    401: "authentication_error",
    403: "permission_error",
    429: "rate_limit_error",
    503: "server_error",
}


def refusal(
    path: str, status: int, told: str, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """The response that says why a request to this path is refused."""
    body: dict[str, object] = {"error": told}
    if path.startswith("/v1/"):
        kind = _KINDS.get(status, "invalid_request_error")
        body = {"error": {"message": told, "type": kind, "param": None, "code": None}}
    return JSONResponse(body, status, {"Cache-Control": "no-store", **(headers or {})})


def refused(request: Request, error: Exception) -> JSONResponse:
    """FastAPI's handler of the errors in `STATUS`; tells the seconds to wait, if that helps."""
    wait = {"Retry-After": str(error.seconds)} if isinstance(error, NotNow) else None
    return refusal(request.url.path, STATUS[type(error)], str(error), wait)
