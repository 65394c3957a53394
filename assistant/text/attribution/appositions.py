"""From names and roles set side by side to one person: "the club's treasurer, Ada Roe".

Two people who speak together are one phrase, never one of them.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.text.attribution.alternation import any_of
from assistant.text.attribution.cues import VERBS
from assistant.text.attribution.first_names import FIRST_NAMES, sex_of
from assistant.text.attribution.mentions import NAME, Mention, name_of, says_role, undetermined
from assistant.text.attribution.offices import is_office

_WHOLE_NAME = re.compile(rf"({NAME})(?:\s\([^()]{{1,60}}\))?")
_THE = r"(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Oo]ur|[Mm]y|[Oo]ne\sof)"
_WORD = r"[\w’'&.-]+"
# "Ada Roe and ", before another name, and "Ada Roe and the clerk ".
AND_LAST = re.compile(
    rf"(?<![\w.])((?!(?:But|And|In|On|At)\s){NAME})\sand\s(?:(?:the|his|her|their|its)\s)?"
    r"(?:[a-z-]+\s){0,3}$"
)
# " mayor Ada Roe", after the name of a place or a paper.
ROLE_AND_NAME = re.compile(
    r"\s(?:(?!(?:with|to|of|in|at|on|for|from|by|and|or|about|as|after|before|near|during|while|"
    rf"when|who|that|over|against|under|alongside|beside)\s)[a-z-]+\s){{1,4}}({NAME})"
)
_ROLE_LAST = re.compile(rf"^((?:{_THE}\s)?(?:{_WORD}\s){{0,6}}?)({NAME})(?=$|\s(?![A-Z]))")
_NAME_NEXT = re.compile(
    rf",\s({NAME})(?:\s\([^()]{{1,60}}\))?(?=\s*(?:[,.;:”“―—]|$)|\s(?:in|on|at|of|after|during|"
    r"to|as|when|while|before|about|and\s[a-z]+|said|told|from|by|with|last|this|yesterday|today)\b)"
)
_AND_WHO = re.compile(
    rf"((?:(?!{_THE}\s|and\s)[a-z-]+\s){{0,3}}{NAME}|{_THE}\s(?:{_WORD}\s){{0,4}}?{_WORD}(?:,\s{NAME})?)"
    r"(?=\s*(?:[,.;:”“―—]|$)|\s(?:in|on|at|of|after|during|to|as|when|while|before|about|from|by)\b)"
)
ACTS = re.compile(rf"\s(?:{any_of(VERBS | set('was is has had left went'.split()))}|\w+ed)\b")
_PREPOSITION = re.compile(
    r"\s(?:of|for|from|in|at|with|on|to|by|about|over|after|against|who|during)\s"
)


def joined(found: Mention, following: str, at: int) -> Mention:
    """A phrase and the words after its comma, which begin at `at`, as one person if they are."""
    inner = following.strip()
    at += len(following) - len(following.lstrip())
    if found.kind == "common":
        # "A spokesman for the port, Ann Poe, said": she is the speaker, that is her role.
        name = _WHOLE_NAME.fullmatch(inner)
        if name and " " in name[1] and not name[1].startswith("The "):
            return _with_role(found.start, found.name, inner, at, len(name[1]))
        return found
    if found.kind == "name" and found.role is None and says_role(inner):
        return replace(found, role=undetermined(inner))
    return found


def _with_role(start: int, role: str, inner: str, at: int, length: int) -> Mention:
    """The name `inner[:length]`, at offset `at`, of whom the phrase from `start` tells the role."""
    bare = name_of(inner, at, 0, length)
    name, begins = (bare.name, bare.start) if bare else (inner[:length], at)
    told = undetermined(role) if role != "one" else None  # "said one, Ada Roe"
    return Mention(name, start, begins + len(name), "name", told, begins - start)


def role_then_name(piece: str, start: int, head: str) -> Mention | None:
    """The person of "the harbour master, Capt. Ada Roe", "the engineer Ada Roe about".

    `piece`, at offset `start`, begins with `head`, which reaches to the first comma or the like.
    """
    name = _NAME_NEXT.match(piece, len(head))
    if name and " " in name[1] and not name[1].startswith("The ") and _is_person(head, name[1]):
        inner = piece[name.start(1) :]
        return _with_role(start, head, inner, start + name.start(1), len(name[1]))
    core = _PREPOSITION.split(head, maxsplit=1)[0]
    last = _ROLE_LAST.match(core)
    if last is None or not last[1].strip():
        return None
    words = last[1].split()
    if not is_office(words[-1]) and not (last[1].islower() and " " in last[2] and len(words) <= 4):
        return None
    found = name_of(core, start, last.start(2), last.end(2))
    if found is None:
        return None
    role = core[: found.start - start].strip()
    trade = is_office(role.split()[-1]) or _TRADE.fullmatch(role)
    return replace(found, role=undetermined(role) if trade else found.role)


# "the caretaker Ada Roe", but not "the former Ada Roe"
_TRADE = re.compile(
    r"(?:the|an?)\s(?:[\w-]+\s)?(?!former|latter|senior|junior|younger|elder|older|bitter|clever|eager|sober)[a-z-]{2,}"
    r"(?:er|or|ist|ian|eer|man|woman|ster|smith|wright|herd|ess|hand)"
)


_OFFICE_OF = re.compile(
    r"(?:[A-Z][\w.’'-]*(?:['’]s?)?\s){0,5}?(?P<office>[A-Z][\w-]+)\s(?:of|for|to)\s(?:the\s)?(?=[A-Z])"
    r"(?P<rest>(?:(?:[A-Z][\w.’'-]*|of|for|and|the)\s)+[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)*)"
)
_RANK = re.compile(r"(?:Gen|Adm|Sir|Dame|Dr|Lord|Lady|Col|Capt|Maj|Lt|Rev|Prof|Mr|Mrs|Ms)\.?\s")


def office_of(piece: str, start: int) -> Mention | None:
    """Whoever `piece` begins with, after a long office: "Head of the Court of Arden Ada Roe".

    The name begins with a rank or a known first name; of others the whole stretch is a phrase.
    """
    found = _OFFICE_OF.match(piece)
    if found is None or not is_office(found["office"]):
        return None
    for word in re.finditer(r"\S+", found["rest"]):
        at = found.start("rest") + word.start()
        rank = _RANK.match(piece, at, found.end())
        if rank or (word[0] in FIRST_NAMES and word.end() < len(found["rest"]) and word.start()):
            begins = rank.end() if rank else at
            name = piece[begins : found.end()]
            role = piece[:begins].strip()
            return Mention(name, start + begins, start + found.end(), "name", role)
    return Mention(found[0], start, start + found.end(), "common")


def _is_person(head: str, name: str) -> bool:
    """Do these words before a comma say what the one named after it is?"""
    return says_role(head) or head == "one" or bool(sex_of(name.split()[0].lower()))


def joint_first(piece: str, start: int) -> Mention | None:
    """The two whom `piece` begins with: "Ada Roe and Bo Lim in a letter"."""
    first = _FIRST_OF_TWO.match(piece)
    if first is None or first.group("name").split()[0] in ("The", "A", "An"):
        return None
    other = _AND_WHO.match(piece, first.end())
    if other is None or ACTS.search(other[0]):
        return None
    phrase = re.sub(r"(?<!\b[A-Z])(?<!\b[JS]r)\.$", "", piece[: other.end()])
    return Mention(phrase, start, start + len(phrase), "common")


_FIRST_OF_TWO = re.compile(
    rf"(?:{_THE}\s(?:[\w’'-]+\s){{0,5}}|(?:[a-z-]+\s){{0,3}})?(?P<name>{NAME})"
    r"(?:,\s[^,;:“”.]{3,60},)?\sand\s"
)


_AND_NAME = re.compile(rf"and\s(?:{_WORD}\s){{0,4}}?{NAME}")
_NAME_AND_NAME = re.compile(rf"{NAME}\sand\s{NAME}")


def joint_before(parts: list[tuple[str, int]], piece: str, start: int) -> Mention | None:
    """The two that end `piece`: "Ada Roe, the mayor, and Bo Lim", "Ada Roe, Bo Lim and Cy Dow"."""
    first, at = parts[0]
    at += len(first) - len(first.lstrip())
    if not _WHOLE_NAME.fullmatch(first.strip()):
        return None
    middle, last = parts[1:-1], parts[-1][0].strip()
    listed = all(_WHOLE_NAME.fullmatch(part.strip()) for part, _ in middle)
    if _AND_NAME.fullmatch(last):
        whole = bool(middle) and (listed or all(says_role(part) for part, _ in middle))
    else:
        whole = listed and _NAME_AND_NAME.fullmatch(last) is not None
    return Mention(piece[at - start :], at, start + len(piece), "common") if whole else None
