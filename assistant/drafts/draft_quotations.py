"""From a draft to its quotations, each with whom and which outlet the draft gives it to."""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass

from assistant.drafts.quotation_tokens import tokens
from assistant.text.attribution.attributions import Attributions
from assistant.text.attribution.quotation_marks import quoted, without_nicknames
from assistant.text.attribution.resolve_speaker import Speaker

FEW = 3  # words: fewer are looked up only where the draft gives them to somebody
BESIDE = 120  # characters beside a quotation in which its speaker may be named
_TELLS = re.compile(
    r"\?|\b(?:said|says?|saying|told|tells?|wrote|writes?|words?|quot(?:e|es|ed|ation)|put it)\b",
    re.IGNORECASE,
)
_OPENING = "“”„‟«»‹›「」『』\"'`‘’‚″"
# A block that a chatbot or a Markdown file quotes, with the number or the name below it.
_BLOCK = re.compile(r"^[ \t]*>[ \t]?(?P<words>[^\n]+)$", re.MULTILINE)
_BLOCK_END = re.compile(r"(?:\s*\[\d{1,3}\])+\s*$")
_NAMES_SOURCE = re.compile(r"\s*(?:[—–-]{1,2}\s|\*?\()")


@dataclass(frozen=True, slots=True)
class DraftQuotation:
    """What a draft quotes, `draft[start:end] == text`, without the marks.

    `said` is whom the draft gives it to; `near` is the paragraph in which it stands. Where nobody
    is given it, `rest` is the sentence around it, if that may tell of who says it in another way.
    """

    text: str
    start: int
    end: int
    said: Speaker | None
    near: str
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Quotations:
    """The quotations of a draft, and the spans (with marks) of those too short to be looked up."""

    found: tuple[DraftQuotation, ...]
    short: tuple[tuple[int, int], ...]


def spans(draft: str) -> list[tuple[int, int]]:
    """What the draft quotes, marks included, in order."""
    inside = [(one.start, one.end) for one in without_nicknames(draft, quoted(draft))]
    starts = [start for start, _ in inside]
    for block in _BLOCK.finditer(draft):
        start, end = block.span("words")
        at = bisect.bisect_left(starts, start)
        has_marks = at < len(starts) and starts[at] < end
        if not has_marks and not _NAMES_SOURCE.match(block["words"]):
            cut = _BLOCK_END.search(draft, start, end)
            inside.append((start, cut.start() if cut else end))
    return sorted(inside)


def quotations(draft: str) -> Quotations:
    """All that the draft quotes, with whom it gives each to."""
    told = Attributions(draft)
    found, short = [], []
    for start, end in spans(draft):
        first, last = _bare(draft, start, end)
        many = len(tokens(draft[first:last]))
        said = told.speaker_of(first, last) if many else None
        if many < FEW and not (many and said):
            short.append((start, end))
            continue
        near = _paragraph(draft, first)
        rest = "" if said else _rest(draft, start, end)
        found.append(DraftQuotation(draft[first:last], first, last, said, near, rest))
    return Quotations(tuple(found), tuple(short))


def _bare(draft: str, start: int, end: int) -> tuple[int, int]:
    """The span without the marks around it."""
    while start < end and (draft[start] in _OPENING or draft[start].isspace()):
        start += 1
    while end > start and (draft[end - 1] in _OPENING or draft[end - 1].isspace()):
        end -= 1
    return start, end


def _paragraph(draft: str, at: int) -> str:
    start, end = draft.rfind("\n", 0, at) + 1, draft.find("\n", at)
    return draft[start : end if end >= 0 else len(draft)]


def _rest(draft: str, start: int, end: int) -> str:
    """The line around a quotation, where it asks or tells of somebody's words."""
    first, last = draft.rfind("\n", 0, start) + 1, draft.find("\n", end)
    before = draft[first:start][-BESIDE:]
    after = draft[end : last if last >= 0 else len(draft)][:BESIDE]
    return f"{before} \n {after}" if _TELLS.search(f"{before} {after}") else ""
