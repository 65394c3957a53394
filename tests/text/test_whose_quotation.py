"""Whose a quotation is where names are alike, marks are mixed, or the subject stands far away."""

from __future__ import annotations

import pytest

from assistant.text.attribution.attributions import attributions
from tests.text.test_turns import spoken


def names(text: str) -> list[str | None]:
    return [name for name, _ in spoken(text)]


@pytest.mark.parametrize("words", ["“It leans,\"", "“It leans”,", "\"It leans,”"])  # fmt: skip
def test_a_mark_closes_what_another_kind_opened(words: str) -> None:
    text = f"{words} Ada Roe said, and went."

    assert names(text) == ["Ada Roe"]


def test_straight_marks_inside_curly_ones_close_nothing() -> None:
    text = '“She said "no," and left,” said Ada Roe.'

    assert spoken(text) == [("Ada Roe", '“She said "no," and left,”')]


def test_a_sentence_that_ends_in_a_short_word_begins_no_name() -> None:
    text = "The fair opens in July. Roe said “we wait.” Ada Roe left for Iowa. Roe said “we go.”"

    assert set(names(text)) == {"Ada Roe"}


@pytest.mark.parametrize(
    "full", ["Robert C. “Bobby” Roe", 'Robert "Bobby" Roe', "Robert ‘Bobby’ Roe"]
)
def test_a_nickname_is_part_of_the_name(full: str) -> None:
    text = f"Pilot {full} came at noon. “It leans,” Roe said."

    assert names(text) == [full]


def test_a_name_with_the_nickname_in_front_is_the_same_person() -> None:
    text = "Pilot Robert “Bobby” Roe came. Bobby Roe left. “It leans,” Roe said."

    assert names(text) == ["Bobby Roe"]


PASSING = "Ada Roe came. Roe sat. Roe spoke. The crew showed a photo of Tom Roe.\n\n"


@pytest.mark.parametrize(
    ("text", "who"),
    [
        (PASSING + "“It leans,” Roe said.", "Ada Roe"),
        (PASSING.strip() + " “It leans,” Roe said.", None),
        ("Ada Roe came. Roe sat. Roe spoke. Tom Roe came.\n\n“It leans,” Roe said.", None),
        ("Ada Roe came. The crew showed a photo of Tom Roe.\n\n“It leans,” Roe said.", None),
    ],
)
def test_a_surname_goes_on_to_mean_the_one_it_meant(text: str, who: str | None) -> None:
    assert names(text)[-1] == who


@pytest.mark.parametrize(
    ("printed", "who"),
    [("Bremmel", "Ada Bremmer"), ("Bermmer", "Ada Bremmer"), ("Bremer", "Ada Bremmer"),
     ("Bremmers", "Bremmers"), ("Kremmer", "Kremmer"), ("Bretter", "Bretter")],
)  # fmt: skip
def test_a_surname_one_letter_off_is_a_misprint(printed: str, who: str) -> None:
    assert names(f"Ada Bremmer came at noon. “It leans,” {printed} said.") == [who]


@pytest.mark.parametrize("who", ["Ned Kelly", "The family", "Roe’s ally", "The General Assembly"])
def test_what_ends_in_ly_is_not_always_how(who: str) -> None:
    assert names(f"{who} called the mole “a ruin.”") == [who]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Ada Roe, a pilot, went on air and began by saying it was “a ruin.”", "Ada Roe"),
        ("Ada Roe, who in 2019 said the mole was “a ruin,” came.", "Ada Roe"),
        ("Ada Roe, now the mayor of Arden, who in May said it was “a ruin,” came.", "Ada Roe"),
        ("“It leans,” it further wrote. ", None),
        ("The port put off what it called “a ruin.”", "The port"),
        ("Tom Dee put off what she called “a ruin.”", None),
        ("Some 63 percent said it was “a ruin.”", "63 percent"),
        ("Pilots marching through the streets chanted “Go home!”", "Pilots"),
        ("Meanwhile, the Arden Bell mocked Poe, saying it was “a ruin.”", "Arden Bell"),
        ("Roe has often used the word “ruin” of it.", "Roe"),
        ("Roe did not use the word “ruin” of it.", None),
        ("The note told of what it said Poe does: “It leans,” the union wrote.", "the union"),
    ],
)
def test_the_subject_is_found(text: str, who: str | None) -> None:
    assert (names(text) or [None])[-1] == who


