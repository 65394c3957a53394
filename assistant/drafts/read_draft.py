"""From a file, or standard input, to the text of a draft; and from it to what is looked at.

Marks of Markdown are looked through, and keep their places: all offsets are the text's.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from assistant.errors import BadSetting
from assistant.sources.build_article import Skipped
from assistant.sources.character_encoding import decode
from assistant.sources.files import front_matter
from assistant.sources.files.read_files import read

STDIN = "-"
_PLAIN = (".txt", ".md", ".markdown")
_BUILT = (".html", ".htm", ".docx", ".pdf")
_LINK = re.compile(r"(!?\[)([^\[\]\n]{0,500})(\]\([^()\s]{0,2000}(?:\s\"[^\"\n]{0,300}\")?\))")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,1000}>")
_MARKS = re.compile(r"\*{1,3}|__|~~|^[ \t]*#{1,6}[ \t]|^[ \t]*[-*+][ \t]+(?=\S)", re.MULTILINE)


def read_draft(where: str, most_bytes: int) -> str:
    """The text of the draft at `where`, "-" for standard input.

    Raises `BadSetting` for what is no draft, `BadArticle` for what cannot be read as text.
    """
    if where == STDIN:
        return _text(_bounded(sys.stdin.buffer.read(most_bytes + 1), where, most_bytes))
    path = Path(where)
    if not path.is_file():
        raise BadSetting(f"There is no file {where}. Name a draft, or - for standard input.")
    ending = path.suffix.lower()
    if ending in _PLAIN:
        return _text(_bounded(_bytes(path, most_bytes), where, most_bytes))
    if ending not in _BUILT:
        kinds = " ".join((*_PLAIN, *_BUILT))
        raise BadSetting(f"{where} is no kind of draft that is read here. Read are: {kinds}")
    found = next(read(where, most_bytes=most_bytes), None)
    if found is None or isinstance(found, Skipped):
        raise BadSetting(f"{where} cannot be read: {found.reason if found else 'it is empty'}.")
    article = found[1]
    if article.text.startswith(article.source.title):
        return article.text
    return f"{article.source.title}\n\n{article.text}"


def looked_at(draft: str) -> str:
    """The draft as it is looked at, of the same length: links without addresses, no marks."""
    shown = _LINK.sub(lambda one: _blank(one[1]) + one[2] + _blank(one[3]), draft)
    shown = _TAG.sub(lambda one: _blank(one[0]), shown)
    return _MARKS.sub(lambda one: _blank(one[0]), shown)


def _blank(text: str) -> str:
    return "\u200b" * len(text)


def _bytes(path: Path, most_bytes: int) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(most_bytes + 1)
    except OSError as error:
        raise BadSetting(
            f"{path} cannot be read: {(error.strerror or str(error)).lower()}."
        ) from error


def _bounded(raw: bytes, where: str, most_bytes: int) -> bytes:
    if len(raw) > most_bytes:
        raise BadSetting(f"{where} has more than {most_bytes:,} bytes. Check it in parts.")
    return raw


def _text(raw: bytes) -> str:
    """The words of a text or Markdown file, the title of its front matter above them."""
    text = decode(raw).replace("\r\n", "\n").replace("\r", "\n")
    fields, below = front_matter.split(text)
    title = str(fields.get("title") or "")
    return f"{title}\n\n{below.lstrip()}" if title else below
