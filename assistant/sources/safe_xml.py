"""From the bytes of an XML document to its elements. Nothing it declares is believed or fetched.

A document type may be named but may bring nothing of its own: what stands before the first element
is cut off, so no parser ever sees an entity, a DTD or an address to load one from. By hand, because
defusedxml refuses harmless document types too, ends at the first damage, and counts no tags.
"""

from __future__ import annotations

import codecs
import re
import sys
import zlib
from dataclasses import dataclass
from typing import Any

from assistant.errors import BadArticle
from assistant.sources.character_encoding import BYTE_ORDER_MARKS
from assistant.sources.cleaning.clean_text import one_line

MOST_TAGS = 1_500_000  # 50,000 pages with a dozen facts each; 250 MB of memory

_MARKS = (*BYTE_ORDER_MARKS, (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_ENCODING = re.compile(rb"\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")
# Encodings of other trades, some of which take hours for a megabyte.
_NO_ENCODINGS = {"punycode", "idna", "unicode_escape", "raw-unicode-escape", "undefined", "utf-7"}
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]+)|([0-9]+));?")
_DOCTYPE = re.compile(r"<!DOCTYPE(?:[^<>\[\"']|\"[^\"]*\"|'[^']*')*+>", re.I)
_SPACE = re.compile(r"\s*")
_BEGINNING = re.compile(r"<[A-Za-z_]")


@dataclass(frozen=True, slots=True)
class Tree:
    """The elements of a document from `root` on; `broken` says what is wrong with it, if any."""

    root: Any
    broken: str = ""


def text_of(raw: bytes, charset: str = "", *, most_tags: int = MOST_TAGS) -> str:
    """Return a document's text from its first element on; raises `BadArticle`.

    `charset` is what the server said: the document's own word goes before it. A document with more
    than `most_tags` is refused: a few bytes each, they cost their reader much more.
    """
    text = _FORBIDDEN.sub("", _decoded(raw, charset)).lstrip("\ufeff")
    text = _REFERENCE.sub(_allowed, text)
    if text.count("<") > most_tags:
        raise BadArticle(f"more than {most_tags:,} tags: ask its maker for a shorter one")
    at = 0
    while True:
        at = _SPACE.match(text, at).end()  # type: ignore[union-attr]  # matches nothing too
        if text.startswith("<?", at):
            at = _after(text, "?>", at)
        elif text.startswith("<!--", at):
            at = _after(text, "-->", at)
        elif text[at : at + 9].upper() == "<!DOCTYPE":
            named = _DOCTYPE.match(text, at)
            if named is None:
                raise BadArticle(
                    "it declares entities or a document type of its own, which is not read: "
                    "ask its maker for one without <!DOCTYPE ... [ ]>"
                )
            at = named.end()
        else:
            break
    first = _BEGINNING.search(text, at)
    if first is None:
        raise BadArticle("not XML: check the address")
    return text[first.start() :]


def read(raw: bytes, charset: str = "") -> Tree:
    """Return the elements of a document; what a broken one still tells is kept, and said.

    Raises `BadArticle` when there is nothing to be had.
    """
    from lxml import etree  # slow to import, seldom needed

    source = text_of(raw, charset).encode()
    broken = ""
    for recover in (False, True):
        parser = etree.XMLParser(
            encoding="utf-8",
            resolve_entities=False,
            load_dtd=False,
            dtd_validation=False,
            no_network=True,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
            recover=recover,
        )
        try:
            root = etree.fromstring(source, parser)
        except etree.XMLSyntaxError as error:
            broken = one_line(str(error.msg).split(", try XML_PARSE_HUGE")[0])  # it quotes
            continue
        if root is not None:
            return Tree(root, broken)
    raise BadArticle(f"not well-formed XML ({broken}): check the address")


def name(element: Any) -> str:
    """An element's name without its namespace, in small letters."""
    return str(element.tag).rpartition("}")[2].lower()


def unpacked(raw: bytes, most_bytes: int) -> bytes:
    """Return what gzip packed, or `raw` as it is; never makes more than `most_bytes`.

    Raises `BadArticle` for more, for a broken and for a truncated one.
    """
    if not raw.startswith(b"\x1f\x8b"):
        return raw
    pieces: list[bytes] = []
    left = most_bytes
    while raw.startswith(b"\x1f\x8b"):
        packed = zlib.decompressobj(wbits=31)
        try:
            pieces.append(packed.decompress(raw, left + 1))
        except zlib.error as error:
            raise BadArticle(f"broken gzip ({error}): try again later") from error
        left -= len(pieces[-1])
        if left < 0:
            raise BadArticle(f"more than {most_bytes / 1e6:.0f} MB when unpacked: not read")
        if not packed.eof:
            raise BadArticle("its gzip ends too early: try again later")
        raw = packed.unused_data
    return b"".join(pieces)


def _allowed(reference: re.Match[str]) -> str:
    """A character reference that names a character XML has, else "": lxml lets surrogates in."""
    digits = reference[1] or reference[2]
    number = int(digits, 16 if reference[1] else 10) if len(digits) < 20 else sys.maxunicode + 1
    fits = 0 < number <= sys.maxunicode and not _FORBIDDEN.match(chr(number))
    return reference[0] if fits else ""


def _after(text: str, end: str, at: int) -> int:
    found = text.find(end, at)
    return len(text) if found < 0 else found + len(end)


def _decoded(raw: bytes, charset: str) -> str:
    declared = _ENCODING.match(raw[:400])
    named = declared[1].decode() if declared else charset
    encoding = next((known for mark, known in _MARKS if raw.startswith(mark)), named)
    for each in (encoding, "utf-8"):
        try:
            if codecs.lookup(each).name not in _NO_ENCODINGS:
                return raw.decode(each)
        except (LookupError, ValueError):
            continue
    return raw.decode("cp1252", errors="replace")
