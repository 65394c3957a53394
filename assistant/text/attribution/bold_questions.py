"""From an interview whose questions stand in bold, without names, to its turns.

"**Did you see it fall?**" is asked by nobody who is named; the paragraphs below answer it. Either
may have a label: "**Arden Bell: Did you see it?**", "Ada Roe: I did."
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.text.attribution.mentions import NAME, Mention, name_of
from assistant.text.attribution.people import People
from assistant.text.attribution.turn_labels import label_of
from assistant.text.attribution.turns import ENDS, WE, Turn, named

_QUESTION = re.compile(
    rf"^(?P<mark>\*\*|__)(?:(?P<who>{NAME}):\s)?(?P<words>[^*\n]{{8,400}}\?)(?P=mark)$",
    re.MULTILINE,
)
_LINE = re.compile(r"[^\n]*\w[^\n]*")


def bold_questions(text: str, people: People) -> list[Turn]:
    """The questions and answers of `text`; none where fewer than two are in bold, or nobody's I."""
    if text.count("?**") + text.count("?__") < 2:
        return []
    asked = list(_QUESTION.finditer(text))
    answers = [_answer(text, asked, n) for n in range(len(asked))]
    if len(asked) < 2 or not any(WE.search(text, *one) for one in answers):
        return []
    asks = {one.start("words"): name_of(text, 0, *one.span("who")) for one in asked if one["who"]}
    told = named(text, list(_turns(text, asked, people)), people)
    return [replace(one, source=asks.get(one.start) or one.source) for one in told]


def _answer(text: str, asked: list[re.Match[str]], n: int) -> tuple[int, int]:
    """Where the answer to question `n` lies; of the last, its first paragraph."""
    start = asked[n].end()
    if n + 1 < len(asked):
        return start, asked[n + 1].start()
    first = _LINE.search(text, start)
    return start, first.end() if first else start


def _turns(text: str, asked: list[re.Match[str]], people: People) -> Iterator[Turn]:
    for one, following in zip(asked, [*asked[1:], None], strict=True):
        low, high = one.span("words")
        yield Turn(low, high, Mention("Q", low, low, "pronoun"), one.start(), low)
        for n, line in enumerate(_LINE.finditer(text, one.end(), _close(text, following))):
            after = following is None and n > 0 and not WE.search(line[0])
            if after or ENDS.match(line[0]):
                break
            label = label_of(text, *line.span())
            if label and label.kind in ("name", "caps") and people.person(label.source):
                yield Turn(label.end, line.end(), label.source, label.start, label.end)
                continue
            answer = Mention("A", line.start(), line.start(), "pronoun")
            yield Turn(*line.span(), answer, high, one.end())


def _close(text: str, following: re.Match[str] | None) -> int:
    return following.start() if following else len(text)
