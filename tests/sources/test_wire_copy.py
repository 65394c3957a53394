"""An agency's copy as it comes over the wire: its marks out, its lines joined."""

from __future__ import annotations

from pathlib import Path

from tests.sources.test_press_exports import FIRST, LAST, articles

WIRE = """BC-Arden Bridge, 1st Ld-Writethru, 210
^Bridge shut to lorries<
^By IDA HOLM=
^Harbour Wire=
   ARDEN (HW) -- The council of Arden voted on Monday to close the old bridge
to lorries until the spring comes, after the second accident in a year on
the narrow ramp that leads to it.
   “The decision is late but right,” said Ilse Tamm, who speaks for the
harbour, and who had asked for it since the autumn.
   A new ramp would cost 640,000 crowns.
   (Reporting by Ida Holm; Editing by Bo Lund)
HW-09-03-26 0812GMT<
"""


def test_wire_copy_loses_its_marks_and_hard_line_ends(tmp_path: Path) -> None:
    [article] = articles(tmp_path / "a.txt", WIRE)

    assert article.source.title == "Bridge shut to lorries"
    assert article.source.author == "Ida Holm"
    paragraphs = [each for each in article.text.split("\n") if each]
    assert len(paragraphs) == 3
    assert paragraphs[0].startswith("ARDEN (HW) -- The council of Arden voted")
    assert paragraphs[0].endswith("the narrow ramp that leads to it.")
    assert paragraphs[2] == "A new ramp would cost 640,000 crowns."


def test_german_wire_copy_too(tmp_path: Path) -> None:
    text = (
        "hwt0123 4 pl 210 hw 0456\n\nVerkehr/Brücken/\nBrücke für Laster gesperrt =\n\n"
        "Arden (hw) - Der Rat von Arden hat am Montag die alte Brücke für Laster gesperrt.\n\n"
        "„Das kommt spät“, sagte Ilse Tamm.\n\nhw ih yydd n1 bl\n091230 Mär 26\n"
    )

    [article] = articles(tmp_path / "a.txt", text)

    assert article.source.title == "Brücke für Laster gesperrt"
    assert article.text.startswith("Arden (hw) - Der Rat")
    assert article.text.endswith("sagte Ilse Tamm.")


def test_an_ordinary_text_with_a_dateline_stays_as_it_is(tmp_path: Path) -> None:
    text = f"Bridge shut\n\nARDEN (HW) - {FIRST}\n\n{LAST}\n\nIt ends."

    [article] = articles(tmp_path / "a.txt", text)

    assert article.text == f"ARDEN (HW) - {FIRST}\n\n{LAST}\n\nIt ends."
