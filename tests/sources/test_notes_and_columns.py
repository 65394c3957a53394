"""Notes of Hugo, Jekyll and Obsidian; columns and days in many languages; letters as printed."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from assistant.records import Article
from assistant.sources.build_article import Skipped
from assistant.sources.character_encoding import decode
from assistant.sources.cleaning.clean_text import clean
from assistant.sources.files.read_files import read
from assistant.sources.metadata import understood
from tests.support.effort import MANY, processor_seconds
from tests.support.making import SECOND, STORY


def one(path: Path, content: str | bytes) -> Article:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    [only] = read(path, most_bytes=5_000_000)
    assert not isinstance(only, Skipped), only
    return only[1]


HUGO = '+++\ntitle = "Bridge shut"\ndate = 2026-03-09T08:00:00Z\nauthors = ["Ida Holm"]\n+++\n'
JEKYLL = (
    "---\nlayout: post\ntitle: Bridge shut\ndate: 2026-03-09 08:00:00 +0000\n"
    "author: Ida Holm\n---\n"
)
CLIPPED = (
    '---\ntitle: Bridge shut\nsource: "https://wire.example/bridge"\nauthor:\n  - "[[Ida Holm]]"\n'
    "published: 2026-03-09\ntags:\n  - clippings\n---\n"
)
JSON = '{"title": "Bridge shut", "date": "2026-03-09", "author": "Ida Holm"}\n'


@pytest.mark.parametrize("front", [HUGO, JEKYLL, CLIPPED, JSON])
def test_title_day_and_author_of_a_note_are_read(tmp_path: Path, front: str) -> None:
    article = one(tmp_path / "a.md", f"{front}\n{STORY}\n\n{SECOND}\n")

    told = article.source
    assert (told.title, told.author) == ("Bridge shut", "Ida Holm")
    assert str(told.published)[:10] == "2026-03-09"
    assert article.text == f"{STORY}\n\n{SECOND}"


def test_a_post_of_jekylls_has_its_day_in_its_name(tmp_path: Path) -> None:
    article = one(tmp_path / "2026-03-09-bridge.md", f"---\ntitle: Bridge shut\n---\n{STORY}")

    assert str(article.source.published)[:10] == "2026-03-09"


def test_an_address_in_source_is_no_outlet(tmp_path: Path) -> None:
    told = one(tmp_path / "a.md", f"{CLIPPED}\n{STORY}").source

    assert (told.url, told.publisher) == ("https://wire.example/bridge", "")


def test_obsidians_own_marks_go_and_its_words_stay(tmp_path: Path) -> None:
    note = (
        f"# Bridge shut\n\n{STORY} %% my own\nnote %%\n\nSaid [[People/Ilse Tamm|Ilse]] in "
        "[[Arden#Harbour]], ==late==. ^a1\n\n> [!quote]+ Her words\n> So be it.\n\n![[map.png]]\n\n"
        "```\n[[code]]\n```\n\n#bridges #arden\n"
    )

    article = one(tmp_path / "a.md", note)

    assert "Said Ilse in Arden, late." in article.text
    assert "Her words\n\nSo be it." in article.text
    assert article.text.endswith("[[code]]")
    assert "own" not in article.text


def test_broken_toml_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"+++\ntitle = \n+++\n{STORY}")

    [skipped] = read(tmp_path / "a.md", most_bytes=5_000_000)

    assert isinstance(skipped, Skipped)
    assert skipped.reason.startswith("front matter broken")


@pytest.mark.parametrize(
    "head",
    [
        "Titel;Text;Datum;Autor;Quelle",
        "Überschrift;Volltext;Erscheinungsdatum;Autorin;Zeitung",
        "Titre;Texte;Date de publication;Auteur;Source",
        "Título;Texto;Fecha;Autor;Periódico",
        "Titolo;Testo;Data;Autore;Testata",
        "Kop;Inhoud;Datum;Auteur;Krant",
        "Заголовок;Текст;Дата;Автор;Источник",
    ],
)
def test_columns_are_known_in_many_languages(tmp_path: Path, head: str) -> None:
    row = f'Bridge shut;"{STORY}";9.3.2026;Ida Holm;Harbour Wire'

    told = one(tmp_path / "a.csv", f"\ufeff{head}\r\n{row}\r\n").source

    assert (told.title, told.author, told.publisher) == ("Bridge shut", "Ida Holm", "Harbour Wire")
    assert str(told.published)[:10] == "2026-03-09"


def test_a_column_that_looks_like_ours_and_is_left_out_is_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    one(tmp_path / "a.csv", f'headline_main,text,colour\nBridge,"{STORY}",red\n')

    [told] = [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]
    assert "columns not used" in told
    assert "--map title=headline_main" in told
    assert "colour" not in told


def test_markup_in_a_field_is_read_as_markup(tmp_path: Path) -> None:
    article = one(
        tmp_path / "a.csv",
        f'title,text\nFish &amp; &#8220;chips&#8221;,"<p>{STORY}</p><p>{SECOND}</p>"\n',
    )

    assert article.source.title == "Fish & “chips”"
    assert article.text == f"{STORY}\n\n{SECOND}"


def test_words_about_markup_stay(tmp_path: Path) -> None:
    words = "A paragraph begins with <p> in such files, and 3 < 4 holds, said the teacher."

    assert one(tmp_path / "a.csv", f'title,text\nTags,"{words}"\n').text == words


def test_a_number_is_no_author(tmp_path: Path) -> None:
    assert one(tmp_path / "a.csv", f'title,text,author\nA,"{STORY}",7\n').source.author == ""


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("11.03.2026", "2026-03-11 00:00"),
        ("16.04.2026 18:30", "2026-04-16 18:30"),
        ("2. Mai 2026", "2026-05-02 00:00"),
        ("Sonntag, 2. Mai 2026, 14:05 Uhr", "2026-05-02 14:05"),
        ("1er mars 2026", "2026-03-01 00:00"),
        ("20 décembre 2026 à 14h30", "2026-12-20 14:30"),
        ("martes, 10 de marzo de 2026 a las 10:00", "2026-03-10 10:00"),
        ("9 listopada 2026", "2026-11-09 00:00"),
        ("11 марта 2026 г.", "2026-03-11 00:00"),
        ("2026. május 2.", "2026-05-02 00:00"),
        ("2026年5月2日", "2026-05-02 00:00"),
        ("8 de março de 2026", "2026-03-08 00:00"),
        ("March 9, 2026 12:30 pm", "2026-03-09 12:30"),
    ],
)
def test_a_day_is_read_as_it_is_written(written: str, day: str) -> None:
    assert str(understood(written))[:16] == day


@pytest.mark.parametrize("written", ["3/4/2022", "Mai 2026", "31. Februar 2026", "Montag", "2026"])
def test_what_is_no_day_or_may_be_two_is_none(written: str) -> None:
    assert understood(written) is None


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("words", [f"{STORY}\n{SECOND}", "Паром вышел в море. Он вернулся.\n"])
def test_utf16_without_a_mark_is_read(encoding: str, words: str) -> None:
    assert decode(words.encode(encoding)) == words


def test_a_table_in_utf16_without_a_mark_is_read(tmp_path: Path) -> None:
    content = f'title;text\nBridge;"{STORY}"\n'.encode("utf-16-le")

    assert one(tmp_path / "a.csv", content).text == STORY


@pytest.mark.parametrize(
    ("printed", "letters"),
    [("ﬁsh ﬂag oﬀer oﬃce", "fish flag offer office"), ("ﻻ", "لا"), ("½ ① ㎞ ﷺ", "½ ① ㎞ ﷺ")],
)
def test_joined_letters_are_letters_and_signs_stay(printed: str, letters: str) -> None:
    assert clean(printed).text == letters


def test_a_hyphen_at_a_lines_end_stays_where_it_belongs() -> None:
    lines = (
        "The council of the town said that the steel was the price-\n"
        "determining part of the plan, and that the roof would be re-\n"
        "mained as it was in the days when the market had been print-\n"
        "ed in the papers of the county and of the islands beyond it."
    )

    text = clean(lines).text

    assert "the price-determining part" in text
    assert "be remained as it was" in text
    assert "been printed in the" in text
    assert clean(text).text == text


HOSTILE = ["[[", "%%", "==a", "> [!a]\n", "#a ", "{{<", "<p>", "&lt;", "ﬁ", "a-\n", "+++\n"]


@pytest.mark.parametrize("piece", HOSTILE)
@pytest.mark.parametrize("name", ["a.md", "a.txt"])
def test_no_note_makes_its_reader_slow(tmp_path: Path, name: str, piece: str) -> None:
    (tmp_path / name).write_text(f"---\ntitle: a\n---\n{STORY}\n" + piece * (60_000 // len(piece)))

    with processor_seconds(MANY):
        list(read(tmp_path / name, most_bytes=5_000_000))
