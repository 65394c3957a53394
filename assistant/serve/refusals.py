"""One line of JSON for a request that goes no further; in OpenAI's shape for its clients."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import JSONResponse

_KINDS = {401: "authentication_error", 403: "permission_error"}


def refusal(
    path: str, status: int, told: str, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """The response that says why a request to this path is refused."""
    body: dict[str, object] = {"error": told}
    if path.startswith("/v1/"):
        kind = _KINDS.get(status, "invalid_request_error")
        body = {"error": {"message": told, "type": kind, "param": None, "code": None}}
    return JSONResponse(body, status, {"Cache-Control": "no-store", **(headers or {})})
