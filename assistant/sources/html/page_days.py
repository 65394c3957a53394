"""When a page says it was published and updated, with hour and zone where it prints them.

What is told to machines goes first (JSON-LD, meta, itemprop), then <time>, then bylines and
"Updated" lines. A day of updating never passes for the one of publication.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from assistant.sources import written_days
from assistant.sources.cleaning.clean_text import one_line
from assistant.sources.html import page_tree
from assistant.sources.html.page_data import PageData

_PUBLISHED_METAS = (
    "article:published_time article:published og:published_time og:article:published_time "
    "datepublished date_published pubdate publishdate publish-date publish_date publication_date "
    "published-date parsely-pub-date sailthru.date cxenseparse:recs:publishtime dc.date.issued "
    "dcterms.created dcterms.issued dc.date dcterms.date citation_publication_date date "
    "article.published originalpublicationdate rnews:datepublished"
).split()
_UPDATED_METAS = (
    "article:modified_time og:updated_time article:modified article:updated_time datemodified "
    "date_modified dcterms.modified dc.date.modified last-modified lastmod revised "
    "article.updated rnews:datemodified"
).split()
_UPDATED = re.compile(
    r"\b(?:updated?|last (?:updated|modified|edited|changed)|modified|revised|corrected|amended"
    r"|edited"
    r"|aktualisiert|geändert|letzte änderung|stand|mis à jour|modifié|maj|mise à jour"
    r"|actualizad[oa]"
    r"|modificad[oa]|última actualización|aggiornat[oa]|ultimo aggiornamento|modificat[oa]"
    r"|atualizad[oa]"
    r"|última atualização|bijgewerkt|gewijzigd|laatste update|uppdaterad|ändrad|opdateret|oppdatert"
    r"|zaktualizowano|aktualizacja|обновлено|изменено|оновлено|güncelle\w*|son güncelleme"
    r"|aktualizov\w+"
    r"|actualizat)\b|更新|تحديث",
    re.I,
)
_PUBLISHED = re.compile(
    r"\b(?:published|posted|first published|created|issued|released|veröffentlicht|erschienen"
    r"|publiziert|publié|publicad[oa]|pubblicat[oa]|gepubliceerd|geplaatst|publicerad|publiceret"
    r"|publisert"
    r"|opublikowano|опубликовано|опубліковано|yayın\w*|publikován\w*|publicat)\b|发布|公開|نشر",
    re.I,
)
_BYLINE = re.compile(
    r"byline|dateline|\bdate|meta|published|posted|timestamp|time\b|updated|author", re.I
)
_ON = re.compile(r"^[\s:,–—-]*(?:on|at|am|le|el|il|em|op|den|dnia|в)?\b[\s:]*", re.I)
_BY = re.compile(r"(?:by|von|par|por|di|door|av|af)\s[^\d]{3,80}?,\s(?=\S)", re.I)
_LINE = 200  # characters: a longer line is no byline
_IN_URL = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?:/|-|$)")
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})[/-](\d{1,2})[/-]\d{2,4}(?!\d)")
_MOST_CHARACTERS = 1_000_000
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_STAMP = 60  # characters of a line that is a day and no more
_HAS_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_MOST = 200
_YEARS = range(1800, 2200)
_HAS_DAY = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Days:
    """When an article was published and updated, None where the page does not say."""

    published: datetime | None = None
    updated: datetime | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """What tells day from month on this page."""

    first: bool | None

    def read(self, words: str) -> datetime | None:
        """The moment that words of the page stand for."""
        plain = one_line(words[:_LINE])
        try:
            found: datetime | None = datetime.fromisoformat(plain)
        except ValueError:
            found = written_days.read(plain, first=self.first)
        return found if found and found.year in _YEARS else None


def read(tree: Any, data: PageData, *, language: str, url: str, guessed: str = "") -> Days:
    """The days of the page's article; `guessed` is what a library makes of the whole page."""
    metas = _metas(tree)
    lines = list(_lines(tree))
    stamps = [*metas.values(), *(line for _, line in lines)]
    order = Order(written_days.day_first(language, urlsplit(url).hostname or "", stamps))
    changed = _all(
        order,
        [*_named(metas, _UPDATED_METAS), data.updated, *_props(tree, "dateModified")],
        (line for kind, line in lines if kind == "updated"),
    )
    told = _all(
        order,
        [*_named(metas, _PUBLISHED_METAS[:4]), data.published, *_props(tree, "datePublished")],
        _named(metas, _PUBLISHED_METAS[4:]),
        (line for kind, line in lines if kind == "published"),
        (line for kind, line in lines if kind == "day"),
        _in_path(url),
    )
    guess = order.read(guessed) if guessed else None
    return _settled(told, changed, None if guess and _is_doubted(guess, tree, order) else guess)


