"""From a site's own list of its pages (sitemaps.org, and Google's for news) to those pages.

By hand, because a site may send anything: a library (ultimate-sitemap-parser) makes a day of
"Tuesday", gives up at the first broken character and does not say so, and has bounds of its own.
"""

from __future__ import annotations

import calendar
import logging
import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from assistant.errors import BadArticle, NotFetched
from assistant.sources import safe_xml
from assistant.sources.build_article import Item, Same, Skipped
from assistant.sources.cleaning.clean_text import one_line
from assistant.sources.listed_pages import Entry, Sitemap, address, number_of
from assistant.sources.metadata import canonical
from assistant.sources.stored import Stored
from assistant.sources.web.web_client import Page, Web

logger = logging.getLogger("assistant.sources")

MOST_BYTES = 20_000_000  # as sent and unpacked; 50,000 pages, the protocol's bound, take 10 MB
MOST_FILES = 100  # of one site: five million pages
MOST_ENTRIES = 50_000  # of one site, over all its files; the protocol's bound for one
DEEPEST = 2  # an index may list indexes, and these only pages
_MONTH = re.compile(r"(\d{4})-(\d\d)\Z")


@dataclass(frozen=True, slots=True)
class Listed:
    """A page or another sitemap, and when it was last changed or published, where that is said.

    `whole` is the moment by which it was surely changed last: for a day alone, that day's end.
    """

    entry: Entry
    changed: datetime | None = None
    whole: datetime | None = None


@dataclass(frozen=True, slots=True)
class Map:
    """What one file lists: pages, or (an index) other files; `broken` says what is wrong."""

    pages: tuple[Listed, ...] = ()
    files: tuple[Listed, ...] = ()
    broken: str = ""


def parse(raw: bytes, url: str, charset: str = "") -> Map:
    """Return what a sitemap's bytes list, packed or not; raises `BadArticle`. Nothing is fetched.

    Addresses are resolved against `url`; what is none stays out with the broken.
    """
    tree = safe_xml.read(safe_xml.unpacked(raw, MOST_BYTES), charset)
    kind = safe_xml.name(tree.root)
    if kind in ("rss", "feed", "rdf"):
        raise BadArticle("this is a feed: add it with --feed")
    if kind not in ("urlset", "sitemapindex"):
        raise BadArticle(f"no sitemap: its first element is <{kind[:40]}>")
    found = [_listed(one, url) for one in tree.root if safe_xml.name(one) in ("url", "sitemap")]
    good = tuple(one for one in found if one.entry.url)
    amiss = [f"broken XML, read as far as it goes ({tree.broken})"] if tree.broken else []
    if len(good) < len(found):
        nowhere = number_of(len(found) - len(good), "entry", "entries")
        amiss.append(f"{nowhere} without an address")
    broken = "; ".join(amiss)
    return Map(files=good, broken=broken) if kind == "sitemapindex" else Map(good, (), broken)


@dataclass(slots=True)
class Walk:
    """Where a walk through a site's sitemaps stands."""

    sitemap: Sitemap
    waiting: deque[tuple[str, int]]
    hosts: frozenset[str] = frozenset()
    files: set[str] = field(default_factory=set)
    pages: set[str] = field(default_factory=set)
    foreign: list[str] = field(default_factory=list)
    undated: int = 0
    older: int = 0
    too_deep: int = 0
    too_many: int = 0


def follow(web: Web, sitemap: Sitemap, stored: Stored) -> Iterator[Entry | Item]:
    """Yield each page that the sitemap, and those it lists, are for; never raises for what is sent.

    A page that has not changed since it was read, as the sitemap says, is `Same` and not asked for.
    """
    walk = Walk(sitemap, deque([(sitemap.url, 0)]))
    while walk.waiting:
        url, depth = walk.waiting.popleft()
        try:
            got = _get(web, url)
            found = parse(got.body, got.url, got.charset)
        except (NotFetched, BadArticle) as error:
            yield Skipped(url, str(error))
            continue
        walk.hosts = walk.hosts or frozenset((host(url), host(got.url)))
        if found.broken:
            yield Skipped(url, found.broken)
        elif not depth and not found.pages and not found.files:
            yield Same(url, "")
        _queue(found.files, walk, depth)
        for listed in found.pages:
            if _is_wanted(listed, walk):
                entry = replace(listed.entry, named=sitemap.outlet)
                yield _same(listed, stored) or entry
    yield from _told(walk)


def _get(web: Web, url: str) -> Page:
    got = web.get(url, most_bytes=MOST_BYTES)
    if got.status != 200:
        raise NotFetched(f"there is no sitemap ({got.status}): check the address")
    return got


