"""From a sentence to what is said in it though no verb of saying tells so.

"According to Poe", "Poe's claim that", "Poe had one wish: “...”", "waved it off as a “toy”".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.text.attribution import phrases_after, phrases_first, source_phrases, two_speakers
from assistant.text.attribution.alternation import any_of
from assistant.text.attribution.cues import ACCORDING, ACCORDING_PARTS, BETWEEN, GOING_ON, NOUNS
from assistant.text.attribution.mentions import NAME, is_speaking, name_of
from assistant.text.attribution.quotation_marks import COVER
from assistant.text.attribution.stances import Said

_NOUN_FORMS = [noun + ending for noun in NOUNS.split("|") for ending in ("", "s")]
_NOUN = re.compile(
    rf"(?<![\w.])({NAME})['’]s?\s(?:[\w-]+\s){{0,2}}?({any_of(_NOUN_FORMS)})\s+"
    r"(?=that\b|“|about\b|of\b[^“]{0,60}“)"
)
# A noun of what someone says and what must follow it, without the name before it.
_MAY_NOUN = re.compile(rf"\b{any_of(_NOUN_FORMS)}\s+(?:that|“|about|of)")
_COMMA = re.compile(r",(?!\d)")
_ITS_CLAUSE = re.compile(r"\s(?=(?:it|he|she|they|there)\s)")
_COLON = re.compile(r":\s*(?=“|$)")
_QUOTING = re.compile(rf"\b(?:quot(?:ed|es|ing)|cit(?:ed|es|ing))\s({NAME})(?:,\s[^“”:]{{3,60}})?$")
_ONE_OF = re.compile(r"(?:One|Another|Among)\s[^,:“]{2,60}?\s(?:is|was)\s")
_AS = re.compile(r"\b(as|for being)\s(?:(?:an?|the|his|her|their)\s)?“")
_DONE_TO = re.compile(
    r"\b(?:is|was|are|were|be|been|being)\s(?:\w+ly\s)?(?:\w+ed|known|seen)\b"
    r"|\b(?:not|never)\b|n['’]t\b|“"
)
_IN_WORDS = re.compile(rf"\b[Ii]n\s({NAME})['’]s?\s(?:own\s)?(?:words|telling)\b,?\s?")
_QUOTED_AS = re.compile(r"\bquoted\s([^“”;:]{0,60}?)\s?as\s(?:saying|telling|writing)\b:?")
_PASSIVE = re.compile(r"\s(?:is|was|are|were|(?:has|have|had)\sbeen)\s(?:also\s|\w+ly\s)?$")
_OPENER = re.compile(r"(?:(?:In|While|By|After)\s)?([A-Za-z]\w+ing)\b[^,“]{0,110}“[^“”]*,”\s")
_TELLING = frozenset("told asked warned informed urged advised".split())
_TOLD_BY = re.compile(r"\s(?:[\w-]+\s){0,3}?by\s")
_WHAT_FOLLOWS = re.compile(
    r"(?:,\s[^,“”]{3,60},)?(?:\s[^,“”]{2,40}?)??(?:\s(?=(?:that|whether|if|to|how|why|what)\b)|[,:]?\s(?=“))"
)
_QUOTED_FIRST = re.compile(rf"“{COVER}+[^“”]{{0,6}}”[^“”]*$")
_ANSWER = (
    r"(?:reply|answer|response|verdict|view|message|warning|words?|description|assessment|"
    r"conclusion|comment|plea|cry|call|judge?ment|opinion|reaction|refrain|advice|explanation|"
    r"summary|promise)"
)
_REPLY = re.compile(
    r"”,?\s(?:was|is|came|comes|went|goes|ran|runs|read|reads)\s(?:also\s|\w+ly\s)?"
    rf"(?:(?:the|an?)\s(?:[\w-]+\s){{0,3}}?(?P<cue>{_ANSWER})\s(?:of|from|by)(?=\s)"
    rf"|(?P<who>{NAME})['’]s?\s(?:[\w-]+\s){{0,2}}?(?P<own>{_ANSWER})\b"
    rf"|what\s(?P<says>{NAME})\s(?:(?:had|has)\s)?(?P<verb>said|says|told|wrote|answered|called)\b)"
)
_FOR_WHOM = re.compile(
    rf"(?:But\s)?(?:[Ff]or|[Tt]o)\s({NAME})(?:,\s[^,“”]{{3,60}})?,\s[^“”]{{0,80}}“"
)
# "has used the phrase “old mole”"
_PHRASE = re.compile(
    r"\b(?:uses?|used|using|coined|invoked|invokes|repeated|repeats)\s(?:the|a|an)\s(?:\w+\s)?"
    r"(?:phrase|words?|term|slogan|expression|line|label|nickname)\s(?=“)"
)


def according(text: str, start: int, end: int) -> Iterator[Said]:
    if not any(text.find(part, start, end) >= 0 for part in ACCORDING_PARTS):
        return
    for cue in ACCORDING.finditer(text, start, end):
        source = phrases_after.after(text, cue.end(), end)
        if source is None:
            continue
        brief = cue.start() - start <= 15 and not text.startswith("“", start)
        if not brief:
            yield Said(start, cue.start(), source, *cue.span())
        elif clause := _ITS_CLAUSE.match(text, source.end, end) or _COMMA.search(
            text, source.end, end
        ):
            yield Said(clause.end(), end, source, *cue.span())
        elif cue.start() - start > 5 and not source_phrases.is_opening(text[start : cue.start()]):
            yield Said(start, cue.start(), source, *cue.span())  # "It leans, according to Poe."


def in_words(text: str, start: int, end: int) -> Iterator[Said]:
    """What is quoted beside "in Poe's words"; what Poe "is quoted as saying"."""
    for cue in _IN_WORDS.finditer(text, start, end):
        source = name_of(text, 0, *cue.span(1))
        if source and text.startswith("“", start) and text.endswith("” ", start, cue.start()):
            yield Said(start, cue.start(), source, *cue.span())
        elif source and "“" in text[cue.end() : end]:
            yield Said(cue.end(), end, source, *cue.span())
    for cue in _QUOTED_AS.finditer(text, start, end):
        last = text.startswith("“", start) and "“" not in text[cue.end() : end]
        passive = _PASSIVE.search(text, start, cue.start())
        if passive and not cue[1]:
            continue  # one verb to the clauses
        source = (
            source_phrases.before(text, start, passive.start())
            if passive
            else source_phrases.ending(cue[1], cue.start(1))
        )
        if source and last:  # “...,” the Bell quoted Poe as saying.
            yield Said(start, text.rindex("”", start, cue.start()) + 1, source, *cue.span())
        elif source:
            yield Said(cue.end(), end, source, *cue.span())


def replied(text: str, start: int, end: int) -> Iterator[Said]:
    """What is quoted before "was the reply of Poe", "came the answer from Poe"."""
    for cue in _REPLY.finditer(text, start, end):
        begins = text.rfind("“", start, cue.start())
        named = "who" if cue["who"] else "says"
        if cue[named]:
            source = name_of(text[: cue.end(named)], 0, *cue.span(named))
        else:
            source = phrases_after.after(text, cue.end(), end)
        if source and begins >= 0 and (source.kind != "common" or is_speaking(source.name)):
            yield Said(begins, cue.start() + 1, source, *cue.span(cue.lastgroup or 0))


def done_by(text: str, start: int, end: int, cue: re.Match[str]) -> Iterator[Said]:
    """What a passive tells: "Roe was told by Poe that it leans"; “...,” Roe was told by Poe."""
    by = _TOLD_BY.match(text, cue.end(), end) if cue[0] in _TELLING else None
    source = phrases_after.after(text, by.end(), end) if by else None
    if source is None or (source.kind == "common" and not is_speaking(source.name)):
        return
    follows = _WHAT_FOLLOWS.match(text, source.end, end)
    if follows:
        yield Said(follows.end(), end, source, *cue.span())
    elif text.startswith("“", start) and _QUOTED_FIRST.match(text, start, cue.start()):
        yield Said(start, text.rindex("”", start, cue.start()) + 1, source, *cue.span())


def outlook(text: str, start: int, end: int) -> list[Said]:
    """What is quoted after "For Poe, ": it is what Poe thinks."""
    found = _FOR_WHOM.match(text, start, end)
    source = name_of(text[: found.end(1)], 0, *found.span(1)) if found else None
    if found is None or source is None:
        return []
    return [Said(found.end() - 1, end, source, found.start(), found.start(1))]


def noun(text: str, start: int, end: int) -> Iterator[Said]:
    if not _MAY_NOUN.search(text, start, end):
        return
    for found in _NOUN.finditer(text, start, end):
        piece = text[start : found.end(1)]
        source = name_of(piece, start, found.start(1) - start, found.end(1) - start)
        if source:
            stop = _COMMA.search(text, found.end(), end)
            yield Said(found.end(), stop.start() if stop else end, source, *found.span(2))


def colon(text: str, start: int, end: int) -> list[Said]:
    """Give a quotation after a colon to the subject: "The mayor had one wish: “...”".

    Of "Roe quoted Poe: “...”" it is Poe's.
    """
    found = _COLON.search(text, start, end) if text.find(":", start, end) >= 0 else None
    if found is None or text[start] == "“":
        return []
    if quoting := _QUOTING.search(text, start, found.start()):
        source = name_of(text[: quoting.end(1)], 0, *quoting.span(1))
    elif one_of := _ONE_OF.match(text, start, found.start()):
        source = phrases_after.after(text, one_of.end(), found.start())
    else:
        source = phrases_first.first(text, start, found.start())
    if source is None or (source.kind == "common" and not is_speaking(source.name)):
        return []
    return [Said(found.end(), end, source, found.start(), found.start() + 1)]


def judgement(text: str, start: int, end: int) -> list[Said]:
    """Give a judgement in quotation marks to the subject: "Poe waved it off as a “toy”"."""
    found = _AS.search(text, start, end) if text.find("“", start, end) >= 0 else None
    if found is None or _DONE_TO.search(text, start, found.start()):
        return []
    source = phrases_first.first(text, start, found.start())
    if source is None or source.kind == "common" or source.end + 4 > found.start():
        return []
    return [Said(source.end + 1, end, source, *found.span(1))]


def phrase(text: str, start: int, end: int) -> list[Said]:
    """Give words that are told to be someone's to the subject: "Poe used the word “toy”"."""
    found = _PHRASE.search(text, start, end) if text.find("“", start, end) >= 0 else None
    if found is None or two_speakers.UNSAID.search(text[start : found.start()]):
        return []
    stripped = start + len(BETWEEN.sub("", text[start : found.start()]))
    source = source_phrases.before(text, start, stripped)
    if source is None or (source.kind == "common" and not is_speaking(source.name)):
        return []
    return [Said(found.end(), end, source, *found.span())]


def opener(text: str, start: int, end: int) -> list[Said]:
    """What a sentence's opening words say: "Calling the mole “a ruin,” Roe left"."""
    found = _OPENER.match(text, start, end)
    if found is None or found[1].lower() not in GOING_ON:
        return []
    source = phrases_first.first(text, found.end(), end)
    if source is None or source.kind == "common":
        return []
    return [Said(found.end(1), found.end(), source, *found.span(1))]
