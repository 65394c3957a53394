"""make screenshots: the pictures of the page in docs/, from the sample articles."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from assistant.ask import Assistant
from assistant.settings import CLONE, Settings
from tests.support.browsing import chromium, visiting
from tests.support.page_server import serving

QUESTION = "What did NATO say about a no-fly zone?"


def main(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as store:
        assistant = Assistant(Settings(store=Path(store)))
        assistant.add(CLONE / "index" / "articles")
        with serving(assistant) as address, sync_playwright() as playwright:
            browser = chromium(playwright)
            shoot(browser, address, folder)
            browser.close()


def shoot(browser: Browser, address: str, folder: Path) -> None:
    desk = visiting(browser, address, width=1280, height=860)
    cite(desk.page, desk.ask(QUESTION))
    desk.page.screenshot(path=folder / "page.png")
    desk.page.get_by_role("tab", name="Articles").click()
    expect(desk.page.get_by_role("cell").first).to_be_visible()
    desk.page.screenshot(path=folder / "library.png")
    phone = visiting(browser, address, width=390, height=844, color_scheme="dark")
    cite(phone.page, phone.ask(QUESTION))
    phone.page.screenshot(path=folder / "phone.png")


def cite(page: Page, answer) -> None:  # type: ignore[no-untyped-def]
    answer.get_by_role("link", name="[2]").first.click()
    expect(page.locator("#side mark.current").first).to_be_in_viewport()
    page.wait_for_timeout(1_000)  # the way there is smooth, and colours fade in


if __name__ == "__main__":
    main(Path(sys.argv[1]))
