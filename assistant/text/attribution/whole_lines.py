"""From an article to what its whole lines show: turns, dialogue, signatures, announcements."""

from __future__ import annotations

import bisect
import re

from assistant.text.attribution.announced import announced, signed
from assistant.text.attribution.beside_quotation import beside
from assistant.text.attribution.bold_questions import bold_questions
from assistant.text.attribution.dash_dialogue import dashed
from assistant.text.attribution.foreign_speech import foreign
from assistant.text.attribution.mentions import NAME, name_of
from assistant.text.attribution.people import People
from assistant.text.attribution.turn_labels import is_no_speaker
from assistant.text.attribution.turns import Turn, turns

_HEADLINE = re.compile(rf"(?!The\s)({NAME}):\s")


def by_lines(text: str, cover: str, people: People) -> list[Turn]:
    """What whole lines show, in order: turns, dialogue with dashes, signatures, announcements."""
    labelled = sorted(turns(text, people), key=lambda one: one.start)
    found = max(labelled, bold_questions(text, people), key=len)
    further = (announced(cover, people), foreign(cover), beside(cover), _headline(text, people))
    for more in (dashed(text), signed(cover), *further):
        starts = [one.start for one in found]
        for one in more:
            place = bisect.bisect_left(starts, one.end)
            if one.start < one.end and (place == 0 or found[place - 1].end <= one.start):
                found.insert(place, one)
                starts.insert(place, one.start)
    return found


def _headline(text: str, people: People) -> list[Turn]:
    """A headline's "Ann Poe: the mole is safe"; a dateline or "Live:" names nobody."""
    found = _HEADLINE.match(text)
    source = name_of(text, 0, 0, found.end(1)) if found else None
    if found is None or source is None or is_no_speaker(source.name, source.role):
        return []
    person = people.person(source)
    if not source.role and (person is None or " " not in person.name):
        return []
    close = text.find("\n")
    close = len(text) if close < 0 else close
    return [Turn(found.end(), close, source, found.end(1), found.end(1) + 1)]
