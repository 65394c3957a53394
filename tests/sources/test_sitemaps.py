"""Sitemaps: a site's own pages are added, nothing else, and no more than is asked for."""

from __future__ import annotations

import gzip
import logging
from datetime import date
from pathlib import Path

import pytest

from assistant.ask import Assistant
from assistant.errors import BadArticle
from assistant.settings import Settings
from assistant.sources.listed_pages import Sitemap
from assistant.sources.listings import sitemaps
from assistant.sources.listings.sitemaps import parse
from assistant.sources.safe_xml import unpacked
from tests.sources.test_feeds import HOSTILE, TEXT
from tests.support.effort import MANY, processor_seconds
from tests.support.misbehaving import Server, page, reply, statuses

AT = "http://harbour.example/sitemap.xml"
NAMES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"'
)


def pages(*entries: str) -> bytes:
    inside = "".join(f"<url>{entry}</url>" for entry in entries)
    return f'<?xml version="1.0"?><urlset {NAMES}>{inside}</urlset>'.encode()


def index(*entries: str) -> bytes:
    inside = "".join(f"<sitemap>{entry}</sitemap>" for entry in entries)
    return f"<sitemapindex {NAMES}>{inside}</sitemapindex>".encode()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(store=tmp_path / "store", fetch_delay=0, fetch_private=True)


# --- what a sitemap says


def test_a_news_sitemap_tells_title_outlet_and_day() -> None:
    news = (
        "<loc>http://harbour.example/quay</loc><n:news><n:publication><n:name>Lunmark Post</n:name>"
        "<n:language>en</n:language></n:publication><n:title>Quay &amp; crane</n:title>"
        "<n:publication_date>2022-03-08T10:00:00Z</n:publication_date></n:news>"
    )
    (listed,) = parse(pages(news), AT).pages
    entry = listed.entry
    assert (entry.title, entry.outlet) == ("Quay & crane", "Lunmark Post")
    assert entry.published == "2022-03-08T10:00:00Z"
    assert listed.changed is not None
    assert listed.whole is None


@pytest.mark.parametrize(
    ("written", "older"),
    [
        ("2022-03-07", True),
        ("2022-03-08", False),
        ("2022-03-07T23:59:59Z", True),
        ("2022-03-07T23:30:00-02:00", False),
        ("2022-02", True),
        ("2022-03", False),
        ("soon", False),
        ("", False),
        ("9999-99-99", False),
    ],
)
def test_since_leaves_out_what_is_surely_older(written: str, older: bool) -> None:
    entry = f"<loc>/a</loc><lastmod>{written}</lastmod>"
    (listed,) = parse(pages(entry), AT).pages
    assert sitemaps.is_older(listed, date(2022, 3, 8)) is older


def test_what_a_broken_sitemap_still_tells_is_read_and_the_rest_said() -> None:
    broken = pages("<loc>/a?x=1&y=2</loc>", "<loc>/b</loc>", "<loc>ftp://x/</loc>")
    found = parse(broken, AT)
    assert [one.entry.url for one in found.pages][-1] == "http://harbour.example/b"
    assert "broken XML" in found.broken
    assert "1 entry without an address" in found.broken


def test_what_is_broken_in_a_sitemap_is_told_in_one_line() -> None:
    found = parse(
        pages("<loc>/a</loc>").replace(b".org/", "\u2028".encode(), 1) + b"<", "https://h"
    )
    assert found.broken
    assert len(found.broken.splitlines()) == 1


def test_half_a_character_in_a_sitemap_is_left_out() -> None:
    found = parse(pages("<loc>/a&#xd800;&#55296;&#0;&#x110000;&amp;b</loc>"), "https://h.example/")
    assert [one.entry.url for one in found.pages] == ["https://h.example/a&b"]


@pytest.mark.parametrize("url", ["http://harbour.example/a", "https://m.harbour.example:8443/a"])
def test_a_site_is_its_host_and_what_lies_below(url: str) -> None:
    assert sitemaps.same_site(url, frozenset(["harbour.example"]))


@pytest.mark.parametrize(
    "url",
    ["http://other.example/", "http://evilharbour.example/", "http://harbour.example.evil.test/",
     "http://harbour.example@evil.test/", "http://evil.test/harbour.example"],
)  # fmt: skip
def test_a_site_is_nobody_elses(url: str) -> None:
    assert not sitemaps.same_site(url, frozenset(["harbour.example"]))


# --- hostile ones


@pytest.mark.parametrize("declared", HOSTILE)
def test_a_sitemap_that_declares_entities_is_refused_at_once(declared: bytes) -> None:
    raw = declared + pages("<loc>/&a9;</loc>").removeprefix(b'<?xml version="1.0"?>')
    with processor_seconds(MANY):
        for each in (raw, gzip.compress(raw), raw.decode().encode("utf-16")):
            with pytest.raises(BadArticle, match="entities"):
                parse(each, AT)


def test_a_bomb_is_never_unpacked_whole() -> None:
    bomb = gzip.compress(bytes(30_000_000))
    with pytest.raises(BadArticle, match="more than 1 MB"):
        unpacked(bomb, 1_000_000)
    with pytest.raises(BadArticle, match="more than 1 MB"):
        unpacked(gzip.compress(bytes(900_000)) * 2, 1_000_000)


