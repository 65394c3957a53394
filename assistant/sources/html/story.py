"""From a tree in order to the blocks of the story: which part of the page holds it."""

from __future__ import annotations

import functools
import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.sources import written_days
from assistant.sources.cleaning.clean_text import one_line
from assistant.sources.html import page_furniture
from assistant.sources.html.page_tree import BLOCKS

_HEADS = frozenset("h1 h2 h3 h4 h5 h6".split())
_PROSE = 8  # words from which a block is prose, when it ends as a sentence
_LINKED = 0.5  # share of words in links from which a block leads elsewhere
_MOST_OF = 0.85  # of the page's prose: the smallest part that holds it is the story's
_MOST_PULLED = 100  # quotes that are looked for in the whole page
_HEAD = 5  # blocks at the top among which a line of days is none of the story
_LONGEST_STAMP = 14  # words
_EMBARGO = re.compile(r"embargo|sperrfrist", re.I)
_LONGEST_PULLED = 60  # words
_ENDED = re.compile(r"[.!?…:;\"”’»)。！？｡۔।]\s*$")
_WORD = re.compile(r"\w+")
_ELSEWHERE = re.compile(
    r"(?:related|recommended|more (?:on|from|stories|news|like)|read (?:more|next|also|this)"
    r"|also read"
    r"|see also|you (?:may|might) (?:also )?(?:like|be interested)|most (?:read|popular|viewed)"
    r"|trending|popular now|latest (?:news|stories|headlines)|top stories|don't miss|up next"
    r"|further"
    r" reading|editors?['’]s? picks?|in this section|elsewhere on|from our partners|sponsored"
    r"|(?:\d+ )?comments?|leave a (?:reply|comment)|share this|about the author|tags|topics"
    r"|filed under"
    r"|mehr zum thema|lesen sie auch|das könnte sie|meistgelesen|à lire aussi|sur le même sujet"
    r"|les plus lus|te puede interesar|lee también|lo más leído|leggi anche|leia também|lees ook"
    r"|czytaj także|читайте также|läs också)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, item or row of a page; `linked` is the share of words in links."""

    kind: str
    text: str
    linked: float
    element: Any
    words: int

    @property
    def is_prose(self) -> bool:
        """Whether it reads as sentences of a story."""
        return self.linked < _LINKED and (
            (self.words >= _PROSE and bool(_ENDED.search(self.text))) or self.words >= 3 * _PROSE
        )


def blocks(root: Any) -> list[Block]:
    """The blocks under `root`, in order, without recursion; rows of tables are one block each."""
    found: list[Block] = []
    text: list[str] = []
    linked = 0
    place: list[Any] = [root]  # the block that the words now belong to
    waiting: list[tuple[str, Any]] = [("in", root)]

    def flush() -> None:
        nonlocal linked
        lines = [" ".join(line.split()) for line in "".join(text).split("\0")]
        words = "\n".join(line for line in lines if line)
        if words:
            count = len(_WORD.findall(words))
            share = min(1.0, linked / max(1, count))
            found.append(Block(_kind(place[-1]), words, share, place[-1], count))
        text.clear()
        linked = 0

    while waiting:
        step, one = waiting.pop()
        if step == "text":
            text.append(one)
        elif step == "link":
            linked += len(_WORD.findall(one))
        elif step == "out":
            flush()
            place.pop()
        elif isinstance(one.tag, str):
            if one.tag == "table":
                flush()
                found += _table(one)
                waiting.append(("text", one.tail or ""))
                continue
            if one is not root:
                waiting.append(("text", one.tail or ""))
            if one.tag == "br":
                text.append("\0")
            elif one.tag == "a":
                waiting.append(("link", one.text_content()))
            elif one.tag in BLOCKS:
                flush()
                place.append(one)
                waiting.append(("out", one))
            waiting.extend(("in", child) for child in reversed(one))
            waiting.append(("text", one.text or ""))
    flush()
    return found


def _kind(element: Any) -> str:
    tag = str(element.tag)
    if tag in _HEADS:
        return "head"
    for one in (element, *list(element.iterancestors())[:4]):
        if one.tag == "li":
            return "item"
        if one.tag in _HEADS:
            return "head"
    return "text"


def _table(table: Any) -> list[Block]:
    """A table's caption and rows, the cells of a row beside one another."""
    rows = []
    for row in table.iter("tr", "caption"):
        cells = [row] if row.tag == "caption" else [one for one in row if one.tag in ("td", "th")]
        words = [one_line(cell.text_content()) for cell in cells]
        if any(words):
            text = " | ".join(words).strip("| ")
            rows.append(Block("row", text, 0.0, row, len(_WORD.findall(text))))
    return [] if sum(row.words for row in rows) == 0 else rows


def containers(tree: Any, every: Sequence[Block]) -> list[tuple[str, Any]]:
    """The parts that may hold the story, each with what tells it; the surest first."""
    body = tree.find("body")
    if body is None:
        return []
    found: list[tuple[str, Any]] = []
    marked = body.xpath(".//*[contains(@itemprop, 'articleBody')]")
    found += [("itemprop articleBody", one) for one in marked[:3]]
    prose = _prose_by_part(every, body)
    if not prose:
        return found
    for name, path in (("article", ".//article"), ("main", ".//main|.//*[@role='main']")):
        best = max(body.xpath(path)[:200], key=lambda one: prose.get(one, 0), default=None)
        if best is not None and prose.get(best, 0):
            found.append((name, best))
    return [*found, ("densest part", _densest(body, prose))]


def _prose_by_part(every: Iterable[Block], body: Any) -> Counter[Any]:
    """How many words of prose stand in each part of the page."""
    prose: Counter[Any] = Counter()
    for block in every:
        if block.is_prose or block.kind == "row":
            for one in (block.element, *block.element.iterancestors()):
                prose[one] += block.words
                if one is body:
                    break
    return prose


def _densest(body: Any, prose: Counter[Any]) -> Any:
    """The smallest part that holds most of the page's prose."""
    at, least = body, _MOST_OF * prose.get(body, 0)
    while True:
        best = max(at, key=lambda one: prose.get(one, 0), default=None)
        if best is None or prose.get(best, 0) < least or best.tag not in BLOCKS:
            return at
        at = best


def trimmed(every: Sequence[Block], *, title: str = "") -> list[Block]:
    """The blocks of a story: without what leads elsewhere, speaks to the reader, or is its head."""
    return without_edges(cleared(every), title=title)


def cleared(every: Sequence[Block]) -> list[Block]:
    """The blocks without those that lead elsewhere or speak to the reader of the page."""
    kept: list[Block] = []
    skipping = False
    is_pulled = _pulled(every)
    for block in every:
        if block.kind == "head" or block.words <= 6:
            if _ELSEWHERE.match(block.text) and not block.is_prose:
                skipping = True
                continue
            skipping = skipping and block.kind != "head"
        if skipping and (block.linked >= _LINKED or block.kind in ("item", "head")):
            continue
        if skipping and block.is_prose:
            skipping = False
        if _leads_elsewhere(block) or page_furniture.is_notice(block.text):
            continue
        if is_pulled(block) or (len(kept) < _HEAD and _is_stamp(block)):
            continue
        kept.append(block)
    return kept


def _leads_elsewhere(block: Block) -> bool:
    """Whether a block is a link rather than a sentence with one."""
    if block.kind == "row" or block.linked < _LINKED:
        return False
    return block.linked > 0.8 or block.words < _PROSE or not _ENDED.search(block.text)


def _is_stamp(block: Block) -> bool:
    """Whether a line only says when the page was published or updated."""
    text = block.text
    if block.words > _LONGEST_STAMP or block.kind != "text" or _EMBARGO.search(text):
        return False
    return text[-1:] != "." and written_days.read(text, first=True) is not None


def _pulled(every: Sequence[Block]) -> Callable[[Block], bool]:
    """What tells of a block whether it only repeats words of the story in large letters."""
    printed: list[str] = []
    tries = itertools.count()
    is_apart = functools.cache(page_furniture.is_pulled)

    def is_pulled(block: Block) -> bool:
        if not 4 <= block.words <= _LONGEST_PULLED or block.kind != "text":
            return False
        near = itertools.islice(_up(block.element), 4)
        apart = next((one for one in near if is_apart(one)), None)
        if apart is None or next(tries) >= _MOST_PULLED:
            return False
        if count(apart.text_content()) > _LONGEST_PULLED:
            return False
        if not printed:
            printed.append("\n".join(one.text for one in every))
        return printed[0].count(block.text.strip('“”"„«»… .')) > 1

    return is_pulled


def _up(element: Any) -> Iterator[Any]:
    yield element
    yield from element.iterancestors()


def without_edges(every: Sequence[Block], *, title: str) -> list[Block]:
    """Without what stands above the first sentence and is none; headings at the end go."""
    first = next((at for at, one in enumerate(every) if one.is_prose or one.kind == "row"), 0)
    head = [one for one in every[:first] if _is_lead(one, title)]
    kept = [*head, *every[first:]]
    while kept and kept[-1].kind == "head":
        kept.pop()
    return kept


def _is_lead(block: Block, title: str) -> bool:
    """Whether a short block above the first paragraph may be a line of the story."""
    if block.kind == "item" or block.linked or one_line(title) == block.text:
        return False
    return block.kind == "text" and (bool(_ENDED.search(block.text)) and block.words >= 3)


def rendered(every: Sequence[Block]) -> str:
    """The blocks as an article's text: items and rows a line each, paragraphs apart."""
    parts: list[str] = []
    together = ""
    for block in every:
        kind = block.kind
        text = (
            f"• {block.text}" if kind == "item" and not block.text.startswith("•") else block.text
        )
        if kind == "row" or kind == "item":
            parts.append("\n" if together in ("row", "item") else "\n\n")
        else:
            parts.append("\n\n")
        parts.append(text)
        together = kind
    return "".join(parts).strip()


def shared(one: str, other: str) -> int:
    """How many words two texts have in common, each as often as both have it."""
    return (Counter(_WORD.findall(one)) & Counter(_WORD.findall(other))).total()


def count(text: str) -> int:
    """How many words a text has."""
    return len(_WORD.findall(text))


def within(part: Any, every: Sequence[Block]) -> list[Block]:
    """Those of the blocks that stand in a part."""
    inside = set(part.iter())
    return [block for block in every if block.element in inside]
