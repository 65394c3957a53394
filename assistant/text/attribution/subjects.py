"""From a verb to the phrase that acts, told by the clause that the verb stands in.

Follows where `source_phrases` finds none or one that cannot want or say anything: "some voters",
"RT and its defenders", "a clerk who".
"""

from __future__ import annotations

import re

from assistant.text.attribution import source_phrases
from assistant.text.attribution.cues import NOUNLIKE
from assistant.text.attribution.holders import can_hold, is_many, is_paper
from assistant.text.attribution.mentions import NAME, Mention, is_speaking
from assistant.text.attribution.stance_verbs import BASE

_EDGE = re.compile(
    r"[;:—―“”()]|,|\s[–-]+\s|\b(?:[Aa]nd|[Bb]ut|[Ww]hile|that|because|[Aa]s|[Ww]hen|[Aa]fter|[Bb]efore|"
    r"[Ii]f|[Aa]lthough|[Tt]hough|since|whether|where|unless|until|so|yet|or|whereas|which|what|how|"
    r"why|than|[Ww]ith)\s"
)
_RELATIVE = re.compile(
    r"(?:,|\s[—―–-]+|\()?\s?\b((?:(?:many|most|some|all|both|one|each)\sof\s)?(?:who|whom|which|that))\s*$"
)
_THAT = re.compile(r"((?:[^\s,;:“”]+\s){1,8}?)(?:that|who|which)\s(?!the\s)")
_FROM = re.compile(r"(?:from|of|in|by|to|for|on|at|between|among|against|about|into)\s")
_OF_NAME = re.compile(r"\w\s(?:of|from|in|at|for|by|with|to|on)\s(?:the\s|[\w’'-]+\s){0,4}$")
_LAST = re.compile(
    r"\b(?:by|of|for|from|in|at|with|on|to|against|via)\s"
    r"((?:the|an?|his|her|its|their)\s(?:[\w’'-]+\s){0,4}[\w’'-]+)$"
)
_AND = re.compile(
    rf"(?:^|[,;:]|\b(?:[Bb]oth|[Bb]ut|[Aa]s|that|while))\s*((?:{NAME}|[^,;:“”]{{3,60}}))\s+and\s+$"
)
_PAST = re.compile(r"\b[a-z]+ed\b")
_NAME = re.compile(NAME)
_MANY_NAMES = re.compile(r".*\band\b|.*s$|(?:I|[Ww]e|[Yy]ou|[Tt]hey)$")
_NOUNS = NOUNLIKE | frozenset(
    "appeals appeal leads voices protests detailed cast that advocates".split()
)
_NOUNLIKE = NOUNLIKE | frozenset(
    "plan plans point points hope fear doubt doubts fears demand call report claim promise pledge "
    "estimate estimates praise debate debates dispute disputes protests".split()
)
_LONGEST = 18  # words of a phrase that acts


def acting(text: str, start: int, end: int, verb: str, *, paper: bool) -> Mention | None:
    """The phrase that ends near `end`, where `verb` or its auxiliary begins, and can say or want.

    With `paper` only a poll, a letter, a film and the like is meant.
    """
    edge = _edge(text, start, end)
    for find, low in ((source_phrases.before, edge), (_of_clause, start), (_before_that, edge)):
        found = find(text, low, end)
        fits = found and holds(found) and agrees(text, found, verb)
        if found and fits and (not paper or is_paper(found.name)):
            return found
    return None


def _before_that(text: str, start: int, end: int) -> Mention | None:
    """The subject with a clause of its own: "Polls that were taken in May" """
    opening = source_phrases.opening_end(text, start)
    head = _THAT.match(text, opening, end)
    return source_phrases.ending(head[1], opening) or _phrase(head[1], opening) if head else None


def clause_start(text: str, start: int, end: int) -> int:
    """Where the clause begins that ends at `end`."""
    edges = [mark.end() for mark in _CLAUSE.finditer(text, start, end)]
    return edges[-1] if edges else start


