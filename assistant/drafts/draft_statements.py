"""From a draft to its sentences that state something, without what they quote."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.drafts.draft_quotations import spans
from assistant.drafts.statement_verdict import Statement
from assistant.evidence.quotes import LONGEST
from assistant.text import sentences, terms
from assistant.text.attribution.attributions import Attributions
from assistant.text.attribution.cues import VERBS

HIDDEN = "\u200b"  # what stands for a mark of Markdown
FEW = 2  # words of weight: "He said no." states nothing that could be looked up
_SOURCES = re.compile(r"^\W*(?:sources?|read more|https?:)", re.IGNORECASE)
_ONLY_NAMES = re.compile(r"[—–-]{1,2}\s")
_CITATION = re.compile(r"\[\d{1,3}\]")


def statements_of(draft: str) -> list[Statement]:
    """The statements of a draft, in order."""
    quoted = spans(draft)
    told = Attributions(draft)
    found = []
    for start, end in sentences.split(draft):
        while start < end and draft[start] in HIDDEN:
            start += 1
        said = told.within(start, end)
        # Who speaks is no statement: “No,” said the mayor of Arden.
        frames = [(one.frame_start, one.frame_end) for one in said]
        has_quotation = any(first < end and start < last for first, last in quoted)
        without = sorted([*quoted, *frames]) if has_quotation else quoted
        if _states(_without(draft, start, end, without)):
            own = _without(draft, start, end, quoted)
            found.append(Statement(own, start, end, bool(said)))
    return found


def _without(draft: str, start: int, end: int, quoted: Sequence[tuple[int, int]]) -> str:
    """A sentence without what stands in it in quotation marks."""
    own, at = [], start
    for first, last in quoted:
        if first < end and start < last:
            own.append(draft[at : max(at, first)])
            at = max(at, last)
    own.append(draft[at:end])
    return " ".join(_CITATION.sub(" ", " ".join(own)).replace(HIDDEN, "").split())


def _states(text: str) -> bool:
    if (
        len(text) > LONGEST
        or text.endswith(("?", ":"))
        or _SOURCES.match(text)
        or _ONLY_NAMES.match(text)
    ):
        return False
    weighty = [word for word in terms.words(text) if word.casefold() not in terms.STOP]
    # A clause that only tells who speaks has no word but names and a verb of saying.
    telling = [word for word in weighty if word not in VERBS and not word[0].isupper()]
    return len(weighty) >= FEW and bool(telling)
