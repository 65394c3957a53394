"""From a reference manager's file (RIS, BibTeX) to Articles: the files it names, or abstracts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from assistant.sources.build_article import Found
from assistant.sources.character_encoding import decode
from assistant.sources.exports import bibtex, references, ris
from assistant.sources.files import build_told
from assistant.sources.files.bounded_unpacking import need
from assistant.sources.files.build_told import Beside


def read_ris(raw: bytes, where: str, beside: Beside) -> Iterator[Found]:
    """Yield each entry's place ("file.ris, entry 3") and article; raises `BadArticle`."""
    need("rispy", "references")
    yield from _read(ris.entries, raw, where, beside)


def read_bibtex(raw: bytes, where: str, beside: Beside) -> Iterator[Found]:
    """Yield each entry's place ("file.bib, entry 3") and article; raises `BadArticle`."""
    need("bibtexparser", "references")
    yield from _read(bibtex.entries, raw, where, beside)


def _read(
    entries: Callable[[str], list[dict[str, Any]]], raw: bytes, where: str, beside: Beside
) -> Iterator[Found]:
    text = decode(raw).replace("\r\n", "\n").replace("\r", "\n")
    found = enumerate(entries(text), 1)
    told = ((f"{where}, entry {number}", references.csl(each)) for number, each in found)
    yield from build_told.read(told, where, beside)
