"""From a letter to its texts, one a language, and to the letters that are attached to it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from assistant.errors import BadArticle
from assistant.sources.character_encoding import decode

_MOST_PARTS = 200
_DEEPEST = 10
# Encodings of text. Others of Python's take the square of the length (punycode) or run on.
_CHARSET = re.compile(
    r"(?:utf|iso|windows|cp|koi8|gb|big5|euc|shift|us|latin|mac|tis)[-_]?[\w-]{0,20}", re.I
)
_TEXTS = ("text/plain", "text/html")


@dataclass(slots=True)
class Piece:
    """One text of a letter, as plain words and as HTML, in UTF-8; b"" where one is missing."""

    plain: bytes = b""
    html: bytes = b""
    language: str = ""


@dataclass(slots=True)
class Parts:
    """The texts of a letter in their order, and the letters attached to it."""

    pieces: list[Piece] = field(default_factory=list)
    letters: list[Any] = field(default_factory=list)


def of(letter: Any) -> Parts:
    """The parts of a letter; raises `BadArticle` for one of too many."""
    found = Parts()
    seen = 0
    # Each with its depth, and the alternatives it is one of.
    waiting: list[tuple[Any, int, list[Piece] | None]] = [(letter, 0, None)]
    while waiting:
        part, depth, group = waiting.pop()
        seen += 1
        if seen > _MOST_PARTS or depth > _DEEPEST:
            raise BadArticle("a letter of too many parts: save its text as .txt")
        kind = part.get_content_type()
        if kind == "message/rfc822" and depth:
            found.letters.extend(each for each in _children(part) if each is not part)
        elif part.is_multipart():
            if kind == "multipart/alternative":
                group = []
            waiting.extend((each, depth + 1, group) for each in reversed(_children(part)))
        elif kind in _TEXTS and part.get_content_disposition() != "attachment":
            _add(found, part, kind, group)
    return found


def _children(part: Any) -> list[Any]:
    payload = part.get_payload()
    return payload if isinstance(payload, list) else []


def _add(found: Parts, part: Any, kind: str, group: list[Piece] | None) -> None:
    """Add a text: as another form of one in its group, or a text of its own."""
    content = _content(part)
    if not content.strip():
        return
    language = str(part.get("content-language", "")).strip().lower()[:20]
    name = "plain" if kind == "text/plain" else "html"
    for piece in found.pieces if group is None else group:
        is_open = not getattr(piece, name) and language == piece.language
        if is_open and (group is not None or _is_same(piece, content)):
            setattr(piece, name, content)
            return
    if group is not None and any(
        getattr(piece, name) and piece.language == language for piece in group
    ):
        return  # the same again
    piece = Piece(language=language)
    setattr(piece, name, content)
    found.pieces.append(piece)
    if group is not None:
        group.append(piece)


def _is_same(piece: Piece, content: bytes) -> bool:
    """Are most words of the one in the other: two forms of a text, not said to be such?"""
    one, other = (
        set(re.findall(rb"[\w\x80-\xff]{4,}", each))
        for each in (piece.plain or piece.html, content)
    )
    return len(one & other) * 2 > min(len(one), len(other))


def _content(part: Any) -> bytes:
    """The part's text as UTF-8, in its declared encoding where that fits."""
    raw: bytes = part.get_payload(decode=True) or b""
    charset = part.get_content_charset() or "utf-8"
    try:
        return raw.decode(charset if _CHARSET.fullmatch(charset) else "utf-8").encode()
    except (LookupError, UnicodeError):
        return decode(raw).encode() if raw.strip() else b""
