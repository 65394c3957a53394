"""From a page's HTML to a tree in order: without furniture, tables that only lay out as parts,
line breaks as paragraphs, quotations with their marks. No walk recurses, each looks once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import lxml.html

from assistant.sources.html import page_furniture

# Children of these tags are paragraphs of their own.
BLOCKS = frozenset(
    "p div section article blockquote h1 h2 h3 h4 h5 h6 ul ol dl li dt dd table tr figure hr aside "
    "header footer main pre center address details summary fieldset form nav body td th caption "
    "tbody thead tfoot".split()
)
_QUOTATION = '“”„«»"‘’「」『』'
# The marks that browsers put around <q>, by language; English ones elsewhere.
_MARKS = {
    **dict.fromkeys(("de", "cs", "sk", "sl", "bg", "is", "hr"), "„“"),
    **dict.fromkeys(("fr", "es", "it", "pt", "ru", "uk", "el", "no", "nb", "da"), "«»"),
    **dict.fromkeys(("pl", "nl", "ro", "hu"), "„”"),
    **dict.fromkeys(("ja", "zh"), "「」"),
    **dict.fromkeys(("sv", "fi"), "””"),
}
_DASH = "—–-―~"
_MOST_OF = 0.6  # of a page's words: a part that holds more is not furniture, whatever its name
_FEW_FORM_WORDS = 60
_LONGEST_CARD = 80  # words
_LONG_CELL = 25  # words on average in the cells of a table that only lays out
_COMMENTS = re.compile(
    r"(?:all )?(?:\(?\d+\)? )?(?:reader )?(?:comments?|kommentare?|commentaires?|comentarios?"
    r"|commenti"
    r"|reacties|responses|comentários)(?: \(?\d+\)?)?:?",
    re.I,
)
_BEFORE_COMMENTS = 30  # words of paragraphs: a heading above is a link to them
_COLON = re.compile(r"[:：]\s*$")


def parse(page: str) -> Any:
    """The tree of a page, None when it is none; raises what lxml raises."""
    parser = lxml.html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, default_doctype=False
    )
    tree = lxml.html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    return tree if len(tree) else None


def language(tree: Any) -> str:
    """The language a page declares, as "en-gb"; empty when it does not."""
    told = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    if not told:
        metas = tree.xpath("//meta[@property='og:locale' or @name='language']/@content")
        told = metas[0] if metas else ""
    return str(told)[:12].lower().replace("_", "-")


def tidy(tree: Any, kept: Sequence[Any] = ()) -> None:
    """Put the tree in order, in place; no card of another article is one of the `kept` parts."""
    body = tree.find("body")
    if body is None:
        return
    marks = _MARKS.get(language(tree)[:2], "“”")
    _drop_furniture(body)
    _drop_comments(body)
    _drop_cards(body, frozenset(kept))
    for quote in list(body.iter("q")):
        _mark(quote, marks)
    for quote in list(body.iter("blockquote")):
        _quote(quote, marks)
    for table in list(body.iter("table")):
        if _is_layout(table):
            _unlay(table)
    _split_breaks(body)


def _drop_furniture(body: Any) -> None:
    total = max(1, _count(body))
    dropped = [
        one
        for one in body.iter()
        if one is not body and isinstance(one.tag, str) and page_furniture.is_furniture(one)
    ]
    gone: set[Any] = set()
    for one in dropped:
        if one.getparent() in gone:
            gone.add(one)
            continue
        if one.tag not in ("script", "style", "noscript", "template") and _holds_story(one, total):
            continue
        gone.add(one)
    for one in gone:
        drop(one)
    for one in list(body.iter("figure", "form", "aside")):
        is_figure = (
            one.tag == "figure" and next(one.iter("table", "blockquote", "pre"), None) is None
        )
        is_form = one.tag == "form" and _count(one) < _FEW_FORM_WORDS
        if (is_figure or is_form) and _count(one) < _MOST_OF * total:
            drop(one)


def _holds_story(element: Any, total: int) -> bool:
    """Whether a part that is called furniture holds most of the words, or the story by its tag."""
    if element.tag == "footer" and next(element.iterancestors("blockquote"), None) is not None:
        return True
    if element.tag in ("figcaption", "nav", "button", "select", "textarea"):
        return element.tag == "figcaption" and _tells_figure(element)
    words = _count(element)
    if words < 20:
        return False
    if element.xpath(".//*[contains(@itemprop, 'articleBody')]"):
        return True
    if words > _MOST_OF * total:
        return True
    prose = (one for one in element.iter("p") if _count(one) >= 8)
    return next(element.iter("h1"), None) is not None and len(list(prose)) >= 3


def _tells_figure(element: Any) -> bool:
    parent = element.getparent()
    return parent is not None and next(parent.iter("table", "blockquote"), None) is not None


def _drop_comments(body: Any) -> None:
    """Take out what other people wrote: what stands under a heading "40 comments"."""
    seen = 0
    for one in body.iter("p", "div", "td", "h2", "h3", "h4", "h5", "h6"):
        if one.tag in ("p", "div", "td"):
            seen += len((one.text or "").split())
        elif seen >= _BEFORE_COMMENTS and _COMMENTS.fullmatch(one.text_content()[:60].strip()):
            while one.getprevious() is None and one.getparent() is not body:
                one = one.getparent()
            for below in [*one.itersiblings(), one]:
                drop(below)
            return


def _drop_cards(body: Any, kept: frozenset[Any]) -> None:
    """Take out cards of other articles: few words under a heading that is a link elsewhere."""
    for head in list(body.iter("h2", "h3", "h4", "h5", "h6")):
        link = next(head.iter("a"), None)
        link = next(head.iterancestors("a"), None) if link is None else link
        if link is None or not _is_elsewhere(link, head):
            continue
        card = link.getparent() if link in head.iterancestors() else head.getparent()
        if (
            card is None
            or card is body
            or any(one in kept for one in (card, *card.iterancestors()))
        ):
            continue
        others = [one for one in card.iter("h1", "h2", "h3", "h4", "h5", "h6") if one is not head]
        if not others and _count(card) <= _LONGEST_CARD:
            drop(card)


def _is_elsewhere(link: Any, head: Any) -> bool:
    """Whether all of a heading leads to another page, not to a place on this one."""
    href = link.get("href", "")
    is_here = href.startswith("#") and len(href) > 1
    return not is_here and len(link.text_content().split()) >= 0.8 * len(
        head.text_content().split()
    )


def _count(element: Any) -> int:
    """The words in an element, but for scripts and styles; counted in one pass."""
    count = len((element.text or "").split())
    for one in element.iterdescendants():
        if one.tag not in ("script", "style"):
            count += len((one.text or "").split())
        count += len((one.tail or "").split())
    return count


def words_of(element: Any) -> str:
    """The words of an element and its parts, a space between parts."""
    return " ".join(element.itertext())


def drop(element: Any) -> None:
    """Take an element out of its tree; the words behind it stay."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = f"{before.tail or ''} {element.tail}"
        else:
            parent.text = f"{parent.text or ''} {element.tail}"
    parent.remove(element)


