"""The sections of an answer, in every form in which it is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from assistant.mcp.tool_text import answer_text
from assistant.records import Answer, Quote, Section, Source
from assistant.render.answer_message import answer_html
from assistant.render.conversation_export import as_html_file, as_markdown_file
from assistant.render.notebook import notebook_html
from assistant.render.terminal import terminal
from assistant.serve.openai_citations import citations
from assistant.writing.quotation_writer import answered, around, scope

SOURCE = Source("a", "Quay shut", "Harbour Wire", published=datetime(2023, 5, 2, tzinfo=UTC))
LATER = replace(SOURCE, id="b", published=datetime(2023, 5, 6, tzinfo=UTC))
ADA = Quote("It is ugly.", 0, 11, SOURCE, speaker="Ada Roe", role="mayor")
ADA_TOO = Quote("It must go.", 20, 31, LATER, speaker="Ada Roe", role="mayor")
BO = Quote("It keeps us dry.", 40, 56, SOURCE, speaker="<b>Bo</b>")
QUOTES = (ADA, ADA_TOO, BO)
SECTIONS = (Section("Ada Roe, mayor", (ADA, ADA_TOO)), Section("<b>Bo</b>", (BO,)))
FIRST = [scope(QUOTES, "statements")]
TEXT = [*answered(QUOTES, FIRST, sections=SECTIONS, form="statements")][-1]
ANSWER = Answer(
    "q",
    "q",
    "answered",
    TEXT,
    QUOTES,
    form="statements",
    sections=SECTIONS,
    finished=True,
)


def test_headings_stand_above_their_quotations_and_the_speaker_is_not_told_twice() -> None:
    assert TEXT == (
        "3 statements from 2 articles, 2 May 2023 to 6 May 2023.\n\n"
        "### Ada Roe, mayor\n\n"
        "Harbour Wire, 2 May 2023:\n\n> It is ugly. [1]\n\n"
        "Harbour Wire, 6 May 2023:\n\n> It must go. [2]\n\n"
        "### <b>Bo</b>\n\n"
        "Harbour Wire, 2 May 2023:\n\n> It keeps us dry. [3]"
    )
    assert around(ANSWER) == ("3 statements from 2 articles, 2 May 2023 to 6 May 2023.", "")


def test_the_page_escapes_them() -> None:
    html = answer_html(ANSWER)
    assert html.index('<h3 dir="auto">Ada Roe, mayor</h3>') < html.index("It is ugly")
    assert '<h3 dir="auto">&lt;b&gt;Bo&lt;/b&gt;</h3>' in html
    assert html.count("<figure>") == 3


def test_the_terminal_shows_them_in_capitals() -> None:
    lines = terminal(ANSWER).split("\n")
    assert lines.index("ADA ROE, MAYOR") < lines.index("    It is ugly. [1]")


FACES: dict[str, Callable[[], str]] = {
    "markdown": lambda: as_markdown_file("c", [ANSWER]),
    "html": lambda: as_html_file("c", [ANSWER]),
    "notebook": lambda: notebook_html(ANSWER),
    "tools": lambda: answer_text(ANSWER),
}


@pytest.mark.parametrize("face", FACES)
def test_the_other_faces_show_them_in_their_order(face: str) -> None:
    text = FACES[face]()
    at = [text.index(part) for part in ("Ada Roe, mayor", "It is ugly", "It must go", "It keeps")]
    assert at == sorted(at)


@pytest.mark.parametrize("face", ["html", "notebook"])
def test_no_heading_is_obeyed(face: str) -> None:
    text = FACES[face]()
    assert "<b>Bo</b>" not in text
    assert "&lt;b&gt;Bo&lt;/b&gt;" in text


def test_json_gives_numbers_and_citations_are_found() -> None:
    assert ANSWER.to_dict()["sections"] == [
        {"heading": "Ada Roe, mayor", "quotes": [1, 2]},
        {"heading": "<b>Bo</b>", "quotes": [3]},
    ]
    assert len(citations(ANSWER, "http://x")) == 3


def test_of_one_quotation_or_of_no_day_nothing_is_counted() -> None:
    undated = replace(ADA, source=replace(SOURCE, published=None))
    assert scope([ADA], "overview") == ""
    assert scope([undated, undated], "overview") == ""
    assert scope(QUOTES, "direct") == ""
    assert scope([ADA, BO], "timeline") == "2 quotations from 1 article, 2 May 2023."
