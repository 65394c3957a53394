"""From an article's names to its people: full names, roles, and whom a pronoun means.

When two people could be meant, nobody is: a guess would put words in someone's mouth.
"""

from __future__ import annotations

import bisect
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.text.attribution.first_names import HE, MEN, SHE, WOMEN
from assistant.text.attribution.mentions import NAME, Mention, name_of

_NAMES = re.compile(rf"(?<![\w.’'-]){NAME}".replace(r"\s", r"[^\S\n]"))
_HIS_HER = re.compile(r"\b(?:(he|his|him|himself)|she|her|hers|herself)\b")
SEXES = {"he": "m", "she": "f"}
_COURTESY = re.compile(r"^(?:Mrs?\.?|Ms\.?|Sir|Dame|Lord|Lady)\s")
_SUFFIX = re.compile(r",?\s(?:Jr|Sr|II|III|IV)\.?$")
_SUBJECT = 40  # characters from a sentence's start, within which its subject is named
_LATELY = 1_000  # characters: two of one surname are told apart by who was named so shortly before


@dataclass(slots=True)
class Person:
    """Someone an article names in full; `sex` is "m", "f", or "" when nothing tells."""

    name: str
    named: list[int]
    sex: str = ""
    role: str | None = None


class People:
    """The people of one article, made once from its covered text."""

    def __init__(self, text: str) -> None:
        self._people: dict[tuple[str, str], Person] = {}
        self._by_surname: dict[str, list[Person]] = defaultdict(list)
        self._courtesies: dict[str, str] = {}
        mentions = _mentions(text)
        self._alone = {one.name for one in mentions if " " not in one.name}
        for one in mentions:
            self._learn(one)
        for one in mentions:
            self._learn_short(one)
        self._seen: list[tuple[int, Person]] = []
        for one in mentions:
            person = self.person(one)
            if person:
                self._seen.append((one.start, person))
        self._learn_from_pronouns(text)

    def _learn_from_pronouns(self, text: str) -> None:
        """Learn from "Poe shut his gate" what Poe's first name does not tell."""
        told: dict[int, set[str]] = defaultdict(set)
        ends = [at for at, _ in self._seen[1:]] + [len(text)]
        for (at, person), end in zip(self._seen, ends, strict=False):
            piece = re.split(r"[.!?“]\s|\n", text[at : min(end, at + 150)], maxsplit=1)[0]
            told[id(person)].update("m" if one[1] else "f" for one in _HIS_HER.finditer(piece))
        for person in self._people.values():
            if not person.sex and len(told[id(person)]) == 1:
                person.sex = next(iter(told[id(person)]))

    def _learn(self, one: Mention) -> None:
        """Take up someone who is named in full."""
        plain = _plain(one.name)
        words = plain.split()
        if courtesy := _COURTESY.match(one.name):
            self._courtesies.setdefault(words[-1], "m" if courtesy[0].strip() in HE else "f")
            self._alone.add(words[-1])
        if 2 <= len(words) <= 4 and self._may_be_person(words, one):
            self._take((words[0], words[-1]), plain, one)

    def _learn_short(self, one: Mention) -> None:
        """Take up someone who is never named in full: "President Poe", "Mr. Poe", "Ann"."""
        words = _plain(one.name).split()
        if len(words) != 1 or words[0] in self._by_surname or words[0] in _THINGS:
            return
        first = words[0] in (MEN | WOMEN) - _NAMES_TOO
        same = [key for key in self._people if first and key[0] == words[0]]
        if len(same) == 1:
            self._by_surname[words[0]].append(self._people[same[0]])
        elif not same and (first or one.role or _COURTESY.match(one.name)):
            self._take((words[0] if first else "", words[0]), words[0], one)

    def _take(self, key: tuple[str, str], name: str, one: Mention) -> None:
        known = self._people.get(key)
        if known is None:
            known = Person(name, [])
            self._people[key] = known
            self._by_surname[key[1]].append(known)
        known.named.append(one.start)
        known.role = known.role or one.role
        known.sex = known.sex or _sex(key[0], one.role)

    def _may_be_person(self, words: list[str], one: Mention) -> bool:
        if any(word in _THINGS for word in words) or one.name.startswith("The "):
            return False
        known = words[0] in MEN or words[0] in WOMEN
        return known or bool(one.role) or words[-1] in self._alone

    def person(self, one: Mention) -> Person | None:
        """The person a name means, if just one could be; None for a name that is nobody's."""
        words = _plain(one.name).split()
        if one.kind != "name" or not words:
            return None
        if len(words) > 1:
            return self._people.get((words[0], words[-1]))
        same = self._by_surname.get(_surname(words[0]), [])
        if len(same) > 1:
            same = self._near(same, one)
        return same[0] if len(same) == 1 else None

    def _near(self, same: list[Person], one: Mention) -> list[Person]:
        """Those of one surname who were named in full before, or lately when several were."""
        sex = ""
        if courtesy := _COURTESY.match(one.name):
            sex = "m" if courtesy[0].strip() in HE else "f"
        fitting = [person for person in same if not sex or person.sex in (sex, "")]
        before = [person for person in fitting if person.named[0] < one.start]
        lately = [
            person
            for person in before
            if any(one.start - _LATELY < at < one.start for at in person.named)
        ]
        return lately if len(before) > 1 else before

    def doubtful(self, one: Mention) -> bool:
        """Could this name, a surname alone, be that of two people?"""
        words = _plain(one.name).split()
        return len(words) == 1 and len(self._by_surname.get(_surname(words[0]), ())) > 1

    def fits(self, one: Person, pronoun: str) -> bool:
        """Can "he" or "she" stand for this person, as far as the article tells?"""
        return self.sex(one) in (SEXES[pronoun], "")

    def named(self, start: int, end: int, pronoun: str) -> list[Person]:
        """The people whom "he" or "she" could mean among those named in a stretch."""
        low = bisect.bisect_left(self._seen, start, key=lambda pair: pair[0])
        high = bisect.bisect_left(self._seen, end, key=lambda pair: pair[0])
        near = {
            id(one): one
            for at, one in self._seen[low:high]
            # Whose sex nothing tells is meant only where the sentence is about them.
            if self.sex(one) == SEXES[pronoun] or (not self.sex(one) and at < start + _SUBJECT)
        }
        return list(near.values())

    def sex(self, one: Person) -> str:
        """What the article tells of a person: "m", "f", or "" for nothing."""
        return one.sex or self._courtesies.get(one.name.split()[-1], "")


