"""A word that was split at the end of a line, whole again: its hyphen stays where it belongs."""

from __future__ import annotations

import re
from collections import Counter

from assistant.text.english_words import is_english

SPLIT = re.compile(r"([^\W\d_]{2,})[-\u2010\xad]\Z")
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
# "short- and long-term": the hyphen stands for a word that follows.
_AND = frozenset("and or to nor und oder et ou y o".split())
# What a hyphen follows that belongs to the word.
_FIRST_PARTS = frozenset(
    "all anti cross ex half high long low mid new non north off old one post pro self semi short "
    "so south two three four five six seven eight nine ten vice well east west first second third "
    "part full far co".split()
)
_ENGLISH = ("the", "of", "and", "to", "in")
_LEAST_ENGLISH = 0.08  # of the words: no other language has so many of these


def counted(lines: list[str]) -> Counter[str]:
    """How often each word stands in the lines, without regard to case."""
    return Counter(word.casefold() for line in lines for word in _WORD.findall(line))


def mended(paragraph: str, start: str, line: str, words: Counter[str]) -> str:
    """The paragraph, which ends in `start` and a hyphen, with the line that goes on.

    The hyphen goes where the whole is a word of the text, or of English in an English text; it
    stays where both parts are words.
    """
    found = _WORD.match(line)
    end = found[0] if found else ""
    if end in _AND:
        return f"{paragraph} {line}"
    if paragraph.endswith("\xad"):
        return paragraph[:-1] + line
    if not end[:1].islower():
        return paragraph + line
    start, end = start.casefold(), end.casefold()
    if words[start + end]:
        return paragraph[:-1] + line
    # Each part was counted once where it was split.
    are_words = words[start] > 1 and words[end] > 1
    if words[f"{start}-{end}"] or are_words or start in _FIRST_PARTS:
        return paragraph + line
    belongs = _is_english(words) and not is_english(start + end)
    if belongs and is_english(start) and is_english(end.partition("-")[0]):
        return paragraph + line
    return paragraph[:-1] + line


def _is_english(words: Counter[str]) -> bool:
    return sum(words[word] for word in _ENGLISH) >= _LEAST_ENGLISH * words.total()
