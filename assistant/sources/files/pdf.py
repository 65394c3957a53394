"""From a PDF to an Article. The reading itself is done by pdf_pages.py, in a bounded process."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.errors import BadArticle
from assistant.records import Article
from assistant.sources.build_article import article, headline_of, without_title
from assistant.sources.cleaning.clean_text import clean, one_line
from assistant.sources.files import pdf_pages
from assistant.sources.files.bounded_unpacking import need
from assistant.sources.files.document_properties import sensible_author, sensible_title
from assistant.sources.files.pdf_paragraphs import paragraphs
from assistant.sources.metadata import moment

_SLOW = "takes too long to read: print it to a new PDF, or save its text as .txt"
_SCANNED = "no text in this PDF: it is scanned, or pictures; run OCR on it first"
_HEADING_LINES = 6
# A page printed from a browser: its day is the day of printing.
_PRINTED = re.compile(r"Skia/PDF|wkhtmltopdf|Print To PDF|Quartz PDFContext", re.I)
_LEAST_WORDS = 5  # a scan may carry a stamp


def read(raw: bytes, where: str, *, most_bytes: int) -> Article:
    """Return the article in a PDF's bytes; raises `BadArticle`."""
    need("pypdf", "pdf")
    if not raw.strip():
        raise BadArticle("empty file: it has no words")
    told = _pages(raw, most_bytes)
    heading = one_line(told["heading"])
    pages = _apart(told["pages"], heading)
    text = clean(paragraphs(pages, where), where=where).text
    if len(text.split()) < _LEAST_WORDS:
        raise BadArticle(_SCANNED)
    title = sensible_title(told["title"]) or heading
    title, text = (title, without_title(text, title)) if title else headline_of(text)
    return article(
        title=title,
        text=text,
        author=sensible_author(told["author"]),
        published="" if _PRINTED.search(told["made_by"]) else _created(told["created"]),
        where=where,
    )


def _pages(raw: bytes, most_characters: int) -> dict[str, Any]:
    """What pdf_pages.py tells of these bytes; raises `BadArticle` with its reason or its end."""
    script, seconds = str(Path(pdf_pages.__file__)), pdf_pages.SECONDS
    # -P: this folder's names must not stand before the standard library's.
    command = [sys.executable, "-P", script, str(most_characters), str(seconds)]
    try:
        done = subprocess.run(  # nosec B603 # our own script, no word of the file's
            command,
            input=raw,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=3 * seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise BadArticle(_SLOW) from None
    try:
        told: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        # The kernel ends what has used up its time; a full memory cannot be told from other ends.
        too_slow = done.returncode == -getattr(signal, "SIGXCPU", 0) != 0
        raise BadArticle(_SLOW if too_slow else "needs too much memory: not read") from None
    if "reason" in told:
        raise BadArticle(one_line(told["reason"]))
    return told


def _apart(pages: list[str], heading: str) -> list[str]:
    """The pages, blank lines around the heading on the first: no line of it runs into the text."""
    lines = pages[0].split("\n") if pages and heading else []
    for first in range(len(lines)):
        for last in range(first, min(first + _HEADING_LINES, len(lines))):
            if one_line(" ".join(lines[first : last + 1])) == heading:
                parts = (*lines[:first], "", *lines[first : last + 1], "", *lines[last + 1 :])
                return ["\n".join(parts), *pages[1:]]
    return pages


def _created(written: str) -> datetime | None:
    """The day the file was made, when that can be one."""
    found = moment(written)
    return found if found and found.year >= 1990 and found <= datetime.now(UTC) else None
