"""The text that a feed holds: used where its page has less, or there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.ask import Assistant
from assistant.settings import Settings
from assistant.sources.listed_pages import Feed
from assistant.sources.listings.feeds import parse
from tests.support.making import SECOND, STORY
from tests.support.misbehaving import Server, page, reply, statuses

AT = "http://harbour.example/feeds/news"
WHOLE = f"<content:encoded><![CDATA[<p>{STORY}</p><p>{SECOND}</p>]]></content:encoded>"
TEXT = f"{STORY}\n\n{SECOND}"


def rss(*items: str) -> bytes:
    inside = "".join(f"<item>{item}</item>" for item in items)
    return (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>Lunmark Post</title><link>http://harbour.example/</link>{inside}</channel></rss>"
    ).encode()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(store=tmp_path / "store", fetch_delay=0, fetch_private=True)


def texts(assistant: Assistant) -> list[str]:
    return [assistant.article(source.id).text for source in assistant.sources()]


def test_a_dead_link_leaves_the_feeds_text(assistant: Assistant, server: Server) -> None:
    server.says("/gone", reply(status="404 Not Found"))
    feed = server.says("/feed", reply(rss(f"<title>Bridge</title><link>/gone</link>{WHOLE}")))

    assert statuses(assistant, Feed(feed)) == ["added"]
    assert texts(assistant) == [TEXT]
    assert statuses(assistant, Feed(feed)) == ["unchanged"]


def test_the_longer_of_page_and_feed_counts(assistant: Assistant, server: Server) -> None:
    server.says("/short", reply(page(STORY)))
    server.says("/long", reply(page(f"{STORY}\n{SECOND}\n{STORY}")))
    teaser = f"<description>{STORY}</description>"
    feed = server.says(
        "/feed",
        reply(rss(f"<link>/short</link>{WHOLE}", f"<title>b</title><link>/long</link>{teaser}")),
    )

    assert statuses(assistant, Feed(feed)) == ["added", "added"]
    assert {len(text.split()) for text in texts(assistant)} >= {len(TEXT.split())}
    assert max(len(text.split()) for text in texts(assistant)) > len(TEXT.split())


def test_an_item_without_a_link_is_stored_under_its_guid(
    assistant: Assistant, server: Server
) -> None:
    item = f'<title>Bridge</title><guid isPermaLink="false">post-2026-000017</guid>{WHOLE}'
    feed = server.says("/feed", reply(rss(item)))

    assert statuses(assistant, Feed(feed)) == ["added"]
    [source] = assistant.sources()
    assert (source.id, source.publisher) == ("post-2026-000017", "Lunmark Post")


def test_a_guid_that_repeats_or_is_empty_names_nothing(
    assistant: Assistant, server: Server
) -> None:
    items = [
        f'<title>{title}</title><guid isPermaLink="false">{guid}</guid>'
        f"<description>{title} {STORY}</description>"
        for title, guid in (("One", "news"), ("Two", "news"), ("Three", ""), ("Four", "4"))
    ]
    feed = server.says("/feed", reply(rss(*items)))

    assert statuses(assistant, Feed(feed)) == ["added"] * 4
    assert f"{feed}#4" in {source.id for source in assistant.sources()}


def test_markup_that_is_escaped_twice_is_opened(assistant: Assistant, server: Server) -> None:
    escaped = f"&lt;![CDATA[&lt;p&gt;{STORY}&lt;/p&gt;&lt;p&gt;{SECOND}&lt;/p&gt;]]&gt;"
    item = f"<title>Bridge</title><link>/gone</link><description>{escaped}</description>"
    server.says("/gone", reply(status="404 Not Found"))
    feed = server.says("/feed", reply(rss(item)))

    assert statuses(assistant, Feed(feed)) == ["added"]
    assert texts(assistant) == [TEXT]


def test_what_programs_write_below_each_entry_goes(assistant: Assistant, server: Server) -> None:
    tail = "<p>The post <a href='#'>Bridge</a> appeared first on <a href='#'>Post</a>.</p>"
    whole = WHOLE.replace("]]>", f"{tail}]]>")
    feed = server.says("/feed", reply(rss(f"<title>Bridge</title>{whole}")))

    statuses(assistant, Feed(feed))
    assert texts(assistant) == [TEXT]


def test_a_page_that_is_gone_for_good_is_not_brought_back(
    assistant: Assistant, server: Server
) -> None:
    server.says("/gone", reply(status="410 Gone"))
    feed = server.says("/feed", reply(rss(f"<title>Bridge</title><link>/gone</link>{WHOLE}")))

    assert statuses(assistant, Feed(feed)) == ["skipped"]


@pytest.mark.parametrize(
    "written",
    ["Di, 10 Mär 2026 08:00:00 +0000", "mar., 10 mars 2026 08:00:00 GMT", "10 марта 2026"],
)
def test_a_day_in_words_of_another_language_is_read(written: str) -> None:
    item = f"<title>a</title><link>/a</link><pubDate>{written}</pubDate>"
    (entry,) = parse(rss(item), AT).entries
    assert "10" in entry.published
    assert entry.published
