"""From a reference manager's entries to what they say: CSL JSON, RIS and BibTeX.

The fields here are CSL's; `files/ris.py` and `files/bibtex.py` bring theirs to these names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from assistant.sources.exports.told import Told, first, line, listed, words

Fields = Mapping[str, Any]


def is_csl(fields: Fields) -> bool:
    """Is this an entry of CSL JSON, which has a type and at least one field that others lack?"""
    own = {"container-title", "issued", "citation-key", "accessed", "title-short"}
    return isinstance(fields.get("type"), str) and bool(own & fields.keys())


def csl(fields: Fields) -> Told:
    url = first(fields, "URL")
    text = first(fields, "full-text", "abstract") or first(fields, "note")
    return Told(
        text=text,
        title=first(fields, "title"),
        id="" if url else first(fields, "DOI", "id", "citation-key"),
        publisher=first(fields, "container-title", "publisher"),
        author=line(map(_person, _people(fields.get("author")))),
        url=url,
        published=_day(fields.get("issued")),
        fetched=_day(fields.get("accessed")),
        tags=listed(fields.get("keyword")),
        attached=tuple(words(each) for each in fields.get("attached", ()) if words(each)),
    )


def _people(value: object) -> list[Any]:
    return value[:100] if isinstance(value, list) else []


def _person(person: object) -> str:
    if not isinstance(person, Mapping):
        return words(person)
    parts = (words(person.get(key)) for key in ("given", "non-dropping-particle", "family"))
    return " ".join(filter(None, parts)) or words(person)


def _day(value: object) -> str:
    """ISO 8601 of {"date-parts": [[2026, 3, 9]]}, "" where the day is not told."""
    if not isinstance(value, Mapping):
        return words(value)
    parts = value.get("date-parts")
    first_day = parts[0] if isinstance(parts, list) and parts else None
    if isinstance(first_day, list) and len(first_day) == 3:
        try:
            year, month, day_of_month = (int(part) for part in first_day)
        except (TypeError, ValueError):
            return ""
        return f"{year:04}-{month:02}-{day_of_month:02}"
    return first(value, "literal", "raw") if not first_day else ""


def files(field: str) -> tuple[str, ...]:
    """The paths in a BibTeX `file` field, as "Full text:files/12/a.pdf:application/pdf;...".

    A colon or semicolon within a name has a backslash before it.
    """
    found = []
    for part in re.split(r"(?<!\\);", field):
        pieces = [re.sub(r"\\(.)", r"\1", piece) for piece in re.split(r"(?<!\\):", part.strip())]
        if path := pieces[0] if len(pieces) == 1 else pieces[1] if len(pieces) >= 2 else "":
            found.append(path)
    return tuple(found)


def turned(name: str) -> str:
    """A name as it is read: "Holm, Ida" is Ida Holm."""
    family, comma, given = name.partition(",")
    return f"{given.strip()} {family.strip()}".strip() if comma else name.strip()
