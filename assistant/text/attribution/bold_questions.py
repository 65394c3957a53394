"""From an interview whose questions stand in bold, without names, to its turns.

"**Did you see it fall?**" is asked by nobody who is named; the paragraphs below answer it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from assistant.text.attribution.mentions import Mention
from assistant.text.attribution.people import People
from assistant.text.attribution.turns import ENDS, WE, Turn, named

_QUESTION = re.compile(r"^(?P<mark>\*\*|__)[^*\n]{8,400}\?(?P=mark)$", re.MULTILINE)
_LINE = re.compile(r"[^\n]*\w[^\n]*")


def bold_questions(text: str, people: People) -> list[Turn]:
    """The questions and answers of `text`; none where fewer than two are in bold, or nobody's I."""
    if text.count("?**") + text.count("?__") < 2:
        return []
    asked = list(_QUESTION.finditer(text))
    answers = [text[one.end() : then.start()] for one, then in itertools.pairwise(asked)]
    if not answers or not any(map(WE.search, answers)):
        return []
    return named(text, list(_turns(text, asked)), people)


def _turns(text: str, asked: list[re.Match[str]]) -> Iterator[Turn]:
    for one, following in zip(asked, [*asked[1:], None], strict=True):
        low, high = one.start() + 2, one.end() - 2
        yield Turn(low, high, Mention("Q", low, low, "pronoun"), one.start(), one.start() + 2)
        for n, line in enumerate(_LINE.finditer(text, one.end(), _close(text, following))):
            after = following is None and n > 0 and not WE.search(line[0])
            if after or ENDS.match(line[0]):
                break
            answer = Mention("A", line.start(), line.start(), "pronoun")
            yield Turn(*line.span(), answer, high, one.end())


def _close(text: str, following: re.Match[str] | None) -> int:
    return following.start() if following else len(text)
