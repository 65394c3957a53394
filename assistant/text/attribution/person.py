"""A person an article names, and what the words of a name tell: courtesy, sex, the bare words."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.text.attribution.first_names import HE, SHE, sex_of

COURTESY = re.compile(r"^(?:Mrs?\.?|Ms\.?|Sir|Dame|Lord|Lady|MRS?\.?|MS\.?)\s")
_ACCENTS = re.compile(r"[\u0300-\u036f]")
_SUFFIX = re.compile(r",?\s(?:Jr|Sr|II|III|IV|JR|SR)\.?$")


@dataclass(slots=True)
class Person:
    """Someone an article names in full; `sex` is "m", "f", or "" when nothing tells.

    `likely` is False for two capitalised words that only may be a person's name.
    """

    name: str
    named: list[int]
    sex: str = ""
    role: str | None = None
    likely: bool = True
    roles: list[str] = field(default_factory=list)


NICKNAME = re.compile(r"[“\"‘']([A-Z][\w.-]*)[”\"’']\s")


@functools.lru_cache(maxsize=8_192)
def folded(name: str) -> tuple[str, ...]:
    """A name's words, one at least, without courtesy, nickname, suffix, accents and capitals."""
    own = name if name.isascii() else _ACCENTS.sub("", unicodedata.normalize("NFKD", name))
    return tuple(NICKNAME.sub("", plain(own)).lower().split()) or (own.lower(),)


def plain(name: str) -> str:
    return _SUFFIX.sub("", COURTESY.sub("", name))


def in_small_letters(name: str) -> str:
    """JOHN VAN DER ROE as John van der Roe."""
    words = [word.lower() if word.lower() in PARTICLES else word.title() for word in name.split()]
    return re.sub(r"\bMc([a-z])", lambda found: "Mc" + found[1].upper(), " ".join(words))


def courtesy_sex(courtesy: str) -> str:
    return "m" if courtesy.strip().title() in HE else "f"


def sex_told(words: Sequence[str], role: str | None) -> str:
    for word in (role or "").split():
        if word in HE or word.lower() in HE:
            return "m"
        if word in SHE or word.lower() in SHE:
            return "f"
    if words[0] in _FAMILY_FIRST and (len(words) > 2 or "-" in words[-1]):
        return ""  # Kim Min-jae: Kim is the family's name
    told = sex_of(words[0])
    return told if told in ("m", "f") else ""


PARTICLES = frozenset("van von de bin ter der den".split())
_FAMILY_FIRST = frozenset(
    "kim park lee jung kang cho han lim xi li wang chen lin le tran ma".split()
)
