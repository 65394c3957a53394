"""From hits to quotes: choose the sentences that answer, and prove that they are printed.

Only this file makes a `Quote`, and only as a slice of a stored article.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.errors import AlteredQuote
from assistant.records import Article, Hit, Quote, Sentence
from assistant.text import sentences, terms
from assistant.text.attribution.attributions import attributions

LONGEST = 700  # characters: what is longer is a list or a page that lost its full stops
SHORTEST = 8  # characters: “It did.” and headings are shorter; “Nobody was hurt.” is not
ALIKE = 0.8  # share of stems in common from which two sentences say the same
# A sentence that points back ("He said ...") or has few words is quoted with the one before it,
# unless that one is long. 15 and 40 words: on news2022 that quoted 12 words more in the first
# three quotes, and answered 2 questions more in a hundred with the first. Never beyond the words
# of one speaker.
FEW_WORDS, MANY_WORDS = 15, 40
BACK, ON = 6, 3  # sentences around one that tell its topic
_ANNOUNCES = re.compile(
    r"(?:strictly )?embargo|here(?:['’]s| is| are) (?:what|how|why|who|when|where)\b", re.IGNORECASE
)
_POINTS_BACK = re.compile(
    r"[“\"‘']?(?:He|She|It|They|His|Her|Their|Its|This|That|These|Those|But|And|So|The "
    r"(?:man|woman|pair|two|company|team|agency|group|country|state|city|decision|move|show|film))"
    r"\b"
)
_QUOTATION = re.compile(r"[“”„\"«»‘‹「『]|(?<!\w)'(?=\w)")
# What opens an item of a list, a block that is quoted, or somebody's turn to speak.
_ITEM_OR_TURN = re.compile(
    r"\s*(?:[-*•·‣▪–—―>]|\(?\d{1,3}[.):]\s|[a-zA-Z][.)]\s|\*\*|__|[\[(]?\d{1,2}:\d\d|"
    r"[A-Z][^\n:“”]{0,60}:(?:\s|$))"
)
_CELLS = " | "  # between the cells of a row of a table
_MARKS = tuple("”\"’'»“«„‘>")
_SIGNATURE = 140  # characters of the longest line that only tells who speaks beside it
_ENDED = re.compile(r"[.!…:;][\"”’'»)\]]*$")  # a heading has no full stop, a turn may ask


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer, with what a reader would see around it."""

    sentence: Sentence
    text: str
    before: str  # the sentence before it, empty for the first
    begins: int  # where that one begins
    leads: str  # what it is read after: the sentence before, of one that points back both before
    title: str
    near: str  # the text around, from `BACK` sentences before it to `ON` after
    place: int  # number of the sentence in its article, from 0
    rank: int  # place of its passage among the hits, from 1
    ranks: Mapping[str, int]  # the passage's places by "words" and by "meaning", as of a `Hit`


def candidates(hits: Sequence[Hit], articles: Mapping[str, Article]) -> list[Candidate]:
    """The whole sentences of the hits' passages, each once, in the hits' order.

    Questions, announcements ("Here is what ..."), signatures and fragments are left out: they are
    no answers.
    """
    found: dict[tuple[str, int], Candidate] = {}
    spans = {id: sentences.split(article.text) for id, article in articles.items()}
    for rank, hit in enumerate(hits, 1):
        passage = hit.passage
        id = passage.source.id
        if id not in articles:
            continue
        for at, (start, end) in enumerate(spans[id]):
            inside = start >= passage.start and end <= passage.end
            if inside and (id, start) not in found and _may_answer(articles[id].text, start, end):
                found[id, start] = _candidate(articles[id], spans[id], at, rank, hit)
    return list(found.values())


def _may_answer(article: str, start: int, end: int) -> bool:
    text = article[start:end]
    if not SHORTEST <= len(text) <= LONGEST:
        return False
    if text.endswith(("?", ":")) or _ANNOUNCES.match(text):
        return False
    return not _only_signs(article, start, end)


def _only_signs(article: str, start: int, end: int) -> bool:
    """Does this tell who says what is quoted beside it, and no more: "- Deputy Mayor Ada Roe"?"""
    if end - start > _SIGNATURE or _QUOTATION.search(article, start, end):
        return False
    before, after = article[max(0, start - 4) : start].strip(), article[end : end + 4].lstrip()
    beside = before.endswith(_MARKS) or after.startswith(_MARKS) or article[start] in "-—–>~("
    return beside and attributions(article).only_names(start, end)


def _candidate(
    article: Article, spans: Sequence[tuple[int, int]], at: int, rank: int, hit: Hit
) -> Candidate:
    start, end = spans[at]
    begins, ends = spans[at - 1] if at else (start, start)
    first, last = spans[max(0, at - BACK)], spans[min(len(spans) - 1, at + ON)]
    return Candidate(
        sentence=Sentence(article.source.id, start, end),
        text=article.text[start:end],
        before=article.text[begins:ends],
        begins=begins,
        leads=leads(article.text, spans, at),
        title=article.source.title,
        near=article.text[first[0] : last[1]],
        place=at,
        rank=rank,
        ranks=hit.ranks,
    )


def leads(text: str, spans: Sequence[tuple[int, int]], at: int) -> str:
    """What sentence `at` is read after: the one before, of one that points back both before.

    A row of a table is read after its head.
    """
    if not at:
        return ""
    start, end = spans[at]
    if _CELLS in text[start:end]:
        head = at
        while head and _CELLS in text[slice(*spans[head - 1])]:
            head -= 1
        return text[slice(*spans[head])] if head < at else ""
    back = 2 if at > 1 and _POINTS_BACK.match(text[start:end]) else 1
    return text[spans[at - back][0] : spans[at - 1][1]]


