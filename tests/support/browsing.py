"""A real Chromium at the real page: a reader, and what the browser noticed meanwhile."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, Playwright, expect, sync_playwright

# A slow machine is no failure: what never comes is ended by pytest-timeout.
PATIENCE = 120_000  # milliseconds
expect.set_options(timeout=PATIENCE)


@dataclass
class Visit:
    """A reader at the page, and what the browser noticed meanwhile."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    left: bool = False  # whether a page was left, or read anew, while gradio may have streamed

    def ask(self, question: str) -> Locator:
        """Ask, wait for the finished answer and return it."""
        before = self.page.locator("#chat .steps").count()
        box = self.page.get_by_label("Question")
        expect(box).to_be_enabled()
        box.fill(question)
        box.press("Enter")
        expect(self.page.locator("#chat .steps")).to_have_count(before + 1)
        return self.page.locator("#chat .answer").last

    def wrong(self) -> list[str]:
        """The browser's complaints, but for gradio's own when leaving breaks its streams off."""
        broken = re.compile("abort|errored out", re.IGNORECASE)
        return [one for one in self.complaints if not (self.left and broken.search(one))]

    def external(self) -> list[str]:
        here = re.match(r"https?://[^/]+/", self.page.url)
        return [url for url in self.requests if not url.startswith((here[0], "data:", "blob:"))]


def chromium(playwright: Playwright) -> Browser:
    """The machine's Chromium; fails, and says what to do, where there is none."""
    found = [shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome")]
    path = next(filter(None, found), None)
    try:
        # A sandbox needs rights that a container's root does not have; the page is our own.
        return playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
    except Exception as error:
        raise AssertionError(
            "No Chromium to test the page with. Run make test, which installs one, "
            f"or: apt-get install chromium ({error})"
        ) from error


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = chromium(playwright)
        yield started
        started.close()


def visiting(
    browser: Browser, address: str, *, width: int = 1280, height: int = 800, **more: Any
) -> Visit:
    """A new reader with a profile of their own; `more` goes to Playwright's `new_context`."""
    context = browser.new_context(viewport={"width": width, "height": height}, **more)
    context.set_default_timeout(PATIENCE)
    visit = Visit(context.new_page())
    visit.page.on("request", lambda request: visit.requests.append(request.url))
    visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    visit.page.on(
        "console",
        lambda said: visit.complaints.append(said.text) if said.type == "error" else None,
    )
    visit.page.goto(address)
    expect(visit.page.get_by_label("Question")).to_be_visible()
    return visit
