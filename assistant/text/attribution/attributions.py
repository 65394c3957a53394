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
from assistant.text.attribution.frames import frame
from assistant.text.attribution.manner_of_speaking import ASKED, in_manner
from assistant.text.attribution.mentions import NAME
from assistant.text.attribution.people import People
from assistant.text.attribution.quotation_marks import COVER, covered, quoted, without_nicknames
from assistant.text.attribution.resolve_speaker import Names, Speaker
from assistant.text.attribution.stances import Said
from assistant.text.attribution.turns import Turn
from assistant.text.attribution.whole_lines import by_lines

WINDOW = 20  # sentences before a span that may tell who speaks
LEAST = 0.6  # share of a span's own words that must be the speaker's
_WHOLE = re.compile(rf"[\"'‘(\[…. ]*“{COVER}+[^“”]{{0,6}}”?[.,)\]]?\s*$")


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
        self._quoted = without_nicknames(text, quoted(text))
        self._cover = covered(text, self._quoted)
        self._spans = _joined(self._cover, sentences.split(self._cover))
        self._people = People(self._cover)

    @functools.cached_property
    def _told(self) -> list[Turn]:
        return by_lines(self._text, self._cover, self._people)

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

    def people_called(self, word: str) -> set[str]:
        """The names in the article, of whoever may be a person, of which this is a word."""
        return self._people.called(word)

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

    def only_names(self, start: int, end: int) -> bool:
        """Does `text[start:end]` say nothing but who speaks the quotation before or after it?"""
        names = any(
            start <= one.source.start < end and (one.end <= start or end <= one.start)
            for one in self._told
        )
        return names and not self.within(start, end)

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
        return len(own.split()) > (0 if start <= one.start and one.end <= end else 1)

    def _within(self, low: int, high: int) -> list[Attribution]:
        """What the sentences from number `low` to before `high` attribute."""
        high = min(high, len(self._spans))
        open_ends = {one.end for one in self._quoted if one.open}
        while high < len(self._spans) and self._spans[high - 1][1] in open_ends:
            high += 1  # who says it may be told where the quotation closes
        numbers = range(low, high)
        said: list[list[Said]] = [[] for _ in self._spans]
        for n in numbers:
            said[n] = _in_sentence(self._text, self._cover, *self._spans[n])
        _add_lines(self._cover, self._spans, said, self._told, numbers)
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


_THOUGHT = frozenset("think thinks thought thinking".split())
_WORKS = frozenset("read reads sang sings wrote writes published publishes recited recites".split())
_WORK = re.compile(
    r"\s[“\"‘'](?:(?:[A-Z0-9][\w’'-]*|of|the|and|in|an?|to|for|on|with|at|by)\s?){2,8}[”\"’']"
)


def _in_sentence(text: str, cover: str, start: int, end: int) -> list[Said]:
    """What one sentence says by itself, in order: by its clauses, and after its quotations."""
    found = [one for one in clauses.said(cover, start, end) if not _unspoken(text, cover, one)]
    further = [
        one
        for one in in_manner(cover, start, end)
        if not any(one.start < other.end and other.start < one.end for other in found)
    ]
    return sorted(found + further, key=lambda one: one.start) if further else found


def _unspoken(text: str, cover: str, one: Said) -> bool:
    """Is this a thought in quotation marks, or the title of a work?"""
    cue = text[one.cue_start : one.cue_end].lower()
    if cue in _THOUGHT:
        return cover[one.start] == "“"
    return cue in _WORKS and _WORK.match(text, one.cue_end) is not None


_ASKED = re.compile(
    rf"(?:{NAME}|he|she)(?:(?:\s\w+ly)?\s{VERB.pattern}[^“”]{{0,60}}$|{ASKED.pattern})"
)


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
    cover: str,
    spans: Sequence[tuple[int, int]],
    said: list[list[Said]],
    told: Sequence[Turn],
    numbers: range,
) -> None:
    """Put what whole lines show in the place of what their words seem to attribute."""
    ends = [one.end for one in told]
    for n in numbers:
        start, end = spans[n]
        place = bisect.bisect_right(ends, start)
        while place < len(told) and told[place].start < end:
            one = told[place]
            low, high = max(start, one.start), min(end, one.end)
            if not any(map(str.isalnum, cover[low:high])):
                place += 1
                continue
            said[n] = [other for other in said[n] if other.end <= low or other.start >= high]
            said[n].append(Said(low, high, one.source, one.label_start, one.label_end))
            place += 1


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
    for n in reversed(numbers):
        following = said[n + 1] if n + 1 < len(spans) else []
        start, end = spans[n]
        if said[n] or end not in unclosed or not following or not _WHOLE.match(cover, start, end):
            continue
        if following[0].start == spans[n + 1][0] and cover[spans[n + 1][0]] == "“":
            said[n] = [replace(following[0], start=start, end=end)]


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
            if not any(map(str.isalnum, text[one.start : one.end])):
                continue  # "Ada Roe said:", of which the next paragraph is what she said
            found.append(Attribution(one.start, one.end, speaker, *frame(one, group, spans[n])))
    return found
