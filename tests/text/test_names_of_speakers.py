"""Names and offices beside the verb, in capitals, shortened; two together; unknown first names."""

from __future__ import annotations

import pytest

from assistant.text.attribution.attributions import attributions
from assistant.text.attribution.mentions import Mention, unlabelled


def speakers(text: str) -> list[tuple[str, str | None] | None]:
    """Name and role of each speaker in `text`, in order."""
    return [one.speaker and (one.speaker.name, one.speaker.role) for one in attributions(text).all]


def names(text: str) -> list[str | None]:
    return [one.speaker and one.speaker.name for one in attributions(text).all]


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("“It sags,” said the surveyor, Milo Quist, on Friday.", "Milo Quist", "surveyor"),
        ("“It sags,” said the club’s cook, Nora Feld.", "Nora Feld", "club’s cook"),
        ("“It sags,” said the firm’s head of boats, Anka Virel, in an email.", "Anka Virel",
         "firm’s head of boats"),
        ("“It sags,” said the builder Anka Virel about the wall.", "Anka Virel", "builder"),
        ("“It sags,” said headmistress Anka Virel at a fair.", "Anka Virel", "headmistress"),
        ("“It sags,” the mayor of Nordal, Petra Hosk, told reporters.", "Petra Hosk",
         "mayor of Nordal"),
        ("“It sags,” the club’s clerk, Nora Feld, said.", "Nora Feld", "club’s clerk"),
        ("The club’s clerk, Nora Feld, said that it sags.", "Nora Feld", "club’s clerk"),
        ("“It sags,” said Nordal mayor Petra Hosk.", "Petra Hosk", "Nordal mayor"),
        ("“It sags,” said Brill Group chief executive Nora Feld.", "Nora Feld",
         "Brill Group chief executive"),
        ("“It sags,” said the Rev. Nora Feld.", "Nora Feld", "Rev."),
        ("“It sags,” said Foreign Secretary Sir Basil Orme.", "Basil Orme",
         "Foreign Secretary"),
        ("“It sags,” said U.S. Secretary of Labor Petra Hosk on Friday.", "Petra Hosk",
         "U.S. Secretary of Labor"),
        ("U.S. Secretary of Labor Petra Hosk said on Friday that it sags.", "Petra Hosk",
         "U.S. Secretary of Labor"),
        ("Director of National Intelligence Nora Feld said it sags.", "Nora Feld",
         "Director of National Intelligence"),
        ("Mayor of Port Arden Petra Hosk said it sags.", "Petra Hosk", "Mayor of Port Arden"),
        ("“It sags,” said Nora Feld’s lawyer, Milo Quist.", "Milo Quist", "Nora Feld’s lawyer"),
        ("Firemen saw that three beams had split, said the station chief, Lt. Nora Feld.",
         "Nora Feld", "station chief"),
        ("“It sags,” said a lawyer for Nora Feld.", "a lawyer for Nora Feld", None),
        ("“It sags,” said the port in a letter to the mayor, Nora Feld.", "the port", None),
        ("“It sags,” said the mayor, and Nora Feld nodded.", "the mayor", None),
        ("“It sags,” said Nora Feld, a pilot who left in May.", "Nora Feld", "pilot"),
        ("“It sags,” said the caretaker Nora Feld.", "Nora Feld", "caretaker"),
        ("“It sags,” said the former Nora Feld.", "Nora Feld", None),
        ("“It sags,” said Chairman of the Joint Chiefs of Staff Gen. Nora Feld.", "Nora Feld",
         "Chairman of the Joint Chiefs of Staff Gen."),
        ("“It sags,” said President of the Court of Appeal Nora Feld.", "Nora Feld",
         "President of the Court of Appeal"),
        ("Ambassador to the U.N. Nora Feld said that it sags.", "Nora Feld",
         "Ambassador to the U.N."),
        ("Nordal’s Ambassador to the U.N. Nora Feld said that it sags.", "Nora Feld",
         "Nordal’s Ambassador to the U.N."),
    ],
)  # fmt: skip
def test_an_office_on_either_side_is_the_role_of_the_person(
    text: str, name: str, role: str | None
) -> None:
    assert speakers(text)[0] == (name, role)


