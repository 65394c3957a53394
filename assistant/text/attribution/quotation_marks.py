"""From a text to its quoted stretches, and to the same text with their insides covered.

Covered text keeps every offset, so that a pattern may run over it and never see quoted words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.text.attribution.first_names import sex_of

COVER = "ǂ"  # a letter to every pattern, of no English word, neither large nor small
CLOSED = r"(?:[,?!.…—-]['’]{0,2}\s?”|”,)"  # covered: a quotation that a clause of saying follows
NEXT_QUOTE = re.compile(r"[^“]{0,110}?(“)")
# Of ' ‘ ’ only what stands at a word's edge can be a mark: inside a word it is an apostrophe.
# The set comes first, its conditions look back: so the search leaps from mark to mark.
_MARK = re.compile(
    r"[“”„\"«»‹›「」『』'`‘’‚](?:(?<=[“”„\"«»‹›「」『』])|(?<=')'|(?<=`)`"
    r"|(?<=['‘’‚])(?<![\w'].)(?!')|(?<=['‘’])(?<!'.)(?![\w']))"
)
_STRAIGHT = ('"', "''", "``")
_SINGLE = "'‘’‚"
_CLOSERS = {
    **{"“": "”", "”": "”", "„": "“”", "«": "»", "»": "«", "‹": "›", "›": "‹", "「": "」"},
    **{"『": "』", "'": "'’", "‘": "’'", "‚": "‘’", "’": "’"},
}
_BEFORE = re.compile(r"[\s(\[{—–―/“\"„«»:-]")  # what may stand before a mark that opens
_ELISION = re.compile(r"(?:\d\ds|tis|twas|em|til|till|cause|n|round|bout|hood)\b", re.IGNORECASE)
_ELIDED = re.compile(r"(?:[sz]|in|\b\w{1,2})\Z")  # "the boats’ masts", "goin’ home", "o’ clock"
_ENDS = re.compile(r"[.,?!…]\"(?:\s|$)")
_BRIEF = 60  # characters: a single mark with no stop or comma by it closes a word or two


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quoted stretch of one paragraph, its marks included; `open` when no mark closes it."""

    start: int
    end: int
    open: bool


def quoted(text: str) -> list[Quoted]:
    """The quoted stretches of `text`, in order; none reaches over a line's end."""
    found: list[Quoted] = []
    at = 0
    for line in text.split("\n"):
        marks = [(mark.start(), mark[0]) for mark in _MARK.finditer(text, at, at + len(line))]
        if marks:
            _read_line(text, at, at + len(line), marks, found)
        at += len(line) + 1
    return found


def _read_line(
    text: str, start: int, end: int, marks: list[tuple[int, str]], found: list[Quoted]
) -> None:
    n = 0
    unclosed = set[str]()  # marks that nothing later in this line closes
    while n < len(marks):
        at, sign = marks[n]
        if sign in unclosed or not _opens(text, start, at, sign):
            n += 1
            continue
        close = _single_close(text, marks, n) if sign in _SINGLE else _close(text, start, marks, n)
        if close is not None:
            last, mark = marks[close]
            found.append(Quoted(at, last + len(mark), open=False))
            n = close + 1
        elif sign in "“”„«" or sign in _STRAIGHT or (sign in "‘'" and _goes_on(text, at, end)):
            found.append(Quoted(at, end, open=True))
            return
        else:
            if sign not in _SINGLE:
                unclosed.add(sign)
            n += 1


def _opens(text: str, start: int, at: int, sign: str) -> bool:
    free = at == start or _BEFORE.match(text[at - 1]) is not None
    if sign in _STRAIGHT:  # 5'10" is a height
        return free or text[at + len(sign) : at + len(sign) + 1].isalnum()
    if sign in "“„「『":
        return True
    if sign in _SINGLE:
        following = text[at + 1 : at + 8]
        word = following[:1].isalnum() or following[:1] in ("“", '"', "„", "…")
        return free and word and not _ELISION.match(following)
    if sign in "»›":
        return free and not text[at + 1 : at + 2].isspace()
    return free and sign in _CLOSERS  # ” after a word, with nothing open, is printed wrong


def _close(text: str, start: int, marks: list[tuple[int, str]], n: int) -> int | None:
    """Which mark closes number `n`; marks of the same kind inside it open and close in pairs."""
    opening = marks[n][1]
    straight = opening in _STRAIGHT
    closers = _CLOSERS.get(opening, "”")
    depth = 1
    within = False  # between two straight marks inside curly ones
    for place in range(n + 1, len(marks)):
        at, sign = marks[place]
        if sign in _SINGLE:
            continue
        if opening == "“" and sign == '"':
            if not within and depth == 1 and _ENDS.match(text, at - 1):
                return place  # printed wrong: “so,"
            within = not within
        ends = sign in _STRAIGHT if straight else sign in closers
        if opening == "“" and sign == "“":
            ends = not _BEFORE.match(text[at - 1])  # printed wrong: “so“
        if not ends and sign == opening and opening not in "”»›":
            depth += 1
        elif ends or (sign in _STRAIGHT and depth > 1) or (straight and sign == "”"):
            depth -= 1
            if depth <= 0:
                return place
    return None


def _single_close(text: str, marks: list[tuple[int, str]], n: int) -> int | None:
    """Which mark closes the single mark `n`: the first that is no apostrophe."""
    begins, opening = marks[n]
    weak: int | None = None
    for place in range(n + 1, len(marks)):
        at, sign = marks[place]
        if sign not in _CLOSERS[opening] or text[at - 1].isspace():
            if sign == opening and at > begins + 1:
                break
            continue
        if text[at + 1 : at + 2].isalnum():
            break
        if not text[at - 1].isalnum() or text[at + 1 : at + 2] in tuple(',.;:?!)]—–”"\n'):
            return place
        if weak is None and at - begins <= _BRIEF:
            weak = place
            if not _ELIDED.search(text[at - 3 : at]):
                return place
    return weak


def _goes_on(text: str, at: int, end: int) -> bool:
    """Does the next paragraph begin with this mark too, as of a quotation that goes on?"""
    following = text[end : end + 4].lstrip()
    return following.startswith(text[at]) and following[1:2].isalnum()


_NICKNAME = re.compile(r"(?<=[A-Z.a-z] )[“\"‘'][A-Z][\w.-]{1,14}[”\"’'](?= [A-Z][a-z])")
_LAST_WORD = re.compile(r"\S+ \Z")


def without_nicknames(text: str, stretches: list[Quoted]) -> list[Quoted]:
    """The stretches but for those inside a name, which quote nobody: Robert “Bob” Roe."""
    return [
        one
        for one in stretches
        if one.end - one.start > 18 or not _is_nickname(text, one.start, one.end)
    ]


def _is_nickname(text: str, start: int, end: int) -> bool:
    if not _NICKNAME.match(text, start):
        return False
    before = _LAST_WORD.search(text, max(0, start - 20), start)
    return before is not None and (len(before[0]) < 4 or bool(sex_of(before[0].strip().lower())))


def covered(text: str, stretches: list[Quoted]) -> str:
    """`text` with the inside of each stretch covered, but for the marks that end it."""
    pieces: list[str] = []
    at = 0
    for one in stretches:
        close = one.end if one.open else one.end - 1
        inside = close
        while inside > one.start + 1 and text[inside - 1] in ".!?,… ’'":
            inside -= 1
        pieces += [text[at : one.start], "“", COVER * (inside - one.start - 1), text[inside:close]]
        pieces.append("" if one.open else "”")
        at = one.end
    pieces.append(text[at:])
    return "".join(pieces)
