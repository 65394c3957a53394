"""From a chat model's reply, as it is written, to prose of which each sentence is proved.

The reply is read sentence by sentence, and a sentence is shown when it is whole and has passed its
check. Nothing is shown of one that is still being written: an article may print an order, and a
model may obey it with the article's own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from assistant.evidence.match_quotation import Proof, marked, prove
from assistant.records import Article, Quote, Rejected
from assistant.text import sentences, terms
from assistant.text.attribution.attributions import Attributions
from assistant.writing.faithfulness import unfounded
from assistant.writing.prompt_sentences import Shown

Outcome = Literal["direct", "supported"]
SHORT = 3  # words in quotation marks up to which they must also make sense as words of ours
_NUMBERS = re.compile(r"\s*\[\s*\d+(?:\s*[,;–-]\s*\d+)*\s*\]")
_LEADING = re.compile(rf"(?:{_NUMBERS.pattern})+[.!?]?\s*")
_INITIAL = re.compile(r"\[(\w)\](?=\w)")  # "[T]he" is "the"
_LIST = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.)])\s+")
_MISSING = re.compile(r"\W*missing\W*:\s*(.*)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Written:
    """A sentence that passed its check: "direct" when it quotes; `lines` are those it cites."""

    text: str
    lines: tuple[int, ...]
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Draft:
    """A reply so far. `missing` are parts of the question that the model found no answer to."""

    written: tuple[Written, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass
class Composer:
    """Reads a reply against the lines that its writer was shown.

    It reads on until the sentences would cite more than `limit` lines.
    """

    question: str
    shown: Shown
    articles: Mapping[str, Article]
    limit: int = 20
    _known: dict[str, Written | Rejected] = field(default_factory=dict)

    def drafts(self, reply: Iterable[str]) -> Iterator[Draft]:
        """The draft after each piece of the reply; the last one is complete.

        An empty piece is a moment without any: the draft comes again, so that whoever reads it may
        leave.
        """
        text, last = "", Draft()
        for piece in reply:
            text += piece
            draft = self.draft(text, finished=False) if piece else last
            if draft != last or not piece:
                yield draft
                last = draft
        yield self.draft(text, finished=True)

    def draft(self, reply: str, *, finished: bool) -> Draft:
        """What may be shown of a reply."""
        found = units(reply) if finished else units(reply)[:-1]
        written: list[Written] = []
        rejected: list[Rejected] = []
        missing: list[str] = []
        for unit in found:
            if told := _MISSING.fullmatch(unit):
                missing += self._asked(told[1])
                continue
            if unit not in self._known:
                self._known[unit] = self._check(unit)
            one = self._known[unit]
            if isinstance(one, Rejected):
                rejected.append(one)
            elif one not in written:
                if len({n for other in [*written, one] for n in other.lines}) > self.limit:
                    break
                written.append(one)
        return Draft(tuple(written), tuple(rejected), tuple(dict.fromkeys(missing)))

    def _asked(self, part: str) -> list[str]:
        """A part of the question that is missing, in the question's own words; never all of it."""
        part = _NUMBERS.sub("", part).strip(" .\n")
        words = {terms.stem(word) for word in terms.words(part)}
        theirs = _weight(part) and words <= terms.stems(self.question)
        return [part] if theirs and _weight(part) < _weight(self.question) else []

    def _check(self, unit: str) -> Written | Rejected:
        lines = numbers(unit)
        bare = _INITIAL.sub(r"\1", " ".join(_NUMBERS.sub("", unit).split()))
        if not lines:
            return Rejected(bare, "no sentence is cited")
        unknown = [n for n in lines if not 1 <= n <= len(self.shown.quotes)]
        if unknown:
            return Rejected(bare, f"no sentence has the number {unknown[0]}")
        cited = [self.shown.quotes[n - 1] for n in lines]
        found = marked(bare)
        if found is None:
            return Rejected(bare, "a quotation mark stands alone")
        proofs: list[Proof] = []
        prose, told, at = "", "", 0
        for one in found:
            proof = prove(one.words, cited, self.articles)
            if proof is None:
                return Rejected(bare, f"no cited sentence prints “{one.words}”")
            proofs.append(proof)
            inside = f" {one.words} " if len(one.words.split()) <= SHORT else f", {proof.put},"
            prose += bare[at : one.start] + inside
            told += f"{bare[at : one.start]}“{proof.printed(self.articles)}”"
            at = one.end
        prose, told = prose + bare[at:], told + bare[at:]
        why = unfounded(bare, prose, cited) or _misattributed(told, cited)
        if not why and not proofs and len(_weight(prose)) < 2:
            why = "that says nothing"
        if why:
            return Rejected(bare, f"no cited sentence has {why}")
        return Written(told, tuple(lines), "direct" if proofs else "supported")


