"""From a letter (.eml), such as a newsletter, to an Article: its sender is the outlet.

The standard library parses; the walk and the bounds are ours, because its get_body stumbles over
damaged parts, and it takes the square of a header's length, as mail-parser does of some.
"""

from __future__ import annotations

import re
from contextlib import suppress
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Any

from assistant.errors import BadArticle
from assistant.records import Article
from assistant.sources.build_article import article, first_words, too_large
from assistant.sources.character_encoding import decode
from assistant.sources.cleaning.clean_text import clean, one_line
from assistant.sources.files import html_page, html_text

_LONGEST_HEADER = 2_000  # characters: parsing one takes the square of its length
_MOST_PARTS = 200
_DEEPEST = 10
_HEADERS = policy.default.header_factory
_NOTHING = "no text in this letter: is it pictures or attachments?"
# Encodings of text. Others of Python's take the square of the length (punycode) or run on.
_CHARSET = re.compile(
    r"(?:utf|iso|windows|cp|koi8|gb|big5|euc|shift|us|latin|mac|tis)[-_]?[\w-]{0,20}", re.I
)
_MOST_OF = 0.6
_LINK = ("http://", "https://")


def read(raw: bytes, where: str, *, most_bytes: int) -> Article:
    """Return the article in a letter's bytes; raises `BadArticle`. Attachments are not read."""
    if not raw.strip():
        raise BadArticle("empty file: it has no words")
    try:
        letter = message_from_bytes(raw, policy=_POLICY)
        subject, sender, message_id, sent = (
            str(letter.get(name, "")) for name in ("subject", "from", "message-id", "date")
        )
        plain, html = _bodies(letter)
    except BadArticle:
        raise
    except Exception as error:  # a damaged header raises anything
        raise BadArticle("cannot be read as a letter: is it an e-mail, saved whole?") from error
    if not (subject or sender or message_id):
        raise BadArticle("not a letter: it has no subject and no sender")
    if max(len(plain), len(html)) > most_bytes:
        raise BadArticle(too_large(max(len(plain), len(html)), most_bytes))
    text = _text(plain, html, where)
    name, address = parseaddr(sender)
    return article(
        id=one_line(message_id).strip("<>"),
        title=one_line(subject) or first_words(text),
        text=text,
        publisher=name or address,
        published=sent,
        tags=f"{letter.get('x-gmail-labels', '')},{letter.get('keywords', '')}",
        where=where,
    )


def _bounded(name: str, value: str) -> Any:
    return _HEADERS(name, value[:_LONGEST_HEADER])


_POLICY = policy.default.clone(header_factory=_bounded)


def _bodies(letter: EmailMessage) -> tuple[bytes, bytes]:
    """The first plain and the first HTML part as bytes in UTF-8, b"" where there is none."""
    found = {"text/plain": b"", "text/html": b""}
    waiting: list[tuple[Any, int]] = [(letter, 0)]
    parts = 0
    while waiting:
        part, depth = waiting.pop()
        parts += 1
        if parts > _MOST_PARTS or depth > _DEEPEST:
            raise BadArticle("a letter of too many parts: save its text as .txt")
        kind = part.get_content_type()
        if part.is_multipart():
            # A letter that is forwarded as an attachment is another letter.
            if kind != "message/rfc822" or depth == 0:
                waiting.extend((each, depth + 1) for each in reversed(part.get_payload()))
        elif kind in found and not found[kind] and part.get_content_disposition() != "attachment":
            found[kind] = _content(part)
    return found["text/plain"], found["text/html"]


def _content(part: Any) -> bytes:
    """The part's text as UTF-8, in its declared encoding where that fits."""
    raw: bytes = part.get_payload(decode=True) or b""
    charset = part.get_content_charset() or "utf-8"
    try:
        return raw.decode(charset if _CHARSET.fullmatch(charset) else "utf-8").encode()
    except (LookupError, UnicodeError):
        return decode(raw).encode() if raw.strip() else b""


def _text(plain: bytes, html: bytes, where: str) -> str:
    """The HTML part's text, where it is most of the letter; else the plain one."""
    written = clean(plain.decode("utf-8", "replace"), where=where).text
    shown = whole = ""
    if html.strip():
        with suppress(BadArticle):
            whole = clean(html_text.words(html)[1], where=where).text
            shown = html_page.read(html, where).text
    # In a layout of tables a page's reader sees one story of many; all of it is the letter.
    if shown and _count(shown) >= _MOST_OF * _count(written or whole):
        return shown
    if not (written or whole):
        raise BadArticle(_NOTHING)
    return written or whole


def _count(text: str) -> int:
    """The words, but for addresses: a plain part prints those that HTML hides in links."""
    return sum(not word.lstrip("(<[").startswith(_LINK) for word in text.split())
