"""What an answer lacks, and why the nearest evidence is no answer, in a few words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.evidence.finding import Found
from assistant.evidence.printed_names import is_outlet, is_printed, names_it
from assistant.questions.asked_names import NO_NAMES, asked_names, in_another_language, telling
from assistant.questions.parts import as_asked
from assistant.records import Article, Filters, Quote, show_day
from assistant.store.store import Store
from assistant.text import misspelling, terms
from assistant.text.dates import expressions
from assistant.wording import say

LATER = timedelta(days=31)  # what happened is still told about so long after
RARE = 0.4  # of the rarest a word can be: below, its absence tells nothing
MANY = 10  # words of a question, beyond which one tells what it is about no longer
FEW = 8  # outlets that are listed
# Words that say what is wanted of the articles, not what these should tell.
_WANTED = NO_NAMES | frozenset(
    """gist mention mentions mentioned outlet outlets newspaper newspapers paper papers source
    sources collection statement statements detail details information info know known need needs
    want wants look looking search read reading write writes wrote written brief briefly short
    please kindly thing things kind sort way exactly really actually whats whos wheres hows
    happening agree disagree differ going get got give gave take took cause caused involved
    regarding concerning""".split()
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the question with its rarity; `stems` are those that it may be, spelt rightly."""

    word: str
    rarity: float
    stems: frozenset[str]
    certain: bool  # spelt rightly, so that it can be told that it is not there

    def is_in(self, stems: frozenset[str]) -> bool:
        """Whether one of the stems is this word's, or of its kin: "injured" and "injury"."""
        return bool(self.stems & stems) or any(
            _kin(own, other) for own in self.stems for other in stems
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question asks about: names, outlets, times, and the other words that matter."""

    names: tuple[str, ...]
    outlets: tuple[str, ...]
    unknown: frozenset[str]  # names that nothing prints
    times: tuple[expressions.Phrase, ...]
    words: tuple[Word, ...]


def unknown_names(question: str, store: Store) -> tuple[str, ...]:
    """The names in the question that surely no stored article prints."""
    return tuple(name for name in asked_names(question) if not is_printed(name, store))


def why(asked: Asked, quote: Quote, article: Article) -> str:
    """Why a quote near the question does not answer it: another person, time or event."""
    source = quote.source
    whole = f"{source.title}\n{source.author}\n{article.text}"
    if asked.outlets and not any(is_outlet(name, source.publisher) for name in asked.outlets):
        return say("why_outlet")
    for name in asked.names:
        if name in asked.unknown or not names_it(name, whole):
            return say("why_name", name=name)
    day = source.published.date() if source.published else None
    near = terms.stems(quote.text)
    for phrase in asked.times:
        # "In January 2022 ...", printed a year later, tells of that time.
        told = near.issuperset(terms.terms(phrase.words))
        if day and not told and not phrase.span.first <= day <= phrase.span.last + LATER:
            return say("why_time", day=show_day(source.published))
    held = terms.stems(f"{whole}\n{quote.speaker or ''} {quote.role or ''}")
    lost = [word for word in asked.words if not word.is_in(held)]
    if not asked.words and not asked.names:
        return say("why_near")
    most = max(lost, key=lambda word: word.certain * word.rarity, default=None)
    few = len(asked.words) <= MANY
    if few and most and most.certain and most.rarity >= RARE:
        return say("why_word", word=most.word)
    return say("why_far" if lost and len(lost) == len(asked.words) else "why_else")


def each(
    question: str,
    nearest: Sequence[Quote],
    articles: Mapping[str, Article],
    *,
    store: Store,
    today: date,
) -> tuple[str, ...]:
    """Why each of the nearest quotes is no answer; `articles` are those looked at, by id."""
    asked = _read(question, store, today)
    known = [articles.get(one.source.id, Article(one.source, one.text)) for one in nearest]
    return tuple(why(asked, one, of) for one, of in zip(nearest, known, strict=True))


def _read(question: str, store: Store, today: date) -> Asked:
    typed = as_asked(question)
    if any(_weighs(word) for word in terms.words(typed)):
        question = typed  # what it took up is the topic, and was not asked
    found = asked_names(question)
    printed = store.publishers()
    outlets = tuple(name for name in found if any(is_outlet(name, one) for one in printed))
    names = tuple(name for name in found if name not in outlets)
    unknown = frozenset(name for name in names if not is_printed(name, store))
    times = tuple(expressions.phrases(question, today))
    for phrase in (*(phrase.words for phrase in times), *outlets):
        question = question.replace(phrase, " ")
    for name in names:  # of a name its last word is enough
        question = question.replace(name, telling(name)[-1])
    return Asked(names, outlets, unknown, times, tuple(_words(question, store)))


def _weighs(word: str) -> bool:
    plain = word.casefold().replace("’", "'")
    return plain not in terms.STOP and plain not in _WANTED and "'" not in plain


def _words(question: str, store: Store) -> Iterator[Word]:
    """The words of the question that its answer would hold; no words of time, none misspelt."""
    if in_another_language(question):
        return
    chosen = {word: terms.stem(word) for word in terms.words(question) if _weighs(word)}
    rarity = store.rarity(set(chosen.values()))
    held = store.printed(set(chosen.values()))
    for word, stem in chosen.items():
        if stem in held:
            yield Word(word, rarity[stem], frozenset({stem}), certain=True)
        elif len(word) > 3 and not any(
            misspelling.nearly(word, small) for small in terms.STOP | _WANTED
        ):
            alike = [one for one in store.beginning(stem[0]) if misspelling.nearly(stem, one)]
            yield Word(word, rarity[stem], frozenset({stem, *alike}), certain=not alike)


def _is_small(word: str) -> bool:
    """Whether it is, misspelt, a word that says nothing of what is asked about."""
    return any(misspelling.nearly(terms.fold(word), one) for one in terms.STOP | _WANTED)


def _kin(one: str, other: str) -> bool:
    """Whether two stems are forms of one word: they begin alike, or differ in a letter."""
    few = min(len(one), len(other))
    begins = next((n for n in range(few) if one[n] != other[n]), few)
    if begins == few >= 3 and abs(len(one) - len(other)) <= 2:
        return True
    return few >= 4 and (begins >= max(5, 0.8 * few) or misspelling.nearly(one, other))


def missing(
    question: str, found: Sequence[Found], filters: Filters, store: Store
) -> tuple[str, ...]:
    """What has no evidence, a sentence each: unknown names, outlets, days, parts."""
    shown = [quote for one in found for quote in one.quotes]
    told = [
        say("unknown_name", name=name)
        for name in unknown_names(question, store)
        if not any(names_it(name, _told_by(quote)) for quote in shown)
    ]
    if not shown:
        told += _outside(filters, store)
    elif len(found) > 1:
        told += [
            say("missing_part", part=as_asked(one.question)) for one in found if not one.quotes
        ]
    return tuple(told)


def _told_by(quote: Quote) -> str:
    source = quote.source
    return "\n".join(
        (quote.text, quote.speaker or "", source.title, source.publisher, source.author)
    )


def _outside(filters: Filters, store: Store) -> Iterator[str]:
    """That there is no such outlet, or nothing in the days asked for."""
    printed = store.publishers() if filters.publishers else []
    known = {name.casefold(): name for name in printed}
    strange = [name for name in filters.publishers if name.casefold() not in known]
    if strange:
        told = say("no_outlet", outlets=_listed(strange, "or"))
        if 0 < len(printed) <= FEW:
            told += " " + say("known_outlets", outlets=_listed(sorted(printed), "and"))
        yield told
    days = _days(filters)
    if not days or (strange and len(strange) == len(filters.publishers)):
        return
    if store.allowed(filters):
        return
    if filters.publishers:
        own = [known[name.casefold()] for name in filters.publishers if name not in strange]
        yield say("outlet_outside", outlets=_listed(own, "or"), days=days)
    elif any(source.published is None for source in store.sources()):
        yield say("undated_outside", days=days)
    else:
        yield say("outside", days=days)


def _days(filters: Filters) -> str:
    since, until = show_day(filters.since), show_day(filters.until)
    if since and until:
        return f"on {since}" if since == until else f"from {since} to {until}"
    return f"since {since}" if since else f"until {until}" if until else ""


def _listed(names: Sequence[str], joined: str) -> str:
    """ "A, B and C", each on one line."""
    plain = [re.sub(r"\s+", " ", name).strip() or "“”" for name in names]
    return f" {joined} ".join(part for part in (", ".join(plain[:-1]), plain[-1]) if part)
