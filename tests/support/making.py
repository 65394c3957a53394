"""Real files of each kind for the tests, made of our own words."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from email.message import EmailMessage

STORY = (
    "The council of Arden voted on Monday to close the old bridge to lorries until the spring "
    "comes. Ilse Tamm, who speaks for the harbour, called the decision late but right."
)
SECOND = (
    "Seven witnesses told the inquiry on Tuesday that the lamps on the northern mole had been "
    "dark since January. The harbour office said it would answer within a week."
)


def page_of(text: str, *, title: str = "Bridge shut", head: str = "") -> str:
    """An HTML page whose article is `text`, long enough to be seen as one."""
    words = f"<p>{text}</p><p>{SECOND}</p><p>{text}</p>"
    return (
        f"<html><head><title>{title}</title>{head}</head>"
        f"<body><article><h1>{title}</h1>{words}</article></body></html>"
    )


def pdf(pages: Sequence[Sequence[str]], *, info: str = "", objects: Sequence[str] = ()) -> bytes:
    """A PDF with these lines on its pages; `info` is the inside of its dictionary of facts."""
    bodies = ["<< /Type /Catalog /Pages 2 0 R >>", "", f"<< {info} >>"]
    bodies.append(
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    )
    kids = []
    for lines in pages:
        moves = "".join(f"({_escaped(line)}) Tj 0 -14 Td\n" for line in lines)
        drawn = f"BT /F1 11 Tf 50 780 Td\n{moves}ET"
        kids.append(f"{len(bodies) + 1} 0 R")
        bodies.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources "
            f"<< /Font << /F1 4 0 R >> >> /Contents {len(bodies) + 2} 0 R >>"
        )
        bodies.append(f"<< /Length {len(drawn.encode('cp1252'))} >>\nstream\n{drawn}\nendstream")
    bodies[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    return _assembled([body.encode("cp1252") for body in (*bodies, *objects)])


def _assembled(bodies: Iterable[bytes]) -> bytes:
    made, places = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    ending = f"trailer << /Size {len(places) + 1} /Root 1 0 R /Info 3 0 R >>"
    return (
        made
        + (
            f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}{ending}\n"
            f"startxref\n{len(made)}\n%%EOF\n"
        ).encode()
    )


def _escaped(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def bomb_pdf() -> bytes:
    """A PDF of some kilobytes whose one page unpacks to 200 MB of drawing."""
    packed = zlib.compress(b"BT /F1 9 Tf (water) Tj ET\n" * 8_000_000, 9)
    font = b"<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources %b >>" % font
    )
    drawn = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%b\nendstream" % (len(packed), packed)
    tree = b"<< /Type /Pages /Kids [5 0 R] /Count 1 >>"
    return _assembled([b"<< /Type /Catalog /Pages 2 0 R >>", tree, b"<< >>", drawn, page])


def packed(files: Mapping[str, str | bytes]) -> bytes:
    """A zip archive of these files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def docx(title: str, paragraphs: Iterable[str], *, noted: str = "", author: str = "") -> bytes:
    """A Word document, its title in the style for it where there is one."""
    from docx import Document

    document = Document()
    if title:
        document.add_heading(title, level=0)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.core_properties.title = noted
    document.core_properties.author = author
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def epub(
    chapters: Mapping[str, str], *, title: str = "The Year in Arden", doctype: str = "", **more: str
) -> bytes:
    """A book with these chapters, {title: text}; `more` are further files."""
    names = {title: f"ch{number}.xhtml" for number, title in enumerate(chapters, 1)}
    items = "".join(
        f'<item id="{name}" href="text/{name}" media-type="application/xhtml+xml"/>'
        for name in names.values()
    )
    spine = "".join(f'<itemref idref="{name}"/>' for name in names.values())
    links = "".join(
        f'<li><a href="text/{name}">{heading}</a></li>' for heading, name in names.items()
    )
    html = '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>'
    package = f"""{doctype}<package xmlns="http://www.idpf.org/2007/opf" unique-identifier="own">
        <metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
        <dc:identifier id="own">urn:isbn:9780000000002</dc:identifier>
        <dc:title>{title}</dc:title><dc:creator>Ilse Tamm</dc:creator>
        <dc:date>2022-03-08</dc:date></metadata>
        <manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml"
        properties="nav"/>{items}</manifest><spine>{spine}</spine></package>"""
    return packed(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:'
            'container"><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
            "OEBPS/book.opf": package,
            "OEBPS/nav.xhtml": f"{html}<nav><ol>{links}</ol></nav></body></html>",
            **{
                f"OEBPS/text/{names[each]}": f"{html}<h2>{each}</h2><p>{text}</p></body></html>"
                for each, text in chapters.items()
            },
            **more,
        }
    )


def letter(*, plain: str = "", html: str = "", **headers: str) -> EmailMessage:
    """A newsletter."""
    made = EmailMessage()
    made["Subject"] = "The week in Arden"
    made["From"] = "Harbour Wire <news@wire.example>"
    made["Date"] = "Tue, 08 Mar 2022 07:30:00 +0100"
    made["Message-ID"] = "<week10@wire.example>"
    for name, value in headers.items():
        del made[name]
        made[name] = value
    if plain:
        made.set_content(plain)
    if html and plain:
        made.add_alternative(html, subtype="html")
    elif html:
        made.set_content(html, subtype="html")
    return made


def warc(responses: Iterable[tuple[str, str, str, bytes]], *, packed: bool) -> bytes:
    """A web archive of (address, status, type, body), each asked for before it is answered."""
    made = b""
    for address, status, kind, body in responses:
        http = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + body
        for record, content in (("request", b"GET / HTTP/1.1\r\n\r\n"), ("response", http)):
            head = (
                f"WARC/1.0\r\nWARC-Type: {record}\r\nWARC-Target-URI: {address}\r\n"
                "WARC-Record-ID: <urn:uuid:0>\r\nWARC-Date: 2022-03-08T10:30:00Z\r\n"
                f"Content-Type: application/http; msgtype={record}\r\n"
                f"Content-Length: {len(content)}\r\n\r\n"
            )
            whole = head.encode() + content + b"\r\n\r\n"
            made += gzip.compress(whole) if packed else whole
    return made
