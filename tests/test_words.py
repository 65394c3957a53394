"""The labels of the page: each in every language, and each used."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assistant.page import words
from assistant.page.words import LANGUAGES

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_every_label_and_no_other(language: str) -> None:
    assert set(LANGUAGES[language]) == set(LANGUAGES["en"])
    assert all(text.strip() for text in LANGUAGES[language].values())


def test_each_label_is_used_and_each_used_one_is_there() -> None:
    files = [*Path(words.__file__).parent.glob("*.py"), ROOT / "app.py"]
    code = "".join(path.read_text(encoding="utf-8") for path in files)
    used = set(re.findall(r'LABELS\("(\w+)"\)', code))
    assert words.PIECES.keys() <= used
    used -= words.PIECES.keys()
    used |= set(re.findall(r"{(\w+)}", "".join(words.PIECES.values())))
    days = {"from", "to", "a_day", "as_of", "as_of_why"}  # in a table of desk.py
    assert used | days == set(LANGUAGES["en"])
