"""From any text to clean text: white space in order, page furniture out, every word as printed."""

from __future__ import annotations

import itertools
import logging
import re
from dataclasses import dataclass

from assistant.sources.cleaning import boilerplate, presentation_forms, split_words

logger = logging.getLogger("assistant.sources")

_NEWLINES = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Characters no reader sees: controls, soft hyphen, zero-width space and joiner, byte order mark,
# lone surrogates; direction overrides and tags, which can show or hide other words than are there.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b\u2060\ufeff\ufffc"
    "\ud800-\udfff\u202a-\u202e\u2066-\u2069\U000e0000-\U000e007f]"
)
_SPACES = re.compile(r"[^\S\n]+")
_AROUND_NEWLINE = re.compile(r" ?\n ?")
_BLANK_LINES = re.compile(r"\n{3,}")

# Typewriters, terminals and mail wrap at 60 to 80; a paragraph on one line is mostly longer.
_WIDEST_WRAP = 100
_NARROWEST_WRAP = 45
_ITEM = re.compile(r"[•*·–—-] |\d{1,3}[.)] |.* \| ")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A clean text, and the lines of page furniture that were dropped from it, in order."""

    text: str
    dropped: tuple[str, ...] = ()


def clean(text: str, *, where: str = "a text") -> Cleaned:
    """Return `text` as articles hold it; each dropped line is logged with `where`.

    One kind of space, at most one blank line in a row, hard-wrapped paragraphs on one line, no
    unseen characters, no page furniture. Quotation marks, dashes and accents stay as printed, no
    word is joined to its neighbour, and cleaning twice changes nothing.
    """
    dropped: list[str] = []
    text, before = normalise(text), ""
    while text != before:
        before = text
        lines, gone = boilerplate.drop(text.split("\n"))
        dropped += gone
        text = _unwrap(_BLANK_LINES.sub("\n\n", "\n".join(lines)).strip("\n"))
    for line in dropped:
        logger.info("dropped %r from %s", line, where)
    return Cleaned(text, tuple(dropped))


def normalise(text: str) -> str:
    """Return `text` with its white space in order and without characters no reader sees."""
    text = _UNSEEN.sub("", _NEWLINES.sub("\n", presentation_forms.undone(text)))
    text = _AROUND_NEWLINE.sub("\n", _SPACES.sub(" ", text))
    return _BLANK_LINES.sub("\n\n", text).strip()


def one_line(text: str) -> str:
    """Return `text` normalised, on one line: a title, a name."""
    return " ".join(normalise(text).split())


def _unwrap(text: str) -> str:
    """Join the lines of hard-wrapped paragraphs; a text with any long line was not wrapped."""
    lines = text.split("\n")
    width = max((len(line) for line in lines if " " in line), default=0)
    pairs = list(itertools.pairwise(lines))
    inside = sum(1 for line, following in pairs if line and following)
    wrapped = [_goes_on(line, following, width) for line, following in pairs]
    # Half of the line ends inside paragraphs: poems and lists have fewer by chance.
    if not _NARROWEST_WRAP < width <= _WIDEST_WRAP or sum(wrapped) * 2 < max(inside, 1):
        return text
    words = split_words.counted(lines)
    joined = [lines[0]]
    last = lines[0]
    for goes_on, line in zip(wrapped, lines[1:], strict=False):
        split = split_words.SPLIT.search(last[-80:]) if line and line[0].islower() else None
        if split and (goes_on or len(last) >= _NARROWEST_WRAP):
            joined[-1] = split_words.mended(joined[-1], split[1], line, words)
        else:
            apart = " " if goes_on else "\n"
            joined.append(f"{apart}{line}")
        last = line
    return "".join(joined)


def _goes_on(line: str, following: str, width: int) -> bool:
    """Was `line` broken only because the next word did not fit?"""
    return (
        _NARROWEST_WRAP <= len(line) <= width
        and following != ""
        and len(line) + 1 + len(following.split(" ", 1)[0]) > width
        and not _ITEM.match(following)
        and " | " not in line
    )