def test_what_is_said_when_asked_is_the_quotation_alone() -> None:
    text = "Ada Roe said it rains, and when pressed on that, the pilot Bo Lim replied, “It does.”"

    assert spoken(text) == [("Ada Roe", "it rains"), ("Bo Lim", "“It does.”")]


def test_a_clause_after_the_verb_is_said_and_tells_of_no_hearer() -> None:
    text = "Ada Roe says it shows that the mole is “a ruin.”"

    assert spoken(text) == [("Ada Roe", "it shows that the mole is “a ruin.”")]


@pytest.mark.parametrize(
    ("before", "who"),
    [("Tom Dee spoke about Poe’s boat.", "Tom Dee"), ("Tom Dee met John Poe’s lawyer.", None)],
)
def test_who_only_owns_a_thing_is_not_meant_by_a_pronoun(before: str, who: str | None) -> None:
    assert names(f"John Poe slept. {before} “It leans,” he said.")[-1] == who


def test_a_line_of_names_with_a_verb_is_no_headline() -> None:
    text = "Arden Port Party Chairman Tom Dee called Monday’s vote “a ruin.”\n\n“No,” he said."

    assert names(text) == ["Tom Dee", "Tom Dee"]


@pytest.mark.parametrize(
    ("who", "pronoun"), [("The Harbour Times", "it"), ("Officials at the Port", "they")]
)
def test_a_body_in_s_may_be_one(who: str, pronoun: str) -> None:
    assert names(f"{who} said it rains. “It leans,” {pronoun} wrote.") == [who, who]


def test_bold_questions_are_answered_by_the_one_who_was_introduced() -> None:
    text = (
        "Ada Roe mends clocks.\n\n**Did you see it fall?**\n\nI did.\n\nIt was loud.\n\n"
        "**Were you afraid of it?**\n\nI ran.\n\nThe yard opens at ten."
    )

    assert spoken(text) == [
        (None, "Did you see it fall?"),
        ("Ada Roe", "I did."),
        ("Ada Roe", "It was loud."),
        (None, "Were you afraid of it?"),
        ("Ada Roe", "I ran."),
    ]


def test_bold_questions_of_a_list_of_facts_are_no_interview() -> None:
    assert spoken("Ada Roe came.\n\n**Is it safe yet?**\n\nNo.\n\n**Who pays now?**\n\nPoe.") == []


@pytest.mark.parametrize(
    ("clause", "who"),
    [
        ("said one, Petter Lund", "Petter Lund"),
        ("Ada Roe, pointing at the mayor and his deputy, said", "Ada Roe"),
        ("Professor Ada Roe of the University of Arden, the head author, said", "Ada Roe"),
        ("Roe & Sons said", "Roe & Sons"),
        ("Roe, 54, said", "Roe"),
    ],
)
def test_the_whole_name_and_no_more_is_the_speaker(clause: str, who: str) -> None:
    assert names(f"“It leans,” {clause}.") == [who]


def test_what_one_does_beside_a_name_is_no_role() -> None:
    speaker = attributions("“It leans,” said Ada Roe, waving to Mayor Bo Lim.").all[0].speaker

    assert speaker is not None
    assert speaker.role is None


def test_a_surname_with_an_age_is_a_person() -> None:
    assert names("Roe, 54, was blunt. “It leans,” he said.") == ["Roe"]


def test_what_is_so_called_nobody_calls_so() -> None:
    assert names("The so-called “singing mole” of Arden leans.") == []


