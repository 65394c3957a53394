"""Who said it: cues, names, pronouns, running quotations, and None wherever two could be meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text.attribution.attributions import attributions, speaker_of
from assistant.text.attribution.resolve_speaker import Speaker
from tests.support.effort import MANY, processor_seconds


def speaker(text: str, words: str) -> Speaker | None:
    """Who said `words` in `text`."""
    start = text.index(words)
    return speaker_of(text, start, start + len(words))


def name(text: str, words: str) -> str | None:
    found = speaker(text, words)
    return found.name if found else None


# The words asked for stand between bars; then who said them, their role and the cue.
PRINTED = [
    (
        "|“The mole is safe,”| said Ada Roe, the mayor of Arden.",
        "Ada Roe",
        "mayor of Arden",
        "said",
    ),
    (
        "|“The mole is safe,”| Ada Roe, the mayor of Arden, said.",
        "Ada Roe",
        "mayor of Arden",
        "said",
    ),
    ("Mayor Ada Roe said |the mole was safe|.", "Ada Roe", "Mayor", "said"),
    (
        "NATO Secretary-General Bo Lim warned |that the ice was thin|.",
        "Bo Lim",
        "NATO Secretary-General",
        "warned",
    ),
    (
        "A spokesman for the port, Lou Dee, said |it would reopen|.",
        "Lou Dee",
        "spokesman for the port",
        "said",
    ),
    (
        "|The mole is safe|, according to the harbour office.",
        "the harbour office",
        None,
        "according to",
    ),
    (
        "According to harbour pilot Ida Orr, |the fog lifted at noon|.",
        "Ida Orr",
        "harbour pilot",
        "According to",
    ),
    ("In a statement, the ministry said: |“Nobody was hurt.”|", "the ministry", None, "said"),
    ("The report found |that the “old beams” were rotten|.", "The report", None, "found"),
    ("Police said |the road would stay shut|.", "Police", None, "said"),
    (
        "Officials at the Arden Port Authority said |the crane fell|.",
        "Officials at the Arden Port Authority",
        None,
        "said",
    ),
    ("Ada Roe told reporters |that the mole was safe|.", "Ada Roe", None, "told"),
    ("Ada Roe wrote: |“The mole is safe.”|", "Ada Roe", None, "wrote"),
    ("Ada Roe put it plainly: |“We are broke.”|", "Ada Roe", None, "put it"),
    ("|“We are broke.”| — Ada Roe", "Ada Roe", None, "—"),
    ("|“Who pays?”| Roe demanded.", "Roe", None, "demanded"),
    ("|''We pay,''| said Ada Roe.", "Ada Roe", None, "said"),
    ('|"We pay,"| Ada Roe stressed.', "Ada Roe", None, "stressed"),
    (
        "Ada Roe praised the crew, adding |that it was “the best” in Arden|.",
        "Ada Roe",
        None,
        "adding",
    ),
    ("Roe Says |Mole Is “Safe”|", "Roe", None, "Says"),
    ("Calling |the mole “a ruin,”| Ada Roe left.", "Ada Roe", None, "Calling"),
    ("Ada Roe and Bo Lim said |it rained|.", "Ada Roe and Bo Lim", None, "said"),
    ("Ada Roe — who owns the mole — said |it rained|.", "Ada Roe", None, "said"),
    ("Ada Roe was quoted as saying |it rained|.", "Ada Roe", None, "was quoted as saying"),
    ("|“It rained,”| replied Ada Roe.", "Ada Roe", None, "replied"),
    ("Ada Roe waved it off |as a “toy”|.", "Ada Roe", None, "as"),
    ("Pilots in the port said |it rained|.", "Pilots in the port", None, "said"),
    ("In a letter the port said |it rained|.", "the port", None, "said"),
    ("|“It rained,”| noted Harbour Wire’s Ada Roe.", "Ada Roe", None, "noted"),
    ("Roe’s claim |that the mole was “safe”| is in doubt.", "Roe", None, "claim"),
    ("The fee, Roe said, |“is a joke.”|", "Roe", None, "said"),
]


@pytest.mark.parametrize(("marked", "who", "role", "cue"), PRINTED)
def test_the_speaker_is_found_as_printed(marked: str, who: str, role: str | None, cue: str) -> None:
    before, words, after = marked.split("|")
    text = before + words + after

    found = speaker_of(text, len(before), len(before) + len(words))

    assert found is not None
    assert (found.name, found.role, found.cue) == (who, role, cue)


@pytest.mark.parametrize("case", PRINTED, ids=lambda case: case[0][:30])
def test_the_mention_is_a_slice_of_the_article(case: tuple[str, str, str | None, str]) -> None:
    text = case[0].replace("|", "")

    for one in attributions(text).all:
        assert one.speaker is not None
        assert text[one.speaker.start : one.speaker.end] == one.speaker.name


def test_a_whole_sentence_has_the_speaker_printed_in_it() -> None:
    text = "It rained. “The mole is safe,” Mayor Ada Roe said in Arden on Monday. It stopped."

    assert name(text, "“The mole is safe,” Mayor Ada Roe said in Arden on Monday.") == "Ada Roe"
    assert name(text, "It rained.") is None
    assert name(text, "It stopped.") is None


NOBODY = [
    "The mole was painted red on Monday.",
    "The crew sang in the “Red Lion” until noon.",
    "Roe never said the mole was safe.",
    "Roe was told the mole was safe.",
    "Roe did not say that the mole was safe.",
    "Roe could say the mole was safe.",
    "The calls for help came at noon.",
]


@pytest.mark.parametrize("text", NOBODY)
def test_what_nobody_is_said_to_have_said_has_no_speaker(text: str) -> None:
    assert speaker_of(text, 0, len(text)) is None


def test_a_surname_gets_the_full_name_and_role_printed_elsewhere() -> None:
    text = (
        "Harbourmaster Ida Orr opened the gate. Boats left at once.\n\n"
        "“We waited long enough,” Orr said."
    )

    found = speaker(text, "“We waited long enough,”")

    assert found is not None
    assert (found.name, found.role) == ("Ida Orr", "Harbourmaster")
    assert text[found.start : found.end] == "Orr"


def test_two_of_one_surname_are_nobody() -> None:
    text = "Ida Orr met Tom Orr at the quay. “We waited long enough,” Orr said."

    assert name(text, "“We waited long enough,”") is None


def test_a_courtesy_tells_two_of_one_surname_apart() -> None:
    text = "Mary Orr met Tom Orr at the quay. “We waited long enough,” Mr. Orr said."

    assert name(text, "“We waited long enough,”") == "Tom Orr"


@pytest.mark.parametrize(
    ("before", "pronoun", "who"),
    [
        ("Mary Orr opened the gate.", "she", "Mary Orr"),
        ("Mary Orr met Tom Dee at the quay.", "she", "Mary Orr"),
        ("Mary Orr met Tom Dee at the quay.", "he", "Tom Dee"),
        ("Tom Dee met John Poe at the quay.", "he", None),
        ("Tom Dee said John Poe was late.", "he", "Tom Dee"),
        ("Tom Dee left. He saw John Poe.", "he", None),
        ("Mary Orr opened the gate.", "he", None),
        ("Tom Dee of the port left. The boat was late. It was raining.", "he", "Tom Dee"),
        ("A spokesman for the port declined. “No,” a spokesman for the port said.", "he",
         "a spokesman for the port"),
        ("The miners said the shaft was shut.", "they", "The miners"),
        ("The ministry said the shaft was shut.", "it", "The ministry"),
        ("The ministry said the shaft was shut.", "they", None),
        ("Boats left at once with Kesi Orr aboard. Orr slept.", "she", "Kesi Orr"),
        ("Boats left at once with Kesi Orr aboard.", "she", None),
        ("Mayor Orr shut her gate.", "he", None),
    ],
)  # fmt: skip
def test_a_pronoun_means_the_one_it_can_mean(before: str, pronoun: str, who: str | None) -> None:
    text = f"{before} “We waited,” {pronoun} said."

    assert name(text, "“We waited,”") == who


def test_a_quotation_that_goes_on_keeps_its_speaker() -> None:
    text = "“It is late,” Ada Roe said. “It was worth it.”\n\n“Nobody knows,” said Bo Lim."

    assert name(text, "“It was worth it.”") == "Ada Roe"
    assert name(text, "“Nobody knows,”") == "Bo Lim"


def test_an_unclosed_quotation_goes_on_in_the_next_paragraph() -> None:
    text = "“It is late,” Ada Roe said. “It was worth it.\n\n“We will be back.”\n\n“Never.”"

    assert name(text, "“We will be back.”") == "Ada Roe"
    assert name(text, "“Never.”") is None


def test_a_sentence_inside_a_longer_quotation_has_its_speaker() -> None:
    text = "“It is late. The mole is safe. We go home,” Ada Roe said."

    assert name(text, "The mole is safe.") == "Ada Roe"


def test_a_colon_hands_the_next_paragraph_to_its_speaker() -> None:
    assert name("Ada Roe continued:\n\n“The mole is safe.”", "“The mole is safe.”") == "Ada Roe"


def test_those_who_speak_in_turns_are_told_apart() -> None:
    text = "ROE: Is it safe?\nLIM: It is. Go home.\nROE: Thank you.\nLIM: Any time."

    assert name(text, "Is it safe?") == "ROE"
    assert name(text, "Go home.") == "LIM"


def test_words_inside_quotation_marks_are_no_cues() -> None:
    text = "“My father said the mole was rotten,” Ada Roe recalled."

    assert name(text, "“My father said the mole was rotten,”") == "Ada Roe"


def test_what_one_says_that_another_said_is_the_first_ones_as_a_whole() -> None:
    text = "Ada Roe said that Bo Lim had called the mole “a ruin.”"

    assert name(text, "that Bo Lim had called the mole “a ruin.”") == "Ada Roe"
    assert name(text, "the mole “a ruin.”") == "Bo Lim"


def test_a_span_with_words_of_two_speakers_has_none() -> None:
    text = "“The mole is safe,” Ada Roe said. “The mole is a ruin,” said Bo Lim."

    assert speaker_of(text, 0, len(text)) is None


pieces = st.lists(
    st.sampled_from(
        ["“", "”", '"', "''", " said ", "Ada Roe", ", ", ". ", "\n", " he ", ":", "the mayor", "—"]
    )
    | st.text(max_size=4)
).map("".join)


@given(pieces, st.integers(0, 40), st.integers(0, 40))
def test_any_text_and_span_has_a_printed_speaker_or_none(text: str, start: int, end: int) -> None:
    found = speaker_of(text, start, end)

    assert found is None or (text[found.start : found.end].strip() and found.cue)


@pytest.mark.parametrize(
    "piece",
    ["“", '"', "''", "A. ", "(Ann) ", "said Ann Poe, the mayor, ", "“x,” he said. ", "Mr. "],
)
def test_two_hundred_kilobytes_of_anything_take_seconds(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    with processor_seconds(MANY):
        attributions(text)


def test_a_role_before_the_name_does_not_hide_what_was_stated() -> None:
    text = "The beam was rotten through, city engineer Lotte Fenn said at midday."
    speaker = speaker_of(text, 0, len(text))
    assert speaker is not None
    assert (speaker.name, speaker.role) == ("Lotte Fenn", "city engineer")


@pytest.mark.parametrize("mark", ["’", "'"])
def test_an_office_keeps_whose_it_is(mark: str) -> None:
    text = f"NATO{mark}s Secretary-General Ada Roe said on Friday that the mole stays shut."
    speaker = speaker_of(text, 0, len(text))
    assert speaker is not None
    assert speaker.role == f"NATO{mark}s Secretary-General"
