"""From articles to how many of the cards they could give hold the words of two speakers."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant.errors import BadSetting
from assistant.evidence import quotes
from assistant.records import Article, Hit, Passage, Source
from assistant.text import sentences
from assistant.text.attribution.attributions import Attribution, attributions


def texts(file: Path) -> Iterator[str]:
    """The articles of a file of JSON lines (.gz too): each a "text", or a story's "articles"."""
    try:
        read = gzip.open if file.suffix == ".gz" else open
        with read(file, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                yield from (one["text"] for one in row.get("articles", [row]))
    except (OSError, ValueError, KeyError) as error:
        raise BadSetting(f"{file} cannot be read: {error}. Name a file of JSON lines.") from error


def cards(text: str) -> Iterator[tuple[int, int]]:
    """Where each card begins and ends that one sentence of `text` would give alone."""
    article = Article(Source("a", ""), text)
    hit = Hit(Passage(article.source, 0, len(text), text, 0), 1.0)
    for one in quotes.candidates([hit], {"a": article}):
        (made,) = quotes.choose([(1.0, one)], {"a": article}, limit=1)
        yield made.start, made.end


def of_two(text: str, start: int, end: int) -> bool:
    """Are words of the card one speaker's and others, not told by that one, another's?"""
    inside = [
        one
        for one in attributions(text).all
        if one.speaker and one.start < end and start < one.end and _has_words(text, one, start, end)
    ]
    return any(
        _name(one) != _name(other)
        and not _within(one, other, inside)
        and not _within(other, one, inside)
        for n, one in enumerate(inside)
        for other in inside[:n]
    )


def _within(one: Attribution, other: Attribution, inside: Sequence[Attribution]) -> bool:
    """Does the other's speaker tell what this one says, there or beside it?"""
    whole = [each for each in inside if _name(each) == _name(other)]
    return any(each.start <= one.start and one.end <= each.end for each in whole)


def _name(one: Attribution) -> str:
    return one.speaker.name if one.speaker else ""


def _has_words(text: str, one: Attribution, start: int, end: int) -> bool:
    return re.search(r"\w", text[max(one.start, start) : min(one.end, end)]) is not None


def counted(file: Path, limit: int) -> Counter[str]:
    """Cards of the first `limit` articles: all, those that are of two speakers, and how so."""
    kinds = ("joined", "headed by one", "a single sentence")
    found = Counter({"cards": 0, **{f"of two speakers, {kind}": 0 for kind in kinds}})
    for number, text in enumerate(texts(file)):
        if number == limit:
            break
        spans = set(sentences.split(text))
        for start, end in cards(text):
            found["cards"] += 1
            if of_two(text, start, end):
                named = attributions(text).speaker_of(start, end) is not None
                found["of two speakers, joined"] += (start, end) not in spans
                found["of two speakers, headed by one"] += named
                found["of two speakers, a single sentence"] += (start, end) in spans
    return found
