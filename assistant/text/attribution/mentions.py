"""From capitalised words to a name and a role: "NATO Secretary-General Ada Roe" holds both."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from assistant.text.attribution.cues import SPEAKING, is_role

Kind = Literal["name", "pronoun", "common"]

_CAPITAL = (
    r"(?:(?:[A-Z]\.){1,4}|[A-ZÀ-ÖØ-ÞĀĆČŁŚŠŽ](?:[^\W_]|[-’'](?!s\b)(?=\w))*\.?(?<!\w\w\w\w\w\.))"
)
_PARTICLE = r"(?:de|da|del|della|der|den|di|du|van|von|bin|bint|ibn|al|la|le|dos|el)"
NAME = rf"{_CAPITAL}(?:\s(?:{_PARTICLE}\s){{0,2}}{_CAPITAL}){{0,7}}"
_OWNER = re.compile(rf"(?<![\w.]){NAME}['’]s?\s$")
_STARTS = frozenset(
    """
    Like Conversely Recently Similarly Additionally Ironically Interestingly Notably Clearly
    Unfortunately Actually Previously Separately
    But And So Yet Still Then When While As After Before If Though Although Because On In At
    By For From With To Since Meanwhile However Later Earlier Also Asked Now Of That Where
    What Why How Yes No Not Even Once Just There Here This These Those Or Nor Instead Finally
    Indeed Today Yesterday Monday Tuesday Wednesday Thursday Friday Saturday Sunday January
    February March April June July August September October November December It He She They
    We I His Her Its Their Our My Your You Who Some Many Most All Both One Two Is Was Are Were
    Will Do Does Did Has Have Had Having Being Speaking Q A Say
    """.split()
)
_COURTESIES = frozenset("Mr Mr. Mrs Mrs. Ms Ms.".split())


@dataclass(frozen=True, slots=True)
class Mention:
    """Someone named in an article: `text[start:end] == name`, and how the words put it."""

    name: str
    start: int
    end: int
    kind: Kind
    role: str | None = None


def says_role(words: str) -> bool:
    """Do these words, set after a name, say what the person is?"""
    few = words.split()[:9]
    return bool(few) and few[0] not in ("who", "which") and any(map(is_role, few))


def undetermined(role: str) -> str:
    """A role without "the" or "a" before it."""
    return re.sub(r"^(?:the|a|an)\s", "", role.strip(), flags=re.IGNORECASE)


def name_of(piece: str, at: int, start: int, end: int) -> Mention | None:
    """The mention of the name `piece[start:end]`, parted from its role; None for no name."""
    words = [(one[0], one.start(), one.end()) for one in re.finditer(r"\S+", piece[start:end])]
    while words and words[0][0] in _STARTS:
        words.pop(0)
    if words and words[0][0] in ("The", "A", "An") and len(words) == 1:
        return None
    if not words:
        return None
    first = start + words[0][1]
    offices = [n for n, word in enumerate(words) if is_role(word[0])]
    cut = offices[-1] + 1 if offices and offices[-1] + 1 < len(words) else 0
    begin = start + words[cut][1]
    role = piece[first:begin].strip() or None if cut else None
    lead = _role_before(piece[:first])
    if lead and (role is None or not lead.endswith(("the ", "a "))):
        role = piece[len(piece[:first]) - len(lead) : begin].strip()
    if role is not None and _COURTESIES.issuperset(role.split()):
        begin, role = first, None  # a courtesy, no office: part of the name as printed
    if piece[end - 1] == "." and not re.search(r"(?:\b[A-Z]|\b[JS]r)\.$", piece[begin:end]):
        end -= 1
    name = piece[begin:end]
    if role and (owner := _OWNER.search(piece[: piece.rfind(role, 0, begin)])):
        role = owner[0] + role
    role = " ".join(undetermined(role).split()) if role else None
    return Mention(name, at + begin, at + end, "name", role)


def _role_before(leading: str) -> str:
    """The end of `leading` that says a role, as in "longtime pollster ", else nothing."""
    words = leading.split()
    if not words or not is_role(words[-1]):
        return ""
    kept = 0
    for word in reversed(words[-6:]):
        if word in _STARTS or not (word[0].isupper() or is_role(word) or _OF_ROLES.fullmatch(word)):
            break
        kept += 1
    start = len(leading.rstrip())
    for word in reversed(words[-kept:]):
        start = leading.rindex(word, 0, start)
    return leading[start:]


_OF_ROLES = re.compile(
    r"former|longtime|long-time|senior|junior|deputy|retired|acting|interim|top|vice|campaign|"
    r"assistant|associate|lead|state|city|county|party|police|press|prime|foreign|defense|defence|"
    r"finance|panel|union|law|policy|media|research|then|managing|veteran|harbou?r|station|fire|"
    r"health|council|school|[a-z-]+(?:al|ic|ian|ive|ish)"
)


def is_role_of_one(name: str) -> bool:
    """Does a phrase such as "a spokesman for the port" mean one person?"""
    words = _head(name)
    return bool(words) and is_role(words[-1])


def is_speaking(name: str) -> bool:
    """Can what this phrase means speak: a person, an office, a paper?"""
    words = _head(name)
    return bool(words) and (is_role(words[-1]) or words[-1].lower() in SPEAKING)


def _head(name: str) -> list[str]:
    """The words of a phrase before its "of", "for" and the like."""
    return re.split(r"\s(?:of|for|from|in|at|with|on|to|by|who)\s", name)[0].split()