@pytest.mark.parametrize("cut", [3, 12, -1, -9])
def test_a_packed_sitemap_that_ends_too_early_is_not_half_read(cut: int) -> None:
    with pytest.raises(BadArticle, match="gzip"):
        parse(gzip.compress(pages("<loc>/a</loc>"))[:cut], AT)


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"", "not XML"),
        (b"<rss/>", "--feed"),
        (b"<html><p>no</p></html>", "<html>"),
        (b"<" + b"a" * 99_999, "XML"),
        (b"<a>" * 90_000, "<a>"),
    ],
)
def test_what_is_no_sitemap_is_said(raw: bytes, told: str) -> None:
    with pytest.raises(BadArticle, match=told):
        parse(raw, AT)


# --- and the pages


def test_a_packed_index_leads_to_pages_that_are_kept_up_to_date(
    assistant: Assistant, server: Server
) -> None:
    one, two, three = (f"{TEXT} The {n} tug turned back at noon." for n in ("1st", "2nd", "3rd"))
    server.says("/one", reply(page(one)))
    server.says("/two", reply(page(two)), reply(page(two)), reply(page(f"{two} It was towed.")))
    gone = reply(status="410 Gone")
    server.says("/three", reply(page(three)), reply(page(three)), reply(page(three)), gone)
    listed = pages("<loc>/one</loc>", "<loc>/two</loc>", "<loc>/three</loc>")
    server.says("/news.xml.gz", reply(gzip.compress(listed), Content_Type="application/gzip"))
    sitemap = Sitemap(server.says("/sitemap.xml", reply(index("<loc>/news.xml.gz</loc>"))))
    assert statuses(assistant, sitemap) == ["added"] * 3
    assert statuses(assistant, sitemap) == ["unchanged"] * 3
    assert statuses(assistant, sitemap) == ["unchanged", "unchanged", "updated"]
    assert statuses(assistant, sitemap) == ["removed", "unchanged", "unchanged"]
    assert len(assistant.sources()) == 2


def test_a_page_unchanged_since_it_was_read_is_not_asked_for(
    assistant: Assistant, server: Server
) -> None:
    server.says("/old", reply(page(TEXT)))
    server.says("/new", reply(page(f"{TEXT} A tug came too.")))
    entries = [
        "<loc>/old</loc><lastmod>2022-03-08</lastmod>",
        "<loc>/new</loc><lastmod>2999-01-01</lastmod>",
    ]
    sitemap = Sitemap(server.says("/sitemap.xml", reply(pages(*entries))))
    assert statuses(assistant, sitemap) == ["added", "added"]
    assert statuses(assistant, sitemap) == ["unchanged", "unchanged"]
    assert (server.paths().count("/old"), server.paths().count("/new")) == (1, 2)
    assistant.store.remove(next(s.id for s in assistant.sources() if s.url.endswith("/old")))
    assert statuses(assistant, sitemap) == ["added", "unchanged"]


def test_since_is_kept_and_undated_pages_are_said_once(
    assistant: Assistant, server: Server, caplog: pytest.LogCaptureFixture
) -> None:
    for path in ("/undated", "/dated", "/too"):
        server.says(path, reply(page(f"{TEXT} See {path[1:]} for more of it.")))
    entries = [
        "<loc>/old</loc><lastmod>2021-03-08</lastmod>",
        "<loc>/dated</loc><lastmod>2022-03-08</lastmod>",
        "<loc>/undated</loc>",
        "<loc>/too</loc>",
    ]
    url = server.says("/sitemap.xml", reply(pages(*entries)))
    with caplog.at_level(logging.WARNING, "assistant.sources"):
        assert statuses(assistant, Sitemap(url, date(2022, 1, 1))) == ["added"] * 3
    assert caplog.text.count("2 pages without a date, included") == 1
    assert "1 page older than 2022-01-01 left out" in caplog.text


def test_pages_of_other_sites_are_left_out_and_said(assistant: Assistant, server: Server) -> None:
    entries = ["<loc>http://victim.example/login</loc>", "<loc>http://other.example/</loc>"]
    url = server.says("/sitemap.xml", reply(pages(*entries)))
    (outcome,) = assistant.add(Sitemap(url))
    assert outcome.status == "skipped"
    assert outcome.reason.startswith("2 addresses of other sites, such as http://victim.example")


def test_an_index_may_nest_two_deep_and_go_in_circles(assistant: Assistant, server: Server) -> None:
    server.says("/quay", reply(page(TEXT)))
    server.says("/pages.xml", reply(pages("<loc>/quay</loc>")))
    server.says("/deep.xml", reply(index("<loc>/deeper.xml</loc>")))
    server.says("/b.xml", reply(index("<loc>/deep.xml</loc>", "<loc>/pages.xml</loc>")))
    url = server.says("/a.xml", reply(index("<loc>/b.xml</loc>", "<loc>/b.xml</loc>")))
    outcomes = assistant.add(Sitemap(url))
    assert sorted(outcome.status for outcome in outcomes) == ["added", "skipped"]
    assert "nested more than 2 deep" in " ".join(outcome.reason for outcome in outcomes)
    assert "/deeper.xml" not in server.paths()


def test_a_file_that_is_missing_does_not_stop_the_others(
    assistant: Assistant, server: Server
) -> None:
    server.says("/quay", reply(page(TEXT)))
    server.says("/pages.xml", reply(pages("<loc>/quay</loc>")))
    url = server.says("/a.xml", reply(index("<loc>/none.xml</loc>", "<loc>/pages.xml</loc>")))
    assert statuses(assistant, Sitemap(url)) == ["added", "skipped"]
