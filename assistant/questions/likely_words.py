"""From a misspelt word to those that may be meant: printed ones, small words of requests, English.

Which of them is meant is told by how near they are, then by what the other words are about.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from assistant.questions.frame_words import frame, months
from assistant.questions.known_words import KnownWords, Printed
from assistant.text import english_words, misspelling, terms

# All of these set by hand on the misspelt requests of our training stories.
RIVALS = 0.25  # a word so little less likely than the best may as well be meant
OFTEN = 5  # times as often as its rivals a word must be printed to be taken
SWAPPED = 0.8  # of a slip: two letters changed places
DOUBLED = 0.5  # of a slip: only doubled letters differ
LONG = 5  # letters, beyond which no other word is a slip away by chance
COMMON = 500_000  # how often books hold a word that the articles need not hold
EVERYDAY = 20_000_000  # how often books hold a word that any question may have: some 5,000 words
CLOSE = 1.0  # of a slip, up to which names, words of four letters and small words may be changed
FEW = 3  # letters, up to which only what everybody types wrong is changed
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
    near = known.near(word)
    english = [] if name else _english(word, {terms.stem(one.word) for one in near})
    found: dict[str, Choice] = {}
    for one in [*_small(word, name=name), *_printed(word, near, name=name), *english]:
        stem = terms.stem(one.word)
        found[stem] = min(found.get(stem, one), one, key=lambda each: each.unlike)
    least = min((one.unlike for one in found.values()), default=0)
    return [one for one in found.values() if one.unlike <= least + RIVALS]


def _small(word: str, *, name: bool) -> list[Choice]:
    words = misspelling.near(word, months() if name else frame(), 1)
    found = [Choice(one, misspelling.slip(word, one), FRAME) for one in words if len(one) > FEW]
    return [replace(one, unlike=one.unlike - 0.2) for one in found if _plain_slip(word, one)]


def _printed(word: str, near: Sequence[Printed], *, name: bool) -> list[Choice]:
    most = CLOSE if name else SWAPPED if len(word) == FEW + 1 else misspelling.MOST
    found = []
    for one in near:
        unlike = misspelling.slip(word, terms.fold(one.word)) if name else _unlike(word, one.word)
        if unlike <= most and (one.name or not name):
            found.append(Choice(one.word, unlike, one.passages, one.name))
    return found


def _english(word: str, stems: Collection[str]) -> list[Choice]:
    """Common words of English, first those of which other forms are printed, by their `stems`."""
    words = _common(word[0])
    found = []
    for one in misspelling.near(word, words, 1) if len(word) > FEW + 1 else ():
        further = 0.0 if terms.stem(one) in stems else 0.1
        found.append(Choice(one, misspelling.slip(word, one) + further, words[one] / 1e7))
    return [one for one in found if one.unlike <= CLOSE + 0.1]


def _unlike(word: str, printed: str) -> float:
    """How unlikely it is that the printed word, or another form of it, was meant."""
    other = terms.fold(printed)
    unlike = misspelling.slip(word, other)
    stem = terms.stem(word)
    if abs(len(other) - len(word)) <= (1 if stem == word and len(word) <= LONG else FEW):
        forms = misspelling.slip(stem, terms.stem(other))
        unlike = min(unlike, forms + 0.2)
    return unlike


@functools.cache
def _common(letter: str) -> dict[str, int]:
    """The common words of English that begin with a letter, and how often books hold them."""
    found = english_words.counts().items()
    return {word: often for word, often in found if word[0] == letter and often >= COMMON}


def clear(
    word: str,
    rivals: Sequence[Choice],
    known: KnownWords,
    beside: Collection[str],
    *,
    guess: bool,
) -> Choice | None:
    """The one that is surely meant: it stands where the words `beside` do, or needs none of them.

    `guess`: also one that is used much more often than its rivals, unless it is a name.
    """
    around = known.around(frozenset(beside))
    near = [one for one in rivals if terms.stem(one.word) in around or one.weight == FRAME]
    near = [
        one for one in near if not _everyday(one) or one.weight == FRAME or _plain_slip(word, one)
    ]
    alone = len(rivals) == 1 and _needs_none(word, rivals[0], beside)
    left = sorted(near or (rivals if alone else []), key=lambda one: -one.weight)
    if len(left) < 2 or left[0].weight == FRAME > left[1].weight:
        return left[0] if left else None
    often = left[0].weight >= OFTEN * left[1].weight
    return left[0] if guess and often and not left[0].name else None


def _needs_none(word: str, one: Choice, beside: Collection[str]) -> bool:
    """Whether it is meant though it does not stand where the other words do.

    Such a word may well be a right one that the articles just do not hold.
    """
    if len(word) <= FEW + 1:
        return one.unlike <= DOUBLED
    single = one.unlike <= CLOSE and len(word) > LONG and (_everyday(one) or not beside)
    return one.unlike <= DOUBLED or single


def _everyday(one: Choice) -> bool:
    """Whether it may well stand in any passage."""
    return not one.name and english_words.counts().get(terms.fold(one.word), 0) >= EVERYDAY


def _plain_slip(word: str, one: Choice) -> bool:
    """Whether so small a slip of so long a word is hardly chance."""
    missing = LONG <= len(word) < len(one.word)
    return one.unlike <= (CLOSE if len(word) > LONG or missing else SWAPPED)


def inflected(word: str, choice: Choice) -> str:
    """The chosen word in the form that was typed: "failed" for "faild" where "fail" is printed."""
    if choice.name or misspelling.slip(word, terms.fold(choice.word)) <= CLOSE:
        return choice.word
    stem = terms.stem(choice.word)
    forms = misspelling.near(word, _common(word[0]), 1)
    return next((one for one in forms if terms.stem(one) == stem), choice.word)
