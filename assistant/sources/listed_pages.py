"""What feeds and sitemaps have in common: they list pages, with what they say of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin

from assistant.sources.cleaning.clean_text import one_line
from assistant.sources.metadata import canonical

MOST_BYTES = 5_000_000  # of a feed: a thousand entries with their whole texts
MOST_TAGS = 200_000  # of a feed: feedparser may need ten seconds for as many
MOST_ENTRIES = 1_000  # of a feed: whoever lists more wants pages called up, not read


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed (RSS, Atom or JSON) at an address or in a file; `outlet` is how to name its outlet.

    Without `outlet` it is what each page says, else the feed's own title.
    """

    url: str
    outlet: str = ""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder that the store is to hold the articles of: what leaves it leaves the store."""

    path: str


@dataclass(frozen=True, slots=True)
class Opml:
    """A list of feeds, as feed readers export it, in a file."""

    path: str


@dataclass(frozen=True, slots=True)
class Sitemap:
    """A site's list of its pages; with `since`, only what changed on that day or later."""

    url: str
    since: date | None = None
    outlet: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A page that a feed or sitemap lists: its address, and what is said of it, "" for nothing.

    `named` is the outlet's name as the person gave it: it counts, whatever the page says. `text`
    is what the feed itself holds of the page, often as HTML; `id` is what it calls the entry.
    """

    url: str
    title: str = ""
    author: str = ""
    outlet: str = ""
    published: str = ""
    named: str = ""
    text: str = ""
    id: str = ""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """What a feed lists: the entries in its order, and why others cannot be followed.

    `alone` are entries that have no page, but a text.
    """

    title: str = ""
    entries: tuple[Entry, ...] = ()
    skipped: tuple[str, ...] = ()
    alone: tuple[Entry, ...] = ()


def address(link: object, base: str) -> str:
    """A link as the whole address it stands for; "" for none that can be fetched."""
    if not isinstance(link, str) or not link.strip():
        return ""
    try:
        found = urljoin(base, link.strip())
    except ValueError:
        return ""
    return found if canonical(found) else ""


def listing(title: str, entries: Iterable[tuple[str, Entry]]) -> Listing:
    """The listing of (link as it was given, entry), each page once."""
    known: dict[str, Entry] = {}
    skipped: list[str] = []
    alone: list[Entry] = []
    for link, entry in entries:
        if entry.url:
            known.setdefault(canonical(entry.url), entry)
        elif entry.text.strip() and len(alone) < MOST_ENTRIES:
            alone.append(entry)
        else:
            skipped.append(_no_link(link, entry.title))
    found = tuple(known.values())
    if len(found) > MOST_ENTRIES:
        more = number_of(len(found) - MOST_ENTRIES, "entry", "entries")
        skipped.append(f"{more} after the first {MOST_ENTRIES:,}: left out")
    return Listing(one_line(title)[:200], found[:MOST_ENTRIES], tuple(skipped), tuple(alone))


def number_of(count: int, one: str, several: str) -> str:
    """ "1 page", "1,200 pages"."""
    return f"{count:,} {one if count == 1 else several}"


def _no_link(link: str, title: str) -> str:
    of = f"the entry {title[:80]!r}" if title else "an entry without a title"
    return f"{of} has no link" if not link else f"{of} has a link that is no address: {link[:80]!r}"


def texts(values: Iterable[object]) -> Iterator[str]:
    """Those of the values that are words."""
    return (value for value in values if isinstance(value, str) and value.strip())
