"""From a sentence to what its subject wants, plans, cites or opposes, in the writer's words.

Read after the verbs of saying (`clauses`), and only where these credit nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.text.attribution import source_phrases
from assistant.text.attribution.cues import ADVERB
from assistant.text.attribution.mentions import Mention, is_speaking


@dataclass(frozen=True, slots=True)
class Said:
    """Words `[start, end)` of an article, the phrase that names their speaker, and the cue."""

    start: int
    end: int
    source: Mention
    cue_start: int
    cue_end: int


def _forms(verb: str) -> set[str]:
    stem = verb.removesuffix("e")
    if verb.endswith("y"):
        return {verb, f"{verb[:-1]}ied", f"{verb[:-1]}ies", f"{verb}ing"}
    third = f"{verb}es" if verb.endswith(("s", "h")) else f"{verb}s"
    return {verb, third, f"{stem}ed", f"{stem}ing"}


# Of whoever does one of these something is told that they say, think, want or refuse. What is as
# often done by hand is left out: "attack", "question", "back", "welcome".
_REGULAR = """
accuse acknowledge admire advocate announce argue assert assume believe blame bemoan cite claim
compare complain condemn confirm consider criticize criticise decide demand deny deride describe
detail disagree discuss dismiss dispute doubt echo emphasize encourage endorse expect explain favor
favour fear highlight hope indicate insist intend lament liken mention mock note oppose outline
pledge praise predict prefer propose protest recommend reference refuse refute reject report signal
stress suggest suspect support threaten tout underscore urge vow voice want warn wish worry
"""
_IRREGULAR = """
say says tell tells plan plans planned planning agree agrees agreed
"""
# These do so only with what stands here after them.
_WITH = {
    "think thinks thought thinking know knows knew feel feels felt see sees saw learn learns "
    "learned understand understands understood show shows showed showing shown": (
        r"\s(?:(?:\w+ly|again)\s)?(?:that|how|what|why|whether|where|when|he|she|it|they|there|his|her|"
        r"their|its)\b"
    ),
    "call calls called calling": r"\s(?:for|on)\b|\s(?:\S+\s){1,8}?(?:an?\s|[‘'\"“])",
    "point points pointed pointing": r"\s(?:out|to)\b",
    "speak speaks spoke speaking talk talks talked talking": r"\s(?:about|of|out)\b",
    "decline declines declined declining": r"\sto\s(?!comment)",
    "seek seeks sought seeking": r"\sto\b",
}
_ALL = set(_IRREGULAR.split()).union(*(_forms(verb) for verb in _REGULAR.split()))
STANCE = re.compile(
    rf"(?<![\w’'-])(?:(?:{'|'.join(sorted(_ALL, key=len, reverse=True))})(?![\w’'-])|"
    + "|".join(rf"(?:{'|'.join(forms.split())})(?={then})" for forms, then in _WITH.items())
    + ")"
)
# Between a subject and its verb: "has also", "is now", "did not" is told apart before.
_BETWEEN = re.compile(
    r"(?:\s+(?:has|have|had|also|later|then|once|again|now|still|even|first|just|often|always|"
    rf"further|recently|together|both|all|is|are|was|were|{ADVERB})|['’](?:s|ve|re))*\s*$"
)
_PASSIVE = re.compile(r"(?:\b(?:is|are|was|were|be|been|being|get|got)|['’](?:s|re))(?:\s\w+)?\s+$")
_UNDONE = re.compile(
    r"(?:\b(?:not|never|nor|to|would|could|might|may|should|can|cannot|must|will|if|did|does|do|"
    r"let)|n['’]t|['’]d)(?:\s\w+ly)?\s+$"
)
_NOUN = re.compile(
    r"\b(?:the|an?|his|her|its|their|my|our|your|this|that|these|those|of|in|on|by|for|with|no|any|"
    r"more|from|at|such|as|than|into|other)\s+$|['’]s?\s+$",
    re.IGNORECASE,
)
_EDGE = re.compile(r"[;:—―”]|\s[–-]+\s")
_TRAILS = re.compile(r"(?:\s\w+){0,4}[.\s]*$")
_JOINED = re.compile(r"(?:,|\b(?:and|but|then))\s*$")


def held(text: str, start: int, end: int, found: Sequence[Said]) -> Iterator[Said]:
    """What the sentence `text[start:end]` tells of someone beyond the words in `found`."""
    known = [*found]
    for cue in STANCE.finditer(text, start, end):
        if any(_holds(one, cue) for one in known):
            continue
        one = _held(text, start, end, cue, known)
        if one:
            known.append(one)
            yield one


def _holds(one: Said, cue: re.Match[str]) -> bool:
    inside = one.start <= cue.start() < one.end
    return inside or (one.cue_start < cue.end() and cue.start() < one.cue_end)


def _held(
    text: str, start: int, end: int, cue: re.Match[str], found: Sequence[Said]
) -> Said | None:
    left = text[max(start, cue.start() - 400) : cue.start()]
    going_on = cue[0].endswith("ing")
    if _NOUN.search(left) or _UNDONE.search(left) or bool(_PASSIVE.search(left)) is not going_on:
        joined = going_on and re.search(r",\s(?:\w+ly\s)?$", left)
        if not joined:
            return None
    source = _subject(text, start, cue)
    if source is None or not _can_speak(source):
        return None
    later = [min(one.source.start, one.cue_start) for one in found]
    close = min([end, *(at for at in later if at > cue.end())])
    if _TRAILS.match(text, cue.end(), close):
        lead = text[start : source.start].rstrip()
        if lead.endswith(",") and len(lead.split()) > 3:
            return Said(start, start + len(lead), source, *cue.span())
    if not re.search(r"\w", text[cue.end() : close]):
        return None
    return Said(cue.end(), close, source, *cue.span())


def _subject(text: str, start: int, cue: re.Match[str]) -> Mention | None:
    stripped = start + len(_BETWEEN.sub("", text[start : cue.start()]))
    left = text[start:stripped]
    if _JOINED.search(left) and not (left.rstrip().endswith(",") and not cue[0].endswith("ing")):
        return source_phrases.first(text, start, stripped)
    edge = start
    for mark in _EDGE.finditer(text, start, stripped):
        edge = mark.end()
    return source_phrases.before(text, edge, stripped)


def _can_speak(source: Mention) -> bool:
    return source.kind != "common" or is_speaking(source.name)
