"""From a feed (RSS, Atom, JSON Feed) to the pages it lists. The only file that knows feedparser."""

from __future__ import annotations

import calendar
import html
import io
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.errors import BadArticle, NotFetched
from assistant.records import Outcome
from assistant.sources import safe_xml
from assistant.sources.build_article import Item, Same, Skipped
from assistant.sources.cleaning.clean_text import one_line
from assistant.sources.listed_pages import (
    MOST_BYTES,
    MOST_TAGS,
    Entry,
    Feed,
    Listing,
    address,
    listing,
    texts,
)
from assistant.sources.metadata import understood
from assistant.sources.stored import Stored, Visit
from assistant.sources.web import text_in_feed
from assistant.sources.web.allowed_addresses import is_address
from assistant.sources.web.web_client import Page, Web

_NO_FEED = "not a feed (RSS, Atom or JSON Feed): give the address of the feed itself"
_TAG = re.compile(r"<[^<>]{0,500}>")
_MAIL = re.compile(r"\S+@\S+")


class Following:
    """Reads feeds, and remembers what tells next time whether a feed has anything new.

    That is noted only when every page of the feed is stored for certain: else a stop halfway, or a
    page that could not be had, would be forgotten until the feed changes again.
    """

    def __init__(self, web: Web, stored: Stored) -> None:
        self._web = web
        self._visits = stored.visits
        self._open: list[tuple[Visit, set[str]]] = []

    def follow(self, feed: Feed) -> Iterator[Entry | Item]:
        """Yield each page that the feed lists; `Same` when it has nothing new; never raises."""
        try:
            if is_address(feed.url):
                got = self._get(feed)
                if got.status == 304:
                    yield Same(feed.url, "")
                    return
                found = parse(got.body, got.url, got.charset)
                self._watch(feed, got, found)
            else:
                found = parse(_file(Path(feed.url)), "")
        except (NotFetched, BadArticle) as error:
            yield Skipped(feed.url, str(error))
            return
        yield from (Skipped(feed.url, reason) for reason in found.skipped)
        yield from (replace(entry, named=feed.outlet) for entry in found.entries)
        yield from _without_pages(feed, found)
        if not (found.entries or found.skipped or found.alone):
            yield Same(feed.url, "")

    def noting(self, outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
        """The outcomes; a feed is remembered once the last of its pages is stored."""
        for outcome in outcomes:
            for visit, left in [each for each in self._open if outcome.where in each[1]]:
                if outcome.status == "skipped":
                    self._open.remove((visit, left))
                    continue
                left.discard(outcome.where)
                if not left:
                    self._visits.note(visit)
                    self._open.remove((visit, left))
            yield outcome

    def _get(self, feed: Feed) -> Page:
        url, before = feed.url, self._visits.get(feed.url)
        if before and (before.article_id or before.sha256 != _of(feed)):
            before = None  # it was read as a page, or with another name of its outlet
        etag, last_modified = (before.etag, before.last_modified) if before else ("", "")
        got = self._web.get(url, etag=etag, last_modified=last_modified, most_bytes=MOST_BYTES)
        if got.status == 304 and before and got.url != before.found:
            got = self._web.get(url, most_bytes=MOST_BYTES)
        if got.status == 410:
            raise NotFetched("the feed is gone for good (410): take it off the list")
        if got.status == 404:
            raise NotFetched("there is no such feed (404): check the address")
        return got

    def _watch(self, feed: Feed, got: Page, found: Listing) -> None:
        left = {entry.url for entry in found.entries}
        if left and (got.etag or got.last_modified):
            visit = Visit(feed.url, "", got.url, _of(feed), got.etag, got.last_modified)
            self._open.append((visit, left))


def _without_pages(feed: Feed, found: Listing) -> Iterator[Item]:
    """Yield the article of each entry that has no page, or why it is none."""
    ids = text_in_feed.ids((entry.id for entry in found.alone), feed.url)
    for id, entry in zip(ids, found.alone, strict=True):
        where = f"{feed.url}, entry “{entry.title[:80]}”"
        made = text_in_feed.alone(replace(entry, id=id, named=feed.outlet), where)
        of = f"the entry {entry.title[:80]!r}" if entry.title else "an entry without a title"
        yield (where, made) if made else Skipped(feed.url, f"{of} has no link, and hardly a text")


def _of(feed: Feed) -> str:
    """What stands in place of an article's hash in the visit to a feed."""
    return f"feed of {feed.outlet}"


def _file(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        words = (getattr(error, "strerror", None) or str(error)).lower()
        raise BadArticle(f"the feed cannot be read: {words}") from error
    if len(raw) > MOST_BYTES:
        raise BadArticle(f"more than the {MOST_BYTES / 1e6:.0f} MB a feed may have")
    return raw


def parse(raw: bytes, url: str, charset: str = "") -> Listing:
    """Return what a feed's bytes list, links resolved against `url`; raises `BadArticle`.

    Nothing is fetched.
    """
    if raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _json(raw, url)
    return _xml(safe_xml.text_of(raw, charset, most_tags=MOST_TAGS), url)


def _xml(text: str, url: str) -> Listing:
    import feedparser  # slow to import, seldom needed

    # A stream, never bytes: feedparser would open a file of that name. The headers keep it from
    # guessing the encoding; the prologue is cut off, so there are no entities to expand.
    headers = {"content-location": url, "content-type": "application/xml; charset=utf-8"}
    try:
        found = feedparser.parse(
            io.BytesIO(text.encode()),
            response_headers=headers,
            sanitize_html=False,  # no text of a feed is shown: titles lose their tags here
            resolve_relative_uris=False,
        )
    except Exception as error:  # whatever a hostile feed does to its reader, the others go on
        raise BadArticle(_NO_FEED) from error
    if not found.version and not found.entries:
        raise BadArticle(_NO_FEED)
    title = _plain(found.feed.get("title"))
    # Inside a file, links count from where the feed says it belongs.
    base = url or address(found.feed.get("link"), "")
    return listing(title, (_entry(one, base, title) for one in found.entries))


def _entry(one: Any, base: str, outlet: str) -> tuple[str, Entry]:
    link = one.get("link") or ""
    names = [author.get("name") for author in one.get("authors", ()) if author]
    if len(names) < 2:  # as printed: feedparser takes "desk@harbour.example (Ida Holm)" apart badly
        names = [one.get("author")]
    known = [_author(name) for name in texts(names)]
    # Asked for a day of change that is not there, feedparser would give the other, and warn.
    changed = one.get("updated_parsed") if "updated_parsed" in one else None
    when = one.get("published_parsed") or changed
    return link, Entry(
        url=address(link, base),
        title=_plain(one.get("title")),
        author=", ".join(dict.fromkeys(name for name in known if name))[:300],
        outlet=outlet,
        published=_moment(when) or _written(one),
        text=_text(one),
        id=one_line(str(one.get("id") or ""))[:300],
        tags=tuple(texts(tag.get("term") for tag in one.get("tags") or ()))[:50],
    )


def _text(one: Any) -> str:
    """The longest of the texts that an entry holds of its page."""
    contents = [each.get("value") for each in one.get("content") or () if each]
    return max(texts((*contents, one.get("summary"))), key=len, default="")


def _written(one: Any) -> str:
    """A day in words that feedparser does not know, where we do."""
    days = texts((one.get("published"), one.get("updated") if "updated" in one else None))
    return next((day for day in days if understood(day)), "")


def _json(raw: bytes, url: str) -> Listing:
    try:
        found = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise BadArticle(f"not JSON, though it begins so: {_NO_FEED}") from error
    version, items = found.get("version"), found.get("items")
    if not isinstance(version, str) or "jsonfeed.org" not in version or not isinstance(items, list):
        raise BadArticle(f"JSON, but no JSON Feed: {_NO_FEED}")
    title = _plain(found.get("title"))
    base = url or address(found.get("home_page_url"), "")
    return listing(title, (_json_entry(one, base, title) for one in items if isinstance(one, dict)))


def _json_entry(one: dict[str, Any], base: str, outlet: str) -> tuple[str, Entry]:
    link = next(texts((one.get("url"), one.get("external_url"))), "")
    people = one.get("authors") if isinstance(one.get("authors"), list) else [one.get("author")]
    names = texts(person.get("name") for person in people or () if isinstance(person, dict))
    return link, Entry(
        url=address(link, base),
        title=_plain(one.get("title")),
        author=", ".join(_author(name) for name in names)[:300],
        outlet=outlet,
        published=next(texts((one.get("date_published"), one.get("date_modified"))), ""),
        text=max(texts((one.get("content_html"), one.get("content_text"))), key=len, default=""),
        id=one_line(str(one.get("id") or ""))[:300],
        tags=tuple(texts(one.get("tags") or ()))[:50],
    )


def _plain(words: object) -> str:
    """A title without tags; some feeds escape theirs twice."""
    if not isinstance(words, str):
        return ""
    return one_line(html.unescape(_TAG.sub(" ", html.unescape(words[:2_000]))))[:300]


def _author(name: str) -> str:
    """A name without its mail address: "desk@harbour.example (Ida Holm)" is Ida Holm."""
    plain = _plain(name)
    return one_line(_MAIL.sub("", plain)).strip("()<> ") if "@" in plain else plain


def _moment(parsed: Any) -> str:
    """ISO 8601 in UTC for what feedparser understood of a date."""
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC).isoformat() if parsed else ""
    except (ValueError, OverflowError, OSError, TypeError):
        return ""
