"""Feeds and lists of feeds: what they list is fetched, what they declare is not believed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.ask import Assistant
from assistant.errors import BadArticle
from assistant.settings import Settings
from assistant.sources.listed_pages import MOST_ENTRIES, Feed, Opml
from assistant.sources.listings import opml
from assistant.sources.listings.feeds import parse
from tests.conftest import HashingEmbeddings
from tests.support.effort import MANY, processor_seconds
from tests.support.misbehaving import Server, page, reply, statuses

AT = "http://harbour.example/feeds/news"
TEXT = (
    "The harbour office of Lunmark closed the eastern quay on Monday after a crane lost its hook.\n"
    "Nobody was hurt, said Ida Holm, who runs the office, and ships were sent to the western quay."
)
LAUGHS = b"".join(
    [b"<!DOCTYPE rss [<!ENTITY a0 'ha'>"]
    + [b"<!ENTITY a%d '%s'>" % (i, b"&a%d;" % (i - 1) * 10) for i in range(1, 10)]
    + [b"]>"]
)
OUTSIDE = b"<!DOCTYPE rss [<!ENTITY a9 SYSTEM 'file:///etc/hostname'>]>"
LOADED = b"<!DOCTYPE rss SYSTEM 'http://127.0.0.1:1/x.dtd' [<!ENTITY % more SYSTEM 'x'> %more;]>"
HIDDEN = b"<!-- <rss> --><?a <b ?> \n" + LAUGHS
HOSTILE = [LAUGHS, OUTSIDE, LOADED, HIDDEN]


def rss(*items: str, title: str = "Lunmark Post", head: str = "") -> bytes:
    inside = "".join(f"<item>{item}</item>" for item in items)
    channel = f"<channel><title>{title}</title><link>http://harbour.example/</link>{inside}"
    return f'{head}<rss version="2.0">{channel}</channel></rss>'.encode()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(store=tmp_path / "store", fetch_delay=0, fetch_private=True)


# --- what a feed says


def test_an_item_gives_its_address_title_author_day_and_outlet() -> None:
    item = (
        "<title>Quay &amp;amp; crane &lt;b&gt;closed&lt;/b&gt;</title>"
        "<link>/quay?a=1&amp;b=2</link>"
        "<author>desk@harbour.example (Ida Holm)</author>"
        "<pubDate>Tue, 08 Mar 2022 10:00:00 +0200</pubDate>"
    )
    (entry,) = parse(rss(item), AT).entries
    assert entry.url == "http://harbour.example/quay?a=1&b=2"
    assert (entry.title, entry.author) == ("Quay & crane closed", "Ida Holm")
    assert (entry.published, entry.outlet) == ("2022-03-08T08:00:00+00:00", "Lunmark Post")


def test_atom_names_several_authors_and_its_own_base() -> None:
    feed = (
        b'<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://harbour.example/sub/">'
        b'<title type="html">The &lt;i>Post&lt;/i></title><entry><title>Crane</title>'
        b'<link rel="self" href="no"/><link href="crane"/><updated>2022-03-08T10:00:00Z</updated>'
        b"<author><name>Ida Holm</name></author><author><name>Bo Lund</name></author>"
        b"</entry></feed>"
    )
    found = parse(feed, AT)
    assert found.title == "The Post"
    assert found.entries[0].url == "http://harbour.example/sub/crane"
    assert found.entries[0].author == "Ida Holm, Bo Lund"


def test_rss_of_1999_and_of_the_year_2000_are_feeds_too() -> None:
    old = b'<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://127.0.0.1:1/rss.dtd">'
    item = "<title>Crane&nbsp;caf&eacute;</title><link>/a</link>"
    assert parse(old + rss(item), AT).entries[0].title == "Crane café"
    rdf = (
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        b' xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        b"<item><title>Crane</title><link>/b</link><dc:creator>Ida Holm</dc:creator></item>"
        b"</rdf:RDF>"
    )
    assert parse(rdf, AT).entries[0].author == "Ida Holm"


def test_a_json_feed_is_a_feed() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Lunmark Post",
        "items": [
            {"url": "/crane", "title": "Crane", "authors": [{"name": "Ida Holm"}, 3]},
            {"external_url": "http://other.example/x", "date_published": "2022-03-08T10:00:00Z"},
            "not an item",
            {"url": 7},
        ],
    }
    found = parse(json.dumps(feed).encode(), AT)
    assert [entry.url for entry in found.entries] == [
        "http://harbour.example/crane",
        "http://other.example/x",
    ]
    assert found.entries[0].author == "Ida Holm"
    assert found.entries[1].published == "2022-03-08T10:00:00Z"
    assert len(found.skipped) == 1


@pytest.mark.parametrize("link", ["", "javascript:alert(1)", "urn:x", "http://[", "file:///etc/x"])
def test_an_entry_without_a_usable_link_is_skipped_by_its_title(link: str) -> None:
    found = parse(rss(f"<title>Crane</title><link>{link}</link>"), AT)
    assert not found.entries
    assert "'Crane'" in found.skipped[0]


def test_an_encoding_is_the_one_declared_whatever_the_server_says() -> None:
    item = "<title>Kräne</title><link>/a</link>"
    latin = rss(item, head='<?xml version="1.0" encoding="iso-8859-1"?>').decode().encode("latin-1")
    for raw in (latin, rss(item).decode().encode("utf-16"), rss(item)):
        assert parse(raw, AT, "utf-8").entries[0].title == "Kräne"


def test_a_page_is_listed_once_and_only_so_many() -> None:
    items = [f"<link>/{i % (MOST_ENTRIES + 5)}</link>" for i in range(MOST_ENTRIES + 50)]
    found = parse(rss(*items), AT)
    assert len(found.entries) == MOST_ENTRIES
    assert found.skipped == (f"5 entries after the first {MOST_ENTRIES:,}: left out",)


# --- hostile ones


def test_a_day_that_nobody_can_read_is_none() -> None:
    item = (
        b"<item><title>Bridge</title><link>https://h.example/a</link><pubDate>soon</pubDate></item>"
    )
    (entry,) = parse(b'<rss version="2.0"><channel>%b</channel></rss>' % item, "").entries
    assert entry.published == ""


@pytest.mark.parametrize("declared", HOSTILE)
def test_a_feed_that_declares_entities_is_refused_at_once(declared: bytes) -> None:
    raw = declared + rss("<title>&a9;</title><link>/a</link>")
    with processor_seconds(MANY):
        for each in (raw, raw.decode().encode("utf-16")):
            with pytest.raises(BadArticle, match="entities"):
                parse(each, AT)


def test_entities_declared_after_dirt_or_in_the_middle_expand_to_nothing() -> None:
    item = "<title>x&a9;&a0;</title><link>/a</link>"
    for raw in (b"dirt " + LAUGHS + rss(item), rss(item).replace(b"<item>", LAUGHS + b"<item>")):
        found = parse(raw, AT)
        assert "haha" not in str(found)


@pytest.mark.parametrize(
    "raw",
    [b"", b"/etc/hostname", b"http://127.0.0.1:1/", b"{", b"[" * 90_000, b"{}", b"\x1f\x8b\0\0",
     b"<html><body>no</body></html>", b"<rss>" + b"<p>" * 900_000,
     b'{"a":' * 90_000, b"<?xml version='1.0'?>", b"<", b"<!--"],
)  # fmt: skip
def test_what_is_no_feed_is_said_and_neither_opened_nor_fetched(raw: bytes) -> None:
    with pytest.raises(BadArticle):
        parse(raw, AT)


# --- and the pages


def test_a_feeds_pages_are_added_with_what_it_says_of_them(
    assistant: Assistant, server: Server
) -> None:
    server.says("/quay", reply(page(TEXT, title="Quay closed")))
    item = (
        "<link>/quay</link><author>Ida Holm</author><pubDate>Tue, 08 Mar 2022 10:00 GMT</pubDate>"
    )
    feed = server.says("/feed", reply(rss(item, "<title>Linkless</title>")))
    outcomes = assistant.add(Feed(feed))
    assert sorted(outcome.status for outcome in outcomes) == ["added", "skipped"]
    (source,) = assistant.sources()
    assert (source.title, source.publisher) == ("Quay closed", "Lunmark Post")
    assert source.author == "Ida Holm"
    assert source.published is not None
    assert source.published.date().isoformat() == "2022-03-08"


def test_an_outlet_given_with_the_feed_counts_whatever_the_page_says(
    assistant: Assistant, server: Server
) -> None:
    head = '<meta property="og:site_name" content="Some Portal">'
    server.says("/quay", reply(page(TEXT, head=head)))
    feed = server.says("/feed", reply(rss("<link>/quay</link>")))
    assistant.add(Feed(feed, outlet="The Lunmark Post"))
    assert assistant.sources()[0].publisher == "The Lunmark Post"


def test_a_feed_that_has_nothing_new_is_fine(assistant: Assistant, server: Server) -> None:
    server.says("/quay", reply(page(TEXT)))
    news = reply(rss("<link>/quay</link>"), ETag='"one"')
    feed = server.says("/feed", news, reply(status="304 Not Modified"))
    assert statuses(assistant, Feed(feed)) == ["added"]
    assert statuses(assistant, Feed(feed)) == ["unchanged"]
    assert server.asked[-1].headers["if-none-match"] == '"one"'
    assert server.paths() == ["/feed", "/quay", "/feed"]
    server.says("/feed", news)
    assert statuses(assistant, Feed(feed, "Another name")) == ["updated"]
    assert "if-none-match" not in server.asked[-2].headers


def test_a_feed_is_not_thought_known_while_one_of_its_pages_is_missing(
    assistant: Assistant, server: Server
) -> None:
    server.says("/quay", reply(page(TEXT)))
    server.says("/late", reply(status="404 Not Found"), reply(page(TEXT + " A tug came too.")))
    feed = server.says(
        "/feed", reply(rss("<link>/quay</link>", "<link>/late</link>"), ETag='"one"')
    )
    assert statuses(assistant, Feed(feed)) == ["added", "skipped"]
    assert statuses(assistant, Feed(feed)) == ["added", "unchanged"]
    assert "if-none-match" not in [one for one in server.asked if one.path == "/feed"][1].headers


def test_a_feed_in_a_file_and_a_list_of_feeds_lead_to_the_same_pages(
    assistant: Assistant, server: Server, tmp_path: Path
) -> None:
    quay = server.says("/quay", reply(page(TEXT)))
    file = tmp_path / "feed.xml"
    file.write_bytes(rss(f"<link>{quay}</link>"))
    subscriptions = tmp_path / "feeds.opml"
    feed = server.says("/feed", reply(rss("<link>/quay</link>")))
    subscriptions.write_text(f'<opml><body><outline xmlUrl="{feed}"/></body></opml>')
    assert statuses(assistant, Feed(str(file)), Opml(str(subscriptions))) == ["added"]
    assert server.paths().count("/quay") == 1


@pytest.mark.parametrize(
    "answer", [reply(status="404 Not Found"), reply(status="410 Gone"), reply(b"<html></html>")]
)
def test_a_feed_that_is_none_is_skipped_with_its_address(
    assistant: Assistant, server: Server, answer: bytes
) -> None:
    feed = server.says("/feed", answer)
    (outcome,) = assistant.add(Feed(feed))
    assert (outcome.status, outcome.where) == ("skipped", feed)


# --- lists of feeds


def test_every_feed_of_a_nested_list_is_found_once() -> None:
    nested = (
        '<outline text="a">' * 60 + '<outline xmlURL="http://a.example/f"/>' + "</outline>" * 60
    )
    more = '<outline xmlUrl="feed://b.example/f"/><outline xmlUrl="http://a.example/f"/>'
    found = list(opml.parse(f"<opml><body>{nested}{more}</body></opml>".encode(), "feeds.opml"))
    assert found == [Feed("http://a.example/f"), Feed("http://b.example/f")]


def test_a_list_may_not_name_files_of_ours() -> None:
    raw = b'<opml><body><outline xmlUrl="/etc/passwd"/><outline xmlUrl="file:///x"/></body></opml>'
    found = list(opml.parse(raw, "feeds.opml"))
    assert not [one for one in found if isinstance(one, Feed)]
    assert len(found) == 3


@pytest.mark.parametrize("declared", HOSTILE)
def test_a_list_that_declares_entities_is_refused(declared: bytes, tmp_path: Path) -> None:
    file = tmp_path / "feeds.opml"
    file.write_bytes(declared + b'<opml><body><outline xmlUrl="http://&a9;/"/></body></opml>')
    (skipped,) = opml.read(file)
    assert "entities" in skipped.reason  # type: ignore[union-attr]


def test_a_feed_that_is_the_name_of_a_file_does_not_open_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    # feedparser opens a file when bytes name one.
    monkeypatch.chdir(tmp_path)
    Path("<rss>").write_bytes(rss("<link>/secret</link>"))
    assert parse(b"<rss>", AT).entries == ()


def test_the_embedding_is_not_asked_for_what_has_not_changed(
    assistant: Assistant, server: Server, hashing: HashingEmbeddings
) -> None:
    server.says("/quay", reply(page(TEXT)))
    feed = server.says("/feed", reply(rss("<link>/quay</link>")))
    assistant.add(Feed(feed))
    before = hashing.embedded
    assert statuses(assistant, Feed(feed)) == ["unchanged"]
    assert hashing.embedded == before
