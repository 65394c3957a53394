"""From a result to right or wrong: was the article found, does a quote answer, how sure was it."""

from __future__ import annotations

import re

from assistant.evaluate.ask_all import Result
from assistant.evaluate.exam_questions import Question

PART = 0.8  # of a sentence that a quote must hold, if it does not hold all of it


def plain(text: str) -> str:
    """The words in lower case, without punctuation, one space between them."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def answers(question: Question, quote: str) -> bool:
    """Whether a quote holds an accepted answer, or is the sentence that answers."""
    words = plain(quote)
    held = any(_holds(words, plain(answer)) for answer in question.answers)
    return held or any(_is_sentence(words, plain(one)) for one in question.sentences)


def _holds(words: str, part: str) -> bool:
    return bool(part) and f" {part} " in f" {words} "


def _is_sentence(quote: str, sentence: str) -> bool:
    return _holds(quote, sentence) or (
        _holds(sentence, quote) and len(quote) >= PART * len(sentence)
    )


def rank(question: Question, result: Result) -> int | None:
    """The place, from 1, of the first article to be found; None when search did not give it."""
    places = (n for n, id in enumerate(result.found, 1) if id in question.gold)
    return next(places, None)


def score(result: Result) -> float:
    """The number that should be high when the articles answer, low when they do not."""
    return max((quote.score for quote in (*result.quotes, *result.nearest)), default=0.0)
