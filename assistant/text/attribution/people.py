"""From an article's names to its people: full names, roles, and whom a pronoun means.

When two people could be meant, nobody is: a guess would put words in someone's mouth. A name is
the same in capitals, with an initial for the first name, or with half of a two-part family name.
"""

from __future__ import annotations

import bisect
import re
from collections import defaultdict
from collections.abc import Sequence

from assistant.text.attribution import offices
from assistant.text.attribution.first_names import long_form, sex_of
from assistant.text.attribution.mentions import NAME, Mention
from assistant.text.attribution.person import (
    COURTESY,
    NICKNAME,
    PARTICLES,
    Person,
    courtesy_sex,
    folded,
    in_small_letters,
    sex_told,
)
from assistant.text.attribution.read_names import names
from assistant.text.attribution.surnames import misprinted, nearest
from assistant.text.attribution.things import EVERYDAY, is_thing

_HIS_HER = re.compile(r"\b(?:(he|his|him|himself)|she|her|hers|herself)\b")
SEXES = {"he": "m", "she": "f"}
_INITIALS = re.compile(r"(?:[a-z]|(?:[a-z]\.){1,4}|[^aeiouy\W\d_]{2})$")
_SUBJECT = 40  # characters from a sentence's start, within which its subject is named
_ENDS = re.compile(r"[.!?“]\s|\n")
_PLACE = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Oo]f|[Tt]he|[Aa]cross|[Ii]nside|[Oo]utside|[Oo]n|[Aa]n?)\s$"
)
_ANOTHER = re.compile(r"\b(?:[Aa]nother|[Oo]ther|[Nn]ew|[Nn]ext|[Tt]wo|[Ee]ach)\s([\w-]+)")
_AGED = re.compile(r",\s[1-9]\d(?:,|\.\s|$)|,\swho\s")  # "Roe, 54, "
_OWNS = re.compile(rf"{NAME}['’]s?\s(?:[\w-]+\s)?([a-z][\w-]+)")
_OF_PLACE = re.compile(r"\b([\w-]+)\s(?:of|for)\s(?:the\s)?([A-Z]\w+)")


