"""From dialogue set with dashes to who speaks: "—It is ugly —said Poe—. I will not have it."

Spanish, French, Polish and Russian print it so; the verbs are theirs and English ones.
"""

from __future__ import annotations

import re

from assistant.text.attribution.foreign_speech import FOREIGN, VERBS, named
from assistant.text.attribution.turns import Turn

_DASH = r"[—–―-]"
_LINE = re.compile(rf"^[^\S\n]*{_DASH}[^\S\n]?(?=[^\s—–―-])", re.MULTILINE)
_CLAUSE = re.compile(
    rf"(?:\s{_DASH}\s?|,\s(?:{_DASH}\s?)?|(?<=[?!…])\s)(?P<verb>[^\W\d_]+(?:['’][^\W\d_]+)?)\s(?P<rest>\S)"
)
_AGAIN = re.compile(rf"[^\n—–―]{{0,80}}?(?:\s{_DASH}\s?|{_DASH}[.,;:]?\s)(?=\S)")
_LONGEST = 20_000  # characters of one line


def dashed(text: str) -> list[Turn]:
    """What is said in the lines of `text` that begin with a dash and hold a clause of saying."""
    found: list[Turn] = []
    for line in _LINE.finditer(text):
        close = text.find("\n", line.end())
        close = len(text) if close < 0 else close
        if close - line.end() <= _LONGEST:
            _in_line(text, line.end(), close, found)
    return found


def _in_line(text: str, start: int, close: int, found: list[Turn]) -> None:
    for clause in _CLAUSE.finditer(text, start, close):
        verb = clause["verb"]
        if verb not in VERBS or not (clause["rest"].isupper() or verb in FOREIGN):
            continue
        source = named(text, clause.start("rest"))
        if source is None:
            continue
        cue = clause.span("verb")
        found.append(Turn(start, clause.start() + (text[clause.start()] == ","), source, *cue))
        again = _AGAIN.match(text, source.end, close)
        if again:
            found.append(Turn(again.end(), close, source, *cue))
        return
