"""From a Word document (.docx) to an Article. The only file that knows python-docx."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from assistant.errors import BadArticle
from assistant.records import Article
from assistant.sources.build_article import article, headline_of, without_title
from assistant.sources.cleaning.clean_text import clean, one_line
from assistant.sources.files import bounded_unpacking
from assistant.sources.files.document_properties import sensible_author, sensible_title

_NOT_WORD = "cannot be read as a .docx: is it a Word document, whole and not damaged?"
_OLD_WORD = b"\xd0\xcf\x11\xe0"
_PICTURES = 20  # times an article's bytes: a document is mostly pictures
_PARTS = 5_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# A text box stands there twice, for old and new programs; what was moved away is not there.
_UNREAD = (
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    f"{_W}moveFrom",
    f"{_W}del",
)
_BREAKS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": " ", f"{_W}noBreakHyphen": "-"}


def read(file: IO[bytes], where: str, *, most_bytes: int) -> Article:
    """Return the article in a Word document; raises `BadArticle`."""
    bounded_unpacking.need("docx", "docx", "python-docx")
    _prove(file, most_bytes)
    import docx  # slow to import

    try:
        file.seek(0)
        document = docx.Document(file)
        paragraphs = list(_paragraphs(document))
        noted = document.core_properties
        title, author = noted.title or "", noted.author or ""
    except Exception as error:  # whatever a damaged document does to its reader
        raise BadArticle(_NOT_WORD) from error
    text = clean("\n".join(words for words, _ in paragraphs), where=where).text
    if not text:
        raise BadArticle("no text in this document: is it pictures?")
    title = _printed_title(paragraphs) or sensible_title(title)
    title, text = (title, without_title(text, title)) if title else headline_of(text)
    return article(title=title, text=text, author=sensible_author(author), where=where)


def _prove(file: IO[bytes], most_bytes: int) -> None:
    """Raise `BadArticle` for what would unpack to too much, or is no zip at all."""
    start = file.read(4)
    file.seek(0)
    if not start:
        raise BadArticle("empty file: it has no words")
    if start == _OLD_WORD:
        raise BadArticle("encrypted, or an old .doc: save it as .docx without a password")
    budget = bounded_unpacking.Budget(entries=_PARTS, most_bytes=_PICTURES * most_bytes)
    with bounded_unpacking.zipped(file) as archive:
        for entry in archive.infolist():
            if entry.filename.endswith((".xml", ".rels")) and entry.file_size > 4 * most_bytes:
                raise BadArticle("more text than an article may have (ASSISTANT_ARTICLE_BYTES)")
        bounded_unpacking.prove(archive, budget)


def _paragraphs(document: Any) -> Iterator[tuple[str, str]]:
    """Yield (words, style) of the paragraphs in order, a blank line after each, a row a line."""
    from docx.table import Table

    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in block._tbl.iter(f"{_W}tr"):
                cells = [one_line(_words(cell)) for cell in row.iter(f"{_W}tc")]
                yield " | ".join(cell for cell in cells if cell), ""
            yield "", ""
        else:
            style = block.style.name if block.style is not None else ""
            is_item = style.startswith("List")
            yield ("• " if is_item else "") + _words(block._p), style
            if not is_item:
                yield "", ""


def _words(element: Any) -> str:
    """The words under an element as they are shown, insertions and links included."""
    parts: list[str] = []
    waiting = [element]
    while waiting:
        each = waiting.pop()
        if each.tag == f"{_W}t":
            parts.append(each.text or "")
        elif each.tag in _BREAKS:
            parts.append(_BREAKS[each.tag])
        elif each.tag not in _UNREAD:
            # A paragraph within a cell or a text box is a line of its own.
            parts.append("\n" if each.tag == f"{_W}p" and each is not element else "")
            waiting.extend(reversed(each))
    return "".join(parts)


def _printed_title(paragraphs: list[tuple[str, str]]) -> str:
    """The paragraph in the style "Title", else a heading above everything else."""
    full = [(words, style) for words, style in paragraphs if words.strip()]
    titles = [words for words, style in full if style == "Title"]
    headings = [words for words, style in full[:1] if style.startswith("Heading")]
    return next((one_line(words) for words in (*titles, *headings) if one_line(words)), "")
