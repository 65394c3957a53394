"""Before the server: who is let in, from where, with how much, and what they are told.

Plain ASGI around whatever is served. `access.permissions.visit` tells what it found.
"""

from __future__ import annotations

from urllib.parse import quote

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import HTTPConnection, Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.access import origins
from assistant.access.audit import Audit
from assistant.access.identity import ByFile, ByHeader, Identifies, Identity, anyone
from assistant.access.limits import Limits
from assistant.access.permissions import CHALLENGE, NO_EDITOR, NOBODY, STATE, UNKNOWN, Visit
from assistant.access.visitor_cookie import VisitorCookie
from assistant.errors import BadSetting
from assistant.serve.error_responses import reply
from assistant.serve.login import ROOMS, Login
from assistant.serve.request_log import Requests, log
from assistant.serve.security_headers import SecurityHeaders
from assistant.settings import Settings, networks

OPEN = ("/healthz", "/readyz", *ROOMS)  # whoever asks: they tell nothing
UPLOAD = "/gradio_api/upload"
MCP = ("Mcp-Protocol-Version", "Mcp-Method", "Mcp-Name")  # what its clients tell in headers
# These get no login page.
MACHINES = ("/api/", "/v1/", "/mcp", "/gradio_api/", "/metrics", "/openapi.json")


def require(settings: Settings) -> None:
    """Raise `BadSetting` when others could ask and nobody would be asked who they are."""
    if not settings.auth and not origins.is_loopback(settings.host):
        raise BadSetting(
            f"{settings.host} can be reached from outside, and nobody would have to sign in. "
            "Set ASSISTANT_AUTH=file:PATH or ASSISTANT_AUTH=header:NAME, or listen on 127.0.0.1."
        )


def middleware(settings: Settings) -> list[Middleware]:
    """What every request goes through, the outermost first; raises `BadSetting`."""
    allowed = [one for one in settings.cors_origins.split(",") if one]
    cors = Middleware(
        CORSMiddleware,
        allow_origins=allowed,
        allow_methods=["GET", "POST", "DELETE"],
        allow_headers=["Authorization", "Content-Type", *MCP],
        expose_headers=["Retry-After"],
    )
    identifies = _identifies(settings)
    return [
        Middleware(Requests, settings=settings),
        *([cors] if allowed else []),
        Middleware(SecurityHeaders),
        Middleware(AccessControl, settings=settings, identifies=identifies),
        Middleware(BodyLimits, settings=settings),
        Middleware(VisitorCookie),
    ]


def _identifies(settings: Settings) -> Identifies:
    kinds = {"file": ByFile, "header": ByHeader}
    kind = settings.auth.partition(":")[0]
    return kinds[kind](settings) if kind else anyone


class AccessControl:
    """Finds out who asks, and refuses what they may not do before anything else sees it."""

    def __init__(self, app: ASGIApp, settings: Settings, identifies: Identifies) -> None:
        self.app = app
        self.identifies = identifies
        self.proxies = networks(settings.proxies)
        self.allowed = frozenset(one for one in settings.cors_origins.split(",") if one)
        self.limits = Limits(settings)
        self.audit = Audit(settings)
        self.login = Login(identifies) if isinstance(identifies, ByFile) else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with its `Visit`, or answer it here."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":  # nothing here speaks over a websocket
            await send({"type": "websocket.close", "code": 1008})
            return
        address = origins.follow(scope, self.proxies)
        self._let(scope, Visit(NOBODY, address))
        if self.identifies is anyone and not origins.names_this_computer(scope):
            told = "Ask by the name of this computer: http://127.0.0.1. Others need ASSISTANT_AUTH."
            await reply(scope["path"], 421, told)(scope, receive, send)
            return
        response = await self._answer(scope, receive, address)
        await (response or self.app)(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, address: str) -> Response | None:
        """The response that ends the request here; None when it may go on."""
        path = scope["path"]
        try:
            identity = self.identifies(HTTPConnection(scope))
        except BadSetting as error:
            log.error("%s", error)
            return reply(path, 503, "Nobody can sign in now.", {"Retry-After": "60"})
        if scope["method"] not in origins.SAFE and self._is_foreign(scope, identity):
            told = "A page of another site sent this. Programs send a token, and no cookie."
            return reply(path, 403, told)
        if path in ROOMS and self.login:
            return await self.login.answer(Request(scope, receive), address)
        if identity is None:
            return None if path in OPEN else self._unknown(scope)
        if path == UPLOAD and "write" not in identity.who.scopes:
            return reply(path, 403, NO_EDITOR)
        session = bool(self.login) and identity.by_itself
        self._let(scope, Visit(identity.who, address, session, self.limits, self.audit))
        return None

    def _is_foreign(self, scope: Scope, identity: Identity | None) -> bool:
        # A token is put there by a program that knows it: no page of another site does.
        if identity and not identity.by_itself and self.identifies is not anyone:
            return False
        is_login = identity is None and scope["path"] in ROOMS
        must_say = is_login or (identity is not None and identity.by_itself)
        # Those let their visitors' tokens be used, and not the cookies.
        allowed = self.allowed if self.identifies is anyone else frozenset[str]()
        return origins.is_foreign(scope, allowed, must_say=must_say)

    def _unknown(self, scope: Scope) -> Response:
        """To the login page for who looks, one line for a program."""
        path, headers = scope["path"], Headers(scope=scope)
        looks = scope["method"] in ("GET", "HEAD") and "text/html" in headers.get("accept", "")
        if self.login and looks and not path.startswith(MACHINES):
            asked = scope.get("query_string", b"").decode("latin-1")
            next = quote(path + (f"?{asked}" if asked else ""), safe="")
            return RedirectResponse(f"/login?next={next}", 303, {"Cache-Control": "no-store"})
        told = UNKNOWN if self.login else "The server in front of this one has not told your name."
        return reply(path, 401, told, CHALLENGE)

    def _let(self, scope: Scope, visit: Visit) -> None:
        scope.setdefault("state", {})[STATE] = visit


class BodyLimits:
    """Ends a request whose body is larger than is read, before it is kept anywhere.

    Ours, since a request may lie: starlette's limit believes a length of -1, and answers in plain
    text, not in the shape of the API's errors.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.body, self.upload = settings.body_bytes, settings.upload_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count what comes in."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        most = self.upload if scope["path"] == UPLOAD else self.body
        told = f"The request has more than {most:,} bytes. Send less at once."
        length = Headers(scope=scope).get("content-length", "0")
        if not length.isdecimal() or len(length) > 18 or int(length) > most:
            await reply(scope["path"], 413, told)(scope, receive, send)
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
