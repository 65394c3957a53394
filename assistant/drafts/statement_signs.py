"""From a statement and a sentence to the signs by which the one bears the other out, or not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.drafts.statement_evidence import Evidence, telling
from assistant.evidence.claimed_figures import Figure, figures
from assistant.evidence.claims import bare
from assistant.evidence.differences import classes
from assistant.text import terms

SCOPE = 4  # words of weight that a denial reaches
BEFORE = 40  # characters before a denial that it may be about
_DENIAL = re.compile(
    r"\b(?:not|cannot|never|no(?!-)|none|nobody|nothing|nowhere|neither|nor|without|instead of"
    r"|rather than|short of|den(?:y|ied|ies)|reject(?:s|ed)?|refus(?:e|ed|es)|ruled out|far from"
    r"|no longer|yet to|fail(?:s|ed)? to|acquitted|cleared?|withdr[ae]w\w*|dropped|turned down"
    r"|voted down|against|lost)\b|n['’]t\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[,;:()–—]|\b(?:but|and|while|because|although)\b", re.IGNORECASE)
_EXTENT = re.compile(
    r"\b(?:all|every|each|both|whole|entire|only|most|majority|half|quarter|third|twice|double"
    r"|(?:more|less|fewer)(?! than \d)|higher|lower|ahead|above|below|unanimous\w*"
    r"|first|second|none|nobody|still)\b",
    re.IGNORECASE,
)
_MENDED = re.compile(
    r"\b(?:correction|clarification|corrects?|corrected|mistaken(?:ly)?|wrongly|error)\b", re.I
)
_MAY = re.compile(
    r"\b(?:could|may|might|should|if|planned|plans?|expected|expects|proposed|hopes?|ask(?:s|ed)?"
    r"|demands?|demanded|demanding|earlier|previous(?:ly)?|original(?:ly)?|draft)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Signs:
    """What a sentence has and lacks of a statement. `values` are named as in `statement_verdict`.

    `figure` is a figure or day of the statement and the one that stands in its place, if one does;
    `denied` where the sentence denies what the statement does not, or the other way about;
    `plain` is the share of the statement's words that are no names which the sentence has.
    """

    values: dict[str, float]
    figure: tuple[str, str] | None
    denied: bool
    mended: bool
    plain: float


def signs(statement: str, found: Sequence[Evidence]) -> Signs:
    """The signs in the sentence that bears on a statement most, and in the others."""
    one, claim = found[0], bare(statement)
    own = telling(statement)
    values, figure = _of_figures(claim, one.sentence)
    denials = _of_denials(claim, own, one.sentence)
    values |= denials
    extents = ({m[0].casefold() for m in _EXTENT.finditer(t)} for t in (claim, one.sentence))
    mine, theirs = extents
    values["extent"] = bool(mine - theirs)
    values["mended"] = bool(_MENDED.search(one.sentence))
    values["mended_beside"] = any(_MENDED.search(other.sentence) for other in found)
    values["may"] = bool(_MAY.search(one.sentence)) and not _MAY.search(claim)
    values["score"] = one.score / 5
    others = [_of_figures(claim, other.sentence)[0] for other in found[1:]]
    values["other_beside"] = any(
        other["other"] and near.share >= 0.4 for other, near in zip(others, found[1:], strict=True)
    )
    denied = bool(denials["denied_word"] or denials["denied_before"] or denials["denies_alone"])
    mended = bool(values["mended"])
    numbers = {name: float(value) for name, value in values.items()}
    return Signs(numbers, figure, denied, mended, _plain(claim, own, one.sentence))


def _plain(claim: str, own: frozenset[str], sentence: str) -> float:
    small = (terms.stem(word) for word in terms.words(claim) if word[0].islower())
    words = own & classes(frozenset(small))
    return len(words & classes(terms.stems(sentence))) / len(words) if words else 1.0


def _of_figures(claim: str, sentence: str) -> tuple[dict[str, float], tuple[str, str] | None]:
    mine, theirs = figures(claim), figures(sentence)
    same = [one for one in mine if any(_agree(one, other) for other in theirs)]
    lost = [one for one in mine if one not in same]
    rivals = [(one, other) for one in lost for other in theirs if one.is_of_kind(other)]
    values: dict[str, float] = {
        "same": bool(same),
        "other": bool(rivals),
        "none_same": bool(lost and theirs),
        "both": any(
            one.is_of_kind(other) and not _agree(one, other) for one in mine for other in theirs
        ),
    }
    if not rivals:
        return values, None
    one, other = rivals[0]
    return values, (
        claim[one.start : one.shown].strip(),
        sentence[other.start : other.shown].strip(),
    )


def _agree(one: Figure, other: Figure) -> bool:
    if one.amount and other.amount:
        return one.amount.allows(other.amount)
    return one.day is not None and one.day == other.day


def _of_denials(claim: str, own: frozenset[str], sentence: str) -> dict[str, float]:
    mine, theirs = bool(_DENIAL.search(claim)), list(_DENIAL.finditer(sentence))
    reached = any(_scope(sentence[one.end() :]) & own for one in theirs)
    before = any(
        classes(terms.stems(sentence[max(0, one.start() - BEFORE) : one.start()])) & own
        for one in theirs
    )
    return {
        "denied": bool(theirs) and not mine,
        "denies_alone": mine and not theirs,
        "both_deny": mine and bool(theirs),
        "denied_word": reached and not mine,
        "denied_before": before and not mine,
    }


def _scope(text: str) -> frozenset[str]:
    """The first words of weight of a clause."""
    clause = _CLAUSE.split(text, maxsplit=1)[0]
    return classes(terms.terms(clause)[:SCOPE])
