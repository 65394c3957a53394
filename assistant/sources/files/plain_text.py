"""From a plain text file to its Article, or to those of a press database's export.

The first line is the title when it reads like one.
"""

from __future__ import annotations

from collections.abc import Iterator

from assistant.errors import BadArticle
from assistant.records import Article
from assistant.sources.build_article import Found, article, headline_of, too_large, without_title
from assistant.sources.character_encoding import decode
from assistant.sources.cleaning.clean_text import clean
from assistant.sources.exports import press_text
from assistant.sources.files import build_told, wire_copy

_BEGINNING = 200_000  # bytes in which an export of many documents shows that it is one


def read(raw: bytes, where: str) -> Article:
    """Return the article in a text file's bytes; raises `BadArticle`."""
    return _one(decode(raw), where)


def read_all(raw: bytes, where: str, *, most_bytes: int) -> Iterator[Found]:
    """Yield each document's place ("file.txt, document 2") and article; raises `BadArticle`."""
    beginning = raw[:_BEGINNING].decode("utf-8", "replace").replace("\r", "\n")
    if len(raw) > most_bytes and not press_text.may_be(beginning):
        raise BadArticle(too_large(len(raw), most_bytes))
    text = decode(raw).replace("\r\n", "\n").replace("\r", "\n")
    told = press_text.told(text)
    if told:
        several = len(told) > 1
        numbered = (
            (f"{where}, document {number}" if several else where, each)
            for number, each in enumerate(told, 1)
        )
        yield from build_told.read(numbered, where, build_told.nothing_beside)
        return
    if len(raw) > most_bytes:
        raise BadArticle(too_large(len(raw), most_bytes))
    yield where, _one(text, where)


def _one(text: str, where: str) -> Article:
    wire = wire_copy.unwrapped(text, where)
    if wire is None:
        title, words = headline_of(clean(text, where=where).text)
        return article(title=title, text=words, where=where)
    words = clean(wire.text, where=where).text
    title, words = (
        (wire.title, without_title(words, wire.title)) if wire.title else headline_of(words)
    )
    return article(title=title, text=words, author=wire.author, where=where)