def choose(
    scored: Iterable[tuple[float, Candidate]], articles: Mapping[str, Article], *, limit: int
) -> list[Quote]:
    """The first sentences as quotes, each with its score; of those that say the same only one.

    A sentence that does not stand alone brings the one before it, when both are the words of the
    same speaker, or both the writer's.
    """
    chosen: list[Quote] = []
    seen: list[frozenset[str]] = []
    for score, candidate in scored:
        if len(chosen) == limit:
            break
        words = terms.stems(candidate.text)
        if any(_alike(words, other) for other in seen) or _is_quoted(candidate.sentence, chosen):
            continue
        seen.append(words)
        whole = _whole(candidate, articles[candidate.sentence.article_id].text)
        if any(_overlap(whole, one) for one in chosen):
            whole = candidate.sentence
        chosen.append(quote(articles[candidate.sentence.article_id], whole, score))
    return chosen


def joined(chosen: Sequence[Quote], articles: Mapping[str, Article]) -> list[Quote]:
    """The quotes, those that follow each other in one run of prose and one voice as one.

    Each in the place of its first, and with its score.
    """
    kept: list[Quote] = []
    for one in sorted(chosen, key=lambda one: (one.source.id, one.start)):
        last = kept[-1] if kept else None
        if last and _goes_on(last, one, articles[one.source.id].text):
            kept[-1] = replace(
                last,
                text=articles[one.source.id].text[last.start : one.end],
                end=one.end,
                score=max(last.score, one.score),
            )
        else:
            kept.append(one)
    return sorted(kept, key=lambda one: -one.score)


def _goes_on(one: Quote, other: Quote, text: str) -> bool:
    """Does the other quote follow in the same paragraph, told by whoever tells the one?"""
    if one.source.id != other.source.id or other.end - one.start > LONGEST:
        return False
    between = text[one.end : other.start]
    if between.strip() or "\n" in between:
        return False
    speakers = attributions(text).speakers
    told, telling = speakers(one.start, one.end), speakers(other.start, other.end)
    return told == telling and len(told) <= 1 and None not in told


def _is_quoted(sentence: Sentence, quotes: Sequence[Quote]) -> bool:
    return any(
        one.source.id == sentence.article_id
        and one.start <= sentence.start
        and sentence.end <= one.end
        for one in quotes
    )


def _overlap(sentence: Sentence, one: Quote) -> bool:
    same = one.source.id == sentence.article_id
    return same and one.start < sentence.end and sentence.start < one.end


def _whole(candidate: Candidate, text: str) -> Sentence:
    few = len(candidate.text.split()) <= FEW_WORDS or _POINTS_BACK.match(candidate.text)
    if few and 0 < len(candidate.before.split()) <= MANY_WORDS and _belongs(candidate, text):
        return replace(candidate.sentence, start=candidate.begins)
    return candidate.sentence


def _belongs(candidate: Candidate, text: str) -> bool:
    """Is the sentence before told by whoever tells this one, in the same run of prose?"""
    begins, ends = candidate.begins, candidate.begins + len(candidate.before)
    start, end = candidate.sentence.start, candidate.sentence.end
    if _ITEM_OR_TURN.match(candidate.text):
        return False
    if "\n" in text[ends:start] and (
        not _POINTS_BACK.match(candidate.text)  # of few words only: its paragraph is its own
        or _ITEM_OR_TURN.match(text, text.rfind("\n", 0, ends) + 1, ends)
        or _QUOTATION.search(text, begins, end)
        or not _ENDED.search(candidate.before)
    ):
        return False
    speakers = attributions(text).speakers
    told, telling = speakers(begins, ends), speakers(start, end)
    if not told and not telling:  # the writer's, but for a quotation whose speaker nobody knows
        return not _QUOTATION.match(candidate.before) and not _QUOTATION.match(candidate.text)
    return told == telling and len(told) == 1 and None not in told


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= ALIKE * min(len(one), len(other))


def quote(article: Article, sentence: Sentence, score: float) -> Quote:
    """The sentence as a quote of its article."""
    return Quote(
        text=article.text[sentence.start : sentence.end],
        start=sentence.start,
        end=sentence.end,
        source=article.source,
        score=round(score, 4),
    )


def check(quotes: Iterable[Quote], articles: Mapping[str, Article]) -> None:
    """Prove that every quote is what its article prints there, and holds the words that answer.

    Raises `AlteredQuote` when one is not: better no answer than an altered quotation.
    """
    for one in quotes:
        article = articles.get(one.source.id)
        printed = article and article.text[one.start : one.end]
        # Of a place that counts from the end, or goes beyond it, Python cuts a slice as well.
        is_place = 0 <= one.start < one.end == one.start + len(one.text)
        if not one.text or printed != one.text or not is_place:
            raise AlteredQuote(
                f"A quotation does not stand in {one.source.id!r} as stored, and was held back. "
                "Run: python -m assistant.index verify"
            )
        first, last = one.answer or (one.start, one.end)
        if not one.start <= first < last <= one.end:
            raise AlteredQuote(
                f"The words marked as the answer in {one.source.id!r}, characters {first} to "
                f"{last}, do not lie in their quotation, which was held back. Ask in other words."
            )
