"""From the words a sentence begins with to the phrase that names its subject."""

from __future__ import annotations

import re

from assistant.text.attribution import appositions
from assistant.text.attribution.cues import ADVERB
from assistant.text.attribution.mentions import Mention, name_of
from assistant.text.attribution.source_phrases import NAME_FIRST, OPENING, ending, is_opening

# "Meanwhile, the port said"
_ADVERB = re.compile(
    r"\s*(?:\w+ly|Meanwhile|However|Still|Instead|Then|Later|Earlier|Now|Today|Yesterday|Also|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Nonetheless|Nevertheless|Besides|Moreover|"
    r"Of\scourse)$"
)
_PRONOUN_FIRST = re.compile(r"(?:[Hh]e|[Ss]he|[Tt]hey|[Ii]t)\b")
_ACTING = re.compile(r"\s[a-z]+(?:ed|[^s]s|t)\b")
_SUBJECT_END = re.compile(
    r"\s(?:is|was|are|were|has|had|have|will|would|could|can|may|did|does|also|went|took|gave|made|"
    r"spoke|put|set|let|began|came|left|got|saw|held|kept|won|lost|sent|met|ran|led|brought|wrote|"
    rf"told|later|then|who|[a-z]+ed|{ADVERB}|said|says)\b|,|;|$"
)


def first(text: str, start: int, end: int) -> Mention | None:
    """The subject that `text[start:end]` begins with, once "In May," and the like are passed."""
    piece = text[start : min(end, start + 400)]
    at = start
    for _ in range(3):
        cut = piece.find(",") + 1
        if not cut or not (is_opening(piece) or _ADVERB.match(piece[: cut - 1])):
            break
        piece, at = piece[cut:], at + cut
    lead = len(piece) - len(piece.lstrip())
    piece, at = piece[lead:], at + lead
    if found := OPENING.match(piece):
        piece, at = piece[found.end() :], at + found.end()
    if found := _PRONOUN_FIRST.match(piece):
        return Mention(found[0], at, at + found.end(), "pronoun")
    full = NAME_FIRST.match(piece)
    if full and " " in full[1] and _ACTING.match(piece, full.end()):
        return name_of(piece, at, 0, full.end(1))
    stop = _SUBJECT_END.search(piece)
    if stop is None or stop.start() == 0 or "“" in piece[: stop.start()]:
        return None
    found_end = ending(piece[: stop.start()], at)
    if found_end and stop[0] == ",":
        rest = piece[stop.end() :].split(",")[0]
        return appositions.joined(found_end, rest, at + stop.end())
    return found_end
