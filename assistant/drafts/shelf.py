"""From words of a draft to the stored articles that may print them, each read once a draft."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from assistant.drafts.printed_text import PrintedText
from assistant.evidence.finding import proved
from assistant.records import Article, Filters, Quote
from assistant.store.store import Store
from assistant.text import terms

PASSAGES = 60  # passages that a look for words in a row gives
LIKELY, ARTICLES = 30, 12  # passages, and articles of them, that share most with words
HOLDING = 12  # passages in which a name is looked up
WINDOW = 8  # words in a row that are looked for: those around the rarest
TELLING = 12  # words, the rarest, by which passages that share most are found
_WORD = re.compile(r"[^\W_]+")
_HIDDEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff\u0300-\u036f]")


class Shelf:
    """The articles that pass the filters."""

    def __init__(self, store: Store, filters: Filters) -> None:
        self.store = store
        self.filters = filters
        self.is_filtered = filters != Filters()
        self._texts: dict[str, PrintedText] = {}

    def in_a_row(self, runs: Iterable[str]) -> list[PrintedText]:
        """The articles that print the words around the rarest of some of these runs in a row."""
        own = [words for run in runs if (words := _words(run))]
        held = self._held(word for words in own for word in words)
        phrases = {_phrase(words, held) for words in own}
        return self._found(" OR ".join(sorted(phrases)), PASSAGES, PASSAGES) if phrases else []

    def like(self, text: str, *, titles: float = 0.0) -> list[PrintedText]:
        """The articles with passages that share most with a text; `titles` is what theirs count."""
        words = {word.casefold(): word for word in _words(text)}
        telling = [word for own, word in words.items() if own not in terms.STOP] or list(words)
        held = self._held(telling)
        known = [word for word in telling if held.get(terms.stem(word), 0)]
        rarest = sorted(known, key=lambda word: held[terms.stem(word)])[:TELLING]
        if not rarest:
            return []
        runs = _runs(_words(text))[:TELLING]
        some = " OR ".join(f'"{words}"' for words in sorted({*rarest, *runs}))
        return self._found(some, LIKELY, ARTICLES, titles)

    def around(self, word: str) -> list[str]:
        """Some passages that hold a word."""
        stem = terms.stem(word)
        held = self.store.holding([stem], HOLDING)[stem]
        return [one.text for one in held if self.filters.admits(one.source)]

    def articles(self) -> Mapping[str, Article]:
        """The articles that were read, by id."""
        return {id: one.article for id, one in self._texts.items()}

    def proved(self, quotes: Sequence[Quote]) -> tuple[Quote, ...]:
        """The quotes from the right text of their story, with copies, proved against it."""
        return proved(quotes, self.articles(), store=self.store, filters=self.filters)

    def text(self, id: str) -> PrintedText:
        """The article with this id, ready to be searched."""
        self._read([id])
        return self._texts[id]

    def _held(self, words: Iterable[str]) -> dict[str, int]:
        return self.store.held({terms.stem(word) for word in words})

    def _found(
        self, words: str, passages: int, articles: int, title: float = 0.0
    ) -> list[PrintedText]:
        keys = [key for key, _ in self.store.by_words(words, passages, self.filters, title=title)]
        found = self.store.passages(keys)
        ids = list(dict.fromkeys(found[key].source.id for key in keys if key in found))[:articles]
        self._read(ids)
        return [self._texts[id] for id in ids if id in self._texts]

    def _read(self, ids: Sequence[str]) -> None:
        new = [id for id in ids if id not in self._texts]
        read = self.store.texts(new) if new else {}
        self._texts |= {id: PrintedText(article) for id, article in read.items()}


def _words(text: str) -> list[str]:
    return _WORD.findall(_HIDDEN.sub("", text))


def _runs(words: Sequence[str]) -> list[str]:
    """Three words in a row, one of weight among them."""
    threes = (words[at : at + 3] for at in range(len(words) - 2))
    return [
        " ".join(some) for some in threes if any(one.casefold() not in terms.STOP for one in some)
    ]


def _phrase(words: Sequence[str], held: Mapping[str, int]) -> str:
    """At most `WINDOW` of the words in a row, the rarest among them."""
    rarest = min(range(len(words)), key=lambda at: held.get(terms.stem(words[at]), 0))
    first = max(0, min(rarest - WINDOW // 2, len(words) - WINDOW))
    return '"' + " ".join(words[first : first + WINDOW]) + '"'
