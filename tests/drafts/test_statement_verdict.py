"""What the articles make of what a draft states, over articles of our own."""

from __future__ import annotations

import pytest

from assistant.ask import Assistant
from assistant.records import CheckedStatement
from tests.support.verdict_articles import desk_of


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return desk_of(tmp_path_factory.mktemp("statements"))


def one(desk: Assistant, draft: str) -> CheckedStatement:
    (found,) = desk.check(draft).statements
    assert found.text == draft[found.start : found.end]
    return found


@pytest.mark.parametrize(
    "statement",
    [
        "The mill at Tarn stood still for six weeks this spring.",
        "Tarn’s mill stood still for six weeks.",
        "The council voted by nine votes to four to pay for the planks.",
        "The repair of the mill cost 8,200 crowns.",
        "Mayor Asta Holm did not resign.",
    ],
)
def test_what_is_printed_is_borne_out(desk: Assistant, statement: str) -> None:
    found = one(desk, statement)
    assert (found.verdict, found.opinion) == ("borne_out", False)
    assert found.places


@pytest.mark.parametrize(
    ("statement", "because"),
    [
        ("The mill at Tarn stood still for nine weeks.", "“nine weeks”; printed: “six weeks”"),
        ("The repair cost 9,200 crowns.", "“9,200 crowns”; printed: “8,200 crowns”"),
        ("The lamps will be lit again on 2 June.", "“2 June”; printed: “20 June”"),
        ("Bram Lund will pay for a wheel that turns.", "prints otherwise"),
    ],
)
def test_another_figure_day_or_a_denial_contradicts(
    desk: Assistant, statement: str, because: str
) -> None:
    found = one(desk, statement)
    assert found.verdict == "contradicted"
    assert because in found.because


@pytest.mark.parametrize(
    "statement",
    ["The king opened a bridge at Holl in 1987.", "A storm sank two ferries off the cape."],
)
def test_of_what_nothing_is_about_that_is_said(desk: Assistant, statement: str) -> None:
    found = one(desk, statement)
    assert (found.verdict, found.places) == ("not_here", ())


def test_somebodys_opinion_stated_as_a_fact_is_pointed_out(desk: Assistant) -> None:
    found = one(desk, "The sluice is rotten.")
    assert (found.verdict, found.opinion) == ("borne_out", True)
    assert found.because.startswith("Stated as a fact; Tarn Courier, 4 May 2023 prints it as the")
    assert not one(desk, "The sluice is rotten, according to Bram Lund.").opinion


@pytest.mark.parametrize(
    "draft",
    [
        "Did the mill stand still for nine weeks?",
        "Lund added.",
        "Sources: the Tarn Courier",
        "“No.”",
    ],
)
def test_what_states_nothing_is_not_looked_up(desk: Assistant, draft: str) -> None:
    assert desk.check(draft).statements == ()


def test_a_quotation_in_a_sentence_is_no_part_of_what_it_states(desk: Assistant) -> None:
    report = desk.check(
        "The mill cost “a fortune of time and bread”, and stood still for six weeks."
    )
    assert [found.verdict for found in report.statements] == ["borne_out"]
