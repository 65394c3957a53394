"""Which text is the story: what a library found, a part of the page, or what JSON-LD holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import lxml.html

from assistant.sources.html import page_furniture, story
from assistant.sources.html.page_data import PageData
from assistant.sources.html.story import Block, count, shared

FIRST, JSON_LD = "trafilatura", "JSON-LD articleBody"
# Shares of the words of the largest part that a part must hold to be taken before it.
_TRUSTED = {"itemprop articleBody": 0.5, "article": 0.6, "main": 0.8}
_ALIKE = 0.9
_GOOD_PART = 0.6  # of the page's own words: less from the first way, and its gaps tell nothing
_TAG = re.compile(r"<(?:p|br|div|li|h\d)\b", re.I)
_MORE = 1.15
_MOST_BLOCKS = 1_000  # that are looked for anywhere in the library's text, not as its lines
_FEWEST = 4  # words: less, where no part of the page reads as prose, is no story


@dataclass(frozen=True, slots=True)
class Story:
    """The text of an article, what found it, and why it is not whole ("" where it is)."""

    text: str
    way: str
    incomplete: str = ""


def choose(tree: Any, data: PageData, first: str, *, title: str = "") -> Story:
    """The story of a tree in order; `first` is the library's text. Empty where there is none."""
    body = tree.find("body")
    every = story.blocks(body) if body is not None else []
    clear = story.cleared(every)
    way, part, kept = _own(tree, every, clear, title)
    walled = part is not None and _has_wall(story.within(part, every))
    first = _without(first, every, clear)
    own = story.rendered(_agreed(kept, first))
    text, way = _better(own, way, first)
    if not own and count(text) < _FEWEST:
        text = ""
    told = body_of(data)
    words = count(text)
    if count(told) > _MORE * words and (words < 40 or shared(text, told) >= 0.5 * words):
        text, way, walled = told, JSON_LD, False
    if not text:
        text, way = _anything(tree), "article"
    return Story(text, way, _incomplete(text, data, tree, walled))


def _own(
    tree: Any, every: Sequence[Block], clear: Sequence[Block], title: str
) -> tuple[str, Any, list[Block]]:
    """The part of the page that holds the story, by its name or else by its words."""
    found = []
    for way, part in story.containers(tree, every):
        kept = story.without_edges(story.within(part, clear), title=title)
        found.append((way, part, kept, sum(block.words for block in kept)))
    most = max((words for *_, words in found), default=0)
    for way, part, kept, words in found:
        if words and words >= _TRUSTED.get(way, 1.0) * most:
            return way, part, kept
    return "", None, []


def _without(first: str, every: Sequence[Block], kept: Sequence[Block]) -> str:
    """The library's text without the lines that are blocks which are none of the story."""
    stay = {block.text for block in kept}
    gone = {block.text for block in every} - stay
    lines = [line for line in first.split("\n\n") if line.strip() not in gone]
    return "\n\n".join(line for line in lines if not page_furniture.is_notice(line))


def _agreed(kept: list[Block], first: str) -> list[Block]:
    """The blocks; at either end those alone that read as a story or that the library has too."""
    lines = {" ".join(line.split()).removeprefix("• ") for line in first.split("\n")}
    plain = " ".join(first.split()) if len(kept) < _MOST_BLOCKS else ""
    texts = [" ".join(block.text.split()) for block in kept]
    inside = [text in lines or text in plain for text in texts]
    held = sum(block.words for block, is_in in zip(kept, inside, strict=True) if is_in)
    if held < _GOOD_PART * sum(block.words for block in kept):
        return kept
    sure = [
        is_in or block.is_prose or block.kind == "row"
        for block, is_in in zip(kept, inside, strict=True)
    ]
    start = next((at for at, one in enumerate(sure) if one), 0)
    end = len(sure) - next((at for at, one in enumerate(reversed(sure)) if one), 0)
    while end < len(kept) and kept[end].kind == "item" and kept[end - 1].kind == "item":
        end += 1
    return kept[start:end]


def _better(own: str, way: str, first: str) -> tuple[str, str]:
    """Our part where it has what the library found, or more words; else the library's text."""
    if not first:
        return own, way
    both, ours, theirs = shared(own, first), count(own), count(first)
    if both >= _ALIKE * theirs:
        return own, FIRST if both >= _ALIKE * ours and first else way
    return (own, way) if ours > theirs else (first, FIRST)


def body_of(data: PageData) -> str:
    """The words of an articleBody, HTML or plain, in paragraphs."""
    return plain(data.text)


def plain(text: str) -> str:
    """Words that may be HTML as paragraphs."""
    if _TAG.search(text):
        tree = lxml.html.document_fromstring(f"<div>{text}</div>")
        return story.rendered(story.trimmed(story.blocks(tree.find("body"))))
    lines = [line.strip() for line in text.split("\n")]
    return "\n\n".join(line for line in lines if line and not page_furniture.is_notice(line))


def _anything(tree: Any) -> str:
    """The words of a page that marks its article, however few they are."""
    for part in tree.xpath("//article | //*[contains(@itemprop, 'articleBody')] | //main")[:5]:
        text = story.rendered([one for one in story.blocks(part) if one.linked < 1])
        if text:
            return text
    return ""


def _has_wall(every: Sequence[Block]) -> bool:
    lines: Iterator[str] = (block.text for block in every)
    return any(page_furniture.is_notice(line) and page_furniture.says_wall(line) for line in lines)


def _incomplete(text: str, data: PageData, tree: Any, walled: bool) -> str:
    if walled:
        return "paywall"
    tiers = tree.xpath("//meta[contains(@property, 'content_tier') and @content='locked']")
    props = tree.xpath("//*[@itemprop='isAccessibleForFree']")[:1]
    closed = any(str(one.get("content", "")).lower() in ("false", "no") for one in props)
    if (data.is_free is False or closed or tiers) and not _is_whole(text, data):
        return "paywall"
    return "cut off" if page_furniture.is_cut(text) else ""


def _is_whole(text: str, data: PageData) -> bool:
    """Whether the page itself counts no more words than are here."""
    return data.words > 50 and count(text) >= _ALIKE * data.words
