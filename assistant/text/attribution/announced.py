"""From the lines beside a quotation to who said it: a signature below it, a name above it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.text.attribution.cues import VERB, is_role
from assistant.text.attribution.mentions import NAME, Mention, name_of, says_role, undetermined
from assistant.text.attribution.people import People
from assistant.text.attribution.quotation_marks import COVER
from assistant.text.attribution.turn_labels import is_no_speaker
from assistant.text.attribution.turns import Turn

_PAPERS = (
    r"(?:written |joint |full |brief |public |press )?(?:statement|letter|e-?mail|message|answer|"
    r"reply|response|note|speech|post|tweet|words|verdict|view|comment|testimony)s?"
)
_READS = (
    r"(?:\s(?:reads?|said|says|runs?|ran|was|were|went|goes|began|begins|continues|continued))?"
)
_IN_FULL = r"(?:\s(?:in full|in part|as follows|simply|\w+ly))?"
_NEXT = r"[^\S\n]*\n?[^\S\n]*\n?[^\S\n]*(?=“|>\s)"
_ANNOUNCED = re.compile(
    rf"(?:(?:(?:And|Then|Next|Also|Last|Finally),?\s)?[Ff]rom\s(?:the\s(?:desk|pen|office)\sof\s)?"
    rf"(?:the\s)?(?P<a>{NAME})[^“”:.\n]{{0,90}}[:.]"
    rf"|(?P<b>{NAME})['’]s?\s{_PAPERS}[^“”:.\n]{{0,40}}?{_READS}{_IN_FULL}:"
    rf"|(?:(?:(?:In\s)?(?:[Tt]he|[Aa]n?|[Tt]his)\s)?(?:(?i:{_PAPERS})|[Ww]ord)\s(?:of|from|by)"
    rf"|(?:Here|This|Then|There|Next)(?:['’]s|\s(?:is|was|were|came|comes|there\swas|there\sis))"
    rf"|(?:The|And\sthe)\s(?:last|final|first|closing)\sword[s]?\s(?:went|goes|go|belongs|was|came|is)\s(?:to|with|from))"
    rf"\s(?:the\s)?(?P<c>{NAME})[^“”:.\n]{{0,60}}:"
    rf"|(?:[-*•·]\s|\d{{1,2}}[.)]\s)?(?:\*\*|__)?(?P<d>{NAME})(?P<role>,\s[^“”:.\n]{{3,80}}?)?"
    rf"(?:\*\*|__)?(?::(?:\*\*|__)?|\s[—–―-]))"
    rf"{_NEXT}"
)
_LEADS = re.compile(rf"[:.—–―*_-]{_NEXT}")
_ROLE = re.compile(r",\s([^,:.“”\n]{3,80})(?=[,:.\n]|$)")
_INSIDE = re.compile(r"“[^“”]*”")
_BRIEF = 60  # characters between the quotations that one signature is of
_QUOTATION = re.compile(rf"“{COVER}+[^“”\n]{{0,6}}”?")
_SIGNED = re.compile(
    rf"”[^\S\n]*(?:[―—–~-]{{1,2}}[^\S\n]*|\((?=[^()\n]{{5,90}}\)$))({NAME})[^”“\n]{{0,90}}$",
    re.MULTILINE,
)
_SIGNATURE = re.compile(
    rf"^(?:>[^\S\n]?){{0,3}}([―—–~]|--?)[^\S\n]?({NAME})(?:,\s[^”“\n]{{0,90}})?$", re.MULTILINE
)


def announced(cover: str, people: People) -> list[Turn]:
    """Quotations that a line above announces: "From the desk of N, role.", "N's letter reads:"."""
    return list(_announced(cover, people)) if "“" in cover or "\n>" in cover else []


def _announced(cover: str, people: People) -> Iterator[Turn]:
    for found in _announcements(cover):
        group = next(one for one in ("a", "b", "c", "d") if found[one])
        source = source_of(cover, *found.span(group))
        if source is None or is_no_speaker(source.name, source.role):
            continue
        if group == "d" and not (source.role or people.person(source)):
            continue
        if found["role"] and VERB.search(found["role"]):
            continue  # "Of Roe, Poe said: “...”" is for the clauses
        if group == "a" and found[0].rstrip().endswith(".") and "\n" not in found[0]:
            continue  # "From Poe. “...”": what follows a full stop in its line is another's
        end = quotation_end(cover, found.end())
        if end is not None:
            cue = found.start() + len(found[0].rstrip()) - 1
            yield Turn(found.end(), end, source, cue, cue + 1)


def _announcements(cover: str) -> Iterator[re.Match[str]]:
    """The lines, up to a quotation that is announced, that announce one."""
    last = -1
    for leads in _LEADS.finditer(cover):
        line = cover.rfind("\n", 0, leads.start()) + 1
        found = _ANNOUNCED.match(cover, line) if line != last else None
        last = line
        if found:
            yield found


def source_of(cover: str, start: int, end: int) -> Mention | None:
    """Whom the name `cover[start:end]` names, with the role set before or after it."""
    low = max(cover.rfind("\n", 0, start) + 1, start - 80)
    source = name_of(cover[low:end], low, start - low, end - low)
    after = _ROLE.match(cover, end)
    if source and not source.role and after and says_role(after[1]):
        return replace(source, role=undetermined(after[1]))
    return source


def quotation_end(cover: str, at: int) -> int | None:
    """Where the announced quotation ends; None when a clause tells who said it."""
    close = cover.find("\n", at)
    close = len(cover) if close < 0 else close
    if cover[at] == ">":
        return _block(cover, at, close)
    quotation = _QUOTATION.match(cover, at, close)
    if quotation is None or VERB.search(cover, quotation.end(), min(close, quotation.end() + 60)):
        return None
    return quotation.end()


def _block(cover: str, at: int, close: int) -> int:
    """The end of the lines from `at` that begin with ">"."""
    while cover.startswith(">", close + 1):
        following = cover.find("\n", close + 1)
        close = len(cover) if following < 0 else following
    return close


def signed(cover: str) -> list[Turn]:
    """Quotations with a signature after them or below: “...” — Poe; "> ..." and "> — Poe"."""
    found = list(_signed(cover)) if "”" in cover else []
    floor = 0  # a block with several signatures is read once
    for signature in _SIGNATURE.finditer(cover):
        source = source_of(cover, *signature.span(2))
        begins = _signed_from(cover, signature.start(), floor)
        if source and begins is not None and not is_role(source.name):
            end = begins + len(cover[begins : signature.start()].rstrip(" >\n\t"))
            found.append(Turn(begins, end, source, *signature.span(1)))
        floor = signature.end()
    return found


def _signed(cover: str) -> Iterator[Turn]:
    for found in _SIGNED.finditer(cover):
        source = source_of(cover, *found.span(1))
        line = cover.rfind("\n", 0, found.start()) + 1
        start = cover.find("“", line, found.start())
        # After more than quotations a name is the reporter's: “It fell,” he said. “...” – Ann Poe
        plain = start == line or cover[line:start].rstrip().endswith((":", ">"))
        if source and start >= 0 and plain and _is_quoted(cover[start : found.start() + 1]):
            yield Turn(start, found.start() + 1, source, found.start() + 1, found.start(1))


def _is_quoted(piece: str) -> bool:
    """Do these covered words begin and end with a quotation, and tell of no one who says it?"""
    if not (piece.startswith("“") and piece.endswith("”")):
        return False
    outside = _INSIDE.sub("", piece)
    return len(outside) < _BRIEF and not VERB.search(outside)


def _signed_from(cover: str, at: int, floor: int) -> int | None:
    """Where the quotation, after `floor`, begins that is signed at `at`; None for none."""
    in_block = cover.startswith(">", at)
    begins = None
    while at > floor:
        before = at - 1
        start = max(floor, cover.rfind("\n", floor, before) + 1)
        line = cover[start:before]
        if line.startswith(">"):
            begins, at = start, start
            continue
        if begins is None and not in_block and not line.strip():
            at = start
            in_block = True  # one empty line at most
            continue
        return start if begins is None and _is_quoted(line.rstrip()) else begins
    return begins
