"""The nouns every room shares. Knows nothing else of ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, time
from types import MappingProxyType
from typing import Any, Literal

Status = Literal["answered", "partial", "not_found"]


@dataclass(frozen=True, slots=True)
class Source:
    """Enough to find the article's page again, and to tell whether it changed.

    `published`, `updated` and `fetched` are aware datetimes, or None when not known; midnight UTC
    stands for a day whose hour is not known. `sha256` is the hash of title and text, in hex.
    """

    id: str
    title: str
    publisher: str = ""
    author: str = ""
    url: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    fetched: datetime | None = None
    sha256: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The source as JSON, without its hash."""
        return {
            "id": self.id,
            "title": self.title,
            "publisher": self.publisher,
            "author": self.author,
            "url": self.url,
            "published": show_date(self.published),
            "updated": show_date(self.updated),
            "fetched": show_date(self.fetched),
        }


@dataclass(frozen=True, slots=True)
class Article:
    """One article. `text` is clean and final: all offsets count characters (code points) in it."""

    source: Source
    text: str

    def to_dict(self) -> dict[str, Any]:
        """The article as `index show ID --json` prints it."""
        return {**self.source.to_dict(), "text": self.text}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A slice of its article: `article.text[start:end]`, no space at either end."""

    article_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """Consecutive sentences of one article: `article.text[start:end] == text`.

    `number` counts the article's passages from 0.
    """

    source: Source
    start: int
    end: int
    text: str
    number: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that a search found. A list's order is the ranking; scores are only shown.

    `ranks` holds the place (from 1) that each way of searching gave it: "meaning", "words".
    """

    passage: Passage
    score: float
    ranks: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))


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
    When `status` is "not_found", `quotes` is empty, `nearest` holds the closest evidence, and
    `why`, in the same order, why each is no answer. `missing` says what has no evidence: of a
    "partial" answer a part of the question, a name. `steps` tell what was done, `seconds` how long
    each step took. `writer` is the chat model that wrote the text around the quotes, as
    `ASSISTANT_MODEL` names it, empty when none did; `rejected` is what it wrote without ground,
    `notice` why a model that was set wrote nothing of the answer. `respelt` are the misspelt words
    of the question.
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
    respelt: tuple[Respelt, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The answer as `python -m assistant --json` prints it."""
        return {
            "question": self.question,
            "asked": self.asked,
            "respelt": [asdict(one) for one in self.respelt],
            "status": self.status,
            "text": self.text,
            "short": self.short,
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


@dataclass(frozen=True, slots=True)
class Filters:
    """Which articles a question may use; both ends count. An undated article passes no date.

    `since` and `until` are aware datetimes of publication; `publishers` are compared without
    regard to case, and an empty tuple allows all.
    """

    since: datetime | None = None
    until: datetime | None = None
    publishers: tuple[str, ...] = ()

    def admits(self, source: Source) -> bool:
        """Whether an article of this source may be used."""
        moment = source.published
        if self.since and (moment is None or moment < self.since):
            return False
        if self.until and (moment is None or moment > self.until):
            return False
        names = {name.casefold() for name in self.publishers}
        return not names or source.publisher.casefold() in names


def show_date(moment: datetime | None) -> str | None:
    """ISO 8601: the day alone when no hour is known, None when nothing is."""
    if moment is None:
        return None
    return moment.date().isoformat() if moment.time() == time.min else moment.isoformat()


def show_day(moment: datetime | None) -> str:
    """A day as a reader writes it, "8 March 2022"; empty when not known."""
    return f"{moment.day} {moment:%B %Y}" if moment else ""
