"""The labels of the page: each in every language, and each used."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from assistant.page import labels
from assistant.page.labels import LANGUAGES
from assistant.records import Answer, Quote, Source
from assistant.render.answer_message import answer_html
from assistant.render.article_list import sources_table
from assistant.render.source_panel import sources_html

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_every_label_and_no_other(language: str) -> None:
    assert set(LANGUAGES[language]) == set(LANGUAGES["en"])
    assert all(text.strip() for text in LANGUAGES[language].values())


def test_each_label_is_used_and_each_used_one_is_there() -> None:
    files = [*Path(labels.__file__).parent.glob("*.py"), ROOT / "app.py"]
    code = "".join(path.read_text(encoding="utf-8") for path in files)
    used = set(re.findall(r'LABELS\("(\w+)"\)', code))
    assert labels.PIECES.keys() <= used
    used -= labels.PIECES.keys()
    used |= set(re.findall(r"{(\w+)}", "".join(labels.PIECES.values())))
    days = {"from", "to", "a_day", "as_of", "as_of_why"}  # in a table of chat_tab.py
    days |= {"today", "yesterday", "earlier"}  # of conversations_sidebar.py
    assert used | days == set(LANGUAGES["en"])


def test_each_language_says_the_same_around_quotations() -> None:
    languages = json.loads((labels.HERE / "said.json").read_text("utf-8"))
    assert set(languages) == set(LANGUAGES) - {"en"}
    for said in languages.values():
        assert said.keys() == languages["de"].keys()
        assert all(text.count("#") == told.count("#") for text, told in said.items())


@pytest.mark.parametrize("count", [1, 2, 1_234])
def test_what_is_said_around_quotations_is_what_the_page_draws(count: int) -> None:
    source = Source("a", "Bridge closed")
    quotes = tuple(Quote("It is shut.", 0, 11, source) for _ in range(min(count, 5)))
    drawn = sources_html(Answer("q", "q", "answered", quotes=quotes), {})
    drawn += sources_html(Answer("q", "q", nearest=quotes), {}) + answer_html(Answer("q", "q"))
    drawn += sources_table([source] * count) + sources_table([])
    drawn = re.sub(r"\d[\d,]*", "#", drawn)
    known = json.loads((labels.HERE / "said.json").read_text("utf-8"))["de"]
    notes = re.findall(r'class="(?:note|at)">([^<]*)<|<th[^>]*>([^<]*)<|<h2>([^<]*)<', drawn)
    notes += re.findall(r'aria-label="([^"]*)"()()', drawn)
    said = {text for found in notes for text in found if text} - {"and # older"}
    assert said <= known.keys()
