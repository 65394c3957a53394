"""From a line to the label it begins with, and whom that names: "ROE:", "**Ada Roe:**", "Q:".

What is no name names nobody: "Live:", "LOAD-DATE:", "Opening hours:".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.text.attribution.cues import TITLES, is_role
from assistant.text.attribution.first_names import FIRST_NAMES
from assistant.text.attribution.mentions import NAME, Mention, name_of, says_role

# What never speaks, however often it stands there: kinds of news, parts of a page, form fields.
_NO_SPEAKERS = frozenset(
    """
    live corrected correction corrections watch opinion breaking exclusive update updated updates
    video photo photos gallery picture pictures image images caption credit credits analysis
    editorial comment commentary review reviews feature features explainer explained factbox fact
    facts note notes warning alert advisory embargo embargoed clarification editor's editors'
    editor’s editors’ listen read see also related more topics topic tags tag category categories
    section sections byline headline dateline load-date length language publication
    publication-type publisher distribution copyright source sources subject subjects re fwd from
    to cc bcc date time times day when where what why how name names address street city town
    country state zip postcode phone telephone tel fax mobile email e-mail mail website web url
    link links price prices cost costs fee fees ticket tickets hours open opening closed venue
    location place places contact contacts age born died height weight position title titles role
    team teams score scores result results final summary overview background context status type
    genre rating cast runtime studio edition issue volume number page pages chapter part step
    method ingredients serves serving servings makes pros cons verdict question questions total
    problem solution example tip tips bottom key takeaway takeaways claim claims conclusion
    introduction abstract monday tuesday wednesday thursday friday saturday sunday january february
    march april may june july august september october november december today tomorrow yesterday
    tonight morning afternoon evening weather sport sports business politics world news report
    reports reported reporting story stories press release statement transcript interview podcast
    episode season photograph photographs graphic graphics map chart table figure fig data
    document documents file files id ref reference isbn doi http https ps nb truth reality
    am pm a.m p.m gmt utc et est edt ct cst pt pst pdt bst cet
    """.split()
)
_PARTS = frozenset(  # of a hearing, a broadcast or an interview: no names, and they speak
    """
    court witness interviewer interviewee moderator operator narrator audience caller voice
    defense defence defendant plaintiff prosecution bailiff juror foreperson
    unidentified announcer host guest
    """.split()
)
_LEADING = frozenset("the rear vice deputy chief assistant former acting u.s. lt. maj.".split())
_TIME = r"\d{1,2}:\d\d(?::\d\d)?(?:\.\d{1,3})?(?:\s?[AaPp]\.?[Mm]\.?)?"
_STAMP = rf"[\[(]?(?:\d{{1,4}}[/.-]\d{{1,2}}[/.-]\d{{1,4}},?\s)?{_TIME}[\])]?\s?(?:[-–—]\s)?"
_CAPS = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ.’'-]{0,28}"
_WHO = (
    rf"{_CAPS}(?:\s{_CAPS}){{0,6}}(?![a-z])(?:\s\([^():\n]{{1,30}}\))?(?:,\s[^:\n]{{2,60}})?"
    rf"|{NAME}(?:,\s[^:\n.!?“]{{2,50}})?"
)
_NUMBERED = r"(?:Speaker|Voice|Person|Participant|Interviewer|Witness|Caller|Juror)\s\d{1,2}(?!\d)"
_LABEL = re.compile(
    rf"[\"“]?(?P<stamp>{_STAMP})?(?P<bold>\*\*|__|\*)?(?P<bracket>\[)?"
    rf"(?:(?P<qa>[QA](?=[:.*_])|(?:Question|Answer|QUESTION|ANSWER)(?=:))|(?P<who>{_WHO})|(?P<handle>{_NUMBERED}|(?![ap]\.?m\b)@?[a-z][\w.-]{{1,20}})(?=:))"
    rf"\]?(?:\s?[\[(]{_TIME}[\])])?"
    r"(?P<end>\s?:(?:\*\*|__|\*)?|(?:\*\*|__|\*):?|\.(?:\*\*|__|\*)?)(?=\s|$)"
)
_PARTY = re.compile(r"\s\([^()]*\)$")  # "SEN. ADA ROE (D-OHIO)"
_CHAT = re.compile(rf"(?P<stamp>{_STAMP})?<(?P<handle>[\w. -]{{1,24}})>(?=\s)")
_TIMED = re.compile(rf"(?P<who>{NAME})\s{{1,4}}(?P<stamp>[\[(]?{_TIME}[\])]?)\s*$")
_LONGEST = 170  # characters of a line that are read for its label


@dataclass(frozen=True, slots=True)
class Label:
    """`text[start:end]` stands before what is said; `kind` tells how it is written.

    "question" and "answer" are Q and A; "caps", "name" and "handle" hold a name; "none" is what
    looks like a label and never speaks.
    """

    start: int
    end: int
    kind: str
    source: Mention
    stamped: bool
    bold: bool
    key: str  # the same for all labels of one speaker: the last word of the name


def label_of(text: str, start: int, end: int) -> Label | None:
    """The label that the line `text[start:end]` begins with."""
    piece = text[start : min(end, start + _LONGEST)]
    if ":" not in piece and not piece.startswith(("*", "_", "<", "Q.", "A.", '"', "“")):
        return None
    found = _CHAT.match(piece) or _LABEL.match(piece)
    if found is None and len(piece) < 80:
        found = _TIMED.match(piece)
    if found is None:
        return None
    groups = found.groupdict()
    ends = groups.get("end") or ":"
    stamped, bold = bool(groups["stamp"]), bool(groups.get("bold") or groups.get("bracket"))
    close = start + found.end()
    if letter := groups.get("qa"):
        at = start + found.start("qa")
        source = Mention(letter, at, at + len(letter), "pronoun")  # nobody, until one is found
        kind = "question" if letter[0] == "Q" else "answer"
        return Label(start, close, kind, source, stamped, bold, letter[0])
    if ends.startswith(".") or (":" not in ends and not bold):
        return None
    if handle := groups.get("handle"):
        at = start + found.start("handle")
        source = Mention(handle, at, at + len(handle), "common")
        known = stamped or piece[0] in "<@" or handle[0].isupper()
        return Label(start, close, "handle", source, True, bold, handle) if known else None
    at = found.start("who")
    mention = _named(piece, start, at, found.end("who"))
    if mention is None:
        return None
    kind = "none" if is_no_speaker(mention.name, mention.role) else _kind(groups["who"])
    return Label(start, close, kind, mention, stamped, bold, mention.name.split()[-1].upper())


def _kind(who: str) -> str:
    return "caps" if who.split(",")[0].isupper() else "name"


def is_no_speaker(name: str, role: str | None = None) -> bool:
    """Does what stands before a colon name a kind of news, a part of a page or a field?"""
    words = [word.strip(".,").lower() for word in name.split() if word.lower() != "the"]
    if not words or all(word in _NO_SPEAKERS for word in words):
        return role is None
    if name.split()[0].title() in FIRST_NAMES or role:
        return False
    return words[0] in _NO_SPEAKERS or words[-1] in _NO_SPEAKERS


def speaks_by_itself(label: Label) -> bool:
    """Does the label alone show that a person speaks: by a first name, an office or a part?"""
    first = label.source.name.split()[0].title()
    last = label.source.name.split()[-1]
    full = " " in label.source.name or label.kind == "caps"  # Austin alone may be the city
    named = (full and first in FIRST_NAMES) or bool(label.source.role)
    return named or _is_part(first) or _is_part(last) or label.kind in ("question", "answer")


def _is_part(word: str) -> bool:
    return word.strip(".,").lower() in _PARTS or is_role(word.title())


def _named(piece: str, at: int, start: int, end: int) -> Mention | None:
    """Part "REAR ADM. JOHN ROE, ANALYST" into the name and what its bearer is."""
    who = piece[start:end]
    name, _, after = who.partition(",")
    name = _PARTY.sub("", name)
    end = start + len(name)
    words = name.split()
    if not name.isupper():
        mention = name_of(piece[start:end], at + start, 0, len(name))
        if mention is None or mention.role or not says_role(after.strip()):
            return mention
        return Mention(mention.name, mention.start, mention.end, "name", after.strip())
    offices = [n for n, word in enumerate(words[:-1]) if _is_office(word)]
    cut = offices[-1] + 1 if offices else 0
    role = ", ".join(part for part in (" ".join(words[:cut]), after.strip()) if part) or None
    if cut and all(word.strip(".") in ("MR", "MRS", "MS", "MISS", "DR") for word in words[:cut]):
        return Mention(name, at + start, at + end, "name", after.strip() or None)
    if words[0] == "THE" or (len(words) - cut == 1 and _is_part(words[-1])):
        return Mention(name, at + start, at + end, "common")
    begin = end - len(" ".join(words[cut:])) if " ".join(words) == name else start
    return Mention(piece[begin:end], at + begin, at + end, "name", role)


def _is_office(word: str) -> bool:
    plain = word.title()
    return word.lower() in _LEADING or plain in TITLES or is_role(plain) or plain + "." in TITLES
