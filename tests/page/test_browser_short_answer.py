"""The short answer and its bold words in a real Chromium, hostile words among them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from assistant.ask import Assistant
from assistant.evidence import quotes
from assistant.records import Answer, Sentence
from assistant.writing import quotation_writer, short_answer
from tests.support.browsing import visiting
from tests.support.page_server import HOSTILE, serving, stocked

pytestmark = pytest.mark.browser
WORDS = HOSTILE[HOSTILE.index("<script>") : HOSTILE.index(" $x")]


def scripted(folder: Path) -> Assistant:
    """An assistant whose answer is the zeppelins' article, `WORDS` marked in its first line."""
    made = stocked(folder)
    source = next(one for one in made.sources() if "Zeppelins" in one.title)
    article = made.article(source.id)
    sentence = Sentence(source.id, 0, article.text.index("\n"))
    at = article.text.index(WORDS)
    marked = replace(quotes.quote(article, sentence, 1.0), answer=(at, at + len(WORDS)))
    quotes.check([marked], {source.id: article})

    def stream(question: str, **options: Any) -> Iterator[Answer]:
        reply, above = short_answer.begin(Answer(question, question, "answered"), [marked])
        *_, text = quotation_writer.answered([marked], above)
        yield replace(reply, text=text, quotes=(marked,), steps=("Looked",), finished=True)

    made.stream = stream  # type: ignore[method-assign]
    return made


@pytest.mark.parametrize("width", [390, 1440])
def test_the_short_answer_is_bold_leads_to_its_words_and_runs_nothing(
    browser: Browser, tmp_path: Path, width: int
) -> None:
    with serving(scripted(tmp_path)) as address:
        visit = visiting(browser, address, width=width, height=844)
        answer = visit.ask("Tell me about the zeppelin museum")
        expect(answer.locator(".short")).to_have_text(
            f"{WORDS} (<i>Evil</i> & Sons, 8 March 2022) [1]"
        )
        for bold in (answer.locator(".short strong"), answer.locator("blockquote strong")):
            expect(bold).to_have_text(WORDS)
            expect(bold).to_have_css("font-weight", "700")
        answer.locator(".short").get_by_role("link", name="[1]").first.click()
        expect(visit.page.locator("#side mark.current")).to_be_in_viewport()
        assert visit.page.evaluate("typeof window.hacked") == "undefined"
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
        assert answer.locator("img, script, style, em, code").count() == 0
        assert visit.external() == visit.wrong() == []
        visit.page.close()
