"""When a page was published and updated, and who wrote it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from assistant.records import Source
from assistant.sources import written_days
from assistant.sources.files import html_page

TEXT = (
    "<p>The lamps on the northern mole have been dark since the storm, the harbour office said.</p>"
    "<p>Nobody had asked for new ones before the winter, said Ilse Tamm, who lives there.</p>"
    "<p>Two boats waited outside until the morning, and a third went back to Dunmere.</p>"
)
CET = timezone(timedelta(hours=1))


def source(head: str = "", top: str = "", *, lang: str = "en", url: str = "") -> Source:
    """What is known of a page with this in its head, and this above its story."""
    title = "<title>Lamps stay dark</title>"
    body = f"<article><h1>Lamps stay dark</h1>{top}{TEXT}</article>"
    page = f'<html lang="{lang}"><head>{title}{head}</head><body>{body}</body></html>'
    return html_page.read(page.encode(), "a page", url=url).source


def ld(facts: str) -> str:
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", {facts}}}</script>'


@pytest.mark.parametrize(
    ("head", "top"),
    [
        (ld('"datePublished": "2026-03-04T21:30:00+01:00"'), ""),
        ('<meta property="article:published_time" content="2026-03-04T21:30+01:00">', ""),
        ('<meta name="parsely-pub-date" content="2026-03-04 21:30:00+01:00">', ""),
        ("", '<span itemprop="datePublished" content="2026-03-04T21:30:00+01:00">x</span>'),
        ("", '<time datetime="2026-03-04T21:30:00+01:00">yesterday</time>'),
        ("", '<p class="byline">By Ann Poe, March 4, 2026 at 9:30 pm CET</p>'),
        ("", '<div class="dateline">Published 4 March 2026, 21:30 CET</div>'),
        ("", "<p>4 March 2026, 21.30 CET</p>"),
    ],
)
def test_the_day_of_publication_keeps_its_hour_and_zone(head: str, top: str) -> None:
    found = source(head, top)

    assert found.published == datetime(2026, 3, 4, 21, 30, tzinfo=CET)
    assert found.updated is None


@pytest.mark.parametrize(
    ("head", "top"),
    [
        (ld('"dateModified": "2026-03-06T10:00:00+01:00"'), ""),
        ('<meta property="article:modified_time" content="2026-03-06T10:00+01:00">', ""),
        ("", '<time itemprop="dateModified" datetime="2026-03-06T10:00+01:00">then</time>'),
        ("", 'Updated <time datetime="2026-03-06T10:00+01:00">Friday</time>'),
        ("", "<p>Last updated: 6 March 2026, 10:00 CET</p>"),
        ("", '<p class="stamp">Aktualisiert am 6. März 2026, 10:00 MEZ</p>'),
        ("", '<p class="stamp">Mis à jour le 6 mars 2026 à 10h00 CET</p>'),
    ],
)
def test_a_day_of_updating_is_never_the_day_of_publication(head: str, top: str) -> None:
    found = source(head, top)

    assert (found.published, found.updated) == (None, datetime(2026, 3, 6, 10, tzinfo=CET))


def test_both_days_stand_in_one_line() -> None:
    found = source(top='<p class="meta">Published 4 March 2026 | Updated 6 March 2026, 10:00</p>')

    assert found.published == datetime(2026, 3, 4, tzinfo=UTC)
    assert found.updated == datetime(2026, 3, 6, 10, tzinfo=UTC)


def test_a_day_without_an_hour_takes_it_from_where_it_is_told() -> None:
    head = '<meta name="date" content="2026-03-04">'
    found = source(head, '<time datetime="2026-03-04T21:30:00+01:00">then</time>')

    assert found.published == datetime(2026, 3, 4, 21, 30, tzinfo=CET)


def test_days_of_other_articles_and_comments_are_not_its_own() -> None:
    aside = '<aside><time datetime="2025-01-02">then</time></aside>'
    comment = '<div class="comment"><time datetime="2026-03-09">then</time></div>'

    assert source(top=aside + comment).published is None


@pytest.mark.parametrize(
    ("lang", "url", "top", "day"),
    [
        ("en-GB", "", "03/04/2026", (4, 3)),
        ("en-US", "", "03/04/2026", (3, 4)),
        ("fr", "", "03/04/2026", (4, 3)),
        ("en", "https://post.co.uk/a", "03/04/2026", (4, 3)),
        ("en", "", "03/04/2026</p><p>Updated 25/04/2026", (4, 3)),
        ("en", "", "03/04/2026</p><p>Updated 03/25/2026", (3, 4)),
        ("de", "", "03.04.2026", (4, 3)),
        ("en", "", "2026/04/03", (4, 3)),
    ],
)
def test_which_number_is_the_day_is_told_by_language_site_and_other_days(
    lang: str, url: str, top: str, day: tuple[int, int]
) -> None:
    found = source(top=f'<p class="date">{top}</p>', lang=lang, url=url)

    assert found.published == datetime(2026, *day, tzinfo=UTC)


def test_where_nothing_tells_day_from_month_there_is_no_day() -> None:
    assert source(top='<p class="date">03/04/2026</p>').published is None


@pytest.mark.parametrize(
    "written",
    [
        "2 May 2026", "May 2nd, 2026", "2. Mai 2026", "2 mai 2026", "2 de mayo de 2026",
        "2 maggio 2026", "2 de maio de 2026", "2 mei 2026", "2 maja 2026", "2 мая 2026",
        "2 Mayıs 2026", "2 maj 2026", "2 травня 2026", "2 května 2026", "2026年5月2日",
        "2 مايو 2026", "02.05.2026", "2026-05-02",
    ],
)  # fmt: skip
def test_a_month_is_known_in_many_languages(written: str) -> None:
    assert written_days.read(f"Wednesday, {written}, 18:05") == datetime(2026, 5, 2, 18, 5)


@pytest.mark.parametrize(
    "written", ["yesterday", "3 hours ago", "May 2026", "12 May", "31.02.2026"]
)
def test_what_is_no_whole_day_is_none(written: str) -> None:
    assert written_days.read(written) is None


def test_a_day_to_come_is_kept() -> None:
    head = '<meta property="article:published_time" content="2127-01-15T06:00:00Z">'

    assert source(head).published == datetime(2127, 1, 15, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("head", "top", "author"),
    [
        ("", '<p class="byline">By Ann Poe, November 14, 2014 at 6:03 pm</p>', "Ann Poe"),
        ("", '<div class="byline">By Ann Poe | November 13, 2014 | Share</div>', "Ann Poe"),
        ("", '<p class="byline">By <b>Ann Poe</b> and Bo Lim in Arden</p>', "Ann Poe, Bo Lim"),
        ("", '<div class="byline">ANN POE, BO LIM and CY OTT</div>', "ANN POE, BO LIM, CY OTT"),
        ("", '<p class="autor author">Von Ann Poe und Bo Lim, dpa</p>', "Ann Poe, Bo Lim, dpa"),
        ("", '<p class="byline">Ann Poe, Political Correspondent, 3 hours ago</p>', "Ann Poe"),
        ("", '<a rel="author" href="/x">Ann Poe</a>', "Ann Poe"),
        ("", "<p>By Ann Poe</p>", "Ann Poe"),
        ('<meta name="author" content="Ann Poe; Bo Lim">', "", "Ann Poe, Bo Lim"),
        (ld('"author": [{"@type": "Person", "name": "Ann Poe"}, {"name": "Reuters"}]'), "",
         "Ann Poe, Reuters"),
        (ld('"author": "Ann Poe"'), '<p class="byline">By Cy Ott</p>', "Ann Poe"),
        ('<meta property="article:author" content="https://x.example/ann">', "", ""),
    ],
)  # fmt: skip
def test_authors_come_without_what_stands_behind_them(head: str, top: str, author: str) -> None:
    assert source(head, top).author == author
