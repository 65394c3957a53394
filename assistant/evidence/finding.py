"""From a question that stands alone to the quotes that answer it, or the nearest evidence."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from assistant.embedding.embedder import Embedder
from assistant.evidence import gates, quotes
from assistant.evidence.arranging import arrange
from assistant.evidence.extractive import extract
from assistant.evidence.ranker import Ranker
from assistant.evidence.recency import wants_figure, wants_newest
from assistant.evidence.scoring import CLOSE, Judged, judge
from assistant.evidence.speakers_and_days import attribute
from assistant.questions import kinds
from assistant.questions.asked_words import asked_quotation
from assistant.records import Article, Filters, Form, Hit, Quote, Section
from assistant.retrieval.deduplicate import allowed, outdated, with_copies
from assistant.retrieval.search import asks_for_news, is_new, search
from assistant.store.store import Store
from assistant.text import terms

HITS = 12  # passages whose sentences are looked at
NEAREST = 3
# What a broad request wants: passages that are looked at, and sentences that the ranker reads.
MANY, READ = 24, 40
# From the kind of a request to how its quotes are chosen together, and to its form.
EXTRACTED = {
    "article": "overview",
    "collection": "overview",
    "list": "list",
    "overview": "overview",
    "reactions": "reactions",
    "timeline": "timeline",
}
# Kinds of requests that many sentences serve, and how many quotes their answer may hold.
SEVERAL = frozenset({*EXTRACTED, "statements"})
FULL = 12
FORMS: dict[str, Form] = {
    "article": "overview",
    "check": "check",
    "collection": "overview",
    "compare": "comparison",
    "list": "list",
    "overview": "overview",
    "reactions": "statements",
    "said": "statements",
    "statements": "statements",
    "timeline": "timeline",
}
# How likely a quote after the first must answer, against the surest; set by hand. One sentence
# answers a plain question, but for a figure that others stand beside; earlier ones tell a change.
BESIDE, PLAIN, EARLIER = 0.3, 0.5, 0.2
QUOTED = ("“", '"', "‘", "«", "„", "「")  # what opens somebody's words
MARK = 0.3  # how sure it must be which words answer, and that their sentence does


@dataclass(frozen=True, slots=True)
class Retrieved:
    """What a search found for a question: passages, and the whole articles they are of, by id."""

    question: str
    hits: Sequence[Hit]
    articles: Mapping[str, Article]
    kind: str = kinds.DIRECT
    whole: bool = False  # these articles are asked for as such, whatever they tell


@dataclass(frozen=True, slots=True)
class Found:
    """The quotes that answer a question; without any, the `nearest` evidence.

    `about`: the articles are about what is asked for, whether they answer or not; `verdict`: what
    they make of what is claimed, empty when nothing is, or it is not clear.
    """

    question: str
    quotes: tuple[Quote, ...]
    nearest: tuple[Quote, ...]
    about: bool = True
    form: Form = "direct"
    sections: tuple[Section, ...] = ()
    verdict: str = ""


def retrieve(
    store: Store,
    embedder: Embedder,
    question: str,
    *,
    filters: Filters,
    today: datetime,
    cited: Collection[str] = (),
    named: str = "",
    whole: bool = False,
) -> Retrieved:
    """Search for the question; `cited` as for `search`.

    `named`: the question with the outlet or author whom the filters are of, if any; `whole`: their
    articles are asked for, and nothing else.
    """
    kind = kinds.kind(named or question)
    if whole and kind not in EXTRACTED:
        kind = "article"
    whole = whole or (bool(named and filters.articles) and kind in EXTRACTED)
    many = MANY if kind in EXTRACTED else HITS
    hits = search(store, embedder, question, filters=filters, limit=many, today=today, cited=cited)
    texts = store.texts({hit.passage.source.id for hit in hits})
    return Retrieved(question, hits, texts, kind, whole)


def find(
    read: Retrieved, *, store: Store, ranker: Ranker, filters: Filters, today: datetime, limit: int
) -> Found:
    """Choose from what was found; every quote is proved against its article."""
    question, texts = read.question, dict(read.articles)
    sources = [one.source for one in texts.values()]
    fresh = asks_for_news(question) is not None
    families = allowed(store.families(set(texts)), filters)
    judged = judge(
        question,
        quotes.candidates(read.hits, texts),
        texts,
        store=store,
        ranker=ranker,
        new={one.id for one in sources if fresh and is_new(one.published, today)},
        old=outdated(sources, families),
        most=READ if read.kind in EXTRACTED else CLOSE,
    )
    chosen, nearest = _choose(question, judged, texts, limit, read.kind, whole=read.whole)
    told, near = (proved(some, texts, store=store, filters=filters) for some in (chosen, nearest))
    # What may answer in other words is no ground to say that nothing is about it.
    about = gates.about(judged) >= gates.NOTHING or gates.answered(judged) >= gates.LEAST
    form = FORMS.get(read.kind, "direct")
    arranged, sections = arrange(form, told)
    return Found(question, arranged, near, about, form, sections)


def proved(
    found: Sequence[Quote], articles: Mapping[str, Article], *, store: Store, filters: Filters
) -> tuple[Quote, ...]:
    """The quotes as a reader sees them: from the right text of their story, with who and when.

    Each is proved against its article.
    """
    if not found:
        return ()
    families = allowed(store.families({one.source.id for one in found}), filters)
    others = {one.id for family in families.values() for one in family} - set(articles)
    texts = {**articles, **store.texts(others)}
    told = attribute(with_copies(found, families, texts), texts)
    quotes.check(told, texts)
    return told


def _extracted(
    form: str, judged: Sequence[Judged], texts: Mapping[str, Article], limit: int
) -> list[Quote]:
    """The quotes that together tell what a broad request asks for, the likeliest first."""
    likely = [(sure, one.candidate) for sure, one in extract(form, judged)]
    some = quotes.choose(likely, texts, limit=len(likely))
    return quotes.joined(some, texts)[:limit]


def _choose(
    question: str,
    judged: Sequence[Judged],
    texts: Mapping[str, Article],
    limit: int,
    kind: str = kinds.DIRECT,
    *,
    whole: bool = False,
) -> tuple[list[Quote], list[Quote]]:
    """The quotes that answer and, only when there are none, the nearest evidence."""
    # A sentence with next to none of the request's words around is of another topic.
    topical = [one for one in judged if whole or gates.about([one]) >= gates.NOTHING]
    if not (whole and topical) and not gates.opens(question, topical):
        closest = [(one.sure, one.candidate) for one in judged]
        return [], quotes.choose(closest, texts, limit=NEAREST)
    if kind in EXTRACTED:
        return _extracted(EXTRACTED[kind], topical, texts, limit), []
    return _answering(question, topical, texts, limit, kind), []


def _answering(
    question: str,
    judged: Sequence[Judged],
    texts: Mapping[str, Article],
    limit: int,
    kind: str,
) -> list[Quote]:
    """The quotes that answer, the surest first."""
    beside = BESIDE
    if kind == "changed" or wants_figure(question):
        beside = EARLIER
    elif kind in (kinds.DIRECT, "check") and not wants_newest(question):
        beside = PLAIN
    surest = max(one.sure for one in judged)
    worthy = [one for one in judged if one.sure >= beside * surest]
    if asked := asked_quotation(question):
        # Who prints it is asked; with it altered, or not printed, the nearest are shown.
        worthy = [one for one in worthy if asked in _words(one.candidate.text)] or worthy
    if any(one.said for one in worthy):  # asked for someone's words: nobody else's
        worthy = [one for one in worthy if one.said or not _may_be_anothers(one, kind)]
    chosen = quotes.choose([(one.sure, one.candidate) for one in worthy], texts, limit=limit)
    return [_marked(one, worthy) for one in chosen]


def _may_be_anothers(one: Judged, kind: str) -> bool:
    """Whether it is not the asked one's words: another's, somebody's whom nobody knows, or, where
    all statements are asked for, the writer's."""
    return one.other or kind in kinds.WORDS or one.candidate.text.startswith(QUOTED)


def _words(text: str) -> str:
    return " ".join(terms.words(text)).casefold()


def _marked(quote: Quote, judged: Sequence[Judged]) -> Quote:
    """The quote with the words that answer, where it is sure which they are."""
    for one in judged:
        place, words = one.candidate.sentence, one.answer
        inside = quote.start <= place.start and place.end <= quote.end
        same = place.article_id == quote.source.id
        if words and same and inside and words.sure * one.sure >= MARK:
            return replace(quote, answer=(place.start + words.start, place.start + words.end))
    return quote


def together(groups: Sequence[Sequence[Quote]], limit: int) -> tuple[Quote, ...]:
    """The quotes of all parts of a question, the best of each part first, none twice."""
    ranked = [one for row in itertools.zip_longest(*groups) for one in row if one is not None]
    kept: list[Quote] = []
    for quote in ranked:
        if not any(map(quote.overlaps, kept)):
            kept.append(quote)
    return tuple(kept[:limit])
