"""Whatever the bytes, reading them ends in articles or in reasons."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.sources.build_article import Skipped
from assistant.sources.files.read_files import READERS, read
from tests.support import making
from tests.support.making import SECOND, STORY

BEGINNINGS = [
    b"",
    b"PK\x03\x04",
    b"%PDF-1.7\n",
    b"\x1f\x8b\x08",
    b"WARC/1.0\r\n",
    b"[{",
    b"a,text\n",
]


@pytest.mark.parametrize("ending", [ending for ending in READERS if ending != ".pdf"])
@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=st.sampled_from(BEGINNINGS), rest=st.binary(max_size=400))
def test_any_bytes_are_an_article_or_a_reason(
    tmp_path: Path, ending: str, start: bytes, rest: bytes
) -> None:
    path = tmp_path / f"a{ending}"
    path.write_bytes(start + rest)

    for each in read(path, most_bytes=100_000):
        assert each.reason if isinstance(each, Skipped) else each[1].text


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.floats(0, 1, exclude_max=True), byte=st.integers(0, 255))
@pytest.mark.parametrize("kind", ["docx", "epub", "zip", "eml", "warc"])
def test_a_file_with_a_wrong_byte_is_an_article_or_a_reason(
    tmp_path: Path, kind: str, at: float, byte: int
) -> None:
    raw = bytearray(WHOLE[kind])
    raw[int(at * len(raw))] = byte
    path = tmp_path / f"a.{kind}"
    path.write_bytes(raw)

    for each in read(path, most_bytes=100_000):
        assert each.reason if isinstance(each, Skipped) else each[1].text


WHOLE = {
    "docx": making.docx("Lamps", [SECOND]),
    "epub": making.epub({"The lamps": SECOND}),
    "zip": making.packed({"a.txt": STORY, "b.html": making.page_of(SECOND)}),
    "eml": making.letter(plain=STORY, html=making.page_of(STORY)).as_bytes(),
    "warc": making.warc(
        [("https://wire.example/a", "200 OK", "text/html", b"<p>water")], packed=False
    ),
}
