"""From articles and a question to candidate sentences, the hardest first. Knows no model.

Both training and measuring draw from here, so that the ranker meets in training what it will
meet in use: the sentences of the few articles that share most words with the question.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.text import sentences, terms

LONGEST, SHORTEST = 700, 20  # characters of a candidate, as in assistant/evidence/quotes.py
CONTEXT = 0.35  # what a word of the title or the sentence before counts against one of its own


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with what a reader would see around it, and its stems."""

    text: str
    before: str
    title: str
    article: str
    own: frozenset[str] = field(compare=False)
    around: frozenset[str] = field(compare=False)


@dataclass(frozen=True, slots=True)
class Task:
    """A question with candidate sentences, hardest first, and the places of those that answer."""

    question: str
    lines: tuple[Line, ...]
    right: frozenset[int]  # hold the sentence that was marked as the answer
    holds: frozenset[int]  # print the short answer, word for word
    overlap: tuple[float, ...]  # share of the question's rare words in sentence and title
    answerable: bool
    origin: str


def lines(article: str, title: str, texts: Sequence[str], *, linked: bool = True) -> list[Line]:
    """The sentences of an article as lines; `linked` when they follow each other in print."""
    made, before = [], ""
    for text in texts:
        around = terms.stems(title) | terms.stems(before)
        made.append(Line(text, before, title, article, terms.stems(text), around))
        before = text if linked else ""
    return made


def split(text: str) -> list[str]:
    """The sentences of a text."""
    return [text[start:end] for start, end in sentences.split(text)]


class Pool:
    """Articles that can be asked: BM25 over whole articles, then word overlap over sentences."""

    def __init__(self, articles: Mapping[str, Sequence[Line]]) -> None:
        self.articles = articles
        self.postings: dict[str, dict[str, int]] = defaultdict(dict)
        self.lengths: dict[str, int] = {}
        for name, found in articles.items():
            heading = terms.words(found[0].title) if found else []
            spoken = [word for line in found for word in terms.words(line.text)]
            counts = Counter(terms.stem(word) for word in [*heading, *spoken])
            self.lengths[name] = sum(counts.values())
            for stem, count in counts.items():
                self.postings[stem][name] = count
        self.mean = sum(self.lengths.values()) / max(1, len(self.lengths))

    def rarity(self, stem: str) -> float:
        """How rare a stem is: log of all articles over those that hold it."""
        return math.log(1 + len(self.articles) / (len(self.postings.get(stem, ())) + 0.5))

    def best(self, question: str, count: int) -> list[str]:
        """The articles that share most with the question, by BM25, best first."""
        scores: dict[str, float] = defaultdict(float)
        for stem in terms.terms(question):
            for name, times in self.postings.get(stem, {}).items():
                damp = 0.9 * (0.6 + 0.4 * self.lengths[name] / self.mean)
                scores[name] += self.rarity(stem) * times * 1.9 / (times + damp)
        return sorted(scores, key=lambda name: (-scores[name], name))[:count]

    def task(
        self,
        question: str,
        *,
        origin: str,
        right: Iterable[str] = (),
        answer: str = "",
        home: str = "",
        articles: int = 4,
        most: int = 64,
    ) -> Task:
        """The question with the `most` hardest sentences of the `articles` best articles.

        `right` are texts that answer: a line is right when one lies in the other. `home` is an
        article that is looked at in any case (for training; empty when measuring).
        """
        names = self.best(question, articles)
        if home and home not in names:
            names.append(home)
        weights = {stem: self.rarity(stem) for stem in terms.terms(question)}
        total = sum(weights.values()) or 1.0
        ranked = []
        for line in (line for name in names for line in self.articles[name]):
            if not SHORTEST <= len(line.text) <= LONGEST or line.text.endswith("?"):
                continue
            own = sum(weight for stem, weight in weights.items() if stem in line.own)
            both = sum(weight for stem, weight in weights.items() if stem in line.around - line.own)
            titled = terms.stems(line.title) | line.own
            cover = sum(weight for stem, weight in weights.items() if stem in titled)
            ranked.append((own + CONTEXT * both, cover / total, line))
        ranked.sort(key=lambda one: -one[0])
        chosen = tuple(line for _, _, line in ranked[:most])
        marked = [_plain(text) for text in right]
        said = f" {_plain(answer)} " if answer else ""
        return Task(
            question=question,
            lines=chosen,
            right=frozenset(
                at for at, line in enumerate(chosen) if _answers(_plain(line.text), marked)
            ),
            holds=frozenset(
                at for at, line in enumerate(chosen) if said and said in f" {_plain(line.text)} "
            ),
            overlap=tuple(cover for _, cover, _ in ranked[:most]),
            answerable=bool(marked or said),
            origin=origin,
        )


def _plain(text: str) -> str:
    return " ".join(word.casefold() for word in terms.words(text))


def _answers(text: str, marked: Iterable[str]) -> bool:
    return any(text in one or one in text for one in marked)
