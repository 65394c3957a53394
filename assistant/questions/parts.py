"""From a question to its parts, each on its own feet, and to the names it holds."""

from __future__ import annotations

import re

from assistant.questions.asked_names import OPENING
from assistant.questions.follow_up_signs import POINTING
from assistant.text import terms

_ASKING = (
    r"(?:what|who|whom|whose|which|when|where|why|how|did|does|do|is|are|was|were|has|have|had|"
    r"will|can|could|should)\b"
)
# "Who won, and why did the coach leave?"; but not "Why did Roe leave and who cares about it".
_AND = re.compile(rf"[,;]?\s+and\s+(?={_ASKING})|\?\s+(?:and\s+)?(?={_ASKING})", re.IGNORECASE)
_BEGINS = re.compile(_ASKING, re.IGNORECASE)
_TAKEN_UP = re.compile(r"(.*\w.*?)\s*\([^()]*\)\s*([?.!]?)\s*\Z", re.DOTALL)
_QUOTED = re.compile(r"[\"“«„].+[\"”»“]")
MOST = 3  # parts that are looked for
_WORD = r"[^\W\d_a-zß-öø-ÿ][\w.’'-]*\w"
_NAME = re.compile(rf"{_WORD}(?: (?:(?:of|de|van|von|al|bin) )?{_WORD})*")
_NO_NAMES = frozenset(
    """Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May
    June July August September October November December Mr Mrs Ms Dr Sir""".split()
)


def parts(question: str) -> tuple[str, ...]:
    """The questions that a question joins with "and", at most `MOST`; most often just itself.

    A part that says too little by itself ("how many died") takes up the words of another. A
    question about a quotation is one.
    """
    if not _BEGINS.match(question) or _QUOTED.search(question):
        return (question,)
    found = [part.strip(" ,;?") for part in _AND.split(question)]
    if not 2 <= len(found) <= MOST or any(len(part.split()) < 3 for part in found):
        return (question,)
    return tuple(
        _alone(part, found[n - 1] if n else found[1]) + "?" for n, part in enumerate(found)
    )


def _alone(part: str, other: str) -> str:
    if len(terms.terms(part)) > 1 and not POINTING.search(part):
        return part
    known = terms.stems(part)
    words = [word for word in terms.words(other) if word.casefold() not in terms.STOP]
    added = [word for word in words if terms.stem(word) not in known]
    return f"{part} ({' '.join(added)})" if added else part


def as_asked(question: str) -> str:
    """A part or a follow-up without the words that it took up, which stand in brackets at its end.

    Just the question when there are no others.
    """
    found = _TAKEN_UP.match(question)
    return f"{found[1]}{found[2]}" if found else question


def names(question: str) -> tuple[str, ...]:
    """The names in a text, as typed: its capitalised words, but for the first one.

    Of a question, `asked_names` has those that are surely names.
    """
    found = []
    for match in _NAME.finditer(question):
        words = match[0].split()
        if match.start() == 0 or question[: match.start()].rstrip().endswith(("?", ".", "“", '"')):
            # A sentence begins with a capital, whatever the word: "Did Roe", but "Ada Roe".
            known = len(words) > 1 and words[0].casefold() not in terms.STOP | OPENING
            words = words if known and not _BEGINS.match(words[0]) else words[1:]
        name = re.sub(r"['’]s$", "", " ".join(words))
        if (
            name[:1].isupper()
            and name.casefold().replace("’", "'") not in terms.STOP | OPENING
            and not _NO_NAMES.issuperset(name.split())
        ):
            found.append(name)
    return tuple(dict.fromkeys(found))
