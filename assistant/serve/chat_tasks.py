"""From a chat program's own task ("### Task: generate a title ...") to what it asks for.

No search: titles and tags are the reader's own words, and nothing is suggested to be asked next.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

from assistant.questions.asked_names import asked_names
from assistant.questions.request_words import PUT
from assistant.text import terms

TITLE_WORDS, TAGS = 8, 3
_KINDS = {
    "follow_ups": r"follow[- ]?ups?\b",
    "tags": r"\btags\b",
    "queries": r"\bsearch quer(?:y|ies)\b",
    "text": r"\bautocomplet",
    "title": r"\btitle\b|\bgive this (?:conversation|chat) a name\b",
}
_FITS = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _KINDS.items()}
# "### Task:", and the line that tells what it is.
_MARKED = re.compile(r"\s*#+ ?Task:?\s+(?P<order>[^\n]{1,300})", re.IGNORECASE)
# Without the mark a task is told by its order, and by the talk that it brings along or points at.
_ORDER = re.compile(
    r"\s*(?P<order>(?:please |based on the (?:chat history|conversation),? )?"
    r"(?:generate|create|write|suggest|give|provide|come up with)\b[^\n.]{0,80}?"
    r"\b(?:conversation|chat|dialogue)\b[^\n.]{0,40})",
    re.IGNORECASE,
)
_USER = re.compile(
    r"^\s*(?:user|human|reader)\s*:\s*(.+?)(?=^\s*(?:assistant|ai|bot|answer|user|human)\s*:|^\s*<|\Z)",
    re.IGNORECASE | re.MULTILINE | re.DOTALL,
)
_FRAME = re.compile(
    r"(?:hi|hello|hey|please|can you|could you|would you|kindly|tell me|i want to know"
    r"|i(?:['’]d| would) like to know|do you know|and|so)\b[\s,.!:]*",
    re.IGNORECASE,
)


def reply(message: str, before: Sequence[str] = ()) -> str:
    """What the task of a chat program asks for; "" when the message is a reader's.

    `before` are the reader's messages before it, for a task that brings no conversation along.
    """
    readers = [*_readers(message), *before]
    order = _MARKED.match(message) or (_ORDER.match(message) if readers else None)
    kind = next((name for name, fits in _FITS.items() if order and fits.search(order["order"])), "")
    if not kind:
        return ""
    first = readers[0] if readers else ""
    found: object = {"title": title(first), "tags": tags(first), "text": ""}.get(kind, [])
    if kind == "title" and "json" not in message.casefold():
        return title(first)
    return json.dumps({kind: found}, ensure_ascii=False)


def title(message: str) -> str:
    """A short title of the first words of a message."""
    words = message.split("\n")[0].strip()
    while frame := _FRAME.match(words):
        words = words[frame.end() :]
    words = " ".join(words.split()[:TITLE_WORDS]).strip(" ?!.,;:#*_`")
    return f"{words[:1].upper()}{words[1:]}" or "News"


def tags(message: str) -> list[str]:
    """The names and words of weight of a message, a few."""
    names = asked_names(message)
    within = {word for name in names for word in terms.words(name)}
    words = [
        word.capitalize()
        for word in terms.words(message)
        if word not in within
        and len(word) > 2
        and word.casefold() not in terms.STOP
        and terms.stem(word) not in PUT
    ]
    return list(dict.fromkeys([*names, *words]))[:TAGS] or ["News"]


def _readers(message: str) -> Iterator[str]:
    """What the reader typed in the conversation that a task brings along."""
    yield from (found[1].strip() for found in _USER.finditer(message))
