"""From what is said in a sentence to the writer's words around who speaks: "Poe said on Monday"."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.text.attribution.stances import Said

_FRAME = 80  # characters: what is longer tells more than when and where


def _another_says(one: Said, group: Sequence[Said]) -> bool:
    """Do another's words stand before the verb: "Roe left, Lim said, and hopes"?"""
    return any(
        other.source.start != one.source.start
        and other.start < one.cue_start
        and one.source.end <= other.end
        for other in group
    )


def frame(one: Said, group: Sequence[Said], span: tuple[int, int]) -> tuple[int, int]:
    """The writer's words around who speaks: "In a letter, Poe said", "Poe said on Monday"."""
    if one.source.end <= span[0] or one.source.start >= span[1]:  # told in another sentence
        return one.start, one.start
    low = min(one.source.start, one.cue_start)
    high = max(one.source.end, one.cue_end)
    if one.start >= high:
        if _another_says(one, group):
            return one.cue_start, one.start
        opening = span[0] if span[0] <= low <= span[0] + _FRAME else low
        inside = any(opening < other.end and other.start < low for other in group)
        return (low if inside else opening), one.start
    if one.end <= one.source.start or one.end <= low:
        close = min([span[1], *(other.start for other in group if other.start >= high)])
        return one.end, close if high <= close <= high + _FRAME else high
    return one.cue_start, one.cue_end
