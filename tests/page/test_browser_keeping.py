"""The page in a real Chromium: what is kept, filtered and removed; keyboard and screen reader."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.support.browsing import Visit, visiting
from tests.support.page_server import serving, stocked
from tests.support.serving import HARBOUR, LIBRARY

pytestmark = pytest.mark.browser

CLOSES = "The harbour will close on Monday for repairs, harbour master Jens Doe said."


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(stocked(tmp_path_factory.mktemp("keeping"))) as address:
        yield address


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    """A reader at a desk; afterwards nothing may have left the machine or gone wrong."""
    rights = ["clipboard-read", "clipboard-write"]
    visit = visiting(browser, address, permissions=rights)
    yield visit
    assert visit.external() == []
    assert visit.wrong() == []
    visit.page.context.close()


def current(page: Page) -> str:
    return page.locator("#side mark.current").first.inner_text()


# --- reading


def test_a_card_tells_who_where_and_when_and_is_copied_with_its_source(visit: Visit) -> None:
    card = visit.ask(HARBOUR).locator("figure").first
    expect(card).to_contain_text("Jens Doe, harbour master · Harbour Wire, 8 March 2022")
    card.get_by_role("button", name="Copy").click()
    card.get_by_role("button", name="Copied").click()
    expect(card.get_by_role("button", name="Copy", exact=True)).to_be_visible()
    copied = visit.page.evaluate("navigator.clipboard.readText()")
    assert copied == (
        f"“{CLOSES}” (Jens Doe, harbour master; Harbour Wire, “Harbour to close”, 8 March 2022)"
    )


def test_the_reader_goes_from_quotation_to_quotation(visit: Visit) -> None:
    visit.ask(HARBOUR).get_by_role("link", name="[1]").first.click()
    first = current(visit.page)
    visit.page.get_by_label("The next quotation").locator("visible=true").click()
    expect(visit.page.locator("#side .tools:visible .at")).to_contain_text("2 of")
    assert current(visit.page) != first
    visit.page.get_by_label("The previous quotation").locator("visible=true").press("Enter")
    expect(visit.page.locator("#side .tools:visible .at")).to_contain_text("1 of")
    assert current(visit.page) == first


def test_a_permalink_opens_the_article_at_the_words(visit: Visit, address: str) -> None:
    visit.ask(HARBOUR)
    link = visit.page.locator("#side .tools:visible").get_by_role("link", name="Link")
    visit.left = True
    visit.page.goto(address + link.get_attribute("href"))
    expect(visit.page.locator("#side mark")).to_have_text(CLOSES)


def test_a_further_question_is_put_into_the_box_by_a_click(visit: Visit) -> None:
    visit.ask(LIBRARY)
    further = visit.page.locator("#further").get_by_role("button").first
    expect(further).to_have_text("What did Jens Doe say?")
    further.click()
    expect(visit.page.get_by_label("Question")).to_have_value("What did Jens Doe say?")


# --- kept


def test_a_reload_restores_the_conversation_with_all_its_marks(visit: Visit) -> None:
    visit.ask(HARBOUR)
    visit.ask(LIBRARY)
    expect(visit.page).to_have_url(re.compile("conversation="))
    visit.left = True
    visit.page.reload()
    answers = visit.page.locator("#chat .answer")
    expect(answers).to_have_count(2)
    answers.first.get_by_role("link", name="[1]").first.click()
    expect(visit.page.locator("#side mark.current").first).to_have_text(CLOSES)
    answers.last.get_by_role("link", name="[1]").first.click()
    expect(visit.page.locator("#side mark.current").first).to_contain_text("musical instruments")
    visit.ask("And who said that the harbour will close?")
    visit.page.reload()
    expect(answers).to_have_count(3)


def test_one_reader_never_sees_anothers_conversation(
    visit: Visit, browser: Browser, address: str
) -> None:
    visit.ask(HARBOUR)
    expect(visit.page).to_have_url(re.compile("conversation="))
    other = visiting(browser, address)
    other.page.goto(visit.page.url)
    expect(other.page.get_by_label("Question")).to_be_visible()
    other.page.get_by_role("button", name="Conversations").click()
    expect(other.page.get_by_text("Nothing is kept yet")).to_be_visible()
    expect(other.page.locator("#chat .answer")).to_have_count(0)
    other.page.context.close()


def test_conversations_are_searched_named_opened_saved_and_deleted(visit: Visit) -> None:
    page = visit.page
    visit.ask(HARBOUR)
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator("#chat .answer")).to_have_count(0)
    visit.ask(LIBRARY)
    page.get_by_role("button", name="Conversations").click()
    kept = page.locator("#talks").get_by_role("radio")
    expect(kept).to_have_count(2)
    search = page.locator("#talks").get_by_label("Search")
    search.fill("cranes")
    expect(kept).to_have_count(1)
    kept.check()
    expect(page.locator("#chat .answer")).to_contain_text("harbour master")
    page.get_by_role("button", name="This conversation").click()
    expect(page.get_by_label("Name")).to_have_value(HARBOUR)
    with page.expect_download() as saved:
        page.get_by_role("link", name="JSON").click()
    found = json.loads(saved.value.path().read_text())
    assert found["answers"][0]["quotes"][0]["text"] == CLOSES
    page.get_by_label("Name").fill("Cranes")
    page.get_by_role("button", name="Rename").click()
    expect(page.get_by_role("radio", name="Cranes")).to_be_checked()
    search.fill("")
    expect(kept).to_have_count(2)
    page.get_by_role("button", name="Delete everything of mine").click()
    page.get_by_role("button", name="Yes, delete all").click()
    expect(page.get_by_text("Nothing is kept yet")).to_be_visible()
    expect(page.locator("#chat .answer")).to_have_count(0)


def test_a_vote_is_noted(visit: Visit) -> None:
    visit.ask(HARBOUR)
    visit.page.get_by_role("button", name="Feedback").click()
    visit.page.get_by_role("button", name="Helpful").click()
    expect(visit.page.get_by_text("Noted: helpful").first).to_be_visible()


# --- asking


def test_filters_are_shown_and_taken_off(visit: Visit) -> None:
    page = visit.page
    page.get_by_role("button", name="Options").click()
    page.locator("#talk").get_by_role("combobox", name="Outlets").click()
    page.get_by_role("option", name="Vellane Gazette").click()
    page.keyboard.press("Escape")
    page.locator("#talk").get_by_role("textbox", name="Published to").fill("2022-03-31")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Options").click()
    chips = page.locator("#filters").get_by_role("checkbox")
    expect(chips).to_have_count(2)
    expect(visit.ask(HARBOUR)).to_contain_text("The articles do not say")
    page.get_by_role("checkbox", name="Vellane Gazette").uncheck()
    expect(chips).to_have_count(1)
    page.get_by_role("checkbox", name="to 2022-03-31").uncheck()
    expect(chips).to_have_count(0)
    expect(visit.ask(HARBOUR)).to_contain_text("harbour master")


def test_the_box_knows_the_slash_the_arrows_and_escape(visit: Visit) -> None:
    visit.ask(HARBOUR)
    box = visit.page.get_by_label("Question")
    expect(box).to_be_enabled()
    box.press("ArrowUp")
    expect(box).to_have_value(HARBOUR)
    box.press("ArrowDown")
    expect(box).to_have_value("")
    box.press_sequentially("/roe say")
    expect(visit.page.locator("#slash button:visible")).to_have_count(1)
    box.press("Enter")
    expect(box).to_have_value("What did Ada Roe say?")
    box.fill("/")
    box.press("Escape")
    expect(box).to_have_value("")


def test_a_question_can_be_changed_and_asked_again(visit: Visit) -> None:
    visit.ask(LIBRARY)
    visit.page.get_by_role("button", name="Edit").click()
    visit.page.locator("#chat textarea").fill(HARBOUR)
    visit.page.get_by_role("button", name="Submit").first.click()
    expect(visit.page.locator("#chat .answer")).to_contain_text("harbour master")
    expect(visit.page.locator("#chat .answer")).to_have_count(1)


# --- a draft


def test_a_draft_is_checked_word_by_word(visit: Visit) -> None:
    page = visit.page
    page.get_by_role("tab", name="Check").click()
    said = "The harbour will close on Friday for repairs"
    page.get_by_label("Draft").fill(f"“{said},” Jens Doe said.")
    page.get_by_role("button", name="Check the draft").click()
    report = page.locator("#report")
    expect(report.get_by_role("status")).to_contain_text("1 quotation")
    expect(report.locator("mark")).to_have_text(said + ",")
    expect(report.locator("del")).to_have_text("Friday")
    expect(report.locator("ins")).to_have_text("Monday")


# --- the library


def test_an_article_is_found_removed_and_put_back(visit: Visit) -> None:
    page = visit.page
    page.get_by_role("tab", name="Articles").click()
    page.get_by_placeholder("Title, outlet or month").fill("gazette violins")
    expect(page.get_by_role("cell", name="Library lends violins")).to_be_visible()
    expect(page.get_by_role("cell", name="Harbour to close")).to_be_hidden()
    page.get_by_label("Article", exact=True).click()
    page.get_by_role("option", name="Library lends violins").click()
    page.get_by_role("button", name="Remove", exact=True).click()
    expect(page.get_by_text("Library lends violins removed")).to_be_visible()
    expect(page.get_by_role("cell", name="Library lends violins")).to_be_hidden()
    page.get_by_role("tab", name="Ask").click()
    expect(visit.ask(LIBRARY)).to_contain_text("Nothing in the collection")
    page.get_by_role("tab", name="Articles").click()
    page.get_by_role("button", name="Undo").locator("visible=true").click()
    expect(page.get_by_role("cell", name="Library lends violins")).to_be_visible()


# --- for everybody


@pytest.mark.parametrize(
    ("locale", "tab", "button", "copy", "runs"),
    [
        ("de-AT", "Artikel", "Neues Gespräch", "Kopieren", "ltr"),
        ("fr-FR", "Articles", "Nouvelle conversation", "Copier", "ltr"),
        ("es-MX", "Artículos", "Nueva conversación", "Copiar", "ltr"),
        ("ar", "المقالات", "محادثة جديدة", "نسخ", "rtl"),
    ],
)
def test_the_labels_are_in_the_readers_language(
    browser: Browser, address: str, locale: str, tab: str, button: str, copy: str, runs: str
) -> None:
    context = browser.new_context(locale=locale)
    page = context.new_page()
    page.goto(address)
    expect(page.get_by_role("button", name=button)).to_be_visible()
    expect(page.get_by_role("tab", name=tab)).to_be_visible()
    page.locator("#talk textarea").fill(HARBOUR)
    page.locator("#talk textarea").press("Enter")
    expect(page.locator("#chat figure .copy").first).to_have_text(copy)
    expect(page.locator("#chat blockquote").first).to_have_css("direction", "ltr")
    expect(page.locator("#masthead h1")).to_have_css("direction", runs)
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_stands_in_the_way_of_a_screen_reader(
    browser: Browser, address: str, scheme: str
) -> None:
    visit = visiting(browser, address, color_scheme=scheme)
    visit.ask(HARBOUR).get_by_role("link", name="[1]").first.click()
    visit.page.get_by_role("button", name="Conversations").click()
    visit.page.get_by_role("button", name="Options").click()
    found = {}
    for tab in ("Ask", "Check", "Articles"):
        visit.page.get_by_role("tab", name=tab).click()
        visit.page.wait_for_timeout(500)  # colours fade in
        for one in Axe().run(visit.page).response["violations"]:
            if one["impact"] in ("serious", "critical"):
                found[f"{tab}: {one['id']}"] = [node["html"][:200] for node in one["nodes"]]
    assert found == {}
    visit.page.context.close()
