"""From an address to the article on its page, or why there is none.

A page is trusted to name its own address only within its own site: no outlet can overwrite, or
remove, what was read from another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

from assistant.errors import BadArticle, NotFetched
from assistant.records import Article, Outcome
from assistant.sources.build_article import Gone, Item, Same, Skipped, article, first_words
from assistant.sources.character_encoding import decode_page
from assistant.sources.files import html_page, plain_text
from assistant.sources.metadata import canonical
from assistant.sources.stored import Stored, Visit
from assistant.sources.web import allowed_addresses
from assistant.sources.web.allowed_addresses import shown
from assistant.sources.web.web_client import Page, Web

_HTML = ("text/html", "application/xhtml+xml", "application/xml", "text/xml", "")
_ADVICE = {
    "application/pdf": "a PDF: save its text as .txt and add the file",
    "application/json": "JSON: save it as .jsonl, one article a line, and add the file",
    "application/rss+xml": "a feed, not an article: give the addresses of its articles",
    "application/atom+xml": "a feed, not an article: give the addresses of its articles",
}
_STORED = ("added", "updated", "unchanged")


def fetch(
    web: Web,
    url: str,
    stored: Stored,
    *,
    title: str = "",
    publisher: str = "",
    author: str = "",
    published: str = "",
) -> Item:
    """The article at `url`, or why there is none; never raises for what a page or server does.

    `title`, `publisher`, `author` and `published` are used where the page does not say. What
    tells later whether the page has changed is left with `web`, until `noting` sees it stored.
    """
    try:
        asked = str(allowed_addresses.parse(url))
        before = _before(asked, stored)
        got = _get(web, asked, before)
        if got.status == 404:
            return Skipped(url, _not_there(before or _at(got.url, stored)))
        if got.status == 410:
            return _gone(url, got, before)
        if got.status == 304 and before:
            web.visits[url] = _again(before, got)
            return Same(url, before.article_id)
        made = _article(got, url)
        made = _completed(
            made, got, title=title, publisher=publisher, author=author, published=published
        )
    except (NotFetched, BadArticle) as error:
        return Skipped(url, str(error))
    source = made.source
    web.visits[url] = Visit(
        asked, source.id, got.url, source.sha256, got.etag, got.last_modified, got.status
    )
    return url, made


def noting(web: Web, stored: Stored, outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    """The outcomes; the visit behind each is remembered once its article is stored for certain."""
    for outcome in outcomes:
        visit = web.visits.pop(outcome.where, None)
        if visit is not None and outcome.status in _STORED:
            stored.visits.note(replace(visit, article_id=outcome.id))
        yield outcome


def _before(asked: str, stored: Stored) -> Visit | None:
    """The visit before, when the article is stored as it was read then."""
    visit = stored.visits.get(asked)
    source = stored.source(visit.article_id) if visit else None
    return visit if visit and source and source.sha256 == visit.sha256 else None


def _get(web: Web, asked: str, before: Visit | None) -> Page:
    if before is None:
        return web.get(asked)
    got = web.get(asked, etag=before.etag, last_modified=before.last_modified)
    if got.status == 304 and got.url != before.found:
        # The address leads elsewhere by now: what has not changed there was never read.
        return web.get(asked)
    return got


def _again(before: Visit, got: Page) -> Visit:
    return replace(
        before,
        etag=got.etag or before.etag,
        last_modified=got.last_modified or before.last_modified,
        status=304,
    )


def _at(url: str, stored: Stored) -> bool:
    return stored.source(canonical(url)) is not None


def _not_there(is_stored: object) -> str:
    if is_stored:
        return "the page is not there any more (404): the article read from it before is kept"
    return "there is no such page (404): check the address"


def _gone(where: str, got: Page, before: Visit | None) -> Item:
    """What a site says is gone is removed, when it is that site's own article."""
    id = before.article_id if before else canonical(got.url)
    if allowed_addresses.same_site(got.url, id):
        return Gone(where, id)
    return Skipped(
        where,
        f"{shown(got.url)} says it is gone for good (410), but the article read from this address "
        f"is another site's and is kept: remove it by its id, {id}",
    )


def _article(got: Page, where: str) -> Article:
    if not got.body.strip():
        raise BadArticle("an empty page: open it in a browser, and save its text as .txt")
    if got.content_type == "text/plain":
        return plain_text.read(decode_page(got.body, charset=got.charset).encode(), where)
    if got.content_type in _HTML:
        return html_page.read(got.body, where, charset=got.charset)
    told = _ADVICE.get(
        got.content_type, f"{shown(got.content_type)}: save its text as .txt and add the file"
    )
    raise BadArticle(f"not a web page but {told}")


def _completed(
    made: Article, got: Page, *, title: str, publisher: str, author: str, published: str
) -> Article:
    """The article with an address it has a right to, and what its page does not say of itself."""
    source = made.source
    host = (urlsplit(got.url).hostname or "").removeprefix("www.")
    untitled = source.title == first_words(made.text)
    return article(
        title=title if title and untitled else source.title,
        text=made.text,
        publisher=source.publisher or publisher or host,
        author=source.author or author,
        url=_own(source.url, got.url),
        published=source.published or published,
        updated=source.updated,
        fetched=datetime.now(UTC),
        incomplete=source.incomplete,
        where=got.url,
    )


def _own(claimed: str, found: str) -> str:
    """The address that a page claims, where it may; else the one it was found at.

    A front page is nobody's canonical address but its own: sites that name it on every page would
    keep one article.
    """
    is_front = not urlsplit(claimed).path.strip("/") and not urlsplit(claimed).query
    if claimed and allowed_addresses.same_site(claimed, found) and not is_front:
        return claimed
    return canonical(found)