@pytest.mark.parametrize(
    "name",
    [
        "Karim al-Tawil", "Omar bin Talal", "Maarten van der Brug", "Ines de la Loren",
        "Siobhan O’Dell-Hart", "Nora D’Amico", "J.R. Vossen Jr.", "Nora Q. Feld", "Park Min-jae",
        "Ines García Loren", "Łucja Żak", "Ngozi wa Thiru", "Vincenzo dell’Orto", "Bill Varga",
    ],
)  # fmt: skip
def test_a_name_is_whole_whatever_its_parts(name: str) -> None:
    assert names(f"“It sags,” said {name}.") == [name]
    assert names(f"“It sags,” {name} said on Friday.") == [name]


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("Kit Varga", "K. Varga"),
        ("Kit Varga", "KIT VARGA"),
        ("Kit Varga", "VARGA"),
        ("Maarten van der Brug", "Van der Brug"),
        ("Maarten van der Brug", "van der Brug"),
        ("Karim al-Tawil", "al-Tawil"),
        ("Karim al-Tawil", "Tawil"),
        ("Raúl Ávila", "Avila"),
        ("Bill Varga", "Varga"),
        ("Ines García Loren", "García Loren"),
        ("Ines García Loren", "García"),
        ("Park Min-jae", "Park"),
        ("Joseph R. Brannik", "Joe Brannik"),
        ("Joseph R. Brannik", "Joseph Brannik, Jr."),
    ],
)
def test_a_shortened_name_is_the_full_one_that_is_printed(full: str, short: str) -> None:
    text = f"The pilot {full} was on the quay at noon. “It sags,” {short} said."

    assert names(text) == [full]


def test_capitals_and_a_trade_after_a_comma_are_one_person() -> None:
    text = (
        "ADA ROE, HOST: Will it rain?\n\nVICE ADM. TOMAS GRELL, STUDIO GUEST: It rains.\n\n"
        "ROE: Are you wet?\n\nT. GRELL: We are so wet.\n\nGRELL: Bye.\n\nA. ROE: Go."
    )

    assert {one for one in names(text) if one} == {"Tomas Grell", "Ada Roe"}


def test_a_label_in_capitals_is_parted_into_name_and_role() -> None:
    label = "VICE ADM. TOMAS GRELL, STUDIO GUEST"

    one = unlabelled(Mention(label, 0, len(label), "name"))

    assert (one.name, one.role) == ("TOMAS GRELL", "VICE ADM., STUDIO GUEST")
    assert label[one.name_start : one.end] == "TOMAS GRELL"


def test_two_of_one_initial_are_nobody() -> None:
    text = "Kit Varga met Karl Varga at noon. “It sags,” said K. Varga."

    assert names(text) == [None]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mayor Petra Hosk came. “It sags,” the mayor said.", "Petra Hosk"),
        ("The mayor of Nordal, Petra Hosk, came on Monday. “It sags,” said the mayor.",
         "Petra Hosk"),
        ("Mayor Petra Hosk came with Deputy Mayor Milo Quist. “It sags,” the mayor said.",
         "Petra Hosk"),
        ("Prime Minister Petra Hosk met Fish Minister Milo Quist. “It sags,” the prime minister "
         "said.", "Petra Hosk"),
        ("Mayor Petra Hosk met Mayor Milo Quist. “It sags,” the mayor said.", "the mayor"),
        ("Deputy Mayor Petra Hosk came. “It sags,” the mayor said.", "the mayor"),
        ("Mayor Petra Hosk came. The mayor of Belling came too. “It sags,” the mayor said.",
         "the mayor"),
        ("“It sags,” the mayor said. Mayor Petra Hosk came at noon.", "the mayor"),
    ],
)  # fmt: skip
def test_an_office_stands_for_its_only_holder(text: str, name: str) -> None:
    assert names(text) == [name]


