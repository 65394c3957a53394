"""From a clause to whether it tells of what was or of what is to come, as news writes it.

Only words are looked at: where they leave a doubt, the answer is "unclear".
"""

from __future__ import annotations

import re
from typing import Literal

Tense = Literal["past", "coming", "unclear"]

_BREAK = re.compile(r"[.;:!?()“”\"\n]|\s[–—-]\s|—")
_IRREGULAR = (
    "became began beat bought broke brought built came caught chose cut did drew drove fell felt"
    " fled flew fought found gave got grew heard held hit hurt kept knew laid lay led left lost"
    " made met paid put quit ran read rose sank sat saw sent shook shot shown shut slid sold"
    " sought spent spoke spread stole stood struck swept swore taken took threw went withdrew"
    " woke won wore wrote given seen done born sworn thrown written"
)
_NO_VERB = "hundred|indeed|speed|need|feed|seed|breed|proceed|exceed|succeed|armed|alleged|proposed"
_MARK = re.compile(
    rf"""\b(?:
      (?P<coming>(?:will|shall|won[’']t|going\s+to|due|slated|scheduled|expected|expects?|about\s+to
        |set\s+(?=to\b|for\b)|plan(?:s|ned|ning)?\s+(?=to\b|for\b)|(?:is|are)\s+to\b
        |(?:hop|intend|aim|vow|pledg)(?:e|es|ed|s|ing)?\s+(?=to\b)|promise[sd]?\s+(?=to\b))
        (?:\s+to)?(?:\s+be)?)
    | (?P<finite>said|told|says|was|were|did|had)
    | (?P<doubt>followed\s+by|would|could|should|might|may|can|must|if|whether|unless
        |to\s+(?:be|have)|is|are|be|opens?|starts?|begins?|meets?|ends|closes?|votes|takes?\s+place|expires?|returns?|arrives?
        |leaves|resumes?|faces|plays|goes|comes|kicks?\s+off)
    | (?P<bare>to\s+(?!(?:the|an?|his|her|their|its|our|my|this|that|these|those|it|him|them|us|me
        |all|more|at|about)\b)[a-z]+)
    | (?P<past>{_IRREGULAR.replace(" ", "|")}|(?!(?:{_NO_VERB})\b)[a-z]+ed)
    )\b|(?P<short>[’']ll)\b""",
    re.VERBOSE,
)
_AT_ITS_HEAD = re.compile(
    r"\s*(?:(?:and|but)\s+)?(?:(?:early|late|earlier|in|on|at|during|after|by|to|with|from|for|of"
    r"|a|an|the|his|her|their|its|statement|interview|speech|letter|message|news|conference)\b\s*)*",
    re.IGNORECASE,
)
# A verb, or an adverb and a verb.
_BESIDE_ITS_VERB = re.compile(rf"\s+(?:[a-z]+ly\s+)?{_MARK.pattern}", re.VERBOSE)


def tense(text: str, start: int, end: int) -> Tense:
    """The tense of the clause in which words stand, at `text[start:end]`.

    The verb before them tells; where they head their clause, the first verb after them.
    """
    before = _BREAK.split(text[:start])[-1]
    *others, clause = before.split(",")
    if told := _last(clause):
        return told
    after = _BREAK.split(text[end:])[0]
    told = _first(after)
    if not _AT_ITS_HEAD.fullmatch(clause):
        # "The mayor on Friday ruled it out": between a subject and its verb.
        return told if told and _BESIDE_ITS_VERB.match(after) else "unclear"
    # "The mayor, on Friday, called": either side may hold the verb, both must agree.
    earlier = _last(",".join(others)) if others else None
    return told if told and earlier in (None, told) else "unclear"


def _last(clause: str) -> Tense | None:
    """What the last verb says; a participle belongs to the auxiliary a few words before it."""
    found: Tense | None = None
    kind, end = "", 0
    for match in _MARK.finditer(clause):
        between = len(clause[end : match.start()].split())
        new = "coming" if match.lastgroup == "short" else match.lastgroup or ""
        if new == "finite":
            found = "past"
        elif new == "past":
            if kind in ("", "finite", "past", "bare"):
                found = "past"
            elif not (found == "coming" and between <= 3):
                found = "unclear"
        elif new == "coming":
            # "was due on Friday": it may have come, or not.
            found = "unclear" if kind == "finite" and between <= 1 else "coming"
        elif not (found == "coming" and kind == "coming" and between <= 3):
            found = "unclear"  # but "will open" is one verb
        # A participle after "will" leaves the next word under "will" too.
        if not (new == "past" and kind in ("coming", "doubt")):
            kind = new
        end = match.end()
    return found


def _first(clause: str) -> Tense | None:
    match = _MARK.search(clause)
    if match is None:
        return None
    if match.lastgroup in ("finite", "past"):
        plan = _MARK.match(clause, match.end() + 1)
        return "unclear" if plan and plan.lastgroup in ("coming", "bare") else "past"
    return "coming" if match.lastgroup in ("coming", "short") else "unclear"
