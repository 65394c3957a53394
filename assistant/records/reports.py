"""What is told of a draft: whether each quotation is printed, and each statement holds."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any, Literal

from assistant.records.answers import Quote
from assistant.records.articles import show_date

QuotationVerdict = Literal[
    "word_for_word", "same", "altered", "other_speaker", "joined", "paraphrased", "not_printed"
]
StatementVerdict = Literal["borne_out", "contradicted", "not_here"]
# What a change of words changes.
Matter = Literal["figure", "negation", "name", "tense", "order", "wording"]
# What no draft should be printed with.
WRONG = frozenset({"altered", "other_speaker", "joined", "contradicted"})


@dataclass(frozen=True, slots=True)
class Changed:
    """Words of a draft and what is printed in their place, either may be ""; what that changes."""

    draft: str
    printed: str
    matter: Matter


@dataclass(frozen=True, slots=True)
class CheckedQuotation:
    """Words that a draft quotes, `draft[start:end] == text`, without the marks.

    `because` says in a line what the verdict rests on. `claimed` is whom the draft gives it to.
    `places` are where it, or what it alters, is printed: the place first that is meant most likely,
    then the earliest first; of one that is joined where its parts are. Of each, `answer` marks the
    words. `nearest` is, of one that is not printed, the sentence that is most like it.
    """

    text: str
    start: int
    end: int
    verdict: QuotationVerdict
    because: str
    claimed: str = ""
    changes: tuple[Changed, ...] = ()
    places: tuple[Quote, ...] = ()
    nearest: tuple[Quote, ...] = ()

    @property
    def printed(self) -> str:
        """The words as printed, on one line: of one that is joined those of all its parts."""
        some = self.places if self.verdict == "joined" else self.places[:1]
        return " … ".join(" ".join((one.parts[1] or one.text).split()) for one in some)

    def to_dict(self) -> dict[str, Any]:
        """As `python -m assistant.check --json` prints it."""
        return {
            "text": self.text,
            "start": self.start,
            "end": self.end,
            "verdict": self.verdict,
            "because": self.because,
            "claimed": self.claimed or None,
            "printed": self.printed or None,
            **_first(self.places),
            "difference": [asdict(one) for one in self.changes],
            "places": [one.to_dict(n) for n, one in enumerate(self.places, 1)],
            "nearest": [one.to_dict(n) for n, one in enumerate(self.nearest, 1)],
        }


@dataclass(frozen=True, slots=True)
class CheckedStatement:
    """A sentence of a draft that states something, `draft[start:end] == text`.

    `places` is what bears it out or contradicts it; `nearest`, of one that neither does, what is
    most like it. `opinion`: what it states as a fact is printed as somebody's words.
    """

    text: str
    start: int
    end: int
    verdict: StatementVerdict
    because: str
    opinion: bool = False
    places: tuple[Quote, ...] = ()
    nearest: tuple[Quote, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """As `python -m assistant.check --json` prints it."""
        return {
            "text": self.text,
            "start": self.start,
            "end": self.end,
            "verdict": self.verdict,
            "because": self.because,
            "opinion": self.opinion,
            **_first(self.places),
            "places": [one.to_dict(n) for n, one in enumerate(self.places, 1)],
            "nearest": [one.to_dict(n) for n, one in enumerate(self.nearest, 1)],
        }


@dataclass(frozen=True, slots=True)
class Report:
    """What the articles make of a draft. All offsets count characters of `draft`.

    `short` counts what is in quotation marks and too short to be looked up; `notices` say what was
    left out. `since` says, a line each, what changed since an earlier report.
    """

    draft: str
    quotations: tuple[CheckedQuotation, ...] = ()
    statements: tuple[CheckedStatement, ...] = ()
    short: int = 0
    notices: tuple[str, ...] = ()
    since: tuple[str, ...] = ()
    seconds: float = 0.0

    @property
    def counts(self) -> dict[str, int]:
        """How many quotations and statements got each verdict that any got."""
        found = Counter[str](one.verdict for one in self.quotations)
        found.update(one.verdict for one in self.statements)
        return dict(found)

    @property
    def is_clean(self) -> bool:
        """Whether nothing is altered, joined, given to another or contradicted."""
        return not WRONG & set(self.counts)

    def to_dict(self) -> dict[str, Any]:
        """As `python -m assistant.check --json` prints it."""
        return {
            "quotations": [one.to_dict() for one in self.quotations],
            "statements": [one.to_dict() for one in self.statements],
            "counts": self.counts,
            "clean": self.is_clean,
            "short": self.short,
            "notices": list(self.notices),
            "since": list(self.since),
            "seconds": round(self.seconds, 3),
            "draft": self.draft,
        }


def _first(places: tuple[Quote, ...]) -> dict[str, Any]:
    """Where the first place is, each None where there is none."""
    one = places[0] if places else None
    first, last = (one.answer or (one.start, one.end)) if one else (None, None)
    return {
        "article_id": one and one.source.id,
        "title": one and one.source.title,
        "publisher": one and one.source.publisher,
        "url": one and one.source.url,
        "published": show_date(one.source.published) if one else None,
        "printed_start": first,
        "printed_end": last,
        "speaker": one and one.speaker,
        "role": one and one.role,
        "gone": show_date(one.gone) if one else None,
    }