def units(reply: str) -> list[str]:
    """The sentences of a reply, each with the numbers that follow it."""
    found: list[str] = []
    for start, end in sentences.split(reply):
        unit = _LIST.sub("", reply[start:end]).strip()
        leading = _LEADING.match(unit)
        if leading and found:
            found[-1] += " " + leading[0].strip()
            unit = unit[leading.end() :]
        if found and unit and marked(found[-1]) is None and marked(f"{found[-1]} {unit}"):
            found[-1] += f" {unit}"  # “... ended. It began ...” is one quotation
        elif unit:
            found.append(unit)
    return found


def numbers(unit: str) -> list[int]:
    """The numbers that a sentence cites, each once; "[3-5]" are three."""
    found: list[int] = []
    for match in _NUMBERS.finditer(unit):
        for part in re.split(r"[,;]", match[0].strip(" []")):
            first, *last = (int(number) for number in re.findall(r"\d{1,6}", part))
            found += range(first, min(last[0], first + 9) + 1) if last else [first]
    return list(dict.fromkeys(found))


def _misattributed(told: str, cited: Sequence[Quote]) -> str:
    """Whose words the sentence gives to another; empty when to nobody."""
    for one in Attributions(told).all:
        if one.speaker is None or not (name := _weight(one.speaker.name)):
            continue
        # "The allies agreed": whoever has no name may be told of in another's words.
        named = one.speaker.name[0].isupper()
        theirs = [
            quote for quote in cited if name & _weight(_sayers(quote) if named else quote.text)
        ]
        theirs += [quote for quote in cited if name <= _weight(quote.source.publisher)]
        known = frozenset[str]().union(*(terms.stems(quote.text) for quote in theirs))
        if not theirs or not _weight(told[one.start : one.end]) <= known | name:
            return f"that from {one.speaker.name}"
    return ""


def _sayers(quote: Quote) -> str:
    """Who may have said the words of a quote: its speaker; when not known, whoever it names."""
    return f"{quote.speaker} {quote.role or ''}" if quote.speaker else quote.text


def _weight(text: str) -> set[str]:
    words = (word for word in terms.words(text) if word.casefold() not in terms.STOP)
    return {terms.stem(word) for word in words}


def cited_quotes(written: Sequence[Written], shown: Shown) -> tuple[list[int], list[Quote]]:
    """The lines that the sentences cite, in the order of first mention, and their quotes."""
    order = list(dict.fromkeys(n for one in written for n in one.lines))
    return order, [shown.quotes[n - 1] for n in order]


def prose(written: Sequence[Written], order: Sequence[int]) -> str:
    """The sentences as one paragraph that cites `[n]`, the place in `order`."""
    parts = []
    for one in written:
        marks = "".join(f"[{order.index(n) + 1}]" for n in one.lines)
        ends = one.text[-1] if one.text[-1] in ".!?" else ""
        parts.append(f"{one.text.removesuffix(ends)} {marks}{ends}")
    return " ".join(parts)
