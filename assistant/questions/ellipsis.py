"""From a fragment ("just Roe", "in Ellsund?", "why") and the question before to a whole question.

The fragment takes the place of what is of its kind in that question: a speaker of a speaker, a
place of a place, the asking words of asking words. Where nothing is surely of its kind: "".
"""

from __future__ import annotations

import re

from assistant.text import terms
from assistant.text.attribution.cues import is_role

LONGEST = 6  # words of a fragment
_OPENING = re.compile(
    r"\W*(?:and|but|so|or|no|nope|nah|yes|not (?:that|this) (?:one|\w+)|sorry|oh(?: dear)?"
    r"|ok(?:ay)?|thanks|thank you|thx|fine|well|hm+|please|just|only|what(?: is|['’]s)? about"
    r"|how about|(?:the )?same (?:question |thing )?(?:for|with|in)|i (?:mean|meant|want|said)"
    r"|i was (?:asking about|thinking of)|not \w+,|wrong \w+,|now|also|then|rather|instead"
    r")(?=\W|$)[\s,.:;!–—-]*",
    re.IGNORECASE,
)
_ENDING = re.compile(
    r"[\s,]*\b(?:please|pls|plz|then|too|instead|only|though|as well|sorry|i (?:mean|meant)"
    r"|was what i meant|thanks|thank you)\W*$",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"\b(?:who|whom|whose|what|which|how|did|does|do|is|was|are|were|be|been|has|have|had|will"
    r"|would|can|could|should|must|said|says?|told|get|got)\b",
    re.IGNORECASE,
)
_THE_ONE = re.compile(r"^(?:the )?ones? (?=in |at |from |near )", re.IGNORECASE)
_NOT_WHO = re.compile(
    r"(?:about|on|in|at|for|with|to|of|from|over|before|after|by|that|this|until|since)\b", re.I
)
_FIGURE = re.compile(
    r"(?P<who>.+?)['’]s? (?:figures?|numbers?|count|version|estimate|vote|view|take|opinion|answer"
    r"|reply|response|reaction|word|words|position|offer|side)$",
    re.IGNORECASE,
)
_AUX = r"(?:did|does|do|has|have|had|is|are|was|were|will|would|can|could|should)"
_SPOKE = (
    r"(?:says?|said|saying|tell|told|think|thought|want(?:ed)?|demand(?:ed)?|ask(?:ed)?|call(?:ed)?"
    r"|promised?|warn(?:ed)?|claim(?:ed)?|expect(?:ed)?|react(?:ed)?|respond(?:ed)?|repl(?:y|ied)"
    r"|answer(?:ed)?|make of|made of|vote[ds]?|argued?|suggest(?:ed)?|announced?|offer(?:ed)?"
    r"|proposed?|plan(?:ned)?|report(?:ed)?|criticised?|counts?|counted|see"
    r"|justif(?:y|ied)|explain(?:ed)?|describe[ds]?|defend(?:ed)?|comment(?:ed)?)"
)
_WHO = r"(?P<who>(?!(?:it|that|this|there)\b)[\w’'-]+(?: [\w.,’'-]+){0,6}?)"
# Where a question has the one whose words or deeds are asked for.
_SPEAKERS = (
    re.compile(
        rf"\b(?:what|how|why|when|where|which \w+|who)\b[^?]*?\b{_AUX} {_WHO} {_SPOKE}\b", re.I
    ),
    re.compile(rf"\b{_AUX} {_WHO} {_SPOKE}\b", re.I),
    re.compile(
        rf"\b(?:what|everything|all|anything)(?: that)? {_WHO} (?:has |have |had )?{_SPOKE}\b", re.I
    ),
    re.compile(r"\baccording to (?P<who>[^?,;]+)", re.I),
)
_NAME = r"[A-ZÀ-ÖØ-Þ][\w.’'-]*"
_NAMED = rf"{_NAME}(?:(?: (?:of|de|la|el|van|von|du|the))* {_NAME})*"
_PLACE = re.compile(rf"\b(?P<where>(?:in|at|on|near|from|off|around) (?:the )?{_NAMED})(?!['’]s)")
_THING_THERE = re.compile(rf"(?:the )?[a-z]+ (?P<where>(?:in|at|near) (?:the )?{_NAMED})")
_LOWER_PLACE = re.compile(r"\b(?P<where>(?:in|at|near) [a-z]\w+)\W*$")
_POSSESSIVE = re.compile(r"['’]s?$")
_REST = re.compile(r"(?: [a-z][\w-]*)*")
_WHERE = re.compile(r"(?:over |down |up )?(?:in|at|near|from) (?:the )?\w", re.I)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = (
    rf"(?:the )?(?:\d{{1,2}}(?:st|nd|rd|th)?(?: (?:of )?{_MONTH})?(?: [12]\d{{3}})?\b"
    rf"|{_MONTH}\b(?: \d{{1,2}}(?:st|nd|rd|th)?\b)?(?:,? [12]\d{{3}}\b)?|[12]\d{{3}}\b"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
    r"|(?:first|second|third|last|next|previous) day\b)"
)
_NO_DAY = re.compile(rf"{_MONTH}(?: [12]\d{{3}})?|[12]\d{{3}}", re.IGNORECASE)
_CLAUSE = re.compile(
    r"(?!\w+ (?:that|this|then|it)\b)(?:after|before|by|since|until|till|up to|as of|during|under"
    r"|according to|without"
    r"|in (?:metres|feet|miles|kilometres|euros|dollars|pounds|total|detail|numbers|figures))\b",
    re.IGNORECASE,
)
# "in metres" is no place.
_MEASURES = frozenset(
    """metres meters feet miles kilometres kilometers km euros dollars pounds percent percentage
    total full short detail details english german french spanish words figures numbers weeks days
    months years hours minutes hectares acres tonnes kilos litres money cash practice general
    particular january february march april may june july august september october november
    december spring summer autumn winter""".split()
)
_BODIES = frozenset(
    """vet police ministry council government board union opposition court company bank church
    residents parents traders workers farmers critics chamber party parties committee authority
    agency army americans police firefighters students teachers public lawyers experts commission
    regulator hospital university club federation""".split()
)
_ASKING = {
    "why": r"why|how come|for what reason|what for|the reason|what(?: was|['’]s| is) the reason",
    "when": r"when|(?:on )?(?:what|which) (?:date|day)|since when|(?:un)?till? when|when exactly"
    r"|when was (?:that|this|it)",
    "where": r"where|whereabouts|at which place|where exactly|where was (?:that|this|it)",
    "how": r"how|how exactly",
}
_ASKS = {word: re.compile(ways, re.IGNORECASE) for word, ways in _ASKING.items()}
_ASKED = re.compile(
    rf"\W*(?:(?:and|so|but) )?(?:when|where|why|how(?: (?:long|often|far|much))?)"
    rf" (?P<rest>{_AUX}\b (?!(?:by|of|to|in|for)\b).+)",
    re.IGNORECASE,
)
_YES_NO = re.compile(rf"\W*(?:(?:and|so|but) )?(?P<rest>{_AUX}\b .+)", re.IGNORECASE)


