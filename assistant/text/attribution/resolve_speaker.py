"""From the phrase beside a cue to the speaker; None when two people could be meant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.text.attribution.mentions import (
    Kind,
    Mention,
    is_role_of_one,
    unlabelled,
)
from assistant.text.attribution.people import SEXES, People
from assistant.text.attribution.person import Person

_BACK = 5  # sentences between a pronoun and the name it stands for
_PRONOUNS = {"he": re.compile(r"\W*(?:\w+\s)?[Hh]e\b"), "she": re.compile(r"\W*(?:\w+\s)?[Ss]he\b")}
_MANY = re.compile(
    r"(?:two|three|several|some|many|other|both|these|those|all|most)\b|.*s\b(?<!['’]s)$"
    r"|\S*s\s(?:at|with|for|of|in|from)\b|.*\band\b|(?:\w+\s)?police$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who said something, as the article prints it.

    `name` is the full name where the article gives it anywhere, `role` the office printed with
    the name, `cue` the words that tell ("said", "according to", ":"). `text[start:end]` is the
    mention next to the cue: a full name, a surname, a pronoun, "the ministry".
    """

    name: str
    role: str | None
    cue: str
    start: int
    end: int


class Names:
    """Gives each phrase that names a speaker its name, sentence after sentence of one article."""

    def __init__(self, cover: str, spans: Sequence[tuple[int, int]], people: People) -> None:
        self._cover = cover
        self._spans = spans
        self._people = people
        # The last speaker of each sentence, by its number; None when it could not be told.
        self._speaking: dict[int, tuple[Kind, Speaker | None]] = {}
        self._known: dict[int, Speaker | None] = {}

    def speaker(self, n: int, source: Mention, cue: str) -> Speaker | None:
        """The speaker whom `source` in sentence number `n` names; ask in the article's order."""
        if source.start not in self._known:
            self._known[source.start] = self._find(n, source, cue)
        found = self._known[source.start]
        self._speaking[n] = (source.kind, found)
        return replace(found, cue=cue) if found and found.cue != cue else found

    def _find(self, n: int, source: Mention, cue: str) -> Speaker | None:
        if source.kind == "name":
            source = unlabelled(source)
        at = (cue, source.name_start, source.end)
        if source.kind == "common":
            person = self._people.in_office(source.name, source.start)
            if person:
                return Speaker(person.name, person.role, *at)
            return Speaker(source.name, source.role, *at)
        if source.kind == "name":
            person = self._people.person(source)
            if person:
                return Speaker(person.name, source.role or person.role, *at)
            doubtful = self._people.doubtful(source)
            return None if doubtful else Speaker(source.name, source.role, *at)
        pronoun = source.name.lower()
        if pronoun in SEXES:
            meant = self._meant(n, source.start, pronoun)
            return Speaker(meant.name, meant.role, *at) if meant else None
        if pronoun in ("they", "it"):
            return self._others(n, pronoun == "they", at)
        return None

    def _meant(self, n: int, at: int, pronoun: str) -> Person | Speaker | None:
        """Whom "he" or "she" in sentence `n` means: the only one in the nearest that names any.

        News goes on with "he said" while the same one speaks, so a speaker comes before others.
        Someone whose sex nothing tells may be meant too: then nobody is, but for a subject.
        """
        maybe: Person | None = None
        for back in range(min(n, _BACK) + 1):
            start, end = self._spans[n - back]
            if n - back in self._speaking:
                kind, speaking = self._speaking[n - back]
                if speaking is None:
                    return None
                person = self._person(speaking)
                unsure = person is not None and not self._people.sex(person)
                if unsure and back > 1:
                    return None
                if person and self._people.fits(person, pronoun):
                    return person if maybe in (None, person) else None
                if person is None and (kind == "name" or is_role_of_one(speaking.name)):
                    named = self._people.named(start, min(end, at), pronoun)
                    return None if kind == "name" or maybe or named else speaking
            near = self._people.named(start, min(end, at), pronoun)
            if len(near) > 1 or (near and maybe not in (None, near[0])):
                return None
            if near and not self._clear(near[0], start):
                return None
            maybe = near[0] if near else maybe
            # "He met Poe. He left": the one that the first "he" means is someone else.
            goes_on = back and _PRONOUNS[pronoun].match(self._cover, start, end)
            if maybe and not goes_on:
                return maybe
        return None

    def _clear(self, one: Person, start: int) -> bool:
        """Is it told, or by the place in the sentence plain, that the pronoun can mean this one?"""
        if self._people.sex(one):
            return True
        return self._people.is_subject(one, start)

    def _person(self, speaker: Speaker) -> Person | None:
        return self._people.person(Mention(speaker.name, speaker.start, speaker.end, "name"))

    def _others(self, n: int, many: bool, at: tuple[str, int, int]) -> Speaker | None:
        """Which speaker of the sentence before "they" or "it" means: one that is no person."""
        for back in range(min(n, 2) + 1):
            if n - back not in self._speaking:
                continue
            _, one = self._speaking[n - back]
            person = self._person(one) if one else None
            if one is None or (person and person.likely) or bool(_MANY.match(one.name)) != many:
                return None
            return Speaker(one.name, one.role, *at)
        return None
