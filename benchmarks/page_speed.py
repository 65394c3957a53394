"""How long after sending a reader sees the first step, and the whole answer, in Chromium.

python -m benchmarks.page_speed
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, expect, sync_playwright

from assistant.ask import Assistant
from assistant.page.chat_tab import EXAMPLES
from assistant.settings import CLONE, Settings
from tests.support.browsing import chromium, visiting
from tests.support.page_server import serving

# Notes when Enter is pressed, and when the page first shows something of the next answer.
WATCH = """() => {
  window.seen = {};
  const before = document.querySelectorAll("#chat .answer").length;
  const note = (name) => (window.seen[name] ??= performance.now());
  document.addEventListener("keydown", () => note("sent"), { capture: true, once: true });
  new MutationObserver((_, observer) => {
    if (document.querySelector("#chat [data-waiting]")) note("step");
    const answers = document.querySelectorAll("#chat .answer");
    if (answers.length <= before) return;
    note("server");
    if (!answers[before].querySelector("details.steps")) return;
    note("whole");
    observer.disconnect();
  }).observe(document.body, { childList: true, subtree: true, attributes: true });
}"""
SEEN = {"step": "first step", "server": "first step of the server", "whole": "whole answer"}


def main() -> None:
    with tempfile.TemporaryDirectory() as store:
        assistant = Assistant(Settings(store=Path(store)))
        assistant.add(CLONE / "index" / "articles")
        with serving(assistant) as address, sync_playwright() as playwright:
            browser = chromium(playwright)
            page = visiting(browser, address).page
            taken = [ask(page, question, n) for n, question in enumerate(EXAMPLES * 3)]
            browser.close()
    for mark, name in SEEN.items():
        times = sorted(one[mark] for one in taken)
        print(f"{name}: median {median(times):.0f} ms, worst {times[-1]:.0f} ms", flush=True)  # noqa: T201


def ask(page: Page, question: str, before: int) -> dict[str, float]:
    """Milliseconds from sending to each of `SEEN`."""
    box = page.locator("#talk textarea")
    expect(box).to_be_enabled()
    box.fill(question)
    page.wait_for_timeout(1_500)  # who types gives the page time to suggest further questions
    page.evaluate(WATCH)
    box.press("Enter")
    expect(page.locator("#chat details.steps")).to_have_count(before + 1, timeout=60_000)
    seen = page.evaluate("window.seen")
    return {mark: seen[mark] - seen["sent"] for mark in SEEN}


if __name__ == "__main__":
    main()
