"""From a request about a quotation to whether it gives it to the one who said it, or to another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assistant.evidence.printed_names import is_outlet
from assistant.questions.asked_names import GENERIC, asked_names
from assistant.questions.frame_words import frame
from assistant.store.store import Store
from assistant.text import english_words, terms
from assistant.text.attribution.attributions import attributions
from assistant.text.attribution.cues import is_role
from assistant.text.plain_names import plain

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# "In Okuura" is no person.
_PLACE = re.compile(r"\b(?:in|at|near|on|around) (?:the )?(?!the\b)[\w’'-]+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?$")
PASSAGES = 6  # that are read to tell whose name a word is


@dataclass(frozen=True, slots=True)
class Given:
    """Whom a request names as the one who said something; both empty where it names nobody.

    `speaker`: it is who the article tells; `other`: the name of another.
    """

    speaker: bool = False
    other: str = ""


def given_to(rest: str, speaker: str, store: Store) -> Given:
    """Whom the words of a request around a quotation give it to; `speaker` may be empty."""
    words = {_POSSESSIVE.sub("", word): None for word in _WORD.findall(_PLACE.sub(" ", rest))}
    own = [plain(word) for word in speaker.split() if _tells(word)]
    asked = {plain(word) for word in words}
    if own and own[-1] in asked:
        return Given(speaker=True)
    outlets = store.publishers()
    named = _people(words, store)
    others = {one: n for one, n in named.items() if not any(is_outlet(one, o) for o in outlets)}
    if others:
        return Given(other=_best(others, asked))
    if any(word in asked for word in own):
        return Given(speaker=True)
    unknown = [
        name
        for name in asked_names(rest)
        if len(name.split()) > 1 and not any(is_outlet(name, one) for one in outlets)
    ]
    return Given(other=unknown[0] if unknown else "")


def _tells(word: str) -> bool:
    own = plain(word)
    return len(own) > 1 and own not in GENERIC | terms.STOP and not is_role(own)


def _people(words: Iterable[str], store: Store) -> Mapping[str, int]:
    """The people whom the articles name by these words, and how many of the words name each."""
    found: dict[str, int] = {}
    for word in words:
        own = terms.fold(word)
        small = own in frame() or is_role(own) or own in GENERIC
        if len(own) < 3 or small or (word.islower() and english_words.is_common(own)):
            continue
        stem = terms.stem(word)
        held = {one.source.id for one in store.holding([stem], PASSAGES)[stem]}
        called = {
            name
            for article in store.texts(held).values()
            for name in attributions(article.text).people_called(word)
        }
        for name in called:
            found[name] = found.get(name, 0) + 1
    return found


def _best(others: Mapping[str, int], asked: set[str]) -> str:
    """The name of which most is asked for, its last word before all."""
    return max(
        others, key=lambda name: (others[name], plain(name.split()[-1]) in asked, -len(name), name)
    )
