"""How the page fills a window of any size, in a real Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.browsing import Visit, visiting
from tests.support.page_server import serving, stocked
from tests.support.serving import HARBOUR

pytestmark = pytest.mark.browser

SIZES = [
    (320, 568),
    (390, 844),
    (844, 390),  # a phone on its side
    (720, 450),  # 1,440 by 900 at 200 %
    (1024, 768),
    (1280, 800),
    (1440, 900),
    (2560, 1440),
]
# What sticks out sideways of what holds it, unless that scrolls.
CLIPPED = """() => [...document.querySelectorAll("#chat p, #chat blockquote, #chat figcaption, h1, h3")]
    .filter(e => e.offsetParent && e.scrollWidth > e.clientWidth + 1).map(e => e.outerHTML)"""
MEASURES = """() => {
    const box = (s) => document.querySelector(s).getBoundingClientRect().toJSON();
    return {question: box("#talk textarea"), chat: box("#chat"), bar: box("#masthead"),
        wide: document.documentElement.scrollWidth, high: document.documentElement.scrollHeight};
}"""


@pytest.fixture(scope="module")
def visit(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visit]:
    """One reader with an answer; the window changes, as one is dragged."""
    with serving(stocked(tmp_path_factory.mktemp("geometry"))) as address:
        visit = visiting(browser, address)
        visit.ask(HARBOUR)
        yield visit
        assert visit.external() == []
        assert visit.wrong() == []


def measured(page: Page, width: int, height: int) -> dict[str, Any]:
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_timeout(300)
    found: dict[str, Any] = page.evaluate(MEASURES)
    return found


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_talk_fills_the_window_and_the_box_stays_in_it(
    visit: Visit, width: int, height: int
) -> None:
    found = measured(visit.page, width, height)
    assert found["wide"] <= width
    assert found["high"] <= height
    assert found["bar"]["bottom"] <= found["chat"]["top"] + 1
    assert found["question"]["top"] >= found["chat"]["bottom"] - 1
    assert found["question"]["bottom"] <= height
    assert found["question"]["left"] >= 0
    assert found["question"]["right"] <= width
    assert found["chat"]["height"] >= 0.6 * height
    assert visit.page.evaluate(CLIPPED) == []


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_options_lie_over_the_talk_and_leave_it_as_it_is(
    visit: Visit, width: int, height: int
) -> None:
    before = measured(visit.page, width, height)["chat"]["height"]
    options = visit.page.get_by_role("button", name="Options")
    options.click()
    expect(visit.page.get_by_role("textbox", name="As of").first).to_be_visible()
    found = measured(visit.page, width, height)
    options.click()
    assert found["chat"]["height"] == pytest.approx(before, abs=2)
    assert found["wide"] <= width


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_sources_stand_beside_the_talk_or_over_it(
    visit: Visit, width: int, height: int
) -> None:
    page = visit.page
    measured(page, width, height)
    page.locator("#chat").get_by_role("link", name="[1]").first.click()
    expect(page.locator("#side mark.current")).to_be_in_viewport()
    side = page.locator("#side").bounding_box()
    talk = page.locator("#talk").bounding_box()
    assert side and talk
    assert side["x"] >= 0
    assert side["x"] + side["width"] <= width + 1
    assert (side["x"] >= talk["x"] + talk["width"] - 1) == (width >= 1100)
    page.get_by_role("button", name="Back to the answer").click()
    expect(page.locator("#side")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
