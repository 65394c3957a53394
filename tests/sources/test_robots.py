"""What a host's robots.txt asks for is done, and a host is asked at a polite pace."""

from __future__ import annotations

import contextlib

import httpx
import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import NotFetched
from assistant.settings import Settings
from assistant.sources.web.allowed_addresses import parse
from assistant.sources.web.http_exchange import Reply
from assistant.sources.web.robots import Robots
from assistant.sources.web.web_client import Web
from tests.support import misbehaving
from tests.support.misbehaving import Server, redirect, reply


@pytest.fixture
def quick(settings: Settings) -> Settings:
    return settings.model_copy(update={"fetch_delay": 0.0, "fetch_seconds": 2.0})


def test_what_robots_txt_forbids_is_left_alone(server: Server, quick: Settings) -> None:
    server.says("/robots.txt", reply(b"User-agent: newsroom-assistant\nDisallow: /a\n"))
    server.says("/b", reply(b"The quay."))
    web = Web(quick, allow_private=True)

    with pytest.raises(NotFetched, match=r"robots\.txt of 127\.0\.0\.1 does not allow"):
        web.get(server.url("/a"))

    assert web.get(server.url("/b")).body == b"The quay."
    assert [one.path for one in server.asked] == ["/robots.txt", "/b"]


def test_a_redirect_to_what_robots_txt_forbids_is_not_followed(
    server: Server, quick: Settings
) -> None:
    server.says("/robots.txt", reply(b"User-agent: *\nDisallow: /private\n"))
    with pytest.raises(NotFetched, match="does not allow"):
        Web(quick, allow_private=True).get(server.says("/a", redirect("/private/b")))
    assert server.paths() == ["/a"]


@pytest.mark.parametrize("status", ["404 No", "403 Forbidden", "401 Login"])
def test_without_a_robots_txt_all_is_allowed(server: Server, quick: Settings, status: str) -> None:
    server.says("/robots.txt", reply(b"Disallow: /", status=status))
    page = Web(quick, allow_private=True).get(server.says("/a", reply(b"The quay.")))
    assert page.status == 200


@pytest.mark.parametrize(
    "act",
    [
        reply(status="500 Broken"),
        reply(status="429 Slower"),
        misbehaving.drop,
        misbehaving.endless,
        redirect("/robots.txt"),
    ],
)
def test_where_robots_txt_cannot_be_read_nothing_is_fetched(
    server: Server, quick: Settings, act: misbehaving.Act | bytes
) -> None:
    server.says("/robots.txt", act)
    web = Web(quick, allow_private=True, sleep=lambda seconds: None)
    with pytest.raises(NotFetched, match="since nobody can tell whether the host allows it"):
        web.get(server.url("/a"))
    assert server.paths() == []


@pytest.mark.parametrize(
    ("told", "delay"), [("3", 3.0), ("9999", 10.0), ("-1", 0.0), ("nan", 0.0), ("soon", 0.0)]
)
def test_a_crawl_delay_is_honoured_up_to_a_limit(told: str, delay: float) -> None:
    body = f"User-agent: *\nCrawl-delay: {told}\nAllow: /\n".encode()
    rules = Robots(lambda url: Reply(200, httpx.Headers(), body), "newsroom-assistant/0.1")
    url = parse("http://harbour.example/a")
    rules.check(url)
    assert rules.delay(url) == delay


def test_robots_txt_is_read_anew_after_a_while() -> None:
    read, now = [], [0.0]

    def fetch(url: object) -> Reply:
        read.append(url)
        return Reply(404, httpx.Headers(), b"")

    rules = Robots(fetch, "newsroom-assistant/0.1", clock=lambda: now[0])
    for moment in (0.0, 3_500.0, 3_700.0):
        now[0] = moment
        rules.check(parse("http://harbour.example/a"))
    assert len(read) == 2


@hypothesis.settings(max_examples=40)
@given(st.binary(max_size=200))
def test_any_robots_txt_can_be_read(body: bytes) -> None:
    rules = Robots(lambda url: Reply(200, httpx.Headers(), body), "newsroom-assistant/0.1")
    with contextlib.suppress(NotFetched):
        rules.check(parse("http://harbour.example/a"))
    assert 0 <= rules.delay(parse("http://harbour.example/a")) <= 10


def test_one_host_is_asked_at_a_polite_pace(server: Server, settings: Settings) -> None:
    waits: list[float] = []
    web = Web(settings, allow_private=True, sleep=waits.append)
    for path in ("/a", "/b"):
        web.get(server.url(path))
    assert len(waits) == 2
    assert waits[0] == pytest.approx(1.0, abs=0.5)
