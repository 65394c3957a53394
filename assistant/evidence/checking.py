"""From what was found for a request that claims something to what was found with a verdict on it.

Where no verdict is clear, what was found stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from assistant.evidence import finding as finding_quotes
from assistant.evidence import verdicts
from assistant.evidence.claims import clashes, compare
from assistant.evidence.finding import Found, Retrieved, proved, together
from assistant.evidence.printed_words import Printing, printings
from assistant.evidence.quotes import quote
from assistant.evidence.ranker import Ranker
from assistant.questions import kinds
from assistant.questions.asked_words import quotation
from assistant.records import Article, Filters, Quote, Sentence
from assistant.store.store import Store
from assistant.text import sentences
from assistant.text.attribution.attributions import attributions

LIKELY = 2  # quotes, the surest, that may give a verdict; all others may contradict it
BEFORE, AFTER = 300, 150  # characters around a quote that tell what it is about


def find(
    read: Retrieved, *, store: Store, ranker: Ranker, filters: Filters, today: datetime, limit: int
) -> Found:
    """As `finding.find`; of what a request claims also the verdict, and first what proves it."""
    found = finding_quotes.find(
        read, store=store, ranker=ranker, filters=filters, today=today, limit=limit
    )
    words, rest = quotation(found.question)
    if words and verdicts.asks_to_check(found.question, rest):
        return _of_quotation(found, words, rest, store, filters, limit)
    return found if words or read.kind != "check" else _of_claim(found, read.articles)


def _of_claim(found: Found, articles: Mapping[str, Article]) -> Found:
    """What was found, first the quote that bears a claim out or prints otherwise, if one does."""
    told = [
        (quote, finding, n < LIKELY)
        for n, quote in enumerate(found.quotes)
        if (finding := compare(found.question, quote.text, _around(quote, articles)))
    ]
    clear = [(quote, finding) for quote, finding, likely in told if likely]
    if not clear or len({finding.kind for _, finding, _ in told}) > 1:
        return found
    quote, finding = max(clear, key=lambda one: (_day(one[0]), -found.quotes.index(one[0])))
    if _is_doubted(found.question, finding.kind, quote, articles):
        return found
    marked = quote
    if finding.kind == "otherwise":
        marked = replace(quote, answer=(quote.start + finding.start, quote.start + finding.end))
    others = (one for one in found.quotes if one is not quote)
    verdict = verdicts.on_claim(finding, marked)
    return replace(found, quotes=(marked, *others), verdict=verdict.text)


def _is_doubted(claim: str, kind: str, quote: Quote, articles: Mapping[str, Article]) -> bool:
    """Whether any other sentence of the articles looked at clashes with a verdict from a quote."""
    return any(
        clashes(claim, kind, article.text[start:end])
        for id, article in articles.items()
        for start, end in sentences.split(article.text)
        if id != quote.source.id or not quote.start <= start < quote.end
    )


def _around(quote: Quote, articles: Mapping[str, Article]) -> str:
    """The title and what stands before and after a quote, where its article is known."""
    article = articles.get(quote.source.id)
    near = article.text[max(0, quote.start - BEFORE) : quote.end + AFTER] if article else ""
    return f"{quote.source.title}\n{near}"


def _day(quote: Quote) -> float:
    moment = quote.source.published
    return moment.timestamp() if moment else 0.0


def _of_quotation(
    found: Found, words: str, rest: str, store: Store, filters: Filters, limit: int
) -> Found:
    asks_only_that = kinds.kind(found.question) == "check"
    places = sorted(printings(words, store, filters), key=_speakerless)[:limit]
    if not places:
        # Whoever asks who said it may have it half right: the judge may know.
        told = verdicts.on_nothing(filters).text if asks_only_that else ""
        return replace(found, verdict=told)
    articles = {one.article.source.id: one.article for one in places}
    shown = proved(list(map(_quote, places)), articles, store=store, filters=filters)
    told = verdicts.on_quotation(rest, places, shown, store).text
    others = () if asks_only_that else found.quotes
    quotes = together([_one_a_story((*shown, *others))], limit)
    return replace(
        found, quotes=quotes, nearest=(), about=True, sections=(), form="check", verdict=told
    )


def _speakerless(one: Printing) -> bool:
    """Whether the article does not clearly tell who says it."""
    return attributions(one.article.text).speaker_of(one.start, one.end) is None


def _quote(one: Printing) -> Quote:
    """The sentences that hold what is printed, its words marked."""
    text = one.article.text
    held = [(a, b) for a, b in sentences.split(text) if a < one.end and one.start < b]
    start, end = min(held[0][0], one.start), max(held[-1][1], one.end)
    made = quote(one.article, Sentence(one.article.source.id, start, end), one.alike)
    return replace(made, answer=(one.start, one.end))


def _one_a_story(quotes: Sequence[Quote]) -> list[Quote]:
    """The quotes, none from a copy or version of an article that is quoted already."""
    kept: list[Quote] = []
    for one in quotes:
        copies = {source.id for other in kept for source in other.copies}
        if one.source.id not in copies:
            kept.append(one)
    return kept
