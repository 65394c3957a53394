"""Whether a quotation is printed as a request has it: the verdict in words, and what proves it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.evidence.claims import Finding
from assistant.evidence.named_speaker import given_to
from assistant.evidence.printed_names import is_outlet, names_it
from assistant.evidence.printed_words import Change, Printing
from assistant.questions import kinds
from assistant.questions.asked_names import asked_names
from assistant.records import Filters, Quote, show_day
from assistant.store.store import Store
from assistant.text import sentences
from assistant.text.attribution.attributions import attributions
from assistant.text.attribution.resolve_speaker import Speaker
from assistant.wording import say

Kind = Literal[
    "exact", "altered", "other_speaker", "other_outlet", "not_printed", "borne_out", "otherwise"
]
FEW = 3  # changes that are listed; of more the printed words tell enough
# What is asked about a quotation besides who says it and where.
_ELSE = re.compile(r"\b(?:why|when|how|what (?:is|are|was|were|does|do|did|has|happened))\b")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the articles make of what a request claims, in words that cite the first quotation."""

    kind: Kind
    text: str


def asks_to_check(question: str, rest: str) -> bool:
    """Whether a request asks if, by whom or where a quotation is printed; `rest` is around it."""
    kind = kinds.kind(question)
    return kind == "check" or (kind == kinds.DIRECT and not _ELSE.search(rest.casefold()))


def on_quotation(
    rest: str, found: Sequence[Printing], quotes: Sequence[Quote], store: Store
) -> Verdict:
    """The verdict on a quotation that is printed; `quotes` show where, in the order of `found`.

    `rest` is the request without the quotation.
    """
    one, where = found[0], place(quotes[0])
    said = attributions(one.article.text).speaker_of(one.start, one.end)
    speaker = _line(", ".join(part for part in (said.name, said.role) if part)) if said else ""
    given = given_to(rest, said.name if said else "", store)
    if said and _is_in_doubt(said, given.other, one):
        said, speaker = None, ""
    # "The grower" may be whom the request names.
    known = said is not None and said.name[:1].isupper()
    other = {"speaker": speaker, "named": given.other} if given.other and known else {}
    if one.changes:
        name = "verdict_altered_other" if other else "verdict_altered"
        return Verdict("altered", say(name, place=where, told=_altered(one), **other))
    by = f"{where}, by {speaker}" if speaker else where
    if outlet := _other_outlet(rest, quotes, store):
        return Verdict("other_outlet", say("verdict_other_outlet", place=by, named=outlet))
    if other:
        return Verdict("other_speaker", say("verdict_other_speaker", place=where, **other))
    if given.other and not names_it(given.other, one.article.text):
        told = say("verdict_not_by", place=by, named=given.other)
        return Verdict("other_speaker", told)
    return Verdict("exact", say("verdict_exact" if said else "verdict_unsaid", place=by))


def _is_in_doubt(said: Speaker, other: str, one: Printing) -> bool:
    """Whether "she", told to be the speaker, may be the other, who was named just before."""
    text = one.article.text
    before = text[text.rfind("\n", 0, one.start) + 1 : one.start].rstrip(" “\"'‘«„")
    if not (other and text[said.start : said.end].islower() and names_it(other, before)):
        return False
    start, end = (sentences.split(before) or [(0, 0)])[-1]
    return not names_it(said.name, before[start:end])


def on_claim(finding: Finding, quote: Quote) -> Verdict:
    """The verdict on a claim, of which `finding` is what `quote` makes."""
    where = place(quote)
    if finding.kind == "borne_out":
        return Verdict("borne_out", say("verdict_borne_out", place=where))
    told = f"“{_line(quote.text[finding.start : finding.end])}”"
    return Verdict("otherwise", say("verdict_otherwise", place=where, told=told))


def on_nothing(filters: Filters) -> Verdict:
    """The verdict on a quotation that nothing printed is like."""
    name = "verdict_not_printed" if filters == Filters() else "verdict_not_printed_there"
    return Verdict("not_printed", say(name))


def place(quote: Quote) -> str:
    """Outlet, or title where there is none, and day."""
    source = quote.source
    outlet = source.publisher or f"“{source.title}”"
    return _line(", ".join(part for part in (outlet, show_day(source.published)) if part))


def _other_outlet(rest: str, quotes: Sequence[Quote], store: Store) -> str:
    """The outlet that a request names, where none of those that print it is meant; else ""."""
    printing = {one.publisher for quote in quotes for one in (quote.source, *quote.copies)}
    known = store.publishers()
    for name in asked_names(rest):
        meant = {one for one in known if is_outlet(name, one)}
        if meant and not meant & printing:
            return _line(name)
    return ""


def _altered(one: Printing) -> str:
    """What is printed instead: the whole, and the words that differ where they are few."""
    told = f"“{one.words}”"
    if len(one.changes) > FEW or one.changes[0].printed == one.words:
        return told
    return f"{told}: {', '.join(map(_change, one.changes))}"


def _change(one: Change) -> str:
    if not one.printed:
        return f"without “{one.asked}”"
    return f"“{one.printed}”, not “{one.asked}”" if one.asked else f"with “{one.printed}”"


def _line(text: str) -> str:
    return " ".join(text.split())
