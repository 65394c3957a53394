"""Visitors told apart by a cookie or a login, and by nothing they could guess."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from assistant.access.visitor_cookie import COOKIE, VisitorCookie, visitor


def hello(request: Request) -> PlainTextResponse:
    return PlainTextResponse(visitor(request.cookies))


def client(address: str = "http://testserver") -> TestClient:
    routes = [Route("/", hello), Route("/file", hello)]
    return TestClient(Starlette(routes=routes, middleware=[Middleware(VisitorCookie)]), address)


def test_a_new_browser_is_known_from_its_second_request() -> None:
    one, other = client(), client()
    assert one.get("/").text == ""
    assert one.get("/").text == one.get("/").text != ""
    other.get("/")
    assert other.get("/").text != one.get("/").text


def test_the_cookie_is_for_this_server_alone_and_no_scripts() -> None:
    given = client().get("/").headers["set-cookie"]
    assert "HttpOnly" in given
    assert "SameSite=Lax" in given
    assert "Secure" not in given
    assert "Secure" in client("https://testserver").get("/").headers["set-cookie"]


def test_only_the_page_gives_a_cookie_and_only_once() -> None:
    browser = client()
    assert "set-cookie" not in browser.get("/file").headers
    browser.get("/")
    assert "set-cookie" not in browser.get("/").headers


def test_what_is_kept_does_not_tell_the_cookie() -> None:
    value = "0123456789abcdef" * 2
    assert value not in visitor({COOKIE: value})


def test_a_made_up_cookie_is_nobody() -> None:
    for value in ("", "x", "0" * 31, "0" * 33, "G" * 32, "' OR 1=1 --"):
        assert visitor({COOKIE: value}) == ""


def test_a_login_is_no_cookie() -> None:
    assert visitor({}, "ann") == "login ann"
    assert visitor({COOKIE: "0" * 32}, "ann") == "login ann"
