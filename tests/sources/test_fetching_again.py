"""What a second visit to an address does: nothing twice, nothing lost, nothing of another's."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable
from functools import partial

import pytest

from assistant.ask import Assistant
from assistant.indexing.reading import Manner
from assistant.outcomes import Outcome
from assistant.records import Article
from assistant.store.store import Store
from tests.support.misbehaving import FIRST, SECOND, Server, page, redirect, reply, said, visit

Add = Callable[..., list[Outcome]]


@pytest.fixture
def add(assistant: Assistant) -> Add:
    return partial(visit, assistant)


def test_a_page_that_has_not_changed_is_not_read_again(
    server: Server, add: Add, assistant: Assistant
) -> None:
    first = reply(page(FIRST), ETag='"1"', Last_Modified="Tue, 08 Mar 2022 12:00:20 GMT")
    url = server.says("/a", first, reply(status="304 Not Modified"))
    assert said(add(url)) == ["added"]

    [outcome] = add(url)

    assert (outcome.status, outcome.title) == ("unchanged", "Bridge closed")
    asked = server.asked[-1].headers
    assert asked["if-none-match"] == '"1"'
    assert asked["if-modified-since"] == "Tue, 08 Mar 2022 12:00:20 GMT"
    visit = assistant.store.visits.get(url)
    assert visit is not None
    assert (visit.status, visit.etag, visit.article_id) == (304, '"1"', outcome.id)


def test_a_page_that_has_changed_is_updated(server: Server, add: Add, assistant: Assistant) -> None:
    url = server.says("/a", reply(page(FIRST), ETag='"1"'), reply(page(SECOND), ETag='"2"'))
    assert [said(add(url)) for _ in range(3)] == [["added"], ["updated"], ["unchanged"]]
    assert "three of its nine" in assistant.article(url).text
    assert server.asked[-1].headers["if-none-match"] == '"2"'


def test_without_its_article_a_page_is_read_whole_again(
    server: Server, add: Add, assistant: Assistant
) -> None:
    url = server.says("/a", reply(page(FIRST), ETag='"1"'))
    [first] = add(url)
    assistant.store.remove(first.id)
    assert said(add(url)) == ["added"]
    assert "if-none-match" not in server.asked[-1].headers


def test_an_article_changed_from_elsewhere_is_read_whole_again(
    server: Server, add: Add, assistant: Assistant, write: Callable[..., Article]
) -> None:
    url = server.says("/a", reply(page(FIRST), ETag='"1"'))
    add(url)
    assistant.add([write("Another text of this article, from a file.", id=url)])
    assert said(add(url)) == ["updated"]
    assert "if-none-match" not in server.asked[-1].headers


def test_what_was_never_stored_leaves_no_trace(
    server: Server, assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = server.says("/a", reply(page(FIRST), ETag='"1"'))

    def fail(self: Store, *given: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(Store, "add", fail)
    with pytest.raises(OSError, match="no space"):
        list(assistant.adding([url], Manner(allow_private=True)))

    assert assistant.store.visits.get(url) is None


def test_nothing_new_where_the_address_now_leads_is_not_believed(
    server: Server, add: Add, assistant: Assistant
) -> None:
    server.says("/monday", reply(page(FIRST), ETag='"1"'))
    server.says("/tuesday", reply(status="304 Not Modified"), reply(page(SECOND, title="Tuesday")))
    url = server.says("/latest", redirect("/monday"), redirect("/tuesday"))
    add(url)
    [outcome] = add(url)
    assert (outcome.status, outcome.id) == ("added", server.url("/tuesday"))


def test_a_missing_page_keeps_its_article(server: Server, add: Add, assistant: Assistant) -> None:
    url = server.says("/a", reply(page(FIRST)), reply(status="404 Not Found"))
    add(url)
    [gone, never] = add(url, server.url("/never"))
    assert "not there any more (404): the article read from it before is kept" in gone.reason
    assert never.reason == "there is no such page (404): check the address"
    assert [one.id for one in assistant.sources()] == [url]


def test_a_page_that_is_gone_for_good_is_removed(
    server: Server, add: Add, assistant: Assistant
) -> None:
    url = server.says("/a", reply(page(FIRST)), reply(status="410 Gone"))
    add(url)
    assert said(add(url)) == ["removed"]
    assert assistant.sources() == []
    assert said(add(url)) == ["skipped"]


def test_a_site_cannot_have_anothers_article_removed(
    server: Server, add: Add, assistant: Assistant
) -> None:
    story = server.url("/story", "harbour.example")
    server.says("/story", reply(page(FIRST)))
    server.says("/a", redirect(story), reply(status="410 Gone"))
    lie = server.url("/a", "evil.example")
    assert said(add(lie)) == ["added"]
    [outcome] = add(lie)
    assert (outcome.status, story in outcome.reason) == ("skipped", True)
    assert [one.id for one in assistant.sources()] == [story]


def test_a_store_of_before_takes_pages(server: Server, add: Add, assistant: Assistant) -> None:
    add(server.says("/a", reply(page(FIRST))))
    folder = assistant.settings.store
    assistant.close()
    with contextlib.closing(sqlite3.connect(folder / "articles.sqlite")) as database:
        database.execute("DROP TABLE fetched")
        database.commit()
    assert said(add(server.url("/a"))) == ["unchanged"]
