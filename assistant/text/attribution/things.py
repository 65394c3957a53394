"""Capitalised words that are no person's name: places, bodies, days. Tables only, folded."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.text.attribution.first_names import sex_of

_THINGS = frozenset(
    """
    street avenue road house senate congress university college guild institute center centre party
    council committee commission department ministry agency bank court times post news journal
    press association union states kingdom nations city county state island islands river lake
    sea ocean bay park school hospital church company corp. inc. inc group fund foundation act
    bill law office bureau board service services army navy force forces guard police security
    affairs war world north south east west new los san united white supreme national american
    european republican democratic republicans democrats americans day week year olympic games
    cup league club team building tower airport station bridge beach hall square hill valley
    mountain project program plan show daily morning today twitter facebook google instagram
    getty images reuters
    street. lock canal harbour harbor port dock quay castle palace museum library theatre theater
    stadium arena hotel inn lodge mill farm forest district province region republic empire coast
    courier mercury examiner argus bugle bulletin inquirer sentinel telegraph advertiser dispatch
    gazette herald tribune chronicle observer guardian wire radio television channel network
    agreement treaty accord deal protocol report index award prize festival election elections
    parliament assembly cabinet treasury exchange holdings capital partners airlines motors
    industries energy systems technologies software studios pictures entertainment records
    ltd. ltd llc plc gmbh ag co. trust society federation alliance coalition front movement
    brotherhood committee. assembly campaign
    convention conference summit hurricane storm operation
    british french german russian chinese ukrainian israeli palestinian iranian iraqi syrian
    turkish italian spanish polish dutch indian pakistani japanese korean mexican canadian
    australian african asian arab latin muslim christian jewish catholic islamic central western
    eastern northern southern upper lower great grand royal international global public general
    black blue red green golden silver super big monday tuesday wednesday thursday friday
    saturday sunday january february march april june july august september october november
    december miss former another the keeps democrat rival fellow both no all some
    """.split()
) - {"christian", "miss", "general", "grand", "april", "june"}
# First names that are everyday words or places as well.
EVERYDAY = frozenset(
    """will mark grace rose jordan christian virginia victoria austin mason logan jack frank chelsea
    charlotte madison tyler sue hope amber joy may ray rob bill pat max rod sean florence marine
    elena craig glenn lee long kelly scott martin allen april june georgia dakota paris sydney
    israel new san los saint st. le la el fort port north south east west""".split()
)


# These are family names as well, after a first name: "Ada Hill".
_FAMILY_TOO = frozenset(
    """hall hill park day north west east white black green golden silver lake bay house church
    street mill lock castle forest post law force beach banks bill guard""".split()
)


def is_body(word: str) -> bool:
    """Does this folded word, alone, name a body or a place, and no family?"""
    return word in _THINGS and word not in _FAMILY_TOO


def is_thing(words: Sequence[str]) -> bool:
    """Does one of these folded words show that they name a place, a body or a day?"""
    found = _THINGS.intersection(words)
    if found == {"bill"} and words[0] == "bill" and len(words) > 1 and words[-1].isalpha():
        return False  # Bill Roe, but not Bill C-21
    if not found:
        return False
    if words[0] == "park" and len(words) > 1 and "-" in words[1]:
        return False
    person = len(words) > 1 and words[0] not in EVERYDAY and bool(sex_of(words[0]))
    return not (person and found == {words[-1]} and words[-1] in _FAMILY_TOO)
