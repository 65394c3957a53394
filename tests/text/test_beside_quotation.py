"""Who is quoted where a sentence or a line beside the quotation tells it, and no verb of saying."""

from __future__ import annotations

import pytest

from assistant.text.attribution.attributions import attributions
from tests.text.test_turns import spoken

ROE = "Ada Roe"


@pytest.mark.parametrize(
    "text",
    [
        "Ada Roe shook her head. “It leans.”",
        "Ada Roe, the pilot, was blunt. “It leans.”",
        "“It leans.” Those were the words of Ada Roe.",
        "“It leans,” was the reply of Ada Roe.",
        "“It leans,” came the answer from Ada Roe.",
        "“It leans” is what Ada Roe said.",
        "“It leans,” the Arden Bell quoted Ada Roe as saying.",
        "“It leans,” Bo Lim was told by Ada Roe.",
        "For Ada Roe, “it leans.”",
        "As Ada Roe, the pilot, puts it, “it leans.”",
        "Bo Lim quoted Ada Roe: “It leans.”",
        "A word from Ada Roe, pilot of the port:\n\n“It leans.”",
        "Statement from Ada Roe, pilot of the port:\n\n“It leans.”",
        "Here is Ada Roe, the pilot: “It leans.”",
        "The last word went to Ada Roe: “It leans.”",
        "“It leans.” (Ada Roe, pilot)",
        "“It leans.” ~ Ada Roe",
        "“It leans.”\n\nAda Roe, pilot",
        "Ada Roe, 44, pilot\n\n“It leans.”",
        "### Ada Roe, pilot\n\n“It leans.”",
        "* **Ada Roe**: “It leans.”",
        "Ada Roe — “It leans.”",
        "Added Ada Roe: “It leans.”",
        "“Does it lean?” wondered Ada Roe.",
    ],
)
def test_it_is_told_beside_the_quotation_whose_it_is(text: str) -> None:
    assert [name for name, _ in spoken(text)] == [ROE]
    assert "lean" in spoken(text)[0][1]


@pytest.mark.parametrize(
    "text",
    [
        "Ada Roe turned to Bo Lim. “It leans.”",
        "Ada Roe shook her head. “It leans,” said Bo Lim.",
        "The pilots were blunt. “It leans.”",
        "Ada Roe was in Arden. “It leans.”",
    ],
)
def test_a_sentence_that_only_stands_there_tells_nothing(text: str) -> None:
    assert ROE not in [name for name, _ in spoken(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Ada Roe, 44, pilot\n\n“It leans.”\n\nBo Lim, 50, cook\n\n“It stands.”",
        "“It leans.”\n\nAda Roe, 44, pilot\n\n“It stands.”\n\nBo Lim, 50, cook",
    ],
)
def test_names_stand_above_all_quotations_or_below_all(text: str) -> None:
    assert spoken(text) == [(ROE, "“It leans.”"), ("Bo Lim", "“It stands.”")]


def test_single_marks_go_on_over_paragraphs() -> None:
    text = "‘It leans,’ said Ada Roe. ‘I saw it.\n\n‘It creaks.’"

    assert [name for name, _ in spoken(text)] == [ROE, ROE, ROE]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("“It leans,” said Ada Roe; “it stands,” said Bo Lim.", [ROE, "Bo Lim"]),
        ("Ada Roe had called it “a ruin”, and Bo Lim “a joy”.", [ROE, "Bo Lim"]),
        ("“Is it,” said Ada Roe with a nod to Mayor Bo Lim, “old?”", [ROE, ROE]),
        ("Of Bo Lim, Ada Roe said: “He is late.”", [ROE]),
        ("Bo Lim was told by Ada Roe that it leans.", [ROE]),
        ("It leans, according to the pilot, Ada Roe.", [ROE]),
        ("A third of it is gone, Ada Roe estimates.", [ROE]),
    ],
)
def test_each_has_the_words_that_are_theirs(text: str, who: list[str]) -> None:
    assert [name for name, _ in spoken(text)] == who


@pytest.mark.parametrize("words", ["In the view of Ada Roe", "In the opinion of Ada Roe, pilot"])
def test_a_view_is_its_holders(words: str) -> None:
    assert [name for name, _ in spoken(f"{words}, it leans.")] == [ROE]


def test_a_report_that_notes_something_is_one_speaker() -> None:
    text = "Half of the pilots had left the port by May, the Poe report notes."

    assert [name for name, _ in spoken(text)] == ["the Poe report"]


def test_the_price_that_someone_asks_is_nothing_said() -> None:
    assert spoken("Arden Boats asks $149, which is high.") == []


@pytest.mark.parametrize(
    "line",
    ["From the desk of Ada Roe, head of the port.", "And now to Bo Lim.", "It leans a bit."],
)
def test_a_line_that_only_names_who_speaks_is_told_from_others(line: str) -> None:
    text = f"{line}\n\n“It leans.”\n\nThe mole is old."

    assert attributions(text).only_names(0, len(line)) == line.startswith("From")


def test_a_signature_only_names_who_speaks() -> None:
    text = "“It leans.” -Deputy Mayor Ada Roe"

    assert attributions(text).only_names(text.index("-"), len(text))
    assert not attributions(text).only_names(0, text.index("-") - 1)
