"""From an HTML page to an Article. The only file that knows trafilatura.

It is asked first; where it finds less than a good part of the page's own words, the parts that
may hold the story are tried, and what the page tells machines; the most words are taken.
"""

from __future__ import annotations

import copy
import logging
import re
from dataclasses import dataclass
from typing import Any

from assistant.errors import BadArticle
from assistant.records import Article
from assistant.sources.build_article import article, headline_of, too_large, without_title
from assistant.sources.character_encoding import decode_page
from assistant.sources.cleaning.clean_text import clean, one_line
from assistant.sources.html import (
    choosing,
    live_blog,
    page_authors,
    page_data,
    page_days,
    page_tree,
    saved_page,
    story,
)

logger = logging.getLogger("assistant.sources")

_NOTHING = (
    "no article text found in this page: it may need a browser to show its text; "
    "save the text as .txt"
)
_RULE = re.compile(r"[|\s:-]*-{3}[|\s:-]*")
_OPTIONS: dict[str, Any] = {
    "fast": True,  # what it falls back on is slow, and ours is to be asked then
    "favor_precision": True,
    "include_tables": True,
    "include_comments": False,
    "with_metadata": False,
}
_DATES = {"extensive_search": False, "original_date": True}
_MOST_PARTS = 20_000  # of a page: with more, the library takes a minute
_NOISY = ("trafilatura", "htmldate", "courlan")


def read(raw: bytes, where: str, *, charset: str = "", url: str = "") -> Article:
    """Return the article in a page's bytes; raises `BadArticle`. Nothing is fetched.

    `charset` is what a server said of them, `url` where it is from if the page does not say.
    """
    for name in _NOISY:  # what matters of their warnings is in our reason
        logging.getLogger(name).setLevel(logging.CRITICAL)
    page = decode_page(raw, charset=charset)
    try:
        return _read(page, where, url)
    except BadArticle:
        raise
    except Exception as error:  # whatever a hostile page does to its reader, the batch goes on
        logger.info("a fault while reading %s", where, exc_info=True)
        raise BadArticle(_NOTHING) from error


def read_saved(raw: bytes, where: str, *, most_bytes: int) -> Article:
    """Return the article in the bytes of an .mhtml file; raises `BadArticle`."""
    saved = saved_page.unpack(raw)
    if len(saved.page) > most_bytes:
        raise BadArticle(too_large(len(saved.page), most_bytes))
    return read(saved.page, where, charset=saved.charset, url=saved.url)


@dataclass(frozen=True, slots=True)
class _Told:
    """What a page says of its article."""

    title: str
    publisher: str
    author: str
    url: str
    days: page_days.Days


def _read(page: str, where: str, url: str) -> Article:
    tree = page_tree.parse(page)
    if tree is None:
        raise BadArticle(_NOTHING)
    data = page_data.read(tree)
    told = _told(tree, data, page, url)
    updates = live_blog.parts(tree, data)
    page_tree.tidy(tree, [part.element for part in updates if part.element is not None])
    title = data.title if updates and data.title else told.title
    found = choosing.choose(tree, data, _first(tree), title=title)
    text = _live(tree, updates, found.text, title) if updates else found.text
    text = clean(text, where=where).text
    if not text:
        raise BadArticle(_NOTHING)
    if found.way != choosing.FIRST:
        logger.info("text of %s found by: %s", where, found.way)
    title, text = (title, without_title(text, title)) if title else headline_of(text)
    return article(
        title=title,
        text=text,
        publisher=told.publisher,
        author=told.author,
        url=told.url,
        published=told.days.published,
        updated=told.days.updated,
        incomplete=found.incomplete,
        where=where,
    )


def _told(tree: Any, data: page_data.PageData, page: str, url: str) -> _Told:
    import trafilatura  # slow to import

    meta: Any = trafilatura.extract_metadata(copy.deepcopy(tree), date_config=dict(_DATES))
    address = saved_page.address(page) or url
    title = one_line(meta.title or "") or data.title
    days = page_days.read(
        tree,
        data,
        language=page_tree.language(tree),
        url=meta.url or data.url or address,
        guessed=meta.date or "",
    )
    return _Told(
        title=title,
        publisher=meta.sitename or data.publisher,
        author=page_authors.read(tree, data, guessed=meta.author or "", title=title),
        url=meta.url or address or data.url,
        days=days,
    )


def _first(tree: Any) -> str:
    """What trafilatura takes for the story, in paragraphs; "" where it finds none."""
    import trafilatura  # slow to import

    if sum(1 for _ in tree.iter()) > _MOST_PARTS:
        return ""
    try:
        found: Any = trafilatura.bare_extraction(copy.deepcopy(tree), **_OPTIONS)
    except Exception:  # a library's fault is no reason to give up the page
        return ""
    return _paragraphs(found.text or "") if found else ""


def _live(tree: Any, updates: list[live_blog.Part], whole: str, title: str) -> str:
    """What stands above the updates of a live blog, and the updates."""
    body = tree.find("body")
    held = [part.element for part in updates if part.element is not None]
    inside = {one for element in held for one in element.iter()}
    every = story.trimmed(story.blocks(body), title=title) if body is not None else []

    def words(part: live_blog.Part) -> str:
        if part.element is None:
            return choosing.plain(part.text)
        part.element.tag = "div"  # one that is an item of a list is no line of one
        own = story.trimmed(story.blocks(part.element), title=part.title)
        return story.rendered([one for one in own if one.text != part.stamp])

    parts = live_blog.told(updates, words)
    above = [
        block
        for block in every
        if block.is_prose
        and block.element not in inside
        and story.shared(block.text, parts) < 0.8 * block.words
        and " ".join(block.text.split()) in " ".join(whole.split())
    ]
    return "\n\n".join(filter(None, (story.rendered(above), parts)))


def _paragraphs(text: str) -> str:
    """Trafilatura's lines as paragraphs; items and table rows stay together, a line each."""
    paragraphs: list[str] = []
    together = False
    for line in text.split("\n"):
        row = line.strip()
        if _RULE.fullmatch(row):
            continue
        is_item = row.startswith(("- ", "|"))
        if row.startswith("- "):
            row = f"• {row[2:]}"
        paragraphs += ["" if together and is_item else "\n", row.strip("| "), "\n"]
        together = is_item
    return "".join(paragraphs)
