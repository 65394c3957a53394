"""What the fuzzer feeds to all else that reads bytes: feeds and other lists, rules, bodies."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path

import httpx

from assistant.errors import AssistantError
from assistant.indexing import source_list
from assistant.sources.files import html_text
from assistant.sources.listings import feeds, opml, sitemaps
from assistant.sources.web import response_body
from assistant.sources.web.http_exchange import Reply
from assistant.sources.web.robots import Robots
from benchmarks.fuzzed_files import HTML, MOST, Kind


def _told(parse: Callable[[bytes], object]) -> Callable[[bytes], None]:
    """A check that the bytes are understood, or refused in one line."""

    def check(raw: bytes) -> None:
        try:
            told = repr(parse(raw))
        except AssistantError as error:
            told = str(error)
        assert len(told.splitlines()) == 1, told
        told.encode()

    return check


def _robots(raw: bytes) -> object:
    """What a host's robots.txt says of three pages, and how long it asks to wait."""
    rules = Robots(lambda url: Reply(200, httpx.Headers(), raw), "newsroom-assistant/0.1")
    for path in ("", "a/b.html", "%E2%80%A8?x=*$"):
        url = httpx.URL(f"https://harbour.example/{path}")
        try:
            rules.check(url)
        finally:
            assert 0 <= rules.delay(url) <= 10
    return rules


def _feed(raw: bytes) -> object:
    found = feeds.parse(raw, "https://harbour.example/feed")
    for entry in found.entries:
        assert entry.url.startswith(("http://", "https://")), entry
        assert len(f"{entry.title}{entry.author}".splitlines()) <= 1, entry
    assert all(len(reason.splitlines()) == 1 for reason in found.skipped), found.skipped
    return found


def _sitemap(raw: bytes) -> object:
    found = sitemaps.parse(raw, "https://harbour.example/sitemap.xml")
    hosts = frozenset({"harbour.example"})
    for one in (*found.pages, *found.files):
        assert one.entry.url.startswith(("http://", "https://")), one
        sitemaps.same_site(one.entry.url, hosts)
        sitemaps.is_older(one, date(2022, 3, 8))
    assert len(found.broken.splitlines()) <= 1, found.broken
    return found


def _body(raw: bytes) -> object:
    for encoding in ("gzip", "deflate", "br"):
        with suppress(response_body.Damaged, response_body.TooLarge):
            assert len(response_body.unpacked([raw[:7], raw[7:]], encoding, MOST)) <= MOST
    return None


def _words(raw: bytes) -> None:
    heading, text = html_text.words(raw)
    assert len(heading.splitlines()) <= 1
    (heading + text).encode("utf-8", "replace")


_RSS = (
    b'<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour</title><item>'
    b"<title>Bridge &amp; lamps</title><link>https://harbour.example/a</link>"
    b"<author>desk@harbour.example (Ida Holm)</author>"
    b"<pubDate>Tue, 08 Mar 2022 07:30:00 +0100</pubDate></item></channel></rss>"
)
_JSON_FEED = (
    b'{"version": "https://jsonfeed.org/version/1.1", "title": "Harbour", "items": [{"url": '
    b'"/a", "title": "Bridge", "authors": [{"name": "Ida"}], "date_published": "2022-03-08"}]}'
)
_ATOM = (
    b'<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour</title><entry><title>Bridge</title>'
    b'<link href="/a"/><author><name>Ida</name></author><updated>2022-03-08T07:30:00Z</updated>'
    b"</entry></feed>"
)
_SITEMAP = (
    b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/'
    b'schemas/sitemap-news/0.9"><url><loc>https://harbour.example/a</loc><lastmod>2022-03-08'
    b"</lastmod><n:news><n:title>Bridge</n:title><n:publication_date>2022-03-08</n:publication_date"
    b"></n:news></url></urlset>"
)
_OPML = b'<opml><body><outline text="x" xmlUrl="https://harbour.example/feed"/></body></opml>'
_SOURCES = (
    b'every = "15 minutes"\n[[feed]]\nurl = "https://harbour.example/feed"\noutlet = "Post"\n'
    b'[[sitemap]]\nurl = "https://harbour.example/s.xml"\nsince = "7 days"\n[[folder]]\n'
    b'path = "inbox"\n'
)
_ROBOTS = b"User-agent: *\nDisallow: /a*$\nAllow: /%E2\nCrawl-delay: 2\nSitemap: /s.xml\n"


LISTS: Mapping[str, Kind] = {
    "rss": Kind(_RSS, _told(_feed)),
    "atom": Kind(_ATOM, _told(_feed)),
    "json feed": Kind(_JSON_FEED, _told(_feed)),
    "sitemap": Kind(_SITEMAP, _told(_sitemap)),
    "opml": Kind(_OPML, _told(lambda raw: list(opml.parse(raw, "list.opml")))),
    "sources": Kind(_SOURCES, _told(lambda raw: source_list.parse(raw, Path("/news/s.toml")))),
    "robots": Kind(_ROBOTS, _told(_robots)),
    "body": Kind(gzip.compress(HTML), _told(_body)),
    "chapter": Kind(HTML, _told(_words)),
}
