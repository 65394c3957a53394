"""Marks of many countries, dialogue with dashes, signatures, announcements, verbs of manner."""

from __future__ import annotations

import pytest

from assistant.text.attribution.attributions import attributions
from assistant.text.attribution.manner_of_speaking import SPOKEN
from assistant.text.attribution.quotation_marks import quoted
from assistant.text.sentences import split
from tests.text.test_turns import spoken

ROE = "Ada Roe"


@pytest.mark.parametrize(
    "words",
    ["‘It leans,’", "'It leans,'", "«It leans,»", "»It leans,«", "« It leans »,", "„It leans,“",
     "„It leans,”", "“It leans,“", "「It leans,」", "``It leans,''", "‘The boats’ masts lean,’",
     "‘She said “no” twice,’", "“She said ‘no’ twice,”", "“She said “no” twice,”"],
)  # fmt: skip
def test_marks_of_many_kinds_quote(words: str) -> None:
    text = f"{words} said Ada Roe."

    assert [name for name, _ in spoken(text)] == [ROE]
    assert spoken(text)[0][1] == words


@pytest.mark.parametrize(
    "text",
    ["The boats' masts and the dogs' tails.", "The boats’ masts and the dogs’ tails.",
     "In the '90s it wasn't the boys' game.", "’Twas the season.", "5'10 tall", '6\'2" tall'],
)  # fmt: skip
def test_an_apostrophe_is_no_mark(text: str) -> None:
    assert quoted(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "—Es feo —dijo Ada Roe—. No lo quiero.",
        "—It leans —said Ada Roe—. I saw it.",
        "— It leans, — said Ada Roe. — I saw it.",
        "– To brzydkie – powiedziała Ada Roe. – Nie chcę.",
    ],
)
def test_dialogue_with_dashes_goes_on_after_the_clause(text: str) -> None:
    assert [name for name, _ in spoken(text)] == [ROE, ROE]
    assert not any("Roe" in words for _, words in spoken(text))


@pytest.mark.parametrize("text", ["— Нет! — сказала Анна.", "—¡No! —dijo Ana."])
def test_the_clause_after_a_dash_stays_with_its_words(text: str) -> None:
    assert split(text) == [(0, len(text))]


@pytest.mark.parametrize(
    "text",
    [
        "“It leans.” -Deputy Mayor Ada Roe",
        "“It leans.” — Ada Roe",
        "“It leans.”\n— Ada Roe, mayor of Arden",
        "> It leans.\n> — Ada Roe",
        "And from Chairwoman Ada Roe of the club:\n\n“It leans.”",
        "From the desk of Ada Roe, head of the port.\n\n“It leans.”",
        "Ada Roe’s statement reads: “It leans.”",
        "A letter from Ada Roe read:\n\n“It leans.”",
        "Ada Roe, mayor:\n\n“It leans.”",
    ],
)
def test_a_signature_or_an_announcement_names_the_speaker(text: str) -> None:
    assert [name for name, _ in spoken(text)] == [ROE]
    assert "It leans." in spoken(text)[0][1]


def test_whose_desk_it_is_has_a_role() -> None:
    speaker = (
        attributions("From the desk of Ada Roe, head of the port.\n\n“It leans.”").all[0].speaker
    )

    assert speaker is not None
    assert speaker.role == "head of the port"


def test_a_reporter_who_signs_a_paragraph_did_not_say_what_is_quoted_in_it() -> None:
    text = "“It fell,” said Bo Lim. “It was old.” – Ada Roe\n\n“It fell,” said Bo Lim.\n\n- Ada Roe"

    assert {name for name, _ in spoken(text)} == {"Bo Lim"}


@pytest.mark.parametrize(
    "text",
    [
        "“It is late.\n\n“It is cold.\n\n“We go,” said Ada Roe.",
        "“It is late,” said Ada Roe. “It is cold.\n\n“We go.”",
        "“It leans” and “it creaks,” said Ada Roe.",
        "“It leans,” Ada Roe said, “and it creaks.”",
    ],
)
def test_one_quotation_in_parts_is_of_one_speaker(text: str) -> None:
    assert {name for name, _ in spoken(text)} == {ROE}
    assert "".join(words for _, words in spoken(text)).count("“") == text.count("“")


@pytest.mark.parametrize(
    "text",
    [
        "“It leans,” said Ada Roe.\n\n“It creaks,” said Bo Lim.\n\n“It fell.”",
        "“It leans,” said Ada Roe.\n\nIt creaks.\n\n“It fell.”",
    ],
)
def test_an_orphan_quotation_has_no_speaker(text: str) -> None:
    assert "“It fell.”" not in [words for _, words in spoken(text)]


@pytest.mark.parametrize(
    "text",
    [
        "“I must go,” thought Ada Roe.",
        "“I must go,” Ada Roe thought.",
        "Ada Roe read “The Port Hour” in bed.",
        "The motto, “Sail on,” hangs over the door.",
        "The “old” mole was painted.",
    ],
)
def test_thoughts_titles_mottos_and_scare_quotes_are_no_speech(text: str) -> None:
    assert spoken(text) == []


@pytest.mark.parametrize(
    "clause",
    ["snapped Ada Roe", "conceded Ada Roe, the mayor", "Ada Roe shot back", "sighed Ada Roe",
     "Ada Roe grumbled", "Ada Roe, the mayor, thundered", "chimed in Ada Roe", "went on Ada Roe"],
)  # fmt: skip
def test_verbs_of_manner_speak_beside_a_quotation(clause: str) -> None:
    assert spoken(f"“It leans,” {clause}.") == [(ROE, "“It leans,”")]


@pytest.mark.parametrize("text", ["Ada Roe snapped: “Go.”", "Ada Roe scoffed that the mole leans."])
def test_verbs_of_manner_speak_before_speech(text: str) -> None:
    assert [name for name, _ in spoken(text)] == [ROE]


@pytest.mark.parametrize(
    "text",
    [
        "Ada Roe snapped the photo.",
        "“Smile,” Ada Roe snapped the photo.",
        "“Smile?” Ada Roe snapped the photo.",
        "“Smile.” Ada Roe snapped the photo that won.",
        "Ada Roe sighed as she left.",
        "Ada Roe barked orders and stormed out.",
        "The rope, snapped by Ada Roe, fell.",
        "“Go,” snapped the rope.",
    ],
)
def test_verbs_of_manner_alone_say_nothing(text: str) -> None:
    assert spoken(text) == []


def test_more_than_a_hundred_and_fifty_verbs_speak() -> None:
    assert len(SPOKEN) > 300  # past and present of each
