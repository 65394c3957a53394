"""Watching: rounds that go on whatever one source does, and stop when told to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from assistant.ask import Assistant
from assistant.errors import BadSetting
from assistant.indexing import source_list
from assistant.indexing.watching import Round, Watcher
from assistant.settings import Settings
from assistant.sources.listed_pages import Entry, Feed, Folder, Sitemap
from assistant.sources.web.web_client import Web
from tests.sources.test_feeds import TEXT, rss
from tests.support.misbehaving import Server, page, reply

BEGIN = datetime(2026, 11, 26, 10, 15, tzinfo=UTC)


class Days:
    """Time that passes only where someone waits; stops the watch after so much of it."""

    def __init__(self, until: timedelta) -> None:
        self.now = BEGIN
        self.until = BEGIN + until
        self.meanwhile: dict[int, Callable[[], None]] = {}  # by minute

    def clock(self) -> datetime:
        return self.now

    def wait(self, seconds: float) -> bool:
        self.now += timedelta(seconds=seconds)
        minute = int((self.now - BEGIN).total_seconds() // 60)
        for due in [each for each in self.meanwhile if each <= minute]:
            self.meanwhile.pop(due)()
        return self.now >= self.until


class Watching:
    """A watcher in such a time, with what it said and the rounds it told of."""

    def __init__(self, assistant: Assistant, path: Path) -> None:
        self.assistant = assistant
        self.path = path
        self.said: list[str] = []
        self.rounds: list[Round] = []

    def run(self, days: Days, *, once: bool = False) -> bool:
        web = Web(self.assistant.settings)
        watcher = Watcher(
            self.assistant.adding, self.path, web, days.wait, self.said.append, days.clock
        )
        try:
            return watcher.run(self.rounds.append, once=once)
        finally:
            web.close()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(store=tmp_path / "store", fetch_delay=0, fetch_private=True)


@pytest.fixture
def watching(assistant: Assistant, tmp_path: Path) -> Watching:
    return Watching(assistant, tmp_path / "sources.toml")


# --- the list


def test_the_list_says_what_is_read_and_how_often() -> None:
    raw = b"""
        every = "20 minutes"
        [[feed]]
        url = "https://harbour.example/feed"
        outlet = "Lunmark Post"
        every = "1 hour"
        [[feed]]
        url = "saved/feed.xml"
        [[sitemap]]
        url = "https://harbour.example/sitemap.xml"
        since = "7 days"
        [[page]]
        url = "https://harbour.example/live"
        [[folder]]
        path = "inbox"
    """
    found = source_list.parse(raw, Path("/srv/sources.toml"))
    assert [one.named(date(2026, 11, 26)) for one in found] == [
        Feed("https://harbour.example/feed", "Lunmark Post"),
        Feed("/srv/saved/feed.xml"),
        Sitemap("https://harbour.example/sitemap.xml", date(2026, 11, 19)),
        Entry("https://harbour.example/live"),
        Folder("/srv/inbox"),
    ]
    assert [one.every.total_seconds() // 60 for one in found] == [60, 20, 20, 20, 20]


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        ("evry = '1 hour'", "Did you mean every?"),
        ("[[feeds]]\nurl = 'http://a.example'", "Did you mean feed?"),
        ("[[feed]]\nlink = 'http://a.example'", "feed 1: there is no 'link'"),
        ("[[folder]]\npath = 'a'\noutlet = 'b'", "folder 1: there is no 'outlet'"),
        ("[feed]\nurl = 'http://a.example'", r"\[\[feed\]\]"),
        ("[[page]]\nurl = 'a.example'", "page 1: url is 'a.example'"),
        ("[[page]]\nurl = 7", "quotation marks"),
        ("[[page]]", "has no url"),
        ("every = '15'\n[[page]]\nurl = 'http://a.example'", "15 minutes"),
        ("every = 15", "15 minutes"),
        ("every = '10 seconds'", "15 minutes"),
        ("every = '99999 days'", "31 days"),
        ("[[sitemap]]\nurl = 'http://a.example'\nsince = 'soon'", "7 days"),
        ("", "no source"),
        ("every = ", "not TOML"),
        ("a = " + "[" * 9_000, "not TOML"),
    ],
)
def test_a_mistake_in_the_list_is_one_line_with_what_to_write(raw: str, told: str) -> None:
    with pytest.raises(BadSetting, match=told) as raised:
        source_list.parse(raw.encode(), Path("sources.toml"))
    assert str(raised.value).startswith("sources.toml")


# --- the rounds


def test_a_page_is_added_then_unchanged_then_updated_then_removed(
    watching: Watching, server: Server
) -> None:
    first, second = reply(page(TEXT)), reply(page(f"{TEXT} A tug came too."))
    url = server.says("/quay", first, first, second, reply(status="410 Gone"))
    watching.path.write_text(f'[[page]]\nurl = "{url}"')
    assert watching.run(Days(timedelta(minutes=46)))
    assert [str(one) for one in watching.rounds] == [
        "2026-11-26 10:15 round 1: 1 added, 0 updated, 0 unchanged, 0 skipped; next in 15 minutes",
        "2026-11-26 10:30 round 2: 0 added, 0 updated, 1 unchanged, 0 skipped; next in 15 minutes",
        "2026-11-26 10:45 round 3: 0 added, 1 updated, 0 unchanged, 0 skipped; next in 15 minutes",
        "2026-11-26 11:00 round 4: 0 added, 0 updated, 0 unchanged, 0 skipped, 1 removed; "
        "next in 15 minutes",
    ]


def test_a_source_that_keeps_failing_is_tried_less_often_and_said_once(
    watching: Watching, server: Server
) -> None:
    broken = server.says("/feed", reply(b"no feed"))
    quay = server.says("/quay", reply(page(TEXT)))
    watching.path.write_text(f'[[feed]]\nurl = "{broken}"\n[[page]]\nurl = "{quay}"')
    watching.run(Days(timedelta(minutes=15 * 24 + 1)))
    tried = [one.at - BEGIN for one in watching.rounds if broken in one.failing]
    # After 1, 2, 4 and then 8 intervals.
    assert [at.total_seconds() // 900 for at in tried] == [0, 1, 3, 7, 15, 23]
    assert server.paths().count("/quay") == 25
    assert len(watching.said) == 2
    assert watching.said[1].endswith("keeps failing: tried less often, at last every 2 hours")


def test_a_source_that_works_again_is_read_as_often_as_before(
    watching: Watching, server: Server
) -> None:
    good = reply(rss())
    url = server.says("/feed", reply(b"no feed"), reply(b"no feed"), good)
    watching.path.write_text(f'[[feed]]\nurl = "{url}"')
    watching.run(Days(timedelta(minutes=15 * 5 + 1)))
    assert watching.said[-1] == f"{url} works again"
    assert [bool(one.failing) for one in watching.rounds] == [True, True, False, False, False]


def test_a_fault_of_ours_in_one_source_leaves_the_others_alone(
    watching: Watching, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed = server.says("/feed", reply(rss("<link>/quay</link>")))
    quay = server.says("/live", reply(page(TEXT)))
    watching.path.write_text(f'[[feed]]\nurl = "{feed}"\n[[page]]\nurl = "{quay}"')
    monkeypatch.setattr("assistant.sources.listings.feeds.listing", lambda *_: 1 / 0)
    watching.run(Days(timedelta(minutes=1)), once=True)
    assert watching.rounds[0].failing == (feed,)
    assert watching.rounds[0].counts["added"] == 1


def test_a_changed_list_is_read_again_and_a_broken_one_said_once(
    watching: Watching, server: Server
) -> None:
    one, two = server.says("/one", reply(page(TEXT))), server.says("/two", reply(page(TEXT + "!")))
    watching.path.write_text(f'[[page]]\nurl = "{one}"')
    days = Days(timedelta(minutes=40))
    days.meanwhile[5] = lambda: watching.path.write_text("every = ")  # type: ignore[assignment, return-value]
    both = f'[[page]]\nurl = "{one}"\n[[page]]\nurl = "{two}"'
    days.meanwhile[20] = lambda: watching.path.write_text(both)  # type: ignore[assignment, return-value]
    watching.run(days)
    assert [one.at.minute for one in watching.rounds] == [15, 30, 35, 45, 50]
    assert "Going on with the list as it was" in watching.said[0]
    assert watching.said[1].endswith("has changed: 2 sources")
    assert server.paths().count("/two") == 2


def test_once_is_one_round_and_says_whether_anything_worked(
    watching: Watching, server: Server, tmp_path: Path
) -> None:
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "quay.txt").write_text(f"Quay closed\n\n{TEXT}")
    broken = server.says("/feed", reply(status="404 Not Found"))
    watching.path.write_text(f'[[feed]]\nurl = "{broken}"\n[[folder]]\npath = "inbox"')
    assert watching.run(Days(timedelta(days=1)), once=True)
    watching.path.write_text(f'[[feed]]\nurl = "{broken}"')
    assert not watching.run(Days(timedelta(days=1)), once=True)
    first, second = watching.rounds
    assert first.to_dict()["added"] == 1
    assert second.to_dict()["failing"] == [broken]
    assert first.next_in is None


def test_told_to_stop_it_reads_nothing_more(watching: Watching, server: Server) -> None:
    urls = [server.says(f"/{n}", reply(page(f"{TEXT} Ship {n} left."))) for n in range(3)]
    watching.path.write_text("".join(f'[[page]]\nurl = "{url}"\n' for url in urls))
    days = Days(timedelta(days=1))
    watching.said = []
    web = Web(watching.assistant.settings)
    stops = iter([False, False, True])
    watcher = Watcher(
        watching.assistant.adding,
        watching.path,
        web,
        lambda _: next(stops, True),
        watching.said.append,
        days.clock,
    )
    assert watcher.run(watching.rounds.append)
    web.close()
    assert server.paths() == ["/0"]
