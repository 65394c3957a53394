"""From a request for a number of articles to what they are to be counted by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from assistant.questions.asked_words import asked_quotation
from assistant.text import terms

Unit = Literal["article", "outlet", "time"]
LONGEST = 5  # words of what is counted
MOST = 24  # words of a request that may be what is counted: each run of them is looked up
# What a request for a number is made of, besides the words of `terms.STOP`.
_FRAME = frozenset(
    """article articles report reports story stories piece pieces text texts item items publication
    publications outlet outlets newspaper newspapers paper papers mention mentions mentioned
    mentioning naming named number numbers count counted counting counts tally total often times
    occurrence occurrences occur occurs contain contains appear appears appearing show shows come
    comes turn turns feature features featuring refer refers find found give gives get gets got
    gotten bring brings crop crops speak speaks spoken talk talks quote quoted quotes word words
    different separate please kindly exactly altogether really collection archive archives file
    list shows printed print run ran something full first last""".split()
)
_OUTLETS = re.compile(r"\b(?:outlets|publications|newspapers)\b", re.IGNORECASE)
_TIMES = re.compile(r"\bhow (?:many times|often)\b|\boccurrences\b|\btimes\b", re.IGNORECASE)
_ARTICLES = re.compile(
    r"\b(?:articles?|reports?|stor(?:y|ies)|pieces?|texts?|items?)\b", re.IGNORECASE
)
# Beside these stands what is counted; in "articles about the vote" too, if nothing else is named.
_BESIDE = re.compile(
    r"\b(?:mention\w*|nam(?:e|es|ed|ing)|contain\w*|featur\w*|refers? to|occurs?|appears?"
    r"|(?:come|comes|crops?|turns?|shows?) up|has|have|with|word|speak of|bring (?:in|up))\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Neighbouring words of a request that may be what is counted."""

    words: str
    named: bool  # typed with a capital, though it does not begin the request
    beside: int  # characters to the nearest word that such words stand beside


def unit(request: str) -> Unit:
    """What is counted."""
    if _OUTLETS.search(request):
        return "outlet"
    return "time" if _TIMES.search(request) and not _ARTICLES.search(request) else "article"


def phrases(request: str) -> list[Phrase]:
    """What may be counted: the quotation alone, if there is one; else all runs of other words."""
    if quoted := asked_quotation(request) or _quoted(request):
        return [Phrase(quoted, True, 0)]
    marks = [(match.start(), match.end()) for match in _BESIDE.finditer(request)]
    return [
        Phrase(
            _POSSESSIVE.sub("", request[first.start() : last.end()]),
            all(one[0][:1].isupper() and one.start() for one in run[at : at + size]),
            min(
                (max(first.start() - end, start - last.end(), 0) for start, end in marks),
                default=0,
            ),
        )
        for run in _runs(request)
        for size in range(min(len(run), LONGEST), 0, -1)
        for at in range(len(run) - size + 1)
        for first, last in [(run[at], run[at + size - 1])]
    ]


def _runs(request: str) -> Iterator[list[re.Match[str]]]:
    """The first `MOST` words between those of the frame, run by run."""
    run: list[re.Match[str]] = []
    left = MOST
    for match in _WORD.finditer(request):
        plain = _POSSESSIVE.sub("", match[0].casefold())
        gap = run and request[run[-1].end() : match.start()].strip()
        if run and (gap or plain in terms.STOP | _FRAME):
            yield run
            run = []
        if plain not in terms.STOP | _FRAME:
            run.append(match)
            left -= 1
        if not left:
            break
    if run:
        yield run


def _quoted(request: str) -> str:
    found = re.search(r"[\"“«„]([^\"“”«»„\n]{2,400})[\"”»“]", request)
    return found[1].strip() if found else ""
