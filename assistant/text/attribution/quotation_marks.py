"""From a text to its quoted stretches, and to the same text with their insides covered.

Covered text keeps every offset, so that a pattern may run over it and never see quoted words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

COVER = "ǂ"  # a letter to every pattern, of no English word, neither large nor small
_MARK = re.compile(r'[“”„"]|' + "''")


_STRAIGHT = ('"', "''")


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quoted stretch of one paragraph, its marks included; `open` when no mark closes it."""

    start: int
    end: int
    open: bool


def quoted(text: str) -> list[Quoted]:
    """The quoted stretches of `text`, in order; none reaches over a line's end."""
    found: list[Quoted] = []
    at = 0
    for line in text.split("\n"):
        _read_line(text, at, at + len(line), found)
        at += len(line) + 1
    return found


def _read_line(text: str, start: int, end: int, found: list[Quoted]) -> None:
    began, depth, straight = -1, 0, False
    for mark in _MARK.finditer(text, start, end):
        at, sign = mark.start(), mark[0]
        if began < 0:
            # A closing mark with nothing open, before a word, is one that was printed wrong.
            if sign != "”" or at == start or text[at - 1].isspace():
                began, straight, depth = at, sign in _STRAIGHT, 1
        elif sign in "“„":
            depth += 1
        elif (sign in _STRAIGHT) == straight or depth > 1 or sign == "”":
            depth -= 1
            if depth <= 0:
                found.append(Quoted(began, mark.end(), open=False))
                began = -1
    if began >= 0:
        found.append(Quoted(began, end, open=True))


def covered(text: str, stretches: list[Quoted]) -> str:
    """`text` with the inside of each stretch covered, but for the marks that end it."""
    pieces: list[str] = []
    at = 0
    for one in stretches:
        close = one.end if one.open else one.end - 1
        inside = close
        while inside > one.start + 1 and text[inside - 1] in ".!?,… ’'":
            inside -= 1
        pieces += [text[at : one.start], "“", COVER * (inside - one.start - 1), text[inside:close]]
        pieces.append("" if one.open else "”")
        at = one.end
    pieces.append(text[at:])
    return "".join(pieces)
