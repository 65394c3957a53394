"""From a question to the ways to ask it: a comparison by its two sides, others by their parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.questions import kinds
from assistant.questions.parts import parts
from assistant.records import Filters
from assistant.text import terms

_WORD = r"[^\W\d_](?:[\w-]|['’](?!s\b)|\.(?=\w))*"
_CAPITAL = r"(?-i:[^\W\d_a-zß-öø-ÿ])(?:[\w-]|['’](?!s\b)|\.(?=\w))*"
_DAY = (
    r"(?:\d{1,2} )?(?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December)(?: \d{4})?|(?:19|20)\d\d"
)
# A name, a day or a year, or one word: "the council", "Colin Threlfall", "12 March".
_ONE = rf"(?:{_DAY}|{_CAPITAL}(?: {_CAPITAL}){{0,3}}|{_WORD})"
# "Pahor's result", "the organisers' figure".
_OWNER = re.compile(rf"(?P<who>{_ONE})(?:['’]s\b|(?<=s)['’](?!\w))", re.IGNORECASE)
_JOINED = re.compile(
    rf"(?<![\w'’])(?P<one>{_ONE})(?:['’]s?)?(?:,? (?:and|or|vs?\.?|versus|against|next to|beside"
    rf"|with|from|than)| ?/)(?: in| on| the)* ?(?<![\w])(?P<other>{_ONE})",
    re.IGNORECASE,
)
_WHEN = re.compile(rf"\b(?:{_DAY}|(?:june|july|august|september|october|november|december))\b")
# Words that stand beside such a connector and are no side of it.
_MONTHS = terms.stems(_DAY)
_NO_SIDE = frozenset(
    """it that this what which who how when where why one other others each both them he she they
    compare put set look hold lay let get want versions version account figure figures claim
    count number numbers different differ tell way lot column demand result outcome""".split()
)


@dataclass(frozen=True, slots=True)
class Way:
    """A way to ask a question: its parts; `sides`: what each is called, of a comparison.

    `outlets`: the sides are outlets, and each is looked for in its own articles alone.
    """

    parts: tuple[str, ...]
    sides: tuple[str, ...] = ()
    outlets: bool = False

    def within(self, filters: Filters) -> list[tuple[str, Filters]]:
        """Each part with the filters that it is searched with."""
        if not self.outlets:
            return [(part, filters) for part in self.parts]
        sides = [replace(filters, publishers=(side,)) for side in self.sides]
        return list(zip(self.parts, sides, strict=True))


def ways(question: str, outlets: Sequence[str] = ()) -> tuple[Way, ...]:
    """The ways to ask it, each for where the one before finds no answer to one of its parts.

    A comparison is asked for each of its two sides, where it is clear which they are: each without
    the other's name. `outlets`: those that it names as its source.
    """
    plain = Way(parts(question))
    if kinds.kind(question) != "compare":
        return (plain,)
    if len(outlets) == 2:
        return Way((question, question), tuple(outlets), outlets=True), plain
    for found in (_days(question), _owners(question), *_pairs(question)):
        if len(found) == 2 and not terms.stems(found[0]) & terms.stems(found[1]) - _MONTHS:
            one, other = found
            return Way((_without(question, other), _without(question, one)), found), plain
    return (plain,)


def _without(question: str, name: str) -> str:
    left = re.sub(rf"(?<!\w){re.escape(name)}(?:['’]s?)?(?!\w)", "", question)
    return " ".join(left.split())


def _days(question: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_WHEN.findall(question)))


def _owners(question: str) -> tuple[str, ...]:
    found = [_bare(one["who"]) for one in _OWNER.finditer(question)]
    return tuple(dict.fromkeys(filter(None, found)))


def _pairs(question: str) -> Iterator[tuple[str, ...]]:
    """What stands on both sides of an "and", a "versus", a "next to": two names, or two words."""
    at = 0
    while found := _JOINED.search(question, at):
        one, other = _bare(found["one"]), _bare(found["other"])
        alike = found.start() == 0 or one[:1].isupper() == other[:1].isupper()
        if one and other and alike:
            yield one, other
        at = found.end("one")


def _bare(name: str) -> str:
    """The name without a verb in front ("Put Rao"); empty when it is none."""
    words = name.split()
    while words and (words[0].casefold() in terms.STOP | _NO_SIDE or len(words[0]) < 2):
        del words[0]
    return " ".join(words)
