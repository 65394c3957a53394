"""Out of a batch, the short lines that its pages print around every article."""

from __future__ import annotations

import logging
import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from assistant.records import Article

logger = logging.getLogger("assistant.sources")

_MOST_WORDS = 12
_MOST_CHARACTERS = 80
# stack.md E.2: lines in at least 3 articles and 2 % of them are the page's.
_LEAST_ARTICLES = 3
_LEAST_SHARE = 0.02
# A line that stands inside articles as well is a heading ("Alabama": 7 inside, 149 first, in
# news2022); a name of an agency strays inside in 1 of 89.
_MOST_INSIDE = 0.02
_DASHES = ("—", "–", "-")

End = Literal["head", "tail"]


def drop_recurring(articles: Sequence[Article]) -> list[Article]:
    """Return the articles of a batch without the short lines that recur at their ends.

    Only lines before an article's first longer line or after its last are looked at, and each
    recurrence counts once for the longer line beside it: a story printed three times keeps its
    end. Datelines ("Kyiv —") and headings stay. Each drop is logged; `source` stays as it is, so
    its hash still tells whether the page changed.
    """
    beside: defaultdict[tuple[End, str], set[str]] = defaultdict(set)
    inside: Counter[str] = Counter()
    for each in articles:
        lines = each.text.split("\n")
        ends = list(_ends(lines))
        for number, end, neighbour in ends:
            beside[end, lines[number]].add(neighbour)
        edge = {number for number, _, _ in ends}
        inside.update({line for number, line in enumerate(lines) if number not in edge})
    least = max(_LEAST_ARTICLES, math.ceil(_LEAST_SHARE * len(articles)))
    recurring = {
        (end, line)
        for (end, line), neighbours in beside.items()
        if len(neighbours) >= least
        and inside[line] <= _MOST_INSIDE * len(neighbours)
        and not line.endswith(_DASHES)
    }
    return [_without(each, recurring) for each in articles]


def _ends(lines: list[str]) -> Iterator[tuple[int, End, str]]:
    """Yield (line number, its end, the nearest longer line) of the short lines at both ends."""
    longer = [number for number, line in enumerate(lines) if _is_longer(line)]
    if not longer:
        return
    for number, line in enumerate(lines):
        if line and number < longer[0]:
            yield number, "head", lines[longer[0]]
        elif line and number > longer[-1]:
            yield number, "tail", lines[longer[-1]]


def _is_longer(line: str) -> bool:
    return len(line) > _MOST_CHARACTERS or line.count(" ") >= _MOST_WORDS


def _without(article: Article, recurring: set[tuple[End, str]]) -> Article:
    lines = article.text.split("\n")
    gone = {number for number, end, _ in _ends(lines) if (end, lines[number]) in recurring}
    if not gone:
        return article
    for number in sorted(gone):
        logger.info("dropped %r from %s", lines[number], article.source.id)
    kept = [line for number, line in enumerate(lines) if number not in gone]
    # A blank line after a blank line would be left where a line went.
    paired = zip(kept, ["", *kept], strict=False)
    return replace(
        article, text="\n".join(line for line, before in paired if line or before).strip()
    )
