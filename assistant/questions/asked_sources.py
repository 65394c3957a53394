"""From a request to the articles that it asks for by outlet, author, headline or day of print.

A wrong filter hides the answer: a name filters only where the words around it can hardly mean
anything else. An outlet may as well be what a story is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from assistant.questions.asked_headlines import PIECES, WRITTEN, Headline, asks_for_one, headline
from assistant.questions.named_sources import AUTHOR, OUTLET, Mention, days, named
from assistant.records import Filters, Source
from assistant.store.store import Store
from assistant.text.dates import calendar
from assistant.text.dates.calendar import Span
from assistant.text.plain_names import PIECE

PASSAGES = 50  # that are read to tell whether others print an outlet's or author's name
FEW = 3  # outlets or titles that a step lists
ONE = timedelta(days=1)

# In a pattern: @ is the name looked at, % another outlet, & another author, # a day, ^ a headline.
_MARKS = {"@": "\ue000", "%": "\ue001", "&": "\ue002", "#": "\ue003", "~": "\ue004"}
_WORD = r"[\w#%’'&.-]+"
_OF = r"['’]?s?"  # "the Gazette's", "the gazettes"
# What may stand before a name of whom is told, and not who tells: "told the Gazette".
_NOT = (
    r"\b(?:tell|tells|told|telling|not|except|but|besides|excluding|unlike|other than|rather than"
    r"|apart from|instead of)\s+(?:(?:in|by|from|of)\s+)?@(?!['’])"
)
_MONEY = (
    "shares?|stakes?|jobs?|invest\\w*|faith|trust|confidence|cuts?|editors?|journalists?|staff"
    "|reporters?|changes?|interest|work(?:s|ed|ing)?|employed|photo\\w*|pictures?|adverts?|ads?"
)
_WRITES = r"(?:reported|reports|wrote|writes|recounts|recounted|filed|covered|covers)"
_WRITE = r"(?:report|reported|write|written|recount|cover|tell)"
_PRINTS = r"(?:ran|runs|carried|carries|printed|published|says|said|calls|called|describes)"
_PRINT = (
    r"(?:say|said|print\w*|publish\w*|run|carry|carried|(?:have|had) (?:on|about)|call|quote\w*"
    r"|claim\w*|describe\w*|explain\w*|mention\w*|state|note)"
)
# An outlet that no other prints anything of is the source in any of these; else only in the first.
_SHORT = (
    rf"@['’]s?\s+(?:{_WORD}\s+){{0,3}}?{PIECES}\b",
    rf"@\s+(?:#\s+)?(?:{_WORD}\s+){{0,2}}?{PIECES}\b",
    rf"\b{PIECES}[\s,]+(?:(?:that|which|was|were|appeared|published|printed|carried|run|#)[\s,]+)"
    r"{0,3}(?:in|by|from|at)\s+@",
)
_STRONG = (
    *_SHORT,
    rf"\b(?:did|does|do|has|had|have)\s+@\s+(?:\w+ly\s+)?{_WRITE}\b(?!\s+to\b)",
    rf"(?<!was )(?<!were )@\s+(?:\w+ly\s+)?{_WRITES}\b(?!\s+to\b)",
    r"\b(?:according to|per|via|source:?)\s+@",
    r"\bwhat(?:[’']?s| is| was| stood| stands)\s+in\s+@",
    rf"@{_OF}[\s,(]*(?:of|from|on|for|dated)?[\s,]*#",
    rf"#[\s,]*(?:(?:in|by|from)\s+)?@",
    rf"@{_OF}[\s,:]*~",
    r"~[\s,(]*(?:(?:in|by|from|of)\s+)?@",
    rf"&{_OF}[\s,(]+(?:(?:in|for|of|at)\s+)?(?:{PIECES}\s+(?:in|for)\s+)?@",
    rf"@{_OF}\s+&",
    rf"&.*\bfor\s+@",
    rf"@{_OF}[\s,:(]*&",
)
_LIGHT = (
    rf"\b(?:did|does|do|has|had|have)\s+@\s+(?:\w+ly\s+)?{_PRINT}\b",
    rf"(?<!was )(?<!were )@\s+(?:\w+ly\s+)?{_PRINTS}\b",
    r"@\s+(?:had|has)\s+(?:an?|another|on|something|anything|nothing|the)\b",
    r"\b(?:written|printed|published|reported|carried|appeared|appears|ran|read|said|stood|says"
    r"|stands|mentioned|found|seen)\s+(?:\w+\s+)?(?:in|by|from)\s+@",
    rf"(?<!\w)(?<!share )(?<!stake )\bin\s+@",
    r"\A\W*@['’]?s?\s*(?:[,:]|on\b|about\b)",
)
_AUTHOR = (
    rf"@['’]s?\s+(?:{_WORD}\s+){{0,3}}?{WRITTEN}\b",
    rf"@['’]?s?\s+(?:%['’]?s?\s+)?(?:#\s+)?{WRITTEN}\b",
    rf"\b{WRITTEN}[\s,]+(?:{_WORD}[\s,]+){{0,5}}?by\s+@",
    r"\b(?:written|penned)\s+(?:\w+\s+){0,2}by\s+@",
    r"\b(?:anything|everything|something|all|more|latest)\s+(?:new\s+)?by\s+@",
    r"\A\W*by\s+@",
    r"(?<!was )(?<!were )@\s+(?:(?:has|had|have|also)\s+)?(?:wrote|written|writes|penned)\b"
    r"(?!\s+to\b)",
    r"\b(?:did|does|has|had|have)\s+@\s+(?:\w+ly\s+)?(?:write|written|pen)\b(?!\s+to\b)",
    r"@[\s,(]+(?:(?:in|for)\s+)?%",
    rf"%{_OF}\s+@",
)
_AUTHOR_LIGHT = (
    rf"@['’]s?\s+(?:{_WORD}\s+){{0,3}}?{PIECES}\b",
    rf"@['’]?s?\s+(?:%['’]?s?\s+)?(?:#\s+)?{PIECES}\b",
    rf"\b{PIECES}[\s,]+(?:{_WORD}[\s,]+){{0,5}}?by\s+@",
    r"\b(?:reported|covered|filed)\s+(?:\w+\s+){0,2}by\s+@",
    r"(?<!was )(?<!were )@\s+(?:(?:has|had|have|also)\s+)?(?:reported|reports|covered|covers|filed)"
    r"\b(?!\s+to\b)",
    r"\b(?:did|does|has|had|have)\s+@\s+(?:\w+ly\s+)?(?:report|cover|file)\b(?!\s+to\b)",
    rf"@\s+had\s+(?:an?|another)\s+(?:\w+\s+){{0,2}}{PIECES}\b",
    r"@.*\bfor\s+%",
)
_COMPARED = re.compile(
    r"\b(?:differ\w*|compar\w*|versus|vs\.?|both|dis?agree\w*|contradict\w*|same|whereas)\b", re.I
)
_BETWEEN = r"[\W_]+"  # the pieces of a name
_QUOTED = re.compile(r"[\"“„«][^\"“”«»„]*[\"”»“]")
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
    day named. `words` are the request's words that say so.
    """

    publishers: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.publishers or self.authors or self.articles)


