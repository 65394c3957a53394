"""Where the story of a page stands, what stays out, and what of its form is kept."""

from __future__ import annotations

import contextlib
import json
import logging

import pytest

from assistant.errors import BadArticle
from assistant.records import Article
from assistant.sources.files import html_page
from tests.support.effort import processor_seconds

ONE = "The council of Arden voted on Monday to close the old bridge to lorries until spring."
TWO = "Ilse Tamm, who speaks for the harbour, called the decision late but right."
THREE = "The repairs will cost 3.4 million crowns, of which the county pays a half."
STORY = f"{ONE}\n\n{TWO}\n\n{THREE}"
PS = f"<p>{ONE}</p><p>{TWO}</p><p>{THREE}</p>"


def read(body: str, head: str = "", *, lang: str = "en") -> Article:
    title = "<title>Bridge shut</title>"
    page = f'<html lang="{lang}"><head>{title}{head}</head><body>{body}</body></html>'
    return html_page.read(page.encode(), "a page")


def ld(**facts: object) -> str:
    told = json.dumps({"@type": "NewsArticle", "headline": "Bridge shut", **facts})
    return f'<script type="application/ld+json">{told}</script>'


@pytest.mark.parametrize(
    ("body", "head"),
    [
        (f"<aside class='content'><h1>Bridge shut</h1>{PS}</aside>", ""),
        (f"<table width=600><tr><td><h1>Bridge shut</h1>{PS}</td></tr></table>", ""),
        (f"<table><tr><td>{ONE}<tr><td>{TWO}<tr><td>{THREE}</table>", ""),
        (f"<div><div>{ONE}</div><div>{TWO}</div><div>{THREE}</div></div>", ""),
        (f"<section><p>{ONE}</p></section><section><p>{TWO}</p></section><p>{THREE}</p>", ""),
        (f"<div>{ONE}<br><br>{TWO}<br> <br>{THREE}</div>", ""),
        ("<div id=app></div>", ld(articleBody=STORY)),
        ("<div id=app></div>", ld(articleBody=PS)),
        ("<div id=app></div>", ld(articleBody=PS.replace("<", "&lt;").replace(">", "&gt;"))),
        (f"<p>{ONE[:40]}</p>", ld(articleBody=STORY)),
    ],
)  # fmt: skip
def test_the_story_is_found_wherever_it_stands(body: str, head: str) -> None:
    assert read(body, head).text == STORY


def test_what_found_the_story_is_told(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "assistant.sources")

    read("<div id=app></div>", ld(articleBody=STORY))

    assert "text of a page found by: JSON-LD articleBody" in caplog.messages


@pytest.mark.parametrize(
    "around",
    [
        "<figure><img><figcaption>A view of the quay in winter, by Bo Lim.</figcaption></figure>",
        "<div class='wp-caption'><img><p>A view of the quay in winter.</p></div>",
        "<aside class='related-box'><h3>Related</h3><p>Another bridge was closed too.</p></aside>",
        "<div class='c-recommended__list'><p>The lamps of the mole went dark again.</p></div>",
        "<div><h3>Read also</h3><ul><li><a href=/a>Lamps dark</a></li></ul></div>",
        "<p><strong>Read more:</strong> <a href=/a>The lamps of the mole went dark</a></p>",
        "<p>We use cookies to remember your choices. You can refuse them at any time.</p>",
        "<div class='subscription-widget-wrap'><p>Join our readers for two crowns.</p></div>",
        "<div class=newsletterBox><p>All the news of the harbour in your mailbox at six.</p></div>",
        "<ul class='share-tools'><li>Facebook</li><li>Email</li></ul>",
        "<p>Share | Facebook | WhatsApp | Email</p>",
        "<div class='ad-slot'><p>Lamps for every mole, from ten crowns on.</p></div>",
        "<div hidden><p>A dialog that nobody sees until they press a key.</p></div>",
        "<div role=dialog><p>Tell us what you think of this page, it takes a minute.</p></div>",
        "<aside class='pull-quote'>called the decision late but right</aside>",
        "<p>Already a subscriber? Sign in.</p>",
    ],
)
def test_what_is_not_the_story_stays_out(around: str) -> None:
    body = f"<article><p>{ONE}</p>{around}<p>{TWO}</p>{around}<p>{THREE}</p></article>"

    assert read(body).text == STORY


def test_comments_stay_out_however_many_they_are() -> None:
    told = "".join(f"<div><b>user{n}</b><p>{TWO} I say so {n} times.</p></div>" for n in range(40))

    assert read(f"<div>{PS}</div><div><h3>40 Comments</h3>{told}</div>").text == STORY


def test_a_wrapper_with_the_name_of_furniture_is_not_dropped() -> None:
    assert read(f"<div class='has-sidebar newsletter-post'>{PS}</div>").text == STORY


def test_a_table_keeps_its_head_and_its_rows() -> None:
    rows = "<tr><th>District</th><th>Share</th></tr><tr><td>Porthwick</td><td>61.7</td></tr>"

    text = read(f"<article><p>{ONE}</p><figure><table>{rows}</table></figure>{PS}</article>").text

    assert "\n\nDistrict | Share\nPorthwick | 61.7\n\n" in text


