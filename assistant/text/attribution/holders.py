"""The nouns of those who hold opinions, and of papers that tell: "some voters", "two polls".

Wider than those who may speak (`cues`): a state that wants something need not have said it.
"""

from __future__ import annotations

import re

from assistant.text.attribution.cues import SPEAKING, is_role


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# People and bodies, in the singular or in the plural, with a regular plural left out.
_BODIES = _words(
    """
    administration agency alliance ally assembly association authority bank board body branch
    brand bureau business cabinet chamber charity church city club coalition college commission
    committee company congress consortium consumer contender corporation council country county
    court crowd delegate delegation department diplomat district donor education embassy employee
    employer enterprise faction factory federation foundation foreigner fund generation group
    guild house household administrator operator officer organiser organizer opponent supporter
    backer parliamentarian negotiator adviser advisor expert aide insider leader lawyer member
    source bloc contender relative farmer fisherman teacher hawk dove skeptic sceptic camp firm
    outlet industry inquiry institute institution insurer investor island jury kingdom leadership
    league legislature lender library ministry mission monarchy movement museum nation neighbour
    neighbor network observer opposition organisation organization owner panel parish parliament
    party passer-by patient pensioner player politician port harbour harbor airport power public
    publisher regime regulator reader rival school secretariat senate side society staff state
    station studio supplier tenant think-tank town trader trade-union tribunal trust university
    user utility vendor village viewer visitor voter watchdog wing worker youth campaigner
    commentator conservative liberal moderate progressive academic celebrity migrant refugee
    victim creditor carrier airline builder developer subscriber follower fan neighbourhood
    community colleague candidate hopeful runner nominee winner loser family couple mother parent
    child team tank
    """
)
_PAPERS = _words(
    """
    account film movie series programme program play song ad advert advertisement agreement
    analysis article assessment audit average ballot bill biography blog book brief bulletin
    census chart column communique contract datum data document documentary e-mail editorial email
    essay estimate evidence exam figure film filing finding footage forecast guideline index
    interview inventory investigation journal law lawsuit letter list magazine map measurement
    memo memorandum message minutes model motion newsletter newspaper note notice number op-ed
    page paper petition photo photograph picture piece poll post projection publication
    questionnaire radio record recording release report research resolution review ruling score
    script signature site slide spot statement statistic statute story study suit summary survey
    table tape tally test testimony text transcript treaty tweet video website whitepaper
    """
)
# These stand alone: "some say", "each wants".
_ALONE = _words(
    """
    some many most several others both all each few everyone everybody someone somebody those one
    percent majority minority two three four five half dozens hundreds thousands millions people
    men women children police media press critics experts
    """
)
_PEOPLE_ENDS = re.compile(r"(?:[a-z]{3,}(?:ist|ian|crat|ologist|eer|goer|holder|keeper|monger))$")
_SPLIT = re.compile(
    r"\s(?:of|for|from|in|at|with|on|to|by|about|against|among|between|over|who|that|which|whose|"
    r"close|led|involved|representing|including|looking|seeking|handling|running|made|published|"
    r"conducted|released|commissioned|trying|living|working|familiar|opposed|loyal|outside|inside|"
    r"near|behind|like|across|around|after|before|being|[a-z]+ed|[I]|(?:you|he|she|we|they))\s"
)
_NOBODY = re.compile(r"(?:no|neither|nobody|none|few|nothing|not|anyone|whoever)\b", re.IGNORECASE)
_SOME_OF = re.compile(
    r"(?:(?:at least|more than|about)\s)?(?:some|many|most|several|both|all|each|one|two|"
    r"three|four|five|half|dozens|hundreds|thousands|"
    r"a few|a number|a group|none|[\w-]+ percent)\sof\s"
    r"(?:(?:the|his|her|its|their|our|these|those)\s)?",
    re.IGNORECASE,
)
_IRREGULAR_PLURAL = {
    "analyses": "analysis",
    "men": "man",
    "media": "medium",
    "data": "datum",
    "children": "child",
}


def head_of(phrase: str) -> str:
    """The word that says what the phrase means: "groups" in "two groups of parents in town"."""
    words = _SPLIT.split(f"{phrase} ", maxsplit=1)[0].split()
    return words[-1].strip(",.’'\"") if words else ""


def _singular(word: str) -> str:
    if word in _IRREGULAR_PLURAL:
        return _IRREGULAR_PLURAL[word]
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses")):
        return word[:-2]
    return word.removesuffix("s") if not word.endswith("ss") else word


def can_hold(phrase: str) -> bool:
    """Can what this phrase means hold an opinion, want or refuse something, or tell of it?"""
    if _NOBODY.match(phrase):
        return False
    if some := _SOME_OF.match(phrase):
        rest = phrase[some.end() :]
        return rest[:1].isupper() or rest in ("them", "us", "whom", "you") or can_hold(rest)
    head = head_of(phrase)
    word = head.lower()
    one = _singular(word)
    return (
        word in _ALONE
        or word in SPEAKING
        or not {word, one}.isdisjoint(_BODIES)
        or not {word, one}.isdisjoint(_PAPERS)
        or is_role(one)
        or head.isupper()
        or (word != one and _PEOPLE_ENDS.match(one) is not None)
    )


def is_paper(phrase: str) -> bool:
    """Does this phrase mean something to read or see: "two polls", "the video of it"?"""
    word = head_of(phrase).lower()
    return not {word, _singular(word)}.isdisjoint(_PAPERS)


def is_many(phrase: str) -> bool:
    """Is this phrase plural, as far as its first noun shows?"""
    word = head_of(phrase).lower()
    if " and " in phrase or word in _ALONE - {"each", "one", "everyone", "everybody", "someone"}:
        return True
    return word in _IRREGULAR_PLURAL or (
        word.endswith("s") and not word.endswith(("ss", "us", "is"))
    )
