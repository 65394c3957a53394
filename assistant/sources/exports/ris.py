"""From the text of a RIS file to its entries, as CSL names fields. Only this knows rispy."""

from __future__ import annotations

import re
from typing import Any

from assistant.errors import BadArticle
from assistant.sources.exports.references import turned

_MOST_ENTRIES = 200_000
_FIRST = re.compile(r"^(?:\ufeff)?TY  ?-", re.M)
_FIELDS = {
    "title": "title primary_title translated_title short_title",
    "container-title": "secondary_title journal_name alternate_title3 alternate_title1 publisher",
    "URL": "urls url",
    "DOI": "doi",
    "abstract": "abstract notes_abstract",
    "note": "notes",
    "id": "accession_number id",
}


def entries(text: str) -> list[dict[str, Any]]:
    """The entries of a RIS file; raises `BadArticle` when there are none."""
    import rispy  # slow to import

    start = _FIRST.search(text)
    if start is None:
        raise BadArticle("no entries of RIS in this file: each begins with TY  -")
    if text.count("\nER  -") > _MOST_ENTRIES:
        raise BadArticle(f"more than {_MOST_ENTRIES:,} entries: split the file")
    try:
        found = rispy.loads(text[start.start() :].lstrip("\ufeff"), skip_unknown_tags=False)
    except Exception as error:  # whatever a damaged file does to its parser, the others go on
        raise BadArticle(
            "cannot be read as RIS: is each line a tag, and the last ER  - ?"
        ) from error
    return [_fields(each) for each in found]


def _fields(entry: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"type": str(entry.get("type_of_reference", "")) or "RIS"}
    for name, keys in _FIELDS.items():
        found[name] = next((_words(entry[key]) for key in keys.split() if entry.get(key)), "")
    people = entry.get("authors") or entry.get("first_authors") or []
    found["author"] = [turned(str(name)) for name in people][:100]
    days = (str(entry.get(key, "")) for key in ("date", "publication_year", "year"))
    found["issued"] = next((day for day in map(_day, days) if day), "")
    found["accessed"] = _day(str(entry.get("access_date", "")))
    found["keyword"] = ";".join(str(word) for word in entry.get("keywords") or ())
    attached = (entry.get(f"file_attachments{number}") for number in range(1, 5))
    found["attached"] = [str(path) for paths in attached for path in _list(paths)]
    return found


def _day(written: str) -> str:
    """ISO 8601 of "2026/03/09/"; other days as they are written, a year alone not at all."""
    if found := re.match(r"(\d{4})/(\d{1,2})/(\d{1,2})(?:/|$)", written):
        return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"
    return "" if re.fullmatch(r"[\d/\s]*", written) else written


def _words(value: object) -> str:
    return "\n\n".join(str(each) for each in value) if isinstance(value, list) else str(value)


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []
