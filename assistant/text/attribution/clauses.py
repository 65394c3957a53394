"""From a sentence to what is said in it, and the phrase that says who says it.

Works on covered text (`quotation_marks`): words inside quotation marks never count as cues.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.text.attribution import (
    by_other_words,
    owned_words,
    phrases_after,
    phrases_first,
    source_phrases,
    stances,
    two_speakers,
)
from assistant.text.attribution.cues import (
    ADVERB,
    BETWEEN,
    GOING_ON,
    NOUNLIKE,
    SAY,
    VERB,
    WEAK,
)
from assistant.text.attribution.mentions import Mention
from assistant.text.attribution.quotation_marks import CLOSED, NEXT_QUOTE
from assistant.text.attribution.source_phrases import is_opening
from assistant.text.attribution.stances import Said

_PASSIVE = re.compile(
    rf"(?:\b(?:is|are|was|were|be|been|being|get|got|gets)|['’]s)(?:\s{ADVERB})?\s+$"
)
_AUXILIARY = re.compile(r"\b(?:is|was|are|were|been)\b|['’]s")
_PRICE = re.compile(r"\s(?:only\s|about\s)?(?:[A-Z]{0,3}[$€£¥]|\d)")
_AFTER_CLAUSE = re.compile(r"(?<=[^\s“])[,:;.]\s(?=“)")
_NEAR = 80  # characters before a verb, in which stand its auxiliaries, adverbs and "the"
_NOUNISH = re.compile(
    r"\b(?:the|a|an|his|her|its|their|my|our|your|this|that|these|those|of|in|on|by|for|with|no|any|"
    r"some|many|more|from|at|about|other|such|as|than|despite|into|amid|over|after)\s+$",
    re.IGNORECASE,
)
_WHILE_DOING = re.compile(r"\b(?:[Bb]y|[Aa]fter|[Bb]efore|[Ii]n|for)\s+$")
_WHAT_ONE = re.compile(r"\bwhat\s(it|they)$")
_DIRECT = re.compile(rf"{CLOSED}$")
# A quotation, and the words between it and the name of who said it: "as", "panel chairman".
_DIRECT_THEN = re.compile(
    rf"{CLOSED}(?=\s*(?:(?!(?:when|while|after|but|and|before|which|who|because|though|although|until|if)\b)"
    r"[\w.'’-]+\s+){0,6}$)"
)
_SPEECH_FOLLOWS = re.compile(r"[^“;]{0,110}?(?:“|\bthat\b)")
# Between the verb and what is said may stand to whom, where and when.
_BEGINS = re.compile(
    r"(?:(?!\sthat\b)(?:\s[^\s“;]+){1,9}?\s(?<!\band\s)(?<!\bbut\s)(?<!\bor\s)(?=that\b)|[^“;:]{0,110}[,:]\s(?=“)|[^“;:,]{0,60}:\s(?=“))"
)
_CLAUSE = re.compile(r"\s(?:he|she|it|they|there|this|we|I)\s")
_TURN = re.compile(r"(?<=[,”]) (?:but|although|though)\s(?=[^“”]*$)")
_PAUSE = re.compile(r"(?:\s(?!that\b)\w+){0,3}[,.]")
_AT_ONCE = re.compile(r"[,:]?\s(?=“)")
_CLOSES = re.compile(r"[.!\s]*")  # "A third is lost, she estimates."
_LAST_WORDS = re.compile(r"(?:\s\w+){0,4}\W*$")
_PLAINLY = re.compile(r"\s(?:that|it|he|she|they|there|how|why|what)\b|:|,?\s“")
# "he said it rained": what is said stands after the verb.
_WHAT_IS_SAID = re.compile(r"\s(?:he|she|it|they|there|we|I|you|how|why|what|whether)\s")
# Whom these are said of stands after them: nothing before "Roe accused Lim" is said.
_OF_WHOM = frozenset(
    "accuse accuses accused criticize criticizes criticized condemn condemns condemned denounce "
    "denounces denounced urge urges urged blame blames blamed".split()
)
_EDGE = re.compile(r"[,?!.…]['’]{0,2}\s?”|”,|[;:—―]|\s[–-]+\s")
_JOINED = re.compile(r"(?:,|”|\b(?:and|but|while|by|then|before|after|for|to|or))\s*$")
_PLACE = re.compile(r"\b(?:in|at|on|from|near|by|inside|outside|during)\s(?:the\s)?“$")
_ASIDE = re.compile(r"\s?[—―–][^—―–]*[—―–]\s*$")
_LONGEST = 6_000  # characters of a sentence outside quotes: beyond, it is no sentence


def said(text: str, start: int, end: int) -> list[Said]:
    """What is said in the sentence `text[start:end]`, in order of the cues."""
    if end - start - text.count("ǂ", start, end) > _LONGEST:
        return []
    found: list[Said] = []
    piece = text[start:end]
    for cue in VERB.finditer(text, start, end):
        for one in _by_verb(text, start, end, cue, found):
            found = _trimmed(found, one)
            found.append(one)
    found += by_other_words.opener(text, start, end)
    found += [one for one in by_other_words.according(text, start, end) if not _told(one, found)]
    if "words" in piece or "quoted" in piece:
        found += by_other_words.in_words(text, start, end)
    if "”" in piece:
        found += [one for one in by_other_words.replied(text, start, end) if not _told(one, found)]
    if "’" in piece or "'" in piece:
        found += by_other_words.noun(text, start, end)
    found = two_speakers.told_apart(
        found
        or by_other_words.phrase(text, start, end)
        or by_other_words.colon(text, start, end)
        or by_other_words.judgement(text, start, end)
        or by_other_words.outlook(text, start, end)
    )
    found += stances.held(text, start, end, found)
    found += owned_words.owned(text, start, end, [*found])
    return two_speakers.cut(text, start, end, two_speakers.told_apart(found))


def _told(one: Said, found: list[Said]) -> bool:
    """Has what someone tells of already a speaker: "It leans, Roe said, according to Poe"?"""
    return any(other.start == one.start and other.end < one.end for other in found)


def _acts(words: str) -> bool:
    """Does a verb of saying stand among these words, and no noun that looks like one?"""
    return any(one[0].lower() not in NOUNLIKE for one in VERB.finditer(words))


def _trimmed(found: list[Said], new: Said) -> list[Said]:
    """End what was said before where the same speaker's next verb begins."""
    return [
        replace(one, end=new.cue_start)
        if one.source.start == new.source.start and one.start < new.cue_start < one.end
        else one
        for one in found
    ]


def _by_verb(
    text: str, start: int, end: int, cue: re.Match[str], earlier: list[Said]
) -> Iterator[Said]:
    word = cue[0].lower()
    if text.endswith("-", start, cue.start()):  # "so-called"
        return
    left = text[max(start, cue.start() - _NEAR) : cue.start()]
    low = len(left) - 40
    if two_speakers.UNSAID.search(left, low):
        return
    if word not in GOING_ON and _PASSIVE.search(left, low):
        yield from by_other_words.done_by(text, start, end, cue)
        return
    if word in _OF_WHOM and text.startswith(",", cue.end()):
        return  # "widely criticized, Roe left"
    if word in ("ask", "asks", "asked") and _PRICE.match(text, cue.end()):
        return  # "the port asks $4 a night"
    before = left.rstrip()
    doing = word in GOING_ON and _WHILE_DOING.search(left, len(left) - 16)
    if not doing and not before.endswith("”") and _NOUNISH.search(left, len(left) - 16):
        return
    heard = _SPEECH_FOLLOWS.match(text, cue.end(), end)
    follows = heard is not None or text[cue.end() : end].strip() in (":", "that:")
    if heard and word in WEAK and heard[0].endswith("“") and _acts(heard[0]):
        follows = False  # what follows is another verb's
    if heard and word in WEAK and _PLACE.search(heard[0]):
        follows = False  # "sang in the “Red Lion”"
    direct = before.endswith(("”", "”,")) and _DIRECT.search(before) is not None
    if word in SAY and (direct or before.endswith(("”", ","))):
        source = _inverted(text, start, end, cue, direct)
        if source:
            yield Said(_content_start(text, start, cue.start()), cue.start(), source, *cue.span())
            yield from _second(text, end, source, cue, source.end)
            return
    source = _source(text, start, cue, earlier, follows)
    if source is None:
        return
    adjacent = source.kind == "common" and source.end == cue.start() - 1
    if (
        adjacent
        and text.startswith(source.name, source.start)
        and word in ("called", "dubbed")
        and text.startswith(" “", cue.end(), end)
    ):
        return  # "a book called “The Port Hour”"
    yield from _contents(text, start, end, cue, source, follows)


def _inverted(text: str, start: int, end: int, cue: re.Match[str], direct: bool) -> Mention | None:
    source = phrases_after.after(text, cue.end(), end)
    if not direct and source_phrases.before(text, start, cue.start()):
        said_by = source is not None and cue[0] in ("said", "says")
        return source if source and said_by and phrases_after.is_last(text, source, end) else None
    if direct or cue[0] in ("said", "says"):
        return source
    # "It rained, noted Ada Roe", but not "The council, asked about it, ..."
    named = source is not None and source.kind == "name" and " " in source.name
    return source if named and cue[0] not in ("told", "asked", "asks", "added", "adds") else None