def whole(question: str, before: str, known: str = "") -> str:
    """The question that a fragment makes of the one before; "" when it is no fragment of it.

    `known` is the text of the last answer: what is a name in it may be typed without a capital.
    """
    core = core_of(question)
    if word := next((word for word, fits in _ASKS.items() if fits.fullmatch(core)), ""):
        return _asking(word, core, before)
    if not core or len(core.split()) > LONGEST or _VERB.search(core):
        return ""
    core = _capitalised(core, f"{before}\n{known}")
    if found := _FIGURE.match(core):
        who = found["who"]
        return _spoken(who, before) or f"{_bare(before)} according to {who}?"
    core = _THE_ONE.sub("", core_of(core.partition(",")[0]))
    if re.fullmatch(_DAY, core, re.IGNORECASE):
        core = f"{'in' if _NO_DAY.fullmatch(core) else 'on'} {core}"
    if _CLAUSE.match(core) or _in_time(core):
        return _bounded(core[:1].lower() + core[1:], before)
    if _WHERE.match(core):
        # "Where do they go?", "and in Ellsund?" asks for a place there.
        asks_where = before.casefold().startswith("where")
        return "" if asks_where else _placed(core[:1].lower() + core[1:], before)
    if found := _THING_THERE.fullmatch(core):
        return _placed(found["where"], before)
    return _spoken(core, before) or _named(core, question, before, known)


def core_of(question: str) -> str:
    """A question without the words that only tie it to the talk: "no, just Roe please"."""
    core = question.strip()
    while found := _OPENING.match(core):
        core = core[found.end() :]
    while found := _ENDING.search(core):
        core = core[: found.start()]
    return core.strip(" ?!.,;:–—-")


