"""From a question to the language it is in, where it is not English."""

from __future__ import annotations

import re

from assistant.questions.asked_names import in_another_language
from assistant.text import terms

OTHER = "other"  # not English, and none of those below
# Small words that hold questions together, without accents; none of another of these languages.
_WORDS = {
    "de": "aus das dem den der die ein eine einer gesagt hat haben ist mit nicht sind uber und von "
    "wann warum was welche wer wie wieviele wo wurden zu zum zur",
    "es": "como cuando cuanto cuantos cual donde el ella en fue hay la los las paso por que quien "
    "se sobre son un una y",
    "fr": "a au aux combien comment dans des du est et ete la le les ou pourquoi quand que quel "
    "quelle qui quoi s sont sur un une",
}
_SMALL = {language: frozenset(words.split()) for language, words in _WORDS.items()}
_ARABIC = re.compile("[\u0600-\u06ff]")


def language(question: str) -> str:
    """The code of the question's language: "en", one of those told apart, or `OTHER`."""
    if _ARABIC.search(question):
        return "ar"
    words = [terms.fold(word) for word in re.findall(r"[^\W\d_]+", question)]
    hits = {one: sum(word in small for word in words) for one, small in _SMALL.items()}
    best = max(hits, key=lambda one: hits[one])
    if hits[best] and ("¿" in question or in_another_language(question)):
        return best if list(hits.values()).count(hits[best]) == 1 else OTHER
    letters = [one for one in question if one.isalpha()]
    strange = sum(not one.isascii() for one in letters)
    return OTHER if strange > len(letters) / 2 else "en"
