"""From what two people say in one sentence to where the words of each end."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.text.attribution.cues import VERB
from assistant.text.attribution.mentions import NAME, name_of
from assistant.text.attribution.stance_verbs import stances
from assistant.text.attribution.stances import Said

# A verb after these is denied, only possible, or done to the subject: nobody is quoted.
UNSAID = re.compile(
    r"(?:\b(?:not|never|would|could|might|may|should|can|cannot|if|nor|to|will|must)|n['’]t|"
    r"\b(?:let|lets|make|makes|made)\s\w+)(?:\s\w+ly)?\s+$"
)
_MAY_TURN = re.compile(r";|[Ww]hile|whereas|Although|Though|[,”]\s(?:and|but|although|though)\b")
_SUBORDINATE = re.compile(r"(?:[Ww]hile|Although|Though)\s")
# "Roe called it safe; Lim, “a trap”", "Roe called it “safe” and Lim “a trap”"
_LEFT_OUT = re.compile(rf"(?:;|(?<=”)\sand|(?<=”,)\sand)\s(?P<who>{NAME}),?\s(?=“)")
# Between a turn and its verb stands who else acts, with an office: "while chief engineer Lim said".
_OTHER_TURN = re.compile(
    r"(?:;|(?:,|(?<=”)|\s)\s?(?:while|whereas)\b|(?:,|(?<=”))\s(?:and|but|although|though)\b)\s"
    r"(?!(?:\w+ly\s)?(?:he|she|they|it|we|I|who|which|that|has|have|had|to|then|also)\b)"
    r"(?:when\s[^,;“”]{3,60},\s)?(?:[^\s,;“”]+\s){1,6}$"
)


def told_apart(found: list[Said]) -> list[Said]:
    """End what one says where another's saying begins: "Divers found mud, the port said"."""
    if len(found) < 2:
        return found
    found = [one for one in found if not any(_in_name(one, other) for other in found)]
    return [
        _ended(one, min(_ends(one, other) for other in found))
        for one in found
        if not any(_has_own_clause(one, other) for other in found)
    ]


def _in_name(one: Said, other: Said) -> bool:
    """Is the verb of `one` the last word of the other's speaker: "the harbour report notes"?"""
    return other.source.start < one.cue_start and one.cue_end == other.source.end


def _ended(one: Said, end: int) -> Said:
    return one if end == one.end else replace(one, end=end)


def _has_own_clause(one: Said, other: Said) -> bool:
    """Does another's clause follow what `one` introduces: "He told of it: “It leans,” Roe said"?"""
    after = one.cue_start < other.start <= one.start + 2 < other.end <= other.cue_start < one.end
    return after and other.source.start != one.source.start


def _ends(one: Said, other: Said) -> int:
    if other.source.start == one.source.start or not one.start < other.cue_start < one.end:
        return one.end
    within = other.start <= one.start < other.end <= other.cue_start
    return other.end if within else one.end


def cut(text: str, start: int, end: int, found: list[Said]) -> list[Said]:
    """End what is said where someone else's verb takes its turn: "..., while Roe said ..."."""
    if not found or not _MAY_TURN.search(text, start, end):
        return found
    cues = [one.start() for one in VERB.finditer(text, start, end)]
    cues += [one.start() for one in stances(text, start, end)]
    turns = [
        turn.start()
        for cue in cues
        if (turn := _OTHER_TURN.search(text, max(start, cue - 120), cue))
        and not UNSAID.search(text[start:cue])
    ]
    others = _left_out(text, start, end, found)
    turns += [at for at, _ in others]
    if _SUBORDINATE.match(text, start):  # "While Roe said it was “safe,” Lim called it “a trap”"
        begins = [one.source.start for one in found]
        turns += [at for at in begins if text[at - 2 : at] in (", ", "” ")]
    ended = [
        _ended(one, min([one.end, *(at for at in turns if one.start + 8 < at < one.end)]))
        for one in found
    ]
    return ended + [one for _, one in others]


def _left_out(text: str, start: int, end: int, found: list[Said]) -> list[tuple[int, Said]]:
    """Where another takes the turn without a verb: "Roe called it “safe” and Lim “a trap”"."""
    others: list[tuple[int, Said]] = []
    for turn in _LEFT_OUT.finditer(text, start, end):
        says = [one for one in found if one.start < turn.start() < one.end]
        source = name_of(text[: turn.end("who")], 0, *turn.span("who"))
        if says and source and "”" in text[says[-1].start : turn.start()]:
            close = min([end, *(at for at in (text.find(";", turn.end(), end),) if at > 0)])
            others.append(
                (turn.start(), replace(says[-1], start=turn.end(), end=close, source=source))
            )
    return others
