"""From capitalised words to a name and a role: "NATO Secretary-General Ada Roe" holds both."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from assistant.text.attribution.cues import SPEAKING, is_role
from assistant.text.attribution.first_names import FIRST_NAMES
from assistant.text.attribution.offices import DEPARTMENT, OF_FIELD, is_office
from assistant.text.attribution.things import is_body

Kind = Literal["name", "pronoun", "common"]

# Words that are written with a full stop inside a name: elsewhere it ends the sentence.
SHORTENED = (
    "Mr Mrs Ms Dr Jr Sr St Ste Ft Mt Rev Fr Msgr Gen Sen Sens Rep Reps Gov Capt Sgt Cpl Pvt Lt Col "
    "Maj Adm Brig Cmdr Cdr Prof Del Hon Pres Sec Supt Insp Det Atty Asst Dep Dist Amb Ald Wm Thos"
).split()
_DOT = "|".join(rf"(?<=\b{word}\.)" for one in SHORTENED for word in (one, one.upper()))
_UPPER = "A-Z" + "".join(chr(code) for code in range(0xC0, 0x530) if chr(code).isupper())
_CAPITAL = (
    rf"(?:(?:[A-Z]\.){{1,4}}|(?:(?:al|el|ad|an|ar|as|at|ul|d|l|dell|dall|sant)[-’'](?=[{_UPPER}]))?"
    rf"[{_UPPER}](?:[^\W_]|[-’'](?!s\b)(?=\w))*(?:\.(?:{_DOT}))?)"
)
_PARTICLE = (
    r"(?:de|da|do|das|del|della|der|den|di|du|van|von|bin|bint|ibn|al|la|le|dos|el|ter|ten|zu|af|"
    r"abu|ben|wa|ap|af|av|ould|y|e)"
)
_NICKNAME = r"\s[“\"‘'][A-Z][\w.-]{1,14}[”\"’']\s"  # as in Robert “Bob” Roe
_LEAD = r"(?:(?:van|von)\s(?:(?:der|den|de)\s)?|(?:de\s(?:la\s)?|bin\s|ter\s))"
NAME = (
    rf"{_LEAD}?{_CAPITAL}"
    rf"(?:(?:\s(?:{_PARTICLE}\s){{0,2}}|\s&\s|{_NICKNAME}|{DEPARTMENT}){_CAPITAL}){{0,7}}"
    r"(?:,\s[JS]r\b\.?)?"
)
OWNER = re.compile(rf"(?<![\w.]){NAME}['’]s?\s$")
STARTS = frozenset(
    """
    Like Conversely Recently Similarly Additionally Ironically Interestingly Notably Clearly
    Unfortunately Actually Previously Separately
    But And So Yet Still Then When While As After Before If Though Although Because On In At
    By For From With To Since Meanwhile However Later Earlier Also Asked Now Of That Where
    What Why How Yes No Not Even Once Just There Here This These Those Or Nor Instead Finally
    Indeed Today Yesterday Monday Tuesday Wednesday Thursday Friday Saturday Sunday January
    February March April June July August September October November December It He She They
    We I His Her Its Their Our My Your You Who Some Many Most All Both One Two Is Was Are Were
    Will Do Does Did Has Have Had Having Being Speaking Q A Say Says Said Beyond Against Among Amid
    Ask Meet Take Call Enter Nobody Whoever Everyone Everybody Anyone Someone None Few Neither
    Either Added Adds Replied Recalled Explained Wrote Writes Insisted Argued
    Nothing Something Everything Under Over About Into Through Without Despite Until Between
    Behind Around Following According
    """.split()
)
_COURTESIES = frozenset("Mr Mr. Mrs Mrs. Ms Ms. Sir Dame MR. MRS. MS.".split())
_AFTER_FIRST = frozenset("king bishop dean pope prince judge major priest baker cook page".split())
_HALF_OFFICES = frozenset("General Justice King Queen Prince Princess".split())  # General Assembly
_SUFFIXES = frozenset("Jr Jr. Sr Sr. II III IV".split())


@dataclass(frozen=True, slots=True)
class Mention:
    """Someone named in an article, and how the words put it.

    `text[start:end]` is the name, or from the role set before it to the name's end: "the mayor,
    Ada Roe". The name alone is `text[name_start:end]`.
    """

    name: str
    start: int
    end: int
    kind: Kind
    role: str | None = None
    lead: int = 0  # characters from `start` to the name

    @property
    def name_start(self) -> int:
        """Where the name itself begins."""
        return self.start + self.lead


def says_role(words: str) -> bool:
    """Do these words, set after a name, say what the person is?"""
    few = _RELATIVE.sub("", words).split()[:9]
    if not few or few[0].lower() in _NO_ROLE or not _VERBS.isdisjoint(few):
        return False
    if _PARTICIPLE.fullmatch(few[0]) and len(few) > 2:
        return False  # "Ada Roe, flanked by the mayor, "
    return any(map(is_office, few))


_NO_ROLE = frozenset(
    "who which whose whom and but or as when while after before because though although if in on "
    "at by with from to for of that where said says he she they it so then".split()
)


_PARTICIPLE = re.compile(
    r"(?!acting|managing|leading|founding|incoming|outgoing|retired|newly|disgraced|elected|"
    r"appointed|renowned|celebrated|noted|long)[a-z]{3,}(?:ing|ed)"
)
_VERBS = frozenset("said says told was were is are has had have will would could".split())
_RELATIVE = re.compile(r"\s(?:who|which|whose|whom|that)\s.*$")


def undetermined(role: str) -> str:
    """A role without "the" or "a" before it and "who ..." after it."""
    return _ARTICLE.sub("", _RELATIVE.sub("", role.strip()))


_ARTICLE = re.compile(r"^(?:the|an?|one(?!\sof))\s", re.IGNORECASE)
_STOP_KEPT = re.compile(r"(?:\b[A-Z]|\b[JS]r)\.$")
_SHORTENED = re.compile(r"[a-z].*\.$")
_OF_WHOM = re.compile(r"\s(?:of|for|from|in|at|with|on|to|by|who)\s")


def name_of(piece: str, at: int, start: int, end: int) -> Mention | None:
    """The mention of the name `piece[start:end]`, parted from its role; None for no name."""
    printed = piece[start:end].split()
    skipped = 0
    while skipped < len(printed) and printed[skipped] in STARTS:
        skipped += 1
    words = printed[skipped:]
    if not words or (len(words) == 1 and words[0] in ("The", "A", "An")):
        return None
    first = _word_start(piece, start, printed, skipped)
    if len(words) > 2 and _in_a_place(piece[:first], words):  # "In Arden Ada Roe said"
        skipped, words = skipped + 1, words[1:]
        first = _word_start(piece, start, printed, skipped)
    cut = _offices_end(words) if len(words) > 1 else 0
    begin = _word_start(piece, start, printed, skipped + cut)
    place = _OF_PLACE.search(piece[:first]) if not cut and len(words) > 2 else None
    if place and is_office(place[1]) and (cut := _place_end(words)):
        begin = _word_start(piece, start, printed, skipped + cut)
        first = place.end(1) - len(_role_before(f"{piece[: place.end(1)]} ").rstrip())
    role = piece[first:begin].strip() or None if cut else None
    lead = _role_before(piece[:first])
    if lead and (role is None or not lead.endswith(("the ", "a "))):
        role = piece[len(piece[:first]) - len(lead) : begin].strip()
    if piece[end - 1] == "." and not _STOP_KEPT.search(piece[begin:end]):
        end -= 1
    name = piece[begin:end]
    if role:
        ahead = piece[: piece.rfind(role, 0, begin)]
        owner = OWNER.search(ahead) if ahead.endswith(("s ", "' ", "’ ")) else None
        role = owner[0] + role if owner else role
    role = " ".join(undetermined(role).split()) if role else None
    return Mention(name, at + begin, at + end, "name", role)


def _word_start(piece: str, at: int, words: list[str], n: int) -> int:
    """Where word number `n` of those that stand from `at` begins."""
    for word in words[:n]:
        at = piece.index(word, at) + len(word)
    return piece.index(words[n], at)


def _in_a_place(before: str, words: list[str]) -> bool:
    """Does a place after "in", or after an office and "of", stand right before a first name?"""
    if words[0] in FIRST_NAMES or words[1] not in FIRST_NAMES:
        return False
    if words[0] in _STATES or _OF_OFFICE.search(before):
        return True  # "Ambassador to the U.N. Ada Roe", "Attorney of Arden Ada Roe"
    preposition = before.endswith(("n ", "t ")) and before.split()[-1] in ("In", "in", "At", "at")
    return preposition and words[2] not in FIRST_NAMES


_STATES = frozenset("U.N. U.S. U.K. E.U. UN US UK EU".split())
_OF_OFFICE = re.compile(r"[A-Z][\w.-]+\s(?:of|for|to)\s(?:the\s)?$")


def _offices_end(words: list[str]) -> int:
    """How many of a name's words are the office before it: two in "Prime Minister Ada Roe"."""
    last = 0
    for n, word in enumerate(words[:-1], start=1):
        surname = n > 1 and word.lower() in _AFTER_FIRST and words[n - 2].title() in FIRST_NAMES
        body = word in _HALF_OFFICES and is_body(words[-1].lower())
        if is_office(word) and not (surname or body or _SUFFIXES.issuperset(words[n:])):
            last = n
    if last and words[last] in ("of", "for"):
        field = OF_FIELD.match(" ".join([*words[last:], ""]))
        last += len(field[0].split()) if field else 0
    if not last and len(words) > 2 and _GROUPS.match(words[0]):
        last = next((n for n in (1, 2) if words[n] in FIRST_NAMES), 0)
    while last and words[last - 1] in _COURTESIES:
        last -= 1  # a courtesy is no office: part of the name as printed
    return last


