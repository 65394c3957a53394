"""From a text to the terms that carry its meaning: what search and quotes compare words by.

The stems are FTS5's own (Porter's), so that a term can be looked up in the store's word index.
"""

from __future__ import annotations

import functools
import re
import unicodedata

import snowballstemmer

_STEMMER = snowballstemmer.stemmer("porter")
_WORD = re.compile(r"\w+(?:['’]\w+)*|\w+", re.UNICODE)
_POSSESSIVE = re.compile(r"['’]s$")

# Words of a question that say what kind of answer is wanted, or hold the sentence together, but
# do not tell one article from another.
STOP = frozenset(
    """a about above after again against all also am an and any are as at be because been before
    being between both but by can could did do does doing down during each few for from further had
    has have having he her here hers him his how i if in into is it its itself just me more most my
    no nor not now of off on once only or other our out over own same she should so some such than
    that the their them then there these they this those through to too under until up very was we
    were what when where which while who whom whose why will with would you your yours said say says
    saying tell told according happened happen recently recent new week weeks month today yesterday
    many much year years day days following one ones name called us s t""".split()
)


def words(text: str) -> list[str]:
    """The words of a text as they stand, without a possessive 's."""
    return [_POSSESSIVE.sub("", word) for word in _WORD.findall(text)]


@functools.lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """A word's stem, without case and accents: "Zelensky's" and "zelensky" share one."""
    return str(_STEMMER.stemWord(fold(word)))


def fold(word: str) -> str:
    """A word without case and accents."""
    folded = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in folded if not unicodedata.combining(letter))


def terms(text: str) -> list[str]:
    """The stems of the words that matter, in their order, each once.

    A text of nothing but small words ("who is who?") keeps them all: better than nothing.
    """
    found = words(text)
    chosen = [word for word in found if word.casefold() not in STOP] or found
    return list(dict.fromkeys(stem(word) for word in chosen))


@functools.lru_cache(maxsize=1_000)  # a title is asked for with each of its sentences
def stems(text: str) -> frozenset[str]:
    """The stems of all words of a text."""
    return frozenset(stem(word) for word in words(text))
