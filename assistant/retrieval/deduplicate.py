"""From hits and quotes to one text a story: copies count once, newer versions come first.

A story's texts come from `Store.families`. Texts of one outlet are versions of it, and so are those
of an unnamed outlet under one title; those of other outlets are copies.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from assistant.records import Article, Filters, Hit, Quote, Source

NEVER = datetime.min.replace(tzinfo=UTC)
Families = Mapping[str, tuple[Source, ...]]


def allowed(families: Families, filters: Filters) -> dict[str, tuple[Source, ...]]:
    """The families without the texts that the filters leave out: what is later is not known yet."""
    kept = {
        id: tuple(one for one in family if filters.admits(one)) for id, family in families.items()
    }
    return {id: family for id, family in kept.items() if len(family) > 1}


def one_a_story(hits: Sequence[Hit], families: Families) -> list[Hit]:
    """The hits with one outlet of each story, the one found first, in all its versions."""
    chosen: dict[str, Source] = {}
    kept = []
    for hit in hits:
        source = hit.passage.source
        family = families.get(source.id, (source,))
        if _are_versions(chosen.setdefault(family[0].id, source), source):
            kept.append(hit)
    return kept


def outdated(sources: Iterable[Source], families: Families) -> set[str]:
    """The ids of the sources that have a newer version."""
    return {
        one.id
        for one in sources
        if one.id in families and _versions(one, families[one.id])[-1].id != one.id
    }


def with_copies(
    quotes: Sequence[Quote], families: Families, articles: Mapping[str, Article]
) -> tuple[Quote, ...]:
    """The quotes, each from the text that a reader should see, with its copies.

    The same words are quoted from the newest version of the earliest outlet that prints them.
    Where the newest version of its outlet has lost them, `gone` tells since when. `articles` hold
    all texts of the quotes' families, by id.
    """
    return tuple(
        _with_copies(quote, families[quote.source.id], articles)
        if quote.source.id in families
        else quote
        for quote in quotes
    )


def _with_copies(quote: Quote, family: Sequence[Source], articles: Mapping[str, Article]) -> Quote:
    family = [one for one in family if one.id in articles]  # one may have been removed just now
    holding = [one for one in family if quote.text in articles[one.id].text]
    first = holding[0] if holding else quote.source
    versions = _versions(first, family)
    best = next((one for one in reversed(versions) if one in holding), first)
    if best.id != quote.source.id:
        start = articles[best.id].text.index(quote.text)
        answer = quote.answer and (
            start + quote.answer[0] - quote.start,
            start + quote.answer[1] - quote.start,
        )
        end = start + len(quote.text)
        quote = replace(quote, source=best, start=start, end=end, answer=answer)
    others = {_outlet(one): one for one in reversed(family) if not _are_versions(one, best)}
    lost = next((one for one in versions[versions.index(best) + 1 :]), None)
    return replace(
        quote,
        copies=tuple(sorted(others.values(), key=family.index)),
        gone=_since(best, lost) if lost else None,
    )


def _since(held: Source, lost: Source) -> datetime | None:
    """Since when the outlet's text is the one that has lost the words, as far as it is known.

    That is when the text that holds them gave way; else the day of change of the one that lost
    them, or its first, unless that is no later.
    """
    if held.until:
        return held.until
    after = (lost.published, lost.updated, lost.fetched)
    later = [one for one in after if one and not (held.published and one <= held.published)]
    return min(later, default=lost.published)


def _versions(source: Source, family: Sequence[Source]) -> list[Source]:
    """The texts of the source's outlet in its family, the earliest first."""
    return sorted((one for one in family if _are_versions(one, source)), key=_age)


def _age(source: Source) -> tuple[bool, datetime, bool, datetime]:
    """What versions are in order by; the undated last, an earlier text before the one after it."""
    day, last = source.published, source.until or source.updated or source.published
    return day is None, day or NEVER, not source.version_of, last or NEVER


def _are_versions(one: Source, other: Source) -> bool:
    """Whether texts of one story are of one article or one outlet."""
    if (one.version_of or one.id) == (other.version_of or other.id):
        return True
    if not (one.publisher and other.publisher):
        return one.title.casefold() == other.title.casefold()
    return _outlet(one) == _outlet(other)


def _outlet(source: Source) -> str:
    return source.publisher.casefold() or f"\0{source.title.casefold()}"
