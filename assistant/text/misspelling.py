"""Whether one word may be another, misspelt, and how likely. The only file that knows rapidfuzz.

All words are without case and accents.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

MOST = 2.0  # of a slip that may be one
_DOUBLED = re.compile(r"(.)\1+")
# How letters sound, in this order: "quay" as "key", "flite" as "flight", "rader" as "radar".
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^(?:kn|gn|pn)", "n"),
        (r"^wr", "r"),
        (r"^wh", "w"),
        (r"ph", "f"),
        (r"gh(?=t|$)", ""),
        (r"tch|sch|sh|ch", "x"),
        (r"ck|qu|q", "k"),
        (r"c(?=[eiy])", "s"),
        (r"c", "k"),
        (r"dg|g(?=[eiy])", "j"),
        (r"z", "s"),
        (r"mb$", "m"),
        (r"(?<=\w)h", ""),
        (r"e$", ""),
        (r"(?<=[aeiou])w", ""),
        (r"[aeiouy]+", "a"),
    )
)
_VOWELS = frozenset("aeiouy")


def nearly(one: str, other: str) -> bool:
    """Whether two words differ by a slip or none.

    Slips: a letter too many, one missing, one wrong, two that changed places. The first letter is
    hardly ever one; words of up to three letters have none, those of up to seven one, others two.
    """
    if one == other:
        return True
    length = min(len(one), len(other))
    most = 0 if length <= 3 else 1 if length <= 7 else 2
    if not most or one[0] != other[0] or abs(len(one) - len(other)) > most:
        return False
    return distance(one, other) <= most


def distance(one: str, other: str) -> int:
    """How many slips turn one word into the other (optimal string alignment)."""
    return OSA.distance(one, other)


def near(word: str, others: Iterable[str], most: int) -> list[str]:
    """Those of the words that `most` slips turn into this one."""
    words = list(others)
    found = process.extract(word, words, scorer=OSA.distance, score_cutoff=most, limit=None)
    return [other for other, *_ in found]


def slip(typed: str, meant: str) -> float:
    """How unlikely it is that who meant the one word typed the other: 0 to `MOST`, above it never.

    Doubled letters are missed most easily, then letters change places, then one is missing, wrong
    or too many, or all of them sound the same; the first is hardly ever wrong.
    """
    if _DOUBLED.sub(r"\1", typed) == _DOUBLED.sub(r"\1", meant):
        return 0.5
    slips = distance(typed, meant)
    alike = min(len(typed), len(meant)) > 4 and sound(typed) == sound(meant)
    first = 0.0 if typed[:1] == meant[:1] else 0.2 if alike else 0.5
    if slips == 1:
        return _single(typed, meant, alike=alike) + first - (0.2 if alike else 0)
    if slips == 2 and sorted(typed) == sorted(meant) and min(len(typed), len(meant)) > 4:
        return 1.2 + first
    if alike and slips <= 3:
        return 0.8 + 0.2 * slips + first
    if slips == 2 and min(len(typed), len(meant)) > 7 and not first:
        return 1.8
    return MOST + 1


def _single(typed: str, meant: str, *, alike: bool) -> float:
    if sorted(typed) == sorted(meant):
        return 0.8
    if len(typed) != len(meant) or alike:
        return 1.0
    wrong = next((one, other) for one, other in zip(typed, meant, strict=True) if one != other)
    return 1.0 if _VOWELS.issuperset(wrong) else 1.2


@functools.lru_cache(maxsize=10_000)
def sound(word: str) -> str:
    """How a word sounds in English, roughly, and all vowels alike."""
    for pattern, letters in _SOUNDS:
        word = pattern.sub(letters, word)
    return _DOUBLED.sub(r"\1", word)
