"""From a noun of saying or wanting with its owner to what is said: "Roe's promise to close it".

The clause after the noun is credited to the owner, or to whom "warnings from the port that" names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.text.attribution import source_phrases
from assistant.text.attribution.alternation import any_of
from assistant.text.attribution.cues import NOUNS
from assistant.text.attribution.holders import can_hold
from assistant.text.attribution.mentions import NAME, Mention, name_of
from assistant.text.attribution.stances import Said

_THAT = (
    NOUNS.split("|")
    + (
        "conclusion finding theory hope idea view bet fear worry doubt concern confidence decision "
        "threat denial acknowledgment acknowledgement pronouncement proposal wish rumour rumor"
    ).split()
)
_TO = (
    "promise pledge vow decision determination refusal threat commitment opposition plan intention "
    "desire wish demand eagerness reluctance willingness bid"
).split()
_OF = (
    "criticism condemnation denial acknowledgment acknowledgement announcement description "
    "endorsement denunciation depiction characterization rejection account adulation dismissal"
).split()
_ABOUT = (
    "comment remark statement question concern fear worry doubt claim view idea complaint warning "
    "message story criticism stance position speech rhetoric silence opinion feeling"
).split()
_BEGINNING = [word.capitalize() for word in _THAT]  # of a sentence


def _nouns(words: Sequence[str]) -> str:
    plural = [word[:-1] + "ies" if word.endswith("y") else word + "s" for word in words]
    return any_of([*words, *plural])


_NOUN = (
    rf"(?:{_nouns(_THAT)}(?=\sthat\s)|{_nouns(_TO)}(?=\sto\s[a-z]+\s)(?!\sto\s(?:the|an?|his|her|its|their)\s)|{_nouns(_OF)}(?=\sof\s)"
    rf"|{_nouns(_ABOUT)}(?:\s\w+day)?(?=\s(?:about|on)\s)|support(?=\sfor\s)|call(?=\sfor\s))"
)
# One of the nouns before what may follow it: looked for first, for few sentences hold one.
_MAY = re.compile(
    rf"(?<!\w){_nouns([*_THAT, *_TO, *_OF, *_ABOUT, 'support', 'call', *_BEGINNING])}"
    r"(?:\s\w+day)?\s(?:that|to|of|about|on|for|from|by)\s"
)
_OWNED = re.compile(
    rf"(?:(?<![\w.])({NAME})['’]s?|\b([Hh]is|[Hh]er|[Tt]heir|[Ii]ts))\s(?:[\w-]+\s){{0,2}}?({_NOUN})"
)
_FROM = re.compile(
    rf"\b({_nouns([*_THAT, *_BEGINNING])})\s(?:from|by)\s([^,;:“”]{{3,70}}?)(?=\sthat\s)"
)
_STOP = re.compile(
    r"[,;:—―]|\s(?:is|was|are|were|has|had|have|will|would|could|may|might|did|does|came|comes|drew|"
    r"led|made|means|meant|notwithstanding|[a-z]{3,}ed)\b"
)
_STOP_THAT = re.compile(r"[;:—―]|,\s(?:and|but|while|which|who)\s")
_PRONOUN = {"his": "he", "her": "she", "their": "they", "its": "it"}


def owned(text: str, start: int, end: int, found: Sequence[Said]) -> Iterator[Said]:
    """What the sentence `text[start:end]` says by such nouns, beyond the words in `found`."""
    if not _MAY.search(text, start, end):
        return
    for phrase in _OWNED.finditer(text, start, end):
        yield from _said(text, start, end, phrase, _owner(text, start, phrase), 3, found)
    for phrase in _FROM.finditer(text, start, end):
        source = source_phrases.ending(phrase[2], phrase.start(2))
        if source and (source.kind != "common" or can_hold(source.name)):
            yield from _said(text, start, end, phrase, source, 1, found)


def _owner(text: str, start: int, phrase: re.Match[str]) -> Mention | None:
    if phrase[2]:
        return Mention(_PRONOUN[phrase[2].lower()], *phrase.span(2), "pronoun")
    low = max(start, phrase.start(1) - 80)
    return name_of(text[low : phrase.end(1)], low, phrase.start(1) - low, phrase.end(1) - low)


def _said(
    text: str,
    start: int,
    end: int,
    phrase: re.Match[str],
    source: Mention | None,
    noun: int,
    found: Sequence[Said],
) -> Iterator[Said]:
    if source is None or any(
        min(one.start, one.cue_start) <= phrase.start() < max(one.cue_end, one.end) for one in found
    ):
        return
    at = phrase.end()
    stops = _STOP_THAT if text.startswith(" that ", at) else _STOP
    stop = stops.search(text, at + 5, end)
    yield Said(at, stop.start() if stop else end, source, *phrase.span(noun))
