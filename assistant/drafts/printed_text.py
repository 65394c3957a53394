"""From an article to where it prints a run of words: anywhere, or in what it has in marks.

Between marks the clause that tells who speaks is passed over: of “A,” Roe said, “B” the words A B
are printed in a row.
"""

from __future__ import annotations

import bisect
import functools
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.drafts.quotation_tokens import Token, tokens
from assistant.evidence.differences import classes
from assistant.records import Article
from assistant.text import sentences, terms
from assistant.text.attribution.attributions import Attributions, attributions
from assistant.text.attribution.quotation_marks import Quoted, quoted, without_nicknames
from assistant.text.attribution.resolve_speaker import Speaker

GAP = 160  # characters of the clause between two quotations that are one
MOST = 40  # places of one run in one article that are looked at
_ENDED = re.compile(r"[.!?…][\"”’»]?\s")


@dataclass(frozen=True, slots=True)
class Run:
    """Words that an article prints, `text[start:end]`, and nothing between them if `whole`.

    `marked`: all of them are in quotation marks.
    """

    start: int
    end: int
    marked: bool
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Printed:
    """A sentence, `text[start:end]`, and the stems of its words, those of one meaning as one."""

    start: int
    end: int
    stems: frozenset[str]


class _Words:
    """Words in a row, each None where the row is broken, by which a run of them is found."""

    def __init__(self, own: Sequence[Token | None]) -> None:
        self.own = own
        self.plain = [one.plain if one else "" for one in own]
        self.places: dict[str, list[int]] = defaultdict(list)
        for at, word in enumerate(self.plain):
            self.places[word].append(at)

    def find(self, words: Sequence[str]) -> list[tuple[Token, Token]]:
        """The first and last word of each place where they stand in a row."""
        rarest = min(words, key=lambda word: len(self.places.get(word, ())))
        back, length = words.index(rarest), len(words)
        found = []
        for at in self.places.get(rarest, ()):
            begin = at - back
            if begin >= 0 and self.plain[begin : begin + length] == words:
                first, last = self.own[begin], self.own[begin + length - 1]
                if first and last:
                    found.append((first, last))
        return found[:MOST]


class PrintedText:
    """An article, ready to be searched."""

    def __init__(self, article: Article) -> None:
        self.article = article

    @functools.cached_property
    def tokens(self) -> list[Token]:
        """Its words, in order."""
        return tokens(self.article.text)

    @functools.cached_property
    def _all(self) -> _Words:
        return _Words(self.tokens)

    @functools.cached_property
    def quoted(self) -> list[Quoted]:
        """What stands in quotation marks, in order."""
        return without_nicknames(self.article.text, quoted(self.article.text))

    @functools.cached_property
    def attributions(self) -> Attributions:
        """Who says what in it."""
        return attributions(self.article.text)

    @functools.cached_property
    def _in_marks(self) -> _Words:
        """The words in quotation marks, broken where one quotation is not the next one's first."""
        own: list[Token | None] = []
        before: Quoted | None = None
        for one in self.quoted:
            if before and not self._goes_on(before, one):
                own.append(None)
            own += self.between(one.start, one.end)
            before = one
        return _Words(own)

    def _goes_on(self, one: Quoted, other: Quoted) -> bool:
        """Whether the other quotation goes on with the one: no more between than who speaks."""
        between = self.article.text[one.end : other.start]
        if one.open:
            return not between.strip()
        return (
            len(between) <= GAP and "\n" not in between and len(_ENDED.findall(f"{between} ")) <= 1
        )

    def between(self, start: int, end: int) -> list[Token]:
        """The words of `text[start:end]`."""
        first = bisect.bisect_left(self.tokens, start, key=lambda one: one.start)
        last = bisect.bisect_right(self.tokens, end, key=lambda one: one.end)
        return self.tokens[first:last]

    @functools.cached_property
    def sentences(self) -> list[Printed]:
        """Its sentences, in order."""
        text = self.article.text
        return [
            Printed(start, end, classes(terms.stems(text[start:end])))
            for start, end in sentences.split(text)
        ]

    @functools.cached_property
    def title(self) -> frozenset[str]:
        """The stems of its title's words."""
        return classes(terms.stems(self.article.source.title))

    def runs(self, words: Sequence[str]) -> list[Run]:
        """Where the words are printed in a row, in the order of the text."""
        found = {}
        for first, last in self._all.find(words):
            marked = self.is_marked(first.start, last.end)
            found[first.start] = Run(first.start, last.end, marked)
        for first, last in self._in_marks.find(words):
            if first.start not in found:
                found[first.start] = Run(first.start, last.end, marked=True, whole=False)
        return [found[at] for at in sorted(found)]

    def is_marked(self, start: int, end: int) -> bool:
        """Whether all of `text[start:end]` is in one pair of marks."""
        at = bisect.bisect_right(self.quoted, start, key=lambda one: one.start) - 1
        return at >= 0 and end <= self.quoted[at].end

    def marked_share(self, start: int, end: int) -> float:
        """The share of the words of `text[start:end]` that are in quotation marks."""
        own = self.between(start, end)
        return sum(self.is_marked(one.start, one.end) for one in own) / max(1, len(own))

    def longest(self, words: Sequence[str]) -> int:
        """How many of the words, from the first, are printed in a row."""
        low, high = 0, len(words)
        while low < high:  # what is printed in a row has its beginning printed in a row
            middle = (low + high + 1) // 2
            if self.runs(words[:middle]):
                low = middle
            else:
                high = middle - 1
        return low

    def speakers(self, run: Run) -> list[Speaker | None]:
        """Who says the words, of each quotation that holds some; None where it is not clear."""
        spans = [(run.start, run.end)]
        if not run.whole:
            own = [(one.start, one.end) for one in self.quoted]
            cut = [(max(start, run.start), min(end, run.end)) for start, end in own]
            spans = [(start, end) for start, end in cut if start < end]
        return [self.attributions.speaker_of(start, end) for start, end in spans]

    def is_direct(self, run: Run, said: Speaker | None) -> bool:
        """Whether the words stand there as somebody's own: in marks, or as a turn to speak."""
        return run.marked or (said is not None and not said.cue[-1:].isalpha())
