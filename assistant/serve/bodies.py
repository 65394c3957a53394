"""How much one request may send. The page's own uploads have gradio's limit."""

from __future__ import annotations

from fastapi import HTTPException
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.serve.problems import reply

# A question with its whole conversation; a thousand articles of the usual length.
MOST = {"/api/articles": 10_000_000, "/api/": 1_000_000, "/v1/": 1_000_000}


class Bodies:
    """Ends a request whose body is larger than its path allows with 413."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"] if scope["type"] == "http" else ""
        most = next((most for room, most in MOST.items() if path.startswith(room)), 0)
        if not most:
            await self.app(scope, receive, send)
            return
        told = f"The request has more than {most:,} bytes. Send less at once."
        length = Headers(scope=scope).get("content-length", "0")
        if not length.isdecimal() or len(length) > 18 or int(length) > most:
            await reply(path, 413, told)(scope, receive, send)
            return
        got = 0

        async def counted() -> Message:
            nonlocal got
            message = await receive()
            got += len(message.get("body", b""))
            if got > most:
                raise HTTPException(413, told)
            return message

        await self.app(scope, counted, send)
