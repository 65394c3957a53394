"""Who says, wants or refuses something that stands in no quotation marks."""

from __future__ import annotations

import pytest

from assistant.text.attribution.attributions import attributions, speaker_of

# What is said stands between bars; then who says it.
TOLD = [
    ("Lou Poe said |that the dam would hold|.", "Lou Poe"),
    ("|The dam would hold until spring|, the ministry said.", "the ministry"),
    ("After a week of rain, |the dam still held on Monday|, Lou Poe said.", "Lou Poe"),
    ("|The dam leaks in two places|, city engineers said on Friday morning, as rain fell.",
     "city engineers"),
    ("According to the ministry, |the dam will hold until spring|.", "the ministry"),
    ("Many residents say |the dam should be higher|.", "Many residents"),
    ("Lou Poe has called for |a higher dam|.", "Lou Poe"),
    ("Lou Poe has cited |the flood of last year|.", "Lou Poe"),
    ("Lou Poe opposes |a second dam above the town|.", "Lou Poe"),
    ("The maintenance log said |that the dam had leaked|.", "The maintenance log"),
    ("Lou Poe knows |that the dam cannot be built in a year|.", "Lou Poe"),
]  # fmt: skip
# None of this is anyone's word.
UNTOLD = [
    "Lou Poe has not cited |the flood of last year|.",
    "Lou Poe called |the police at once|.",
    "Lou Poe saw |a light on the dam|.",
    "Lou Poe declined to comment on |the price of the dam|.",
    "The plan for |a second dam above the town| is old.",
    "Lou Poe would oppose |a second dam above the town|.",
    "An earlier version of this article said |that the dam had leaked|.",
    "A previous version of this story misspelt a name and said |the dam had leaked|.",
]


def name(marked: str) -> str | None:
    before, words, after = marked.split("|")
    found = speaker_of(before + words + after, len(before), len(before) + len(words))
    return found.name if found else None


@pytest.mark.parametrize(("marked", "who"), TOLD)
def test_what_is_told_without_quotation_marks_has_its_speaker(marked: str, who: str) -> None:
    assert name(marked) == who


@pytest.mark.parametrize("marked", UNTOLD)
def test_what_is_denied_possible_or_done_is_nobodys_word(marked: str) -> None:
    assert name(marked) is None


def test_what_is_credited_ends_where_someone_else_takes_a_turn() -> None:
    text = "Lou Poe said the dam would hold, while engineer Bo Lim warned that it leaks."
    assert [(text[one.start : one.end].strip(), one.speaker and one.speaker.name)
            for one in attributions(text).all] == [
        ("the dam would hold", "Lou Poe"),
        ("that it leaks.", "Bo Lim"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "“The dam is safe,” said Lou Poe, while Bo Lim said “it leaks in two places”.",
        "Lou Poe said the dam would hold, while engineer Bo Lim warned that it leaks.",
        "Lou Poe wants a second dam above the town; Bo Lim says the first one is enough.",
    ],
)
def test_a_sentence_with_the_words_of_two_has_no_speaker(text: str) -> None:
    assert speaker_of(text, 0, len(text)) is None


def test_what_someone_found_is_told_by_who_says_so_last() -> None:
    text = "Divers have found mud in the four old piles of the bridge, the harbour board said."
    found = speaker_of(text, 0, len(text))
    assert found is not None
    assert found.name == "the harbour board"
