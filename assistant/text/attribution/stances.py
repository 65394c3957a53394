"""From a sentence to what its subject wants, plans, cites or opposes, in the writer's words.

Read after the verbs of saying (`clauses`), and only where these credit nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.text.attribution import phrases_after, phrases_first, source_phrases, subjects
from assistant.text.attribution.cues import ADVERB
from assistant.text.attribution.holders import can_hold, is_paper
from assistant.text.attribution.mentions import Mention
from assistant.text.attribution.stance_verbs import CHAIN, SAYS, TRANSITIVE, stances


@dataclass(frozen=True, slots=True)
class Said:
    """Words `[start, end)` of an article, the phrase that names their speaker, and the cue."""

    start: int
    end: int
    source: Mention
    cue_start: int
    cue_end: int


# Between a subject and its verb: "has also", "is now", "in May", "just this week".
_BETWEEN = re.compile(
    r"(?:\s+(?:has|have|had|also|later|then|once|again|now|still|even|first|just|often|always|long|"
    r"further|recently|together|(?<=\w\s)(?:both|all)|is|are|was|were|been|does|did|do|so|thus|soon|instead|too|"
    r"(?:on\s)?\w+day|(?:this|last|next)\s(?:week|month|year|spring|summer|autumn|fall|winter)|"
    rf"in\s(?:\d{{4}}|May|June|July|\w+ber|\w+uary|March|April|August)|{ADVERB})|['’](?:s|ve|re))*\s*$"
)
_PASSIVE = re.compile(
    r"(?:\b(?:is|are|was|were|be|been|being|get|got|gets)|(?:he|she|who|it|that|they|we|you)['’](?:s|re))(?:\s(?:\w+ly|first|also|now|still|"
    r"widely|once|later|again|even)){0,2}\s+$"
)
_HAS = re.compile(r"(?:\bhe|\bshe|\bwho|\bit|\bthey|\bwe|\bI)['’](?:s|ve|d)(?:\s\w+ly)?\s+$")
_BE = re.compile(
    r"(?:\s(?:has|have|had))?(?:\s(?:also|now|still|later|already))?\s(?:is|are|was|were|been)\b"
)
_UNDONE = re.compile(
    r"(?:\b(?:not|never|nor|to|would|could|might|may|should|can|cannot|must|will|if|without|"
    r"let|shall)|n['’]t|['’](?:d|ll))(?:\s(?:\w+ly|also|even|ever|then))?\s+$"
)
_NOUN = re.compile(
    r"\b(?:the|an?|his|her|its|their|my|our|your|this|these|those|of|in|on|by|for|with|no|any|"
    r"more|from|at|such|as|than|into|other|and\sthe|about|to)\s+$|['’]s?\s+$|\b(?!(?:19|20)\d\d\s)\d[\d,.]*\s$"
    r"|(?:\bthe|\ba|\bits|\btheir|\bhis|\bher|['’]s?)\s(?:first|second|third|new|latest|own|last|next|final|"
    r"early|initial|recent|big|key|main|official|federal|annual|previous|other)\s$",
    re.IGNORECASE,
)
# "Worse, ", "On Monday, however, ", "Stung by the fee, ": before the subject of a sentence.
_LEAD = re.compile(
    r"\s*(?:(?:But|And|Yet|So)\s)?(?:\w+ly|however|[Mm]eanwhile|Instead|Worse|Still|Also|Then|"
    r"Later|Earlier\s[\w ]{1,20}|"
    r"(?:On|In|At|By|During)\s[^,]{1,30}|[A-Z]\w+(?:ed|ing)\s[^,“]{1,90}),\s"
)
_WITH = re.compile(r"\b[Ww]ith\s$")
_TO = re.compile(r"\bto\s(?:\w+ly\s)?$")
_BESIDE = re.compile(r"[\s,(—―–-]*(?:(?:an?|the|his|her|its)\s[^,;“”]{2,60},\s)?")
_OPENS = re.compile(r"(?:(?:In|By|While|After|Before|But|And)\s)?")
_IF = re.compile(r"\b(?:(?<!even\s)[Ii]f|[Uu]nless|[Hh]ow|[Nn]ot?|[Ll]est|or)\s$")
_PREPOSITION = re.compile(
    r"\s(?:on|in|for|at|from|under|during|since|with|of|over|through|between|among|near)\s"
    r"(?!\w+day\b|an?\s(?:statement|letter|interview|speech|message|post|tweet|memo|report|e-?mail|note))"
)
_BY_DOING = re.compile(r"\b(?:by|in|while)\s(?:\w+ly\s)?$")
_BY = re.compile(r"(?:\s[\w-]+){0,3}?\sby\s")
_TRAILS = re.compile(r"(?:\s\w+){0,4}[.\s]*$")
_JOINED = re.compile(r"(?:,|\b(?:and|but|then))\s*$")
_SET_OFF = re.compile(r"[,;]\s(?:\w+ly\s)?$")
_LETTER = re.compile(r"\w")
_TURNS = re.compile(r"[,;]|\b(?:and|but|while|whereas|though|although)\s")
_OTHERS = re.compile(
    r",\s(?:and|but|while|whereas|though|although)\s(?!(?:he|she|it|they|has|have)\b)"
)
_NEAR = 80  # characters before a verb, in which stand its auxiliaries, adverbs and "the"
_FAR = 160  # and those in which "met in the town hall to" stands


def held(text: str, start: int, end: int, found: Sequence[Said]) -> Iterator[Said]:
    """What the sentence `text[start:end]` tells of someone beyond the words in `found`."""
    known = [*found]
    for cue in stances(text, start, end):
        if any(one.cue_start < cue.end() and cue.start() < one.cue_end for one in known):
            continue
        within = [one for one in known if one.start <= cue.start() < one.end]
        turn = max((_turn(text, one, cue) for one in within), default=start)
        if turn < 0:
            continue
        one = _held(text, start, end, cue, known)
        if one and one.source.start >= turn:
            known.append(one)
            yield one


def _turn(text: str, one: Said, cue: re.Match[str]) -> int:
    """Where someone else takes the turn between what `one` says and `cue`; -1 for nowhere."""
    turns = [*_OTHERS.finditer(text, max(one.start, one.cue_end), cue.start())]
    return turns[-1].end() if turns else -1


def _held(
    text: str, start: int, end: int, cue: re.Match[str], found: Sequence[Said]
) -> Said | None:
    verb = cue[0].split(" ", 1)[0]
    going_on = verb.endswith("ing")
    at = cue.start()
    left = text[max(start, at - _NEAR) : at]
    if _UNDONE.search(left, len(left) - 32):
        chain = CHAIN.search(text, max(start, at - _FAR), at) if _TO.search(left) else None
        if chain is None or _UNDONE.search(text, max(start, chain.start() - _NEAR), chain.start()):
            return None
        at, verb = chain.start(), chain[0].split(" ", 1)[0]
        left = text[max(start, at - _NEAR) : at]
    elif not going_on and _PASSIVE.search(left) and not _HAS.search(left):
        return _done_by(text, start, end, cue)
    if not going_on and _BY.match(text, cue.end(), min(end, cue.end() + 12)):
        return None  # "the plan proposed by Roe"
    if verb in TRANSITIVE - SAYS and text.startswith((",", ".", ";"), cue.end()):
        return None  # "widely criticized, Roe left"
    if verb in TRANSITIVE and _PREPOSITION.match(text, cue.end(), end):
        return None  # "the pier planned in May", "reports from Arden"
    if going_on and _OPENS.fullmatch(text, start, at):
        return _opener(text, end, cue)
    if going_on:
        source = _of_going_on(text, start, cue, left, found)
    elif _NOUN.search(left, len(left) - 24) and not _HAS.search(left, len(left) - 32):
        return None
    else:
        source = _subject(text, start, at, verb, paper=bool(cue["tells"]))
    source = _same(text, source, found)
    if source is None or _IF.search(text, max(start, source.start - 8), source.start):
        return None
    return _content(text, start, end, cue, source, found)


def _opener(text: str, end: int, cue: re.Match[str]) -> Said | None:
    """What a sentence's opening words tell: "Citing the fog, Roe left"."""
    comma = text.find(", ", cue.end(), end)
    source = _main(text, comma + 1, end) if comma > 0 else None
    return Said(cue.end(), comma, source, *cue.span()) if source else None


