"""From growing snapshots to a response, whole or as server-sent events, as long as somebody reads.

A client that goes away stops the work: the snapshots are closed. Ours for that reason: with the
responses of fastapi and sse-starlette they stay open, and who comes and goes would hold all turns.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import closing
from itertools import islice
from typing import Any, cast

from anyio import CancelScope, from_thread, to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from assistant.errors import AssistantError
from assistant.records import Answer
from assistant.serve import error_responses

log = logging.getLogger("assistant.serve")
Snapshots = Generator[Answer, None, None]
BEGUN = 2  # snapshots: the second comes when the search has succeeded


def last(request: Request, snapshots: Iterator[Answer]) -> Answer:
    """The finished answer. Only to be called in a thread of the server's."""
    with closing(cast(Snapshots, snapshots)) as growing:
        for answer in growing:  # noqa: B007 - the last one is what is wanted
            if from_thread.run(request.is_disconnected):
                raise HTTPException(499, "Nobody waits for this answer any more.")
    return answer


def begun(snapshots: Iterator[Answer]) -> Snapshots:
    """The same snapshots; what cannot even begin raises its error here, not half-way."""
    first = list(islice(snapshots, BEGUN))

    def all() -> Snapshots:
        with closing(cast(Snapshots, snapshots)) as rest:
            yield from first
            yield from rest

    return all()


def event(name: str, told: Any) -> str:
    """One server-sent event."""
    named = f"event: {name}\n" if name else ""
    return f"{named}data: {json.dumps(told, ensure_ascii=False)}\n\n"


def documented(shapes: Mapping[str, str], example: str, *, end: str = "") -> dict[str, Any]:
    """What OpenAPI is told of a stream: the shape of the data of each event by its name, "message"
    for those without one; `end` is the data of the last."""
    kinds = [_documented(name, shape, end) for name, shape in shapes.items()]
    return {"text/event-stream": {"itemSchema": {"oneOf": kinds}, "example": example}}


def _documented(name: str, shape: str, end: str) -> dict[str, Any]:
    reference = {"$ref": f"#/components/schemas/{shape}"}
    data: dict[str, Any] = {"type": "string", "contentMediaType": "application/json"}
    data["contentSchema"] = reference
    if name == "message" and end:
        data = {"anyOf": [{"const": end}, data]}
    facts = {"event": {"const": name}, "data": data}
    named = ["event"] if name != "message" else []
    return {"type": "object", "properties": facts, "required": [*named, "data"]}


class Events(StreamingResponse):
    """Server-sent events, made in a thread as they are sent. An error is the last of them."""

    media_type = "text/event-stream"

    def __init__(
        self, snapshots: Snapshots, told: Callable[[Snapshots], Iterable[str]], path: str
    ) -> None:
        self.snapshots = snapshots
        self.pieces = _until_error(snapshots, told, path)
        # No proxy may hold them back.
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        super().__init__(self.pieces, headers=headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send them; close the snapshots whatever happens."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            with CancelScope(shield=True):
                await to_thread.run_sync(self._close)

    def _close(self) -> None:
        self.pieces.close()
        self.snapshots.close()  # should the pieces never have begun


def _until_error(
    snapshots: Snapshots, told: Callable[[Snapshots], Iterable[str]], path: str
) -> Generator[str, None, None]:
    try:
        yield from told(snapshots)
    except AssistantError as error:
        yield event("error", error_responses.body(path, *error_responses.kind(error)))
    except Exception:
        log.exception("An answer broke off")
        yield event("error", error_responses.body(path, 500, error_responses.UNEXPECTED))
