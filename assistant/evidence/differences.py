"""From the quotes of an answer to whether two sources answer the same question differently.

A false alarm is worse than a miss: where two quotes may speak of two things, there is none.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from assistant.questions.parts import names
from assistant.records import Difference, Quote
from assistant.text import terms
from assistant.text.dates.resolve import glosses
from assistant.text.quantities import Quantity, quantities

_COUNTS = re.compile(
    r"\b(?:how (?:many|much|high|long|old|far|big|large|tall)|what (?:number|share|percentage)"
    r"|what (?:is|was|are|were) the (?:\w+ )?"
    r"(?:number|toll|cost|price|total|count|sum|age|size|turnout|reward))\b"
    r"|\bwhat (?:does|do|did|will|would) .+ cost\b"
    # Search words, without a verb: "flood barrier cost", "death toll of the fire".
    r"|^(?:the )?(?:\w+ )?(?:cost|price|toll|turnout) of\b"
    r"|^(?:\w+ ){1,4}(?:cost|price|toll|turnout)$",
    re.IGNORECASE,
)
# What one person or team holds alone.
_HOLDER = re.compile(
    r"\s*(?:who|which (?:team|club|party|company|country|city|firm))\s(?:has |had )?"
    r"(?:won|win|wins|founded|founds|directed|wrote|designed|invented|owns|owned|runs|ran|leads"
    r"|led|heads|headed|chairs|built"
    r"|(?:is|was|became|becomes) (?:the|named|elected))\b",
    re.IGNORECASE,
)
_MONEY = re.compile(r"\b(?:how much|cost|price|pay|paid|worth|sum)\b", re.IGNORECASE)
_WHEN = re.compile(r"\b(?:when|what (?:day|date)|which (?:day|date))\b", re.IGNORECASE)
# Words of one meaning, by stems: a question about the hurt is answered by the injured.
_CLASSES = tuple(
    frozenset(map(terms.stem, group.split()))
    for group in (
        "hurt injured injuries injury wounded wounds",
        "died die dead killed deaths death dying toll fatalities lost",
        "cost costs price priced pay paid worth sum",
        "missing unaccounted",
        "people persons passengers residents men women children",
        "accident crash collision",
        "jobs posts positions workers employees staff",
    )
)
# How badly someone fared: a figure must be of the stage that was asked for.
_STAGES = frozenset(("0", "1", "3"))
_FIGURES = re.compile(r"\S*\d\S*|\b(?:hundred|thousand|million|billion|crowns|euros|pounds)\b")
_EMPTY = frozenset(map(terms.stem, "money number total amount".split()))
_COUNTED = re.compile(r"\bhow many ((?:\w+\s?){1,2})", re.IGNORECASE)
_MEASURE = re.compile(
    r"\s((?:second|minute|hour|day|week|month|year|met(?:re|er)|kilomet(?:re|er)|mile|ton|tonne|acre"
    r"|hectare|litre|liter|gallon|feet|foot)s?)\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"[;:.—–]\s|,\s|\b(?:when|after|while|although|but|and|including|with|than|where|since)\b"
)
# Words that make of a figure a part, a change, a guess or a plan: not the thing itself.
_PART = re.compile(
    r"\b(?:of (?:them|whom|these|those|which|the)|including|among|another|others?|additional"
    r"|each|per|every|first|last|so far|more|fewer|less|extra)\b", re.IGNORECASE)  # fmt: skip
_STATUS = re.compile(
    r"\b(?:suspected|confirmed|feared|planned|plans?|expected|expects?|could|would|may|might|if"
    r"|proposed|estimated|initially|earlier|previous(?:ly)?|original(?:ly)?|seriously|slightly"
    r"|critically|badly|lightly|will)\b", re.IGNORECASE)  # fmt: skip
_CHANGE_BEFORE = re.compile(r"\bby\s(?:\w+\s)?\Z", re.IGNORECASE)
_CHANGE_AFTER = re.compile(r"\s(?:more|fewer|less|higher|lower|extra|percent more)\b")
_NOT = re.compile(
    r"\b(?:not|no|never|none|nobody|without|denied|denies|refused|refuses|rejected|failed)\b|n[’']t\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
TOPIC = 0.7  # share of the question's words that each quote with its title must hold
LEAST = 0.5  # ... if they say it in the same words
SAME = 0.75  # share of words two sentences have in common when one denies the other


def differences(question: str, quotes: Sequence[Quote]) -> tuple[Difference, ...]:
    """Pairs of quotes from different articles that answer differently, the best ranked first."""
    return tuple(_found(question, quotes))


def _found(question: str, quotes: Sequence[Quote]) -> Iterator[Difference]:
    asked = classes([one for one in terms.terms(question) if one not in _EMPTY])
    for (first, one), (second, other) in itertools.combinations(enumerate(quotes), 2):
        if one.source.id == other.source.id or _is_copy(one, other):
            continue
        topic = min(_share(asked, one), _share(asked, other))
        found = _figures(question, asked, topic, one, other)
        if not found and topic >= TOPIC:
            found = _days(question, one, other) or _denial(one, other)
            found = found or _holders(question, one, other)
        if found:
            dates = [quote.source.published for quote in (one, other)]
            known = [moment.date() for moment in dates if moment]
            updated = len(known) == 2 and known[0] != known[1]
            kind, mine, theirs = found
            yield Difference(first, second, kind, updated, mine, theirs)


def _is_copy(one: Quote, other: Quote) -> bool:
    return any(copy.id == other.source.id for copy in one.copies) or any(
        copy.id == one.source.id for copy in other.copies
    )


def classes(stems: Sequence[str] | frozenset[str]) -> frozenset[str]:
    """The stems, those of one meaning made one."""
    return frozenset(
        next((f"{n}" for n, group in enumerate(_CLASSES) if stem in group), stem) for stem in stems
    )


def _share(asked: frozenset[str], quote: Quote) -> float:
    """How much of what is asked a quote and its title hold, 0 to 1."""
    held = classes(terms.stems(f"{quote.source.title} {quote.text}"))
    return len(asked & held) / max(1, len(asked))


Pair = tuple[str, str, str]


def _figures(
    question: str, asked: frozenset[str], topic: float, one: Quote, other: Quote
) -> Pair | None:
    if not _COUNTS.search(question.strip(" ?.!")):
        return None
    mine, theirs = (_answering(question, asked, quote.text) for quote in (one, other))
    if mine is None or theirs is None or mine.unit != theirs.unit or mine.allows(theirs):
        return None
    measures = [_MEASURE.match(q.text, f.end) for q, f in ((one, mine), (other, theirs))]
    if len({measure and measure[1].lower() for measure in measures}) > 1:
        return None  # weeks and days
    clause, another = _around(one.text, mine), _around(other.text, theirs)
    # "The barrier will cost ..." in both is one topic, even where "flood" is left out.
    if topic < TOPIC and not (topic >= LEAST and _say_the_same(clause, another)):
        return None
    if _speak_of_two_things(question, clause, another, one, other):
        return None
    return "figure", one.text[mine.start : mine.end], other.text[theirs.start : theirs.end]


def _answering(question: str, asked: frozenset[str], text: str) -> Quantity | None:
    """The one figure of a quote that answers; None for none or several."""
    wanted = _COUNTED.search(question)
    counted = classes(terms.terms(wanted[1])) if wanted else frozenset[str]()
    needed = asked & _STAGES
    fitting: list[Quantity] = []
    named: list[Quantity] = []
    for figure in quantities(text):
        clause = _around(text, figure)
        held = asked & classes(terms.stems(clause))
        if _MONEY.search(question) and figure.unit in ("", "percent"):
            continue
        if wanted and figure.unit:
            continue
        if _CHANGE_BEFORE.search(text[: figure.start]) or _CHANGE_AFTER.match(text, figure.end):
            continue
        if _PART.search(clause) or not needed <= held:
            continue
        after = " ".join(text[figure.end :].split()[:3])
        if held and counted & classes(terms.stems(after)):
            named.append(figure)
        elif len(held) >= min(2, len(asked)):
            fitting.append(figure)
    chosen = named or fitting
    return chosen[0] if len(chosen) == 1 else None


def _around(text: str, figure: Quantity) -> str:
    """The clause that holds the figure."""
    start = max((m.end() for m in _CLAUSE.finditer(text, 0, figure.start)), default=0)
    after = _CLAUSE.search(text, figure.end)
    return text[start : after.start() if after else len(text)]


def _say_the_same(clause: str, another: str) -> bool:
    """Whether two clauses differ in nothing but their figures."""
    held = [
        classes([stem for stem in terms.terms(_FIGURES.sub(" ", piece)) if stem not in _EMPTY])
        for piece in (clause, another)
    ]
    return bool(held[0]) and len(held[0] & held[1]) >= SAME * len(held[0] | held[1])


def _speak_of_two_things(
    question: str, clause: str, another: str, one: Quote, other: Quote
) -> bool:
    """Whether two clauses tell of different days, years, places, persons or stages."""
    if _told(_STATUS, clause) != _told(_STATUS, another):
        return True
    if set(_YEAR.findall(clause)) != set(_YEAR.findall(another)):
        return True
    days = [
        {gloss.meaning for gloss in glosses(piece, quote.source.published)}
        for piece, quote in ((clause, one), (another, other))
    ]
    if days[0] and days[1] and not days[0] & days[1]:
        return True
    whole = [terms.stems(f"{quote.source.title} {quote.text}") for quote in (one, other)]
    known = terms.stems(question)
    for piece, quote, theirs in ((clause, one, whole[1]), (another, other, whole[0])):
        for name in names(quote.text):
            stems = terms.stems(name)
            if name in piece and not stems & (known | theirs):
                return True  # a place or person that the other does not tell of
    return False


def _days(question: str, one: Quote, other: Quote) -> Pair | None:
    if not _WHEN.search(question):
        return None
    found = [glosses(quote.text, quote.source.published) for quote in (one, other)]
    if len(found[0]) != 1 or len(found[1]) != 1 or found[0][0].meaning == found[1][0].meaning:
        return None
    shared = [terms.stems(quote.text) - set(terms.STOP) for quote in (one, other)]
    if len(shared[0] & shared[1]) < 0.6 * min(map(len, shared)):
        return None
    if _told(_STATUS, one.text) != _told(_STATUS, other.text):
        return None
    return "date", found[0][0].words, found[1][0].words


def _holders(question: str, one: Quote, other: Quote) -> Pair | None:
    """Two names for what has one holder, in sentences that differ in nothing else."""
    if not _HOLDER.match(question) or _NOT.search(one.text) or _NOT.search(other.text):
        return None
    known = terms.stems(question)
    found = [
        [name for name in names(quote.text) if not terms.stems(name) & known]
        for quote in (one, other)
    ]
    if len(found[0]) != 1 or len(found[1]) != 1:
        return None
    mine, theirs = found[0][0], found[1][0]
    # "Ada Roe" and "Mrs. Roe" may be one.
    if terms.stems(mine) & terms.stems(theirs):
        return None
    clauses = [quote.text.replace(name, " ") for quote, name in ((one, mine), (other, theirs))]
    if _told(_STATUS, clauses[0]) != _told(_STATUS, clauses[1]):
        return None
    mine_said, theirs_said = clauses
    same = _say_the_same(mine_said, theirs_said) and not _speak_of_two_things(
        question, mine_said, theirs_said, one, other
    )
    return ("name", mine, theirs) if same else None


def _told(pattern: re.Pattern[str], text: str) -> set[str]:
    return {match[0].lower() for match in pattern.finditer(text)}


def _denial(one: Quote, other: Quote) -> Pair | None:
    """One sentence says what the other, in nearly the same words, denies."""
    denied = [_NOT.search(quote.text) for quote in (one, other)]
    if bool(denied[0]) == bool(denied[1]):
        return None
    held = [frozenset(terms.terms(_NOT.sub(" ", quote.text))) for quote in (one, other)]
    if len(held[0] & held[1]) < SAME * max(1, *map(len, held)):
        return None
    figures = [{(f.low, f.high) for f in quantities(quote.text)} for quote in (one, other)]
    if figures[0] != figures[1] or _speak_of_two_things("", one.text, other.text, one, other):
        return None
    return "negation", one.text, other.text
