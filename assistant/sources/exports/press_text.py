"""From a press database's export as text, several documents in a file, to what it says of each.

Known are the layouts of LexisNexis, Nexis Uni, Factiva, ProQuest and GENIOS, and any other whose
documents stand between rules and have lines of KEY: value.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.sources.exports import press_fields
from assistant.sources.exports.press_fields import address_in, blocks_of, day_in, outlet_of, tags_of
from assistant.sources.exports.told import Told

_NUMBERED = re.compile(
    r"^[ \t]*(?:(?:Document|Dokument|Documento) \d{1,5} (?:of|von|de|sur|di|van) \d{1,5}"
    r"|\d{1,5} (?:of|von|de|sur|di|van) \d{1,5} (?:DOCUMENT|DOKUMENT|DOCUMENTO)[A-Z]{0,2})[ \t]*$",
    re.M | re.I,
)
_ENDED = re.compile(r"^[ \t]*End of Document[ \t]*$", re.M | re.I)
_FACTIVA = re.compile(
    r"^[ \t]*(?:AN[ \t]+)?Document [A-Za-z0-9]{2,10}20\d{6}[a-z0-9]{4,12}[ \t]*$", re.M
)
_RULE = re.compile(r"^[ \t]*([-=_*#])\1{9,}[ \t]*$", re.M)
_CODED = re.compile(
    r"^(HD|BY|CR|WC|PD|ET|SN|SC|ED|PG|LA|CY|LP|TD|ART|CO|IN|NS|RE|IPC|IPD|PUB|AN|CT|RF|VOL|SE)"
    r"(?:[ \t]+(.*))?$"
)
_WORD_COUNT = re.compile(r"[\d,.]{1,9} (?:words|mots|Wörter|palabras|parole)", re.I)
_COPYRIGHT = re.compile(r"(?:copyright|\(c\)|©|all rights reserved|alle rechte)", re.I)
_MOST_DOCUMENTS = 50_000


def told(text: str) -> list[Told]:
    """What is said of each document; nothing for a text that is no such export."""
    for split, parse in _LAYOUTS:
        found = [parse(part) for part in split(text)[:_MOST_DOCUMENTS]]
        found = [each for each in found if each.text.strip() and each.title]
        if found:
            return found
    return []


def may_be(text: str) -> bool:
    """Does this beginning of a text have the mark of such an export?"""
    return any(mark.search(text) for mark in (_NUMBERED, _ENDED, _FACTIVA, _RULE))


def _after_numbers(text: str) -> list[str]:
    marks = list(_NUMBERED.finditer(text))
    ends = [*(mark.start() for mark in marks[1:]), len(text)][: len(marks)]
    return [text[mark.end() : end] for mark, end in zip(marks, ends, strict=True)]


def _before_ends(text: str) -> list[str]:
    return _ENDED.split(text)[:-1] if _ENDED.search(text) else []


def _before_codes(text: str) -> list[str]:
    return _FACTIVA.split(text)[:-1] if _FACTIVA.search(text) else []


def _between_rules(text: str) -> list[str]:
    """What stands between lines drawn across the page, where it has fields."""
    if not _RULE.search(text):
        return []
    starts = [0, *(mark.end() for mark in _RULE.finditer(text))]
    ends = [*(mark.start() for mark in _RULE.finditer(text)), len(text)]
    parts = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    return [part for part in parts if press_fields.is_document(part)]


def _described(part: str) -> Told:
    """A document of head lines, fields, text and more fields (LexisNexis, ProQuest, GENIOS)."""
    head, fields, body = press_fields.read(part)
    outlet, day, title = _head(head)
    source = fields.get("publisher", "")
    return Told(
        text="\n\n".join(filter(None, (fields.get("text", ""), *body))),
        title=fields.get("title") or title,
        id="" if fields.get("url") else fields.get("id", ""),
        publisher=outlet_of(source) or outlet,
        author=fields.get("author", ""),
        url=address_in(fields.get("url", "")),
        published=day_in(fields.get("published", "")) or day or day_in(source),
        tags=tags_of(fields.get("tags", "")),
    )


def _head(blocks: list[list[str]]) -> tuple[str, str, str]:
    """The (outlet, day, title) of the lines above the fields.

    The outlet is the line before the day, or the day's own; the title stands above it (Nexis Uni)
    or below (LexisNexis).
    """
    known = [[line for line in block if not _COPYRIGHT.match(line)] for block in blocks]
    known = [block for block in known if block]
    for at, block in enumerate(known):
        for number, line in enumerate(block):
            if not (day := day_in(line)) or len(line) > 120:
                continue
            above = [*(each for other in known[:at] for each in [other]), block[:number]]
            above = [each for each in above if each]
            outlet = outlet_of(line) if not above else above[-1][-1]
            titles = [*above[:-1], above[-1][:-1]] if above else []
            titles = [each for each in titles if each] or known[at + 1 :]
            return outlet, day, " ".join(titles[0]) if titles else ""
    return "", "", " ".join(known[0]) if known else ""


def _factiva(part: str) -> Told:
    """A document of Factiva: with codes before its parts, or without."""
    lines = part.strip("\n").split("\n")
    if not any(_CODED.match(line) and line[:2] == "HD" for line in lines):
        return _uncoded(part)
    parts: dict[str, list[str]] = {}
    code = ""
    for line in lines:
        if found := _CODED.match(line):
            code, line = found[1], found[2] or ""
        if code:
            parts.setdefault(code, []).append(line)
    known = {code: "\n".join(lines).strip() for code, lines in parts.items()}
    return Told(
        text="\n\n".join(filter(None, (known.get("LP"), known.get("TD"), known.get("ART")))),
        title=" ".join(known.get("HD", "").split()),
        publisher=known.get("SN", ""),
        author=" ".join(known.get("BY", "").split()),
        published=day_in(known.get("PD", "")),
    )


def _uncoded(part: str) -> Told:
    """A document whose head is lines: title, byline, words, day, outlet, then what is not kept."""
    blocks = blocks_of(part)
    for at, block in enumerate(blocks):
        counts = [number for number, line in enumerate(block) if _WORD_COUNT.fullmatch(line)]
        if not counts:
            continue
        above = [line for other in blocks[:at] for line in other] + block[: counts[0]]
        below = block[counts[0] + 1 :]
        day = next((number for number, line in enumerate(below) if day_in(line)), -1)
        hour = day >= 0 and day + 1 < len(below) and re.fullmatch(r"\d{1,2}:\d\d", below[day + 1])
        rest = below[day + 1 + bool(hour) :]
        return Told(
            text="\n\n".join("\n".join(other) for other in blocks[at + 1 :]),
            title=above[0] if above else "",
            author=above[-1] if len(above) > 1 else "",
            publisher=rest[0] if rest and day >= 0 else "",
            published=day_in(below[day]) if day >= 0 else "",
        )
    return Told()


_LAYOUTS: tuple[tuple[Callable[[str], list[str]], Callable[[str], Told]], ...] = (
    (_after_numbers, _described),
    (_before_ends, _described),
    (_before_codes, _factiva),
    (_between_rules, _described),
)
