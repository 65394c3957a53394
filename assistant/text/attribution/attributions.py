"""From an article's text to what is said where and by whom, asked for any span of it."""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.text import sentences
from assistant.text.attribution import clauses
from assistant.text.attribution.cues import VERB
from assistant.text.attribution.mentions import NAME, Mention, name_of
from assistant.text.attribution.people import People
from assistant.text.attribution.quotation_marks import COVER, covered, quoted
from assistant.text.attribution.resolve_speaker import Names, Speaker
from assistant.text.attribution.stances import Said

_FRAME = 80  # characters: what is longer tells more than when and where
WINDOW = 20  # sentences before a span that may tell who speaks
LEAST = 0.6  # share of a span's own words that must be the speaker's
_WHOLE = re.compile(rf"[\"'‘(\[…. ]*“{COVER}+[^“”]{{0,6}}”?[.,)\]]?\s*$")
_SIGNED = re.compile(rf"”\s*[―—–-]{{1,2}}\s*({NAME})([^”“\n]{{0,90}})$")
_CAPITALS = re.compile(r"[\"“]?([A-Z][A-Z.’' -]{1,28}[A-Z]):\s(?=\S)")
_HEADLINE = re.compile(rf"(?!The\s)({NAME}):\s")


@dataclass(frozen=True, slots=True)
class Attribution:
    """`text[start:end]` was said by `speaker`, None when that could be two people.

    `[frame_start, frame_end)` tells who speaks, where and when: the writer's words about it.
    """

    start: int
    end: int
    speaker: Speaker | None
    frame_start: int
    frame_end: int


class Attributions:
    """What an article attributes. Its names are read once, its sentences where they are asked for.

    Whom "he" means is told a few sentences before; what goes on for more than `WINDOW` sentences
    without naming its speaker has none.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._quoted = quoted(text)
        self._cover = covered(text, self._quoted)
        self._spans = _joined(self._cover, sentences.split(self._cover))
        self._people = People(self._cover)

    @functools.cached_property
    def all(self) -> tuple[Attribution, ...]:
        """Everything that the article attributes to someone."""
        return tuple(self._within(0, len(self._spans)))

    def speaker_of(self, start: int, end: int) -> Speaker | None:
        """Who said `text[start:end]`, or None when the article does not clearly say.

        Of attributions inside one another the one that fits the span best counts; of a span
        with words of several speakers, or mostly the writer's own, the answer is None.
        """
        near = self.within(start, end)
        if not near:
            return None
        best = max(near, key=lambda one: _fit(one, start, end))
        if best.speaker is None:
            return None
        same = [one for one in near if one.speaker and one.speaker.name == best.speaker.name]
        others = [one for one in near if one not in same]
        if any(self._adds(one, same, start, end) for one in others):
            return None
        if max(_share([best], start, end), _share(same, start, end)) < LEAST:
            return None
        return best.speaker

    def speakers(self, start: int, end: int) -> set[str | None]:
        """Those who say anything in `text[start:end]`, None for one who could be two people."""
        return {one.speaker.name if one.speaker else None for one in self.within(start, end)}

    def within(self, start: int, end: int) -> list[Attribution]:
        """What the article attributes that lies in `text[start:end]`, wholly or in part."""
        ends = [last for _, last in self._spans]
        first = bisect.bisect_right(ends, start)
        last = bisect.bisect_left([begins for begins, _ in self._spans], end)
        found = self._within(max(0, first - WINDOW), last + 1)
        return [one for one in found if one.start < end and start < one.end]

    def _adds(self, one: Attribution, same: Sequence[Attribution], start: int, end: int) -> bool:
        """Has `one` words between `start` and `end` that are in none of `same`?"""
        if any(other.start <= one.start and one.end <= other.end for other in same):
            return False
        if any(one.start <= other.start and other.end <= one.end for other in same):
            return False
        low, high = max(one.start, start), min(one.end, end)
        own = "".join(
            sign
            for at, sign in enumerate(self._text[low:high], low)
            if not any(
                other.start <= at < other.end or other.frame_start <= at < other.frame_end
                for other in same
            )
        )
        return len(own.split()) > 1

    def _within(self, low: int, high: int) -> list[Attribution]:
        """What the sentences from number `low` to before `high` attribute."""
        numbers = range(low, min(high, len(self._spans)))
        said: list[list[Said]] = [[] for _ in self._spans]
        for n in numbers:
            said[n] = clauses.said(self._cover, *self._spans[n])
        _add_lines(self._text, self._cover, self._spans, said, numbers)
        open_ends = {one.end for one in self._quoted if one.open}
        _carry_on(self._cover, self._spans, said, open_ends, numbers)
        return _resolved(self._text, self._cover, self._spans, said, self._people)


@functools.lru_cache(maxsize=64)
def attributions(text: str) -> Attributions:
    """Everything that `text`, an article, attributes to someone; kept for the next question."""
    return Attributions(text)


def speaker_of(text: str, start: int, end: int) -> Speaker | None:
    """Who said `text[start:end]` of an article; for several spans make its `attributions` once."""
    return Attributions(text).speaker_of(start, end)


def _fit(one: Attribution, start: int, end: int) -> float:
    return (min(one.end, end) - max(one.start, start)) / (max(one.end, end) - min(one.start, start))


def _share(said: Sequence[Attribution], start: int, end: int) -> float:
    """The share of a span, leaving out who speaks and the cue, that was said."""
    inside = set[int]()
    telling = set[int]()
    for one in said:
        inside.update(range(max(one.start, start), min(one.end, end)))
        telling.update(range(max(one.frame_start, start), min(one.frame_end, end)))
    return len(inside - telling) / max(1, end - start - len(telling))


_ASKED = re.compile(rf"(?:{NAME}|he|she)(?:\s\w+ly)?\s{VERB.pattern}[^“”]{{0,60}}$")


def _joined(cover: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans, with "“Why?”" and "Poe demanded." made one."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        asking = joined and cover[max(0, start - 3) : start] in ("?” ", "!” ")
        if asking and _ASKED.match(cover, start, end):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _add_lines(
    text: str, cover: str, spans: Sequence[tuple[int, int]], said: list[list[Said]], numbers: range
) -> None:
    """Add what a whole line shows: “...” — Ann Poe; POE: ...; a headline's "Ann Poe: ..."."""
    for n in numbers:
        start = spans[n][0]
        if start and text[start - 1] != "\n":
            continue
        close = text.find("\n", start)
        close = len(text) if close < 0 else close
        found = _CAPITALS.match(text, start, min(close, start + 60))
        if found and text.count(f"{found[1]}:") < 2:
            found = None  # "CORRECTION:" stands alone; those who speak in turns come again
        if found is None and start == 0:
            found = _HEADLINE.match(text, start, min(close, start + 60))
        if found:
            source = Mention(found[1], found.start(1), found.end(1), "name")
            said[n] = [Said(found.end(), close, source, found.end(1), found.end(1) + 1)]
            continue
        signed = _SIGNED.search(cover, start, close)
        if signed:
            piece = cover[start:close]
            at = signed.start(1) - start
            source_ = name_of(piece, start, at, signed.end(1) - start)
            if source_:
                cue = signed.end(0) - len(signed[0]) + 1
                said[n].append(Said(start, signed.start() + 1, source_, cue, signed.start(1)))


