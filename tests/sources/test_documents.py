"""PDF, Word, EPUB and e-mail: what a reader would see of them becomes articles."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from assistant.records import Article
from assistant.sources.build_article import Skipped
from assistant.sources.files import pdf_pages
from assistant.sources.files.read_files import read
from tests.support import making
from tests.support.making import SECOND, STORY

MOST = 5_000_000


def found(path: Path, content: bytes | str) -> list[Article]:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    articles = []
    for each in read(path, most_bytes=MOST):
        assert not isinstance(each, Skipped), each
        articles.append(each[1])
    return articles


def reason(path: Path, content: bytes, *, most_bytes: int = MOST) -> str:
    path.write_bytes(content)
    [skipped] = read(path, most_bytes=most_bytes)
    assert isinstance(skipped, Skipped), skipped
    return skipped.reason


def test_a_pdf_is_read_in_paragraphs_over_its_pages(tmp_path: Path) -> None:
    first = [
        "Bridge shut",
        "",
        "The council of Arden voted on Monday to close the old bridge to lor-",
        "ries until the spring comes, and said that well-",
        "known firms had been told of it in good time before the winter went",
    ]
    second = ["by. Ilse Tamm called it right.", "Nobody asked the ferrymen.", "They were at sea."]

    [article] = found(tmp_path / "a.pdf", making.pdf([first, second]))

    assert article.source.title == "Bridge shut"
    assert article.text == (
        "The council of Arden voted on Monday to close the old bridge to lorries until the spring "
        "comes, and said that well-known firms had been told of it in good time before the winter "
        "went by. Ilse Tamm called it right.\n\nNobody asked the ferrymen.\n\nThey were at sea."
    )


def test_heads_feet_and_numbers_of_pages_are_dropped_and_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "assistant.sources")
    pages = [
        ["HARBOUR WIRE", f"Witness {n} spoke of the dark lamps on the mole.", f"Page {n} of 4"]
        for n in ("one", "two", "three", "four")
    ]
    for number, page in enumerate(pages, 1):
        page[-1] = f"Page {number} of 4"

    [article] = found(tmp_path / "a.pdf", making.pdf(pages))

    assert "HARBOUR" not in article.text
    assert "of 4" not in article.text
    assert "Witness four" in article.text
    assert "dropped 'Page 2 of 4' from" in caplog.text


def test_what_short_pages_repeat_is_no_head(tmp_path: Path) -> None:
    pages = [["The lamps of Arden were dark.", f"Nobody lit lamp {n}."] for n in range(4)]

    [article] = found(tmp_path / "a.pdf", making.pdf(pages))

    assert article.text.count("The lamps of Arden") == 4


def test_a_pdf_says_its_title_author_and_day_itself(tmp_path: Path) -> None:
    info = "/Title (The lamps of Arden) /Author (Ilse Tamm) /CreationDate (D:20220308103000Z)"

    [article] = found(tmp_path / "a.pdf", making.pdf([[STORY[:90]]], info=info))

    told = article.source
    assert (told.title, told.author) == ("The lamps of Arden", "Ilse Tamm")
    assert told.published == datetime(2022, 3, 8, 10, 30, tzinfo=UTC)


@pytest.mark.parametrize("title", ["Microsoft Word - x.docx", "untitled", "lamps_v2.indd", "(1)"])
def test_a_programs_filler_is_no_title(tmp_path: Path, title: str) -> None:
    info = f"/Title ({title}) /Author (admin) /CreationDate (D:29990101)"
    made = making.pdf([["Lamps dark", "", "The lamps on the mole were dark."]], info=info)

    [article] = found(tmp_path / "a.pdf", made)

    told = article.source
    assert (told.title, told.author, told.published) == ("Lamps dark", "", None)


def test_a_locked_pdf_says_so(tmp_path: Path) -> None:
    import io

    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(making.pdf([[STORY[:90]]]))))
    writer.encrypt("secret", algorithm="AES-256")
    made = io.BytesIO()
    writer.write(made)

    assert reason(tmp_path / "a.pdf", made.getvalue()).startswith("needs a password")


def test_a_pdf_of_pictures_says_so(tmp_path: Path) -> None:
    assert reason(tmp_path / "a.pdf", making.pdf([[], []])).startswith("no text in this PDF")


@pytest.mark.parametrize("damage", [b"%PDF-1.7\n", b"no pdf", making.pdf([[STORY[:90]]])[:300]])
def test_a_damaged_pdf_is_one_line(tmp_path: Path, damage: bytes) -> None:
    assert "\n" not in reason(tmp_path / "a.pdf", damage)


def test_a_pdf_that_unpacks_to_hundreds_of_megabytes_is_left(tmp_path: Path) -> None:
    bomb = making.bomb_pdf()

    assert len(bomb) < 1_000_000
    assert "unpacks to more" in reason(tmp_path / "a.pdf", bomb)


def test_a_pdf_that_takes_too_long_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf_pages, "SECONDS", 1)
    slow = making.pdf([["water" for _ in range(200_000)]])

    assert reason(tmp_path / "a.pdf", slow).startswith("takes too long to read")


def test_a_word_document_is_read_with_its_tables_and_insertions(tmp_path: Path) -> None:
    import io

    from docx import Document
    from docx.oxml import parse_xml

    document = Document(io.BytesIO(making.docx("Bridge shut", [STORY], author="Ilse Tamm")))
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    document.paragraphs[-1]._p.append(
        parse_xml(f'<w:ins xmlns:w="{space}"><w:r><w:t>It rained.</w:t></w:r></w:ins>')
    )
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Lorries", "none"
    made = io.BytesIO()
    document.save(made)

    [article] = found(tmp_path / "a.docx", made.getvalue())

    assert (article.source.title, article.source.author) == ("Bridge shut", "Ilse Tamm")
    assert article.text == f"{STORY}It rained.\n\nLorries | none"


def test_a_document_without_a_title_of_its_own_has_the_noted_one(tmp_path: Path) -> None:
    [noted] = found(tmp_path / "a.docx", making.docx("", [STORY], noted="Lamps of Arden"))
    [bare] = found(tmp_path / "a.docx", making.docx("", [STORY], noted="Document1"))

    assert noted.source.title == "Lamps of Arden"
    assert bare.source.title.startswith("The council of Arden")


def test_a_book_is_an_article_a_chapter(tmp_path: Path) -> None:
    book = making.epub({"The bridge": STORY, "The lamps": SECOND})

    first, second = found(tmp_path / "a.epub", book)

    told = second.source
    assert (told.title, told.publisher, told.author) == (
        "The lamps",
        "The Year in Arden",
        "Ilse Tamm",
    )
    assert told.id == "urn:isbn:9780000000002#OEBPS/text/ch2.xhtml"
    assert told.published == datetime(2022, 3, 8, tzinfo=UTC)
    assert (first.text, second.text) == (STORY, SECOND)


def test_a_protected_book_says_so(tmp_path: Path) -> None:
    locked = (
        '<encryption><CipherReference URI="OEBPS/text/ch1.xhtml"/></encryption>'  # as DRM lists it
    )
    book = making.epub({"The bridge": STORY}, **{"META-INF/encryption.xml": locked})

    assert reason(tmp_path / "a.epub", book).startswith("protected against copying")


def test_a_book_that_asks_for_a_file_of_the_machine_does_not_get_it(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the password is swordfish")
    asks = f'<!DOCTYPE package [<!ENTITY x SYSTEM "file://{secret}">]>'
    book = making.epub({"The bridge": f"{STORY}&x;"}, title="Arden &x;", doctype=asks)

    [article] = found(tmp_path / "a.epub", book)

    assert article.source.publisher.startswith("Arden")
    assert "swordfish" not in f"{article}"


def test_half_a_character_in_a_book_is_damage(tmp_path: Path) -> None:
    path = tmp_path / "a.epub"
    path.write_bytes(making.epub({"The bridge": STORY}, title="Arden &#xd800;"))
    (found,) = read(path, most_bytes=100_000)
    assert isinstance(found, Skipped)
    assert "damaged" in found.reason


def test_a_newsletter_has_its_sender_as_outlet(tmp_path: Path) -> None:
    letter = making.letter(plain=STORY, html=making.page_of(STORY))

    [article] = found(tmp_path / "a.eml", letter.as_bytes())

    told = article.source
    assert (told.id, told.title) == ("week10@wire.example", "The week in Arden")
    assert told.publisher == "Harbour Wire"
    assert told.published == datetime(2022, 3, 8, 7, 30, tzinfo=timezone(timedelta(hours=1)))
    assert STORY in article.text
    assert SECOND in article.text


def test_a_letter_laid_out_in_tables_keeps_all_its_words(tmp_path: Path) -> None:
    html = f"<table><tr><td>{STORY}</td></tr><tr><td>{'Nobody asked. ' * 20}</td></tr></table>"

    [article] = found(tmp_path / "a.eml", making.letter(html=html).as_bytes())

    assert STORY in article.text
    assert "Nobody asked." in article.text


def test_a_plain_letter_is_read_and_its_attachment_is_not(tmp_path: Path) -> None:
    letter = making.letter(plain=STORY)
    letter.add_attachment("the password is swordfish", filename="notes.txt")

    [article] = found(tmp_path / "a.eml", letter.as_bytes())

    assert article.text == STORY


def test_a_letter_with_more_text_than_an_article_may_have_is_left(tmp_path: Path) -> None:
    raw = making.letter(plain=STORY * 20).as_bytes()

    assert "more than the 0.0 MB" in reason(tmp_path / "a.eml", raw, most_bytes=1_000)


def test_a_letter_with_a_wrong_encoding_is_read(tmp_path: Path) -> None:
    body = "Tõnu said: “late”.".encode("cp1257")
    raw = b"Subject: Lamps\nFrom: x@y.example\nContent-Type: text/plain; charset=utf-8\n\n" + body

    [article] = found(tmp_path / "a.eml", raw)

    assert "late" in article.text
    assert article.source.publisher == "x@y.example"


@pytest.mark.parametrize(
    "raw",
    [
        b"Subject: x\n" * 3 + b"Content-Type: " + b"(x;=?utf-8?q?a?= " * 50_000 + b"\n\n",
        b"no letter at all",
        b"Subject: x\nContent-Type: text/plain; charset=punycode\n\n" + b"\xff\0b-" * 300_000,
        b"".join(
            b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(300)
        ),
    ],
)
def test_a_hostile_letter_is_one_line_and_soon(tmp_path: Path, raw: bytes) -> None:
    assert "\n" not in reason(tmp_path / "a.eml", raw)


@pytest.mark.parametrize(
    ("name", "library", "told"),
    [
        ("a.pdf", "pypdf", "needs pypdf: pip install 'newsroom-assistant[pdf]'"),
        ("a.docx", "docx", "needs python-docx: pip install 'newsroom-assistant[docx]'"),
        ("a.warc", "warcio", "needs warcio: pip install 'newsroom-assistant[warc]'"),
    ],
)
def test_a_missing_extra_is_told_and_the_rest_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, library: str, told: str
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    (tmp_path / name).write_bytes(b"anything")
    (tmp_path / "b.txt").write_text(STORY)

    skipped, (_, article) = read(tmp_path, most_bytes=MOST)  # type: ignore[misc]

    assert skipped.reason == told
    assert article.text == STORY
