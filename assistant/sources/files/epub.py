"""From an EPUB to Articles, one a chapter, each called by its own title and the book's.

By hand, because libraries (ebooklib, fast-ebook) unpack without our bounds: 200 kB to 200 MB.
"""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import IO, Any
from urllib.parse import unquote
from zipfile import ZipFile

from assistant.errors import BadArticle
from assistant.sources.build_article import (
    Found,
    Skipped,
    article,
    first_words,
    joined,
    without_title,
)
from assistant.sources.cleaning.clean_text import clean, one_line
from assistant.sources.files import bounded_unpacking, html_text
from assistant.sources.files.bounded_unpacking import Budget
from assistant.sources.metadata import moment

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_SMALL = 2_000_000  # bytes of the files that only describe the book
_CHAPTERS = 20  # times an article's bytes, in all
_FILES = 10_000
_PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")
_SHORTEST_ID = 6  # "id" and "1" are in many books
_DC = "{http://purl.org/dc/elements/1.1/}"


@dataclass(frozen=True, slots=True)
class Book:
    """What a book says of itself, and the names of its chapters in order."""

    id: str
    title: str
    author: str
    published: datetime | None
    chapters: tuple[str, ...]
    titles: dict[str, str]


def read(file: IO[bytes], where: str, *, most_bytes: int) -> Iterator[Found]:
    """Yield each chapter's place ("book.epub, chapter 3") and article, or why it was skipped.

    A chapter's id is the book's identifier and the chapter's file; files without words (covers)
    are passed over.
    """
    try:
        budget = Budget(entries=_FILES, most_bytes=_CHAPTERS * most_bytes)
        with bounded_unpacking.zipped(file) as archive:
            book = _book(archive, budget, where)
            found = False
            for number, name in enumerate(book.chapters, 1):
                place = f"{where}, chapter {number}"
                for chapter in _chapter(archive, name, book, place, budget, most_bytes):
                    found = True
                    yield chapter
            if not found:
                yield Skipped(where, "no words in this book: it is pictures")
    except BadArticle as error:
        yield Skipped(where, str(error))
    except UnicodeDecodeError:  # lxml lets references to half characters in, and stumbles over them
        yield Skipped(where, "holds characters that are none: the file is damaged")


def _chapter(
    archive: ZipFile, name: str, book: Book, place: str, budget: Budget, most_bytes: int
) -> Iterator[Found]:
    """Yield the chapter, or why it is none; nothing for a page without words."""
    try:
        raw = bounded_unpacking.content(archive, name, budget, most_bytes=most_bytes)
        heading, text = html_text.words(raw) if raw.strip() else ("", "")
        text = clean(text, where=place).text
        if not text:
            return
        title = book.titles.get(name, "") or heading or first_words(text)
        yield (
            place,
            article(
                id=f"{book.id}#{name}",
                title=title,
                text=without_title(text, heading or title),
                publisher=book.title,
                author=book.author,
                published=book.published,
                where=place,
            ),
        )
    except BadArticle as error:
        yield Skipped(place, str(error))


def _book(archive: ZipFile, budget: Budget, where: str) -> Book:
    container = _xml(archive, _CONTAINER, budget)
    roots = [each.get("full-path") for each in container.iter("{*}rootfile")]
    if not roots or not roots[0]:
        raise BadArticle("not an EPUB: it names no book inside")
    package = _xml(archive, roots[0], budget)
    folder = posixpath.dirname(roots[0])
    items = {each.get("id"): each for each in package.iter("{*}item")}
    spine = [items.get(each.get("idref")) for each in package.iter("{*}itemref")]
    chapters = [
        _path(folder, each.get("href"))
        for each in spine
        if each is not None
        and each.get("media-type") in _PAGES
        and "nav" not in (each.get("properties") or "").split()
    ]
    if set(chapters) & _locked(archive, budget):
        raise BadArticle("protected against copying (DRM): not read")
    dates = [one_line(each.text or "") for each in package.iter(f"{_DC}date")]
    full = [date for date in dates if len(date) >= len("2022-03-08")]  # many say only a year
    book = Book(
        id=_identifier(archive, package, chapters),
        title=one_line(package.findtext(f".//{_DC}title") or ""),
        author=joined(
            filter(None, (one_line(e.text or "") for e in package.iter(f"{_DC}creator")))
        ),
        published=moment(full[0], where) if full else None,
        chapters=tuple(dict.fromkeys(chapters)),
        titles={},
    )
    return replace(book, titles=_titles(archive, items.values(), folder, budget))


def _identifier(archive: ZipFile, package: Any, chapters: list[str]) -> str:
    """The book's own identifier, else a hash of what its chapters are."""
    named = {each.get("id"): one_line(each.text or "") for each in package.iter(f"{_DC}identifier")}
    own = named.get(package.get("unique-identifier")) or next(iter(named.values()), "")
    if len(own) >= _SHORTEST_ID:
        return own[:200]
    sums = [
        (entry.filename, entry.CRC) for entry in archive.infolist() if entry.filename in chapters
    ]
    return hashlib.sha256(repr(sums).encode("utf-8", "replace")).hexdigest()[:16]


def _titles(archive: ZipFile, items: Any, folder: str, budget: Budget) -> dict[str, str]:
    """What the table of contents calls each chapter; the first name of a file counts."""
    titles: dict[str, str] = {}
    for item in items:
        is_nav = "nav" in (item.get("properties") or "").split()
        if not is_nav and item.get("media-type") != "application/x-dtbncx+xml":
            continue
        name = _path(folder, item.get("href"))
        try:
            contents = _xml(archive, name, budget)
        except BadArticle:
            continue  # chapters have headings as well
        inside = posixpath.dirname(name)
        for point in contents.iter("{*}navPoint"):
            target, label = point.find("{*}content"), point.findtext("{*}navLabel/{*}text")
            if target is not None:
                titles.setdefault(_path(inside, target.get("src")), one_line(label or ""))
        for link in contents.iter("{*}a") if is_nav else ():
            titles.setdefault(_path(inside, link.get("href")), one_line("".join(link.itertext())))
    return titles


def _locked(archive: ZipFile, budget: Budget) -> set[str]:
    """The names of the files that are encrypted inside the archive."""
    if _ENCRYPTION not in archive.namelist():
        return set()
    found = _xml(archive, _ENCRYPTION, budget)
    return {unquote(each.get("URI") or "") for each in found.iter("{*}CipherReference")}


def _xml(archive: ZipFile, name: str, budget: Budget) -> Any:
    """The root of an XML file in the archive; no entity is expanded, nothing fetched."""
    from lxml import etree  # slow to import

    raw = bounded_unpacking.content(archive, name, budget, most_bytes=_SMALL)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        root = etree.fromstring(raw, parser)
    except (etree.LxmlError, ValueError) as error:
        raise BadArticle(f"{name[:100]} in it is broken: the file is damaged") from error
    if root is None:
        raise BadArticle(f"{name[:100]} in it is broken: the file is damaged")
    return root


def _path(folder: str, href: str | None) -> str:
    return posixpath.normpath(posixpath.join(folder, unquote((href or "").split("#")[0])))
