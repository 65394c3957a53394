"""Addresses of one article in several forms compare equal; those of several never do."""

from __future__ import annotations

import pytest

from assistant.sources.same_page import same_page

OWN = "https://harbour.example/2026/ferry-late"


@pytest.mark.parametrize(
    "url",
    [
        "http://www.harbour.example/2026/ferry-late/",
        f"{OWN}?utm_source=letter&utm_medium=mail&fbclid=abc",
        f"{OWN}?ref=frontpage&at_campaign=x&CMP=share",
        f"{OWN}/index.html",
        f"{OWN}#comments",
    ],
)
def test_tracking_and_the_ways_to_write_an_address_do_not_count(url: str) -> None:
    assert same_page(url) == same_page(OWN)


@pytest.mark.parametrize(
    "url",
    [
        f"{OWN}/amp/",
        f"{OWN}?amp",
        f"{OWN}?outputType=amp",
        f"{OWN}.amp",
        "https://harbour.example/amp/2026/ferry-late",
        "https://amp.harbour.example/2026/ferry-late",
        "https://m.harbour.example/2026/ferry-late",
        f"{OWN}/print",
        f"{OWN}?print=1",
        f"{OWN}?view=print",
        "https://harbour.example/print/2026/ferry-late",
        "https://www.google.com/amp/s/www.harbour.example/2026/ferry-late",
        "https://harbour-example.cdn.ampproject.org/c/s/harbour.example/2026/ferry-late/amp",
    ],
)
def test_a_page_for_phones_or_printers_is_a_copy_of_the_articles(url: str) -> None:
    found = same_page(url)
    assert (found.name, found.is_copy) == (same_page(OWN).name, True)


@pytest.mark.parametrize(
    "url",
    [
        "https://harbour.example/2026/ferry-later",
        "https://other.example/2026/ferry-late",
        f"{OWN}?page=2",
        "https://harbour.example/camp/ferry-late",
        "https://harbour.example/2026/ferry-late/printers-strike",
    ],
)
def test_other_articles_are_others(url: str) -> None:
    assert same_page(url).name != same_page(OWN).name


@pytest.mark.parametrize("url", ["https://harbour.example", "https://harbour.example/#a", "", "x"])
def test_a_front_page_is_no_articles_address(url: str) -> None:
    assert same_page(url).name == ""
