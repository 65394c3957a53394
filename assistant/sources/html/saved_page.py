"""Pages that a browser saved whole: `.mhtml`, SingleFile, and a page with its folder of files."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from email import message_from_bytes, policy
from typing import Any

from assistant.errors import BadArticle
from assistant.sources.metadata import canonical

_HEAD = 8_192
# The comment that SingleFile, or a browser that saves a page with its files, puts at the top.
_SAVED = re.compile(
    r"<!--\s*(?:Page saved with SingleFile\s*url:\s*|saved from url=\(\d+\))(\S{1,2000})", re.I
)
# What browsers call the folder of a saved page's pictures, in their languages.
_BESIDE = re.compile(
    r"(.+?)(?:[_-](?:files|dateien|fichiers|archivos|file|bestanden|filer|pliki|soubory|arquivos"
    r"|ficheiros|tiedostot|dosyalar)|\.files)",
    re.I,
)
_MOST_PARTS = 5_000
_DEEPEST = 10
_LONGEST_HEADER = 2_000
_HEADERS = policy.compat32


@dataclass(frozen=True, slots=True)
class Saved:
    """The page within a saved file: its bytes, the encoding told of them, and its address."""

    page: bytes
    charset: str = ""
    url: str = ""


def address(page: str) -> str:
    """The address that a saved page was saved from, "" where it does not say."""
    found = _SAVED.search(page[:_HEAD])
    return canonical(found[1]) if found else ""


def unpack(raw: bytes) -> Saved:
    """The page in the bytes of an .mhtml file; raises `BadArticle`."""
    try:
        whole = message_from_bytes(raw, policy=_HEADERS)
        url = str(whole.get("snapshot-content-location") or "")[:_LONGEST_HEADER].strip()
        part = _page(whole, url)
    except BadArticle:
        raise
    except Exception as error:  # a damaged header raises anything
        raise BadArticle("cannot be read as a saved page: save it again, as .html") from error
    if part is None:
        raise BadArticle("no page in this file: save it again, as .html")
    body = part.get_payload(decode=True) or b""
    place = str(part.get("content-location") or "")[:_LONGEST_HEADER].strip()
    charset = str(part.get_content_charset() or "")
    return Saved(bytes(body), charset, canonical(url or place))


def _page(whole: Any, url: str) -> Any:
    """The part that is the page: the one at its address, else the first that is HTML."""
    first, waiting, parts = None, [(whole, 0)], 0
    while waiting:
        part, depth = waiting.pop()
        parts += 1
        if parts > _MOST_PARTS or depth > _DEEPEST:
            raise BadArticle("a saved page of too many parts: save it again, as .html")
        if part.is_multipart():
            waiting.extend((each, depth + 1) for each in reversed(part.get_payload()))
        elif part.get_content_type() in ("text/html", "application/xhtml+xml"):
            if url and str(part.get("content-location", "")).strip() == url:
                return part
            first = part if first is None else first
    return first


def is_beside(folder: str, names: Sequence[str]) -> bool:
    """Whether a folder holds the pictures and frames of a page saved beside it."""
    found = _BESIDE.fullmatch(folder)
    stems = {name.rpartition(".")[0] for name in names if name.lower().endswith((".html", ".htm"))}
    return bool(found) and found[1] in stems if found else False
