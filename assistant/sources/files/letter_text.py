"""From a letter's HTML or plain words to its paragraphs, without preheader and footer.

Headings of HTML are marked (`HEADING`), so that `letter_stories` can tell stories apart.
"""

from __future__ import annotations

import logging
import re
from typing import Any

from assistant.errors import BadArticle
from assistant.sources.character_encoding import decode_page
from assistant.sources.files import html_text

logger = logging.getLogger("assistant.sources")

HEADING = "\ue000"  # before a heading, with the number of its level; of no script
LINKED = "\ue001"  # ... that is a link
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|max-height\s*:\s*0"
    r"|opacity\s*:\s*0(?![.\d]*[1-9])|font-size\s*:\s*[01](?:px|pt)?\s*(?:;|\Z)",
    re.I,
)
_BLOCKS = "p div h1 h2 h3 h4 table ul ol blockquote".split()
_TABLE = frozenset("table tbody thead tfoot tr td th".split())
_LEVELS = ("h1", "h2", "h3")
# What pads a preheader, so that no word of the letter follows it in a list of letters.
_PADDING = re.compile("[\u034f\u200c\u200b\u2007\u00ad\ufeff\u00a0\u180e ]{6,}|[\u034f\u200c]+")
_LONG_PADDING = re.compile("(?:[\u034f\u200c\u200b\u2007\u00ad\ufeff\u180e][\u00a0 ]{0,2}){4,}")
_ONLINE = re.compile(
    r"(?:can't see|view|read|open|trouble|having|if you (?:can't|cannot)|see).{0,60}"
    r"(?:in (?:your|a|the) (?:web ?)?browser|on the web|online|on our website|in app)\b.{0,300}"
    r"|(?:im browser|online|web-?version) (?:ansehen|anzeigen|öffnen|lesen).{0,200}"
    r"|(?:falls|sollte|wenn) .{0,80}(?:nicht (?:richtig|korrekt)|browser).{0,200}"
    r"|(?:voir|lire|afficher|ouvrir).{0,60}(?:en ligne|navigateur).{0,200}"
    r"|(?:ver|leer|abrir).{0,60}(?:en (?:el|su|tu) navegador|en línea).{0,200}"
    r"|read in app|listen|share|forwarded this (?:email|message|letter)\?.{0,100}",
    re.I,
)
_FOOTER = re.compile(
    r".{0,200}\b(?:unsubscribe|opt out|abmelden|abbestellen|austragen|désabonner|désinscrire"
    r"|se désinscrire|darse de baja|cancelar (?:la )?suscripción|cancellati|annulla l'iscrizione"
    r"|disiscriviti|afmelden|uitschrijven|avsluta prenumeration|afmeld|avmeld|cancelar inscrição"
    r"|wypisz|отписаться|peruuta tilaus)\b.{0,200}"
    r"|(?:you(?:'re| are)?|this (?:e-?mail|letter|newsletter)).{0,30}"
    r"(?:receiv(?:e|ed|ing)|getting|was sent|is sent).{0,40}(?:this|because|to|as).{0,200}"
    r"|(?:sie|du) (?:erhalten|erhältst|bekommen|bekommst) (?:diese|diesen).{0,200}"
    r"|vous (?:recevez|avez reçu) ce.{0,200}|(?:recibe|has recibido|recibes) est[ea].{0,200}"
    r"|(?:manage|update|change) (?:your )?(?:e-?mail )?"
    r"(?:preferences|settings|profile|subscription).{0,100}"
    r"|(?:©|\(c\)|copyright)\s.{0,150}|all rights reserved.{0,60}"
    r"|(?:view|read) (?:our )?privacy policy.{0,60}"
    r"|(?:impressum|datenschutz|privacy policy)[ |·]*.{0,60}"
    r"|our (?:mailing|postal) address is:?.{0,100}|forward (?:this )?to a friend.{0,60}"
    r"|add us to your address book.{0,60}|sent (?:by|from|with|to) .{3,120}",
    re.I,
)
_FOOTER_LINES = 18
_LONGEST = 300  # characters of a line in a footer


def of_html(raw: bytes) -> str:
    """The words of a letter's HTML: hidden ones out, layout tables to paragraphs."""
    import lxml.html  # slow to import

    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        page = decode_page(raw).encode("utf-8", "replace")
        tree = lxml.html.document_fromstring(page, parser=parser)
    except (lxml.etree.LxmlError, ValueError) as error:
        raise BadArticle("no words found in this letter") from error
    _show(tree)
    _lay_out(tree)
    for level in _LEVELS:
        for heading in tree.iter(level):
            is_link = next(heading.iter("a"), None) is not None
            mark = f"{HEADING}{level[1]}{LINKED if is_link else ''}"
            heading.text = f"{mark}{heading.text or ''}"
    return html_text.words(lxml.etree.tostring(tree, encoding="utf-8", method="html"))[1]


def _show(tree: Any) -> None:
    """Take out what no reader sees; what follows it stays."""
    for element in [each for each in tree.iter() if _is_hidden(each)]:
        parent = element.getparent()
        if parent is None:
            continue
        before = element.getprevious()
        if element.tail and before is not None:
            before.tail = (before.tail or "") + element.tail
        elif element.tail:
            parent.text = (parent.text or "") + element.tail
        parent.remove(element)


def _is_hidden(element: Any) -> bool:
    if not isinstance(element.tag, str) or element.tag in ("html", "body"):
        return False
    return "hidden" in element.attrib or bool(_HIDDEN.search(element.get("style", "")[:2_000]))


def _lay_out(tree: Any) -> None:
    """Make tables that only lay out into blocks: those with paragraphs in them, or one column."""
    layout = [table for table in tree.iter("table") if _is_layout(table)]
    for table in layout:
        waiting = [table]
        while waiting:
            element = waiting.pop()
            if element.tag in _TABLE and (element is table or element.tag != "table"):
                element.tag = "div"
                waiting.extend(element)


def _is_layout(table: Any) -> bool:
    if table.get("role") == "presentation":
        return True
    rows = list(table.iter("tr"))
    if all(len(row) <= 1 for row in rows):
        return True
    cells = (cell for row in rows for cell in row)
    return any(child.tag in _BLOCKS for cell in cells for child in cell)


def tidied(text: str, where: str) -> str:
    """The words without a letter's preheader, its line of links and its footer."""
    lines = [line.strip() for line in text.split("\n")]
    shown = [number for number, line in enumerate(lines) if line]
    gone = {number for number in shown[:4] if _is_top(lines[number])}
    tail = shown[-_FOOTER_LINES:]
    for place, number in enumerate(tail):
        if _FOOTER.fullmatch(lines[number]) and all(
            len(lines[after]) <= _LONGEST and not lines[after].startswith(HEADING)
            for after in tail[place:]
        ):
            gone.update(tail[place:])
            break
    if len(gone) == len(shown):
        gone = set()
    for number in sorted(gone):
        logger.info("dropped %r from %s", _PADDING.sub(" ", lines[number]).strip(), where)
    kept = (line for number, line in enumerate(lines) if number not in gone)
    return "\n".join(_PADDING.sub(" ", line).strip() for line in kept)


def _is_top(line: str) -> bool:
    """A preheader, whose padding shows it, or a line that leads to the page."""
    return bool(_LONG_PADDING.search(line)) or bool(_ONLINE.fullmatch(line[:600]))
