"""From results to what went wrong, with the sentence that would have answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.ask import Assistant
from assistant.evaluate.ask_all import Result
from assistant.evaluate.exam_questions import Question
from assistant.evaluate.figures import Pair
from assistant.evaluate.judging import answers, rank
from assistant.records import Article
from assistant.text import sentences, terms

ENOUGH = 3  # quotes: who reads more of them looked for the answer himself
DEEP = 10  # articles
SENTENCES = 3  # shown of one article
ARTICLES = 4  # shown of those that hold the answer


@dataclass(frozen=True, slots=True)
class Where:
    """A sentence that answers, its article, and the place that search gave it (None: none)."""

    article: str
    title: str
    place: int | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A question that went wrong, `how` in a few words, and where the answer was."""

    how: str
    question: Question
    result: Result
    where: tuple[Where, ...]


def failures(assistant: Assistant, pairs: Sequence[Pair]) -> list[Failure]:
    """Every question that went wrong, each under the first of its mistakes, grouped by it."""
    found = []
    for question, result in pairs:
        how = _how(question, result)
        if how:
            where = tuple(_where(assistant, question, result))
            found.append(Failure(how, question, result, where))
    return sorted(found, key=lambda failure: MISTAKES.index(failure.how))


MISTAKES = (
    "answered, but nothing answers it",
    "refused, though the articles answer",
    "the article that answers was not found",
    "the article was found, another sentence was quoted",
    "the answer is the 4th or 5th quote",
    "the answer was quoted, from another article than the one to be found",
)
(_INVENTED, _REFUSED, _NOT_FOUND, _NOT_CHOSEN, _LATE, _ELSEWHERE) = MISTAKES


def _how(question: Question, result: Result) -> str:
    refused = result.status == "not_found"
    if not question.answerable:
        return "" if refused else _INVENTED
    if refused and (question.likely or question.quotable):
        return _REFUSED
    if question.quotable:
        right = [answers(question, quote.text) for quote in result.quotes]
        if not any(right):
            holds = set(question.answer_in) | set(question.gold)
            return _NOT_CHOSEN if holds & set(result.found[:DEEP]) else _NOT_FOUND
        if not any(right[:ENOUGH]):
            return _LATE
    place = rank(question, result)
    missed = question.gold and (place is None or place > DEEP)
    return (_ELSEWHERE if question.quotable else _NOT_FOUND) if missed else ""


def _where(assistant: Assistant, question: Question, result: Result) -> Iterator[Where]:
    ids = list(dict.fromkeys([*question.answer_in, *question.gold]))
    place = {id: n for n, id in enumerate(result.found, 1)}
    ids.sort(key=lambda id: place.get(id, len(place) + 1))
    stored = assistant.store.texts(ids)
    wanted = frozenset(terms.terms(question.text))
    for id in [id for id in ids if id in stored][:ARTICLES]:
        holding = [text for text in _sentences(stored[id]) if answers(question, text)]
        holding.sort(key=lambda text: -len(wanted & terms.stems(text)))
        for text in holding[:SENTENCES] or [""]:
            yield Where(id, stored[id].source.title, place.get(id), text)


def _sentences(article: Article) -> Iterator[str]:
    for start, end in sentences.split(article.text):
        yield article.text[start:end]
