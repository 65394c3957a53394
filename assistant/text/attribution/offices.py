"""Offices, trades and departments: which words say what a person is. Tables, and questions of them.

`cues.is_role` knows the everyday ones; these are added where a name stands beside the word.
"""

from __future__ import annotations

import functools
import re

from assistant.text.attribution.cues import is_role

_TRADES = frozenset(
    """
    headmistress headmaster headteacher architect builder surveyor warden planner designer ranger
    baker butcher grocer brewer miner sailor skipper pilot driver porter guide trainer referee
    umpire player goalkeeper striker captain firefighter lifeguard soldier commander lieutenant
    sergeant corporal constable detective superintendent investigator inspector biologist chemist
    physicist geologist hydrologist ecologist meteorologist seismologist epidemiologist virologist
    statistician mathematician physician psychiatrist psychologist pharmacist dentist vet midwife
    paramedic therapist librarian archivist archaeologist conservator painter sculptor poet novelist
    writer playwright composer conductor musician pianist violinist drummer photographer filmmaker
    producer presenter broadcaster columnist blogger publisher translator interpreter contractor
    developer investor trader broker banker accountant auditor economist lobbyist campaigner
    organiser organizer volunteer trustee governor councillor councilor alderman alderwoman
    deputy-mayor mp mep envoy diplomat consul attache ombudsman ombudswoman magistrate barrister
    solicitor notary registrar rector provost lecturer pupil student shopkeeper landlord landlady
    tenant neighbour neighbor villager passenger customer client patient survivor witness victim
    suspect defendant plaintiff gardener forester beekeeper shepherd herder trawlerman carpenter
    plumber electrician mechanic welder blacksmith technician programmer scientist boss supervisor
    administrator coordinator undersecretary secretary-treasurer co-chair co-chairman co-author
    ceo cfo coo cto vice-chair vice-chairman vice-chairwoman chairperson president-elect premier
    delegate assemblyman assemblywoman congressperson comptroller coroner marshal chaplain vicar
    deacon nun monk abbot sultan emir sheikh crown-prince duke duchess earl baron baroness
    """.split()
)
# Departments and fields that follow "Secretary of" and the like, before a name.
_FIELD = (
    r"State|Defen[cs]e|Labou?r|Commerce|Energy|Education|Transport(?:ation)?|Agriculture|Interior|"
    r"Treasury|Homeland\sSecurity|Veterans\sAffairs|Foreign\sAffairs|Home\sAffairs|"
    r"Internal\sAffairs|European\sAffairs|Health\sand\sHuman\sServices|"
    r"Housing\sand\sUrban\sDevelopment|Housing|Health|War|Finance|Justice|Culture|Trade|Staff|"
    r"Police|Operations|Communications|Public\sWorks|National\sIntelligence|Navy|Army|Air\sForce|"
    r"House|Environment|Science|Industry|Tourism|Sports?|Fisheries|Migration|Immigration|Elections|"
    r"Economy|Economics|Social\sAffairs|Infrastructure|Information|Planning|Works|Security"
)
_OFFICES = (
    "Secretary Minister Chief Director Speaker Commissioner Head Undersecretary Chair".split()
)
# " of State " in "Secretary of State Ada Roe".
DEPARTMENT = (
    rf"(?:{'|'.join(f'(?<={office})' for office in _OFFICES)})"
    rf"\s(?:of|for)\s(?:the\s)?(?:{_FIELD})\s"
)
OF_FIELD = re.compile(rf"(?:of|for)\s(?:the\s)?(?:{_FIELD})\s")
_SMALL = frozenset("the a an of for and in at on to by from with his her its their s".split())
LESSENED = frozenset(
    "deputy former ex vice acting assistant interim then late retired next new incoming outgoing "
    "associate under".split()
)


@functools.lru_cache(maxsize=8_192)
def is_office(word: str) -> bool:
    """Does this word, beside a name, say what the person is? Words in capitals count too."""
    plain = word.strip(".,:").lower()
    return is_role(word) or plain in _TRADES or (word.isupper() and is_role(word.title()))


def words_of(phrase: str) -> set[str]:
    """The telling words of a role or a phrase, folded: "the mayor of Arden": mayor, arden."""
    return set(re.findall(r"[^\W_]+", phrase.lower())) - _SMALL


_OF_WHAT = re.compile(r",|\s(?:of|for|from|in|at|with|on|to|by|who|and)\s")


def head(phrase: str) -> str:
    """The office of "the club's treasurer", "mayor of Arden", "Prime Minister": one folded word."""
    few = _OF_WHAT.split(phrase.strip(), maxsplit=1)[0].split()
    return few[-1].strip(".").lower() if few and is_office(few[-1]) else ""


KIN = frozenset(
    "wife husband son daughter brother sister mother father widow widower uncle aunt cousin "
    "friend rival neighbour neighbor partner".split()
)


def stands_for(phrase: str, role: str) -> bool:
    """Can "the mayor" mean whoever has this role? A deputy or a former one is no mayor."""
    asked, known = words_of(phrase), words_of(role)
    return asked <= known and not (known - asked) & LESSENED
