"""From addresses to stored articles, whose each is, and the command that adds them."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.ask import Assistant
from assistant.index import add_command as adding_command
from assistant.index.__main__ import app
from assistant.outcomes import Outcome
from assistant.sources.files.count_articles import count
from assistant.sources.web import fetch_article
from assistant.sources.web.web_client import Web
from tests.support import misbehaving
from tests.support.misbehaving import FIRST, SECOND, Server, page, redirect, reply, said, visit

Add = Callable[..., list[Outcome]]


@pytest.fixture
def add(assistant: Assistant) -> Add:
    return partial(visit, assistant)


def test_a_page_becomes_an_article_that_tells_where_it_is_from(
    server: Server, add: Add, assistant: Assistant
) -> None:
    head = '<meta property="article:published_time" content="2022-03-08T09:00:00+01:00">'
    server.says("/a?utm_source=x", reply(page(FIRST, head=head)))

    [outcome] = add(server.url("/a?utm_source=x", "www.harbour.example"))

    assert outcome.status == "added"
    source = assistant.article(outcome.id).source
    assert source.id == source.url == server.url("/a", "www.harbour.example")
    assert (source.title, source.publisher) == ("Bridge closed", "harbour.example")
    assert source.published == datetime.fromisoformat("2022-03-08T09:00:00+01:00")
    assert source.fetched is not None
    assert abs((datetime.now(UTC) - source.fetched).total_seconds()) < 60
    assert "cracks in two of its nine piers" in assistant.article(outcome.id).text


def test_what_a_page_does_not_say_may_be_given(server: Server, assistant: Assistant) -> None:
    store, quick = assistant._open(create=True), {"fetch_delay": 0.0}
    web = Web(assistant.settings.model_copy(update=quick), allow_private=True)
    untitled = f"<html><body><article><p>{FIRST}</p></article></body></html>".encode()
    url = server.says("/a", reply(untitled))

    given = {"title": "Old bridge", "publisher": "Harbour Wire", "author": "Ann Poe"}
    item = fetch_article.fetch(web, url, store, **given, published="2022-03-08")

    assert isinstance(item, tuple)
    source = item[1].source
    assert [source.title, source.publisher, source.author] == list(given.values())
    assert source.published == datetime(2022, 3, 8, tzinfo=UTC)


def test_a_plain_text_is_read_in_its_servers_encoding(
    server: Server, add: Add, assistant: Assistant
) -> None:
    body = f"Bridge closed\n\n{FIRST} Łódź sent an engineer.".encode("iso-8859-2")
    [outcome] = add(server.says("/a", reply(body, Content_Type="text/plain; charset=iso-8859-2")))
    assert "Łódź" in assistant.article(outcome.id).text


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "nonsense", "punycode", "utf-16"])
def test_a_wrong_encoding_is_not_believed(
    server: Server, add: Add, assistant: Assistant, charset: str
) -> None:
    told = f"text/html; charset={charset}"
    utf8 = server.says("/a", reply(page(f"{FIRST} Łódź helps."), Content_Type=told))
    latin = page(f"{FIRST} “Café” is shut.").decode().encode("cp1252")
    [one, other] = add(utf8, server.says("/b", reply(latin, Content_Type=told)))
    assert "Łódź helps" in assistant.article(one.id).text
    assert "“Café” is shut" in assistant.article(other.id).text


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (reply(b"%PDF-1.7", Content_Type="application/pdf"), "a PDF: save its text as .txt"),
        (reply(b"GIF89a", Content_Type="image/gif"), "not a web page but image/gif: save"),
        (reply(b"<rss/>", Content_Type="application/rss+xml"), "a feed, not an article"),
        (reply(b"{}", Content_Type="application/json"), "JSON"),
        (reply(b"  "), "an empty page"),
        (reply(b"<html><body><div id='app'></div></body></html>"), "no article text found"),
        (reply(b"\x89PNG\r\n\x1a\n\0\0\0"), "binary"),
        (misbehaving.drop, "did not come whole"),
    ],
)
def test_what_is_no_article_is_skipped_with_its_reason(
    server: Server, add: Add, answer: bytes, told: str
) -> None:
    url = server.says("/a", answer)
    [outcome] = add(url)
    assert (outcome.status, outcome.where) == ("skipped", url)
    assert told in outcome.reason


def test_an_incomplete_page_changes_nothing_that_is_stored(
    server: Server, add: Add, assistant: Assistant
) -> None:
    whole, cut = reply(page(FIRST)), reply(page(SECOND))[:-40]
    url = server.says("/a", whole, cut)
    [first] = add(url)
    assert said(add(url)) == ["skipped"]
    assert "two of its nine" in assistant.article(first.id).text


# --- whose article it is


def test_a_page_may_name_its_address_within_its_own_site(
    server: Server, add: Add, assistant: Assistant
) -> None:
    own = server.url("/story", "harbour.example")
    server.says("/amp", reply(page(FIRST, head=f'<link rel="canonical" href="{own}">')))
    [outcome] = add(server.url("/amp", "m.harbour.example"))
    assert outcome.id == own


def test_a_page_cannot_overwrite_another_sites_article(
    server: Server, add: Add, assistant: Assistant
) -> None:
    server.says("/story", reply(page(FIRST)))
    [own] = add(server.url("/story", "harbour.example"))
    claims = f'<link rel="canonical" href="{own.id}"><meta property="og:url" content="{own.id}">'
    server.says("/lie", reply(page("All of it was a lie, we now say. " * 9, head=claims)))

    [other] = add(server.url("/lie", "evil.example"))

    assert other.id == server.url("/lie", "evil.example")
    assert "two of its nine" in assistant.article(own.id).text


def test_a_front_page_is_not_every_pages_address(
    server: Server, add: Add, assistant: Assistant
) -> None:
    head = f'<link rel="canonical" href="{server.url("/", "harbour.example")}">'
    for path, text in (("/a", FIRST), ("/b", SECOND)):
        server.says(path, reply(page(text, head=head)))
    outcomes = add(*(server.url(path, "harbour.example") for path in ("/a", "/b")))
    assert [one.id for one in outcomes] == [one.where for one in outcomes]


def test_a_redirected_address_and_its_end_are_one_article(
    server: Server, add: Add, assistant: Assistant
) -> None:
    end = server.says("/b", reply(page(FIRST)))
    short = server.says("/a", redirect("/b"))
    assert said(add(short, end)) == ["added", "unchanged"]
    assert said(add(end, short)) == ["unchanged", "unchanged"]
    assert [one.id for one in assistant.sources()] == [end]


# --- many at once, and the command


def test_several_hosts_keep_the_order_given(
    server: Server, add: Add, assistant: Assistant, tmp_path: Path
) -> None:
    (tmp_path / "note.txt").write_text("A note\n\nThe quay is wet today.")
    for i in range(6):
        server.says(f"/{i}", reply(page(FIRST.replace("nine", f"{i + 20}"), title=f"Bridge {i}")))
    hosts = [f"{'abc'[i % 3]}.example" for i in range(6)]
    urls = [server.url(f"/{i}", host) for i, host in enumerate(hosts)]
    wheres = [*urls[:4], str(tmp_path / "note.txt"), *urls[4:]]
    assert [one.where for one in add(*wheres)] == wheres


def test_addresses_are_counted_as_one_article_each() -> None:
    assert count(["http://a.example/b", "https://a.example/feed.jsonl.gz"]) == 2


@pytest.fixture
def command(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., tuple[int, str, str]]:
    """Runs `python -m assistant.index` here; gives exit code, output, errors."""

    @contextlib.contextmanager
    def opened() -> Iterator[Assistant]:
        yield assistant

    monkeypatch.setattr(adding_command, "opened", opened)
    assistant.settings = assistant.settings.model_copy(update={"fetch_delay": 0.0})

    def run(*words: str) -> tuple[int, str, str]:
        done = CliRunner().invoke(app, words)
        return done.exit_code, done.stdout, done.stderr

    return run


def test_the_command_adds_removes_and_tells_reasons(
    server: Server, command: Callable[..., tuple[int, str, str]]
) -> None:
    url = server.says("/a", reply(page(FIRST)), reply(status="410 Gone"))
    none = server.url("/none")
    code, out, _ = command("add", "--allow-private", url, none)
    assert (code, out) == (0, "1 added, 0 updated, 0 unchanged, 1 skipped\n")
    code, out, _ = command("add", "--allow-private", url)
    assert (code, out) == (0, "0 added, 0 updated, 0 unchanged, 0 skipped, 1 removed\n")
    code, out, _ = command("add", "--allow-private", "--json", url)
    assert (code, json.loads(out)["removed"]) == (1, 0)


def test_the_command_fetches_nothing_from_this_computer_unasked(
    server: Server, command: Callable[..., tuple[int, str, str]]
) -> None:
    url = server.says("/a", reply(page(FIRST)))
    code, out, told = command("add", url)
    assert (code, server.asked) == (1, [])
    assert "--allow-private" in told or "--allow-private" in out
