"""A conversation as a file: whole, with sources, and nothing in it runs."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import replace

from markdown_it import MarkdownIt

from assistant.records import Answer
from assistant.render import conversation_export
from assistant.render.conversation_export import (
    as_html_file,
    as_json_file,
    as_markdown_file,
    file_name,
)
from tests.render.test_render import SOURCE, Reader, cut, told

HOSTILE = "<script>alert(1)</script> *x* [y](javascript:alert(1)) </title>"


def hostile() -> Answer:
    source = replace(SOURCE, title=HOSTILE, publisher=HOSTILE, url="https://wire.example/a")
    return replace(told(cut(HOSTILE, 0, len(HOSTILE), source)), asked=HOSTILE)


def test_each_form_holds_questions_words_and_sources() -> None:
    answer = replace(told(cut("It is closed.", 0, 13)), asked="Is it open?")
    for write in (as_markdown_file, as_html_file, as_json_file):
        written = write("Bridge", [answer, answer])
        for words in ("Bridge", "Is it open?", "It is closed.", "Harbour Wire", "2022"):
            assert words in written.replace("\\", "")


def test_json_is_what_the_command_prints() -> None:
    answer = told(cut("It is closed.", 0, 13))
    kept = json.loads(as_json_file("Bridge", [answer]))
    assert kept == {"name": "Bridge", "answers": [answer.to_dict()]}


def test_nothing_an_article_says_runs_in_a_saved_page() -> None:
    read = Reader(as_html_file(HOSTILE, [hostile()]))
    assert {tag for tag, _ in read.tags} <= set(
        "html head meta title style body h1 h2 p blockquote a br".split()
    )
    assert all(href.startswith("https://wire.example/a") for href in read.values("href"))


def test_nothing_an_article_says_is_markdown_in_a_saved_file() -> None:
    html = MarkdownIt("commonmark", {"html": True}).render(as_markdown_file(HOSTILE, [hostile()]))
    assert "<script" not in html
    assert "<em" not in html
    assert set(re.findall('href="([^"]+)"', html)) == {"https://wire.example/a"}


def test_what_was_not_answered_is_saved_with_the_nearest_evidence() -> None:
    near = cut("The bridge is old.", 0, 18)
    answer = Answer("q", "q", text="The articles do not say.", nearest=(near,), finished=True)
    written = as_markdown_file("Bridge", [answer])
    assert "The articles do not say." in written.replace("\\", "")
    assert "The bridge is old." in written.replace("\\", "")


def test_the_links_hold_the_files_themselves() -> None:
    links = Reader(
        conversation_export.exports_html("Is it open?", [told(cut("It is closed.", 0, 13))])
    )
    assert links.values("download") == ["is-it-open.md", "is-it-open.html", "is-it-open.json"]
    held = base64.b64decode(links.values("href")[2].partition("base64,")[2])
    assert json.loads(held)["name"] == "Is it open?"
    assert conversation_export.exports_html("Nothing", []) == ""


def test_every_name_is_a_file_name() -> None:
    assert file_name("../../etc/passwd\0") == "etc-passwd"
    assert file_name("???") == "conversation"
    assert len(file_name("long " * 100)) <= 60