def _queue(files: tuple[Listed, ...], walk: Walk, depth: int) -> None:
    """Put the files that an index lists in line, as far as they are to be read."""
    for listed in files:
        url = listed.entry.url
        if canonical(url) in walk.files or is_older(listed, walk.sitemap.since):
            continue
        if not same_site(url, walk.hosts):
            walk.foreign.append(url)
        elif depth >= DEEPEST:
            walk.too_deep += 1
        elif len(walk.files) >= MOST_FILES:
            walk.too_many += 1
        else:
            walk.files.add(canonical(url))
            walk.waiting.append((url, depth + 1))


def _is_wanted(listed: Listed, walk: Walk) -> bool:
    url = canonical(listed.entry.url)
    if url in walk.pages:
        return False
    if not same_site(url, walk.hosts):
        walk.foreign.append(url)
    elif is_older(listed, walk.sitemap.since):
        walk.older += 1
    elif len(walk.pages) >= MOST_ENTRIES:
        walk.too_many += 1
    else:
        walk.pages.add(url)
        walk.undated += listed.changed is None
        return True
    return False


def _same(listed: Listed, stored: Stored) -> Same | None:
    """The page's article, when it was read after the page last changed, and is still stored so."""
    visit = stored.visits.get(listed.entry.url) if listed.whole else None
    if visit is None or listed.whole is None or datetime.fromisoformat(visit.at) <= listed.whole:
        return None
    source = stored.source(visit.article_id)
    kept = source is not None and source.sha256 == visit.sha256
    return Same(listed.entry.url, visit.article_id) if kept else None


def _told(walk: Walk) -> Iterator[Skipped]:
    """What was left out, each kind once."""
    url, since = walk.sitemap.url, walk.sitemap.since
    if walk.foreign:
        count = number_of(len(walk.foreign), "address", "addresses")
        one = walk.foreign[0][:200]
        yield Skipped(url, f"{count} of other sites, such as {one}: left out")
    if walk.too_deep:
        count = number_of(walk.too_deep, "sitemap", "sitemaps")
        yield Skipped(url, f"{count} nested more than {DEEPEST} deep: left out")
    if walk.too_many:
        bounds = f"{MOST_FILES:,} files and {MOST_ENTRIES:,} pages"
        yield Skipped(url, f"{walk.too_many:,} more than {bounds}: narrow it down with --since")
    if walk.older:
        count = number_of(walk.older, "page", "pages")
        logger.warning("%s: %s older than %s left out", url, count, since)
    if walk.undated and since is not None:
        count = number_of(walk.undated, "page", "pages")
        logger.warning("%s: %s without a date, included", url, count)


def same_site(url: str, hosts: frozenset[str]) -> bool:
    """Is this an address of one of the hosts, or of a subdomain of one?"""
    own = host(url)
    return any(own == one or own.endswith(f".{one}") for one in hosts)


def host(url: str) -> str:
    """An address's host, without a "www."."""
    return (urlsplit(canonical(url)).hostname or "").removeprefix("www.")


def is_older(listed: Listed, since: date | None) -> bool:
    """Did this change before the day `since` (in UTC)? What has no date did not."""
    if since is None or listed.changed is None:
        return False
    return listed.changed < datetime(since.year, since.month, since.day, tzinfo=UTC)


def _listed(element: Any, base: str) -> Listed:
    fields = _by_name(element)
    news = _by_name(fields.get("news", ()))
    outlet = _words(_by_name(news.get("publication", ())).get("name"))
    published = _words(news.get("publication_date"))
    lastmod = _words(fields.get("lastmod"))
    changed, first = _moment(lastmod), _moment(published)
    entry = Entry(
        url=address(_words(fields.get("loc")), base),
        title=_words(news.get("title"))[:300],
        outlet=outlet[:200],
        published=published if first else "",
    )
    # A day alone ends, somewhere on earth, half a day after it does in UTC.
    whole = changed + timedelta(hours=36) if changed and len(lastmod) <= 10 else changed
    return Listed(entry, max(filter(None, (changed, first)), default=None), whole)


def _by_name(elements: Iterable[Any]) -> dict[str, Any]:
    return {safe_xml.name(one): one for one in elements}


def _words(element: Any) -> str:
    return "" if element is None else one_line("".join(element.itertext())[:4_000])


def _moment(words: str) -> datetime | None:
    """The moment of a W3C date; a month's is its end. Quick: there may be 50,000."""
    try:
        if month := _MONTH.match(words):
            year, number = int(month[1]), int(month[2])
            last = calendar.monthrange(year, number)[1]
            return datetime(year, number, last, 23, 59, tzinfo=UTC)
        found = datetime.fromisoformat(words)
    except ValueError:
        return None
    return found if found.utcoffset() is not None else found.replace(tzinfo=UTC)