class People:
    """The people of one article, made once from its covered text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._people: dict[tuple[str, str], Person] = {}
        self._by_surname: dict[str, list[Person]] = defaultdict(list)
        self._by_tail: dict[str, list[Person]] = defaultdict(list)
        self._by_given: dict[str, list[Person]] = defaultdict(list)
        self._courtesies: dict[str, str] = {}
        mentions = names(text)
        printed = [folded(one.name) for one in mentions]
        self._alone: dict[str, list[int]] = defaultdict(list)
        for one, words in zip(mentions, printed, strict=True):
            if len(words) == 1 or words[0] in PARTICLES:
                self._alone[words[-1]].append(one.start)
        self._meant: dict[str, str | None] = {}  # of a surname that may be misprinted
        self._within = {word for words in printed if len(words) > 1 for word in words}
        self._printed = {" ".join(words) for words in printed}
        for learn in (self._learn, self._learn_initials, self._learn_short):
            for one, words in zip(mentions, printed, strict=True):
                learn(one, words)
        for person in self._people.values():
            if person.name.isupper() and " " in person.name:
                person.name = in_small_letters(person.name)
        self._seen: list[tuple[int, Person]] = []
        for one in mentions:
            if known := self.person(one) or self._maybe(one):
                self._seen.append((one.start, known))
        self._learn_from_pronouns(text)

    def _learn_from_pronouns(self, text: str) -> None:
        """Learn from "Poe shut his gate" what Poe's first name does not tell."""
        told: dict[int, set[str]] = defaultdict(set)
        ends = [at for at, _ in self._seen[1:]] + [len(text)]
        for (at, person), end in zip(self._seen, ends, strict=False):
            if person.sex:
                continue
            piece = _ENDS.split(text[at : min(end, at + 150)], maxsplit=1)[0]
            told[id(person)].update("m" if one[1] else "f" for one in _HIS_HER.finditer(piece))
        for _, person in self._seen:
            if not person.sex and len(told[id(person)]) == 1:
                person.sex = next(iter(told[id(person)]))

    def _learn(self, one: Mention, words: Sequence[str]) -> None:
        """Take up someone who is named in full."""
        if courtesy := COURTESY.match(one.name):
            self._courtesies.setdefault(words[-1], courtesy_sex(courtesy[0]))
            self._alone[words[-1]].append(one.start)
        full = 2 <= len(words) <= 5 and not _INITIALS.match(words[0])
        if full and words[0] not in PARTICLES and self._may_be_person(words, one):
            self._take(words, one)

    def _learn_initials(self, one: Mention, words: Sequence[str]) -> None:
        """Take up "K. Roe" as the Kit Roe of the article, or as someone never named more fully."""
        if not 2 <= len(words) <= 4 or not _INITIALS.match(words[0]) or is_thing(words):
            return
        key = (words[0], words[-1])
        same = [
            person
            for person in self._by_surname.get(words[-1], ())
            if folded(person.name)[0][0] == words[0][0]
        ]
        if len(same) == 1 and key not in self._people:
            self._people[key] = same[0]
        if not same or key in self._people:
            self._take(words, one)

    def _learn_short(self, one: Mention, words: Sequence[str]) -> None:
        """Take up someone who is never named in full: "President Poe", "Mr. Poe", "Ann"."""
        if len(words) != 1 or words[0] in self._by_surname or is_thing(words):
            return
        if words[0] in self._by_given and words[0] not in EVERYDAY:
            return
        first = bool(sex_of(words[0])) and words[0] not in EVERYDAY
        aged = _AGED.match(self._text, one.end)
        if first or one.role or aged or COURTESY.match(one.name):
            self._take([words[0] if first else "", words[0]], one)

    def _take(self, words: Sequence[str], one: Mention) -> Person:
        """The person so named, made when they are new; what the mention tells is kept."""
        key = (words[0], words[-1])
        known = self._people.get(key) or self._of_tail(words) or self._of_short_form(words)
        printed = " ".join(COURTESY.sub("", one.name).split())
        if known is None:
            known = Person(printed, [])
            self._index(known, [word for word in words if word])
        self._people[key] = known
        if nickname := NICKNAME.search(one.name):
            self._people[nickname[1].lower(), words[-1]] = known
            self._by_given[nickname[1].lower()].append(known)
        elif NICKNAME.search(known.name):
            known.name = printed
        known.named.append(one.start)
        if known.name.isupper() and not printed.isupper():
            known.name = printed
        if one.role and offices.KIN.isdisjoint(offices.words_of(one.role)):
            known.role = known.role or one.role
            known.roles.append(one.role)
        known.sex = known.sex or sex_told(words, one.role)
        return known

    def _of_tail(self, words: Sequence[str]) -> Person | None:
        """The person of whose name these are the last words: "García Loren", Ines García Loren."""
        same = self._by_tail.get(" ".join(words), ())
        return same[0] if len(same) == 1 and not sex_of(words[0]) else None

    def _of_short_form(self, words: Sequence[str]) -> Person | None:
        """Joe Roe, where Joseph Roe is known."""
        long = long_form(words[0])
        same = [
            person
            for key, person in self._people.items()
            if key[1] == words[-1] and long_form(key[0]) == long
        ]
        return same[0] if len({id(person) for person in same}) == 1 else None

    def _index(self, person: Person, words: Sequence[str]) -> None:
        self._by_surname[words[-1]].append(person)
        for n in range(1, len(words) - 1):
            self._by_tail[" ".join(words[n:])].append(person)
        for word in words[:-1]:
            self._by_given[word].append(person)

    def _may_be_person(self, words: Sequence[str], one: Mention) -> bool:
        if is_thing(words) or one.name.startswith("The "):
            return False
        if one.name.isupper() and offices.is_office(words[-1]):
            return False
        if sex_of(words[0]) or one.role or words[-1] in self._alone:
            return True
        # "Ines García Loren", of whom "García Loren" or "García" is told as well
        tails = (" ".join(words[n:]) for n in range(1, len(words) - 1))
        return len(words) > 2 and (
            words[1] in self._alone or any(tail in self._printed for tail in tails)
        )

    def _maybe(self, one: Mention) -> Person | None:
        """Someone who only may be a person: two or three capitalised words that are no place."""
        words = folded(one.name)
        if not 2 <= len(words) <= 3 or is_thing(words) or one.name.isupper():
            return None
        if _INITIALS.match(words[0]) and words[-1] in self._by_surname:
            return None
        firm = "&" in one.name or self._text.endswith("& ", 0, one.start)
        if firm or one.name.startswith(("The ", "A ")):
            return None
        if _PLACE.search(self._text, max(0, one.start - 8), one.start):
            return None
        key = (words[0], words[-1])
        known = self._people.get(key) or Person(one.name, [one.start], likely=False)
        self._people[key] = known
        return known

    def person(self, one: Mention) -> Person | None:
        """The person a name means, if just one could be; None for a name that is nobody's."""
        words = folded(one.name)
        if one.kind != "name" or not words:
            return None
        if len(words) > 1:
            tails = self._by_tail.get(" ".join(words), ())
            known = self._people.get((words[0], words[-1]))
            return known or (tails[0] if len(tails) == 1 else None)
        same = self._of_word(words[0]) or self._of_misprint(words[0])
        if courtesy := COURTESY.match(one.name):
            told = courtesy_sex(courtesy[0])
            same = [person for person in same if person.sex in (told, "")]
        if len(same) > 1:
            same = nearest(self._text, same, self._alone.get(words[0], ()), one.start)
        return same[0] if len(same) == 1 else None

    def _of_word(self, word: str) -> list[Person]:
        """Those who may be meant by one word: a surname, else a given or first family name."""
        same = self._by_surname.get(word) or self._by_surname.get(f"al-{word}")
        if same is None and word not in EVERYDAY:
            same = self._by_given.get(word)
        return same or []

    def _of_misprint(self, word: str) -> list[Person]:
        """Those whose surname is printed wrong here and nowhere stands in a name so."""
        if word not in self._meant:
            known = is_thing([word]) or sex_of(word) or word in self._within
            self._meant[word] = None if known else misprinted(word, self._by_surname)
        meant = self._meant[word]
        return self._by_surname[meant] if meant else []

    def doubtful(self, one: Mention) -> bool:
        """Could this name, a surname alone or after an initial, be that of two people?"""
        words = folded(one.name)
        alone = len(words) == 1 or bool(_INITIALS.match(words[0]))
        return alone and len(self._of_word(words[-1])) > 1

    def fits(self, one: Person, pronoun: str) -> bool:
        """Can "he" or "she" stand for this person, as far as the article tells?"""
        return self.sex(one) in (SEXES[pronoun], "")

    def named(self, start: int, end: int, pronoun: str) -> list[Person]:
        """The people whom "he" or "she" could mean among those named in a stretch."""
        low = bisect.bisect_left(self._seen, start, key=lambda pair: pair[0])
        high = bisect.bisect_left(self._seen, end, key=lambda pair: pair[0])
        seen = [(at, one) for at, one in self._seen[low:high] if self.fits(one, pronoun)]
        if len(seen) > 1:  # "Roe spoke of Poe's boat": Roe
            seen = [pair for pair in seen if not self._only_owns(pair[0])] or seen
        return list({id(one): one for _, one in seen}.values())

    def _only_owns(self, at: int) -> bool:
        """Is this the name of whose thing is meant: "Poe's boat", but not "Poe's lawyer"?"""
        owned = _OWNS.match(self._text, at)
        return owned is not None and not offices.is_office(owned[1])

    def called(self, word: str) -> set[str]:
        """The names of those who may be people of whose name this is a word, capitals or not."""
        own = word.lower()
        return {one.name for one in self._people.values() if own in folded(one.name)}

    def is_subject(self, one: Person, start: int) -> bool:
        """Is this person named where the subject of the sentence at `start` stands?"""
        low = bisect.bisect_left(self._seen, start, key=lambda pair: pair[0])
        within = _SUBJECT if one.likely else 2
        return any(one is person for at, person in self._seen[low : low + 2] if at < start + within)

    def sex(self, one: Person) -> str:
        """What the article tells of a person: "m", "f", or "" for nothing."""
        return one.sex or self._courtesies.get(folded(one.name)[-1], "")

    def in_office(self, phrase: str, at: int) -> Person | None:
        """The one whom "the mayor", printed at offset `at`, means; None when two could be meant."""
        office = offices.head(phrase)
        if not office or not phrase.lower().startswith("the "):
            return None
        people = {id(person): person for person in self._people.values()}
        holders = [
            person
            for person in people.values()
            if any(offices.stands_for(phrase, role) for role in person.roles)
        ]
        if len(holders) != 1 or holders[0].named[0] > at:
            return None
        where = offices.words_of(phrase) - {office}  # "the mayor of Arden" is no other's mayor
        return holders[0] if where or not self._others_hold(office, holders[0]) else None

    def _others_hold(self, office: str, one: Person) -> bool:
        """Is another of that office about: "another mayor", "the mayor of" elsewhere?"""
        known = set[str]().union(*(offices.words_of(role) for role in one.roles))
        if any(
            found[1].lower() in (office, f"{office}s") for found in _ANOTHER.finditer(self._text)
        ):
            return True
        return any(
            found[1].lower() == office and found[2].lower() not in known
            for found in _OF_PLACE.finditer(self._text)
        )