def replaces_place(question: str, before: str) -> bool:
    """Whether a question that goes on names a place of its own: "and in Ellsund how long"."""
    if not _OPENING.match(question):
        return False
    places = [one["where"] for one in _places(question)]
    own = [one.split()[-1] for one in places if _WHERE.match(one)]
    asks = _VERB.search(question) is not None
    return asks and bool(own) and not any(name in before for name in own)


def _asking(word: str, core: str, before: str) -> str:
    """The question before with other asking words."""
    asked = _ASKED.match(before) or _YES_NO.match(before)
    if asked is None:
        return ""
    word = core if core.casefold().startswith(("since", "until", "till")) else word
    rest = asked["rest"]
    return f"{word.capitalize()} {rest[:1].lower()}{rest[1:]}"


def _bare(before: str) -> str:
    return before.rstrip(" ?.!")


def _capitalised(core: str, known: str) -> str:
    """The fragment with capitals on the words that are names where they were printed."""
    for word in terms.words(core):
        if word.islower() and word not in terms.STOP and word not in _MEASURES:
            name = word[:1].upper() + word[1:]
            if re.search(rf"(?<=[\w,’“] ){name}\b", known) and not re.search(rf"\b{word}\b", known):
                core = re.sub(rf"\b{word}\b", name, core)
    return core


def _in_time(core: str) -> bool:
    return re.fullmatch(rf"(?:in|on|at) {_DAY}", core, re.I) is not None


def _bounded(core: str, before: str) -> str:
    """With the fragment's clause at the end, and without the time that it replaces."""
    days = list(re.finditer(rf" (?:in|on|by|at|since|until|before|after) {_DAY}", before, re.I))
    if days and not core.casefold().startswith("according"):
        before = before[: days[-1].start()] + before[days[-1].end() :]
    return f"{_bare(before)} {core}?"


def _placed(core: str, before: str) -> str:
    """With the place of the fragment for the last one named before; or added, where none was."""
    core = _POSSESSIVE.sub("", core)
    last = terms.words(core)[-1]
    if last.casefold() in _MEASURES:
        return ""
    places = _places(before) or list(_LOWER_PLACE.finditer(_bare(before)))
    if not places:
        return f"{_bare(before)} {core}?" if last[:1].isupper() else ""
    start, end = places[-1].span("where")
    if " the " in before[start:end]:  # "in the Dunmere case"
        end = rest.end() if (rest := _REST.match(before, end)) else end
    return f"{before[:start]}{core}{before[end:]}"


def _places(before: str) -> list[re.Match[str]]:
    """Where it names places; "in May" is none."""
    found = _PLACE.finditer(before)
    return [one for one in found if not _MEASURES.issuperset(terms.fold(one["where"]).split()[1:])]


def _spoken(core: str, before: str) -> str:
    """With whom the fragment names for the one whose words were asked for before."""
    who = _POSSESSIVE.sub("", core)
    if not _may_speak(who):
        return ""
    for speaker in _SPEAKERS:
        if found := speaker.search(before):
            start, end = found.span("who")
            return f"{before[:start]}{who}{before[end:]}"
    return ""


def _may_speak(who: str) -> bool:
    words = terms.words(who)
    if not words or _NOT_WHO.match(who):
        return False
    last = words[-1].casefold()
    named = (who[:1].isupper() and len(words) <= 3) or words[-1][:1].isupper()
    kin = re.search(r"\b(?:brother|sister|wife|husband|mother|father|son|daughter|widow)s?$", last)
    return named or is_role(last) or last in _BODIES or bool(kin)


def _named(core: str, question: str, before: str, known: str) -> str:
    """With the fragment's name for the place that was named before, where it must be a place's."""
    name = _POSSESSIVE.sub("", re.sub(r"^the (.+) ones?$", r"\1", core))
    places = _places(before)
    if len(places) != 1 or not re.fullmatch(_NAMED, name):
        return ""
    start, end = places[0].span("where")
    printed = re.search(rf"\b(?:in|at|near|from|of) (?:the )?{re.escape(name)}\b", known)
    # The first word of a line has a capital anyway, and an adjective may ("the Belgian one");
    # and beside other names it may be like them.
    rest = re.sub(r"^\W*\w+", "", f"{before[:start]}{before[end:]}")
    unsure = core.endswith((" one", " ones")) or question.strip().startswith(name)
    if not printed and (unsure or re.search(rf"\b{_NAME}", rest)):
        return ""
    return f"{before[:start]}{before[start:end].split()[0]} {name}{before[end:]}"