# "Democrat Ada Roe", "German Ada Roe"
_GROUPS = re.compile(
    r"(?:Democrat|Rival|Fellow|Progressive|Independent|Opposition|Labour|Republican|Libertarian|Conservative|Liberal|[A-Z]\w+(?:ican|ian|ish))$"
)
_OF_PLACE = re.compile(r"(\S+)\s(?:of|for)\s(?:the\s)?$")


def _place_end(words: list[str]) -> int:
    """How many words are the place in "Mayor of Port Arden Ada Roe", told by the first name."""
    return next((n for n in range(1, len(words) - 1) if words[n] in FIRST_NAMES), 0)


def unlabelled(one: Mention) -> Mention:
    """A turn's label as name and role: "REAR ADM. JOHN TREVANE, NETWORK ANALYST"."""
    who, comma, trade = one.name.partition(", ")
    if trade.strip(". ") in ("Jr", "Sr", "JR", "SR"):
        who, comma, trade = one.name, "", ""
    if not comma and not who.isupper():
        return one
    found = name_of(who, one.name_start, 0, len(who))
    if found is None:
        return one
    role = ", ".join(part for part in (found.role, trade.strip()) if part) or one.role
    return replace(found, role=role)


def _role_before(leading: str) -> str:
    """The end of `leading` that says a role, as in "longtime pollster ", else nothing."""
    last = leading.rsplit(None, 1)[-1:]
    if not last or last[0].endswith((",", ";", ":")) or _SHORTENED.match(last[0]):
        return ""
    if not is_office(last[0]):
        may = last[0].islower() and (" of " in leading or " for " in leading)
        field = _ROLE_OF.search(leading) if may else None
        return leading[field.start() :] if field and is_office(field[1]) else ""
    words = leading.split()
    kept = 0
    for word in reversed(words[-6:]):
        if word in STARTS or not (
            word[0].isupper() or is_office(word) or _OF_ROLES.fullmatch(word)
        ):
            break
        kept += 1
    start = len(leading.rstrip())
    for word in reversed(words[-kept:]):
        start = leading.rindex(word, 0, start)
    return leading[start:]


