"""The words that a store prints, as the spelling of a question is held against them."""

from __future__ import annotations

import functools
import itertools
import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from assistant.records import Filters, Passage
from assistant.store.store import Store
from assistant.text import english_words, misspelling, terms

_WORD = re.compile(r"[^\W\d_]+")
WORTHY = 0.5  # how much less likely than the nearest a stem may be for that
_ENDINGS = frozenset(
    """ s es ed d e er ers en n ns ens ing ings ly y ys ies ied ier al ally an ans or ors ion ions
    ation ations ment ments ness ity ities ive ous able ible ful ize ized ise ised ism ist ists
    """.split()
) | {""}
LOOKED_AT = 6  # stems whose printed forms are read for a misspelt word
READ = 4  # passages that are read for them
RAREST = 6  # words by which those passages are searched
AROUND = 20  # passages that tell what the other words of a question are about
# Besides its own, letters that a word may begin with: "key" for "quay", "sensus" for "census".
_BEGINS = {
    "c": "ks", "k": "cq", "q": "kc", "s": "cz", "z": "s", "f": "p", "p": "f", "g": "j", "j": "g",
    "i": "e", "e": "i", "r": "w", "n": "k", "w": "v", "v": "w", "y": "i", "o": "u", "u": "o",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Printed:
    """A word as printed; `passages` hold it, and `name`: each time with a capital."""

    word: str
    passages: int
    name: bool = False


class KnownWords:
    """What a store holds, word by word."""

    def __init__(self, store: Store) -> None:
        self.store = store
        # Once a question: each look whether the store has changed takes half a millisecond.
        self._beginning = functools.cache(store.beginning)
        self._names = functools.cache(store.vocabulary.names)
        self._passages: dict[str, int] = {}  # how many hold each stem
        self.around = functools.cache(self._around)

    def held(self, words: Collection[str]) -> set[str]:
        """Those of the words that are printed in any form, in articles or names of outlets."""
        stems = {word: terms.stem(word) for word in words}
        found = self.store.held(set(stems.values())) if stems else {}
        self._passages.update(found)
        return {word for word in words if stems[word] in found or terms.fold(word) in self._names()}

    def by_chance(self, word: str) -> bool:
        """Whether only words of other meaning have its stem: "acid" that of "acident"."""
        own, stem = terms.fold(word), terms.stem(word)
        if own in self._names():
            return False
        forms = {terms.fold(form) for form in _forms(stem, self.store.holding([stem], READ)[stem])}
        return bool(forms) and not any(_same(own, form) for form in forms)

    def near(self, word: str) -> list[Printed]:
        """The printed words that this may be, misspelt, each stem in one form."""
        own = terms.fold(word)
        found = self._near_stems(own)
        held = self.store.held(found) if found else {}
        best = sorted(found, key=lambda one: (found[one], -held.get(one, 0)))[:LOOKED_AT]
        worthy = [one for one in best if found[one] <= found[best[0]] + WORTHY]
        forms = {
            one: _forms(one, passages) for one, passages in self.store.holding(worthy, READ).items()
        }
        printed = [_nearest(own, forms[one], held.get(one, 0)) for one in worthy if forms[one]]
        names = self._names()
        most = 2 if len(own) > 4 else 1
        return printed + [
            Printed(names[one], 1, name=True)
            for one in misspelling.near(own, names, most)
            if len(one) > 3
        ]

    def _near_stems(self, word: str) -> dict[str, float]:
        """The printed stems that may be this word's, with how unlikely that is."""
        stem, found = terms.stem(word), dict[str, float]()
        most = 2 if len(word) > 4 else 1
        # Which ending Porter takes off a misspelt word cannot be foretold.
        starts = {word: 0.0, stem: 0.0, word[:-1]: 0.2, word[:-2]: 0.3, word[:-3]: 0.4}
        for letter in {word[0], word[1], *_BEGINS.get(word[0], "")}:
            begun = self._beginning(letter)
            stems = [one for one in begun if len(stem) - 2 <= len(one) <= len(word) + 2]
            for start, cut in starts.items():
                for one in misspelling.near(start, stems, most) if len(start) > 2 else ():
                    unlike = misspelling.slip(start, one) + cut * (start not in (word, stem))
                    found[one] = min(unlike, found.get(one, unlike))
        return found

    def together(self, first: str, second: str) -> str:
        """The two words as they are printed one after another, "" if they are not."""
        phrase = f'"{terms.fold(first)} {terms.fold(second)}"'
        wanted = [terms.fold(first), terms.fold(second)]
        keys = [key for key, _ in self.store.by_words(phrase, 1, Filters(), title=1.0)]
        for passage in self.store.passages(keys).values():
            text = f"{passage.source.title}\n{passage.text}"
            for one, other in itertools.pairwise(_WORD.finditer(text)):
                between = text[one.end() : other.start()]
                same = [terms.fold(one[0]), terms.fold(other[0])] == wanted
                if same and re.fullmatch(r"[\s’'‐‑–-]{1,2}", between):
                    return " ".join(text[one.start() : other.end()].split())
        return ""

    def _around(self, words: frozenset[str]) -> frozenset[str]:
        """The stems of the passages that most of the words are in, the rarest of them."""
        rarest = sorted(words, key=lambda word: (self._passages.get(terms.stem(word), 0), word))
        asked = " OR ".join(f'"{terms.fold(word)}"' for word in rarest[:RAREST])
        if not asked:
            return frozenset()
        keys = [key for key, _ in self.store.by_words(asked, AROUND, Filters(), title=1.0)]
        found = self.store.passages(keys).values()
        return frozenset().union(*(terms.stems(f"{one.source.title}\n{one.text}") for one in found))


def _forms(stem: str, passages: Iterable[Passage]) -> Counter[str]:
    """The forms in which passages print a stem, but for those that begin sentences.

    Where there are no others these, English words in small letters.
    """
    inside, first = Counter[str](), Counter[str]()
    for passage in passages:
        text = f"{passage.source.title}.\n{passage.text}"
        for match in _WORD.finditer(text):
            if terms.stem(match[0]) == stem:
                begins = text[: match.start()].rstrip(" \n“\"‘'")[-1:] in ".!?:"
                (first if begins else inside)[match[0]] += 1
    small = {one for one in first if english_words.is_english(terms.fold(one))}
    return inside or Counter(one.casefold() if one in small else one for one in first.elements())


def _nearest(word: str, forms: Counter[str], passages: int) -> Printed:
    """The printed form of a stem that is nearest to a word, the most common of these."""
    folded = {terms.fold(one) for one in forms}
    nearest = min(folded, key=lambda one: (misspelling.slip(word, one), one))
    common = max((one for one in forms if terms.fold(one) == nearest), key=forms.__getitem__)
    name = all(one[0].isupper() for one in forms)
    return Printed(common if name else common.casefold(), passages, name)


def _same(one: str, other: str) -> bool:
    """Whether two words without case are forms of one, by regular endings."""
    letters = enumerate(zip(one, other, strict=False))
    shared = next((n for n, (a, b) in letters if a != b), min(len(one), len(other)))
    return {one[shared:], other[shared:]} <= _ENDINGS
