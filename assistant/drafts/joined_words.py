"""From a quotation that is printed nowhere as it stands to the places from which it is joined."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from assistant.drafts.printed_text import PrintedText, Run
from assistant.drafts.quotation_tokens import Piece
from assistant.text import terms

PARTS = 4  # of more it is nobody's words any longer
LEAST, EACH = 3, 4.0  # words of a part, and of all parts on average: fewer stand anywhere
NEAR = 80  # characters: words so near each other are one place, from which some were left out
_ENDS = re.compile(r"[.!?…]")
_LINKS = frozenset("and but so because yet or as while that".split())


@dataclass(frozen=True, slots=True)
class Part:
    """Words of a quotation where they are printed."""

    text: PrintedText
    run: Run


def joined(words: str, own: Sequence[Piece], texts: Sequence[PrintedText]) -> tuple[Part, ...]:
    """The places that together print all the words of a quotation, in its order; none if it is no
    quotation joined from several places."""
    found: list[list[Part]] = []
    for piece in own:
        some = _cover(piece.plain, _begun(words, piece), texts)
        if not some:
            return ()
        found += some
    many = sum(len(piece.tokens) for piece in own)
    if not 2 <= len(found) <= PARTS or many / len(found) < EACH:
        return ()
    if any(_are_near(one, other) for one, other in itertools.pairwise(found)):
        return ()
    return tuple(_chosen(found))


def _begun(words: str, piece: Piece) -> set[int]:
    """Which words of a piece, by number, begin a sentence."""
    ends = [one.end for one in piece.tokens]
    begins = (one.start for one in piece.tokens[1:])
    between = (words[end:begin] for end, begin in zip(ends, begins, strict=False))
    return {n for n, gap in enumerate(between, 1) if _ENDS.search(gap)}


def _cover(
    words: Sequence[str], begun: Collection[int], texts: Sequence[PrintedText]
) -> list[list[Part]]:
    """The fewest runs of words that make up all of them, each in all its places; or none.

    A run ends with a sentence, where the next one can begin there: `begun` are their first words.
    """
    found: list[list[Part]] = []
    at = 0
    while at < len(words) and len(found) <= PARTS:
        most = _most(words[at:], texts)
        telling = [word for word in words[at : at + most] if word not in terms.STOP]
        if most < LEAST or not telling:
            if found and words[at] in _LINKS:
                at += 1
                continue
            return []
        end = at + most
        sooner = [n for n in begun if at + LEAST <= n < end and n + _most(words[n:], texts) > end]
        end = max(sooner, default=end)
        found.append([Part(text, run) for text in texts for run in text.runs(words[at:end])])
        at = end
    return found


def _most(words: Sequence[str], texts: Sequence[PrintedText]) -> int:
    """How many of the words, from the first, some article prints in a row."""
    return max((text.longest(words) for text in texts), default=0)


def _are_near(some: Sequence[Part], others: Sequence[Part]) -> bool:
    """Whether two runs stand beside each other in some article."""
    return any(
        one.text is other.text
        and max(one.run.start, other.run.start) - min(one.run.end, other.run.end) <= NEAR
        for one in some
        for other in others
    )


def _chosen(found: Sequence[Sequence[Part]]) -> Iterator[Part]:
    """One place of each part: in quotation marks, and in the article of the part before."""
    before: Part | None = None
    for some in found:
        before = min(
            some,
            key=lambda part: (not part.run.marked, before is None or part.text is not before.text),
        )
        yield before
