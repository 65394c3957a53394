"""From words of a draft and those printed in their place to what differs, and what it changes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.drafts.quotation_tokens import Token, denies
from assistant.records import Changed
from assistant.records.reports import Matter
from assistant.text import terms
from assistant.text.quantities import quantities
from assistant.text.word_alignment import aligned

_FORMS = (
    "is was are were be been being am|has had have having|will would shall|can could|may might"
    "|do does did done doing|go goes went gone|say says said|make makes made|take takes took taken"
    "|give gives gave given|come comes came|get gets got|know knows knew known|see sees saw seen"
    "|think thinks thought|find finds found|tell tells told|leave leaves left|pay pays paid"
    "|keep keeps kept|lose loses lost|win wins won|stand stands stood|run runs ran|begin begins"
    " began begun|buy buys bought|bring brings brought|hold holds held|write writes wrote written"
    "|speak speaks spoke spoken|rise rises rose risen|fall falls fell fallen|grow grows grew grown"
    "|build builds built|send sends sent|spend spends spent|feel feels felt|mean means meant"
    "|sell sells sold|meet meets met|become becomes became|break breaks broke broken|choose chooses"
    " chose chosen|drive drives drove driven|eat eats ate eaten|hear hears heard|lead leads led"
)
_VERBS = {form: n for n, forms in enumerate(_FORMS.split("|")) for form in forms.split()}
_ENDING = re.compile(r"(?:e?d|ing|e?s|e)$")
_UNIT = re.compile(r"[$€£%]|\d")
_ORDINAL = re.compile(
    r"\b(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|once|twice|half|dozens?"
    r"|hundreds?|thousands?|millions?|billions?|one)\b",
    re.IGNORECASE,
)


def changes(
    draft: str, asked: Sequence[Token], text: str, printed: Sequence[Token]
) -> tuple[Changed, ...]:
    """What differs between words of a draft and those printed, in the draft's order."""
    mine, theirs = [one.plain for one in asked], [one.plain for one in printed]
    if mine != theirs and sorted(mine) == sorted(theirs):
        return (Changed(_said(draft, asked), _said(text, printed), "order"),)
    steps = aligned(mine, theirs)
    found = []
    if steps and steps[0].c:
        found.append(_changed(draft, asked[:0], text, printed[: steps[0].c]))
    for one in steps:
        if not one.same:
            found.append(
                _changed(
                    draft,
                    asked[one.a : one.b],
                    text,
                    printed[one.c : one.d],
                    asked[one.a - 1 : one.a],
                )
            )
    if steps and steps[-1].d < len(printed):
        found.append(_changed(draft, asked[:0], text, printed[steps[-1].d :]))
    return tuple(found)


def _changed(
    draft: str,
    asked: Sequence[Token],
    text: str,
    printed: Sequence[Token],
    before: Sequence[Token] = (),
) -> Changed:
    mine, theirs = _said(draft, asked), _said(text, printed)
    begins = not before  # a capital tells nothing at the beginning
    return Changed(mine, theirs, _matter(mine, theirs, begins=begins))


def _said(text: str, some: Sequence[Token]) -> str:
    """The words of a run as they stand, on one line."""
    return " ".join(text[some[0].start : some[-1].end].split()) if some else ""


def _matter(mine: str, theirs: str, *, begins: bool) -> Matter:
    """What it changes that `mine` stands for `theirs`."""
    if denies(mine) != denies(theirs):
        return "negation"
    if any(_UNIT.search(one) or quantities(one) or _ORDINAL.search(one) for one in (mine, theirs)):
        return "figure"
    if _is_name(mine, begins=begins) or _is_name(theirs, begins=begins):
        return "name"
    if mine and theirs and _same_verb(mine, theirs):
        return "tense"
    return "wording"


def _is_name(words: str, *, begins: bool) -> bool:
    some = words.split()[1:] if begins else words.split()
    return any(word[:1].isupper() and word not in ("I", "I'm", "I’m") for word in some)


def _same_verb(mine: str, theirs: str) -> bool:
    """Whether two runs of words are one verb in two forms: "will pay" and "would have paid"."""
    own, other = ({_verb(word) for word in words.casefold().split()} for words in (mine, theirs))
    helping = {_verb(word) for word in "is has will can may do".split()}
    return bool((own & other) or (own <= helping and other <= helping)) and bool(
        own ^ other <= helping or own == other
    )


def _verb(word: str) -> str:
    if word in _VERBS:
        return str(_VERBS[word])
    base = _ENDING.sub("", word)
    return terms.stem(base or word)
