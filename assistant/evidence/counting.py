"""How many articles print what a request asks to count: exact, from the word index."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.evidence import quotes
from assistant.questions.counted_words import Phrase, Unit, phrases, unit
from assistant.records import Article, Filters, Quote, Sentence
from assistant.retrieval.deduplicate import allowed
from assistant.store.store import Store
from assistant.text import sentences, terms
from assistant.text.attribution.first_names import sex_of
from assistant.wording import count, say

ALL = 1_000_000  # passages: no fewer than there are
_ENDS = '.!?“"\n'
_WORD = re.compile(r"\w+")
# Before a surname these are no first names.
_TITLES = frozenset(
    "mr mrs ms miss dr prof professor sir dame lord lady mayor minister president judge justice "
    "captain sergeant officer inspector councillor senator coach father sister doctor".split()
)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many there are of what is counted, by which `words`, and the articles, newest first.

    `told` says so in a sentence; `quotes` hold the first sentence of each that prints them.
    """

    number: int
    words: str
    told: str
    articles: tuple[Article, ...]
    quotes: tuple[Quote, ...]


def count_articles(request: str, store: Store, filters: Filters, *, limit: int) -> Counted | None:
    """The count that a request asks for; None when it names nothing that can be counted.

    At most `limit` quotes are made.
    """
    found = phrases(request)
    known = store.printed({terms.stem(word) for one in found for word in _WORD.findall(one.words)})
    printed: dict[Phrase, list[Article]] = {}
    for one in found:  # the longest of a run come first
        part = any(f" {one.words} " in f" {longer.words} " for longer in printed)
        may_be = all(terms.stem(word) in known for word in _WORD.findall(one.words))
        if may_be and not part and (held := _printing(one.words, store, filters)):
            printed[one] = held
    if not printed:
        named = next((one for one in found if one.named), None)
        return _counted([named.words], [], unit(request), store, filters, limit) if named else None
    best = min(printed, key=lambda one: _order(one, printed[one]))
    held, words = printed[best], [best.words]
    if any(_as_name(best.words, one) for one in held):
        more = _by_surname(best.words, store, filters)
        if len(more) > len(held):
            held, words = more, [best.words, _WORD.findall(best.words)[-1]]
    return _counted(words, held, unit(request), store, filters, limit)


def _order(one: Phrase, held: Sequence[Article]) -> tuple[bool, bool, int, int, int]:
    """A name that was typed as one, or is printed as one, then what stands beside "mention"; the
    longest, and of several what the fewest articles print, for the topic stands in all."""
    size = len(_WORD.findall(one.words))
    is_name = one.named or any(_as_name(one.words, article) for article in held[:3])
    return not is_name, one.beside > 1, -size, len(held), one.beside


def _as_name(words: str, article: Article) -> bool:
    """Whether an article prints the words with capitals, and not because a sentence begins."""
    text = article.text
    for match in _pattern(words).finditer(_folded(text)):
        start, end = match.span()
        printed = _WORD.findall(text[start:end])
        inside = start > 1 and text[start - 2] not in _ENDS and text[start - 1] == " "
        if (inside or len(printed) > 1) and all(one[0].isupper() for one in printed):
            return True
    return False


def _by_surname(words: str, store: Store, filters: Filters) -> list[Article]:
    """The articles that print a person's surname, if nobody else in the collection has it."""
    *first, surname = _WORD.findall(words)
    own = {terms.fold(one) for one in first}
    if not any(map(sex_of, own)):  # no person's name that is known as one
        return []
    held = _printing(surname, store, filters)
    told = re.compile(rf"(?:(\w+) )?(?<!\w){re.escape(_folded(surname))}(?!\w)(?: (\w))?")
    for article in held:
        for match in told.finditer(_folded(article.text)):
            text, end = article.text, match.start(2) - 1 if match[2] else match.end()
            is_word = text[end - len(surname)].islower()
            another = match[1] and match[1] not in {*own, *_TITLES, *terms.STOP}
            longer = match[2] and text[match.start(2)].isupper()  # "Kivela Street"
            if is_word or longer or (another and text[match.start()].isupper()):
                return []
    return held


def _printing(words: str, store: Store, filters: Filters) -> list[Article]:
    """The articles that print the words, in this order."""
    quoted = " ".join(_WORD.findall(words))
    keys = [key for key, _ in store.by_words(f'"{quoted}"', ALL, filters, title=1.0)]
    ids = {passage.source.id for passage in store.passages(keys).values()}
    pattern = _pattern(words)
    return [
        article
        for article in store.texts(ids).values()
        if not article.source.version_of and pattern.search(_folded(article.text))
    ]


def _pattern(words: str) -> re.Pattern[str]:
    parts = [re.escape(_folded(one)) for one in _WORD.findall(words)]
    return re.compile(r"(?<!\w)" + r"\W{1,3}".join(parts) + r"(?!\w)")


def _folded(text: str) -> str:
    """The text without case and accents, each letter in its place."""
    return "".join(terms.fold(one)[:1] or one for one in text)


def _counted(
    words: Sequence[str],
    held: Sequence[Article],
    of: Unit,
    store: Store,
    filters: Filters,
    limit: int,
) -> Counted:
    """The count of the articles held, which print one of the words."""
    newest = sorted(held, key=lambda one: str(one.source.published or ""), reverse=True)
    number = len(held)
    if of == "outlet":
        number = len({one.source.publisher.casefold() for one in held if one.source.publisher})
    elif of == "time":
        number = sum(len(_pattern(words[0]).findall(_folded(one.text))) for one in held)
    ids = {one.source.id for one in held}
    families = allowed(store.families(ids), filters) if held else {}
    # The first of a story's texts that print it is the one, the others are its copies.
    first = {id: next(one.id for one in family if one.id in ids) for id, family in families.items()}
    copies = sum(first[id] != id for id in first)
    verb, shown = "prints" if number == 1 else "print", " or ".join(f"“{one}”" for one in words)
    told = say("counted", number=count(number, of), verb=verb, words=shown)
    if of == "time":
        told = say("counted_times", number=count(number, of), words=shown)
    if copies:
        told += " " + say("counted_copies", copies=count(copies, "article"))
    made = tuple(_first(one, words) for one in newest[:limit])
    return Counted(number, shown, told, tuple(newest), made)


def _first(article: Article, words: Sequence[str]) -> Quote:
    """The first sentence of the article that prints the words."""
    text = _folded(article.text)
    at = next(match.start() for one in words if (match := _pattern(one).search(text)))
    spans = sentences.split(article.text)
    start, end = next((span for span in spans if span[0] <= at < span[1]), (0, len(article.text)))
    return quotes.quote(article, Sentence(article.source.id, start, end), 1.0)