def _same(text: str, source: Mention | None, found: Sequence[Said]) -> Mention | None:
    """Whom "who" stands for when it follows on someone known: "said Roe, a clerk, who hopes"."""
    if source is None or source.end - source.start >= len(source.name):
        return source
    for one in found:
        if one.source.end <= source.start and _BESIDE.fullmatch(text, one.source.end, source.start):
            return source_phrases.stood_for(one.source, source.start, source.end)
    return source


def _content(
    text: str, start: int, end: int, cue: re.Match[str], source: Mention, found: Sequence[Said]
) -> Said | None:
    close = end
    for one in found:
        at = min(one.source.start, one.cue_start)
        if cue.end() < at < close and _TURNS.search(text, cue.end(), at):
            close = at
    trails = _TRAILS.match(text, cue.end(), close) or text.startswith(", ", cue.end())
    if (cue[0] in SAYS or cue["ends"]) and trails:
        lead = text[start : source.start].rstrip().removesuffix(" as")
        opening = source_phrases.is_opening(lead) and lead.count(",") < 2
        if lead.endswith(",") and len(lead.split()) > 3 and not opening:
            return Said(start, start + len(lead), source, *cue.span())
    if cue["ends"] or not _LETTER.search(text, cue.end(), close):
        return None
    return Said(cue.end(), close, source, *cue.span())


