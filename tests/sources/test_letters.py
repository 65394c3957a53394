"""Letters: all their texts, what they forward, their stories; and nothing that stands around."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from assistant.records import Article
from assistant.sources.build_article import Skipped
from assistant.sources.files.read_files import read
from tests.support.effort import MANY, processor_seconds
from tests.support.making import SECOND, STORY, letter

PAD = "\u034f\u200c\u00a0" * 40
FOOT = "<p>© 2026 Harbour Wire<br>5 Quay Street, Arden<br><a href='#'>Unsubscribe</a></p>"


def found(path: Path, raw: EmailMessage | bytes) -> list[Article]:
    path.write_bytes(raw if isinstance(raw, bytes) else raw.as_bytes())
    articles = list(read(path, most_bytes=5_000_000))
    assert not [each for each in articles if isinstance(each, Skipped)], articles
    return [each[1] for each in articles if not isinstance(each, Skipped)]


def test_preheader_and_footer_stay_out_and_paragraphs_apart(tmp_path: Path) -> None:
    html = (
        f"<div style='display:none'>A bridge, and more {PAD}</div><table><tr><td>"
        f"<h1>The week in Arden</h1><p>By Ida Holm</p><p>{STORY}</p><p>{SECOND}</p>{FOOT}"
        "</td></tr></table>"
    )

    [article] = found(tmp_path / "a.eml", letter(html=html))

    assert article.text == f"{STORY}\n\n{SECOND}"
    assert article.source.author == "Ida Holm"


def test_a_preheader_that_is_not_hidden_shows_itself_by_its_padding(tmp_path: Path) -> None:
    html = f"<div>A bridge, and more {PAD}</div><p>{STORY}</p><p>{SECOND}</p>"

    [article] = found(tmp_path / "a.eml", letter(html=html))

    assert article.text == f"{STORY}\n\n{SECOND}"


@pytest.mark.parametrize(
    "foot",
    [
        "You receive this because you signed up. Unsubscribe",
        "Sie erhalten diese Nachricht, weil Sie sich angemeldet haben.\nAbmelden",
        "Vous recevez ce message car vous êtes abonné.\nSe désinscrire",
        "Copyright 2026 Harbour Wire\nAll rights reserved.\nManage your preferences",
    ],
)
def test_footers_of_several_languages_go(tmp_path: Path, foot: str) -> None:
    [article] = found(tmp_path / "a.eml", letter(plain=f"{STORY}\n\n{SECOND}\n\n{foot}\n"))

    assert article.text == f"{STORY}\n\n{SECOND}"


def test_a_table_of_figures_stays_a_table(tmp_path: Path) -> None:
    rows = "".join(f"<tr><td>Quay {n}</td><td>{n}0 ships</td></tr>" for n in range(3))
    html = f"<p>{STORY}</p><table>{rows}</table>"

    [article] = found(tmp_path / "a.eml", letter(html=html))

    assert "Quay 1 | 10 ships" in article.text


def test_texts_in_two_languages_are_both_stored(tmp_path: Path) -> None:
    mail = EmailMessage()
    mail["Subject"], mail["From"] = "Tunnel", "Border Letter <b@border.example>"
    mail.make_mixed()
    for language, words in (("de", "Der Tunnel öffnet im Mai."), ("fr", "Le tunnel ouvre en mai.")):
        part = EmailMessage()
        part.set_content(words)
        part["Content-Language"] = language
        mail.attach(part)

    [article] = found(tmp_path / "a.eml", mail)

    assert article.text == "Der Tunnel öffnet im Mai.\n\nLe tunnel ouvre en mai."


def test_a_letter_attached_to_another_is_the_article(tmp_path: Path) -> None:
    outer = EmailMessage()
    outer["Subject"], outer["From"] = "Fwd: The week in Arden", "Bo Lund <bo@desk.example>"
    outer["Date"] = "Fri, 11 Mar 2022 09:00:00 +0000"
    outer.set_content("For the file.")
    outer.add_attachment(letter(plain=f"{STORY}\n\n{SECOND}"))

    [article] = found(tmp_path / "a.eml", outer)

    assert article.source.publisher == "Harbour Wire"
    assert str(article.source.published)[:10] == "2022-03-08"
    assert article.source.title == "The week in Arden"


GMAIL = (
    "FYI\n\n---------- Forwarded message ---------\nFrom: Harbour Wire <n@wire.example>\n"
    "Date: Tue, 8 Mar 2022 at 07:30\nSubject: The week in Arden\nTo: Bo <bo@desk.example>\n\n\n"
)
APPLE = (
    "Begin forwarded message:\n\n> From: Harbour Wire <n@wire.example>\n"
    "> Subject: The week in Arden\n> Date: 8 March 2022 at 07:30:00 GMT\n"
    "> To: bo@desk.example\n> \n> "
)
OUTLOOK = (
    "Von: Harbour Wire <n@wire.example>\nGesendet: Dienstag, 8. März 2022 07:30\n"
    "An: bo@desk.example\nBetreff: The week in Arden\n\n"
)


@pytest.mark.parametrize("head", [GMAIL, APPLE, OUTLOOK])
def test_a_letter_sent_on_within_another_is_the_article(tmp_path: Path, head: str) -> None:
    outer = EmailMessage()
    outer["Subject"], outer["From"] = "Fwd: The week in Arden", "Bo Lund <bo@desk.example>"
    outer["Date"] = "Fri, 11 Mar 2022 09:00:00 +0000"
    outer.set_content(head + STORY)

    [article] = found(tmp_path / "a.eml", outer)

    assert article.source.publisher == "Harbour Wire"
    assert str(article.source.published)[:10] == "2022-03-08"
    assert (article.source.title, article.text) == ("The week in Arden", STORY)


def test_several_stories_are_several_articles(tmp_path: Path) -> None:
    html = (
        "<h1>Harbour Wire</h1><p>Good morning.</p>"
        f"<h2><a href='#'>Bridge shut</a></h2><p>{STORY}</p>"
        f"<h2><a href='#'>Lamps dark</a></h2><p>{SECOND}</p>{FOOT}"
    )

    first, second = found(tmp_path / "a.eml", letter(html=html))

    assert (first.source.title, first.text) == ("Bridge shut", STORY)
    assert (second.source.title, second.text) == ("Lamps dark", SECOND)
    assert first.source.id != second.source.id


def test_headings_within_one_story_part_nothing(tmp_path: Path) -> None:
    html = (
        f"<h1>The bridge is shut</h1><p>{STORY}</p><h2>What it costs</h2><p>{SECOND}</p>"
        f"<h2>Who decides</h2><p>{STORY}</p>"
    )

    [article] = found(tmp_path / "a.eml", letter(html=html))

    assert "What it costs\n\n" in article.text


def test_of_a_person_from_an_outlet_both_are_known(tmp_path: Path) -> None:
    mail = letter(plain=STORY)
    del mail["From"]
    mail["From"] = "Ida Holm from Tow Notes <tow@post.example>"

    [article] = found(tmp_path / "a.eml", mail)

    assert (article.source.publisher, article.source.author) == ("Tow Notes", "Ida Holm")


HOSTILE = [
    "<div style='display:none'>" * 20_000,
    "<table><tr><td>" * 20_000,
    "<h2>a</h2>" * 50_000,
    "From: a\nSubject: b\n" * 50_000,
    "© 2026 a\n" * 100_000,
    "a\u200c" * 200_000,
]


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("kind", ["plain", "html"])
def test_no_letter_makes_its_reader_slow(tmp_path: Path, words: str, kind: str) -> None:
    (tmp_path / "a.eml").write_bytes(letter(**{kind: f"{STORY}\n{words}"}).as_bytes())

    with processor_seconds(MANY):
        list(read(tmp_path / "a.eml", most_bytes=5_000_000))
