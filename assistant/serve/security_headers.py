"""What every response tells the browser: load from here alone. Knows nothing of gradio.

Ours, since articles may be hostile: the package `secure` has one policy for all addresses, writes
it beside a response's own, and keeps gradio's headers that let other sites read along.
"""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Whatever an article or a model writes, the browser loads from this server alone. Gradio's own
# page needs inline scripts and styles, and `new Function`.
POLICY = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "base-uri 'self'",
        "form-action 'none'",
        "frame-src 'none'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    ]
)
# What is no page has nothing to load.
BARE = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
BARE_ROOMS = ("/api/", "/v1/", "/mcp", "/healthz", "/readyz", "/metrics", "/openapi.json")
HEADERS = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# Gradio lets the pages of any site read its answers, the visitor's cookies included.
TAKEN = [
    f"Access-Control-{name}"
    for name in ("Allow-Origin", "Allow-Credentials", "Allow-Methods", "Allow-Headers", "Max-Age")
]


class SecurityHeaders:
    """Adds our headers to every response; a response's own stay. Takes gradio's CORS."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                bare = path.startswith(BARE_ROOMS)
                policy = {"Content-Security-Policy": BARE if bare else POLICY}
                for name, value in {**HEADERS, **policy}.items():
                    headers.setdefault(name, value)
                if bare:
                    headers.setdefault("Cache-Control", "no-store")
                for name in TAKEN:
                    del headers[name]
            await send(message)

        path = scope.get("path", "")
        await self.app(scope, receive, guarded)
