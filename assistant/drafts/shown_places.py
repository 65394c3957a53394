"""From where an article prints words to the quotation that shows them, with who, where and when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from assistant.drafts.shelf import Shelf
from assistant.evidence.quotes import quote
from assistant.records import Article, Quote, Sentence
from assistant.text import sentences

_LATEST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Place:
    """Words of an article, `article.text[start:end]`."""

    article: Article
    start: int
    end: int


def shown(places: Sequence[Place], shelf: Shelf) -> tuple[Quote, ...]:
    """The sentences that hold the words, which are marked: each story once, with its copies.

    In the order given.
    """
    told = shelf.proved([_quote(one) for one in places])
    kept: dict[tuple[str, int], Quote] = {}
    for one in told:
        words = one.answer or (one.start, one.end)
        if (one.source.id, words[0]) not in kept and not _is_copied(one, kept.values()):
            kept[one.source.id, words[0]] = _said(one, *words, shelf)
    return tuple(kept.values())


def by_day(quote: Quote) -> tuple[datetime, str]:
    """What puts quotations in order, the earliest first, the undated last."""
    return quote.source.published or _LATEST, quote.source.id


def _is_copied(one: Quote, others: Iterable[Quote]) -> bool:
    return any(copy.id == one.source.id for other in others for copy in other.copies)


def _quote(one: Place) -> Quote:
    text = one.article.text
    held = [(a, b) for a, b in sentences.split(text) if a < one.end and one.start < b]
    start, end = min(held[0][0], one.start), max(held[-1][1], one.end)
    made = quote(one.article, Sentence(one.article.source.id, start, end), 1.0)
    return replace(made, answer=(one.start, one.end))


def _said(one: Quote, start: int, end: int, shelf: Shelf) -> Quote:
    """The quotation with whoever says the marked words, not the sentence around them."""
    said = shelf.text(one.source.id).attributions.speaker_of(start, end)
    return replace(one, speaker=said.name, role=said.role) if said else one
