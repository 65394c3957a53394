"""make screenshots: the page in all its states, sizes and colours, and six of these for docs/.

    python -m benchmarks.screenshots DOCS EVERY

Of the sample articles. EVERY gets a picture of each state in three widths, light and dark.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, expect, sync_playwright

from assistant.ask import Assistant
from assistant.settings import CLONE, Settings
from tests.support.browsing import Visit, chromium, visiting
from tests.support.page_server import serving

SIZES = ((1440, 900), (1024, 768), (390, 844))
COLOURS = ("light", "dark")
ASKED = {
    "answer": "What did NATO say about a no-fly zone?",
    "timeline": "Timeline of the ferry accident",
    "statements": "How did people react to the flood barrier?",
    "comparison": "Compare what the Gazette and the Herald say about the ferry accident",
    "refusal": "What colour is the ferry?",
}
# In docs/: the state, its width, its colours.
KEPT = {
    "page": ("cited", 1440, "light"),
    "phone": ("cited", 390, "dark"),
    "timeline": ("timeline", 1440, "light"),
    "comparison": ("comparison", 1024, "dark"),
    "check": ("check", 1440, "light"),
    "library": ("library", 1440, "light"),
}
DRAFT = CLONE / "index" / "draft-with-six-faults.md"


def main(docs: Path, every: Path) -> None:
    every.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as store:
        assistant = Assistant(Settings(store=Path(store)))
        assistant.add(CLONE / "index" / "articles")
        with serving(assistant) as address, sync_playwright() as playwright:
            browser = chromium(playwright)
            for width, height in SIZES:
                for colours in COLOURS:
                    shoot(browser, address, every, width, height, colours)
            browser.close()
    for name, (state, width, colours) in KEPT.items():
        shutil.copy(every / f"{state}-{width}-{colours}.jpg", docs / f"{name}.jpg")


def shoot(
    browser: Browser, address: str, folder: Path, width: int, height: int, colours: str
) -> None:
    """Every state in one size and colour."""
    states: dict[str, Callable[[Visit], object]] = {"empty": lambda visit: None}
    states |= {
        name: lambda visit, question=question: visit.ask(question)
        for name, question in ASKED.items()
    }
    states |= {"cited": cited, "options": options, "check": check, "library": library}
    for name, reach in states.items():
        visit = visiting(browser, address, width=width, height=height, color_scheme=colours)
        expect(visit.page.locator("#held")).to_contain_text("articles")
        reach(visit)
        visit.page.wait_for_timeout(1_500)  # what moves comes to rest, and colours fade in
        picture = folder / f"{name}-{width}-{colours}.jpg"
        visit.page.screenshot(path=picture, type="jpeg", quality=72)
        visit.page.context.close()
    context = browser.new_context(
        locale="ar", viewport={"width": width, "height": height}, color_scheme=colours
    )
    page = context.new_page()
    page.goto(address)
    page.locator("#talk textarea").fill(ASKED["answer"])
    page.locator("#talk textarea").press("Enter")
    expect(page.locator("#chat .steps")).to_have_count(1)
    page.wait_for_timeout(1_500)
    page.screenshot(path=folder / f"arabic-{width}-{colours}.jpg", type="jpeg", quality=72)
    context.close()


def cited(visit: Visit) -> None:
    visit.ask(ASKED["answer"]).get_by_role("link", name="[2]").first.click()
    expect(visit.page.locator("#side mark.current").first).to_be_in_viewport()


def options(visit: Visit) -> None:
    visit.ask(ASKED["answer"])
    visit.page.get_by_role("button", name="Options").click()


def check(visit: Visit) -> None:
    visit.page.get_by_role("tab", name="Check").click()
    visit.page.get_by_label("Draft").fill(DRAFT.read_text(encoding="utf-8"))
    visit.page.get_by_role("button", name="Check the draft").click()
    expect(visit.page.locator("#report .check")).to_be_visible()
    visit.page.locator("#report").evaluate("report => report.scrollIntoView()")


def library(visit: Visit) -> None:
    visit.page.get_by_role("tab", name="Articles").click()
    expect(visit.page.get_by_role("cell").first).to_be_visible()


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
