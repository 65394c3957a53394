"""From hits to the numbered sentences that a chat model is shown, within its budget of tokens.

What an article prints is data there: one line a sentence, without signs that a model or a chat
template could take for an order, a turn or a number of ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.evidence.quotes import quote
from assistant.records import Answer, Article, Hit, Passage, Quote, Sentence, show_day
from assistant.text import passages, sentences
from assistant.text.prompt_safety import tame

MOST = 12  # passages shown besides those that hold a chosen quote, if there is room
# Sentences that speak to a program: a model is not shown them; a reader may find them quoted still.
_TASK = "answer question reader article sentence instructions? prompt text"
_DO = (
    "say tell answer write cite reply respond repeat print reveal ignore disregard forget put "
    "replace add show link spell hide quote encode append"
)
_ORDER = re.compile(
    rf"(?:^\W*(?:please )?(?:{'|'.join(_DO.split())})|\b(?:{'|'.join(_DO.split())})\b.{{0,60}}"
    rf"\b(?:{'|'.join(_TASK.split())}|word for word)|\b(?:language|AI) model|\bchatbot"
    r"|\b(?:system|your) (?:prompt|message|instructions|rules)|\byou (?:are )?now"
    r"|\bfrom (?:now|here) on)\b|<\|?\w|\[/?INST"
    r"|^\W*(?:system|assistant|user|human|ai|model)\s*:",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Shown:
    """The lines a model is shown: `quotes[n - 1]` is line n. `dropped` passages had no room."""

    text: str
    quotes: tuple[Quote, ...]
    passages: int
    dropped: int


def order(answer: Answer, chosen: Sequence[Quote]) -> list[Passage]:
    """The hits' passages: first those that hold a chosen quote, as ranked; then the others."""

    def place(hit: Hit) -> int:
        passage = hit.passage
        for n, one in enumerate(chosen):
            same = one.source.id == passage.source.id
            if same and one.start < passage.end and passage.start < one.end:
                return n
        return len(chosen)

    return [hit.passage for hit in sorted(answer.hits, key=place)]


def slices(passages: Sequence[Passage], articles: Mapping[str, Article]) -> Iterator[list[Quote]]:
    """The whole sentences of each passage, none twice, without those that give a program orders."""
    seen: set[tuple[str, int]] = set()
    for passage in passages:
        article = articles[passage.source.id]
        found = []
        for start, end in sentences.split(article.text):
            key = (article.source.id, start)
            inside = passage.start <= start and end <= passage.end
            if inside and key not in seen and not _ORDER.search(article.text[start:end]):
                seen.add(key)
                found.append(quote(article, Sentence(article.source.id, start, end), 0.0))
        yield found


def number(groups: Sequence[Sequence[Quote]], budget: int) -> Shown:
    """The sentences numbered straight through; whole passages, as many as `budget` tokens hold.

    The first one that does not fit ends the list, since those after it rank lower.
    """
    text, shown, used = "", list[Quote](), 0
    for group in groups:
        if not group:
            used += 1
            continue
        more = f"{_heading(group[0])}\n" + "".join(
            f"{n}. {_line(quote)}\n" for n, quote in enumerate(group, len(shown) + 1)
        )
        if passages.count(text + more) > budget:
            break
        text, used = f"{text}{more}\n", used + 1
        shown += group
    return Shown(text.rstrip(), tuple(shown), used, len(groups) - used)


def _heading(quote: Quote) -> str:
    source = quote.source
    facts = (source.publisher, show_day(source.published), source.title)
    return f"({'; '.join(tame(fact) for fact in facts if fact)})"


def _line(quote: Quote) -> str:
    who = ", ".join(tame(part) for part in (quote.speaker, quote.role) if part)
    return tame(quote.text) + (f" ({who} speaking)" if who else "")