def test_lists_and_line_breaks_keep_their_lines() -> None:
    items = "<ul><li>The lamps are new</li><li>The roof is old</li></ul>"
    lines = "<p>Old Quay 4<br>2020 Arden</p>"

    text = read(f"<article>{PS}{items}{PS}{lines}<p>{TWO}</p></article>").text

    assert "\n\n• The lamps are new\n• The roof is old\n\n" in text
    assert "\n\nOld Quay 4\n2020 Arden\n\n" in text


@pytest.mark.parametrize(
    ("written", "lang", "shown"),
    [
        ("<p>She calls it <q>a <i>long</i> night</q> of work.</p>", "en", "“a long night”"),
        ("<p>Sie nennt es <q>eine lange Nacht</q> der Arbeit.</p>", "de", "„eine lange Nacht“"),
        ("<p>Elle dit <q>une nuit</q> de travail au quai.</p>", "fr", "«une nuit»"),
        ("<p>She calls it <q>“a long night”</q> of work.</p>", "en", " “a long night” "),
        (
            "<blockquote><p>We waited.</p><p>Nobody came.</p><cite>Bo Lim</cite></blockquote>",
            "en",
            "“We waited.\n\n“Nobody came.”\n\n— Bo Lim",
        ),
        (
            "<blockquote><p>We waited.</p><footer>— <cite>Bo Lim</cite></footer></blockquote>",
            "en",
            "“We waited.”\n\n— Bo Lim",
        ),
        ("<p>The letter says:</p><blockquote>We waited.</blockquote>", "en", "\n\n“We waited.”"),
        ("<p>An extract.</p><blockquote>We waited.</blockquote>", "en", "\n\nWe waited."),
        ("<p>The ships <cite>Saint Brana</cite> and another sank.</p>", "en", "Saint Brana and"),
    ],
)
def test_quotations_keep_their_meaning(written: str, lang: str, shown: str) -> None:
    assert shown in read(f"<article>{PS}{written}<p>{ONE}</p></article>", lang=lang).text


@pytest.mark.parametrize(
    ("body", "head", "reason"),
    [
        (PS, "", ""),
        (PS, ld(isAccessibleForFree=True), ""),
        (PS, ld(isAccessibleForFree=False), "paywall"),
        (PS, ld(isAccessibleForFree="False"), "paywall"),
        (PS, ld(hasPart={"isAccessibleForFree": False, "cssSelector": ".x"}), "paywall"),
        (PS, ld(isAccessibleForFree=False, wordCount=9), "paywall"),
        (PS, '<meta property="article:content_tier" content="locked">', "paywall"),
        (f"{PS}<p>To continue reading this article, please subscribe.</p>", "", "paywall"),
        (f"{PS}<p>Log in or subscribe for 2 a week to read the full story.</p>", "", "paywall"),
        (f"{PS}<p>Diesen Artikel mit Abo lesen.</p>", "", "paywall"),
        (f"{PS}<p>He had hoped for another winter, and then …</p>", "", "cut off"),
        (f"{PS}<p>He had hoped for another winter [+2310 chars]</p>", "", "cut off"),
        (f"{PS}<p>Subscribe to our newsletter.</p>", "", ""),
    ],
)  # fmt: skip
def test_a_page_that_shows_a_part_says_why(body: str, head: str, reason: str) -> None:
    found = read(f"<article>{body}</article>", head)

    assert found.source.incomplete == reason
    assert "subscribe" not in found.text.lower()


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 20_000 + PS,
        "<aside class='related'>" * 3_000 + PS,
        "<table><tr><td>" * 2_000 + PS,
        "<blockquote><q>" * 2_000 + PS,
        f"<p class='{'share-' * 200_000}'>{ONE}</p>" + PS,
        f"<p style='{'display:' * 200_000}'>{ONE}</p>" + PS,
        "<time>1</time>" * 20_000 + PS,
        "<br>" * 100_000 + PS,
        "<h3><a href=/a>x</a></h3>" * 10_000 + PS,
        "<p>" + "Log in or subscribe, " * 50_000 + "</p>" + PS,
        "<p>" + "1/2/" * 200_000 + "</p>" + PS,
        f"<p>{'by ' * 100_000}</p>" + PS,
        '<script type="application/ld+json">' + "[" * 100_000 + "</script>" + PS,
        '<script type="application/ld+json">' + '{"@graph":[' * 5_000 + "</script>" + PS,
        "<!DOCTYPE a [<!ENTITY b '" + "c" * 1_000 + "'>]>" + "&b;" * 10_000 + PS,
        "&amp;" * 100_000 + PS,
    ],
    ids=range(16),
)
def test_a_hostile_page_is_read_or_refused_in_seconds(page: str) -> None:
    with processor_seconds(10), contextlib.suppress(BadArticle):
        html_page.read(f"<html><body>{page}</body></html>".encode(), "a page")


def test_ten_megabytes_are_read_within_ten_seconds() -> None:
    body = "".join(f"<p>{number}. {TWO} {THREE}</p>" for number in range(60_000))

    with processor_seconds(10):
        found = read(f"<article>{body}</article>")

    assert len(found.text) > 8_000_000