def _done_by(text: str, start: int, end: int, cue: re.Match[str]) -> Said | None:
    """What a passive tells: "the plan was rejected by Roe" tells of the plan."""
    by = _BY.match(text, cue.end(), end)
    if by is None or cue["tells"]:
        return None
    source = phrases_after.after(text, by.end(), end)
    if source is None or (source.kind == "common" and not can_hold(source.name)):
        return None
    begins = subjects.clause_start(text, start, cue.start())
    be = [*_BE.finditer(text, begins, cue.start())]
    close = be[-1].start() if be else cue.start()
    if not re.search(r"\w\s\w|^[A-Z]|[Tt]h", text[begins:close].strip()):
        return None
    return Said(begins, close, source, *cue.span())


def _of_going_on(
    text: str, start: int, cue: re.Match[str], left: str, found: Sequence[Said]
) -> Mention | None:
    """Who does what "Roe left, saying", "by saying", "a letter saying" and "is saying" tell of."""
    at = cue.start()
    if _PASSIVE.search(left):
        return _subject(text, start, at, cue[0])
    if _SET_OFF.search(left) or _BY_DOING.search(left) or _JOINED.search(left):
        earlier = [one for one in found if one.cue_start < at]
        return earlier[-1].source if earlier else _main(text, start, at)
    if _NOUN.search(left, len(left) - 24):
        return None
    near = subjects.acting(text, start, start + len(text[start:at].rstrip()), "", paper=False)
    if near and _WITH.search(text, max(start, near.start - 10), near.start):
        return near  # "with voters saying"
    if near is None or near.kind != "common" or not is_paper(near.name):
        return None
    earlier = [one for one in found if one.cue_start < at]
    if earlier:
        return earlier[-1].source
    return _main(text, start, near.start) or near


def _main(text: str, start: int, end: int) -> Mention | None:
    while lead := _LEAD.match(text, start, end):
        start = lead.end()
    found = phrases_first.first(text, start, end)
    if found is None and text[start : start + 3].strip()[:1].isupper():
        named = phrases_after.after(text, start, end)  # "Ada Roe began by"
        found = named if named and named.kind == "name" else None
    if found is None or found.name in ("Last", "Next", "Further", "Earlier", "Later"):
        return None
    return found if subjects.holds(found) else None


def _subject(text: str, start: int, at: int, verb: str, *, paper: bool = False) -> Mention | None:
    low = max(start, at - _NEAR)
    stripped = low + len(_BETWEEN.sub("", text[low:at]))
    left = text[start:stripped]
    if _JOINED.search(left, max(0, len(left) - 8)) and not left.rstrip().endswith(","):
        found = _main(text, start, stripped)
        if found is None or not subjects.agrees(text, found, verb):
            return None
        return found if not paper or is_paper(found.name) else None
    return subjects.acting(text, start, stripped, verb, paper=paper)
