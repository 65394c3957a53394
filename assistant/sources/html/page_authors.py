"""Who wrote a page's article: persons and agencies, without the day behind them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from assistant.sources.cleaning.clean_text import one_line
from assistant.sources.html.page_data import PageData

_METAS = (
    "author article:author parsely-author sailthru.author dc.creator dcterms.creator byl "
    "cxenseparse:author citation_author"
).split()
_LED = re.compile(
    r"^(?:(?:written|reported|posted|published|story|text|words|reporting)\s+)?"
    r"(?:by|von|vom|par|por|di|da|door|av|af|przez|автор|yazan|text|texte|texto|testo)\b\s*:?\s+"
    r"|^автор:?\s+",
    re.I,
)
_CUT = re.compile(
    r"\s+(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)\w*\.?\s+\d.*|\s+\d.*"
    r"|\s+(?:in|for|aus)\s.*|\s*[|•·\n\t]\s*|\s+[–—-]\s+|\s{2,}|\s*[(\[].*|\s*(?:,\s*)?\b(?:published|posted|updated"
    r"|last "
    r"updated|veröffentlicht|aktualisiert|publié|mis à jour|publicado|actualizado|share)\b.*",
    re.I,
)
_BETWEEN = re.compile(
    r"\s*;\s*|\s*,\s*(?:and\s+|und\s+|et\s+|y\s+|e\s+|en\s+|och\s+|i\s+)?|\s+(?:and|und|et|&|och"
    r"|og)\s+"
    r"|(?<=\w)\s+(?:y|en)\s+(?=[A-ZÁÉÍÓÚ])",
    re.I,
)
# What follows a name in a byline and is none: a day, an hour, a job, an address.
_NO_NAME = re.compile(
    r"\d|@|https?:|www\.|^(?:january|february|march|april|may|june|july|august|september|october"
    r"|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|januar|februar"
    r"|märz"
    r"|mai|juni|juli|oktober|dezember|janvier|février|mars|avril|juin|juillet|août|septembre"
    r"|octobre"
    r"|novembre|décembre|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre"
    r"|noviembre|diciembre|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)$"
    r"|\b(?:am|pm|uhr|minutes?|min read|read|ago|staff|correspondent|reporter|editor|writer"
    r"|redakteurin?"
    r"|korrespondentin?|share|admin|comments?|follow|subscribe)\b",
    re.I,
)
_STAFF = re.compile(
    r"^(?:[\w' -]{0,40} )?(?:staff|editors?|desk|bureau|newsroom|redaktion)(?: \w+)?$", re.I
)
_MOST_WORDS = 6
_LONGEST = 80
_MOST = 20


def read(tree: Any, data: PageData, *, guessed: str = "", title: str = "") -> str:
    """The authors in one line; `guessed` is what a library makes of the page."""
    for names in _places(tree, data, guessed):
        found = list(dict.fromkeys(name for name in names if name and name != title))
        if found:
            return ", ".join(found[:_MOST])
    return ""


def _places(tree: Any, data: PageData, guessed: str) -> Iterator[list[str]]:
    """The names in each place that tells them, the surest first."""
    yield _names(data.authors)
    yield _names(_metas(tree))
    yield _names(_texts(tree, "//*[contains(@itemprop, 'author')]//*[@itemprop='name']"))
    yield _names(_texts(tree, "//a[contains(@rel, 'author')]"))
    yield _names(_texts(tree, "//*[contains(@itemprop, 'author')]"))
    named = "contains(@class, '{0}') or contains(@id, '{0}')"
    for name in ("byline", "byLine", "author"):
        yield _names(_texts(tree, f"//body//*[{named.format(name)}]")[:5])
    yield _names(_led_lines(tree))
    yield _names(guessed.split("; ")) if guessed else []


def _metas(tree: Any) -> list[str]:
    found = []
    for one in tree.xpath("//meta[@content and (@name or @property)]")[:1_000]:
        if str(one.get("name") or one.get("property")).lower() in _METAS:
            found.append(str(one.get("content"))[: _LONGEST * 3])
    return [one for one in found if not one.startswith(("http", "/", "@"))]


def _texts(tree: Any, path: str) -> list[str]:
    found = [one for one in tree.xpath(path)[:50] if not _is_aside(one)]
    return [str(one.get("content") or one.text_content())[: _LONGEST * 3] for one in found[:_MOST]]


def _is_aside(one: Any) -> bool:
    for above in one.iterancestors():
        if (
            above.tag in ("li", "nav", "footer", "aside")
            or "comment" in above.get("class", "")[:300]
        ):
            return True
    return False


def _led_lines(tree: Any) -> list[str]:
    """Short lines beginning with "By", in the first part of the page."""
    body = tree.find("body")
    for number, one in enumerate(
        body.iter("p", "div", "span", "address", "small", "td") if body is not None else ()
    ):
        if number > 300:
            break
        if not re.match(r"\s*(?:By|BY|Von|VON|Par|Por|Di)\s", (one.text or "")[:40]):
            continue
        line = one_line(one.text_content()[: _LONGEST * 3])
        if len(line) <= _LONGEST * 2 and not line.endswith("."):
            return [line]
    return []


def _names(lines: Iterable[str]) -> list[str]:
    """The names that lines print, each cleaned of what is none."""
    found: list[str] = []
    for line in lines:
        plain = _LED.sub("", line.replace("\xa0", " ").strip())
        plain = _CUT.split(plain, maxsplit=1)[0]
        for part in _BETWEEN.split(plain):
            name = one_line(_LED.sub("", part or "")).strip(" .,:;")
            if not _is_name(name):
                if found:
                    break  # behind the names come the day and the job
                continue
            found.append(name)
    return found


def _is_name(name: str) -> bool:
    if not 2 <= len(name) <= _LONGEST or len(name.split()) > _MOST_WORDS:
        return False
    if _STAFF.fullmatch(name) and not re.search(r"\d", name):
        return name.lower() not in ("staff", "editor", "editors", "desk")
    return not _NO_NAME.search(name) and any(letter.isalpha() for letter in name)
