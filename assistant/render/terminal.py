"""From an answer to plain text for the terminal, with nothing in it that a terminal obeys."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from assistant.records import Answer, Quote, show_day
from assistant.writing import short_answer
from assistant.writing.quotation_writer import around, headings, introduce, notes

# Whole sequences first (ESC [ 31 m; ESC ] 0 ; title BEL), then control and direction characters.
_SEQUENCE = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b\n]*(?:\x07|\x1b\\)")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_BOLD, _PLAIN = "\x1b[1m", "\x1b[22m"
_LINE_END = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")


def terminal(answer: Answer, *, bold: bool = False) -> str:
    """The answer as plain text, with a numbered list of its sources below.

    `bold`: the words that answer are in bold, by the one sequence that a terminal then obeys.
    """
    told = "\n\n".join(_told(answer, bold=bold))
    lines = []
    if answer.quotes:
        lines += ["", "Sources"]
        lines += _sources(answer.quotes)
    elif answer.nearest:
        lines += ["", "Nearest evidence, not an answer"]
        for quote, why in zip(answer.nearest, answer.why or itertools.repeat(""), strict=False):
            lines += [f"    {quote.text}", f"    {why}".rstrip(), f"    {_reference(quote)}", ""]
    if answer.steps:
        lines += ["", "How this was found", *(f"    {step}" for step in answer.steps)]
    below = printable("\n".join(lines))
    return f"{told}\n{below}".rstrip()


def _told(answer: Answer, *, bold: bool) -> Iterator[str]:
    """The blocks of the answer's text, the quotations with or without bold words."""
    text = answer.text.strip()
    before, after = around(answer)
    if before == text:  # no quotation is set out in it
        yield re.sub(r"(?m)^> ?", "    ", printable(text))
        return
    words, facts = short_answer.parts(answer.quotes if answer.short else ())
    for block in filter(None, before.split("\n\n")):
        short = block == words + facts
        yield _marked("", words, facts, bold=bold) if short else printable(block)
    last, heading, above = "", "", headings(answer.sections)
    for n, quote in enumerate(answer.quotes, 1):
        if n in above:
            heading, last = above[n], ""
            yield printable(heading).upper()
        if (who := introduce(quote, heading)) != last:
            yield printable(f"{who}:")
        last = who
        yield re.sub("(?m)^", "    ", f"{_marked(*quote.parts, bold=bold)} [{n}]")
        if noted := notes(quote):
            yield printable(f"({noted})")
    if after:
        yield printable(after.strip())


def _marked(before: str, words: str, after: str, *, bold: bool) -> str:
    """The text with `words` in bold, where there are any and it is wanted."""
    first, core, rest = map(printable, (before, words, after))
    return f"{first}{_BOLD}{core}{_PLAIN}{rest}" if core and bold else first + core + rest


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
