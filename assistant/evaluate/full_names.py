"""From a marked source to the full names it may mean, as its article prints them."""

from __future__ import annotations

import re

from assistant.text.attribution.cues import is_role

_WORD = r"[A-ZÀ-ÖØ-Þ](?:[^\W_]|[.’'-](?=\w))*\.?"
_NAME = re.compile(rf"{_WORD}(?:\s(?:(?:al|bin|de|da|del|den|der|di|la|van|von)\s)*{_WORD})*")
_OF_ANOTHER = re.compile(r"\b(?:of|for|from|at|in|with|to|by|and)\s$|['’]s?\s$")
_PRONOUN = re.compile(r"he|she|it|they|we|i|you|who|his|her|their|its|this|that")
_OPENINGS = frozenset("And But When While As Even If In On At After Before Then So Yet".split())
_COURTESY = frozenset("mr mrs ms miss dr sir lord lady the jr sr ii iii iv".split())


def full_names(source: str, text: str) -> frozenset[str]:
    """The names that are right for `source`, each as `plain` makes it; none where it names nobody.

    A surname alone is right only where the article prints no fuller name with it.
    """
    head = re.split(r"[,(]|\s(?:of|for|from|at|with)\s", source)[0].strip()
    named = list(_NAME.finditer(head))
    if not named or named[-1].end() < len(head) or _OF_ANOTHER.search(head[: named[-1].start()]):
        return frozenset()
    words = _without_role(named[-1][0].split())
    name = plain(" ".join(words))
    if len(name.split()) != 1:
        return frozenset({name})
    if _PRONOUN.fullmatch(name) or re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text):
        return frozenset()  # "Officials" has a capital only because it begins its sentence
    fuller = re.compile(rf"(?<![\w.]){_WORD}(?:\s{_WORD}){{0,2}}\s{re.escape(words[-1])}(?!\w)")
    printed = (_without_role(one.split()) for one in fuller.findall(text))
    found = {plain(" ".join(one)) for one in printed if one[0] not in _OPENINGS}
    return frozenset({one for one in found if " " in one} or {name})


def is_full(name: str, names: frozenset[str]) -> bool:
    """Is `name` one of these, or all but the first word of one ("House" of "House Ada Roe")?"""
    short = plain(name)
    return any(short == one or (" " in short and one.endswith(f" {short}")) for one in names)


def plain(name: str) -> str:
    """A name in small letters without its courtesy, its initials and its suffix."""
    words = re.sub(r"['’]s?$", "", name).replace(".", "").lower().split()
    kept = [word for word in words if len(word) > 1 and word not in _COURTESY]
    return " ".join(kept or words)


def _without_role(words: list[str]) -> list[str]:
    offices = [
        n for n, word in enumerate(words[:-1]) if any(map(is_role, (word, *word.split("-"))))
    ]
    return words[offices[-1] + 1 :] if offices else words
