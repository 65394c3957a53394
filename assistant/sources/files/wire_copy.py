"""From an agency's copy as it comes over the wire to its words: slug, marks and sign-off out."""

from __future__ import annotations

import logging
import re

from assistant.sources.exports.told import Told

logger = logging.getLogger("assistant.sources")

_HEAD = 14  # lines in which slug, headline, byline and dateline stand
_TAIL = 8
# "BC-Ashby Lock, 1st Ld-Writethru, 350", "bdt0123 4 pl 210 nws 0456", "AM-Lock,220"
_SLUG = re.compile(
    r"(?:[A-Z]{2}-{1,2}[A-Z][\w .'&/-]{1,60}(?:, ?[\w .-]{1,40}){0,4}"
    r"|[a-z]{2,4}\d{3,5}(?: [\w./-]{1,12}){2,8}"
    r"|(?:URGENT|ALERT|FLASH|BULLETIN|Eilmeldung|EILMELDUNG)[ :=-]*)"
    r"|[A-Z][\w-]{1,30}(?:/[\w-]{1,30}){1,4}/?(?: =)?"
)
_HEADLINE = re.compile(r"\^(.{5,200}?)[\^<]?=?\s*\Z|(.{5,200}?)\s*[=<]\s*\Z")
_BYLINE = re.compile(r"\^?(?:By|BY|Von|Par|Por)\s+([A-Z][^\d:;!?]{2,80}?)[\^=<]*\s*\Z")
_SERVICE = re.compile(r"\^?[A-Z][\w .&'-]{2,50}[\^=<]+\s*\Z")
_DATELINE = re.compile(
    r"\s*[A-ZÄÖÜÉÈ][\w .,'’/ÄÖÜÉÈ-]{1,60}?\s*(?:,\s*[A-Z][a-z]{2,8}\.? \d{1,2}\s*)?"
    r"\([A-Za-z/. ]{2,30}\)\s*(?:--?|[–—_]|:)\s*\S"
)
_SIGN_OFF = re.compile(
    r"\((?:Additional r|R)eporting by .{2,300}\)"
    r"|\((?:Writing|Editing|Edited|Compiled|Translated|Reporting and writing) by .{2,300}\)"
    r"|(?:-|–|—|#|\*|=|\s)*(?:ends?|ENDS?|30|###|mehr|more|MORE|\(?more\)?|Schluss|FIN)(?:-|–|—|#|\*|=|\s)*"
    r"|#{2,5}|-{1,2}\s?0\s?-{1,2}"
    r"|[A-Z]{2,8}[- ]?\d{2}-\d{2}-\d{2,4}[ T]\d{4}(?:GMT|UTC|Z|CET)?<?"
    r"|\d{6}\s+[A-Z][a-zäé]{2}\s+\d{2}"
    r"|(?:[a-z]{2,5} )?[a-z]{2,4}(?:/[a-z]{2,4}){1,3}(?: [a-z]{2,4}){0,3}"
    r"|[a-z]{2,4}(?: [a-z]{2,5}){1,3} [a-z]\d [a-z]{2,4}(?: [a-z]{2,4}){0,3}"
    r"|[A-Z]{3,10} [a-z]{2,3}/[a-z]{2,3}"
    r"|_{3,}|-{3,}|\*{3,}"
)
_INDENT = re.compile(r"(?:\t| {2,8})(?=\S)")


def unwrapped(text: str, where: str) -> Told | None:
    """The copy's title, byline and text; None for a text that is no wire copy."""
    lines = text.replace("\x01", "").replace("\x02", "").replace("\x03", "").split("\n")
    shown = [number for number, line in enumerate(lines) if line.strip()]
    first = shown[:_HEAD]
    dateline = next((number for number in first if _DATELINE.match(lines[number])), -1)
    if dateline < 0 or not shown:
        return None
    head = [number for number in first if number < dateline]
    ending = _sign_off(lines, [number for number in shown if number > dateline])
    is_slug = bool(head) and _is(_SLUG, lines[head[0]])
    if not (is_slug or ending or any("^" in lines[number] for number in head)):
        return None
    gone = {head[0]} if is_slug else set()
    title, author = "", ""
    for number in head[is_slug:]:
        line = lines[number].strip()
        if found := _BYLINE.fullmatch(line):
            author = found[1].strip().title() if found[1].isupper() else found[1].strip()
        elif _SLUG.fullmatch(line) and not title and "/" in line:
            pass
        elif not title:
            marked = _HEADLINE.fullmatch(line)
            title = (marked[1] or marked[2]).strip() if marked else line.strip("^<= ")
        elif not _SERVICE.fullmatch(line):
            continue
        gone.add(number)
    for number in sorted((*gone, *ending)):
        if lines[number].strip() not in (title, f"^{title}<"):
            logger.info("dropped %r from %s", lines[number].strip(), where)
    kept = [line for number, line in enumerate(lines) if number not in gone | ending]
    return Told(text=_paragraphs(kept), title=title, author=author)


def _sign_off(lines: list[str], shown: list[int]) -> set[int]:
    """The lines at the end that close the copy."""
    ending: set[int] = set()
    for number in reversed(shown[-_TAIL:]):
        if not _is(_SIGN_OFF, lines[number]):
            break
        ending.add(number)
    return ending


def _is(pattern: re.Pattern[str], line: str) -> bool:
    return len(line) <= 350 and pattern.fullmatch(line.strip()) is not None


def _paragraphs(lines: list[str]) -> str:
    """The lines with a blank one before each that is indented, where most are not."""
    inside = [line for line in lines if line.strip()]
    indented = sum(bool(_INDENT.match(line)) for line in inside)
    if not 0 < indented * 2 <= len(inside) + 1:
        return "\n".join(lines)
    return "\n".join(f"\n{line}" if _INDENT.match(line) else line for line in lines)
