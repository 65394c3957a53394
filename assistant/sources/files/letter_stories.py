"""From a letter's words to what it brings: a forwarded letter, several stories, or one text."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from itertools import pairwise

from assistant.sources.cleaning.clean_text import one_line
from assistant.sources.files.letter_text import HEADING, LINKED

logger = logging.getLogger("assistant.sources")

_MARK = re.compile(f"{HEADING}([1-3]){LINKED}?")
_LEAST_WORDS = 15  # below a heading that begins a story
_INTRODUCTION = 40  # words before the first story that are a text of their own
_NOTE = 80  # words of whoever forwards
_BEGINS = re.compile(
    r"^[ \t>]*(?:-{2,}|_{5,}|Begin forwarded message|Anfang der weitergeleiteten)[^\n]{0,80}$",
    re.M | re.I,
)
_HEADERS = {
    "from": "from von de da van från fra od от expéditeur",
    "date": "date sent datum gesendet envoyé fecha enviado data inviato verzonden datum дата date:",
    "subject": "subject betreff objet asunto oggetto onderwerp ämne emne temat тема assunto",
    "to": "to an à para a aan till til do кому cc reply-to antwort",
}
_NAMES = {name: field for field, names in _HEADERS.items() for name in names.split()}
_HEADER = re.compile(r"[ \t>]*\*?([^\W\d_]{1,10}(?:-to)?)\*?[ \xa0]?:\*?[ \t]*(.*)")
_AT = re.compile(r"\s+(?:at|um|à|a las|alle)\s+(?=\d)", re.I)


@dataclass(frozen=True, slots=True)
class Story:
    """A part of a letter; of a forwarded one also whose it is, else ""."""

    title: str
    text: str
    sender: str = ""
    sent: str = ""


def forwarded(text: str, where: str) -> Story | None:
    """The letter within, where someone sends on another's with hardly a word of their own."""
    lines = text.split("\n")
    for number in range(min(len(lines), 200)):
        found, end = _headers(lines, number)
        if not {"from", "subject"} <= found.keys():
            continue
        before = "\n".join(lines[:number])
        note = _BEGINS.sub("", before).split()
        if len(note) > _NOTE:
            return None
        if note:
            logger.info("dropped %r from %s", " ".join(note), where)
        inner = [re.sub(r"\A(?:> ?)+", "", line) for line in lines[end:]]
        sent = _AT.sub(" ", found.get("date", ""))
        return Story(one_line(found["subject"]), "\n".join(inner), found["from"], sent)
    return None


def _headers(lines: list[str], start: int) -> tuple[dict[str, str], int]:
    """The headers that begin at a line, and where they end."""
    found: dict[str, str] = {}
    number = start
    while number < len(lines) and number < start + 12:
        line = lines[number].strip("\xa0 ")
        header = _HEADER.fullmatch(line)
        field = _NAMES.get(header[1].casefold(), "") if header else ""
        if header and field:
            found.setdefault(field, header[2].strip())
        elif line.strip("> ") or not found:
            break
        number += 1
    return found, number


def several(text: str, subject: str, outlet: str, where: str) -> list[Story]:
    """The stories of a letter whose headings tell them apart; one, called as its subject, else."""
    lines = text.split("\n")
    headings = [
        (number, int(found[1]), LINKED in line)
        for number, line in enumerate(lines)
        if (found := _MARK.match(line)) and _MARK.sub("", line).strip()
    ]
    level = _level(headings, lines, subject, outlet)
    begins = [number for number, of_level, _ in headings if of_level == level]
    if not level:
        return [Story(subject, _MARK.sub("", text))]
    stories = []
    for start, end in pairwise([*begins, len(lines)]):
        title = one_line(_MARK.sub("", lines[start]))
        words = _MARK.sub("", "\n".join(lines[start + 1 : end]))
        if len(words.split()) >= _LEAST_WORDS:
            stories.append(Story(title, words))
        else:
            logger.info("dropped %r from %s", one_line(f"{title} {words}")[:300], where)
    before = _MARK.sub("", "\n".join(lines[: begins[0]]))
    if len(before.split()) >= _INTRODUCTION:
        stories.insert(0, Story(subject, before))
    elif before.strip():
        logger.info("dropped %r from %s", one_line(before)[:300], where)
    return stories


def _level(
    headings: list[tuple[int, int, bool]], lines: list[str], subject: str, outlet: str
) -> int:
    """The level whose headings begin stories, 0 where all of it is one story.

    Several main headings do. Those below do where each leads somewhere, or where no main heading
    but the letter's own name stands above them and no text runs before them.
    """
    for level in (1, 2, 3):
        of_level = [each for each in headings if each[1] == level]
        begins = [number for number, _, _ in of_level]
        if len(begins) < 2:
            continue
        ends = [*begins[1:], len(lines)]
        sizes = [
            sum(len(line.split()) for line in lines[start + 1 : end])
            for start, end in zip(begins, ends, strict=True)
        ]
        if sum(size >= _LEAST_WORDS for size in sizes) < 2:
            continue
        if level == 1:
            return 1
        above = [one_line(_MARK.sub("", lines[number])) for number, of, _ in headings if of < level]
        is_name = all(_is_like(title, outlet) for title in above)
        links = sum(is_link for _, _, is_link in of_level)
        before = sum(len(line.split()) for line in lines[: begins[0]])
        if links * 2 > len(of_level) or (is_name and before < _INTRODUCTION):
            return level
        if not is_name:
            return 0
    return 0


def _is_like(title: str, outlet: str) -> bool:
    one, other = set(title.casefold().split()), set(outlet.casefold().split())
    return bool(one & other) and len(one - other) <= 3
