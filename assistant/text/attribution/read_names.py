"""From an article's covered text to the names it prints, each with the role set beside it.

Lines that are headlines are left out: names cannot be told from words there. The label of a turn
("ADA ROE, HOST: ...") is read by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.text.attribution.cues import VERB
from assistant.text.attribution.mentions import (
    NAME,
    STARTS,
    Mention,
    name_of,
    says_role,
    undetermined,
    unlabelled,
)
from assistant.text.attribution.offices import head

_NAMES = re.compile(rf"(?<![^\W_])(?<![.’'-]){NAME}".replace(r"\s", r"[^\S\n]"))
_TURN = re.compile(
    r"[\"“]?([A-Z][A-Z.’'-]*(?:,?[ ][A-Z.,’' -]*[A-Z.,’'])?)(?:\s\([^()\n]{1,30}\))?:\s"
)
_ROLE_NEXT = re.compile(
    r",\s(?:\d\d,\s)?((?:[Tt]he|[Aa]n?|former|[a-z]*-?[a-z]+)\s?[^,.;:“”\n]{0,70})[,.;“]"
)
_ROLE_FIRST = re.compile(
    r"(?<![\w’'-])((?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[A-Z][\w-]+['’]s?)\s(?:(?!and\s|or\s)[\w’'-]+\s){0,8}[\w’'-]+),\s$"
)
_SMALL = frozenset("a an the of in on at to for and or as by with from over into is are".split())
_WINDOW = 80  # characters: a role stands close before its name; a page-long line stays cheap


def names(text: str) -> list[Mention]:
    """Every name printed in an article's covered text, in order, headlines apart."""
    found: list[Mention] = []
    for line in re.finditer(r"[^\n]+", text):
        turn = _TURN.match(line[0])
        if turn:
            at = line.start() + turn.start(1)
            label = unlabelled(Mention(turn[1], at, at + len(turn[1]), "name"))
            found.append(replace(label, role=label.role))
        elif _is_headline(line[0]):
            continue
        found += _of_line(line[0], line.start(), turn.end() if turn else 0)
    return found


def _of_line(line: str, at: int, start: int) -> Iterator[Mention]:
    for name in _NAMES.finditer(line, start):
        if name[0] in STARTS:
            continue
        low = max(0, name.start() - _WINDOW)
        window = line[low : name.end()]
        one = name_of(window, at + low, name.start() - low, len(window))
        if one is None:
            continue
        begins = one.start - at if " " in one.name else 0  # a role stands before full names
        role = one.role or _role_beside(line, low, begins, one.end - at)
        yield replace(one, role=role) if role else one


def _role_beside(line: str, low: int, start: int, end: int) -> str | None:
    """The role between commas beside a name: "the mayor, Ada Roe", "Ada Roe, the mayor"."""
    first = (
        _ROLE_FIRST.search(line[low:start])
        if start > 1 and line.startswith(", ", start - 2)
        else None
    )
    following = _ROLE_NEXT.match(line, end) if line.startswith(", ", end) else None
    for found in (first, following):
        if found and says_role(found[1]) and head(found[1]):
            return undetermined(found[1])
    return None


def _is_headline(line: str) -> bool:
    """Are most words of a line capitalised, verbs of saying with them, and is it no sentence?"""
    words = line.split()
    firsts = [first for first in [word[0] for word in words] if first.isalpha()]
    capital = len(firsts) >= 5 and sum(map(str.isupper, firsts)) > 0.65 * len(firsts)
    if not capital or any(one[0].islower() for one in VERB.finditer(line)):
        return False
    plain = {word.strip(".,;:!?’'”") for word in words if word[0].isalpha()}
    sentence = any(word.islower() for word in plain - _SMALL)  # "Ann Poe met Bo Lim."
    return not (sentence and line.rstrip().endswith("."))
