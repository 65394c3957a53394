"""Exports of press databases: documents apart, their fields known."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.records import Article
from assistant.sources.build_article import Skipped
from assistant.sources.files.read_files import read
from tests.support.effort import MANY, processor_seconds

FIRST = "The council of Arden voted on Monday to close the old bridge to lorries until spring."
LAST = "“The decision is late but right,” said Ilse Tamm, who speaks for the harbour."
CLASSIC = f"""
1 of 2 DOCUMENTS

Arden Herald

March 9, 2026 Monday
Late Edition

Bridge shut to lorries

BYLINE: Ida Holm

SECTION: NEWS; Pg. 3

LENGTH: 61 words

{FIRST}

{LAST}

LOAD-DATE: March 10, 2026

LANGUAGE: ENGLISH

SUBJECT: BRIDGES (90%); ROADS (78%)

PUBLICATION-TYPE: Newspaper

Copyright 2026 Arden Herald
All Rights Reserved


2 of 2 DOCUMENTS

Arden Herald

March 10, 2026 Tuesday

Lamps dark on the mole

BYLINE: Bo Lund

LENGTH: 30 words

{LAST}

LOAD-DATE: March 11, 2026
"""
UNI = f"""
Bridge shut to lorries

Arden Herald
March 9, 2026 Monday

Copyright 2026 Arden Herald All Rights Reserved

Section: NEWS; Pg. 3

Length: 61 words

Byline: Ida Holm

Body

{FIRST}

{LAST}

Classification

Language: ENGLISH

Load-Date: March 10, 2026

End of Document
"""
CODED = f"""
HD  Bridge shut to lorries
BY  Ida Holm
WC  61 words
PD  9 March 2026
SN  Arden Herald
SC  ARDHER
LA  English
CY  (c) 2026 Arden Herald
LP
{FIRST}

TD
{LAST}

CO  ardhar : Arden Harbour
AN
Document ARDHER0020260309em3a00001
"""
UNCODED = f"""
Bridge shut to lorries
Ida Holm
61 words
9 March 2026
Arden Herald
ARDHER
3
English
(c) 2026 Arden Herald

{FIRST}

{LAST}

Document ARDHER0020260309em3a00001
"""
RULED = f"""
____________________________________________________________

Document 1 of 1

Bridge shut to lorries

Author: Ida Holm

Publication info: Arden Herald ; Arden [Arden]. 9 Mar 2026: A.3.

Links: https://library.example/1

Full text: {FIRST}

{LAST}

Subject: Bridges; Roads

Title: Bridge shut to lorries

Publication title: Arden Herald

Publication date: Mar 9, 2026

Document URL: https://herald.example/bridge

Copyright: Copyright Arden Herald 2026

____________________________________________________________
"""
GERMAN = f"""
Dokument 1 von 1

Arden Herald vom 09.03.2026, S. 3 / Lokales

Bridge shut to lorries

Autor: Ida Holm

Text:

{FIRST}

{LAST}

Quelle: Arden Herald vom 09.03.2026, Seite 3
Ressort: Lokales
Dokumentnummer: AH-20260309-3
"""
LAYOUTS = {
    "classic": CLASSIC,
    "uni": UNI,
    "coded": CODED,
    "uncoded": UNCODED,
    "ruled": RULED,
    "german": GERMAN,
}


def articles(path: Path, text: str, most: int = 5_000_000) -> list[Article]:
    path.write_text(text, encoding="utf-8")
    found = list(read(path, most_bytes=most))
    assert not [each for each in found if isinstance(each, Skipped)], found
    return [each[1] for each in found if not isinstance(each, Skipped)]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_document_is_an_article_with_its_fields(tmp_path: Path, layout: str) -> None:
    first, *_ = articles(tmp_path / "a.txt", LAYOUTS[layout])

    told = first.source
    assert (told.title, told.author) == ("Bridge shut to lorries", "Ida Holm")
    assert told.publisher == "Arden Herald"
    assert str(told.published)[:10] == "2026-03-09"
    assert first.text == f"{FIRST}\n\n{LAST}"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_several_documents_stay_apart(tmp_path: Path, layout: str) -> None:
    twice = LAYOUTS[layout] + LAYOUTS[layout].replace("Bridge", "Canal").replace("old b", "new b")

    found = articles(tmp_path / "a.txt", twice)

    titles = {article.source.title for article in found}
    assert {"Bridge shut to lorries", "Canal shut to lorries"} <= titles


def test_a_document_is_named_by_its_number(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(CLASSIC)

    _, second = read(tmp_path / "a.txt", most_bytes=5_000_000)

    assert isinstance(second, tuple)
    assert second[0] == f"{tmp_path / 'a.txt'}, document 2"
    assert second[1].source.author == "Bo Lund"


def test_words_about_documents_make_no_export(tmp_path: Path) -> None:
    text = f"Files found\n\n{FIRST}\n\nThey were 2 of 3 documents.\n\nNOTE: {LAST}\n\n{FIRST}"

    [article] = articles(tmp_path / "a.txt", text)

    assert "They were 2 of 3 documents." in article.text
    assert f"NOTE: {LAST}" in article.text


@pytest.mark.parametrize("layout", LAYOUTS)
def test_much_of_it_takes_seconds(tmp_path: Path, layout: str) -> None:
    text = LAYOUTS[layout]
    (tmp_path / "a.txt").write_text(text * (400_000 // len(text)), encoding="utf-8")

    with processor_seconds(MANY):
        count = sum(
            isinstance(each, tuple) for each in read(tmp_path / "a.txt", most_bytes=5_000_000)
        )
    assert count > 100


HOSTILE = [
    "1 of 2 DOCUMENTS\n",
    "End of Document\n",
    "-" * 11 + "\nTitle: a\nDate: b\n",
    "^a<\n",
    "HD a\n",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_nothing_in_a_text_makes_its_reader_slow(tmp_path: Path, piece: str) -> None:
    (tmp_path / "a.txt").write_text(piece * (500_000 // len(piece)))

    with processor_seconds(MANY):
        list(read(tmp_path / "a.txt", most_bytes=5_000_000))
