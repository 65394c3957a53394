"""From one document of a press database to its head, its fields and its text."""

from __future__ import annotations

import re

from assistant.sources.exports.told import is_address, listed

# What each key means; the others are known to be keys, and their values are left out.
_KEYS = {
    "title": "title headline titel titre titulo uberschrift",
    "author": "byline author authors autor autoren auteur verfasser by",
    "publisher": "publication publication_title publication_info source quelle zeitung journal "
    "newspaper medium outlet",
    "published": "publication_date date datum pubdate erscheinungsdatum published",
    "url": "document_url url link dauerhafte_adresse_des_dokuments proquest_document_link",
    "tags": "subject keywords schlagworte thema",
    "text": "full_text body volltext text texte",
    "id": "accession_number dokumentnummer proquest_document_id document_id",
}
_FIELD = {key: field for field, keys in _KEYS.items() for key in keys.split()}
_LEFT_OUT = frozenset(
    """abstract links section length dateline highlight load_date language publication_type type
    graphic copyright company organization geographic person industry ticker country state city
    document_type journal_code correction_date correction series issue_number volume issue pages
    page first_page last_page issn e_issn isbn place_of_publication country_of_publication
    publisher publication_subject source_type language_of_publication location people
    last_updated database proquest_document_id ressort seite alle_rechte_vorbehalten rubrik
    ausgabe issn_nummer notes classification identifier number_of_references credit illustration
    series_title column edition publication_year publication_month load distribution""".split()
)
_HEADS = ("body", "classification", "graphic", "full text", "notes")
_LINE = re.compile(r"[ \t]*([^\W\d_][\w /-]{1,40}):(?:[ \t]+(.*))?\Z")
_DAY = re.compile(
    r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}|\d{1,2}\.? ?[^\W\d_]{3,10}\.? \d{4}"
    r"|\d{4}-\d\d-\d\d|\d{1,2}\.\d{1,2}\.\d{4}|\d{1,2}(?:er)? [^\W\d_]{3,10} \d{4})"
)
_AFTER_OUTLET = re.compile(r"\s*(?:[;,(\[]|\b(?:vom|du|del|von)\b|\bS\.|\.).*\Z")


def read(part: str) -> tuple[list[list[str]], dict[str, str], list[str]]:
    """Return (the blocks above the fields, {field: value}, the paragraphs of the text).

    The text begins below the first fields, or at a key that says so, and ends at the next field.
    """
    head: list[list[str]] = []
    fields: dict[str, str] = {}
    body: list[str] = []
    began = ended = False
    last = ""
    for block in blocks_of(part):
        free: list[str] = []
        for line in block:
            key, value = key_of(line)
            if not key:
                free.append(line)
                continue
            began, last = True, key
            field = _FIELD.get(key, "")
            ended = ended or bool(body) or ("text" in fields and field != "text")
            if field and value and field not in fields:
                fields[field] = value
            if field == "text":
                ended = False
        if not free:
            continue
        words = "\n".join(free)
        if not began:
            head.append(free)
        elif _FIELD.get(last) not in (None, "text") and not fields.get(_FIELD[last]) and not body:
            fields[_FIELD[last]] = " ".join(free)  # its value stands below its key
        elif not ended:
            body.append(words)
    return head, fields, body


def key_of(line: str) -> tuple[str, str]:
    """The (key, value) of a line that is a known field, else ("", "")."""
    if line.strip().casefold() in _HEADS:
        return line.strip().casefold().replace(" ", "_"), ""
    found = _LINE.match(line[:2_000])
    if not found:
        return "", ""
    key = "_".join(re.sub(r"[\s/-]+", " ", found[1].casefold().replace("ü", "u")).split())
    is_known = key in _FIELD or key in _LEFT_OUT
    return (key, line.partition(":")[2].strip()) if is_known else ("", "")


def is_document(part: str) -> bool:
    """Has this part the fields of an article: a title or an author, and an outlet or a day?"""
    keys = {_FIELD.get(key_of(line)[0], "") for line in part.split("\n")[:200]}
    return bool({"title", "author", "text"} & keys) and bool({"publisher", "published"} & keys)


def blocks_of(part: str) -> list[list[str]]:
    """The lines of a text in blocks, as blank lines part them."""
    blocks = re.split(r"\n[ \t]*\n", part.replace("\f", "\n\n").strip("\n"))
    found = ([line.strip() for line in block.split("\n") if line.strip()] for block in blocks)
    return [block for block in found if block]


def day_in(words: str) -> str:
    """The first day that is written in the words, as it is written."""
    found = _DAY.search(words[:500])
    return found[0] if found else ""


def outlet_of(words: str) -> str:
    """The outlet in "Tarrow Bote vom 10.03.2026, Seite 3" or "Tarrow Courier; Tarrow. 9 Mar"."""
    return _AFTER_OUTLET.sub("", words[:300]).strip()


def tags_of(words: str) -> tuple[str, ...]:
    """Subjects without the percentages that say how much each applies."""
    bare = re.sub(r"\s*\(\d{1,3}%\)", "", words[:3_000])
    return tuple(tag.title() if tag.isupper() else tag for tag in listed(bare))[:30]


def address_in(words: str) -> str:
    """The address among the words, "" where there is none."""
    return next((each for each in words.split() if is_address(each)), "")
