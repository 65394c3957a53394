"""From articles and a question to candidate sentences, the hardest first. Knows no model.

Both training and measuring draw from here, so that the ranker meets in training what it will
meet in use: the sentences of the few articles that share most words with the question.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.evidence.ranker import context
from assistant.text import sentences, terms
from assistant.text.attribution.attributions import Attributions

LONGEST, SHORTEST = 700, 8  # characters of a candidate, as in assistant/evidence/quotes.py
CONTEXT = 0.35  # what a word of the title or the sentence before counts against one of its own


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with what a reader would see around it, and its stems."""

    text: str
    before: str  # the sentence before it, and in brackets who says it, if not named in it
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
    holds: frozenset[int]  # print the short answer, word for word, or may be quoted as well
    overlap: tuple[float, ...]  # share of the question's rare words in sentence and title
    answerable: bool
    origin: str
    answers: Mapping[int, str]  # of those that are right, the words in them that answer
    topical: frozenset[str]  # articles about what is asked for
    vague: frozenset[str]  # articles that may be: unless listed, an article is about another thing


def lines(article: str, title: str, texts: Sequence[str], *, linked: bool = True) -> list[Line]:
    """The sentences of an article as lines; `linked` when they follow each other in print."""
    made, before = [], ""
    for text in texts:
        around = terms.stems(title) | terms.stems(before)
        made.append(Line(text, before, title, article, terms.stems(text), around))
        before = text if linked else ""
    return made


def told(text: str, article: str, title: str) -> list[Line]:
    """The sentences of an article as lines, each with the one before and its speaker."""
    found, made, before = Attributions(text), [], ""
    for start, end in sentences.split(text):
        sentence, who = text[start:end], found.speaker_of(start, end)
        shown = context(before, sentence, who.name if who else None)
        around = terms.stems(title) | terms.stems(shown)
        made.append(Line(sentence, shown, title, article, terms.stems(sentence), around))
        before = sentence
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
        right: Mapping[str, str] | Iterable[str] = (),
        fine: Iterable[str] = (),
        answer: str = "",
        homes: Iterable[str] = (),
        topical: Iterable[str] = (),
        vague: Iterable[str] = (),
        articles: int = 4,
        most: int = 64,
        search: str = "",
    ) -> Task:
        """The question with the `most` hardest sentences of the `articles` best articles.

        `right` are texts that answer, with the words in them that do: a line is right when one lies
        in the other. `homes` are articles that are looked at in any case (for training; empty when
        measuring). `search` is what is searched for in place of the question.
        """
        names = self.best(search or question, articles)
        names += [home for home in homes if home not in names]
        ranked = self._ranked(search or question, names)
        marked = {
            _plain(text): short
            for text, short in (
                right if isinstance(right, Mapping) else dict.fromkeys(right, "")
            ).items()
        }
        chosen = ranked[:most]
        if homes:  # in training every one that answers is shown
            chosen += [one for one in ranked[most:] if _answers(_plain(one[1].text), marked)]
        found = tuple(line for _, line in chosen)
        plain = [_plain(line.text) for line in found]
        places = frozenset(at for at, text in enumerate(plain) if _answers(text, marked))
        said, spare = f" {_plain(answer)} ", [_plain(text) for text in fine]
        holds = (
            at
            for at, text in enumerate(plain)
            if (answer and said in f" {text} ") or _answers(text, spare)
        )
        return Task(
            question=question,
            lines=found,
            right=places,
            holds=frozenset(holds),
            overlap=tuple(cover for cover, _ in chosen),
            answerable=bool(marked or answer),
            origin=origin,
            answers={at: _short(plain[at], found[at].text, marked) for at in places},
            topical=frozenset(topical),
            vague=frozenset(vague),
        )

    def _ranked(self, search: str, names: Iterable[str]) -> list[tuple[float, Line]]:
        """The sentences of the articles that share most with the search first, and what share."""
        weights = {stem: self.rarity(stem) for stem in terms.terms(search)}
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
        return [one[1:] for one in sorted(ranked, key=lambda one: -one[0])]


def _short(plain: str, text: str, marked: Mapping[str, str]) -> str:
    """The words of a line that answer, of the marked texts that lie in it; empty if none do."""
    found = (short for one, short in marked.items() if short and _answers(plain, [one]))
    return next((short for short in found if short in text), "")


def _plain(text: str) -> str:
    return " ".join(word.casefold() for word in terms.words(text))


def _answers(text: str, marked: Iterable[str]) -> bool:
    return any(text in one or one in text for one in marked)