def _is_doubted(guess: datetime, tree: Any, order: Order) -> bool:
    """Whether a guessed day is another article's, or could be two."""
    for one in tree.xpath("//body//time[@datetime]")[:_MOST]:
        found = order.read(str(one.get("datetime")))
        if found and _same_day(found, guess) and _is_aside(one):
            return True
    swapped = (guess.month, guess.day)
    if order.first is not None or guess.day > 12 or guess.day == guess.month:
        return False
    printed = _NUMBERS.findall(page_tree.words_of(tree)[:_MOST_CHARACTERS])
    return any((int(one), int(two)) in (swapped, swapped[::-1]) for one, two in printed)


def _settled(told: list[datetime], changed: list[datetime], guess: datetime | None) -> Days:
    updated = _finest(changed)
    published = _finest(told)
    if published is None and guess and not any(_same_day(guess, one) for one in changed):
        published = guess
    if published and updated and _at(updated) < _at(published):
        # An older day cannot be the update of a newer one.
        updated = None if _same_day(published, updated) else updated
        if updated:
            published, updated = updated, published
    if updated == published:
        updated = None
    return Days(published, updated)


def _finest(found: list[datetime]) -> datetime | None:
    """The first moment, or one of the same day that knows its hour or zone."""
    if not found:
        return None
    same = [one for one in found if _same_day(one, found[0])]
    return max(same, key=lambda one: (_has_hour(one), one.utcoffset() is not None))


def _has_hour(one: datetime) -> bool:
    return (one.hour, one.minute, one.second) != (0, 0, 0)


def _same_day(one: datetime, other: datetime) -> bool:
    return one.date() == other.date()


def _at(one: datetime) -> datetime:
    return one if one.utcoffset() is not None else one.replace(tzinfo=UTC)


def _all(order: Order, *places: Iterable[str]) -> list[datetime]:
    words = (one for place in places for one in place if one and _HAS_DAY.search(one))
    return [found for found in map(order.read, words) if found]


def _metas(tree: Any) -> dict[str, str]:
    metas = tree.xpath("//meta[@content and (@property or @name or @itemprop)]")[: 5 * _MOST]
    return {
        str(one.get("property") or one.get("name") or one.get("itemprop")).lower(): str(
            one.get("content")
        )[:_LINE]
        for one in reversed(metas)
    }


def _named(metas: dict[str, str], names: Iterable[str]) -> list[str]:
    return [metas[name] for name in names if name in metas]


def _props(tree: Any, name: str) -> list[str]:
    """The values of an itemprop, first those of no comment or other article."""
    found = tree.xpath(f"//*[contains(@itemprop, '{name}')]")[:_MOST]
    values = [one.get("datetime") or one.get("content") or page_tree.words_of(one) for one in found]
    return [str(value)[:_LINE] for value in values[:1]]


def _lines(tree: Any) -> Iterator[tuple[str, str]]:
    """What is printed of days near the top of the article: (published, updated or day, words)."""
    body = tree.find("body")
    if body is None:
        return
    for one in body.xpath(".//time | .//*[@class or @id]")[: 20 * _MOST]:
        if _is_aside(one):
            continue
        names = f"{one.get('class', '')} {one.get('id', '')}"[:300]
        if one.tag != "time" and not _BYLINE.search(names):
            continue
        words = one_line(page_tree.words_of(one)[: 2 * _LINE])
        if len(words) > _LINE or (not words and not one.get("datetime")):
            continue
        if one.tag == "time":
            yield _time(one, words, names)
        else:
            yield from _parts(words, names)
    yield from _plain_lines(body)


