"""From an answer to plain text for the terminal, with nothing in it that a terminal obeys."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from assistant.records import Answer, Quote, show_day

# Whole sequences first (ESC [ 31 m; ESC ] 0 ; title BEL), then control and direction characters.
_SEQUENCE = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b\n]*(?:\x07|\x1b\\)")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_LINE_END = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")


def terminal(answer: Answer) -> str:
    """The answer as plain text, with a numbered list of its sources below."""
    lines = [re.sub(r"(?m)^> ?", "    ", answer.text.strip())]
    if answer.quotes:
        lines += ["", "Sources"]
        lines += _sources(answer.quotes)
    elif answer.nearest:
        lines += ["", "Nearest evidence, not an answer"]
        for quote, why in zip(answer.nearest, answer.why or itertools.repeat(""), strict=False):
            lines += [f"    {quote.text}", f"    {why}".rstrip(), f"    {_reference(quote)}", ""]
    if answer.steps:
        lines += ["", "How this was found", *(f"    {step}" for step in answer.steps)]
    return printable("\n".join(lines)).rstrip()


def _sources(quotes: Sequence[Quote]) -> list[str]:
    """A line an article, with the numbers of its quotes."""
    numbers: dict[str, str] = {}
    for n, quote in enumerate(quotes, 1):
        reference = _reference(quote)
        numbers[reference] = f"{numbers.get(reference, '')}[{n}]"
    return [f"{marks} {reference}" for reference, marks in numbers.items()]


def printable(text: str) -> str:
    """The text without escape sequences, control characters and marks of direction."""
    return _CONTROL.sub("", _LINE_END.sub("\n", _SEQUENCE.sub("", text)))


def _reference(quote: Quote) -> str:
    source = quote.source
    facts = (source.title.rstrip("."), source.publisher, show_day(source.published), source.url)
    return ". ".join(fact for fact in facts if fact)
