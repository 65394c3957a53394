"""The verdict, first of all in every form in which an answer is shown, with nothing run in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from assistant.mcp.tool_text import answer_text
from assistant.records import Answer, Quote, Source
from assistant.render.answer_message import answer_html
from assistant.render.conversation_export import as_html_file, as_markdown_file
from assistant.render.notebook import notebook_html
from assistant.render.terminal import terminal
from assistant.serve.openai_citations import citations
from assistant.writing import quotation_writer, short_answer

SOURCE = Source("a", "Mill", "<b>Tarn</b> Post", published=datetime(2023, 5, 4, tzinfo=UTC))
QUOTE = Quote("It stood still for six weeks.", 0, 29, SOURCE, answer=(19, 28))
VERDICT = "<b>Tarn</b> Post, 4 May 2023, prints otherwise: “six weeks” [1]"
BEGUN, ABOVE = short_answer.begin(Answer("q", "q", "answered", verdict=VERDICT), [QUOTE])
TEXT = [*quotation_writer.answered([QUOTE], ABOVE, form="check")][-1]
ANSWER = replace(BEGUN, text=TEXT, quotes=(QUOTE,), form="check", finished=True)


def test_it_stands_in_place_of_the_short_answer() -> None:
    assert ABOVE == [VERDICT]
    assert TEXT.startswith(f"{VERDICT}\n\n")
    assert ANSWER.to_dict()["verdict"] == VERDICT
    assert ANSWER.short == ""


def test_the_page_shows_it_escaped_with_its_citation() -> None:
    html = answer_html(ANSWER)
    assert '<p dir="auto" class="verdict">&lt;b&gt;Tarn&lt;/b&gt; Post, 4 May' in html
    assert html.index('class="verdict"') < html.index("<figure>")
    assert "six weeks” <a href=" in html
    assert "<b>" not in html


def test_a_tool_gives_it_as_an_articles_words() -> None:
    told = answer_text(ANSWER)
    assert told.count("prints otherwise") == 1
    assert f"Verdict:\n> {VERDICT}" in told


def test_the_other_faces_show_it_before_the_quotation() -> None:
    shown = (
        terminal(ANSWER),
        notebook_html(ANSWER),
        as_html_file("c", [ANSWER]),
        as_markdown_file("c", [ANSWER]),
    )
    for text in shown:
        assert text.index("prints otherwise") < text.index("It stood still for")


def test_its_citation_is_told_to_chat_programs() -> None:
    first, second = citations(ANSWER, "http://x")
    at = first["url_citation"]
    assert ANSWER.text[at["start_index"] : at["end_index"]] == "[1]"
    assert at["start_index"] < second["url_citation"]["start_index"]


def test_where_nothing_answers_it_comes_first() -> None:
    told = quotation_writer.not_found([QUOTE], ["No."], "Not printed.")
    assert told.split("\n\n")[0] == "Not printed."
    assert told.endswith("No.")
