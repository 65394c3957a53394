"""From a surname alone to whom of several it means, and to the name that it misprints."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.text.attribution.appositions import ACTS
from assistant.text.attribution.offices import KIN
from assistant.text.attribution.person import Person, folded
from assistant.text.attribution.quotation_marks import COVER

_LATELY = 1_000  # characters: two of one surname are told apart by who was named so shortly before
_SETTLED = 2  # times that a surname stands alone before a second one of it is named
# "for his wife, ", but not "said his wife, "
_KIN = re.compile(
    rf"(?<!said)(?<!says)(?<!{COVER}”)\s(?:[Hh]is|[Hh]er|[Tt]heir|[A-Z][\w’'-]+['’]s)\s(?:\w+\s){{0,2}}?"
    rf"(?:{'|'.join(KIN - {'rival'})}),?\s$"
)
_SENTENCE = re.compile(r"[.?!”]\s|\n")


def nearest(text: str, same: Sequence[Person], alone: Sequence[int], at: int) -> list[Person]:
    """Those of one surname whom it can mean at offset `at`; `alone` are its other places."""
    before = [one for one in same if one.named[0] < at]
    if len(before) < 2:
        return before
    principal = _principal(text, before, alone, at)
    if principal:
        return [principal]
    lately = [one for one in before if any(at - _LATELY < named < at for named in one.named)]
    if len({folded(one.name)[-1] for one in before}) > 1:
        return lately  # one first name
    if len(lately) > 1:
        lately = [one for one in lately if not _is_kin(text, one, at)] or lately
    return lately or _usual(text, before, [place for place in alone if place < at])


def _usual(text: str, same: Sequence[Person], alone: Sequence[int]) -> list[Person]:
    """The one named first, where any other was named just once and long before."""
    first, *others = sorted(same, key=lambda one: one.named[0])
    if any(len(one.named) > 1 for one in others):
        return []
    passing = all(_in_passing(text, one.named[0]) for one in others)
    settled = len(first.named) > 1 or len(alone) > _SETTLED
    return [first] if passing or settled else []


def _is_kin(text: str, one: Person, at: int) -> bool:
    """Is this one named just once before `at`, as another's kin: "his wife, Eva Roe"?"""
    once = len(one.named) == 1 or one.named[1] > at
    return once and _KIN.search(text[max(0, one.named[0] - 60) : one.named[0]]) is not None


def _principal(text: str, same: Sequence[Person], alone: Sequence[int], at: int) -> Person | None:
    """The one whose surname stood alone before others of it were named, and these just in passing.

    "Roe" goes on to be Ann Roe where "a photo of her mother, Eva Roe," is shown.
    """
    first, *others = sorted(same, key=lambda one: one.named[0])
    second = others[0].named[0]
    if sum(first.named[0] < place < second for place in alone) < _SETTLED:
        return None
    paragraph = text.rfind("\n", 0, at)
    for one in others:
        named = [place for place in one.named if place < at]
        if len(one.named) > _SETTLED or named[-1] > paragraph:
            return None
        if any(at - place < _LATELY and not _in_passing(text, place) for place in named):
            return None
    return first


def _in_passing(text: str, at: int) -> bool:
    """Has the sentence a verb before the name at offset `at`?"""
    window = text[max(0, at - 300) : at]
    return ACTS.search(_SENTENCE.split(window)[-1]) is not None


def misprinted(word: str, known: Iterable[str]) -> str | None:
    """The one of the folded surnames from which `word` differs by a single letter."""
    near = [one for one in known if one[0] == word[0] and _one_apart(one, word)]
    return near[0] if len(near) == 1 else None


def _one_apart(one: str, other: str) -> bool:
    """Do two words of five letters or more differ by one letter, or by two that change places?"""
    short, long = sorted((one, other), key=len)
    if len(short) < 5 or len(long) - len(short) > 1 or f"{short}s" == long or short == long:
        return False
    n = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):
        return short[n:] == long[n + 1 :]
    swapped = short[n + 1 : n + 2] + short[n : n + 1] + short[n + 2 :]
    return short[n + 1 :] == long[n + 1 :] or swapped == long[n:]
