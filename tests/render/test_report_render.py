"""Reports on drafts as text, Markdown and HTML: all of it escaped, every mark with its finding."""

from __future__ import annotations

import re

import pytest

from assistant.ask import Assistant
from assistant.records import Report
from assistant.render.report_html import draft_html, report_html, report_page
from assistant.render.report_text import report_markdown, report_terminal
from tests.support.verdict_articles import desk_of

DRAFT = (
    "<script>alert(1)</script> “A wheel without wind is a table,” said Nell Osk.\n"
    "“A wheel without water is a table,” said Bram Lund. \x1b[31m“We waited six weeks for two "
    "planks. <b>I will not pay for a wheel that turns</b>,” Osk said. “*Bread* is bread,” she said."
)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    desk: Assistant = desk_of(tmp_path_factory.mktemp("reports"))
    return desk.check(DRAFT)


def test_html_of_a_draft_is_escaped(report: Report) -> None:
    shown = report_page(report)
    assert "<script" not in shown
    assert "<b>" not in shown
    assert "&lt;script&gt;" in shown
    assert "http" not in re.sub(r"<(?:a|blockquote) [^>]*>", "", shown)


def test_the_draft_is_shown_whole(report: Report) -> None:
    words = re.sub(r"<a [^>]*>.*?</a>|<[^>]+>", "", draft_html(report))
    assert words.replace("&lt;", "<").replace("&gt;", ">") == DRAFT


def test_every_mark_has_its_finding_and_every_finding_its_mark(report: Report) -> None:
    shown = report_html(report)
    links = set(re.findall(r'href="#([\w-]+)"', shown))
    places = re.findall(r' id="([\w-]+)"', shown)
    assert links <= set(places)
    assert len(places) == len(set(places)) == 2 * len([*report.quotations, *report.statements])


def test_the_terminal_obeys_nothing_and_the_worst_stands_first(report: Report) -> None:
    shown = report_terminal(report)
    assert "\x1b" not in shown
    assert shown.startswith("4 quotations")
    assert shown.index("ALTERED") < shown.index("NOT PRINTED HERE")


def test_markdown_has_no_command_of_the_drafts(report: Report) -> None:
    shown = report_markdown(report)
    assert r"\*Bread\* is bread" in shown
    assert r"\<b\>" in shown


def test_an_empty_draft_has_an_empty_report(report: Report) -> None:
    assert "nothing to check" in report_terminal(Report(""))
    assert "nothing to check" in report_page(Report(""))