def _mark(element: Any, marks: str) -> None:
    """Put quotation marks around the words of an inline quotation, as browsers show them."""
    words = element.text_content().strip()
    if words and words[0] not in _QUOTATION and words[-1] not in _QUOTATION:
        element.text = f"{marks[0]}{(element.text or '').lstrip()}"
        if len(element):
            element[-1].tail = f"{(element[-1].tail or '').rstrip()}{marks[1]}"
        else:
            element.text = f"{element.text.rstrip()}{marks[1]}"
    element.tag = "span"


def _quote(element: Any, marks: str) -> None:
    """Tell whose words a block quotation is: marks around it, and a dash before who said it.

    Only where it names its speaker, or a colon announces it: what is merely set apart stays bare.
    """
    cites = [one for one in element.iter("cite", "footer") if one.text_content().strip()]
    outer = [one for one in cites if one.tag == "footer"]
    cites = [one for one in cites if not any(above in outer for above in one.iterancestors())]
    after = element.getnext()
    if not cites and after is not None and after.tag in ("cite", "figcaption"):
        cites = [after]
    for cite in cites:
        if cite.tag == "cite" and cite.getparent().tag == "p" and len(cites) == 1:
            words = (cite.getparent().text or "").strip()
            if words and words[-1:] not in _DASH:
                cites = [] if (cite.tail or "").strip() else cites
    before = element.getprevious()
    announced = before is not None and bool(_COLON.search(before.text_content()[-20:]))
    for cite in cites:
        cite.tag = "p"
        said = (cite.text or "").lstrip()
        cite.text = said if said[:1] in _DASH and said else f"— {said}"
    if not (cites or announced):
        return
    inner = [one for one in element.iter("p") if one not in cites and one.text_content().strip()]
    for number, one in enumerate(inner or [element]):
        _enclose(one, marks, last=number == len(inner or [1]) - 1, cites=cites)


def _enclose(element: Any, marks: str, *, last: bool, cites: list[Any]) -> None:
    inside = [one for one in element if one not in cites]
    words = " ".join([(element.text or ""), *(one.text_content() for one in inside)]).strip()
    if not words or words[0] in _QUOTATION:
        return
    element.text = f"{marks[0]}{(element.text or '').lstrip()}"
    if not last:
        return
    if inside:
        inside[-1].tail = f"{(inside[-1].tail or '').rstrip()}{marks[1]}"
    else:
        element.text = f"{element.text.rstrip()}{marks[1]}"


def _is_layout(table: Any) -> bool:
    """Whether a table only lays out: tables or paragraphs within, one cell, or long cells."""
    if table.get("role") == "presentation":
        return True
    inner = next(table.iterdescendants("table"), None)
    heads = next(table.iter("th", "thead", "caption"), None)
    if inner is not None and not (heads is not None and inner.getparent() is None):
        return True
    if heads is not None:
        return False
    rows = [[one for one in row if one.tag == "td"] for row in table.iter("tr")]
    cells = [cell for row in rows for cell in row]
    if len(rows) < 2 or max(map(len, rows), default=0) < 2:
        return True
    if next(table.iterdescendants("h1", "h2", "ul", "ol", "article", "div"), None) is not None:
        return True
    return _count(table) > _LONG_CELL * max(1, len(cells))


def _unlay(table: Any) -> None:
    waiting = list(table)
    table.tag = "div"
    while waiting:
        one = waiting.pop()
        if one.tag in ("tbody", "thead", "tfoot", "tr", "td", "th", "caption"):
            if one.tag in ("tbody", "tr", "thead", "tfoot"):
                waiting.extend(one)
            one.tag = "div"


def _split_breaks(body: Any) -> None:
    """Two line breaks in a row end a paragraph: one becomes an empty part between."""
    for one in list(body.iter("br")):
        following = one.getnext()
        if following is not None and following.tag == "br" and not (one.tail or "").strip():
            one.tag = "hr"
