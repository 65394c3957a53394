"""From hits to quotes: choose the sentences that answer, and prove that they are printed.

Only this file makes a `Quote`, and only as a slice of a stored article.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant import sentences, terms
from assistant.errors import StoreFailed
from assistant.records import Article, Hit, Quote, Sentence

MOST = 64  # sentences looked at closely for one question
LONGEST = 700  # characters: what is longer is a list or a page that lost its full stops
SHORTEST = 20  # characters: what is shorter is a heading or half a sentence
ALIKE = 0.8  # share of stems in common from which two sentences say the same


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer, with what a reader would see around it."""

    sentence: Sentence
    text: str
    before: str
    title: str
    rank: int  # place of its passage among the hits, from 1


def candidates(hits: Sequence[Hit], articles: Mapping[str, Article]) -> list[Candidate]:
    """The whole sentences of the hits' passages, each once, in the hits' order.

    Questions and fragments are left out: an article's own question is no answer.
    """
    found: dict[tuple[str, int], Candidate] = {}
    spans = {id: sentences.split(article.text) for id, article in articles.items()}
    for rank, hit in enumerate(hits, 1):
        passage = hit.passage
        article = articles.get(passage.source.id)
        if article is None:
            continue
        before = ""
        for start, end in spans[article.source.id]:
            text = article.text[start:end]
            inside = start >= passage.start and end <= passage.end
            key = (article.source.id, start)
            if inside and SHORTEST <= len(text) <= LONGEST and not text.endswith("?"):
                sentence = Sentence(article.source.id, start, end)
                found.setdefault(key, Candidate(sentence, text, before, article.source.title, rank))
            before = text
    return list(found.values())


def choose(
    scored: Iterable[tuple[float, Candidate]], articles: Mapping[str, Article], *, limit: int
) -> list[Quote]:
    """The best sentences as quotes, best first; of those that say the same only the best."""
    chosen: list[Quote] = []
    seen: list[frozenset[str]] = []
    for score, candidate in sorted(scored, key=lambda pair: -pair[0]):
        if len(chosen) == limit:
            break
        words = terms.stems(candidate.text)
        if any(_alike(words, other) for other in seen):
            continue
        seen.append(words)
        chosen.append(quote(articles[candidate.sentence.article_id], candidate.sentence, score))
    return chosen


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= ALIKE * min(len(one), len(other))


def quote(article: Article, sentence: Sentence, score: float) -> Quote:
    """The sentence as a quote of its article."""
    return Quote(
        text=article.text[sentence.start : sentence.end],
        start=sentence.start,
        end=sentence.end,
        source=article.source,
        score=round(score, 4),
    )


def check(quotes: Iterable[Quote], articles: Mapping[str, Article]) -> None:
    """Prove that every quote is what its article prints there.

    Raises `StoreFailed` when one is not: better no answer than an altered quotation.
    """
    for one in quotes:
        article = articles.get(one.source.id)
        printed = article and article.text[one.start : one.end]
        if not one.text or printed != one.text or one.start < 0:
            raise StoreFailed(
                f"A quotation does not stand in {one.source.id!r} as stored, and was held back. "
                "Run: python -m assistant.index verify"
            )