NOTHING = Asked()


def understand(request: str, store: Store, today: datetime) -> Asked:
    """What the request asks for by outlet, author, headline and day of print."""
    outlets, authors = store.publishers(), store.authors()
    found = named(request, outlets, authors)
    title = None
    if asks_for_one(request):
        title = headline(request, store.titles(), bool(found))
    if not found and not title:
        return NOTHING
    view = _View(request, found, title, tuple(days(request, today.date())))
    meant = [one for one in view.names if _is_meant(one, view, store)]
    if not meant and not title:
        return NOTHING
    return _resolved(view, meant, store)


class _View:
    """A request with its names, days and headline, as the patterns read it."""

    def __init__(
        self, request: str, found: Sequence[Mention], title: Headline | None, dates: tuple[Mention, ...]
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
        parts += [(one.start, one.end, _MARKS["#"]) for one in self.dates]
        if self.title:
            parts.append((self.title.start, self.title.end, _MARKS["~"]))
        text = self.request
        for start, end, mark in sorted(parts, reverse=True):
            text = text[:start] + mark + text[end:]
        me, others = _MARKS["@"], _MARKS["%"] + _MARKS["&"]
        # "The Herald and the Wire report": what is said of one is said of both.
        text = re.sub(rf"{me}((?:\s*,|\s+(?:and|or))\s+[{others}])+", me, text)
        return re.sub(rf"([{others}](?:\s*,|\s+(?:and|or))\s+)+{me}", me, text)

    @staticmethod
    def _mark(one: Mention, name: Mention) -> str:
        return _MARKS["@" if one is name else "%" if one.kind == OUTLET else "&"]


def _overlap(one: Mention, other: Mention | Headline) -> bool:
    return one.start < other.end and other.start < one.end


def _compiled(patterns: Sequence[str]) -> re.Pattern[str]:
    joined = "|".join(f"(?:{one})" for one in patterns)
    for sign, mark in _MARKS.items():
        joined = joined.replace(sign, mark)
    return re.compile(joined, re.IGNORECASE)


_PATTERNS = {
    (OUTLET, None): _compiled(_SHORT),
    (OUTLET, False): _compiled(_STRONG),
    (OUTLET, True): _compiled((*_STRONG, *_LIGHT)),
    (AUTHOR, False): _compiled(_AUTHOR),
    (AUTHOR, True): _compiled((*_AUTHOR, *_AUTHOR_LIGHT)),
}
_IS_TOLD = _compiled([_NOT])
_IS_OF = _compiled([rf"\b(?:{_MONEY})\s+in\s+@"])


def _is_meant(name: Mention, view: _View, store: Store) -> bool:
    """Whether the request asks for articles of this outlet or author."""
    text = view.around(name)
    if _IS_TOLD.search(text) or (name.kind == AUTHOR and _WHO_IS.match(text)):
        return False
    if name.kind == AUTHOR and not name.full:  # the last name alone: "Roe's article"
        one = len(set(name.names)) == 1 and _PATTERNS[AUTHOR, False].search(text)
        return bool(one) and not _others_print(name, view.request, store)
    if name.kind == OUTLET and not name.full and view.request[name.start : name.end].islower():
        return bool(_PATTERNS[OUTLET, None].search(text))  # "the mirror" is one on a wall
    others = [one for one in view.names if one.kind == OUTLET and one is not name]
    if name.kind == OUTLET and others and _COMPARED.search(text):
        return True
    if _PATTERNS[name.kind, False].search(text):
        return True
    light = _PATTERNS[name.kind, True].search(text) and not _IS_OF.search(text)
    return bool(light) and not _others_print(name, view.request, store)


def _others_print(name: Mention, request: str, store: Store) -> bool:
    """Whether articles of others print the name, so that it may be what is told about.

    Of an outlet's last word alone also as that of another name: "the Derwent Courier".
    """
    pieces = PIECE.findall(request[name.start : name.end].removeprefix("the ").removeprefix("The "))
    phrase = " ".join(pieces)
    printed = re.compile(rf"\b{_BETWEEN.join(map(re.escape, pieces))}\b", re.IGNORECASE)
    own = re.compile("|".join(map(re.escape, sorted(name.names, key=len, reverse=True))))
    keys = [key for key, _ in store.by_words(f'"{phrase}"', PASSAGES, Filters(), title=1.0)]
    for passage in store.passages(keys).values():
        source = passage.source
        by = source.publisher if name.kind == OUTLET else source.author
        text = f"{source.title}\n{passage.text}"
        if not name.full:
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
        return Asked(publishers, authors, ids, titles, (*words, quoted))
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
    between = re.sub(rf"\b(?:{PIECES}|of|from|on|the|in|dated|what|had)\b", "", request[first.end : last.start])
    return len(re.findall(r"\w{2,}", between)) == 0


def _printed_in(source: Source, span: Span) -> bool:
    """Whether it was published in these days, by its own clock or in UTC."""
    moment = source.published
    if moment is None:
        return False
    return any(span.first <= day <= span.last for day in (moment.date(), moment.astimezone(UTC).date()))


def narrow(filters: Filters, asked: Asked) -> Filters:
    """The filters with what the request asks for; as given, where the two have nothing in common."""
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
    if not asked:
        return
    why = ", ".join(f"“{words}”" for words in asked.words)
    if asked.articles:
        shown = [f"“{title}”" for title in asked.titles]
        what = "the article" if len(shown) == 1 else "the articles"
        yield f"Only {what} {_listed(shown)}, for the words {why}"
        return
    by = [*asked.publishers]
    if asked.authors:
        by = [f"{_listed(asked.authors)}{', ' + _listed(by) if by else ''}"]
    yield f"Only articles by {_listed(by)}, for the words {why}"


def _listed(names: Sequence[str]) -> str:
    if len(names) > FEW:
        return f"{', '.join(names[:FEW])} and {len(names) - FEW} more"
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
