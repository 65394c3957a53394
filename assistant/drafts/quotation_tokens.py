"""From a quotation or an article to its words, by which the one is looked for in the other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.evidence.match_quotation import NEGATION
from assistant.text import terms

# What may stand inside a word without being part of it, and accents that are letters by themselves.
_HIDDEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_LETTER = rf"[^\W_]|[{_HIDDEN}\u0300-\u036f]"
_APOSTROPHE = "'’‘ʼ`"
_TOKEN = re.compile(
    rf"[$€£%]|(?<![^\s(\[“‘\"'])[-−–](?=\d)|\d+(?:[.,]\d+)*"
    rf"|[^\W_](?:{_LETTER})*(?:[{_APOSTROPHE}](?:{_LETTER})+)*"
)
_THOUSANDS = re.compile(r",(?=\d{3}(?!\d))")
_MARKS = str.maketrans(
    dict.fromkeys('“”„‟«»″‘’‚‛´`ʼ"', "'") | dict.fromkeys("‐‑‒–—―−", "-") | dict.fromkeys(_HIDDEN)
)
_DASH = re.compile(r"\s*-+\s*")
_EDGE = " .,;:!?-'…*_"
_ELLIPSIS = r"\[\s*(?:…|\.{3})\s*\]|\(\s*(?:…|\.{3})\s*\)|…|\.\s?\.\s?\.(?:\s?\.)?"
_CUT = re.compile(rf"{_ELLIPSIS}|\[(?P<put>[^\[\]\n]{{0,120}})\]")
_ONE_LETTER = re.compile(r"\[([^\W\d_])\](?=[^\W\d_])")  # "[T]he"
_ENDING = re.compile(r"[^\W\d_]+\[[^\W\d_]{1,8}\]")  # "report[ed]"
_CITATION = re.compile(r"\[\d{1,3}\]")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a figure or its sign, `text[start:end]`; `plain` without case, accents and marks."""

    plain: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a quotation in a row. Before it words are left out, or brackets `put` others in."""

    tokens: tuple[Token, ...]
    put: str = ""

    @property
    def plain(self) -> list[str]:
        """The words to be looked for."""
        return [one.plain for one in self.tokens]


def tokens(text: str) -> list[Token]:
    """The words of a text in their order."""
    return _tokens(text, 0, len(text))


def _tokens(text: str, start: int, end: int) -> list[Token]:
    found = _TOKEN.finditer(text, start, end)
    return [Token(_plain(one[0]), one.start(), one.end()) for one in found]


def _plain(word: str) -> str:
    if word[0].isdigit():
        return _THOUSANDS.sub("", word)
    if word.isascii() and word.isalpha():
        return word.lower()
    return "-" if word in "-−–" else terms.fold(word.translate(_MARKS))


def pieces(words: str) -> list[Piece]:
    """A quotation between its ellipses and brackets; offsets are those of `words`."""
    # Each keeps its length, so that the offsets stay.
    shown = _CITATION.sub(lambda found: " " * len(found[0]), words)
    shown = _ONE_LETTER.sub(lambda found: f"\u200b{found[1]}\u200b", shown)
    shown = _ENDING.sub(lambda found: "…" * len(found[0]), shown)
    found, at, put = list[Piece](), 0, ""
    for cut in [*_CUT.finditer(shown), None]:
        end = cut.start() if cut else len(shown)
        if part := tuple(_tokens(shown, at, end)):
            found.append(Piece(part, put.strip()))
            put = ""
        if cut:
            at, put = cut.end(), f"{put} {cut['put'] or ''}"
    if found and put.strip():
        found[-1] = Piece(found[-1].tokens, f"{found[-1].put} {put}".strip())
    return found


def searched(words: str) -> str:
    """The words of a quotation as they are searched: "The" for "[T]he"."""
    return _ONE_LETTER.sub(r"\1", _CITATION.sub(" ", words))


def is_cut(words: str) -> bool:
    """Whether a quotation has an ellipsis or brackets."""
    return _CUT.search(_CITATION.sub("", words)) is not None


def same_letters(one: str, other: str) -> bool:
    """Whether two texts are one but for the shape of marks and dashes, and the marks around."""
    return _letters(one) == _letters(other)


def _letters(text: str) -> str:
    return _DASH.sub("-", " ".join(text.translate(_MARKS).split())).strip(_EDGE)


def denies(words: str) -> bool:
    """Whether words have a "not", "never" or "no" in them."""
    return NEGATION.search(words.replace("’", "'")) is not None


def has_figure(words: Sequence[str]) -> bool:
    """Whether some of the words have digits."""
    return any(letter.isdigit() for word in words for letter in word)
