"""From what an export says of an article to the article, whose text may be in a file beside."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from assistant.errors import BadArticle
from assistant.records import Article
from assistant.sources.build_article import Found, Skipped, article, first_words, without_title
from assistant.sources.cleaning.clean_text import clean, one_line
from assistant.sources.exports.told import Told
from assistant.sources.files import html_fields
from assistant.sources.metadata import understood

# Reads a file beside the export, by its path from there; None when there is no such file.
Beside = Callable[[str], Found | None]


# Kinds of files that may name others beside them: read before these.
_EXPORTS = (".json", ".xml", ".ris", ".bib")


def is_export(name: str) -> bool:
    """Is this a kind of file that may name others beside it?"""
    return name.lower().endswith(_EXPORTS)


def nothing_beside(path: str) -> None:
    """Of an export that came alone."""


def beside_on_disk(
    folder: str, read_file: Callable[[str], Iterator[Found]], taken: set[str] | None, path: str
) -> Found | None:
    """The first article of a file that an export in `folder` names; `taken` remembers it.

    Only a file within that folder is opened, whatever the name.
    """
    top = os.path.realpath(folder or ".")
    try:
        found = os.path.realpath(os.path.join(top, path.replace("\\", "/")))
        is_inside = os.path.commonpath([top, found]) == top
    except ValueError:
        return None
    if not is_inside or not os.path.isfile(found) or is_export(found):
        return None
    if taken is not None:
        taken.add(found)
    return next(read_file(found), None)


@dataclass(slots=True)
class Addresses:
    """Entries that hold a page's address and no text, so that one line tells of them all."""

    count: int = 0
    example: str = ""
    left_out: dict[str, int] = field(default_factory=dict)

    def note(self, told: Told) -> bool:
        """Count this entry when it is to be told in the one line."""
        if told.left_out:
            self.left_out[told.left_out] = self.left_out.get(told.left_out, 0) + 1
        elif not told.text.strip() and not told.attached and told.url:
            self.count += 1
            self.example = self.example or told.url
        else:
            return False
        return True

    def lines(self, where: str) -> Iterator[Skipped]:
        """What is told of the entries that were counted."""
        for reason, count in self.left_out.items():
            entries = "1 entry is" if count == 1 else f"{count:,} entries are"
            yield Skipped(where, f"{entries} left out: {reason}")
        if self.count:
            yield Skipped(where, only_addresses(self.count, self.example))


def only_addresses(count: int, example: str) -> str:
    """The reason why entries without texts are no articles, with what to do."""
    entries = "1 entry holds an address" if count == 1 else f"{count:,} entries hold addresses"
    return (
        f"{entries} only, no text: add the pages with python -m assistant.index add "
        f"{one_line(example)[:200]}{' ...' if count > 1 else ''}"
    )


def read(entries: Iterable[tuple[str, Told]], where: str, beside: Beside) -> Iterator[Found]:
    """Yield each entry's place and article, or why it is none; at the end what holds no text."""
    addresses = Addresses()
    for place, told in entries:
        if not addresses.note(told):
            try:
                yield place, build(told, place, beside)
            except BadArticle as error:
                yield Skipped(place, str(error))
    yield from addresses.lines(where)


def build(told: Told, where: str, beside: Beside = nothing_beside) -> Article:
    """The article that an export's entry is; raises `BadArticle`."""
    attached = _attached(told, beside)
    text = attached.text if attached else clean(html_fields.words(told.text), where=where).text
    if not text:
        raise BadArticle("no text in this entry: is the text kept elsewhere?")
    of = attached.source if attached else None
    title = html_fields.title(told.title) or (of.title if of else "") or first_words(text)
    return article(
        id=told.id,
        title=title,
        text=without_title(text, title),
        publisher=html_fields.title(told.publisher) or (of.publisher if of else ""),
        author=html_fields.title(told.author) or (of.author if of else ""),
        url=told.url or (of.url if of else ""),
        published=told.published or (of.published if of else None),
        updated=told.updated if told.updated != told.published else None,
        fetched=understood(told.fetched) if told.fetched else None,
        tags=told.tags,
        where=where,
    )


def _attached(told: Told, beside: Beside) -> Article | None:
    """The article in the first file beside the export that is one."""
    for path in told.attached:
        found = beside(path)
        if isinstance(found, tuple):
            return found[1]
    if told.attached and not told.text.strip():
        raise BadArticle(f"its text is not beside the export: {one_line(told.attached[0])[:200]}")
    return None