def _time(one: Any, words: str, names: str) -> tuple[str, str]:
    """A <time>, with the words before it that tell what kind of day it is."""
    parent = one.getparent()
    before = one.getprevious()
    led = (before.tail or before.text_content()[-60:]) if before is not None else parent.text
    near = (names, one.get("itemprop", ""), parent.get("class", ""), led or "", words)
    around = " ".join(near)[:400]
    day = str(one.get("datetime") or words)
    return (_kind(around) if one.get("pubdate") is None else "published", day)


def _parts(words: str, names: str) -> Iterator[tuple[str, str]]:
    """The days of a line such as "By A B | Published 3 May 2026, updated 4 May 2026, 10:00"."""
    for kind, part in _cut(words):
        yield (kind or _kind(names), part)


def _cut(words: str) -> Iterator[tuple[str, str]]:
    """A line cut where a word of publishing or updating begins another day."""
    marks = sorted(
        [(found.start(), "updated") for found in _UPDATED.finditer(words)]
        + [(found.start(), "published") for found in _PUBLISHED.finditer(words)]
    )
    starts = [0, *(at for at, _ in marks)]
    kinds = ["", *(kind for _, kind in marks)]
    for start, end, kind in zip(starts, [*starts[1:], len(words)], kinds, strict=True):
        piece = words[start:end]
        if _HAS_DAY.search(piece):
            for part in re.split(r"\s[|•·]\s|\s[–—-]\s", piece):
                yield kind, _bare(part)


def _bare(part: str) -> str:
    """A part without the word that leads it and the name before its day."""
    plain = _UPDATED.sub(" ", _PUBLISHED.sub(" ", part))
    plain = _ON.sub("", plain)
    named = _BY.match(plain)
    return plain[named.end() :] if named else plain


def _kind(names: str) -> str:
    plain = _HUMP.sub(" ", names).replace("-", " ").replace("_", " ")
    if _UPDATED.search(plain):
        return "updated"
    return "published" if _PUBLISHED.search(plain) else "day"


def _plain_lines(body: Any) -> Iterator[tuple[str, str]]:
    """Short lines that are a day, or begin with a word of publishing or updating."""
    for one in body.iter("p", "div", "span", "li", "small", "em", "i", "td", "address", "font"):
        own = [one.text or "", *(part.tail or "" for part in itertools.islice(one, 4))]
        raw = " ".join(own)[:_LINE].strip()
        if not (_HAS_YEAR.search(raw) or _UPDATED.match(raw) or _PUBLISHED.match(raw)):
            continue
        text = one_line(raw)
        if len(text) <= _STAMP and _HAS_YEAR.search(text) and not _is_aside(one):
            if text[-1:] != "." and len(text.split()) <= 10:
                yield from ((kind or "day", part) for kind, part in _cut(text))
            continue
        found = (_UPDATED.match(text) or _PUBLISHED.match(text)) if text else None
        if found and not _is_aside(one):
            words = one_line(page_tree.words_of(one)[: 2 * _LINE])
            if len(words) <= _LINE // 2:
                yield from _cut(words)


def _is_aside(one: Any) -> bool:
    """Whether it stands in a list, another article or a comment: a day of something else."""
    articles = 0
    for above in one.iterancestors():
        names = f"{above.get('class', '')} {above.get('id', '')}"[:300].lower()
        articles += above.tag == "article"
        if above.tag in ("li", "nav", "footer", "aside", "blockquote") or articles > 1:
            return True
        if re.search(
            r"\b(?:related|recommend|comment|sidebar|teaser|live-?(?:blog|update|post))", names
        ):
            return True
    return False


def _in_path(url: str) -> list[str]:
    found = _IN_URL.search(urlsplit(url).path) if url else None
    return [f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"] if found else []
