"""Fetching a page from a real server that misbehaves: whole and within bounds, or not at all."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from assistant.errors import NotFetched
from assistant.settings import Settings
from assistant.sources.web.crawl_delay import Pace, retry_after
from assistant.sources.web.web_client import Page, Web
from tests.support import misbehaving
from tests.support.misbehaving import Server, redirect, reply

BODY = b"<p>The ferry sails again.</p>"


@pytest.fixture
def waits() -> list[float]:
    """The waits that were asked for; none is waited."""
    return []


@pytest.fixture
def get(settings: Settings, waits: list[float]) -> Iterator[Callable[..., Page]]:
    """Fetches from loopback, without a wait, at most 2 seconds a page and 100,000 bytes."""
    limits = {"fetch_delay": 0.0, "fetch_seconds": 2.0, "article_bytes": 100_000}
    web = Web(settings.model_copy(update=limits), allow_private=True, sleep=waits.append)
    yield web.get
    web.close()


def test_a_page_comes_with_all_that_its_server_says(
    server: Server, get: Callable[..., Page]
) -> None:
    told = {"Content_Type": "Text/HTML; charset='ISO-8859-1'", "ETag": '"7"', "Last_Modified": "x"}
    url = server.says("/a", reply(BODY, **told))

    page = get(url + "#part")

    assert page == Page(url, 200, BODY, "text/html", "iso-8859-1", '"7"', "x")
    assert server.asked[-1].headers["user-agent"] == "newsroom-assistant/0.1"
    assert "cookie" not in server.asked[-1].headers


@pytest.mark.parametrize(
    "packed",
    [
        (gzip.compress(BODY), "gzip"),
        (gzip.compress(BODY[:9]) + gzip.compress(BODY[9:]), "x-gzip"),
        (zlib.compress(BODY), "deflate"),
        (zlib.compress(BODY)[2:-4], "deflate"),
        (gzip.compress(BODY) + b"\0\0", "gzip"),
    ],
)
def test_a_packed_page_is_unpacked(
    server: Server, get: Callable[..., Page], packed: tuple[bytes, str]
) -> None:
    url = server.says("/a", reply(packed[0], Content_Encoding=packed[1]))
    assert get(url).body == BODY


def test_a_page_in_pieces_is_put_together(server: Server, get: Callable[..., Page]) -> None:
    pieces = b"5\r\n<p>Th\r\n3\r\ne q\r\n4\r\nuay.\r\n0\r\n\r\n"
    head = reply(Content_Length=None, Transfer_Encoding="chunked")
    assert get(server.says("/a", head + pieces)).body == b"<p>The quay."


@pytest.mark.parametrize("act", [misbehaving.drip, misbehaving.drip_headers])
def test_a_server_that_drips_is_cut_off(
    server: Server, settings: Settings, act: misbehaving.Act
) -> None:
    web = Web(settings.model_copy(update={"fetch_seconds": 0.4}), allow_private=True)
    url = server.says("/a", act)  # without end

    with pytest.raises(NotFetched, match=r"within 0\.4 seconds"):
        web.get(url)


@pytest.mark.parametrize(
    "act",
    [
        misbehaving.endless,
        misbehaving.bomb(60),
        reply(bytes(100_001)),
        reply(Content_Length=50_000_000),
        reply(bytes(100_001), Content_Length="1" * 5_000),
    ],
)
def test_a_page_that_is_too_large_is_refused_without_being_read_whole(
    server: Server, get: Callable[..., Page], act: misbehaving.Act | bytes
) -> None:
    with pytest.raises(NotFetched):
        get(server.says("/a", act))


def test_of_an_endless_page_little_more_than_allowed_is_taken(
    server: Server, get: Callable[..., Page]
) -> None:
    url = server.says("/a", misbehaving.endless)
    with pytest.raises(NotFetched, match=r"more than the 0\.1 MB .*ASSISTANT_ARTICLE_BYTES"):
        get(url)
    server.close()
    assert server.sent["/a"] < 20_000_000  # what the sockets' own buffers take


@pytest.mark.parametrize(
    ("act", "told"),
    [
        (reply(BODY, Content_Length=len(BODY) + 9), "did not come whole"),
        (reply(b"", Content_Length=None, Transfer_Encoding="chunked") + b"5\r\n<p>", "whole"),
        (reply(gzip.compress(BODY)[:-9], Content_Encoding="gzip"), "its end is missing"),
        (reply(BODY, Content_Encoding="gzip"), "cannot be unpacked"),
        (reply(BODY, Content_Encoding="br"), "not asked for"),
        (reply(gzip.compress(b"") * 200, Content_Encoding="gzip"), "too many parts"),
        (reply(BODY, Content_Length="nine"), "did not come whole"),
        (misbehaving.drop, "did not come whole"),
        (misbehaving.endless_headers, "did not come whole"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "did not come whole"),
    ],
)
def test_a_page_that_does_not_come_whole_is_not_a_page(
    server: Server, get: Callable[..., Page], act: misbehaving.Act | bytes, told: str
) -> None:
    with pytest.raises(NotFetched, match=told) as raised:
        get(server.says("/a", act))
    assert "\n" not in str(raised.value)
    assert server.paths() == ["/a"] * 3


@pytest.mark.parametrize(
    "act", [misbehaving.drop, reply(status="503 Busy"), reply(status="429 Slower")]
)
def test_what_may_pass_is_tried_again(
    server: Server, get: Callable[..., Page], waits: list[float], act: misbehaving.Act | bytes
) -> None:
    assert get(server.says("/a", act, act, reply(BODY))).body == BODY
    assert [wait for wait in waits if wait] == [1.0, 2.0]


def test_a_server_says_how_long_to_wait(
    server: Server, get: Callable[..., Page], waits: list[float]
) -> None:
    busy = reply(status="429 Too Many Requests", Retry_After="7")
    assert get(server.says("/a", busy, reply(BODY))).body == BODY
    assert [wait for wait in waits if wait] == [7.0]


def test_attempts_are_counted_over_all_redirects(
    server: Server, get: Callable[..., Page], waits: list[float]
) -> None:
    busy = reply(status="503 Busy")
    server.says("/b", busy, busy, reply(BODY))
    with pytest.raises(NotFetched, match="/b answered 503: run the command again later"):
        get(server.says("/a", busy, busy, redirect("/b")))
    assert server.paths() == ["/a", "/a", "/a", "/b"]


def test_a_server_that_wants_to_be_left_for_hours_is(
    server: Server, get: Callable[..., Page], waits: list[float]
) -> None:
    url = server.says("/a", reply(status="503 Busy", Retry_After="7200"))
    with pytest.raises(NotFetched, match="answered 503 and asks to come back in 2 hours"):
        get(url)
    assert (server.paths(), [wait for wait in waits if wait]) == (["/a"], [])


def test_a_wait_may_be_told_as_a_date() -> None:
    now = datetime(2022, 3, 8, 12, tzinfo=UTC)
    assert retry_after("Tue, 08 Mar 2022 12:00:20 GMT", now) == 20
    assert retry_after("Tue, 08 Mar 2022 11:00:00 GMT", now - timedelta(0)) == 0
    assert [retry_after(odd, now) for odd in ("", "soon", "-5", "9" * 5_000, "²")] == [None] * 5


@pytest.mark.parametrize(
    ("status", "told"),
    [
        ("403 Forbidden", r"refused to programs \(403\): save the page"),
        ("401 Unauthorized", "login"),
        ("206 Partial Content", "answered 206"),
        ("304 Not Modified", "answered 304"),
        ("500 Broken", "answered 500"),
        ("302 Found", "answered 302"),
    ],
)
def test_an_answer_without_a_page_is_told(
    server: Server, get: Callable[..., Page], status: str, told: str
) -> None:
    with pytest.raises(NotFetched, match=told):
        get(server.says("/a", reply(BODY, status=status)))


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_not_there_is_an_answer(
    server: Server, get: Callable[..., Page], status: int
) -> None:
    page = get(server.says("/a", reply(b"Not here.", status=f"{status} No")))
    assert (page.status, page.body) == (status, b"")


def test_what_has_not_changed_is_not_sent_again(server: Server, get: Callable[..., Page]) -> None:
    url = server.says("/a", reply(status="304 Not Modified"))
    page = get(url, etag='"7"', last_modified="Tue, 08 Mar 2022 12:00:20 GMT")
    assert (page.status, page.body) == (304, b"")
    assert server.asked[-1].headers["if-none-match"] == '"7"'
    assert server.asked[-1].headers["if-modified-since"] == "Tue, 08 Mar 2022 12:00:20 GMT"


def test_redirects_are_followed_to_the_page(server: Server, get: Callable[..., Page]) -> None:
    server.says("/b/c", redirect("../d?e=1", "308 Permanent Redirect"))
    end = server.says("/d?e=1", reply(BODY))
    page = get(server.says("/a", redirect("/b/c#part", "301 Moved")))
    assert (page.url, page.body) == (end, BODY)


def test_a_circle_of_redirects_is_named(server: Server, get: Callable[..., Page]) -> None:
    server.says("/b", redirect("/a"))
    with pytest.raises(NotFetched, match=r"/a leads in a circle \(back to .*/a\)"):
        get(server.says("/a", redirect("/b")))


def test_a_long_chain_of_redirects_is_given_up(server: Server, get: Callable[..., Page]) -> None:
    for i in range(9):
        server.says(f"/{i}", redirect(f"/{i + 1}"))
    with pytest.raises(NotFetched, match="redirects more than 5 times"):
        get(server.url("/0"))
    assert len(server.paths()) == 6


@pytest.mark.parametrize(
    ("target", "told"),
    [
        ("file:///etc/passwd", "only http and https"),
        ("http://169.254.169.254/latest/meta-data/", "never asked"),
        ("http://[fd00:ec2::254]/", "never asked"),
        ("//me:secret@127.0.0.1/", "user name"),
        ("http://[::1", "no web address"),
        ("http://a b/", "names no host"),
    ],
)
def test_a_redirect_is_checked_as_the_first_address_was(
    server: Server, get: Callable[..., Page], target: str, told: str
) -> None:
    with pytest.raises(NotFetched, match=told) as raised:
        get(server.says("/a", redirect(target)))
    assert "secret" not in str(raised.value)


def test_different_hosts_do_not_wait_for_each_other() -> None:
    waits: list[float] = []
    pace = Pace(waits.append, clock=lambda: 5.0)
    for host in ("a", "b", "a", "a"):
        pace.wait(host, 1.5)
    assert waits == [1.5, 3.0]


def test_a_web_that_is_closed_waits_for_nobody(server: Server, settings: Settings) -> None:
    web = Web(settings.model_copy(update={"fetch_delay": 60.0}), allow_private=True)
    web.close()
    with pytest.raises(NotFetched, match="stopped before"):
        web.get(server.says("/a", reply(BODY)))
    assert server.asked == []


def test_closing_ends_what_is_being_read(server: Server, settings: Settings) -> None:
    web = Web(settings.model_copy(update={"fetch_delay": 0.0}), allow_private=True)
    url = server.says("/a", misbehaving.hang)
    with ThreadPoolExecutor(1) as pool:
        getting = pool.submit(web.get, url)
        assert server.hanging.wait(10)
        web.close()
        with pytest.raises(NotFetched, match="stopped"):
            getting.result(timeout=60)
