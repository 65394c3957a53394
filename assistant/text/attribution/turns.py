"""From an article to the turns of those who speak in it by label: interviews, transcripts, chats.

A line that begins with a label begins a turn, which lasts to the next. When too little shows that
people talk here, and no form is filled in, there are no turns: a wrong name is worse than none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.text.attribution.mentions import NAME, Mention, name_of
from assistant.text.attribution.people import People
from assistant.text.attribution.turn_labels import Label, label_of, speaks_by_itself

_MAY_HOLD = re.compile(r"^[^\n]{0,160}[:>]|^(?:\*\*|__)|^Q\.", re.MULTILINE)
_ASIDE = re.compile(r"[\"“\s]*(?:\([^()\n]{1,200}\)|\[[^\[\]\n]{1,200}\])[.\s]*$")
ENDS = re.compile(
    r"\s*(?:[*_=~—–-]{3,}|\*(?:\s\*)+|#{1,6}\s|END\b|https?://|©|\*\*[^*\n]+\*\*\s*$"
    r"|(?:This|The|Our) (?:interview|conversation|transcript|exchange)\b"
    r"|(?:Interview|Reporting|Transcript|Edited|Photographs?) by\b)"
)
_TALKS = re.compile(r"\?|\b(?:I|[Yy]ou|[Ww]e|[Mm]y|[Oo]ur|[Yy]our|[Mm]e|us)\b")
WE = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|[Mm]e|us)\b")
_STOPPED = re.compile(r"[.?!…][\"”’'»)\]*_]*$")
_ASKS = re.compile(r"\?[\"”’'»)\]*_\s]*$")
_INSIDE = re.compile(r"\s*[“\"][^“”\"]*[”\"]")
_QUOTED = re.compile(r"[“\"‘«„]")
_BY = re.compile(
    r"(?:[\w -]{0,20}EXAMINATION )?BY (?P<who>(?:M[RS]S?|MISS|DR)\.? [A-Z][A-Z’'-]+):?\s*$"
)
_FULL = re.compile(rf"(?<!\w){NAME}".replace(r"\s", r"[^\S\n]"))
_INTRODUCED = 4_000  # characters in which an interview tells who is asked
_LINES = 20_000  # what has more lines is no article


@dataclass(frozen=True, slots=True)
class Turn:
    """`text[start:end]` is said by `source`: "pronoun" stands for someone who is not named.

    `text[label_start:label_end]` is the label with its colon.
    """

    start: int
    end: int
    source: Mention
    label_start: int
    label_end: int


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    label: Label | None


def turns(text: str, people: People) -> list[Turn]:
    """The turns of `text`, in order; none when it holds no conversation."""
    if not _MAY_HOLD.search(text) or text.count("\n") > _LINES:
        return []
    lines = _with_surnames(_lines(text))
    labels = [one.label for one in lines if one.label and one.label.kind != "none"]
    if len(labels) < 2:
        return []
    speaking = _speaking(text, lines, labels, people)
    if not speaking:
        return []
    return named(text, _parted(text, lines, speaking), people)


def _lines(text: str) -> list[_Line]:
    lines, at = [], 0
    for line in text.split("\n"):
        end = at + len(line.rstrip())
        start = at + len(line) - len(line.lstrip())
        if start < end:
            by = text.startswith(("BY ", "EXAM"), start) or " BY M" in text[start : start + 40]
            label = None if by and _BY.match(text[start:end]) else label_of(text, start, end)
            lines.append(_Line(start, end, label))
        at += len(line) + 1
    return lines


def _with_surnames(lines: list[_Line]) -> list[_Line]:
    """The lines, with a label that looks like none ("PRICE:") as that of one who is named so."""
    known = {
        one.label.key
        for one in lines
        if one.label and " " in one.label.source.name and speaks_by_itself(one.label)
    }
    return [
        replace(one, label=replace(one.label, kind="caps"))
        if one.label and one.label.kind == "none" and one.label.source.name in known  # capitals
        else one
        for one in lines
    ]


def _speaking(
    text: str, lines: Sequence[_Line], labels: Sequence[Label], people: People
) -> set[str]:
    """The keys of the labels that speak, none when nobody converses here."""
    times = Counter(one.key for one in labels)
    sure = {
        one.key
        for one in labels
        if one.stamped or speaks_by_itself(one) or _in_full(people, one.source)
    }
    if sure & {"Q", "A"} and not {"Q", "A"} <= sure:
        sure -= {"Q", "A"}
    said = [(one, text[one.label.end : one.end]) for one in lines if one.label]
    again = {one.key for one in labels if times[one.key] > 1 and one.kind in ("caps", "name")}
    if not sure:
        full = {one.key for one in labels if one.kind == "caps" or " " in one.source.name}
        again &= full
        talk = [words for one, words in said if one.label and one.label.key in again]
        if sum(bool(_TALKS.search(words)) for words in talk) * 4 < len(talk):
            return set()
    # Whoever only asks, beside others that are named, is who makes the interview.
    asked: dict[str, bool] = {}
    for one, words in said:
        if one.label and one.label.kind in ("name", "caps"):
            asked[one.label.key] = (
                asked.get(one.label.key, True) and _ASKS.search(words) is not None
            )
    chosen = sure | again | {key for key, asks in asked.items() if asks and sure}
    talk = [words for one, words in said if one.label and one.label.key in chosen]
    mine = [one.label for one in lines if one.label and one.label.key in chosen]
    bold = all(
        one.bold and not text[one.start : one.end].rstrip("*_").endswith(":") for one in mine
    )
    if sum(times[key] for key in chosen) < 2 or (bold and max(times.values()) < 2):
        return set()
    return chosen if _converses(mine, talk) else set()


def _in_full(people: People, source: Mention) -> bool:
    """Does the article name in full the person whom this label means?"""
    person = people.person(source)
    return person is not None and " " in person.name


def _converses(labels: Sequence[Label], talk: Sequence[str]) -> bool:
    """Are these lines sentences said to someone, and no form that is filled in?"""
    if any(one.kind == "handle" for one in labels):
        return True
    # "Porthwick: the mayor said “we wait”" is no talk; words that are all quoted are.
    words = [one for one in talk if one.strip()]
    stopped = sum(bool(_STOPPED.search(one)) for one in words)
    talking = sum(bool(_TALKS.search(_INSIDE.sub("", one) or "?")) for one in words)
    # "Porthwick: two were hurt", "Ada Roe: 12 goals": lists have plain names before a colon, too.
    listed = any(one.kind == "name" and not one.bold for one in labels)
    return talking * (2 if listed else 4) >= len(words) and stopped * 5 >= len(words) * 3


def _parted(text: str, lines: Sequence[_Line], speaking: set[str]) -> list[Turn]:
    """Each label's turn, with the paragraphs after it that are no one else's."""
    heads = [
        n
        for n, one in enumerate(lines)
        if one.label and (one.label.kind in ("none", "caps") or one.label.key in speaking)
    ]
    found = []
    for head, following in zip(heads, [*heads[1:], len(lines)], strict=True):
        label = lines[head].label
        if label is None or label.kind == "none" or label.key not in speaking:
            continue
        last = following == len(lines)
        more = _goes_on(text, lines, head, following, last=last)
        for line in lines[head : more + 1]:
            start = max(line.start, label.end)
            if start < line.end and not _ASIDE.match(text[start : line.end]):
                found.append(Turn(start, line.end, label.source, label.start, label.end))
    return found


def _goes_on(text: str, lines: Sequence[_Line], head: int, following: int, *, last: bool) -> int:
    """The number of the last line of the turn that begins with line `head`."""
    label = lines[head].label
    assert label is not None
    own = text[label.end : lines[head].end].strip()
    quoted = _QUOTED.match(own) is not None
    of_speaker = re.compile(rf"\b{re.escape(label.source.name.split()[-1].title())}\b")
    close, talks = head, 0
    for n in range(head + 1, following):
        words = text[lines[n].start : lines[n].end]
        if ENDS.match(words) or _BY.match(words) or of_speaker.search(words):
            break
        if own and quoted and not _QUOTED.match(words):
            break
        if last and own and not (WE.search(words) or _ASIDE.match(words)):
            break
        talks += bool(_TALKS.search(words))
        close = n
    return close if talks * 3 >= close - head or close - head < 3 else head


def named(text: str, found: Sequence[Turn], people: People) -> list[Turn]:
    """Turns of Q, of A and of initials, with the name where the article tells just one."""
    named, asking, answering = [], "", ""
    initials: dict[str, str] = {}
    told = 0  # where the words begin that tell who is asked next
    for turn in found:
        source = turn.source
        if source.kind == "pronoun":
            asks = source.name.startswith("Q")
            if asks:
                between = text[told : turn.label_start]
                by = [one["who"] for one in map(_BY.match, between.split("\n")) if one]
                asking = by[-1] if by else asking
                names = _names(between, people)
                answering = "" if len(names) > 1 else names.pop() if names else answering
            told = turn.end
            name = asking if asks else answering
            source = replace(source, name=name, kind="name") if name else source
        elif source.kind == "name" and re.fullmatch(r"(?:[A-Z]\.?){2,3}", source.name):
            short = source.name.replace(".", "")
            if short not in initials:
                initials[short] = _of_initials(text, short, people)
            source = replace(source, name=initials[short] or source.name)
        named.append(replace(turn, source=source))
    return named


def _names(piece: str, people: People) -> set[str]:
    """The full names of people in a stretch."""
    names = set()
    piece = piece[-_INTRODUCED:]
    for one in _FULL.finditer(piece):
        mention = name_of(piece, 0, one.start(), one.end())
        person = people.person(mention) if mention else None
        if person and " " in person.name:
            names.add(person.name)
    return names


def _of_initials(text: str, initials: str, people: People) -> str:
    """The one person of these initials whom the article names."""
    names = {
        name
        for name in _names(text[:_INTRODUCED], people)
        if "".join(word[0] for word in name.split()) == initials
    }
    return names.pop() if len(names) == 1 else ""
