"""The tools at an address of a server whose door has found out who calls.

Each request stands for itself, with the rights of whoever sent it: no session is kept that another
could take over, or that would keep the server from ending.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from sse_starlette.sse import AppStatus
from starlette.exceptions import HTTPException
from starlette.types import Receive, Scope, Send

from assistant.access.limits import CHANGES, CHANGES_WAITING
from assistant.access.permissions import NOBODY, Visit, visit
from assistant.ask import Assistant
from assistant.errors import AssistantError
from assistant.mcp.mcp_server import Context, create


class Tools:
    """An ASGI application; it has to be `running`.

    `tell`: the line that an error is told in.
    """

    def __init__(self, assistant: Assistant, tell: Callable[[AssistantError], str]) -> None:
        settings = assistant.settings
        # All that may wait in the server's own lines, and some more, to be sent away at once.
        together = settings.answers + settings.waiting + CHANGES + CHANGES_WAITING
        server = create(assistant, writable=True, caller=_caller, tell=tell, together=together)
        self.sessions = StreamableHTTPSessionManager(
            server, stateless=True, max_request_body_size=settings.body_bytes
        )

    @asynccontextmanager
    async def running(self, _: object) -> AsyncIterator[None]:
        """The lifespan of the application; it can have but one."""
        # Else its streams break off when the server is told to end, before their answers are told.
        AppStatus.enable_automatic_graceful_drain = False
        try:
            async with self.sessions.run():
                yield
        finally:
            AppStatus.enable_automatic_graceful_drain = True

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request that the middleware let in."""
        if scope["method"] != "POST":  # a GET would hold a stream on which nothing ever comes
            told = f"{scope['method']} is not what this address takes. It takes POST."
            raise HTTPException(405, told, {"Allow": "POST"})
        await self.sessions.handle_request(scope, receive, send)


def _caller(context: Context) -> Visit:
    return visit(context.request) if context.request else Visit(NOBODY)
