"""From a sentence that stands beside a quotation, and says nothing of saying, to who spoke.

"Poe shook her head. “No.”", "“No.” Those were the words of Poe."; a name on the line below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.text.attribution.announced import quotation_end, source_of
from assistant.text.attribution.mentions import NAME, Mention
from assistant.text.attribution.quotation_marks import COVER
from assistant.text.attribution.turns import Turn

_MOODS = (
    r"(?:blunt|clear|adamant|defiant|unmoved|optimistic|pessimistic|sceptical|skeptical|unconvinced|"
    r"furious|angry|delighted|relieved|scathing|cautious|unrepentant|unapologetic|emphatic|"
    r"dismissive|convinced|confident|hopeful|pleased|disappointed|worried|proud|sorry|certain|sure|"
    r"critical|in\sno\sdoubt|unimpressed|apologetic|philosophical|indignant|resigned)"
)
_GESTURE = (
    r"(?:shook\s(?:his|her)\shead|nodded|shrugged|smiled|laughed|paused|grinned|winced|frowned|"
    r"disagree[sd]|agree[sd]|"
    r"(?:is|was|remains|remained|sounded|seemed|looked)\s(?:\w+\s){0,2}?" + _MOODS + r"|"
    r"(?:has|had)\s(?:no|few|his|her|some)\s(?:doubts?|regrets?|worries|explanation|answer)|"
    r"sees?\sit\sdifferently|saw\sit\sdifferently|puts?\sit\sdifferently|begs\sto\sdiffer|"
    r"(?:does|did)\snot\smince\s(?:his|her)\swords|was\shaving\snone\sof\sit)"
)
_THEN_QUOTED = re.compile(r"[.!]\s(?=“)")
_SENTENCE = re.compile(r"[.!?”]\s")
_BEFORE = re.compile(
    rf"(?:But\s|And\s)?(?:(?P<name>{NAME})(?:,\s[^“”.!?\n]{{3,70}},)?|(?P<he>He|She))"
    rf"\s(?P<cue>{_GESTURE})\b[^“”.!?:\n]{{0,60}}[.!]\s"
)
_LONGEST_BEFORE = 220  # characters of a sentence that tells of a gesture
_AFTER = re.compile(
    rf"(?P<words>“{COVER}+[^“”\n]{{0,6}}”)\s(?:These|Those|That|This|Such)\s(?:were|was|are|is)\s"
    r"(?:the|an?|how|what)\s(?:[\w-]+\s){0,3}?"
    r"(?:words?|verdict|view|answer|reply|response|message|opinion|warning|assessment|conclusion)"
    rf"\s(?:of|from|by)\s(?:the\s)?(?P<name>{NAME})"
)
# A line that holds a name and what its bearer is, or how old, above or below a quotation.
_LINE = re.compile(
    rf"^(?:#{{1,6}}\s|\*\*|__)?(?P<name>{NAME})(?:,\s|\s\()(?P<rest>[^“”.:\n]{{2,70}}?)\)?(?:\*\*|__)?$",
    re.MULTILINE,
)
_BRIEF_LINE = re.compile(r"^[^\n“”.:]{6,120}$", re.MULTILINE)
_AGED = re.compile(r"(?:aged\s)?\d\d\b")
_ABOVE = re.compile(rf"(?:^|\n)(?P<words>“{COVER}+[^“”\n]{{0,6}}”)[^\S\n]*\n[^\S\n]*\n?\Z")
_BELOW = re.compile(rf"[^\S\n]*\n[^\S\n]*\n?(?P<words>“{COVER}+[^“”\n]{{0,6}}”)[^\S\n]*(?=\n|\Z)")
_LONGEST = 2_000  # characters of a quotation beside such a line


def beside(cover: str) -> list[Turn]:
    """The quotations of covered text that a sentence beside them, or a line below, gives."""
    if "“" not in cover:
        return []
    found = [*_gestures(cover), *_told_after(cover), *_captioned(cover)]
    return sorted(found, key=lambda one: one.start)


def _gestures(cover: str) -> Iterator[Turn]:
    for stop in _THEN_QUOTED.finditer(cover):
        low = max(cover.rfind("\n", 0, stop.start()) + 1, stop.start() - _LONGEST_BEFORE)
        begins = [one.end() for one in _SENTENCE.finditer(cover, low, stop.start())]
        found = _BEFORE.fullmatch(cover, begins[-1] if begins else low, stop.end())
        if found is None:
            continue
        end = quotation_end(cover, found.end())
        if found["he"]:
            source: Mention | None = Mention(found["he"], *found.span("he"), "pronoun")
        else:
            source = source_of(cover, *found.span("name"))
        if source and end is not None:
            yield Turn(found.end(), end, source, *found.span("cue"))


def _told_after(cover: str) -> Iterator[Turn]:
    for found in _AFTER.finditer(cover):
        source = source_of(cover, *found.span("name"))
        if source:
            yield Turn(*found.span("words"), source, found.end("words"), found.start("name"))


def _captioned(cover: str) -> Iterator[Turn]:
    """Quotations with a line "Ada Roe, 44, pilot" above them, or below: all as the first."""
    below: bool | None = None
    for brief in _BRIEF_LINE.finditer(cover):
        line = _LINE.match(cover, brief.start())
        if line is None:
            continue
        source = source_of(cover, *line.span("name"))
        if source is None or not (source.role or _AGED.match(line["rest"])):
            continue
        over = _ABOVE.search(cover, max(0, line.start() - _LONGEST), line.start())
        under = _BELOW.match(cover, line.end())
        if below is None:
            below = over is not None
        words = over if below else under
        if words:
            label = (words.end("words"), line.end()) if below else (line.start(), line.end())
            yield Turn(*words.span("words"), source, *label)