def _source(
    text: str, start: int, cue: re.Match[str], earlier: list[Said], follows: bool
) -> Mention | None:
    """Who acts: the phrase before the verb, or for a verb joined on, the subject before it."""
    low = max(start, cue.start() - _NEAR)
    stripped = low + len(BETWEEN.sub("", text[low : cue.start()]))
    left = text[start:stripped]
    if own := _WHAT_ONE.search(left):
        subject = phrases_first.first(text, start, start + own.start())
        if subject and subject.kind != "pronoun" and _is_many(subject) == (own[1] == "they"):
            return subject  # "The port put off what it called a “toy”"
    going_on = cue[0].lower() in GOING_ON
    auxiliary = _AUXILIARY.search(text[stripped : cue.start()])
    joined = _JOINED.search(left, max(0, len(left) - _NEAR)) is not None
    if (going_on and not auxiliary) or (joined and not left.rstrip().endswith(",")):
        if not joined:
            nearest = source_phrases.ending(left[-80:], max(start, stripped - 80))
            if nearest is None or nearest.kind == "name" or not follows:
                name = source_phrases.name_before(left, start)
                return name or (phrases_first.first(text, start, stripped) if follows else None)
        return earlier[-1].source if earlier else phrases_first.first(text, start, stripped)
    edge = start
    for mark in _EDGE.finditer(text, start, stripped):
        edge = mark.end()
    found = source_phrases.before(text, edge, stripped)
    aside = None if found else _ASIDE.search(left)
    return source_phrases.before(text, start, start + aside.start()) if aside else found


def _is_many(subject: Mention) -> bool:
    return subject.kind == "common" and subject.name.endswith("s")


def _contents(
    text: str, start: int, end: int, cue: re.Match[str], source: Mention, follows: bool
) -> Iterator[Said]:
    before = text[start : source.start].rstrip() if source.end <= cue.start() else ""
    if source.role and before.endswith(source.role):  # "It rained, city engineer Ada Roe said"
        before = before.removesuffix(source.role).rstrip()
    before = before.removesuffix(" the").removesuffix(" The")  # a name begins after its "the"
    words = text[cue.end() : end].split()
    direct = _DIRECT_THEN.search(text[start : source.start]) if before else None
    # In 'On “The Port Hour,” Poe said it rained' the marks hold a name, not what she said.
    adjunct = is_opening(before) and (follows or len(words) > 8)
    adjunct = adjunct or (cue[0].lower() in _OF_WHOM and len(words) > 3)
    if direct and cue[0].lower() not in GOING_ON and not adjunct:
        close = start + direct.end()
        yield Said(_content_start(text, start, close), close, source, *cue.span())
        yield from _second(text, end, source, cue, cue.end())
        return
    plainly = _WHAT_IS_SAID.match(text, cue.end(), end)
    brief = not plainly and (
        (not follows and len(words) <= 12) or _PAUSE.match(text, cue.end(), end)
    )
    stated = before.endswith(",") and len(before.split()) >= 4
    if is_opening(before):  # "After the flood, the dam leaked, Poe said", not "In May, Poe said"
        stated = stated and before.count(",") > 1 and bool(_LAST_WORDS.match(text, cue.end(), end))
    named = source.role is not None and source.role in before  # "A spokesman, Lou Dee, said"
    closes = _CLOSES.fullmatch(text, cue.end(), end) and cue[0] != "points"
    weak = cue[0].lower() in WEAK - SAY and not closes
    if stated and brief and not named and not weak and cue[0].lower() not in GOING_ON | _OF_WHOM:
        quote = _AT_ONCE.match(text, cue.end(), end)
        if not (quote and _acts(before)):  # "Roe said no, and when pressed, Lim replied, “Why?”"
            yield Said(start, start + len(before), source, *cue.span())
        yield from _second(text, end, source, cue, cue.end())
        return
    if len(words) >= 2 or "“" in text[cue.end() : end] or words == [":"]:
        if cue[0].lower() in WEAK and not follows:
            return
        if (
            cue[0].lower() in NOUNLIKE
            and source.kind == "common"
            and not _PLAINLY.match(text, cue.end())
        ):
            return
        turn = _TURN.search(text, cue.end(), end)
        close = turn.start() if turn else end
        begins = _BEGINS.match(text, cue.end(), end)
        if begins and (VERB.search(begins[0]) or _CLAUSE.match(begins[0])):
            begins = None
        yield Said(begins.end() if begins else cue.end(), close, source, *cue.span())


def _second(text: str, end: int, source: Mention, cue: re.Match[str], at: int) -> Iterator[Said]:
    """The quotation that goes on after "she said,"."""
    found = NEXT_QUOTE.match(text, at, end)
    named = found and text[at : found.start(1)] in (" the ", " a ")  # "told the “Port Bell”"
    if found and not named and not VERB.search(text, at, found.start(1)):
        yield Said(found.start(1), end, source, *cue.span())


def _content_start(text: str, start: int, close: int) -> int:
    """Where what was said before `close` begins: after an earlier "she said,", else the start."""
    edges = list(_AFTER_CLAUSE.finditer(text[start:close]))
    for edge in reversed(edges):
        if VERB.search(text, start, start + edge.start()):
            return start + edge.end()
    return start
