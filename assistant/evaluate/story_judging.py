"""From a result to what it is worth: which points its quotes cover, and whether it is right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.ask import Assistant
from assistant.errors import NoIndex
from assistant.evaluate.ask_all import Result, Shown
from assistant.evaluate.story_exam import Request
from assistant.evaluate.story_files import Evidence

FIRST = 3  # quotes among which a single point must be
MOST = 0.6  # of a sentence, or of the quote if that is shorter; and of several points


@dataclass(frozen=True, slots=True)
class Judged:
    """A request's result, judged: its points that are covered, its quotes that are good."""

    request: Request
    result: Result
    right: bool
    covered: int
    good: int

    @property
    def quotes(self) -> int:
        return len(self.result.quotes)

    @property
    def recall(self) -> float | None:
        """The share of points covered; None when there are none."""
        points = len(self.request.points)
        return self.covered / points if points else None


def texts(assistant: Assistant, requests: Iterable[Request]) -> dict[str, str]:
    """The stored texts of all articles that evidence names, "" for one that is not stored."""
    named = {one.article for request in requests for one in request.allowed}
    return {id: _text(assistant, id) for id in named}


def _text(assistant: Assistant, id: str) -> str:
    try:
        return assistant.article(id).text
    except NoIndex:
        return ""


def unknown(requests: Iterable[Request], texts: Mapping[str, str]) -> list[str]:
    """The ids of requests with evidence that does not stand in its stored article."""
    return [
        one.question.id
        for one in requests
        if any(_plain(each) not in texts[each.article] for each in one.allowed)
    ]


def moved(results: Iterable[Result], texts: Mapping[str, str]) -> bool:
    """Whether a quote no longer stands where it did, so that it cannot be judged by its place."""
    return any(
        not texts[quote.article].startswith(quote.text, quote.start)
        for result in results
        for quote in result.quotes
        if quote.article in texts
    )


def judged(request: Request, result: Result, texts: Mapping[str, str]) -> Judged:
    """The result judged against the stored texts of the articles."""
    quotes = result.quotes
    covered = [_any_covers(quotes, point, texts) for point in request.points]
    good = sum(_any_covers([quote], request.allowed, texts) for quote in quotes)
    return Judged(request, result, _right(request, result, covered, texts), sum(covered), good)


def _right(
    request: Request, result: Result, covered: Sequence[bool], texts: Mapping[str, str]
) -> bool:
    if request.refuse:
        return not result.quotes
    if request.kind == "count":
        return result.count == request.known.count
    if len(covered) == 1:
        return _any_covers(result.quotes[:FIRST], request.points[0], texts)
    return sum(covered) >= MOST * len(covered)


def _any_covers(
    quotes: Iterable[Shown], evidence: Iterable[Evidence], texts: Mapping[str, str]
) -> bool:
    sentences = list(evidence)
    return any(covers(quote, one, texts) for quote in quotes for one in sentences)


def covers(quote: Shown, evidence: Evidence, texts: Mapping[str, str]) -> bool:
    """Whether quote and sentence share most of the shorter of them, in one article."""
    if quote.article != evidence.article:
        return False
    sentence = _plain(evidence)
    start = texts[evidence.article].find(sentence)
    if start < 0:
        return False
    end = start + len(sentence)
    shared = min(end, quote.end) - max(start, quote.start)
    return shared >= MOST * min(end - start, quote.end - quote.start)


def _plain(evidence: Evidence) -> str:
    return " ".join(evidence.sentence.split())
