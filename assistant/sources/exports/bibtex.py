"""From the text of a BibTeX file to its entries, as CSL names fields.

The only file that knows bibtexparser.
"""

from __future__ import annotations

import logging
import re
from typing import Any

from assistant.errors import BadArticle
from assistant.sources.exports.references import files, turned

_MOST_ENTRIES = 50_000  # an @ each; their parser needs 40 microseconds for one that is broken
_FIELDS = {
    "title": "title",
    "journal": "container-title",
    "journaltitle": "container-title",
    "booktitle": "container-title",
    "publisher": "publisher",
    "url": "URL",
    "doi": "DOI",
    "abstract": "abstract",
    "keywords": "keyword",
    "note": "note",
    "annote": "note",
}
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_COMMAND = re.compile(r"\\(?:textit|textbf|emph|textsc|texttt|href|url)\b\s*")
_LINK = re.compile(r"\\url\{([^{}]*)\}")


def entries(text: str) -> list[dict[str, Any]]:
    """The entries of a BibTeX file; raises `BadArticle` when there are none."""
    from bibtexparser.entrypoint import parse_string  # slow to import

    if text.count("@") > 4 * _MOST_ENTRIES:
        raise BadArticle(f"more than {_MOST_ENTRIES:,} entries: split the file")
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)
    try:
        library = parse_string(text)
    except Exception as error:  # whatever a hostile file does to its parser, the others go on
        raise BadArticle("cannot be read as BibTeX: export it again") from error
    found = [_fields(each) for each in library.entries]
    if not found:
        raise BadArticle("no entries of BibTeX in this file: export it again")
    return found


def _fields(entry: Any) -> dict[str, Any]:
    values = {key.lower(): str(each.value) for key, each in entry.fields_dict.items()}
    found: dict[str, Any] = {"type": entry.entry_type, "citation-key": entry.key}
    for key, name in _FIELDS.items():
        if values.get(key) and name not in found:
            found[name] = _plain(values[key])
    if people := values.get("author"):
        found["author"] = [turned(_plain(name)) for name in re.split(r"\s+and\s+", people)][:100]
    found["issued"] = _day(values)
    found["accessed"] = _plain(values.get("urldate", ""))
    found["attached"] = files(values.get("file", ""))
    return found


def _day(values: dict[str, str]) -> str:
    """The day where it is whole: of `date`, or of year, month and day."""
    if date := values.get("date", ""):
        return _plain(date).split("/")[0] if len(date) >= len("2026-03-09") else ""
    month = _plain(values.get("month", "")).casefold()
    day = _plain(values.get("day", ""))
    if found := re.fullmatch(
        r"(\d{1,2})~?\s*(?:#\s*)?([a-z]{3,9})|([a-z]{3,9})\s*(\d{1,2})", month
    ):
        day, month = found[1] or found[4], found[2] or found[3]
    number = _MONTHS.index(month[:3]) + 1 if month[:3] in _MONTHS else month
    year = _plain(values.get("year", ""))
    if not (day.isdigit() and str(number).isdigit() and re.fullmatch(r"\d{4}", year)):
        return ""
    return f"{year}-{int(number):02}-{int(day):02}"


def _plain(value: str) -> str:
    """The words of a field without LaTeX."""
    if "\\" in value:
        from pylatexenc.latex2text import LatexNodes2Text

        value = _COMMAND.sub("", _LINK.sub(r"\1", value))
        try:
            value = (
                LatexNodes2Text(keep_comments=True).latex_to_text(value) if "\\" in value else value
            )
        except Exception:  # LaTeX that nobody closes stays as it is
            return value.strip()
    return value.replace("{", "").replace("}", "").replace("~", " ").strip()
