from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.text import sentences
from tests.support.effort import MANY, processor_seconds

# Each bar is where one sentence ends and the next begins.
CASES = [
    "It rained. | The match went on.",
    "Is it over? | No! | It is not.",
    "Exports to the U.S. rose in May. | Imports fell.",
    "Markets fell in the U.S. | Shares fell in London too.",
    "He moved to the U.S. | The visa took a year.",
    "The U.S. President Joe Biden spoke. | The U.S. Senate voted.",
    "The U.S. Centers for Disease Control agreed.",
    "A U.N. Security Council envoy, Gen. Ada Roe, met Lt. Gov. Bo Lim.",
    "Dr. Lee, Mr. Smith and Mrs. Jones left. | Ms. Poe stayed.",
    "Sen. Ann Poe and Rep. Lou Dee (D-Calif.) agreed. | Sens. Roe and Lim did not.",
    "The meeting is at 10 a.m. Monday in Arden.",
    "It closes at 9 p.m. ET. | Doors open at 8 p.m. Eastern time.",
    "It opened at 10 a.m. | The queue was long.",
    "Shots were heard at 4 a.m. | Police arrived at 5 a.m. on foot.",
    "The Jan. 6 committee and the Sept. 11 report are two things.",
    "They met in Dec. | Nothing came of it.",
    "She is No. 4 in the world. | He said no. | Then he left.",
    "He lives in St. Louis, on Main St. | The house is red.",
    "J. K. Rowling met George W. Bush and J.R.R. Tolkien.",
    "They went to plan B. | It failed.",
    "It may … end soon, or ... not.",
    "She paused … | The room was still.",
    "He waited ... | Nobody came.... | Then he left.",
    "We need … NATO now, and … I mean now.",
    "Prices rose 3.5 percent. | Wages rose 2.1 percent.",
    "“We are ready.” | The mayor nodded.",
    'He asked, "Are we ready?" | "We are."',
    "(The mayor declined to comment.) | The council did not.",
    "“Quote one. | Quote two,” he said.",
    '"Why?" he asked. | “Stop!” she cried.',
    "“Why now?” Smith asked. | “Why not?” | The mayor laughed.",
    "“Why?” Mayor Ann Poe asked.",
    "• One thing\n|• Another thing. | And more",
    "Headline without a stop\n|The story begins.",
    "City / 2020 / 2021\n|Arden / 3.5 / 4.1",
    "Arden Steel Inc. said so. | Arden Steel Co. Chief Executive Lou Dee agreed.",
    "He works for Arden Corp. | The firm is small.",
    "Use tools, e.g. Hammers, i.e. Things that hit.",
    "In Roe v. Wade the court ruled. | Arden vs. Brandy ended 2-1.",
    "1. Rent a car\n|2. Drive home. | Sleep.",
    "It began in 2022. | 15 people came. | $5 was the price.",
    "She got an iPhone. | iPhone sales rose.",
    "Élan won. | Østby lost. | Ángel drew.",
    "Ask Yahoo.com or mail a.b@c.de today. | Or do not.",
    "REAR ADM. ADA ROE spoke. | GEN. LIM DID NOT.",
    "   Spaces around.   |   And after.  ",
]


@pytest.mark.parametrize("case", CASES)
def test_sentences_end_at_the_bars(case: str) -> None:
    text = case.replace("|", "")

    found = [text[start:end] for start, end in sentences.split(text)]

    assert found == [part.strip() for part in case.split("|")]


def test_nothing_has_no_sentences() -> None:
    assert sentences.split("") == []
    assert sentences.split(" \n\n\t ") == []


news = st.lists(
    st.sampled_from(
        ["U.S.", "a.m.", "“", "”", '"', "?", "!", "…", "...", ".", " ", "\n", "Dr.", "No"]
    )
    | st.text(max_size=4)
).map("".join)


@given(news)
def test_spans_are_ordered_stripped_and_hold_every_character(text: str) -> None:
    spans = sentences.split(text)

    edges = [edge for span in spans for edge in span]
    assert edges == sorted(edges)
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)
    held = "".join(text[start:end] for start, end in spans)
    assert "".join(held.split()) == "".join(text.split())


@given(news)
def test_no_sentence_holds_a_newline(text: str) -> None:
    assert not any("\n" in text[start:end] for start, end in sentences.split(text))


@pytest.mark.parametrize("piece", ["...", "A.A.A.A.", '"', "A. ", ".” ", " ", "\n"])
def test_a_megabyte_of_anything_takes_seconds(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))

    with processor_seconds(MANY):
        sentences.split(text)


def test_a_sentence_of_five_megabytes_stays_whole() -> None:
    text = "word " * 1_000_000

    assert sentences.split(text) == [(0, len(text) - 1)]
