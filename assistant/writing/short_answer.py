"""From quotes to the answer in a few printed words, and to a line that says who prints them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.records import Answer, Quote, show_day


def begin(reply: Answer, quotes: Sequence[Quote]) -> tuple[Answer, list[str]]:
    """The reply with its short answer, and all that is said above what sources differ in.

    A verdict stands in place of the short answer.
    """
    quotes = () if reply.verdict else quotes
    above = [reply.notice, reply.verdict or line(quotes), *reply.missing]
    return replace(reply, short=words(quotes)), [one for one in above if one]


def words(quotes: Sequence[Quote]) -> str:
    """The words that answer of the first quotation, the most direct; empty when it marks none."""
    return quotes[0].parts[1] if quotes else ""


def line(quotes: Sequence[Quote]) -> str:
    """The short answer, its outlet and day: "Seventeen (Harbour Wire, 8 March 2022) [1]".

    Empty when there is none.
    """
    return "".join(parts(quotes))


def parts(quotes: Sequence[Quote]) -> tuple[str, str]:
    """The line cut in two, after the words: what is not known is left out."""
    printed = _one_line(words(quotes))
    if not printed:
        return "", ""
    source = quotes[0].source
    facts = ", ".join(filter(None, (_one_line(source.publisher), show_day(source.published))))
    return printed, f" ({facts}) [1]" if facts else " [1]"


def _one_line(text: str) -> str:
    return " ".join(text.split())
