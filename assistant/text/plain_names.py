"""Names as people compare them: without case, accents, spaces and marks."""

from __future__ import annotations

import re

from assistant.text import terms

PIECE = re.compile(r"[^\W_]+")
# Letters that are no letter with an accent, and how people type them.
LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ß": "ss"}
)


def plain(text: str) -> str:
    """Letters and figures alone, as people compare names: "O’Brien" and "obrien" are one."""
    return "".join(PIECE.findall(plainly(text)))


def plainly(text: str) -> str:
    """The text without case, accents and strange letters."""
    return terms.fold(text).translate(LETTERS)
