"""From a quotation to where the articles print it: word for word, or in nearly these words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.evidence.match_quotation import prove
from assistant.evidence.quotes import LONGEST, quote
from assistant.records import Article, Filters, Sentence
from assistant.store.store import Store
from assistant.text import terms
from assistant.text.attribution.quotation_marks import quoted
from assistant.text.word_alignment import Step, aligned

PASSAGES = 30  # passages looked at for it, and articles that these are of
ARTICLES = 12
SMALL = 0.4  # what a small word ("the") counts in how much is shared, others 1
# The least share of a quotation's words that an altered one has in common with what is printed.
ALIKE = 0.7
_TOKEN = re.compile(r"\w+(?:['’]\w+)*")
_PIECE = re.compile(r"\w+")
_STOP = re.compile(r"[“”\"«»„.,;:!?\n]|'(?!\w)|’(?!\w)")
REACH = 2  # words to the end of a clause that may stand, with the one before, for the last altered
_CUT = re.compile(r"…|\.\s?\.\s?\.|\[[^\[\]]*\]")


@dataclass(frozen=True, slots=True)
class Change:
    """Words of a quotation and those that the article prints in their place; either may be ""."""

    asked: str
    printed: str


@dataclass(frozen=True, slots=True)
class Printing:
    """Where an article prints a quotation, `article.text[start:end]`, and what differs.

    `alike` is the share of its words that are printed there, 0 to 1.
    """

    article: Article
    start: int
    end: int
    changes: tuple[Change, ...] = ()
    alike: float = 1.0

    @property
    def words(self) -> str:
        """What is printed, on one line."""
        return " ".join(self.article.text[self.start : self.end].split())


@dataclass(frozen=True, slots=True)
class _Token:
    """A word without case and accents, `text[start:end]`."""

    plain: str
    start: int
    end: int


def printings(words: str, store: Store, filters: Filters) -> list[Printing]:
    """Where the words are printed, one place an article: all word for word, or the most alike.

    Empty when nothing like them is printed. Marks, spaces and capitals do not count, an ellipsis
    stands for words left out.
    """
    if not _tokens(_CUT.sub(" ", words)):
        return []
    found = []
    for article in _likely(words, store, filters):
        if one := _exact(words, article) or alike(words, article):
            found.append(one)
    exact = [one for one in found if not one.changes]
    if exact:
        return exact
    best = max((one.alike for one in found), default=0.0)
    nearest = [one for one in found if one.alike == best]
    return [one for one in nearest if one.words == nearest[0].words]


def _likely(words: str, store: Store, filters: Filters) -> list[Article]:
    """The articles that share most with the words, first those that hold them in a row."""
    pieces = _PIECE.findall(words)
    runs = {" ".join(pieces[n : n + 3]) for n in range(max(1, len(pieces) - 2))}
    telling = {one for one in pieces if one.casefold() not in terms.STOP}
    whole = f'"{" ".join(pieces)}"'
    some = " OR ".join(f'"{one}"' for one in sorted(runs | telling))
    keys = [
        key
        for words in (whole, some)
        for key, _ in store.by_words(words, PASSAGES, filters, title=0.0)
    ]
    passages = store.passages(keys)
    ids = dict.fromkeys(passages[key].source.id for key in keys if key in passages)
    texts = store.texts(list(ids)[:ARTICLES])
    return [texts[id] for id in ids if id in texts]


def _exact(words: str, article: Article) -> Printing | None:
    """Where the article prints it word for word, pieces of it in order."""
    whole = quote(article, Sentence(article.source.id, 0, len(article.text)), 0.0)
    proof = prove(words, [whole], {article.source.id: article})
    if proof is None:
        return None
    first, last = proof.slices[0], proof.slices[-1]
    return Printing(article, first.start, last.end) if last.end - first.start <= LONGEST else None


def alike(words: str, article: Article) -> Printing | None:
    """What the article prints that is most like the words: in a row, or within quotation marks.

    None when nothing in it is like them.
    """
    wanted = _tokens(_CUT.sub(" ", words))
    if not wanted:
        return None
    tokens = _tokens(article.text)
    inside = [(one.start, one.end) for one in quoted(article.text)]
    marked = [one for one in tokens if any(a < one.start < b for a, b in inside)]
    found = [
        one
        for some in (tokens, marked)
        if (near := _near(wanted, some)) and (one := _compared(wanted, words, near, article))
    ]
    return max(found, key=lambda one: (one.alike, -len(one.changes)), default=None)


def _near(wanted: Sequence[_Token], tokens: Sequence[_Token]) -> Sequence[_Token]:
    """The tokens around the run that shares most with those wanted; none if it shares little."""
    asked = Counter(one.plain for one in wanted)
    width = len(wanted) * 4 // 3 + 1
    best, at = 0.0, 0
    for n, one in enumerate(tokens):
        if one.plain in asked:
            shared = _shared(asked, (other.plain for other in tokens[n : n + width]))
            best, at = max((best, at), (shared, n), key=lambda pair: pair[0])
    return tokens[max(0, at - width) : at + 2 * width] if best >= ALIKE else ()


def _compared(
    wanted: Sequence[_Token], words: str, near: Sequence[_Token], article: Article
) -> Printing | None:
    """The words against the tokens among which they may stand; None if they do not."""
    text, asked = article.text, [one.plain for one in wanted]
    steps = _whole(aligned(asked, [one.plain for one in near]), near, text)
    first, last = _spread(steps[0].c, steps[-1].d, Counter(asked), near)
    found = near[first:last]
    alike = _shared(Counter(asked), (one.plain for one in found))
    if alike < ALIKE or "\n" in text[found[0].start : found[-1].end]:
        return None
    changes = tuple(
        Change(_said(words, wanted[one.a : one.b]), _said(text, near[one.c : one.d]))
        for one in steps
        if not one.same
    )
    if (first, last) != (steps[0].c, steps[-1].d):  # the same words in another order
        changes = (Change(_said(words, wanted), _said(text, found)),)
    return Printing(article, found[0].start, found[-1].end, changes, alike)


def _spread(first: int, last: int, asked: Counter[str], near: Sequence[_Token]) -> tuple[int, int]:
    """The run of tokens, with those beside it that are asked for and not in it."""
    missing = asked - Counter(one.plain for one in near[first:last])
    while first and missing[near[first - 1].plain]:
        first -= 1
        missing[near[first].plain] -= 1
    while last < len(near) and missing[near[last].plain]:
        missing[near[last].plain] -= 1
        last += 1
    return first, last


def _whole(steps: list[Step], near: Sequence[_Token], text: str) -> list[Step]:
    """The steps, what is printed for the last words as far as its clause goes, if that is short."""
    last = steps[-1]
    if last.same or not last.d:
        return steps
    for end in range(last.d, min(last.d + REACH, len(near)) + 1):
        after = near[end].start if end < len(near) else near[end - 1].end + 3
        if _STOP.search(text, near[end - 1].end, after):
            return [*steps[:-1], last._replace(d=end)]
    return steps


def _shared(asked: Counter[str], printed: Iterable[str]) -> float:
    """The share of the words asked for that are among those printed, small ones counting less."""
    held = asked & Counter(printed)
    return _weighed(held) / _weighed(asked)


def _weighed(words: Counter[str]) -> float:
    return sum(n * (SMALL if word in terms.STOP else 1.0) for word, n in words.items())


def _tokens(text: str) -> list[_Token]:
    return [
        _Token(terms.fold(one[0]).replace("’", "'"), one.start(), one.end())
        for one in _TOKEN.finditer(text)
    ]


def _said(text: str, some: Sequence[_Token]) -> str:
    """The words of a run of tokens as they stand, on one line."""
    return " ".join(text[some[0].start : some[-1].end].split()) if some else ""
