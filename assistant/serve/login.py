"""The login page, and what it takes to get in by it: name, password, patience."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from html import escape
from urllib.parse import parse_qs, urlsplit

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from assistant.access.identity import ByFile
from assistant.access.origins import neighbourhood
from assistant.access.rate_limit import Rate
from assistant.access.sessions import cookie_name

ROOMS = ("/login", "/logout")
FORM_COOKIE = "newsroom_form"
FORM_BYTES = 8_000
# A person mistypes five times; who guesses gets 40 tries an hour at a name, 120 from an address.
NAME_TRIES, ADDRESS_TRIES, TRIES_SECONDS = 10, 30, 15 * 60
HASHES = 2  # at once: each takes 64 MiB and a tenth of a second of one core
HASHES_WAITING = 8
_STYLE = (  # the page's colours, light and dark
    ":root{color-scheme:light dark;--paper:#faf8f4;--card:#fffdfa;--ink:#211e1a;--rule:#ddd6c9}"
    "@media(prefers-color-scheme:dark){"
    ":root{--paper:#17171a;--card:#202024;--ink:#ece8e1;--rule:#3b3a38}}"
    "body{font:1rem/1.5 system-ui;max-width:22rem;margin:15vh auto;padding:0 1rem;"
    "background:var(--paper);color:var(--ink)}"
    "h1{font:700 1.75rem/1.2 Charter,Georgia,'Noto Serif',serif;margin:0 0 1.5rem;"
    "padding-bottom:.75rem;border-bottom:3px double var(--rule)}"
    "label,input,button{display:block;width:100%;box-sizing:border-box;font:inherit}"
    "input,button{padding:.6rem;margin:.2rem 0 1rem;border:1px solid var(--rule);"
    "border-radius:3px;background:var(--card);color:inherit}"
    "button{background:var(--ink);color:var(--paper);font-weight:600;cursor:pointer}"
)
_STYLE_HASH = hashlib.sha256(_STYLE.encode()).digest()
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Sign in · Newsroom assistant</title>
<meta name="viewport" content="width=device-width"><style>{style}</style></head>
<body><main><h1>Newsroom assistant</h1>{told}{form}</main></body></html>"""
_SIGN_IN = """<form method="post" action="/login">
<input type="hidden" name="form" value="{proof}"><input type="hidden" name="next" value="{next}">
<label for="name">Name</label>
<input id="name" name="name" autocomplete="username" maxlength="100" required autofocus>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password"
 maxlength="1000" required>
<button>Sign in</button></form>"""
_SIGN_OUT = """<p>You are signed in as {name}.</p><p><a href="/">To the page</a></p>
<form method="post" action="/logout"><button>Sign out</button></form>"""


