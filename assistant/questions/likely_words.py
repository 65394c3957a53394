"""From a misspelt word to those that may be meant: printed ones, small words of requests, English.

Which of them is meant is told by how near they are, then by what the other words are about.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from assistant.questions.frame_words import frame, months
from assistant.questions.known_words import KnownWords
from assistant.text import english_words, misspelling, terms

# All of these set by hand on the misspelt requests of our training stories.
RIVALS = 0.25  # a word so little less likely than the best may as well be meant
OFTEN = 5  # times as often as its rivals a word must be printed to be taken
SURE = 1.3  # of a slip, up to which it needs no other words beside it
CLOSE = 1.0  # of a slip, up to which names, words of four letters and small words may be changed
FEW = 3  # letters, up to which only what everybody types wrong is changed
COMMON = 500_000  # how often a word stands in books that the articles need not hold
FRAME = 1e9  # weight of a small word: more than any that is printed


@dataclass(frozen=True, slots=True)
class Choice:
    """A word that may be meant, how unlikely it is that it was typed so, and how often it is used.

    `name`: it is printed only with a capital.
    """

    word: str
    unlike: float
    weight: float
    name: bool = False


def choices(word: str, known: KnownWords, *, name: bool) -> list[Choice]:
    """The words that a word without case and accents may be, all about as likely.

    `name`: it was typed as one, and only names, months and days are looked for.
    """
    found: dict[str, Choice] = {}
    for one in [*_small(word, name=name), *_printed(word, known, name=name), *_english(word, name)]:
        kept = found.setdefault(terms.fold(one.word), one)
        found[terms.fold(one.word)] = min(kept, one, key=lambda each: each.unlike)
    least = min((one.unlike for one in found.values()), default=0)
    return [one for one in found.values() if one.unlike <= least + RIVALS]


def _small(word: str, *, name: bool) -> list[Choice]:
    words = misspelling.near(word, months() if name else frame(), 1)
    found = [Choice(one, misspelling.slip(word, one), FRAME) for one in words if len(one) > FEW]
    return [replace(one, unlike=one.unlike - 0.2) for one in found if one.unlike <= CLOSE]


def _printed(word: str, known: KnownWords, *, name: bool) -> list[Choice]:
    most = CLOSE if name or len(word) == FEW + 1 else misspelling.MOST
    near = [one for one in known.near(word) if one.name or not name]
    found = [Choice(one.word, _unlike(word, one.word), one.passages, one.name) for one in near]
    return [one for one in found if one.unlike <= most]


def _english(word: str, name: bool) -> list[Choice]:
    if name or len(word) == FEW + 1:
        return []
    words = _common(word[0])
    near = [(one, misspelling.slip(word, one)) for one in misspelling.near(word, words, 1)]
    return [Choice(one, slip + 0.1, words[one] / 1e7) for one, slip in near if slip <= CLOSE]


def _unlike(word: str, printed: str) -> float:
    """How unlikely it is that the printed word, or another form of it, was meant."""
    other = terms.fold(printed)
    unlike = misspelling.slip(word, other)
    if abs(len(other) - len(word)) <= FEW:
        forms = misspelling.slip(terms.stem(word), terms.stem(other))
        unlike = min(unlike, forms + 0.2)
    return unlike


@functools.cache
def _common(letter: str) -> dict[str, int]:
    """The common words of English that begin with a letter, and how often books hold them."""
    found = english_words.counts().items()
    return {word: often for word, often in found if word[0] == letter and often >= COMMON}


def clear(
    rivals: Sequence[Choice], known: KnownWords, beside: Collection[str], *, guess: bool
) -> Choice | None:
    """The one that is surely meant: no other may be, or it stands where the words `beside` do.

    `guess`: also one that is used much more often than its rivals, unless it is a name.
    """
    left = list(rivals)
    far = bool(left) and min(one.unlike for one in left) > SURE
    if len(left) > 1 or far:
        around = known.around(frozenset(beside))
        near = [one for one in left if one.weight == FRAME or terms.stem(one.word) in around]
        if not near and (far or not guess):
            return None
        left = near or left
    left.sort(key=lambda one: -one.weight)
    if len(left) < 2 or left[0].weight == FRAME > left[1].weight:
        return left[0] if left else None
    often = left[0].weight >= OFTEN * left[1].weight
    return left[0] if guess and often and not left[0].name else None


def inflected(word: str, choice: Choice) -> str:
    """The chosen word in the form that was typed: "failed" for "faild" where "fail" is printed."""
    if choice.name or misspelling.slip(word, terms.fold(choice.word)) <= CLOSE:
        return choice.word
    stem = terms.stem(choice.word)
    forms = misspelling.near(word, _common(word[0]), 1)
    return next((one for one in forms if terms.stem(one) == stem), choice.word)