def test_a_clause_of_saying_may_follow_a_question_without_a_dash() -> None:
    assert names("— Il penche ? demanda Ada Roe.") == ["Ada Roe"]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("“It leans,” said Ada Roe, but her clerk, Bo Lim, said it was “straight.”", "Bo Lim"),
        ("“It leans,” Ada Roe said, and her clerk, Bo Lim, said it was “straight.”", "Bo Lim"),
        ("While Roe said it was “safe,” Poe called it “a trap.”", "Poe"),
        ("Poe (Green, Arden) said it was “straight.”", "Poe"),
        ("In Arden Ada Roe said it was “straight.”", "Ada Roe"),
        ("Ada Roe of the pilots’ union thinks it is “straight.”", "Ada Roe"),
        ("The Department of Mud and Sand (DMS) said it was “straight.”",
         "The Department of Mud and Sand (DMS)"),
        ("Pilots from Arden and Belling said it was “straight.”", "Pilots from Arden and Belling"),
        ("St. Ann’s Hospital said it was “straight.”", "St. Ann’s Hospital"),
        ("Some 2,300 pilots said it was “straight.”", "Some 2,300 pilots"),
        ("Conservative Dale Poe said it was “straight.”", "Dale Poe"),
        ("Vice-chancellor Rosa Poe said it was “straight.”", "Rosa Poe"),
        ("The pilot, who two weeks ago praised it as “straight,” left.", "The pilot"),
        ("One of them is Ada Roe, a pilot who stayed: “It leans.”", "Ada Roe"),
        ("Poe was quoted by the Bell as saying it was “straight.”", "Poe"),
        ("The Bell quoted Poe as saying it was “straight.”", "Poe"),
        ("It was, in Poe’s words, “a ruin.”", "Poe"),
        ("“A ruin,” in the words of Poe.", "Poe"),
        ("Poe shot back: “It leans.”", "Poe"),
        ("Poe, whose boat sank, apologised “for the fuss.”", "Poe"),
        ("The mole leans a bit, Roe said, and “that is all.”", "Roe"),
    ],
)  # fmt: skip
def test_the_clause_nearest_to_the_words_names_their_speaker(text: str, who: str) -> None:
    assert names(text)[-1] == who


@pytest.mark.parametrize(
    "text",
    [
        "Roe wrote a book called “The Mole.”",
        "Nobody said it was “straight.”",
        "The play “Tide,” whose maker has left, opened.",
    ],
)
def test_titles_and_nobody_have_no_speaker(text: str) -> None:
    assert names(text) == []


def test_what_stands_before_a_clause_of_another_is_not_both_ones() -> None:
    text = "While Roe said it was “safe,” Poe called it “a trap.”"

    assert spoken(text) == [("Roe", "it was “safe,”"), ("Poe", "it “a trap.”")]


def test_the_name_of_a_paper_in_marks_is_no_second_quotation() -> None:
    assert spoken("‘It leans,’ Ada Roe told the ‘Port Bell’.") == [("Ada Roe", "‘It leans,’")]


@pytest.mark.parametrize(
    ("before", "who"), [("Poe said it leans.", "Poe"), ("Ann Roe left. Poe said it leans.", None)]
)
def test_a_surname_alone_is_meant_by_a_pronoun_where_nobody_else_is_about(
    before: str, who: str | None
) -> None:
    assert names(f"{before} “It does,” she said.")[-1] == who


def test_a_surname_with_a_trade_beside_it_is_a_person() -> None:
    assert names("Poe, the pilot, believes in luck. “It helps,” he said.")[-1] == "Poe"


def test_numbered_speakers_of_a_transcript_take_turns() -> None:
    text = "Speaker 1: We are shut.\nSpeaker 2: Why?\nSpeaker 1: We are poor."

    assert names(text) == ["Speaker 1", "Speaker 2", "Speaker 1"]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("The beetle, first seen in May, came with timber, says Dr. Ada Roe, a pilot.", "Ada Roe"),
        ("The clerk, Bo Lim, said Ada Roe, the pilot, was late.", "Bo Lim"),
        ("“It leans,” Ada Roe told the crew, according to two pilots. “It fell.”", "Ada Roe"),
        ("A man who would not give his name said it was “straight.”", "A man"),
        ("The man who married Ada Roe said it was “straight.”", "The man"),
        ("They met Bo Lim, now the mayor, who in May said it was “straight.”", "Bo Lim"),
        ("The Bell rated 32 percent of them as “straight,” compared to 11 percent.", "The Bell"),
    ],
)  # fmt: skip
def test_who_stands_beside_the_verb_is_not_always_its_subject(text: str, who: str | None) -> None:
    assert (names(text) or [None])[-1] == who