class Login:
    """The answers to /login and /logout. The door has seen to it that our own page sent them."""

    def __init__(self, by_file: ByFile) -> None:
        self.by_file = by_file
        self.names = Rate(NAME_TRIES, TRIES_SECONDS)
        self.addresses = Rate(ADDRESS_TRIES, TRIES_SECONDS)
        self.hashing = CapacityLimiter(HASHES)
        self._key = secrets.token_bytes(32)

    async def answer(self, request: Request, address: str) -> Response:
        """The response to a request for one of `ROOMS`."""
        if request.method == "POST":
            if request.url.path == "/logout":
                return self._signed_out(request)
            return await self._sign_in(request, address)
        if request.method not in ("GET", "HEAD") or request.url.path == "/logout":
            return RedirectResponse("/login", 303)
        return self._page(request, request.query_params.get("next", ""))

    def _page(
        self, request: Request, next: str, told: str = "", status: int = 200, wait: float = 0
    ) -> Response:
        known = self.by_file(request) if not told else None
        cookie = request.cookies.get(FORM_COOKIE, "")
        nonce = cookie if len(cookie) == 43 else secrets.token_urlsafe(32)
        if known:
            form = _SIGN_OUT.format(name=escape(known.who.name))
        else:
            form = _SIGN_IN.format(proof=self._proof(nonce), next=escape(within(next)))
        said = f'<p role="alert">{escape(told)}</p>' if told else ""
        page = HTMLResponse(_PAGE.format(style=_STYLE, told=said, form=form), status, _headers())
        if wait:
            page.headers["Retry-After"] = str(max(1, round(wait + 0.5)))
        secure = request.url.scheme == "https"
        page.set_cookie(
            FORM_COOKIE, nonce, path="/login", secure=secure, httponly=True, samesite="strict"
        )
        return page

    async def _sign_in(self, request: Request, address: str) -> Response:
        given = await _fields(request)
        name, next = given.get("name", ""), given.get("next", "")
        proof = self._proof(request.cookies.get(FORM_COOKIE, ""))
        if not hmac.compare_digest(proof, given.get("form", "").encode("ascii", "ignore").decode()):
            return self._page(request, next, "The form was too old. Please sign in again.", 403)
        if self.hashing.statistics().tasks_waiting >= HASHES_WAITING:
            told = "Many are signing in just now. Try again in a moment."
            return self._page(request, next, told, 503, 5)
        # Spent before, given back after: nobody gets more tries by trying them all at once.
        address = neighbourhood(address)
        if wait := self.addresses.spend(address):
            return self._page(request, next, _later(wait), 429, wait)
        if wait := self.names.spend(name[:100]):
            self.addresses.give_back(address)
            return self._page(request, next, _later(wait), 429, wait)
        user = await to_thread.run_sync(
            self.by_file.accounts.opens, name, given.get("password", ""), limiter=self.hashing
        )
        if not user:
            return self._page(request, next, "There is no such name with this password.", 403)
        self.names.give_back(name[:100])
        self.addresses.give_back(address)
        return self._signed_in(request, name, user.password, next)

    def _signed_in(self, request: Request, name: str, password: str, next: str) -> Response:
        sessions, cookie = self.by_file.sessions, cookie_name(request)
        sessions.end(request.cookies.get(cookie, ""))
        response = RedirectResponse(within(next), 303, _headers())
        # Lax: a link in a letter still opens the page; whatever changes something asks for more.
        response.set_cookie(
            cookie,
            sessions.begin(name, password),
            max_age=int(sessions.seconds),
            secure=request.url.scheme == "https",
            httponly=True,
            samesite="lax",
        )
        return response

    def _signed_out(self, request: Request) -> Response:
        cookie = cookie_name(request)
        self.by_file.sessions.end(request.cookies.get(cookie, ""))
        response = RedirectResponse("/login", 303, _headers())
        secure = request.url.scheme == "https"
        response.delete_cookie(cookie, secure=secure, httponly=True, samesite="lax")
        return response

    def _proof(self, nonce: str) -> str:
        """What only this server can write beside the cookie of a form."""
        told = nonce.encode("utf-8", "surrogatepass")
        return hmac.new(self._key, told, hashlib.sha256).hexdigest()


def within(next: str) -> str:
    """The address when it is on this server, else the page's."""
    ours = next.startswith("/") and not next.startswith(("//", "/\\")) and len(next) <= 2_000
    if not ours or not next.isprintable() or "\\" in next:
        return "/"
    try:
        parts = urlsplit(next)
    except ValueError:
        return "/"
    return "/" if parts.scheme or parts.netloc or parts.path in ROOMS else next


async def _fields(request: Request) -> dict[str, str]:
    """The form's fields; none of a body that is too large to be ours."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > FORM_BYTES:
            return {}
    try:
        read = parse_qs(body.decode(), keep_blank_values=True, max_num_fields=10)
    except ValueError:
        return {}
    return {name: values[0] for name, values in read.items()}


def _later(seconds: float) -> str:
    return f"Too many tries. Try again in {max(1, round(seconds / 60 + 0.5))} minutes."


def _headers() -> dict[str, str]:
    style = base64.b64encode(_STYLE_HASH).decode()
    policy = (
        f"default-src 'none'; style-src 'sha256-{style}'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    )
    # Not no-referrer: with it the browser would not say that the form is ours.
    return {
        "Content-Security-Policy": policy,
        "Cache-Control": "no-store",
        "Referrer-Policy": "same-origin",
    }
