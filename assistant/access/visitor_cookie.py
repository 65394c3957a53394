"""Who asks: a login name, else a random cookie. Knows nothing of gradio.

What is kept of a visitor is kept under a hash of the cookie, so that a copy of the store opens
nobody's conversations.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "newsroom_visitor"
YEAR = 365 * 24 * 3600  # seconds
_VALID = re.compile(r"[0-9a-f]{32}")


def visitor(cookies: Mapping[str, str], username: str | None = None) -> str:
    """The text under which things are kept; "" for a browser that keeps no cookies."""
    if username:
        return f"login {username}"
    value = cookies.get(COOKIE, "")
    if not _VALID.fullmatch(value):
        return ""
    return f"cookie {hashlib.sha256(value.encode()).hexdigest()}"


class VisitorCookie:
    """Gives each new browser its cookie, with the page itself."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def greeting(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).append("Set-Cookie", _cookie(scope))
            await send(message)

        page = scope["type"] == "http" and scope["path"] == "/"
        known = page and _VALID.fullmatch(HTTPConnection(scope).cookies.get(COOKIE, ""))
        await self.app(scope, receive, greeting if page and not known else send)


def _cookie(scope: Scope) -> str:
    # Lax: a link from elsewhere still finds the reader's conversations.
    secure = "; Secure" if HTTPConnection(scope).url.scheme == "https" else ""
    kept = f"Path=/; Max-Age={YEAR}; HttpOnly; SameSite=Lax{secure}"
    return f"{COOKIE}={secrets.token_hex(16)}; {kept}"
