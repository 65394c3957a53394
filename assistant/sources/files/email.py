"""From a letter (.eml), such as a newsletter, to its Articles: its sender is the outlet.

The standard library parses; the walk and the bounds are ours, because its get_body stumbles over
damaged parts, and it takes the square of a header's length, as mail-parser does of some.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.utils import parseaddr
from typing import Any

from assistant.errors import BadArticle
from assistant.sources.build_article import (
    Found,
    Skipped,
    article,
    first_words,
    too_large,
    without_title,
)
from assistant.sources.cleaning.clean_text import clean, one_line
from assistant.sources.exports.told import listed
from assistant.sources.files import letter_parts, letter_stories, letter_text
from assistant.sources.files.letter_stories import Story
from assistant.sources.metadata import understood

_LONGEST_HEADER = 2_000  # characters: parsing one takes the square of its length
_MOST_LETTERS = 50  # attached to one
_NOTE = 80  # words of a letter that only sends another on
_HEADERS = policy.default.header_factory
_NOTHING = "no text in this letter: is it pictures or attachments?"
_MOST_OF = 0.6
_LINK = ("http://", "https://")
_FORWARDED = re.compile(r"\A(?:(?:fwd?|wg|tr|rv|i|re|aw|vs|enc)\s?:\s*)+", re.I)
# "Lotte Ambry from Tow Path Notes", as some services write it: a person, then the outlet.
_PERSON_FROM = re.compile(
    r"([A-ZÀ-Þ][\w.'’-]+(?: [A-ZÀ-Þ][\w.'’-]+){1,3}) (?:from|at|via|von) (\S.{2,80})"
)
_BYLINE = re.compile(r"(?:By|Von|Par|Por|Di|Door) ([A-ZÀ-Þ][^\d.:;!?|]{3,60})")


def read(raw: bytes, where: str, *, most_bytes: int) -> Iterator[Found]:
    """Yield the letter's article, or its stories or forwarded letters; raises `BadArticle`.

    Attachments that are no letters are not read.
    """
    if not raw.strip():
        raise BadArticle("empty file: it has no words")
    try:
        letter = message_from_bytes(raw, policy=_POLICY)
    except Exception as error:  # a damaged header raises anything
        raise BadArticle("cannot be read as a letter: is it an e-mail, saved whole?") from error
    yield from _letter(letter, where, most_bytes, depth=0)


def _letter(letter: Any, where: str, most_bytes: int, *, depth: int) -> Iterator[Found]:
    try:
        subject, sender, message_id, sent = (
            str(letter.get(name, "")) for name in ("subject", "from", "message-id", "date")
        )
        tags = listed(f"{letter.get('x-gmail-labels', '')},{letter.get('keywords', '')}")
        parts = letter_parts.of(letter)
    except BadArticle:
        raise
    except Exception as error:  # a damaged header raises anything
        raise BadArticle("cannot be read as a letter: is it an e-mail, saved whole?") from error
    if not (subject or sender or message_id):
        raise BadArticle("not a letter: it has no subject and no sender")
    size = sum(max(len(piece.plain), len(piece.html)) for piece in parts.pieces)
    if size > most_bytes:
        raise BadArticle(too_large(size, most_bytes))
    text = "\n\n".join(filter(None, (_text(piece, where) for piece in parts.pieces)))
    if parts.letters and depth == 0:
        for number, inner in enumerate(parts.letters[:_MOST_LETTERS], 1):
            place = f"{where}, letter {number}"
            try:
                yield from _letter(inner, place, most_bytes, depth=1)
            except BadArticle as error:
                yield Skipped(place, str(error))
        if len(text.split()) <= _NOTE:
            return
    if not text.strip():
        raise BadArticle(_NOTHING)
    yield from _articles(Story(one_line(subject), text, sender, sent), message_id, tags, where)


def _articles(outer: Story, message_id: str, tags: tuple[str, ...], where: str) -> Iterator[Found]:
    """The articles of a letter: what it forwards, its stories, or the one that it is."""
    inner = letter_stories.forwarded(outer.text, where)
    whole = inner or Story(_FORWARDED.sub("", outer.title), outer.text, outer.sender, outer.sent)
    author, outlet = _sender(whole.sender or outer.sender)
    text = letter_text.tidied(whole.text, where)
    sent = whole.sent if whole.sent and understood(whole.sent) else outer.sent
    own = one_line(message_id).strip("<>")
    stories = letter_stories.several(text, _FORWARDED.sub("", whole.title), outlet, where)
    for number, story in enumerate(stories, 1):
        place = f"{where}, story {number}" if len(stories) > 1 else where
        words, byline = _without_byline(clean(story.text, where=place).text, story.title)
        try:
            yield (
                place,
                article(
                    id=f"{own}#{number}" if own and len(stories) > 1 else own,
                    title=story.title or first_words(words),
                    text=words,
                    publisher=outlet,
                    author=byline or author,
                    published=sent,
                    tags=tags,
                    where=place,
                ),
            )
        except BadArticle as error:
            if len(stories) == 1:
                raise
            yield Skipped(place, str(error))


def _sender(sender: str) -> tuple[str, str]:
    """The (author, outlet) of a sender."""
    name, address = parseaddr(sender[:_LONGEST_HEADER].replace("[mailto:", "<").replace("]", ">"))
    name = one_line(name or sender.partition("<")[0]).strip("\"' ")
    if found := _PERSON_FROM.fullmatch(name):
        return found[1], found[2]
    return "", name or address


def _without_byline(text: str, title: str) -> tuple[str, str]:
    """The text without its title and the byline below it, and who that names."""
    text = without_title(text, title)
    for line in [each for each in text.split("\n")[:8] if each][:3]:
        if found := _BYLINE.fullmatch(line):
            return text.replace(f"{line}\n", "", 1).lstrip("\n"), found[1].strip()
    return text, ""


@functools.lru_cache(maxsize=64)
def _header(name: str, value: str) -> Any:
    """A header taken apart: the library does so each time that it looks at one."""
    return _HEADERS(name, value)


def _bounded(name: str, value: str) -> Any:
    return _header(name, value[:_LONGEST_HEADER])


_POLICY = policy.default.clone(header_factory=_bounded)


def _text(piece: letter_parts.Piece, where: str) -> str:
    """The words of the HTML, where it is most of the text; else the plain ones."""
    written = piece.plain.decode("utf-8", "replace")
    shown = ""
    if piece.html.strip():
        try:
            shown = letter_text.of_html(piece.html)
        except BadArticle:
            shown = ""
    return shown if _count(shown) >= _MOST_OF * _count(written) else written


def _count(text: str) -> int:
    """The words, but for addresses: a plain part prints those that HTML hides in links."""
    return sum(not word.lstrip("(<[").startswith(_LINK) for word in text.split())
