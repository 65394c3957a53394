"""RIS and BibTeX: entries with the texts attached to them, else their abstracts."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.sources.files.read_files import read
from tests.sources.test_exports import AT, FULL, TEXT, one, told

RIS = f"""TY  - NEWS
TI  - Bridge – shut
AU  - Holm, Ida
T2  - Harbour Wire
DA  - 2026/03/09/
UR  - {AT}
KW  - roads
L1  - files/12/bridge.txt
ER  -\x20

"""
BIBTEX = f"""@article{{holm_2026,
  title = {{Bridge – {{shut}}}},
  author = {{Holm, Ida}},
  journal = {{Harbour Wire}},
  url = {{{AT}}},
  date = {{2026-03-09}},
  keywords = {{roads, bridges}},
  file = {{Full Text:files/12/bridge.txt:text/plain}},
}}
"""


@pytest.mark.parametrize(("name", "content"), [("a.ris", RIS), ("a.bib", BIBTEX)])
def test_a_reference_is_read_with_the_text_attached_to_it(
    tmp_path: Path, name: str, content: str
) -> None:
    folder = tmp_path / "files" / "12"
    folder.mkdir(parents=True)
    (folder / "bridge.txt").write_text(TEXT)
    (tmp_path / name).write_text(content)

    [only] = read(tmp_path, most_bytes=5_000_000)

    assert isinstance(only, tuple)
    assert told(only[1]) == FULL
    assert only[1].text == TEXT
    assert only[1].source.publisher == "Harbour Wire"


def test_a_reference_without_a_file_has_its_abstract(tmp_path: Path) -> None:
    content = BIBTEX.replace("file = {", "abstract = {The council voted \\& left.}, x = {")
    article = one(tmp_path / "a.bib", content.replace("Holm, Ida", "Holm, Id{\\'a}"))

    assert article.text == "The council voted & left."
    assert article.source.author == "Idá Holm"
