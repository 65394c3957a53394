"""What a request asks of the collection itself: outlets, authors, days, the newest articles."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from assistant.evidence import quotes
from assistant.records import Filters, Quote, Sentence, Source, show_day
from assistant.store.store import Store
from assistant.text import sentences
from assistant.wording import count, say

SHOWN = 30  # outlets or authors
NEWEST = 5  # articles
_OUTLETS = re.compile(
    r"\b(?:which|what|list|show|name|all)\b.*\b(?:outlets?|newspapers?|papers|publications?|sources?"
    r"|publishers?)\b",
    re.IGNORECASE,
)
_AUTHORS = re.compile(
    r"\b(?:authors?|bylines?|writers?|reporters?|journalists?|who (?:writes|wrote) (?:here|for))\b",
    re.IGNORECASE,
)
_NEWEST = re.compile(
    r"\b(?:newest|latest|most recent|last added)\b.*\b(?:articles?|stor(?:y|ies)|pieces?|reports?"
    r"|items?|news|thing)\b",
    re.IGNORECASE,
)
_OLDEST = re.compile(r"\b(?:oldest|earliest|first) (?:articles?|stor(?:y|ies)|pieces?)", re.I)
_SIZE = re.compile(
    r"\bhow (?:many|big|large)\b.*\b(?:articles?|stories|pieces|texts|collection|archive)\b"
    r"|\b(?:what|which) (?:period|days|dates|years|months|time)\b|\bhow (?:far back|current|old)\b"
    r"|\bfrom when\b|\bwhat(?:'s| is) in (?:here|your|the|this) ?(?:archive|collection|index)?\b"
    r"|\btopics?\b|\bwhat can (?:i|you)\b|\bwhat do you have\W*$",
    re.IGNORECASE,
)
# What is asked of the articles on something is no question of the collection.
_ABOUT = re.compile(r"\b(?:about|on|regarding|concerning|mention\w*) \w", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Told:
    """The answer in words, and a quotation of each article that it names."""

    text: str
    quotes: tuple[Quote, ...] = ()


def tell(request: str, store: Store, filters: Filters, today: datetime) -> Told | None:
    """What the collection holds; None when the request asks for what articles tell."""
    if _ABOUT.search(request):
        return None
    sources = store.sources(filters)
    if _NEWEST.search(request) or _OLDEST.search(request):
        return _by_day(sources, store, today, oldest=bool(_OLDEST.search(request)))
    if _AUTHORS.search(request):
        return Told(_names("authors", (one.author for one in sources)))
    if _OUTLETS.search(request):
        return Told(_names("outlets", (one.publisher for one in sources)))
    return Told(_size(sources)) if _SIZE.search(request) else None


def _names(what: str, names: Iterable[str]) -> str:
    """Each name with the number of its articles, those with the most first."""
    often = Counter(" ".join(name.split()) for name in names)
    unnamed = often.pop("", 0)
    shown = [f"- {name}: {count(number, 'article')}" for name, number in often.most_common(SHOWN)]
    if len(often) > SHOWN:
        shown.append(f"- and {count(len(often) - SHOWN, 'other')}")
    if unnamed:
        shown.append(f"- not named: {count(unnamed, 'article')}")
    return "\n\n".join([say(f"collection_{what}", number=f"{len(often):,}"), "\n".join(shown)])


def _size(sources: Sequence[Source]) -> str:
    """How many articles of how many outlets, and of which days."""
    days = sorted(one.published for one in sources if one.published)
    outlets = len({one.publisher.casefold() for one in sources if one.publisher})
    told = say(
        "collection_size", articles=count(len(sources), "article"), outlets=count(outlets, "outlet")
    )
    if days:
        told += " " + say("collection_days", first=show_day(days[0]), last=show_day(days[-1]))
    return told


def _by_day(sources: Sequence[Source], store: Store, today: datetime, *, oldest: bool) -> Told:
    """The newest or the oldest articles by their day, each with its first sentence.

    What has no day, or one still to come, is told apart: nobody knows that it is the newest.
    """
    dated = [(one.published, one) for one in sources if one.published and one.published <= today]
    ordered = [one for _, one in sorted(dated, key=lambda pair: pair[0], reverse=not oldest)]
    shown = ordered[:NEWEST]
    lines = [f"{n}. “{_line(one.title)}”, {_facts(one)} [{n}]" for n, one in enumerate(shown, 1)]
    left = len(sources) - len(dated)
    told = [say("collection_oldest" if oldest else "collection_newest"), "\n".join(lines)]
    told += [say("collection_undated", articles=count(left, "article"))] if left else []
    texts = store.texts({one.id for one in shown})
    first = [(texts[one.id], sentences.split(texts[one.id].text)) for one in shown]
    made = tuple(
        quotes.quote(article, Sentence(article.source.id, *spans[0]), 1.0)
        for article, spans in first
        if spans
    )
    return Told("\n\n".join(told), made)


def _facts(one: Source) -> str:
    return ", ".join(filter(None, (_line(one.publisher), show_day(one.published))))


def _line(text: str) -> str:
    return " ".join(text.split())