# "minister of fish ", "head of public works "
_ROLE_OF = re.compile(
    r"(?<!\S)(\S+)\s(?:of|for)\s(?:the\s)?(?!the\s|an?\s|his\s|her\s|its\s)[a-z]+"
    r"(?:\s(?:and\s)?(?!the\s|of\s|an?\s)[a-z]+)?\s$"
)
_OF_ROLES = re.compile(
    r"former|longtime|long-time|senior|junior|deputy|retired|acting|interim|top|vice|campaign|"
    r"assistant|associate|lead|state|city|county|party|police|press|prime|foreign|defense|defence|"
    r"finance|panel|union|law|policy|media|research|then|managing|veteran|harbou?r|station|fire|"
    r"health|council|school|[a-z-]+(?:al|ic|ian|ive|ish)"
)


def is_role_of_one(name: str) -> bool:
    """Does a phrase such as "a spokesman for the port" mean one person?"""
    words = _head(name)
    return bool(words) and is_role(words[-1])


def is_speaking(name: str) -> bool:
    """Can what this phrase means speak: a person, an office, a paper?"""
    words = _head(name)
    speaks = bool(words) and (is_role(words[-1]) or words[-1].lower() in SPEAKING)
    return speaks or (" and " in name and _TWO.fullmatch(name) is not None)


_TWO = re.compile(rf"{NAME}(?:,\s{NAME})?,?\sand\s{NAME}")


def _head(name: str) -> list[str]:
    """The words of a phrase before its "of", "for" and the like."""
    return _OF_WHOM.split(name, maxsplit=1)[0].split()
