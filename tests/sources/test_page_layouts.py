"""Of 300 pages in thirty layouts, the words of the story come in and those around stay out."""

from __future__ import annotations

import re
from collections import Counter
from statistics import mean

import pytest

from assistant.records import Article
from assistant.sources.files import html_page
from tests.support.page_layouts import LAYOUTS, Page, pages

SEED, COUNT = 20261201, 300
LEAST = 0.97


def read(page: Page) -> Article:
    if page.ending == ".mhtml":
        return html_page.read_saved(page.raw, page.layout, most_bytes=5_000_000)
    return html_page.read(page.raw, page.layout)


def bag(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


@pytest.fixture(scope="module")
def figures() -> dict[str, list[tuple[float, float]]]:
    """Recall and precision by words of each page, by layout."""
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in LAYOUTS}
    for page in pages(SEED, COUNT):
        right, got = bag(page.words), bag(read(page).text)
        both = (right & got).total()
        found[page.layout].append((both / right.total(), both / max(1, got.total())))
    return found


@pytest.mark.parametrize("side", ["recall", "precision"])
def test_of_all_pages_97_words_in_100_are_right(
    figures: dict[str, list[tuple[float, float]]], side: str
) -> None:
    at = ["recall", "precision"].index(side)
    assert mean(one[at] for each in figures.values() for one in each) >= LEAST


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_layout_falls_behind(figures: dict[str, list[tuple[float, float]]], layout: str) -> None:
    recall, precision = (mean(side) for side in zip(*figures[layout], strict=True))
    assert min(recall, precision) >= 0.95
