"""From the words before or after a verb to the phrase that names who acts.

Works on covered text (see `quotation_marks`): offsets are the article's.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.text.attribution import appositions
from assistant.text.attribution.alternation import any_of
from assistant.text.attribution.cues import SPEAKING, VERBS, is_role
from assistant.text.attribution.mentions import NAME, Mention, name_of

_AFTER_NAME = r"(?:\s\([^()]{1,60}\))?"
_NAME_LAST = re.compile(rf"(?<![\w.])({NAME}){_AFTER_NAME}$")
_NAME_FIRST = re.compile(rf"({NAME}){_AFTER_NAME}")
_PRONOUN_LAST = re.compile(r"(?<!\w)([Hh]e|[Ss]he|[Tt]hey|[Ii]t|I|[Ww]e)$")
_DETERMINER = (
    r"(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Oo]ne|[Tt]wo|[Tt]hree|[Ss]everal|[Ss]ome|"
    r"[Mm]any|[Oo]ther|[Aa]nother|[Bb]oth|[Mm]ost|[Tt]his|[Tt]hat|[Tt]hese|[Tt]hose|[Aa]ll)"
)
_DETERMINED = re.compile(rf"(?<!\w){_DETERMINER}\s(?=\S)")
_OWNED = re.compile(rf"(?<![\w.])({NAME})(?:['’]s?)\s[^\s,;:]+(?:\s[^\s,;:]+){{0,4}}$")
_PLURAL = re.compile(r"(?:[\w.'’-]+\s){0,3}([\w-]+)$")
_OF = re.compile(
    r"\b(?:of|for|from|in|at|with|on|to|by|and|or|against|about|near|the)\s$", re.IGNORECASE
)
_OPENING = re.compile(
    r"^(?:(?:[Bb]ut|[Aa]nd|[Yy]et|[Ss]o|[Ss]till|[Tt]hen|[Tt]hough|[Aa]lthough|[Ww]hile|[Ww]hen|"
    r"[Aa]s|[Bb]ecause|[Ii]f|[Ww]here|that|which|[Mm]eanwhile|[Hh]owever|[Nn]ow|[Ll]ater|[Aa]lso|"
    r"[Ss]ince|[Oo]r|[Aa]fter|[Bb]efore|[Ww]hat|[Ww]hom|[Hh]ow|[Ll]ast\s\w+|[Tt]hat['’]s\swhen)\s+)+"
)
_AUXILIARIES = (
    "is was are were be been has had have will would could should can may might must did does do "
    "that who whom which when where while because if as after before what"
)
_BREAKS = re.compile(rf"\b{any_of(VERBS | set(_AUXILIARIES.split()))}\b")
_TIMES = re.compile(
    r"(?:(?:^|\s)\w+ed)?(?:(?:^|\s)(?:last|this|on|early|late|earlier|in|that|next|one))*(?:^|\s)(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Jan(?:uary|\.)|Feb(?:ruary|\.)|March|April|May|"
    r"June|July|Aug(?:ust|\.)|Sept(?:ember|\.)|Oct(?:ober|\.)|Nov(?:ember|\.)|Dec(?:ember|\.)|"
    r"years?|weeks?|months?|days?|night|morning|evening|afternoon|time|today|yesterday|\d{4})$"
)

_TIME_LAST = re.compile(
    r"(?:day|y|\.|March|April|June|August|September|October|November|December|years?|weeks?|months?|"
    r"night|morning|evening|afternoon|time|\d{4})$"
)


# "was also ruled out by": what is done to the subject, the subject does not say.
_DONE = re.compile(
    r"\s*(?:is|was|are|were|(?:has|have|had)\sbeen|be(?:ing)?)(?:\s(?:also|then|later|again|once|still|"
    r"even|first|just|often|now|soon|never|\w+ly))*\s(?!quoted\s)"
    r"(?:\w+ed|told|thought|found|read|cast|sung|written|denied|made|put)\b"
)


def before(text: str, start: int, end: int) -> Mention | None:
    """The phrase that ends where `text[start:end]` does, its commas and insertions seen through."""
    if _DONE.match(text, end, end + 60) or text.endswith("United ", start, end + 1):
        return None
    start = max(start, end - 400)  # no subject stands farther from its verb
    piece = text[start:end].rstrip()
    inserted = piece.endswith(",") or piece.endswith("―")
    piece = piece.rstrip(" ,\xa0")
    parts = _parts(piece, start)
    if len(parts) > 1 and (joint := appositions.joint_before(parts, piece, start)):
        return joint
    if not inserted:
        last, at = parts[-1]
        if last.strip() in ("who", "which") and len(parts) > 1:
            at += len(last) - len(last.lstrip())
            return stood_for(ending(*parts[-2]), at, at + len(last.strip()))
        return ending(last, at)
    if len(parts) < 2:
        return None
    for n, (part, at) in enumerate(parts[:-1]):
        found = ending(part, at)
        if found and not (n + 1 < len(parts) and is_opening(part)):
            return appositions.joined(found, *parts[n + 1])
    return None


def stood_for(named: Mention | None, start: int, end: int) -> Mention | None:
    """Whoever "who" or "many of whom", printed at `[start, end)`, stands for."""
    return replace(named, start=start, end=end, lead=0) if named else None


def holds_verb(phrase: str) -> bool:
    """Does a verb stand in this phrase, or a word that begins a clause?"""
    return _BREAKS.search(phrase) is not None


def verbs_of(phrase: str) -> list[str]:
    """The verbs in this phrase, and the words in it that begin a clause."""
    return _BREAKS.findall(phrase)


def opening_end(text: str, at: int) -> int:
    """Where a phrase begins after the words that join it on: "But when ", "Meanwhile"."""
    while at < len(text) and text[at].isspace():
        at += 1
    found = _OPENING.match(text[at:])
    return at + found.end() if found else at


_COMMA = re.compile(r",(?!\s[JS]r\b)")


def _parts(piece: str, start: int) -> list[tuple[str, int]]:
    parts = []
    for part in _COMMA.split(piece):
        parts.append((part, start))
        start += len(part) + 1
    return parts


def is_opening(part: str) -> bool:
    """Is this a phrase set before the subject: "In May", "At the fair", "After Poe left"?"""
    return _OPENS.match(part) is not None


_OPENS = re.compile(
    r"\s*(?:In|On|At|After|Before|During|For|From|With|By|Since|Despite|Asked|When|While|As|"
    r"If|Though|Although|Under|Over|Speaking|in|on|at|after|before|during|where|when)\s"
)


def ending(piece: str, at: int) -> Mention | None:
    """The name, pronoun or other phrase at the end of `piece`, which begins at offset `at`."""
    piece = piece.rstrip()
    opening = len(piece) - len(piece.lstrip())
    if lead := _OPENING.match(piece[opening:]):
        opening += lead.end()
    piece, at = piece[opening:], at + opening
    if found := _PRONOUN_LAST.search(piece):
        return Mention(found[1], at + found.start(1), at + found.end(1), "pronoun")
    if _TIME_LAST.search(piece, len(piece) - 12):
        piece = _TIMES.sub("", piece)
    if not piece:
        return None
    if found := _NAME_LAST.search(piece):
        return _named(piece, at, found)
    return _common(piece, at)


_NAME_OF = re.compile(rf"(?<![\w.])({NAME})\s(?:of|from|with|at|for)\s(?:the\s)?$")


def name_before(left: str, at: int) -> Mention | None:
    """The name at the very end of `left`, which begins at offset `at`: "footage of Ann Poe"."""
    found = _NAME_LAST.search(left.rstrip())
    return name_of(left, at, found.start(1), found.end(1)) if found else None


def _named(piece: str, at: int, found: re.Match[str]) -> Mention | None:
    leading = piece[: found.start()]
    if other := appositions.AND_LAST.search(leading):
        return Mention(piece[other.start(1) :], at + other.start(1), at + len(piece), "common")
    placed = name_of(piece, at, found.start(1), found.end(1))
    if placed and placed.start > at + found.start(1) and placed.role:
        return placed  # "Mayor of Arden Ada Roe"
    owner = _NAME_OF.search(leading)
    if owner and not leading[: owner.start()].lower().endswith(("the ", "a ")):
        head = name_of(piece, at, owner.start(1), owner.end(1))
        if head and (head.role or " " in head.name):
            return head
        if head:  # "Bank of Arden"
            return Mention(piece[head.start - at :], head.start, at + len(piece), "name")
    if _OF.search(leading) and not leading.lower().endswith(("the ", "and ")):
        return _common(piece, at)
    if leading.endswith(("the ", "The ")) and _OF.search(leading[:-4]):
        return _common(piece, at) or name_of(piece, at, found.start(1), found.end(1))
    return name_of(piece, at, found.start(1), found.end(1))


def _speaks(word: str) -> bool:
    return word.lower() in SPEAKING or is_role(word.rstrip("s"))


def _common(piece: str, at: int) -> Mention | None:
    """A phrase without a name of its own: "the ministry", "a spokesman for Poe", "police"."""
    for found in _DETERMINED.finditer(piece):
        inside = piece[found.end() :]
        if _OF.search(piece[: found.start()]):
            # "Pilots in the port" are the pilots; of "in a letter the port" only the port is left.
            if _speaks(piece.split()[0]) and not _BREAKS.search(piece):
                return Mention(piece, at, at + len(piece), "common")
            continue
        if len(inside.split()) <= 14 and not _BREAKS.search(inside) and ";" not in inside:
            start = found.start()
            return Mention(piece[start:], at + start, at + len(piece), "common")
    if owned := _OWNED.search(piece):
        if _BREAKS.search(owned[0]):
            return None
        return Mention(owned[0], at + owned.start(), at + len(piece), "common")
    if _MANY_AT.match(piece):
        return Mention(piece, at, at + len(piece), "common")
    plural = _PLURAL.search(piece)
    if plural and _speaks(plural[1]):
        start = plural.start()
        if opening := _TO_PLURAL.match(plural[0]):
            start += opening.end()
        return Mention(piece[start:], at + start, at + len(piece), "common")
    return None


_MANY_AT = re.compile(rf"(\w+s|[Pp]olice)\s(?:at|with|in|from|for|of)\s(?:the\s)?{NAME}$")
_TO_PLURAL = re.compile(r"(?:\S+\s)*?(?:[Ii]n|[Oo]n|[Aa]t|that|[Ww]hat|of)\s")
_PRONOUN_SMALL = re.compile(r"(?:he|she|they|it)\b")
_PRONOUN_FIRST = re.compile(r"(?:[Hh]e|[Ss]he|[Tt]hey|[Ii]t)\b")
_DETERMINER_FIRST = re.compile(_DETERMINER)
_ROLE_NEXT = re.compile(r",\s([^,;:“”]{3,90}?)(?=[,;“”]|\.(?:\s|$)|$)")
_OWN_THING = re.compile(r"(?:['’]s?)\s\w+(?:[-\s]\w+){0,2}")
_ACTING = re.compile(r"\s[a-z]+(?:ed|[^s]s|t)\b")
_SUBJECT_END = re.compile(
    r"\s(?:is|was|are|were|has|had|have|will|would|could|can|may|did|does|also|went|took|gave|made|"
    r"spoke|later|then|who|\w+ed|\w+ly|said|says)\b|,|;|$"
)


_OWN_PERSON = re.compile(rf"['’]s\s({NAME})(?<=\w)(?=[\s,.]|$)")
_SHORT = "Mr Mrs Ms Dr Jr Sr St Rev Gen Sen Rep Gov Capt Sgt Lt Col Maj Adm Prof Del Cmdr Hon"
_NOT_SHORT = "".join(rf"(?<!\b{word}\.)" for word in _SHORT.split())
_STOP = re.compile(
    rf"[,;:”“\n―—]|\.(?=\s|$)(?<!\b[A-Z]\.){_NOT_SHORT}"
    r"|\s(?:who|which|that|in an?|on|after|during|when|as|at a|at the|to|told|before|while|but)\s"
)


def after(text: str, start: int, end: int) -> Mention | None:
    """The phrase that begins where `text[start:end]` does, with the role set after it."""
    piece = text[start : min(end, start + 300)]
    lead = len(piece) - len(piece.lstrip())
    piece, start = piece[lead:], start + lead
    if found := _PRONOUN_SMALL.match(piece):
        return Mention(found[0], start, start + found.end(), "pronoun")
    if joint := appositions.joint_first(piece, start):
        return joint
    name = _NAME_FIRST.match(piece)
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
    if _DETERMINER_FIRST.match(head) or _PLURAL.match(head):
        words = head.split()
        return Mention(head, start, start + len(head), "common") if len(words) <= 25 else None
    return None


def _name_after(piece: str, start: int, name: re.Match[str]) -> Mention | None:
    """The name that `piece` begins with, or that of the person whose office or paper it is."""
    if office := appositions.ROLE_AND_NAME.match(piece, name.end(1)):  # "Arden mayor Ada Roe"
        found = name_of(piece, start, office.start(1), office.end(1))
        if found and found.role and " " in found.name:
            return found
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


def first(text: str, start: int, end: int) -> Mention | None:
    """The subject that `text[start:end]` begins with, once "In May," and the like are passed."""
    piece = text[start : min(end, start + 400)]
    at = start
    for _ in range(3):
        if not is_opening(piece) or "," not in piece:
            break
        cut = piece.index(",") + 1
        piece, at = piece[cut:], at + cut
    lead = len(piece) - len(piece.lstrip())
    piece, at = piece[lead:], at + lead
    if found := _OPENING.match(piece):
        piece, at = piece[found.end() :], at + found.end()
    if found := _PRONOUN_FIRST.match(piece):
        return Mention(found[0], at, at + found.end(), "pronoun")
    full = _NAME_FIRST.match(piece)
    if full and " " in full[1] and _ACTING.match(piece, full.end()):
        return name_of(piece, at, 0, full.end(1))
    stop = _SUBJECT_END.search(piece)
    if stop is None or stop.start() == 0 or "“" in piece[: stop.start()]:
        return None
    found_end = ending(piece[: stop.start()], at)
    if found_end and stop[0] == ",":
        rest = piece[stop.end() :].split(",")[0]
        return appositions.joined(found_end, rest, at + stop.end())
    return found_end
