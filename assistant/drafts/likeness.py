"""From a quotation that is not printed as it stands to what is printed most like it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.drafts.draft_quotations import DraftQuotation
from assistant.drafts.printed_text import PrintedText, Run
from assistant.drafts.quotation_tokens import Token, pieces
from assistant.drafts.same_speaker import compare
from assistant.drafts.shelf import Shelf
from assistant.drafts.word_changes import changes
from assistant.evidence.differences import classes
from assistant.evidence.printed_words import alike
from assistant.records import Changed
from assistant.text import terms
from assistant.text.attribution.resolve_speaker import Speaker
from assistant.text.word_alignment import aligned

# Shares of a quotation's words of weight that a sentence has which tells it in other words, and one
# that is shown as the nearest; set by hand.
TOLD, NEAREST = 0.6, 0.34
IN_ORDER = 0.66  # of all words, if they stand in their order
LONGEST = 200  # words of a quotation that are looked for in any order
MARKED = 0.6  # share of words in quotation marks from which they are somebody's own
LEAST = 3  # words of weight that they share at least


@dataclass(frozen=True, slots=True)
class Like:
    """What an article prints, `text[start:end]`, that is `share` (0 to 1) like a quotation.

    `direct`: it stands there as somebody's own words, who is `said`.
    """

    text: PrintedText
    start: int
    end: int
    share: float
    said: Speaker | None = None
    direct: bool = True
    changes: tuple[Changed, ...] = ()


def most_alike(asked: DraftQuotation, texts: Sequence[PrintedText]) -> list[Like]:
    """What differs from the quotation in some words, one place an article, the most like first."""
    found = []
    own = [token for piece in pieces(asked.text) for token in piece.tokens]
    for text in texts if own else ():
        place = _turned_round(own, text) or _as_it_is(asked.text, text) or _in_order(own, text)
        if place is None:
            continue
        start, end, share = place
        run = Run(start, end, text.marked_share(start, end) >= MARKED)
        said = text.speakers(run)[0]
        differ = changes(asked.text, own, text.article.text, text.between(start, end))
        found.append(Like(text, start, end, share, said, text.is_direct(run, said), differ))
    return sorted(found, key=lambda one: (-one.share, not one.direct, len(one.changes)))


def _as_it_is(words: str, text: PrintedText) -> tuple[int, int, float] | None:
    near = alike(words, text.article)
    return (near.start, near.end, near.alike) if near else None


def _turned_round(own: Sequence[Token], text: PrintedText) -> tuple[int, int, float] | None:
    """Where all of the words, and no others, stand in another order."""
    if len(own) > LONGEST:
        return None
    mine = Counter(one.plain for one in own)
    printed = [one.plain for one in text.tokens]
    places = {word: [n for n, one in enumerate(printed) if one == word] for word in mine}
    rarest = min(places.values(), key=len)
    for at in rarest:
        for first in range(max(0, at - len(own) + 1), at + 1):
            if Counter(printed[first : first + len(own)]) == mine:
                last = text.tokens[first + len(own) - 1]
                return text.tokens[first].start, last.end, 1.0
    return None


def _in_order(own: Sequence[Token], text: PrintedText) -> tuple[int, int, float] | None:
    """Where a sentence has most of the words, small ones too, in their order; and what share."""
    mine = [one.plain for one in own]
    wanted, best, where = Counter(mine), 0.0, None
    for one in text.sentences:
        some = text.between(one.start, one.end)
        theirs = [one.plain for one in some]
        if (wanted & Counter(theirs)).total() < IN_ORDER * len(mine):
            continue
        steps = aligned(mine, theirs)
        share = sum(step.b - step.a for step in steps if step.same) / len(mine)
        if share > best and steps[-1].d > steps[0].c:
            best, where = share, (some[steps[0].c].start, some[steps[-1].d - 1].end)
    enough = where and best >= IN_ORDER and best * len(mine) >= LEAST + 1
    return (*where, best) if where and enough else None


def in_other_words(asked: DraftQuotation, texts: Sequence[PrintedText]) -> list[Like]:
    """The sentences that share most with the quotation, the most like first."""
    own = _weighty(asked.text)
    found = []
    for text in texts:
        for one in text.sentences:
            shared = own & one.stems
            share = len(shared) / max(1, len(own))
            if share >= NEAREST and len(shared) >= min(LEAST, len(own)):
                found.append(Like(text, one.start, one.end, share))
    return sorted(found, key=lambda one: (-one.share, one.end - one.start))


def told_by_the_same(asked: DraftQuotation, found: Sequence[Like], shelf: Shelf) -> Like | None:
    """The sentence by which the one whom the draft names tells it in other words, if any."""
    many = len(_weighty(asked.text))
    for one in found:
        if one.share < TOLD or one.share * many < LEAST or asked.said is None:
            return None
        said = one.text.attributions.speaker_of(one.start, one.end)
        if said and compare(asked.said, said, one.text, shelf) == "same":
            direct = any(one.start <= own.start < one.end for own in one.text.quoted)
            return Like(one.text, one.start, one.end, one.share, said, direct)
    return None


def _weighty(text: str) -> frozenset[str]:
    return classes(terms.terms(text))
