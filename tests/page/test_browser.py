"""The page in a real Chromium: what a reader sees and does, found by role and label."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.support.browsing import Visit, visiting
from tests.support.page_server import HOSTILE, empty, serving, stocked
from tests.support.serving import HARBOUR, LIBRARY

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(stocked(tmp_path_factory.mktemp("browser"))) as address:
        yield address


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    """A reader at a desk; afterwards nothing may have left the machine or gone wrong."""
    visit = visiting(browser, address)
    yield visit
    assert visit.external() == []
    assert visit.wrong() == []
    visit.page.close()


def test_a_reader_follows_a_citation_to_the_marked_words(visit: Visit) -> None:
    answer = visit.ask(HARBOUR)
    answer.get_by_role("link", name="[1]").first.click()
    mark = visit.page.get_by_role("complementary").locator("mark.current")
    expect(mark).to_have_text(
        "The harbour will close on Monday for repairs, harbour master Jens Doe said."
    )
    expect(mark).to_be_in_viewport()
    expect(mark).to_be_focused()
    assert "#" not in visit.page.url


def test_the_answer_is_drawn_while_it_grows(visit: Visit) -> None:
    visit.page.evaluate(
        """() => {
            window.seen = new Set();
            new MutationObserver(() => {
                const answer = document.querySelector("#chat .answer");
                if (answer) window.seen.add(answer.innerHTML);
                window.waited ||= !answer && document.querySelector("[data-waiting=Searching]");
            }).observe(document.body, {
                childList: true, subtree: true, characterData: true, attributes: true
            });
        }"""
    )
    visit.ask(HARBOUR)
    assert visit.page.evaluate("window.seen.size") >= 2
    assert visit.page.evaluate("Boolean(window.waited)")
    expect(visit.page.locator("[data-waiting]")).to_have_count(0)


def test_a_citation_is_followed_and_left_with_the_keyboard(visit: Visit) -> None:
    link = visit.ask(HARBOUR).get_by_role("link", name="[1]").first
    link.press("Enter")
    expect(visit.page.locator("#side mark.current")).to_be_focused()
    visit.page.keyboard.press("Escape")
    expect(link).to_be_focused()


def test_keys_lead_through_the_quotations(visit: Visit) -> None:
    visit.ask(HARBOUR)
    page = visit.page
    page.locator("#masthead").click()
    page.keyboard.press("n")
    expect(page.locator("#side .tools:visible .at")).to_contain_text("2 of")
    page.keyboard.press("p")
    expect(page.locator("#side .tools:visible .at")).to_contain_text("1 of")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("The next quotation")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.keyboard.press("/")
    expect(page.get_by_label("Question")).to_be_focused()


def test_an_older_citation_shows_its_own_sources(visit: Visit) -> None:
    visit.ask(HARBOUR)
    link = visit.page.locator("#chat .answer").first.get_by_role("link", name="[1]").first
    second = visit.ask(LIBRARY)
    link.click()
    expect(visit.page.locator("#side mark.current")).to_contain_text("The harbour will close")
    expect(visit.page.get_by_role("heading", name="Sources of an earlier answer")).to_be_visible()
    second.get_by_role("link", name="[1]").first.click()
    expect(visit.page.locator("#side mark.current")).to_contain_text("musical instruments")
    expect(visit.page.locator("#earlier-sources")).to_be_empty()


def test_asked_again_a_citation_still_leads_to_its_words(visit: Visit) -> None:
    visit.ask(HARBOUR)
    visit.page.locator("#chat .answer").evaluate("answer => (answer.dataset.old = 1)")
    visit.page.get_by_role("button", name="Retry").click()
    expect(visit.page.locator("#chat .answer:not([data-old]) .steps")).to_have_count(1)
    visit.page.locator("#chat .answer").get_by_role("link", name="[1]").first.click()
    expect(visit.page.locator("#side mark.current")).to_contain_text("The harbour will close")


@pytest.mark.parametrize("way", ["New conversation", "Undo"])
def test_sources_go_with_their_answer(visit: Visit, way: str) -> None:
    visit.ask(HARBOUR)
    expect(visit.page.locator("#sources mark").first).to_be_visible()
    visit.page.get_by_role("button", name=way).click()
    expect(visit.page.locator("#sources mark")).to_have_count(0)
    expect(visit.page.locator("#chat .answer")).to_have_count(0)


def test_a_hostile_article_runs_nothing_and_loads_nothing(visit: Visit) -> None:
    answer = visit.ask("Tell me about the zeppelin museum")
    expect(answer.locator("blockquote").first).to_contain_text(HOSTILE.split(" now.")[0])
    answer.get_by_role("link", name="[1]").first.click()
    expect(visit.page.locator("#side mark.current")).to_be_in_viewport()
    visit.page.get_by_role("tab", name="Articles").click()
    expect(visit.page.get_by_role("cell", name='<b onclick="hacked=4">')).to_be_visible()
    assert visit.page.evaluate("typeof window.hacked") == "undefined"
    assert answer.locator("img, script, style, em, strong, code, .katex").count() == 0


def test_the_browser_itself_refuses_other_hosts(browser: Browser, address: str) -> None:
    page = visiting(browser, address).page
    blocked = page.evaluate(
        """() => new Promise((resolve) => {
            document.addEventListener("securitypolicyviolation", (e) => resolve(e.blockedURI));
            document.body.append(Object.assign(new Image(), { src: "http://127.0.0.2:9/x.png" }));
        })"""
    )
    assert blocked == "http://127.0.0.2:9/x.png"
    page.close()


def test_questions_that_the_collection_answers_are_a_click_away(visit: Visit) -> None:
    expect(visit.page.locator("#held")).to_contain_text("3 outlets")
    visit.page.locator("#chat").get_by_role("button", name="What did Ada Roe say?").click()
    expect(visit.page.locator("#chat .answer").last).to_contain_text("Ada Roe")


def test_a_pasted_article_appears_in_the_list(visit: Visit) -> None:
    visit.page.get_by_role("tab", name="Articles").click()
    visit.page.get_by_label("Title").fill("Kiosk reopens")
    visit.page.get_by_label("Text", exact=True).fill("The kiosk at the pier is open again.")
    visit.page.get_by_role("button", name="Add article").click()
    expect(visit.page.get_by_text("added: Kiosk reopens")).to_be_visible()
    expect(visit.page.get_by_role("cell", name="Kiosk reopens")).to_be_visible()


@pytest.mark.parametrize("width", [320, 400])
def test_a_narrow_page_is_never_wider_than_the_phone(
    browser: Browser, address: str, width: int
) -> None:
    visit = visiting(browser, address, width=width, height=720)
    visit.ask("Tell me about the zeppelin museum").get_by_role("link", name="[1]").first.click()
    expect(visit.page.locator("#side mark.current")).to_be_in_viewport()
    expect(visit.page.locator("#side .tools").first).to_be_in_viewport()
    visit.page.get_by_role("button", name="Back to the answer").click()
    expect(visit.page.get_by_role("link", name="[1]").first).to_be_in_viewport()
    visit.page.get_by_role("tab", name="Articles").click()
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
    visit.page.close()


def test_on_a_phone_a_further_question_comes_into_sight(browser: Browser, address: str) -> None:
    visit = visiting(browser, address, width=390, height=600)
    for question in (HARBOUR, LIBRARY, HARBOUR):
        visit.ask(question)

    expect(visit.page.locator("#chat .user-row").last).to_be_in_viewport(ratio=0.9)
    visit.page.close()


def test_an_empty_collection_offers_the_samples(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with serving(empty(tmp_path_factory.mktemp("empty"))) as address:
        visit = visiting(browser, address)
        visit.page.get_by_role("button", name="Add the sample articles").click()
        expect(visit.page.get_by_text("No articles yet").first).to_be_hidden()
        answer = visit.ask("What did NATO say about a no-fly zone?")
        expect(answer).to_contain_text("no-fly zone")
        visit.page.close()
