"""From a request to the stored articles whose headline stands in it, in quotation marks or not."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.questions.request_words import PUT
from assistant.text import terms
from assistant.text.plain_names import PIECE, plainly

SHORTEST = 3  # words of a headline, or of a part of one, that name it
WEIGHTY = 4  # words of weight, where no quotation marks tell that it is one
PHRASES = 40  # of a request
_QUOTED = re.compile(r"[\"“„«]([^\"“”«»„]{6,300})[\"”»“]|(?<!\w)[‘']([^\"“”]{6,300}?)[’'](?!\w)")
# What asks for an article as such, by somebody who writes.
WRITTEN = (
    r"(?:articles?|pieces?|stor(?:y|ies)|columns?|write-?ups?|editorials?|op-?eds?|features?"
    r"|dispatch(?:es)?|explainers?|coverage|reporting"
)
# These may be of anybody: "the minister's account".
PIECES = (
    rf"{WRITTEN}|reports?|items?|accounts?|corrections?|versions?|headlines?|headlined|titled"
    r"|entitled|interviews?|analys[ie]s|profiles?)"
)
WRITTEN += ")"
ASKS = re.compile(
    rf"\b(?:{PIECES}|summar\w*|gist|sum(?:s|ming)? (?:it |this |that )?up|what[’']?s in|what is in"
    r"|in brief|nutshell|boil\w*|digest|pr[eé]cis|outlines?|contents?|key points|main points|called"
    r"|recap|short version|wrote|written|in short)\b",
    re.IGNORECASE,
)
# Who said the words is asked, not what stands in the article.
_SAID = re.compile(
    r"\b(?:who (?:\w+ )?(?:said|says|told|asked|called|used|wrote)"
    r"|did \w+(?: \w+)? (?:really |actually )?say"
    r"|said by|whose words|is it true|verbatim|word for word|exact words)\b",
    re.IGNORECASE,
)
_CHECKS = re.compile(
    r"\W*(?:is|are|was|were|did|does|do|has|have|had|will|who|when|where|why|how)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline in a request: `request[start:end]`, and the ids of the articles that bear it."""

    start: int
    end: int
    articles: tuple[str, ...]


def phrases(request: str) -> str:
    """What finds the titles that may stand in the request, as `Store.by_words` reads it.

    Empty where no headline can be meant.
    """
    if _SAID.search(request):
        return ""
    quoted = [PIECE.findall(match[1] or match[2]) for match in _QUOTED.finditer(request)]
    found = [words for words in quoted if len(words) >= SHORTEST]
    if ASKS.search(request) or not (found or _CHECKS.match(request)):
        pairs = itertools.pairwise(PIECE.findall(request))
        found += [list(pair) for pair in pairs if all(_weighs(plainly(word)) for word in pair)]
    return " OR ".join(f'"{" ".join(words)}"' for words in found[:PHRASES])


def headline(request: str, titles: Mapping[str, str], *, source: bool) -> Headline | None:
    """The headline in the request, the longest one; `source`: an outlet or author is named, too.

    `titles` by the ids of their articles.
    """
    asked = _Words(request)
    framed = source or bool(ASKS.search(request))
    quoted = [
        (match.start(), match.end(), _pieces(match[1] or match[2]))
        for match in _QUOTED.finditer(request)
    ]
    best: tuple[int, int, int] = (0, 0, 0)
    held: list[str] = []
    for id, title in titles.items():
        found = _found(title, asked, quoted, framed=framed)
        if found and found[0] > best[0]:
            best, held = found, [id]
        elif found and found == best:
            held.append(id)
    return Headline(best[1], best[2], tuple(held)) if held else None


class _Words:
    """The words of a request, without case and accents, and those of weight among them."""

    def __init__(self, request: str) -> None:
        self.request = request
        self.all = [(plainly(m[0]), m.start(), m.end()) for m in PIECE.finditer(request)]
        self.some = [one for one in self.all if _weighs(one[0])]
        self.line = f" {' '.join(word for word, _, _ in self.some)} "


def _found(
    title: str, asked: _Words, quoted: list[tuple[int, int, list[str]]], *, framed: bool
) -> tuple[int, int, int] | None:
    """How many words of the title stand in the request, and from where to where."""
    own = _pieces(title)
    line = f" {' '.join(own)} "
    for start, end, words in quoted:
        whole = words == own
        part = framed and sum(map(_weighs, words)) > 1 and f" {' '.join(words)} " in line
        if len(words) >= SHORTEST and (whole or part):
            return len(words), start, end
    some = [word for word in own if _weighs(word)]
    wanted = f" {' '.join(some)} "
    if len(some) < WEIGHTY or wanted not in asked.line:
        return None
    at = asked.line[: asked.line.index(wanted)].count(" ")
    first, last = asked.some[at], asked.some[at + len(some) - 1]
    rest = [one for one in asked.some if not first[1] <= one[1] <= last[1]]
    bare = not any(terms.stem(word) not in PUT for word, _, _ in rest)
    if not framed and not (bare and not _CHECKS.match(asked.request)):
        return None
    return len(some), first[1], last[2]


def _weighs(word: str) -> bool:
    return word not in terms.STOP and len(word) > 1


def _pieces(text: str) -> list[str]:
    return PIECE.findall(plainly(text))