def _carry_on(
    cover: str,
    spans: Sequence[tuple[int, int]],
    said: list[list[Said]],
    unclosed: set[int],
    numbers: range,
) -> None:
    """Give a quotation without a cue its neighbour's speaker where the marks show it goes on."""
    for n in numbers:
        start, end = spans[n]
        if said[n] or n == 0 or not _WHOLE.match(cover, start, end):
            continue
        before = said[n - 1][-1] if said[n - 1] else None
        same_line = "\n" not in cover[spans[n - 1][1] : start]
        if before is None:
            continue
        quoted_before = "“" in cover[before.start : before.end]
        colon = cover[spans[n - 1][0] : spans[n - 1][1]].endswith(":")
        if colon or (same_line and quoted_before) or spans[n - 1][1] in unclosed:
            said[n] = [replace(before, start=start, end=end)]


def _resolved(
    text: str,
    cover: str,
    spans: Sequence[tuple[int, int]],
    said: Sequence[Sequence[Said]],
    people: People,
) -> list[Attribution]:
    names = Names(cover, spans, people)
    found: list[Attribution] = []
    for n, group in enumerate(said):
        for one in group:
            cue = text[one.cue_start : one.cue_end].strip()
            speaker = names.speaker(n, one.source, cue)
            found.append(Attribution(one.start, one.end, speaker, *_frame(one, group, spans[n])))
    return found


def _frame(one: Said, group: Sequence[Said], span: tuple[int, int]) -> tuple[int, int]:
    """The writer's words around who speaks: "In a letter, Poe said", "Poe said on Monday"."""
    low = min(one.source.start, one.cue_start)
    high = max(one.source.end, one.cue_end)
    if one.start >= high:
        opening = span[0] if span[0] <= low <= span[0] + _FRAME else low
        inside = any(opening < other.end and other.start < low for other in group)
        return (low if inside else opening), one.start
    if one.end <= one.source.start or one.end <= low:
        close = min([span[1], *(other.start for other in group if other.start >= high)])
        return one.end, close if high <= close <= high + _FRAME else high
    return one.cue_start, one.cue_end