_CLAUSE = re.compile(
    r"[;:—―”]\s?|\s[–-]+\s|,\s(?:and|but|while|though|although)\s|\b(?:that|why|how|because|when|as|who|"
    r"which|where|after|before|if|whether)\s"
)
_HARD = re.compile(r"[;:—―”]|\s[–-]+\s")


def _edge(text: str, start: int, end: int) -> int:
    edge = start
    for mark in _HARD.finditer(text, start, end):
        edge = mark.end()
    return edge


def holds(source: Mention) -> bool:
    if source.kind != "common" or source.end - source.start < len(source.name):
        return not _PAST.search(source.name)  # "who" is somebody
    name = source.name
    if _acts(name):
        return False
    if " and " in name:
        both = (name.split(" and ", 1)[0], name.rsplit(" and ", 1)[1])
        return can_hold(both[0]) or can_hold(both[1]) or _NAME.search(both[1]) is not None
    return is_speaking(name) or can_hold(name)


def _acts(phrase: str) -> bool:
    """Does a verb stand in this phrase, not only a noun like one: "the appeals court"?"""
    return any(word not in _NOUNS for word in source_phrases.verbs_of(phrase))


def agrees(text: str, source: Mention, verb: str) -> bool:
    """Can this be the subject of "wants", of "want"? What is past may have any."""
    noun = source.kind == "common" and verb in _NOUNLIKE and " and " not in source.name
    if noun and not can_hold(source.name.split()[-1]):
        return False  # "0.1 percentage points", "three savings plans"
    if verb in BASE and not text[: source.start].endswith(("did ", "does ", "do ")):
        if source.kind == "common":
            return is_many(source.name)
        return _MANY_NAMES.match(source.name) is not None or is_many(source.name)
    if verb.endswith("s") and not verb.endswith("ss") and verb not in ("was", "has"):
        return source.kind != "common" or not is_many(source.name)
    return True


def _of_clause(text: str, start: int, end: int) -> Mention | None:
    low = max(start, end - 400)
    left = text[low:end]
    if relative := _RELATIVE.search(left):
        before = left[: relative.start()].rstrip(" ,—―–-")
        found = source_phrases.ending(before[-160:], low + max(0, len(before) - 160))
        found = found or _phrase(before, low) or _last(before, low)
        return source_phrases.stood_for(found, low + relative.start(1), low + relative.end(1))
    return _phrase(left, low)


def _last(left: str, low: int) -> Mention | None:
    """The phrase after the last preposition: "the fee set by the board"."""
    last = _LAST.search(left)
    if last is None or not can_hold(last[1]):
        return None
    return Mention(last[1], low + last.start(1), low + last.end(1), "common")


def _phrase(left: str, low: int) -> Mention | None:
    edge, mark = 0, ""
    for found in _EDGE.finditer(left):
        edge, mark = found.end(), found[0].strip().lower()
    if mark == "and" and (joint := _joint(left, low, edge)):
        return joint
    opening = source_phrases.opening_end(left, edge)
    piece = left[opening:].rstrip()
    start = low + opening
    if not piece or len(piece.split()) > _LONGEST or _acts(piece):
        return None
    named = source_phrases.ending(piece, start)
    whole = Mention(piece, start, start + len(piece), "common") if can_hold(piece) else named
    if named and named.kind != "common":
        of_name = named.end == start + len(piece) and _OF_NAME.search(
            left[opening : named.start - low]
        )
        return whole if of_name else named
    return whole


def _joint(left: str, low: int, edge: int) -> Mention | None:
    """Two who act together: "Companies and parents", when no verb stands in the first."""
    first = _AND.search(left[:edge])
    second = left[edge:].rstrip()
    if first is None or not second or len(second.split()) > 8 or _acts(second):
        return None
    opening = source_phrases.opening_end(left, first.start(1))
    words = left[opening : first.end(1)]
    if len(words.split()) > 8 or _acts(words) or _PAST.search(words):
        return None
    if _FROM.match(words) or not (can_hold(words) or _NAME.fullmatch(words)):
        return None
    piece = left[opening:].rstrip()
    return Mention(piece, low + opening, low + opening + len(piece), "common")