@pytest.mark.parametrize(
    ("text", "both"),
    [
        ("“It sags,” said Petra Hosk and Milo Quist in a joint note.", "Petra Hosk and Milo Quist"),
        ("“It sags,” Mayor Petra Hosk and clerk Milo Quist said.",
         "Mayor Petra Hosk and clerk Milo Quist"),
        ("“It sags,” Petra Hosk, the mayor, and Milo Quist said.",
         "Petra Hosk, the mayor, and Milo Quist"),
        ("“It sags,” said Nora and Milo Feld.", "Nora and Milo Feld"),
        ("“It sags,” said Nora Feld and her deputy, Milo Quist.",
         "Nora Feld and her deputy, Milo Quist"),
        ("Petra Hosk, Milo Quist and Bo Lim said the roof sags.",
         "Petra Hosk, Milo Quist and Bo Lim"),
        ("“It sags,” said Petra Hosk, and Milo Quist nodded.", "Petra Hosk"),
        ("“It sags,” said Petra Hosk and left.", "Petra Hosk"),
    ],
)  # fmt: skip
def test_two_who_speak_together_are_one_phrase(text: str, both: str) -> None:
    assert names(text) == [both]


@pytest.mark.parametrize(
    ("before", "pronoun", "who"),
    [
        ("Saro Venn wrote to Peter Pellow about the ditch.", "he", None),
        ("Peter Pellow wrote to Saro Venn about the ditch.", "he", None),
        ("Saro Venn met Zeb Pellow at the ditch.", "she", None),
        ("Saro Venn wrote to Mary Pellow about the ditch.", "he", "Saro Venn"),
        ("Peter Pellow opened the gate in Ashen Dell.", "he", "Peter Pellow"),
        ("“Thank you, Peter,” said Mary Pellow.", "he", None),
        ("Deputy Kim Min-jae shut the gate.", "she", "Kim Min-jae"),
    ],
)
def test_a_name_in_no_table_may_be_a_mans_or_a_womans(
    before: str, pronoun: str, who: str | None
) -> None:
    text = f"{before} “It has grown,” {pronoun} said."

    assert names(text)[-1] == who


@pytest.mark.parametrize(
    "text",
    [
        "That plan was also turned down on Friday by Petra Hosk, “for good.”",
        "That idea was also ruled out on Friday by Nils Torv, who left.",
        "The plan was later described by Nils Torv as “too dear.”",
    ],
)
def test_what_is_done_to_a_thing_the_thing_does_not_say(text: str) -> None:
    assert not {"That plan", "That idea", "The plan"} & set(names(text))


def test_a_courtesy_that_does_not_fit_is_not_that_person() -> None:
    text = "Mary Orr opened the gate. “It sags,” Mr. Orr said."

    assert names(text) == ["Mr. Orr"]


def test_the_body_that_an_office_is_of_is_no_person() -> None:
    text = "Tom Dee met the chairman of the PFC at noon. “It sags,” he said."

    assert names(text) == ["Tom Dee"]


def test_kin_is_no_office() -> None:
    text = "His wife, Mary Orr, came. “It sags,” Orr said."

    assert speakers(text) == [("Mary Orr", None)]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Nora Feld, the mayor of Nordal, met Petra Hosk, the mayor of Arden. “It sags,” said the "
         "mayor of Arden.", "Petra Hosk"),
        ("Prosecutor Joan Vidal met Milo Quist. Milo Quist left. Vidal said he would appeal. "
         "“It sags,” he said.", "Joan Vidal"),
        ("Nora Feld met John Quist.\n\n“It sags,” she said.", "Nora Feld"),
        ("Former mayor Milo Varga spoke for his wife, Nora Varga.\n\n“It sags,” Varga said.",
         "Milo Varga"),
        ("“It sags,” said her brother, Milo Varga. Nora Varga left. “It does,” Varga said.", None),
    ],
)  # fmt: skip
def test_whom_an_office_a_pronoun_or_a_shared_surname_means(text: str, who: str | None) -> None:
    assert names(text)[-1] == who


def test_the_name_of_a_paper_in_front_of_a_headline_speaks_not() -> None:
    assert names("Nordal Courier: two hurt at the mill\n\nIt burned all night.") == []
