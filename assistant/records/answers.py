"""What is told: quotes, and the answer that they make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any, Literal

from assistant.records.articles import Hit, Source, show_date

Status = Literal["answered", "partial", "not_found"]
# How an answer is set out: after what was asked for.
Form = Literal[
    "direct",
    "overview",
    "statements",
    "timeline",
    "comparison",
    "list",
    "count",
    "collection",
    "check",
]


@dataclass(frozen=True, slots=True)
class Gloss:
    """What words of time in a quote mean: `quote.text[start:end] == words`, "4 March 2022"."""

    words: str
    start: int
    end: int
    meaning: str

    def __str__(self) -> str:
        return f"{self.words} = {self.meaning}"


@dataclass(frozen=True, slots=True)
class Quote:
    """Words printed in an article: `article.text[start:end] == text`. Only `quotes.py` makes one.

    `speaker` and `role` are as the article prints them, None when it does not clearly say;
    `glosses` give the days that its words of time mean, and are no part of the quotation;
    `copies` are other outlets' texts of the same story, which count no further; `gone` is
    when a newer version of the article came out that lacks these words, None when none did;
    `score` (0 to 1) orders quotes of one answer and means nothing across answers; `answer` is
    from where to where the article prints the words that answer, None when none are marked.
    """

    text: str
    start: int
    end: int
    source: Source
    speaker: str | None = None
    role: str | None = None
    score: float = 0.0
    glosses: tuple[Gloss, ...] = ()
    copies: tuple[Source, ...] = ()
    gone: datetime | None = None
    answer: tuple[int, int] | None = None

    @property
    def parts(self) -> tuple[str, str, str]:
        """The text before the words that answer, these words, the text after; or all, "", ""."""
        first, last = (at - self.start for at in self.answer or (self.end, self.end))
        return self.text[:first], self.text[first:last], self.text[last:]

    def overlaps(self, other: Quote) -> bool:
        """Whether the two share words of one article."""
        same = self.source.id == other.source.id
        return same and self.start < other.end and other.start < self.end

    def to_dict(self, n: int) -> dict[str, Any]:
        """The quote as JSON; `n` is its number in the answer."""
        where = self.source.to_dict()
        return {
            "n": n,
            "text": self.text,
            "start": self.start,
            "end": self.end,
            "article_id": where.pop("id"),
            **where,
            "speaker": self.speaker,
            "role": self.role,
            "glosses": [asdict(gloss) for gloss in self.glosses],
            "copies": [copy.to_dict() for copy in self.copies],
            "gone": show_date(self.gone),
            "answer": self.parts[1] or None,
            "answer_start": self.answer and self.answer[0],
            "answer_end": self.answer and self.answer[1],
        }


@dataclass(frozen=True, slots=True)
class Section:
    """Quotes of one answer that belong together: a speaker's, a day's, an outlet's."""

    heading: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Two quotes of one answer that answer differently; `first` and `second` count from 0.

    `kind` is "figure", "date", "name" or "negation"; `one` and `other` are the words that differ,
    slices of the quotes. `updated`: they are of different days: the later may just be newer.
    """

    first: int
    second: int
    kind: str
    updated: bool
    one: str
    other: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """A sentence that a chat model wrote and that is not shown, and why not."""

    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Respelt:
    """Misspelt words of a question, and what was searched `instead` or, not `sure`, may be meant.

    `name`: nobody and nothing in the articles is called as `typed`.
    """

    typed: str
    instead: str
    sure: bool = True
    name: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What the articles say to a question; `stream` yields it growing until it is `finished`.

    `question` is as searched, `asked` as typed. `text` is Markdown that cites `[1]`..`[n]`, the
    places in `quotes`. `short` is the words that answer of the first quote, if they are marked.
    `form` is how it is set out; `sections`, if it has any, hold all `quotes` in their order.
    `count` is how many articles were counted, None when nothing was to be counted.
    When `status` is "not_found", `quotes` is empty, `nearest` holds the closest evidence, and
    `why`, in the same order, why each is no answer. `missing` says what has no evidence: of a
    "partial" answer a part of the question, a name. `steps` tell what was done, `seconds` how long
    each step took. `writer` is the chat model that wrote the text around the quotes, as
    `ASSISTANT_MODEL` names it, empty when none did; `rejected` is what it wrote without ground,
    `notice` why a model that was set wrote nothing of the answer. `respelt` are the misspelt words
    of the question. `verdict` is what the articles make of what is claimed, in a line that cites
    the first quotation; empty when nothing is claimed, or it is not clear.
    """

    question: str
    asked: str
    status: Status = "not_found"
    text: str = ""
    quotes: tuple[Quote, ...] = ()
    nearest: tuple[Quote, ...] = ()
    why: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()
    hits: tuple[Hit, ...] = ()
    writer: str = ""
    notice: str = ""
    rejected: tuple[Rejected, ...] = ()
    steps: tuple[str, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    finished: bool = False
    short: str = ""
    form: Form = "direct"
    sections: tuple[Section, ...] = ()
    count: int | None = None
    respelt: tuple[Respelt, ...] = ()
    verdict: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The answer as `python -m assistant --json` prints it."""
        return {
            "question": self.question,
            "asked": self.asked,
            "respelt": [asdict(one) for one in self.respelt],
            "status": self.status,
            "text": self.text,
            "verdict": self.verdict,
            "short": self.short,
            "form": self.form,
            "count": self.count,
            "sections": [self._section_dict(one) for one in self.sections],
            "quotes": [quote.to_dict(n) for n, quote in enumerate(self.quotes, 1)],
            "nearest": [quote.to_dict(n) for n, quote in enumerate(self.nearest, 1)],
            "why": list(self.why),
            "missing": list(self.missing),
            "differences": [  # with the quotes' numbers in the answer, from 1
                {**asdict(one), "first": one.first + 1, "second": one.second + 1}
                for one in self.differences
            ],
            "writer": self.writer,
            "notice": self.notice,
            "rejected": [asdict(one) for one in self.rejected],
            "steps": list(self.steps),
            "seconds": {step: round(taken, 4) for step, taken in self.seconds.items()},
        }

    def _section_dict(self, one: Section) -> dict[str, Any]:
        """The section as JSON, with its quotes' numbers in the answer, from 1."""
        numbers = [self.quotes.index(quote) + 1 for quote in one.quotes]
        return {"heading": one.heading, "quotes": numbers}


@dataclass(frozen=True, slots=True)
class Turn:
    """One side's words in a conversation; history is a sequence of turns, oldest first.

    `speaker` is who the assistant's turn quoted first, and `articles` the ids of those it quoted,
    when only text is left of it; whoever has the answer's `quotes` gives those instead.
    """

    role: Literal["user", "assistant"]
    text: str
    quotes: tuple[Quote, ...] = ()
    speaker: str | None = None
    articles: tuple[str, ...] = ()


def _difference_dict(one: Difference) -> dict[str, Any]:
    """As JSON, with the quotes' numbers in the answer, from 1."""
    return {**asdict(one), "first": one.first + 1, "second": one.second + 1}
