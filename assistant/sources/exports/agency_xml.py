"""From an agency's article in XML (NITF, NewsML 1, NewsML-G2) to what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from assistant.sources.exports.told import Told, is_address, line
from assistant.sources.exports.xml_words import anywhere, at, attribute, inside, paragraphs, words
from assistant.sources.safe_xml import name

_BASIC = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?)?(Z|[+-]\d\d:?\d\d)?")
_WITHDRAWN = ("canceled", "cancelled", "withheld", "withdrawn", "embargoed")
_BY = re.compile(r"\A(?:by|von|par|por|di|door)\s+", re.I)


def nitf(root: Any) -> Iterator[Told]:
    """Yield what an article in NITF says."""
    head = next(inside(root, "head"), root)
    body = next(inside(root, "body"), root)
    facts = next(inside(head, "docdata"), head)
    published = next(anywhere(facts, "date.issue", "date.release"), None)
    story = next(anywhere(body, "story.date"), None)
    publication = next(inside(head, "pubdata"), None)
    holder = next(anywhere(facts, "doc.copyright"), None)
    id = next(anywhere(facts, "doc-id"), None)
    url = _of(publication, "ex-ref")
    bylines = (_person(each) for each in anywhere(body, "byline"))
    yield Told(
        text="\n\n".join(paragraphs(each) for each in inside(body, "body.content")),
        title=at(body, "body.head/hedline/hl1", "body.head/headline/hl1") or at(head, "title"),
        id=_of(id, "id-string"),
        publisher=_of(publication, "name")
        or _of(holder, "holder")
        or at(body, "body.head/distributor"),
        author=line(bylines),
        url=url if is_address(url) else "",
        published=day(
            _of(published, "norm") or _of(story, "norm") or _of(publication, "date.publication")
        ),
        tags=tuple(
            dict.fromkeys(
                found for each in anywhere(head, "keyword") if (found := attribute(each, "key"))
            )
        ),
    )


def newsml_g2(root: Any) -> Iterator[Told]:
    """Yield what each news item of a message, or the one that the document is, says."""
    for item in [root] if name(root) == "newsitem" else anywhere(root, "newsitem"):
        about = next(inside(item, "contentmeta"), item)
        meta = next(inside(item, "itemmeta"), item)
        status = next((attribute(each, "qcode") for each in inside(meta, "pubstatus")), "")
        url = at(item, "link/remotecontent") or _of(next(inside(meta, "link"), None), "href")
        people = [_name(each) for each in inside(about, "creator")]
        yield Told(
            text="\n\n".join(filter(None, map(_content, inside(item, "contentset")))),
            title=at(about, "headline") or at(meta, "title"),
            id=attribute(item, "guid"),
            publisher=_provider(item, meta, about),
            author=_unsigned(at(about, "by")) or line(people),
            url=url if is_address(url) else "",
            published=day(
                at(about, "contentcreated") or at(meta, "firstcreated", "versioncreated")
            ),
            updated=day(at(about, "contentmodified") or at(meta, "versioncreated")),
            tags=tuple(dict.fromkeys(filter(None, _subjects(about)))),
            left_out=_withdrawn(status.rpartition(":")[2]),
        )


def newsml_1(root: Any) -> Iterator[Told]:
    """Yield what each news item of a NewsML 1 document says."""
    for item in inside(root, "newsitem"):
        management = next(inside(item, "newsmanagement"), item)
        status = next((attribute(each, "FormalName") for each in inside(management, "status")), "")
        headline = next(anywhere(item, "headline"), None)
        by = (_person(each) for each in anywhere(item, "byline"))
        contents = [_data(each) for each in anywhere(item, "datacontent")]
        parties = [each for of in anywhere(item, "source", "provider") for each in of]
        named = (attribute(each, "FormalName") or words(each) for each in parties)
        yield Told(
            text=max(contents, key=len, default=""),
            title=words(headline),
            id=at(item, "identification/newsidentifier/publicidentifier"),
            publisher=next(filter(None, named), "")
            or words(next(anywhere(item, "creditline"), None)),
            author=line(by),
            published=day(at(management, "firstcreated", "thisrevisioncreated")),
            updated=day(at(management, "thisrevisioncreated")),
            tags=tuple(dict.fromkeys(filter(None, map(words, anywhere(item, "keywordline"))))),
            left_out=_withdrawn(status),
        )


def day(written: str) -> str:
    """ISO 8601 of "20260310T080000Z"; other days as they are written."""
    found = _BASIC.fullmatch(written.strip())
    if not found:
        return written.strip()
    date = f"{found[1]}-{found[2]}-{found[3]}"
    return f"{date}T{found[4]}:{found[5]}:{found[6] or '00'}{found[7] or ''}" if found[4] else date


def _content(content: Any) -> str:
    """The words of an item's content; a page or NITF within begins at its body."""
    texts = []
    for each in inside(content, "inlinexml"):
        bodies = list(anywhere(each, "body.content")) or list(anywhere(each, "body"))
        texts += [paragraphs(body) for body in bodies or [each]]
    texts += ["".join(map(str, each.itertext())) for each in inside(content, "inlinedata")]
    return max(texts, key=len, default="").strip()


def _data(content: Any) -> str:
    bodies = list(anywhere(content, "body.content")) or list(anywhere(content, "body"))
    has_elements = len(content) > 0
    whole = paragraphs(bodies[0] if bodies else content)
    return whole if has_elements else "".join(map(str, content.itertext())).strip()


def _provider(item: Any, meta: Any, about: Any) -> str:
    holder = at(item, "rightsinfo/copyrightholder/name")
    given = next(inside(meta, "provider"), None)
    named = at(meta, "provider/name") or _of(given, "literal")
    return named or at(about, "infosource/name") or holder or at(about, "creditline")


def _subjects(about: Any) -> Iterator[str]:
    for each in about:
        if name(each) == "keyword":
            yield words(each)
        elif name(each) == "subject":
            yield _name(each)


def _name(element: Any) -> str:
    return at(element, "name") or _of(element, "literal")


def _person(byline: Any) -> str:
    return _unsigned(words(next(anywhere(byline, "person"), byline)))


def _unsigned(byline: str) -> str:
    """A byline without "By"."""
    return _BY.sub("", byline)


def _withdrawn(status: str) -> str:
    known = status.strip().casefold()
    return f"withdrawn by its agency ({known})" if known in _WITHDRAWN else ""


def _of(element: Any, key: str) -> str:
    return attribute(element, key) if element is not None else ""
