"""From a request to the articles that it asks for by outlet, author, headline or day of print.

A wrong filter hides the answer: a name filters only where the words around it can hardly mean
anything else. An outlet may as well be what a story is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from assistant.questions.asked_headlines import PIECES, Headline, headline, phrases
from assistant.questions.named_sources import AUTHOR, OUTLET, Mention, days, named
from assistant.questions.source_patterns import IS_OF, IS_TOLD, MARKS, PATTERNS
from assistant.records import Filters, Source
from assistant.store.store import Store
from assistant.text.dates.calendar import Span
from assistant.text.plain_names import PIECE, plain

PASSAGES = 50  # that are read to tell whether others print an outlet's or author's name
TITLES, TITLE = 100, 20.0  # passages looked at, and how much a word in the title counts
FEW = 3  # outlets or titles that a step lists
ONE = timedelta(days=1)

_COMPARED = re.compile(
    r"\b(?:differ|compar|versus|vs\b|both\b|(?:dis)?agree|contradict|same\b|whereas)", re.I
)
_BETWEEN = r"[\W_]+"  # the pieces of a name
_QUOTED = re.compile(r"[\"“„«][^\"“”«»„]*[\"”»“]")
_DID = "did|does|do|has|had|have|what"
_SMALL = "in|by|from|of|for|on|dated|according to"
_WHO_IS = re.compile(r"\W*who(?:[’']?s| is| was)\b", re.IGNORECASE)
# Of the day of an event, and not of print.
_EVENT = re.compile(
    r"\b(?:happen\w*|occur\w*|place|began|begin\w*|started|held|born|died|killed)\s+(?:on|in)\s*\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """The articles that a request asks for: empty where it names no source.

    `articles` are ids: of those that bear a headline, or that an outlet or author printed on the
    day named. `words` are the request's words that say so, `headline` the headline in it.
    """

    publishers: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    headline: str = ""

    def __bool__(self) -> bool:
        return bool(self.publishers or self.authors or self.articles)


def understand(request: str, store: Store, today: datetime) -> Asked:
    """What the request asks for by outlet, author, headline and day of print."""
    outlets, authors = store.publishers(), store.authors()
    found = named(request, outlets, authors)
    title = headline(request, _titles(request, store), source=bool(found))
    if not found and not title:
        return Asked()
    view = _View(request, found, title, tuple(days(request, today.date())))
    meant = [one for one in view.names if _is_meant(one, view, store)]
    if not meant and not title:
        return Asked()
    return _resolved(view, meant, store)


def _titles(request: str, store: Store) -> dict[str, str]:
    """The titles that may stand in the request, by the ids of their articles."""
    if not (words := phrases(request)):
        return {}
    keys = [key for key, _ in store.by_words(words, TITLES, Filters(), title=TITLE)]
    sources = [passage.source for passage in store.passages(keys).values()]
    return {source.id: source.title for source in sources}


class _View:
    """A request with its names, days and headline, as the patterns read it."""

    def __init__(
        self,
        request: str,
        found: Sequence[Mention],
        title: Headline | None,
        dates: tuple[Mention, ...],
    ) -> None:
        self.request, self.title = request, title
        quoted = [match.span() for match in _QUOTED.finditer(request)]
        self.names = [
            one
            for one in found
            if not (title and _overlap(one, title))
            and not any(start < one.start and one.end < end for start, end in quoted)
        ]
        self.dates = [one for one in dates if not any(_overlap(one, name) for name in self.names)]
        if title:
            self.dates = [one for one in self.dates if not _overlap(one, title)]

    def around(self, name: Mention) -> str:
        """The request with each mention as one character, `name` as the one looked at."""
        parts = [(one.start, one.end, self._mark(one, name)) for one in self.names]
        parts += [(one.start, one.end, MARKS["#"]) for one in self.dates]
        if self.title:
            parts.append((self.title.start, self.title.end, MARKS["~"]))
        text = self.request
        for start, end, mark in sorted(parts, reverse=True):
            text = text[:start] + mark + text[end:]
        me, others = MARKS["@"], MARKS["%"] + MARKS["&"]
        # "The Herald and the Wire report": what is said of one is said of both.
        text = re.sub(rf"{me}((?:\s*,|\s+(?:and|or))\s+[{others}])+", me, text)
        return re.sub(rf"([{others}](?:\s*,|\s+(?:and|or))\s+)+{me}", me, text)

    @staticmethod
    def _mark(one: Mention, name: Mention) -> str:
        return MARKS["@" if one is name else "%" if one.kind == OUTLET else "&"]


def _overlap(one: Mention, other: Mention | Headline) -> bool:
    return one.start < other.end and other.start < one.end


def _is_meant(name: Mention, view: _View, store: Store) -> bool:
    """Whether the request asks for articles of this outlet or author."""
    text = view.around(name)
    if IS_TOLD.search(text) or (name.kind == AUTHOR and _WHO_IS.match(text)):
        return False
    if name.kind == AUTHOR and not name.full:  # the last name alone: "Roe's article"
        one = len(set(name.names)) == 1 and PATTERNS[AUTHOR, False].search(text)
        return bool(one) and not _others_print(name, view.request, store)
    if name.kind == OUTLET and not name.full and view.request[name.start : name.end].islower():
        return bool(PATTERNS[OUTLET, None].search(text))  # "the mirror" is one on a wall
    others = [one for one in view.names if one.kind == OUTLET and one is not name]
    if name.kind == OUTLET and others and _COMPARED.search(text):
        return True
    if PATTERNS[name.kind, False].search(text):
        return True
    light = PATTERNS[name.kind, True].search(text) and not IS_OF.search(text)
    return bool(light) and not _others_print(name, view.request, store)


def _others_print(name: Mention, request: str, store: Store) -> bool:
    """Whether articles of others print the name, so that it may be what is told about.

    Of an outlet's last word alone also as that of another name: "the Derwent Courier".
    """
    pieces = PIECE.findall(request[name.start : name.end].removeprefix("the ").removeprefix("The "))
    phrase = " ".join(pieces)
    printed = re.compile(rf"\b{_BETWEEN.join(map(re.escape, pieces))}\b", re.IGNORECASE)
    whole = {plain(one.removeprefix("The ")) for one in name.names}
    short = plain(phrase) not in whole
    own = re.compile("|".join(map(re.escape, sorted(name.names, key=len, reverse=True))))
    keys = [key for key, _ in store.by_words(f'"{phrase}"', PASSAGES, Filters(), title=1.0)]
    for passage in store.passages(keys).values():
        source = passage.source
        by = source.publisher if name.kind == OUTLET else source.author
        text = f"{source.title}\n{passage.text}"
        if short:
            text = own.sub(" ", text)
        found = [match[0] for match in printed.finditer(text)]
        if by not in name.names and any(not one.islower() for one in found):
            return True
    return False


def _resolved(view: _View, meant: Sequence[Mention], store: Store) -> Asked:
    """The articles asked for: what is named together, as far as there is such an article."""
    publishers = _names(meant, OUTLET)
    authors = _names(meant, AUTHOR)
    words = [view.request[one.start : one.end] for one in meant]
    by = Filters(publishers=publishers, authors=authors)
    if authors and publishers and not store.sources(by):
        publishers, authors = (), authors  # who wrote it is known better than where
        by = Filters(authors=authors)
    asked = Asked(publishers, authors, words=tuple(words))
    if view.title:
        headed = _headed(view.title, by, store)
        titles = tuple(dict.fromkeys(one.title for one in headed))
        quoted = view.request[view.title.start : view.title.end]
        ids = _with_copies([one.id for one in headed], by, store)
        return Asked(publishers, authors, ids, titles, tuple(words), quoted)
    if meant and len(view.dates) == 1:
        return _of_the_day(asked, view, meant, by, store)
    return asked


def _names(meant: Sequence[Mention], kind: str) -> tuple[str, ...]:
    found = (name for one in meant if one.kind == kind for name in one.names)
    return tuple(dict.fromkeys(found))


def _headed(title: Headline, by: Filters, store: Store) -> list[Source]:
    """The articles with the headline, those of the outlet or author named if there are any."""
    own = store.sources(replace(by, articles=title.articles))
    return own or store.sources(Filters(articles=title.articles))


def _with_copies(ids: Sequence[str], by: Filters, store: Store) -> tuple[str, ...]:
    families = store.families(ids)
    copies = (one.id for family in families.values() for one in family if by.admits(one))
    return tuple(dict.fromkeys((*ids, *copies)))


def _of_the_day(
    asked: Asked, view: _View, meant: Sequence[Mention], by: Filters, store: Store
) -> Asked:
    """What the outlets or authors published on the one day that the request names, if anything."""
    day = view.dates[0]
    if _EVENT.search(view.request[: day.start]):
        return asked
    # "A report on the fire on 3 March": printed then, or on the next day.
    beside = any(_beside(day, one, view.request) for one in meant)
    more = timedelta(0) if beside or day.spans[0].first != day.spans[0].last else ONE
    found = [
        one
        for one in store.sources(by)
        if any(_printed_in(one, Span(span.first, span.last + more)) for span in day.spans)
    ]
    if not found:
        return asked
    titles = tuple(dict.fromkeys(one.title for one in found))
    words = (*asked.words, view.request[day.start : day.end])
    return Asked(asked.publishers, asked.authors, tuple(one.id for one in found), titles, words)


def _beside(day: Mention, name: Mention, request: str) -> bool:
    """Whether no more than a few small words stand between the day and the name."""
    first, last = sorted((day, name), key=lambda one: one.start)
    between = re.sub(
        rf"\b(?:{PIECES}|of|from|on|the|in|dated|what|had)\b", "", request[first.end : last.start]
    )
    return len(re.findall(r"\w{2,}", between)) == 0


def _printed_in(source: Source, span: Span) -> bool:
    """Whether it was published in these days, by its own clock or in UTC."""
    moment = source.published
    if moment is None:
        return False
    return any(
        span.first <= day <= span.last for day in (moment.date(), moment.astimezone(UTC).date())
    )


def narrow(filters: Filters, asked: Asked) -> Filters:
    """The filters with what the request asks for; as given, where nothing is of both."""
    if not asked:
        return filters
    given = {name.casefold() for name in filters.publishers}
    both = tuple(one for one in asked.publishers if not given or one.casefold() in given)
    if asked.publishers and not both:
        return filters
    return replace(
        filters,
        publishers=both or filters.publishers,
        authors=asked.authors or filters.authors,
        articles=asked.articles or filters.articles,
    )


def steps(asked: Asked) -> Iterator[str]:
    """What the answer's steps say of it."""
    if asked:
        said = filter(None, (*asked.words, asked.headline))
        why = ", ".join(f"“{words}”" for words in said)
        yield f"Only {called(asked)}, for the words {why}"


def called(asked: Asked) -> str:
    """The articles asked for, as they are called: "articles by the Harbour Wire"."""
    if asked.articles:
        shown = [f"“{title}”" for title in asked.titles]
        return f"the {'article' if len(shown) == 1 else 'articles'} {_listed(shown)}"
    names = [_listed(some) for some in (asked.authors, asked.publishers) if some]
    return f"articles by {', '.join(names)}"


def without(request: str, words: Sequence[str]) -> str:
    """The request without these words of it: "What did it report?", "Sum up the piece"."""
    if not words:
        return request
    bare = request
    for one in words:
        name = re.escape(one)
        bare = re.sub(rf"\b({_DID})\s+{name}(?!['’])", r"\1 it", bare)
        bare = re.sub(rf"(?:\b(?:{_SMALL})\s+)?(?:\bthe\s+)?{name}(?:['’]s?)?", " ", bare)
    bare = re.sub(r"\s+([?.!,;:]|$)", r"\1", " ".join(bare.split()))
    return bare if PIECE.search(bare) else request


def _listed(names: Sequence[str]) -> str:
    if len(names) > FEW:
        return f"{', '.join(names[:FEW])} and {len(names) - FEW} more"
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
