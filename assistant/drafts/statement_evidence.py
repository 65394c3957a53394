"""From a statement to the sentences of articles that bear on it most, by words and the ranker."""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.drafts.printed_text import PrintedText
from assistant.drafts.quotation_tokens import tokens
from assistant.drafts.shelf import Shelf
from assistant.evidence.claims import bare, words
from assistant.evidence.differences import classes
from assistant.evidence.ranker import Pair, Ranker, context
from assistant.text import terms

CLOSE = 16  # sentences that share most, whose surroundings are looked at
READ, SHOWN = 4, 3  # sentences that the ranker reads, and that tell of a statement
# The share of its words from which a sentence surely is about a statement, so that the ranker need
# not read it, and the logit that it then counts.
SURELY, SURE = 0.8, 2.0
AROUND, FIGURE = 0.5, 0.05  # what words around a sentence count, and a figure that both print
OWN = 3.0  # logits that all words of a statement count, beside what the ranker says
BACK, ON = 2, 1  # sentences around one that tell what it is about
_FIGURE = re.compile(r"\d[\d.,]*\d|\d")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence, `text.article.text[start:end] == sentence`, that bears on a statement.

    `share` is the share of the statement's words, by their rarity, that it has; `score` the
    ranker's logit; `whole`: it has the statement word for word.
    """

    text: PrintedText
    start: int
    end: int
    sentence: str
    share: float
    score: float = 0.0
    whole: bool = False

    @property
    def worth(self) -> float:
        """What puts sentences in order."""
        return self.score + OWN * self.share


def telling(statement: str) -> frozenset[str]:
    """The stems of a statement's words that tell what it is about."""
    return classes(words(statement)) or classes(terms.terms(statement))


def evidence(
    statement: str, shelf: Shelf, ranker: Ranker, near: Sequence[PrintedText] = ()
) -> list[Evidence]:
    """What bears on a statement, the most first; `near` are articles that the draft quotes."""
    own = telling(statement)
    rarity = shelf.rarity({terms.stem(word) for word in terms.words(statement)})
    weights = {stem: rarity.get(stem, 0.5) for stem in own}
    found = [*shelf.about(bare(statement)), *near]
    texts = list({text.article.source.id: text for text in found}.values())
    figures = set(_FIGURE.findall(statement))
    some = [pair for text in texts for pair in _shared(weights, text)]
    close = heapq.nlargest(CLOSE, some, key=lambda pair: pair[1].share)
    ranked = sorted(close, key=lambda pair: -_promise(pair[0], pair[1], weights, figures))
    chosen = [one for _, one in ranked[:READ]]
    if not chosen:
        return []
    if printed := next((one for one in chosen if _has(one.sentence, statement)), None):
        whole = replace(printed, share=1.0, score=SURE, whole=True)
        return [whole, *(one for one in chosen if one is not printed)][:SHOWN]
    if chosen[0].share >= SURELY:
        scores = [SURE if one.share >= SURELY else 0.0 for one in chosen]
    else:
        scores = [one.score for one in ranker.read(statement, [_pair(one) for one in chosen])]
    read = [replace(one, score=score) for one, score in zip(chosen, scores, strict=True)]
    return sorted(read, key=lambda one: -one.worth)[:SHOWN]


def _has(sentence: str, statement: str) -> bool:
    """Whether a sentence has a statement word for word."""
    own, printed = ([one.plain for one in tokens(text)] for text in (statement, sentence))
    begins = (n for n, word in enumerate(printed) if own and word == own[0])
    return any(printed[n : n + len(own)] == own for n in begins)


def _shared(weights: Mapping[str, float], text: PrintedText) -> Iterator[tuple[int, Evidence]]:
    """The sentences of an article that have some of the words, each with its number."""
    total = sum(weights.values()) or 1.0
    for at, one in enumerate(text.sentences):
        if own := weights.keys() & one.stems:
            share = sum(weights[stem] for stem in own) / total
            sentence = text.article.text[one.start : one.end]
            yield at, Evidence(text, one.start, one.end, sentence, share)


def _promise(at: int, one: Evidence, weights: Mapping[str, float], figures: set[str]) -> float:
    """How much a sentence promises by its words, those around it, and its figures."""
    near = one.text.sentences[max(0, at - BACK) : at + ON + 1]
    around = one.text.title.union(*(other.stems for other in near))
    wide = sum(weights[stem] for stem in weights.keys() & around) / (sum(weights.values()) or 1.0)
    both = len(figures & set(_FIGURE.findall(one.sentence)))
    return one.share + AROUND * wide + FIGURE * both


def _pair(one: Evidence) -> Pair:
    text = one.text
    before = next((other for other in reversed(text.sentences) if other.end <= one.start), None)
    lead = text.article.text[before.start : before.end] if before else ""
    said = text.attributions.speaker_of(one.start, one.end)
    read = context(lead, one.sentence, said.name if said else None)
    return Pair(one.sentence, text.article.source.title, read)
