"""From words in quotation marks to the slices of articles that they are, or to None.

What a model puts in quotation marks must be printed in a sentence it cites: word for word, but for
marks, dashes and spaces; or cut short by "…" or [brackets], the pieces in order in one article,
said by one speaker, with no "not" among what was cut.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.records import Article, Quote
from assistant.text.attribution.attributions import attributions

NEGATION = re.compile(
    r"\b(?:not|cannot|never|no(?!-)|none|nobody|nothing|nowhere|neither|nor|without)\b|n['’]t\b",
    re.IGNORECASE,
)
_DOUBLE = {"“": "”", '"': '"', "«": "»", "„": "“", "‟": "”", "「": "」", "″": "″", "``": "''"}
_OPEN_SINGLE = re.compile(r"(?<!\w)['‘‚](?=\S)")
_CLOSE_SINGLE = re.compile(r"(?<=\S)['’](?!\w)")
_ELLIPSIS = r"\[\s*(?:…|\.{3})\s*\]|\(\s*(?:…|\.{3})\s*\)|…|\.\s?\.\s?\."
_CUT = re.compile(rf"\s*(?:{_ELLIPSIS}|\[(?P<put>[^\[\]]*)\])\s*")
_EDGE = " .,;:!?-'"
_SAME = str.maketrans(
    dict.fromkeys('“”„‟«»″"‘’‚‛´`', "'")
    | dict.fromkeys("‐‑‒–—―−", "-")
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", None)
)


@dataclass(frozen=True, slots=True)
class Marked:
    """Words in quotation marks: `text[start:end]` with the marks, `words` without them."""

    start: int
    end: int
    words: str


def marked(text: str) -> tuple[Marked, ...] | None:
    """What a sentence has in quotation marks, in order; None when a mark stands alone."""
    found: list[Marked] = []
    at = 0
    while at < len(text):
        if text[at] in _DOUBLE:
            close = text.find(_DOUBLE[text[at]], at + 1)
        elif _OPEN_SINGLE.match(text, at):
            ends = [match.start() for match in _CLOSE_SINGLE.finditer(text, at + 1)]
            # Of 'the workers' strike' the last mark closes, unless another one opens before.
            opens = _OPEN_SINGLE.search(text, at + 1)
            ends = [end for end in ends if not opens or end < opens.start()]
            close = ends[-1] if ends else -1
        elif text[at] in "”»」":
            close = -1
        else:
            at += 1
            continue
        if close < 0:
            return None
        found.append(Marked(at, close + 1, text[at + 1 : close]))
        at = close + 1
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Slice:
    """Words of a cited sentence: `article.text[start:end]` of the article that `quote` is of."""

    quote: Quote
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Proof:
    """The slices that words in quotation marks are, in order, and what brackets `put` in."""

    slices: tuple[Slice, ...]
    put: str

    def printed(self, articles: Mapping[str, Article]) -> str:
        """The words as the article prints them, cuts shown."""
        pieces = (articles[one.quote.source.id].text[one.start : one.end] for one in self.slices)
        return " … ".join(" ".join(piece.split()) for piece in pieces)


def prove(words: str, cited: Sequence[Quote], articles: Mapping[str, Article]) -> Proof | None:
    """Where the words stand in the cited sentences; None when they do not."""
    pieces, put, at = [], [], 0
    for cut in _CUT.finditer(words):
        pieces.append(words[at : cut.start()])
        put.append(cut["put"] or "")
        at = cut.end()
    pieces = [piece for piece in [*pieces, words[at:]] if _wanted(piece)]
    if not pieces:
        return None
    for id in dict.fromkeys(quote.source.id for quote in cited):
        mine = sorted((one for one in cited if one.source.id == id), key=lambda one: one.start)
        slices = _in_order(pieces, mine)
        if slices and _joins(slices, articles[id]):
            return Proof(slices, " ".join(put).strip())
    return None


def _in_order(pieces: Sequence[str], quotes: Sequence[Quote]) -> tuple[Slice, ...]:
    """A slice for each piece, each after the one before; none when one is missing."""
    found: list[Slice] = []
    for piece in pieces:
        after = found[-1].end if found else -1
        one = next((one for one in _places(piece, quotes) if one.start >= after), None)
        if one is None:
            return ()
        found.append(one)
    return tuple(found)


def _places(piece: str, quotes: Sequence[Quote]) -> Iterator[Slice]:
    """Where a piece is printed, whole words only, in the order of the text."""
    wanted = _wanted(piece)
    for quote in quotes:
        printed, places = _plain(quote.text)
        # A sentence's first word may begin a quotation in another case: “The repair” or “the”.
        for match in re.finditer(
            rf"(?<!\w)(?i:{re.escape(wanted[:1])}){re.escape(wanted[1:])}(?!\w)", printed
        ):
            first, last = places[match.start()], places[match.end() - 1]
            yield Slice(quote, quote.start + first, quote.start + last + 1)


def _wanted(piece: str) -> str:
    """What must be printed of a piece: "" when it is marks alone, which are no words."""
    plain, _ = _plain(piece)
    return plain.strip(_EDGE)


def _plain(text: str) -> tuple[str, list[int]]:
    """The text with one kind of mark, dash and space, and where each character stood."""
    letters: list[str] = []
    places: list[int] = []
    for at, letter in enumerate(text):
        same = letter.translate(_SAME)
        if letter.isspace():
            same = " " if letters and letters[-1] != " " else ""
        if same:
            letters.append(same)
            places.append(at)
    return "".join(letters), places


def _joins(slices: Sequence[Slice], article: Article) -> bool:
    """Whether the pieces may be read as one: the same speaker's, with no negation left out."""
    known = attributions(article.text)
    for one, next_ in itertools.pairwise(slices):
        if NEGATION.search(article.text[one.end : next_.start]):
            return False
        who, other = (known.speaker_of(piece.start, piece.end) for piece in (one, next_))
        if who and other and who.name != other.name:
            return False
        if one.quote is not next_.quote and (who is None or other is None):
            return False
    return True
