"""Drafts of any kind: hostile, long, empty; progress; what is checked a second time."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.ask import Assistant
from assistant.drafts.check_draft import CHARACTERS
from assistant.drafts.compare_reports import changed
from assistant.drafts.read_draft import looked_at
from assistant.errors import BadArticle, NoIndex
from tests.support.verdict_articles import article, desk_of

BAD = "“A wheel without wind is a table,” said Nell Osk."


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return desk_of(tmp_path_factory.mktemp("hostile"))


@pytest.mark.parametrize("draft", ["x" * 5_000_000, '"' * 1_000_000, "“a b c” " * 20_000])
def test_a_draft_that_is_too_long_is_refused_in_one_line(desk: Assistant, draft: str) -> None:
    began = time.monotonic()
    with pytest.raises(BadArticle, match="Check it in parts"):
        desk.check(draft)
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    "draft",
    [
        "",
        "\n \t",
        '"' * CHARACTERS,
        "“" * CHARACTERS,
        "‘a “b «c " * (CHARACTERS // 9),
        "[" * CHARACTERS,
        "“[…] [a] ... " * (CHARACTERS // 14),
        "<" * CHARACTERS,
        "*_~`#>" * (CHARACTERS // 6),
        "." * CHARACTERS,
        "said “" * (CHARACTERS // 6),
    ],
    ids=lambda draft: f"{draft[:3]!r}",
)
def test_a_hostile_draft_gets_a_report(desk: Assistant, draft: str) -> None:
    began = time.monotonic()
    report = desk.check(draft)
    assert report.draft == draft
    assert time.monotonic() - began < 20


PIECES = [
    *("“A wheel without water is a table,”", " said ", "Nell Osk", ". ", "“", "”", '"', "‘", "’"),
    *("[", "]", "…", "...", "[…]", "not", " 6 ", "\n", "> ", "**", "«six weeks»", "<b>", "\x00"),
    *("\u202e", "We waited six weeks", " for two planks"),
]


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_every_verdict_is_of_words_of_the_draft_and_every_place_of_an_article(
    desk: Assistant, draft: str
) -> None:
    report = desk.check(draft)
    for found in (*report.quotations, *report.statements):
        assert draft[found.start : found.end] == found.text
        for place in (*found.places, *found.nearest):
            assert desk.article(place.source.id).text[place.start : place.end] == place.text
    assert report.to_dict()["counts"] == report.counts


def test_what_is_looked_at_is_as_long_as_the_draft() -> None:
    draft = '# A [link](http://a.example "t"), **bold** and <i>tags</i>\n- one\n'
    assert len(looked_at(draft)) == len(draft)
    assert "http" not in looked_at(draft)


def test_progress_is_told(desk: Assistant) -> None:
    heard: list[tuple[int, int]] = []
    desk.check(f"{BAD} The mill stood still.", progress=lambda done, of: heard.append((done, of)))
    assert heard[0] == (0, 2)
    assert heard[-1] == (2, 2)


def test_without_articles_nothing_is_checked(assistant: Assistant) -> None:
    with pytest.raises(NoIndex):
        assistant.check(BAD)


def test_what_changed_after_new_articles_is_said(tmp_path_factory: pytest.TempPathFactory) -> None:
    desk = desk_of(tmp_path_factory.mktemp("grown"))
    draft = "“Bread is what the water leaves us,” said Nell Osk."
    before = desk.check(draft).to_dict()
    text = "At Tarn the mill sells bread. “Bread is what the water leaves us,” said Nell Osk."
    desk.add([article("bread", "Bread of Tarn", "Sund Post", 20, text)])
    (line,) = changed(desk.check(draft), before)
    assert "was not printed, now word for word" in line