def _mentions(text: str) -> Sequence[Mention]:
    found = []
    for line in re.finditer(r"[^\n]+", text):
        if _is_headline(line[0]):
            continue
        for name in _NAMES.finditer(line[0]):
            # A role stands close before its name: a window keeps a page-long line cheap.
            low = max(0, name.start() - 80)
            window = line[0][low : name.end()]
            one = name_of(window, line.start() + low, name.start() - low, len(window))
            if one:
                found.append(one)
    return found


def _is_headline(line: str) -> bool:
    """Are most words of a line capitalised? Names cannot be told from words there."""
    words = [word for word in line.split() if word[:1].isalpha()]
    return len(words) >= 5 and sum(word[0].isupper() for word in words) > 0.65 * len(words)


def _surname(word: str) -> str:
    return word.title() if word.isupper() else word


def _plain(name: str) -> str:
    return " ".join(_SUFFIX.sub("", _COURTESY.sub("", name)).split())


def _sex(first: str, role: str | None) -> str:
    for word in (role or "").split():
        if word in HE or word.lower() in HE:
            return "m"
        if word in SHE or word.lower() in SHE:
            return "f"
    if first in MEN and first in WOMEN:
        return ""
    return "m" if first in MEN else "f" if first in WOMEN else ""


_THINGS = frozenset(
    """
    Street Avenue Road House Senate Congress University College Institute Center Centre Party
    Council Committee Commission Department Ministry Agency Bank Court Times Post News Journal
    Press Association Union States Kingdom Nations City County State Island Islands River Lake
    Sea Ocean Bay Park School Hospital Church Company Corp. Inc. Inc Group Fund Foundation Act
    Bill Law Office Bureau Board Service Services Army Navy Force Forces Guard Police Security
    Affairs War World North South East West New Los San United White Supreme National American
    European Republican Democratic Republicans Democrats Americans Day Week Year Olympic Games
    Cup League Club Team Building Tower Airport Station Bridge Beach Hall Square Hill Valley
    Mountain Project Program Plan Show Daily Morning Today Twitter Facebook Google Instagram
    Getty Images Reuters
    """.split()
)
# First names that are everyday words or places as well.
_NAMES_TOO = frozenset(
    """Will Mark Grace Rose Jordan Christian Virginia Victoria Austin Mason Logan Jack Frank Chelsea
    Charlotte Madison Tyler Sue Hope Amber Joy May Ray Rob Bill Pat Max Rod Sean Florence Marine
    Elena Craig Glenn Lee Long Kelly Scott Martin Allen""".split()
)
