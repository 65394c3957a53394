"""From words of a draft to the stored articles that may print them, each read once a draft."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from assistant.drafts.printed_text import PrintedText
from assistant.evidence.finding import proved
from assistant.records import Article, Filters, Quote
from assistant.store.passage_articles import article_ids
from assistant.store.store import Store
from assistant.text import terms

PASSAGES = 60  # passages that a look for words in a row gives
LIKELY, ARTICLES = 30, 12  # passages, and articles of them, that share most with words
FEW, FEW_ARTICLES = 16, 6  # ... with a statement
HOLDING = 12  # passages in which a name is looked up
WINDOW = 8  # words in a row that are looked for: those around the rarest
TELLING, FEWER = 12, 8  # words, the rarest, by which passages are found: a quotation's, another's
_WORD = re.compile(r"[^\W_]+")
_HIDDEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff\u0300-\u036f]")


class Shelf:
    """The articles that pass the filters."""

    def __init__(self, store: Store, filters: Filters) -> None:
        self.store = store
        self.filters = filters
        self.is_filtered = filters != Filters()
        self._texts: dict[str, PrintedText] = {}
        self._rare: dict[str, float] = {}

    def in_a_row(self, runs: Iterable[str]) -> list[PrintedText]:
        """The articles that print the words around the rarest of some of these runs in a row."""
        own = [words for run in runs if (words := _words(run))]
        rare = self.rarity({terms.stem(word) for words in own for word in words})
        phrases = {_phrase(words, rare) for words in own}
        return self._found(" OR ".join(sorted(phrases)), PASSAGES, PASSAGES) if phrases else []

    def like(self, text: str) -> list[PrintedText]:
        """The articles with passages that share most with a text: rare words, and runs of words."""
        runs = _runs(_words(text))[:TELLING]
        return self._sharing([*self._rarest(text, TELLING), *runs], LIKELY, ARTICLES)

    def about(self, text: str) -> list[PrintedText]:
        """The few articles with passages that share most of the rare words of a text."""
        return self._sharing(self._rarest(text, FEWER), FEW, FEW_ARTICLES)

    def _rarest(self, text: str, most: int) -> list[str]:
        words = {word.casefold(): word for word in _words(text)}
        telling = [word for own, word in words.items() if own not in terms.STOP] or list(words)
        rare = self.rarity({terms.stem(word) for word in telling})
        known = [word for word in telling if rare[terms.stem(word)] <= 1.0]  # that is printed
        return sorted(known, key=lambda word: -rare[terms.stem(word)])[:most]

    def _sharing(self, words: Sequence[str], passages: int, articles: int) -> list[PrintedText]:
        some = " OR ".join(f'"{word}"' for word in sorted(set(words)))
        return self._found(some, passages, articles) if some else []

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

    def rarity(self, stems: Collection[str]) -> dict[str, float]:
        """How rare each stem is, from 0 to 1, as `Store.rarity` tells it; each looked up once."""
        new = {stem for stem in stems if stem not in self._rare}
        if new:
            self._rare |= self.store.rarity(new)
        return {stem: self._rare[stem] for stem in stems}

    def _found(self, words: str, passages: int, articles: int) -> list[PrintedText]:
        found = self.store.by_words(words, passages, self.filters, title=0.0)
        ids = article_ids(self.store.engine, [key for key, _ in found])[:articles]
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


def _phrase(words: Sequence[str], rare: Mapping[str, float]) -> str:
    """At most `WINDOW` of the words in a row, the rarest among them."""
    rarest = max(range(len(words)), key=lambda at: rare[terms.stem(words[at])])
    first = max(0, min(rarest - WINDOW // 2, len(words) - WINDOW))
    return '"' + " ".join(words[first : first + WINDOW]) + '"'
