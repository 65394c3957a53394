"""From the lines of printed pages to paragraphs: heads and feet out, split words mended."""

from __future__ import annotations

import logging
import math
import re
from collections import Counter
from collections.abc import Sequence

from assistant.sources.cleaning import split_words

logger = logging.getLogger("assistant.sources")

_EDGE = 3  # lines at the top and foot of a page that may be its head or foot
_LEAST_PAGES = 3
_LEAST_SHARE = 0.45  # of the pages: left and right ones often differ
_LONGEST_HEAD = 120  # characters
_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"\W*(?:page )?#(?: ?(?:of|/) ?#)?\W*", re.I)
_SENTENCE_ENDS = (".", "!", "?", "”", '"', "’", ":", "…")
_BULLETS = ("•", "·", "▪", "◦", "‣", "* ")
_ROOM = 0.15  # of the width: a line with so much left for the next word was meant to end


def paragraphs(pages: Sequence[str], where: str) -> str:
    """Return the pages' text, each paragraph on a line; what was dropped is logged with `where`.

    A word split at a line's end is mended where it plainly is one: its whole is printed elsewhere,
    or its parts are no words of the text. Else the hyphen stays.
    """
    bodies = _without_heads([_lines(page) for page in pages], where)
    lines = [line for body in bodies for line in body]
    words = split_words.counted(lines)
    lengths = sorted(len(line) for line in lines if line)
    width = lengths[len(lengths) * 9 // 10] if lengths else 0
    finished: list[str] = []
    paragraph = last = ""
    for line in lines:
        if paragraph and line and (split := split_words.SPLIT.search(last)):
            paragraph = split_words.mended(paragraph, split[1], line, words)
        elif paragraph and line and _goes_on(last, line, width):
            paragraph += f" {line}"
        else:
            finished.append(paragraph)
            paragraph = line
        last = line
    return "\n\n".join(each for each in (*finished, paragraph) if each)


def _lines(page: str) -> list[str]:
    return [" ".join(line.split()) for line in page.split("\n")]


def _without_heads(pages: list[list[str]], where: str) -> list[list[str]]:
    """The pages without the lines at their edges that recur on most of them, but for numbers."""
    counts = Counter(key for page in pages for key in {_key(page[at]) for at in _edges(page)})
    most = math.ceil(_LEAST_SHARE * len(pages))
    heads = {
        key
        for key, count in counts.items()
        if count >= max(most, 2 if _PAGE_NUMBER.fullmatch(key) else _LEAST_PAGES)
    }
    for page in pages:
        for at in _edges(page):
            if _key(page[at]) in heads:
                logger.info("dropped %r from %s", page[at], where)
                page[at] = ""
    # What goes on over the page is no new paragraph: no blank lines at the edges.
    return [_trimmed(page) for page in pages]


def _edges(page: list[str]) -> list[int]:
    full = [at for at, line in enumerate(page) if line]
    count = min(_EDGE, len(full) // 3)  # of a short page most is no edge
    edges = dict.fromkeys(full[:count] + full[len(full) - count :])
    return [at for at in edges if len(page[at]) <= _LONGEST_HEAD]


def _key(line: str) -> str:
    return _NUMBER.sub("#", line).casefold()


def _trimmed(page: list[str]) -> list[str]:
    full = [at for at, line in enumerate(page) if line]
    return page[full[0] : full[-1] + 1] if full else []


def _goes_on(last: str, following: str, width: int) -> bool:
    """Was `last` ended only because the next word did not fit?"""
    if following.startswith(_BULLETS):
        return False
    room = width - len(last) - 1 - len(following.split(" ", 1)[0])
    if room <= _ROOM * width:
        return True
    return following[0].islower() and not last.endswith(_SENTENCE_ENDS)
