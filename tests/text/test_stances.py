"""What a writer tells of who says, thinks or wants what, kind by kind; and what nobody holds."""

from __future__ import annotations

import pytest

from assistant.text.attribution.attributions import attributions, speaker_of

# What is asked for stands between bars; then who is named for it.
TOLD = [
    # verbs with a clause, with and without "that"
    ("Some voters believe |the mole is safe|.", "Some voters"),
    ("But analysts agreed |it was a costly plan|.", "analysts"),
    ("One study found |the fee would hurt small boats|.", "One study"),
    ("Twelve percent indicated |that they were not sure|.", "Twelve percent"),
    ("To varying degrees, all agreed |that the fee would rise|.", "all"),
    ("The appeals court ruled |that the practice harms some|.", "The appeals court"),
    (
        "The pier was not safe, and human rights groups warned |that it was early|.",
        "human rights groups",
    ),
    # verbs with "to", an object, a preposition
    ("The council refused |to meet the pilots|.", "The council"),
    ("Both candidates have opposed |an expensive new pier|.", "Both candidates"),
    ("Ada Roe ruled out |a second vote|.", "Ada Roe"),
    ("Ada Roe has also commented on |the crash|.", "Ada Roe"),
    ("Ada Roe voted |to close the mole|.", "Ada Roe"),
    ("The road board voted Thursday |to close the mole|.", "The road board"),
    ("Ada Roe made it clear |he had misgivings|.", "Ada Roe"),
    ("Residents have voiced deep concern about |the crane|.", "Residents"),
    ("Ada Roe offered |some pointed advice to the port|.", "Ada Roe"),
    ("Pilots were frustrated that |the port released only one film|.", "Pilots"),
    ("The union is opposed to |night work|.", "The union"),
    ("Roe, the pilot, called the new mole |weaker but wiser|.", "Roe"),
    ("Ada Roe called |the crane too slow|.", "Ada Roe"),
    ("The company views |the dredger as a bargain|.", "The company"),
    # whose verb comes after another
    ("Ada Roe continued to call for |a vote|.", "Ada Roe"),
    ("Ada Roe was able to consistently tout |her record|.", "Ada Roe"),
    ("The ministers met in the old hall to discuss |the fee|.", "The ministers"),
    ("Ada Roe left early, promising |to mend the mole|.", "Ada Roe"),
    ("Ada Roe began by emphasizing |the need for calm|.", "Ada Roe"),
    ("A letter calling for |his dismissal| was read out.", "A letter"),
    # subjects
    ("The port and its pilots say |that the channel is clear|.", "The port and its pilots"),
    ("Polls that were taken in May show |the mayor ahead|.", "Polls"),
    ("They met a clerk who said |he was never paid|.", "a clerk"),
    ("The fee was set by the board, which wants |more money|.", "the board"),
    ("It was Ada Roe, who opposes |the pier|, that called.", "Ada Roe"),
    ("“Go,” said Ada Roe, a clerk, who hopes |to stay|.", "Ada Roe"),
    ("Citing |the fog on the channel|, Ada Roe left.", "Ada Roe"),
    # passives
    ("|The idea| was rejected by Ada Roe.", "Ada Roe"),
    ("|The mayor| has been endorsed by the harbour union.", "the harbour union"),
    # the clause stands before
    ("|The plan is still tilted toward big ships|, the Harbour Fund said.", "Harbour Fund"),
    ("|Small boats pay most of the fee|, other studies have shown.", "other studies"),
    ("Ada Roe would pay, but for some, |the losses would be large|, said Bo Lim.", "Bo Lim"),
    # two turns in one sentence
    ("Ada Roe wants the pier, but critics say |it costs too much|.", "critics"),
    ("Ada Roe promised to cut the fee, but pilots doubt |she can|.", "pilots"),
    # nouns
    ("Ada Roe’s decision |to close the mole| drew crowds.", "Ada Roe"),
    ("Warnings from the port |that the mole leaks| went unheard.", "the port"),
    # what is printed shows
    ("The survey showed |Ada Roe in front in the port|.", "The survey"),
    # a headline
    ("Harbour Union Rejects |Fee Plan|\n\nIt rained on the port.", "Harbour Union"),
]


@pytest.mark.parametrize(("marked", "who"), TOLD)
def test_what_is_told_has_its_speaker(marked: str, who: str) -> None:
    before, words, after = marked.split("|")

    found = speaker_of(before + words + after, len(before), len(before) + len(words))

    assert found is not None
    assert found.name == who


NOBODY = [
    "The arena planned on the waterfront is large.",
    "A man suspected of theft left the port.",
    "Neither club announced the move.",
    "Ada Roe could say it rained.",
    "If someone told you it rained, go home.",
    "No voter wants a second pier.",
    "The board passed it by 24 votes to seven.",
    "One of the glass doors threatened to break.",
    "The pier’s first estimate of the tide is old.",
    "The savings plans of the port are new.",
    "The price fell by 0.1 percentage points to two.",
    "Ada Roe saw the boat as the pilots came back.",
    "Anyone may wonder whether it rained.",
    "No one in the port ever wanted to sail.",
    "Ada Roe showed no sorrow as the bell was rung.",
    "Widely criticized, the pier was shut.",
    "Bo Lim is a conservative judge who sits in Arden.",
]


@pytest.mark.parametrize("text", NOBODY)
def test_what_nobody_holds_has_no_speaker(text: str) -> None:
    assert speaker_of(text, 0, len(text)) is None


def test_a_following_sentence_goes_on_with_the_one_who_spoke() -> None:
    text = "The port office said it would close. It also wants to hire pilots."

    found = speaker_of(text, text.index("to hire"), len(text))

    assert found is not None
    assert found.name == "The port office"


def test_who_is_named_by_who_is_printed_as_who() -> None:
    text = "They met Ada Roe, who opposes the pier."

    (told,) = attributions(text).all

    assert told.speaker is not None
    assert text[told.speaker.start : told.speaker.end] == "who"


def test_what_another_says_in_between_keeps_the_sentence_from_one_name() -> None:
    text = "The board came by ship, according to Ada Roe, and advised the pilots to stay at home."

    assert speaker_of(text, 0, len(text)) is None


def test_what_is_nested_belongs_to_both() -> None:
    text = "Ada Roe asserted that Bo Lim tells so many lies that pilots laugh."

    whole = speaker_of(text, text.index("that Bo"), len(text))
    inner = speaker_of(text, text.index("that pilots"), len(text))

    assert whole is not None
    assert inner is not None
    assert (whole.name, inner.name) == ("Ada Roe", "Bo Lim")
