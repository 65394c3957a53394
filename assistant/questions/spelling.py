"""From a question to the words in it that are misspelt, and what they should be.

A word that the articles hold, or that is English, is never misspelt; another becomes the nearest
one that the articles hold, or a word that questions are made of. What is in doubt stays as it is.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Sequence

from assistant.questions.asked_names import in_another_language
from assistant.questions.frame_words import KNOWN_SLIPS, frame
from assistant.questions.known_words import KnownWords
from assistant.questions.likely_words import FEW, FRAME, SWAPPED, Choice, choices, clear, inflected
from assistant.records import Respelt
from assistant.text import english_words, terms

MOST = 12  # misspelt words of a question: of more, it is in no language that can be mended
WORDS = 400  # of a question
LONGEST = 30  # letters of a word
LEAST = 0.25  # of the words must be right, unless all others can be mended
OWN = 0.7  # of the words of a question in another language than English must be printed
_WORD = re.compile(r"(?<![\w@/.&’'])[^\W\d_]+(?:['’][^\W\d_]+)*(?![\w@/&]|\.\w)")
_QUOTED = re.compile(r"[\"“«„][^\"“”«»„\n]*[\"”»“]")
_PEOPLE = re.compile(r"(?:ians?|ese|ish)$")
_POSSESSIVE = re.compile(r"['’]s?$")


def respelt(question: str, known: KnownWords) -> tuple[Respelt, ...]:
    """The words of a question that are misspelt, each once, with what they should be.

    Nothing in quotation marks is, and nothing of a question whose other words are unknown too.
    """
    found = _words(question)
    if not 0 < len(found) <= WORDS:
        return ()
    content = {word for word in found if _plain(word) not in frame()}
    held = known.held(content)
    held -= {word for word in held if _only_a_stem(word) and known.by_chance(word)}
    strange = [word for word in found if word in content and _is_strange(word, held, question)]
    foreign = in_another_language(question) and len(held) < OWN * len(found)
    if not 0 < len(strange) <= MOST or foreign:
        return ()
    changes = _spaced(strange, found, known)
    may_be = {
        word: choices(_plain(word), known, name=_is_name(word, question))
        for word in strange
        if word not in changes and len(word) > FEW and _plain(word) not in KNOWN_SLIPS
    }
    # What the words mean that are clear tells what the others may mean.
    for guess in (False, True):
        beside = held | {one.instead for one in changes.values()}
        for word in (word for word in strange if word not in changes):
            rivals = may_be.get(word, [])
            if one := _chosen(word, question, rivals, known, beside, guess=guess):
                changes[word] = one
    lost = [word for word in strange if word not in changes and word[0].islower()]
    right = len(found) - len(strange)
    if len(lost) > (right if right >= LEAST * len(found) else 0):
        return ()
    return tuple(dict.fromkeys(changes[word] for word in strange if word in changes))


def apply(changes: Sequence[Respelt], text: str) -> str:
    """The text with what is surely misspelt put right."""
    for one in changes:
        if one.sure:
            # Letters, spaces, hyphens and apostrophes alone: none means anything to `re.sub`.
            text = re.sub(rf"(?<!\w){re.escape(one.typed)}(?!\w)", one.instead, text)
    return text


def _words(question: str) -> list[str]:
    """The words of a question without possessives, each once; none of a quotation in it."""
    own = _QUOTED.sub(lambda found: " " * len(found[0]), question)
    words = (_POSSESSIVE.sub("", match[0]) for match in _WORD.finditer(own))
    return list(dict.fromkeys(word for word in words if len(word) <= LONGEST))


def _plain(word: str) -> str:
    """A word as words are compared: without case and accents, the apostrophe straight."""
    return terms.fold(word).replace("’", "'")


def _only_a_stem(word: str) -> bool:
    """Whether it may have just its stem in common with what is printed."""
    plain = _plain(word)
    ended = len(plain) > FEW + 1 and terms.stem(word) != plain
    return ended and word.islower() and not english_words.is_english(plain)


def _is_strange(word: str, held: Collection[str], question: str) -> bool:
    """Whether it is printed nowhere, and no word of English; of names, no common one."""
    plain = _plain(word)
    if word in held or len(plain) == 1 or (word.isupper() and len(word) <= 5):
        return False
    name = _is_name(word, question)
    known = english_words.is_common(plain) if name else english_words.is_english(plain)
    return plain in KNOWN_SLIPS or not known


def _is_name(word: str, question: str) -> bool:
    """Whether it has a capital that does not begin the question, where not all words have one."""
    begins = question.lstrip(" ¿¡\"“'‘(").startswith(word)
    return word[0].isupper() and not begins and not question.isupper()


def _spaced(
    strange: Collection[str], words: Sequence[str], known: KnownWords
) -> dict[str, Respelt]:
    """The strange words that are only so printed with, or without, a space or hyphen in them."""
    joined = {
        first + second: Respelt(f"{first} {second}", first + second)
        for first, second in itertools.pairwise(words)
        if {first, second} & set(strange) and min(len(first), len(second)) > 1
    }
    halves = [
        (word, word[:n], word[n:])
        for word in strange
        if len(word) > FEW + 1 and _plain(word) not in KNOWN_SLIPS
        for n in range(1, len(word) - 2)
    ]
    held = known.held({*joined, *(half for _, *both in halves for half in both)})
    found = {}
    for word, first, second in halves:
        small = {first.casefold(), second.casefold()} <= frame()
        if not small and {first, second} <= held and (printed := known.together(first, second)):
            found[word] = Respelt(word, printed)
    for whole, change in joined.items():
        if whole in held and not known.by_chance(whole):
            found.update({word: change for word in change.typed.split() if word in strange})
    return found


def _chosen(
    word: str,
    question: str,
    rivals: Sequence[Choice],
    known: KnownWords,
    beside: Collection[str],
    *,
    guess: bool,
) -> Respelt | None:
    """What the word should be; None when that is not clear. `guess` as for `clear`."""
    plain = _plain(word)
    name = _is_name(word, question)
    if plain in KNOWN_SLIPS and not name:
        return Respelt(word, _as_typed(KNOWN_SLIPS[plain], word))
    if name:
        one = _named(word, question, rivals, known, beside)
        return one if one and (one.sure or guess) else None
    if word[0].isupper() and not question.isupper():  # the first word: who knows what it is
        rivals = [one for one in rivals if one.name or one.unlike <= SWAPPED]
    best = clear(plain, rivals, known, beside, guess=guess)
    return Respelt(word, _as_typed(inflected(plain, best), word)) if best else None


def _named(
    word: str,
    question: str,
    rivals: Sequence[Choice],
    known: KnownWords,
    beside: Collection[str],
) -> Respelt | None:
    """The name that may be meant: searched for only if it is the one, where the other words are.

    After a first name it must be printed so.
    """
    # "Asturians" are no slip for "Asturias".
    if not rivals or len(word) == FEW + 1 or _PEOPLE.search(_plain(word)):
        return None
    best = min(rivals, key=lambda one: (one.unlike, -one.weight))
    if best.weight == FRAME:
        return Respelt(word, best.word.capitalize(), len(rivals) == 1)
    before = re.search(rf"([^\W\d_]+) {re.escape(word)}(?!\w)", question)
    first = before[1] if before and before[1][0].isupper() else ""
    if not first or _plain(first) in frame() or not known.held({first}):
        fits = terms.stem(best.word) in known.around(frozenset(beside))
        return Respelt(word, best.word, len(rivals) == 1, name=True) if fits else None
    if whole := known.together(first, best.word):
        return Respelt(f"{first} {word}", whole, len(rivals) == 1, name=True)
    fits = terms.stem(best.word) in known.around(frozenset(beside))
    return Respelt(f"{first} {word}", best.word, False, name=True) if fits else None


def _as_typed(word: str, typed: str) -> str:
    """The word with capitals as typed."""
    if typed.isupper() and len(typed) > 1:
        return word.upper()
    return word[0].upper() + word[1:] if typed[0].isupper() else word
