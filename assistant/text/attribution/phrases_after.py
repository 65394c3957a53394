"""From the words after a verb to the phrase that names who acts: "said the mayor, Ada Roe, on"."""

from __future__ import annotations

import re

from assistant.text.attribution import appositions
from assistant.text.attribution.mentions import NAME, SHORTENED, Mention, name_of
from assistant.text.attribution.source_phrases import (
    DETERMINER,
    NAME_FIRST,
    PLURAL,
    ending,
    holds_verb,
)

_OWN_PERSON = re.compile(rf"['’]s\s({NAME})(?<=\w)(?=[\s,.]|$)")
_OF_WHAT = re.compile(r"\s(?:of|for|to)\s")
_OWN_THING = re.compile(r"(?:['’]s?)\s\w+(?:[-\s]\w+){0,2}")
_PRONOUN = re.compile(r"(?:he|she|they|it)\b")
_DETERMINER = re.compile(DETERMINER)
_ROLE_NEXT = re.compile(r",\s([^,;:“”]{3,90}?)(?=[,;“”]|\.(?:\s|$)|$)")
_NOT_SHORT = "".join(rf"(?<!\b{word}\.)" for word in SHORTENED)
_STOP = re.compile(
    rf",(?!\d)|[;:”“\n―—]|\.(?=\s|$)(?<!\b[A-Z]\.){_NOT_SHORT}"
    r"|\s(?:who|which|that|in an?|on|after|during|when|as|at a|at the|to|told|"
    r"it|he|she|they|there|before|while|but)\s"
)


def after(text: str, start: int, end: int) -> Mention | None:
    """The phrase that begins where `text[start:end]` does, with the role set after it."""
    piece = text[start : min(end, start + 300)]
    lead = len(piece) - len(piece.lstrip())
    piece, start = piece[lead:], start + lead
    if found := _PRONOUN.match(piece):
        return Mention(found[0], start, start + found.end(), "pronoun")
    if joint := appositions.joint_first(piece, start):
        return joint
    name = NAME_FIRST.match(piece)
    if name and name[1].split()[0] not in ("The", "A", "An"):
        return _name_after(piece, start, name)
    stop = _STOP.search(piece)
    close = stop.start() if stop else len(piece)
    head = piece[:close].rstrip()
    if not head:
        return None
    if named := appositions.role_then_name(piece, start, head):
        return named
    found_end = ending(head, start)
    if found_end and (found_end.kind == "name" or found_end.start == start):
        return found_end
    if _DETERMINER.match(head) or PLURAL.match(head):
        words = head.split()
        return Mention(head, start, start + len(head), "common") if len(words) <= 25 else None
    return None


def _name_after(piece: str, start: int, name: re.Match[str]) -> Mention | None:
    """The name that `piece` begins with, or that of the person whose office or paper it is."""
    if office := appositions.ROLE_AND_NAME.match(piece, name.end(1)):  # "Arden mayor Ada Roe"
        found = name_of(piece, start, office.start(1), office.end(1))
        if found and found.role and " " in found.name:
            return found
    long = appositions.office_of(piece, start) if _OF_WHAT.search(piece, 0, 80) else None
    if long and (long.kind == "name" or _OF_WHAT.match(piece, name.end(1))):
        return long
    found_name = name_of(piece, start, 0, name.end(1))
    if found_name is None:
        return None
    rest = piece[name.end() :]
    if found_role := _ROLE_NEXT.match(rest):
        at = start + name.end() + found_role.start(1)
        return appositions.joined(found_name, found_role[1], at)
    if found_own := _OWN_PERSON.match(rest):  # "Harbour Wire's Ann Poe"
        return name_of(rest, start + name.end(), found_own.start(1), found_own.end(1))
    if owned := _OWN_THING.match(rest):
        phrase = piece[: name.end() + owned.end()]
        if named := appositions.role_then_name(piece, start, phrase):
            return named
        return Mention(phrase, start, start + len(phrase), "common")
    return found_name


_LAST_CLAUSE = re.compile(
    r"(?:\s\([^()]*\))?(?:,\s(?:(?!\b(?:is|was|are|were|has|had|have|will|would|can|could|did)\b)[^“])*)?\W*"
)
_WHERE = re.compile(
    r"(?:nothing|something|anything|little|much|so|no|yes|it|that|this|goodbye|at|in|on|during|to|after|before|by|with|from|for|last|this|of|about)\b"
)
_CLAUSE_ENDS = re.compile(r"\s?(?:[.;]|$)")


def is_last(text: str, source: Mention, end: int) -> bool:
    """Does the sentence end after whoever said it, but for what is told of them?"""
    # "Beetles, seen in May, are gone, says Ada Roe", but not "Poe, a clerk, said Roe was late"
    if (
        source.kind == "name"
        and " " in source.name
        and _LAST_CLAUSE.fullmatch(text, source.end, end)
    ):
        return True
    # "For some, the fee fell, said Roe." and not "The clerk, Ada Roe, said Lim left."
    if _WHERE.match(source.name) or holds_verb(source.name):
        return False
    return _CLAUSE_ENDS.match(text, source.end, end) is not None
