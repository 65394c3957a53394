"""From the words before or after a verb to the phrase that names who acts.

Works on covered text (see `quotation_marks`): offsets are the article's.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.text.attribution import appositions
from assistant.text.attribution.alternation import any_of
from assistant.text.attribution.cues import SPEAKING, VERB, VERBS, is_role
from assistant.text.attribution.first_names import sex_of
from assistant.text.attribution.mentions import NAME, OWNER, Mention, name_of
from assistant.text.attribution.things import is_body, is_thing

_AFTER_NAME = r"(?:\s\([^()]{1,60}\))?"
_NAME_LAST = re.compile(rf"(?<![\w.])({NAME}){_AFTER_NAME}$")
NAME_FIRST = re.compile(rf"({NAME}){_AFTER_NAME}")
_PRONOUN_LAST = re.compile(r"(?<!\w)([Hh]e|[Ss]he|[Tt]hey|[Ii]t|I|[Ww]e)$")
_PRONOUN_ENDS = ("he", "He", "ey", "it", "It", "I", "we", "We")
DETERMINER = (
    r"(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Oo]ne|[Tt]wo|[Tt]hree|[Ss]everal|[Ss]ome|"
    r"[Mm]any|[Oo]ther|[Aa]nother|[Bb]oth|[Mm]ost|[Tt]his|[Tt]hat|[Tt]hese|[Tt]hose|[Aa]ll)"
)
_DETERMINED = re.compile(rf"(?<!\w){DETERMINER}\s(?=\S)")
_OWNED = re.compile(rf"(?<![\w.])({NAME})(?:['’]s?)\s[^\s,;:]+(?:\s[^\s,;:]+){{0,4}}$")
PLURAL = re.compile(r"(?:[\w.'’-]+(?:,\d+)?\s){0,3}([\w-]+)$")
_OF = re.compile(
    r"\b(?:of|for|from|in|at|with|on|to|by|and|or|against|about|near|the)\s$", re.IGNORECASE
)
OPENING = re.compile(
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
    r"years?|weeks?|months?|days?|night|morning|evening|afternoon|time|today|yesterday|\d{4}|(?:\w+\s)?(?:years?|months?|weeks?|days?|hours?)\sago)$"
)

_TIME_LAST = re.compile(
    r"(?:day|y|\.|March|April|June|August|September|October|November|December|years?|weeks?|months?|"
    r"night|morning|evening|afternoon|time|ago|\d{4})$"
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
        relative = _RELATIVE.match(last)
        if relative and len(parts) > 1 and _TIMES.sub("", last[relative.end() :]) == "":
            return stood_for(_antecedent(parts), at + relative.start(1), at + relative.end(1))
        return ending(last, at)
    parts = _of_last_clause(parts)
    if len(parts) < 2:
        return None
    for n, (part, at) in enumerate(parts[:-1]):
        found = ending(part, at)
        if found and not (n + 1 < len(parts) and is_opening(part) and not _AS_WHO.fullmatch(part)):
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
    found = OPENING.match(text[at:])
    return at + found.end() if found else at


_NEW_CLAUSE = re.compile(r"\s(?:but|while|whereas|although|though|yet|because)\s")


def _of_last_clause(parts: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """The parts from the last "but" on: in "said Roe, but her clerk, Bo Lim," the clerk speaks."""
    for n in range(len(parts) - 1, 0, -1):
        part = parts[n][0]
        joined = part.startswith(" and ") and any(VERB.search(one) for one, _ in parts[:n])
        if joined or _NEW_CLAUSE.match(part):
            return parts[n:]
    return parts


def _antecedent(parts: list[tuple[str, int]]) -> Mention | None:
    """Whom "who" means after a comma: "Ann Poe, now the mayor, who in May"."""
    found = ending(*parts[-2])
    if len(parts) > 2 and (found is None or found.kind == "common"):
        named = name_before(*parts[-3])
        if named:
            return appositions.joined(named, *parts[-2])
    return found


_RELATIVE = re.compile(r"\s*(who|which)(?:\s*$|(?=\s))")
_AS_WHO = re.compile(rf"\s*[Aa]s\s{NAME}")  # "As Ann Poe, the mayor, puts it"
_COMMA = re.compile(r",(?!\s[JS]r\b|\d)(?![^()]{0,60}\))")


def _parts(piece: str, start: int) -> list[tuple[str, int]]:
    parts = []
    for part in _COMMA.split(piece):
        parts.append((part, start))
        start += len(part) + 1
    return parts


_OPENER = re.compile(
    r"\s*(?:In|On|At|After|Before|During|For|From|With|By|Since|Despite|Asked|When|While|As|"
    r"If|Though|Although|Under|Over|Speaking|Following|Amid|Because|Until|Upon|Within|Without|"
    r"Throughout|Unlike|Like|Among|Across|Once|Of|in|on|at|after|before|during|where|when)\s"
)


def is_opening(part: str) -> bool:
    """Is this a phrase set before the subject: "In May", "At the fair", "After Poe left"?"""
    return _OPENER.match(part) is not None


def ending(piece: str, at: int) -> Mention | None:
    """The name, pronoun or other phrase at the end of `piece`, which begins at offset `at`."""
    piece = piece.rstrip()
    opening = len(piece) - len(piece.lstrip())
    if lead := OPENING.match(piece[opening:]):
        opening += lead.end()
    piece, at = piece[opening:], at + opening
    # The end is looked at first: a search would begin at each letter.
    if piece.endswith(_PRONOUN_ENDS) and (found := _PRONOUN_LAST.search(piece, len(piece) - 5)):
        return Mention(found[1], at + found.start(1), at + found.end(1), "pronoun")
    if _TIME_LAST.search(piece, len(piece) - 12):
        piece = _TIMES.sub("", piece)
    if not piece:
        return None
    if " who " in piece and (one := _WHO_DID.match(piece)):
        return Mention(one[0], at, at + one.end(), "common")
    if found := _NAME_LAST.search(piece):
        if piece[0].isupper() and _OFFICE_OF.search(piece):
            office = appositions.office_of(piece, at)
            if office and office.kind == "name" and office.end == at + len(piece):
                return office
        return _named(piece, at, found)
    return _common(piece, at)


_OFFICE_OF = re.compile(r"[A-Z][\w-]+\s(?:of|for|to)\s(?:the\s)?[A-Z]")
# "a man " in "a man who would not give his name", before the verb
_WHO_DID = re.compile(rf"{DETERMINER}\s(?:[\w’'-]+\s){{0,6}}?[\w’'-]+(?=\swho\s[^,;“”]*$)")
_NAME_THEN_OF = re.compile(rf"({NAME})\s(?:of|from|with|at)\s")
_NAME_OF = re.compile(rf"(?<![\w.])({NAME})\s(?:of|from|with|at|for)\s(?:the\s)?$")


def name_before(left: str, at: int) -> Mention | None:
    """The name at the very end of `left`, which begins at offset `at`: "footage of Ann Poe"."""
    found = _NAME_LAST.search(left.rstrip())
    return name_of(left, at, found.start(1), found.end(1)) if found else None


def _named(piece: str, at: int, found: re.Match[str]) -> Mention | None:
    leading = piece[: found.start()]
    other = appositions.AND_LAST.search(leading)
    if other and _OF.search(leading[: other.start()]):
        return _common(piece, at)  # "the Department of Water and Waste"
    if other:
        return Mention(piece[other.start(1) :], at + other.start(1), at + len(piece), "common")
    placed = name_of(piece, at, found.start(1), found.end(1))
    if placed and placed.start > at + found.start(1) and placed.role:
        return placed  # "Mayor of Arden Ada Roe"
    body = OWNER.search(leading)  # "St. Ann's " before "Hospital"
    if body and is_body(found[1].split()[-1].lower()):
        begins = at + body.start()
        return Mention(piece[body.start() :], begins, at + len(piece), "name")
    if leading and (lead := _NAME_THEN_OF.match(piece)):
        head = name_of(piece, at, lead.start(1), lead.end(1))
        if head and " " in head.name and (head.role or sex_of(head.name.split()[0].lower())):
            return head  # "Dean Ann Poe of the University of Arden"
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


_THOSE_OF = re.compile(
    rf"(?:\w+s|[Pp]olice)\s(?:at|with|in|from|for|of)\s(?:the\s)?{NAME}(?:\sand\s{NAME})?$"
)
# "63 percent", "six in ten of the voters", "two thirds of pilots"
_SHARE = re.compile(
    r"^(?:(?:[A-Z]\w+|about|some|nearly|almost|only|just|more|than|over|at|least)\s)*"
    r"((?:\d[\d.,]*\s?(?:percent|per\scent|%)|\w+\s(?:in|out\sof)\s(?:ten|10|five|three)|"
    r"(?:two|three|one)[-\s](?:thirds|quarters|third|quarter))(?:\sof\s[^,;]{3,60})?)$"
)
# "Protesters marching through the streets"
_DOING = re.compile(r"((?:[\w.'’-]+\s){0,2}[\w-]+s)\s[a-z]{2,}ing\s[^,;]{0,80}$")


def _common(piece: str, at: int) -> Mention | None:
    """A phrase without a name of its own: "the ministry", "a spokesman for Poe", "police"."""
    if share := _SHARE.match(piece):
        return Mention(share[1], at + share.start(1), at + len(piece), "common")
    doing = _DOING.match(piece)
    if doing and _speaks(doing[1]):
        return Mention(doing[1], at + doing.start(1), at + doing.end(1), "common")
    if piece.endswith((" and", " or")):
        return None
    lead = _NAME_THEN_OF.match(piece)
    if lead and " " in lead[1] and piece.startswith(("the ", "a "), lead.end()):
        head = name_of(piece, at, *lead.span(1))
        if head and " " in head.name and not is_thing(head.name.lower().split()):
            return head  # "Ann Poe of the pilots' union"
    for found in _DETERMINED.finditer(piece):
        inside = piece[found.end() :]
        if found[0] == "that " and _DETERMINED.match(inside):
            continue  # "said that both countries"
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
    if _THOSE_OF.match(piece):
        return Mention(piece, at, at + len(piece), "common")
    plural = PLURAL.search(piece)
    if plural and _speaks(plural[1]):
        start = plural.start()
        if plural[0].startswith("whose "):
            return None
        if opening := _TO_PLURAL.match(plural[0]):
            start += opening.end()
        return Mention(piece[start:], at + start, at + len(piece), "common")
    return None


_TO_PLURAL = re.compile(r"(?:\S+\s)*?(?:[Ii]n|[Oo]n|[Aa]t|that|[Ww]hat|of)\s")
