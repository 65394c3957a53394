"""From a question and the nearest evidence to why that evidence is no answer, in a few words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from assistant.evidence.finding import Found
from assistant.questions.parts import names
from assistant.records import Article, Filters, Quote, show_day
from assistant.store.store import Store
from assistant.text import terms
from assistant.text.dates import expressions
from assistant.wording import say

LATER = timedelta(days=31)  # what happened is still told about so long after
RARE = 0.4  # of the rarest a word can be: below, its absence tells nothing


def unknown_names(question: str, store: Store) -> tuple[str, ...]:
    """The names in the question that no stored article prints."""
    found = names(question)
    printed = store.printed({terms.stem(word) for name in found for word in terms.words(name)})
    return tuple(
        name for name in found if any(terms.stem(word) not in printed for word in terms.words(name))
    )


def why(
    question: str, quote: Quote, article: Article, rarity: Mapping[str, float], today: date
) -> str:
    """Why a quote near the question does not answer it: another person, time or event."""
    source = quote.source
    printed = f"{source.title} {article.text}".casefold()
    for name in names(question):
        if not any(word.casefold() in printed for word in terms.words(name)):
            return say("why_name", name=name)
    for phrase in list(expressions.phrases(question, today)):
        day = source.published.date() if source.published else None
        if day and not phrase.span.first <= day <= phrase.span.last + LATER:
            return say("why_time", day=show_day(source.published))
        question = question.replace(phrase.words, "")
    near = terms.stems(f"{source.title} {quote.text} {quote.speaker or ''} {quote.role or ''}")
    lost = {word: rarity.get(terms.stem(word), 0.0) for word in terms.words(question)}
    lost = {word: weight for word, weight in lost.items() if terms.stem(word) not in near}
    word = max(lost, key=lambda word: lost[word], default="")
    return say("why_word", word=word) if lost.get(word, 0.0) >= RARE else say("why_else")


def each(
    question: str,
    nearest: Sequence[Quote],
    articles: Mapping[str, Article],
    *,
    store: Store,
    today: date,
) -> tuple[str, ...]:
    """Why each of the nearest quotes is no answer; `articles` are those looked at, by id."""
    rarity = store.rarity(terms.terms(question))
    known = [articles.get(one.source.id, Article(one.source, one.text)) for one in nearest]
    pairs = zip(nearest, known, strict=True)
    return tuple(why(question, one, article, rarity, today) for one, article in pairs)


def missing(
    question: str, found: Sequence[Found], filters: Filters, store: Store
) -> tuple[str, ...]:
    """What has no evidence, a sentence each: unknown names, days without articles, parts."""
    told = [say("unknown_name", name=name) for name in unknown_names(question, store)]
    if not any(one.quotes or one.nearest for one in found):
        told += _outside(filters)
    if len(found) > 1 and any(one.quotes for one in found):
        told += [say("missing_part", part=one.question) for one in found if not one.quotes]
    return tuple(told)


def _outside(filters: Filters) -> Iterator[str]:
    """That nothing was published in the days asked for."""
    since, until = show_day(filters.since), show_day(filters.until)
    if since and until:
        yield say("outside", days=f"from {since} to {until}")
    elif since or until:
        yield say("outside", days=f"since {since}" if since else f"until {until}")
