"""A card is one person's words, or the writer's."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.evaluate import card_speakers
from assistant.evidence import quotes
from assistant.evidence.speakers_and_days import attribute
from assistant.records import Article, Hit, Passage
from assistant.text import sentences
from assistant.text.attribution.attributions import attributions

Write = Callable[..., Article]
APART = [
    "“The quay is far too loud at night,” said Una Marr.\n\n“We sleep well,” said Pim Oke.",
    "“The quay is far too loud at night,” said Una Marr.\n\nThe port said that it would look.",
    "‘The quay is far too loud at night,’ said Una Marr.\n\n'It is ours,' said Pim Oke.",
    "“The quay is far too loud at night,” said Una Marr. He said it was not.",
    "“The quay is far too loud at night,” said Una Marr. It was built in 1901.",
    "The quay waits for its lamps.\n\n“They come in May,” said Pim Oke.",
    "The quay waits for its lamps. “They come in May,” said Pim Oke.",
    "“The quay is far too loud at night,” said Una Marr.\n\n“It is grey.”",
    "- The quay gets lamps.\n- The mole gets a rail.",
    "1. The quay gets lamps.\n2. The mole gets a rail.",
    "Q: And the quay, who owns it?\nA: The port owns it now.",
    "UNA MARR: The quay is loud.\nPIM OKE: It is not so loud.",
    "How loud is the quay at night?\nIt is not so loud.",
    "Lamps for the quay\n\nThe port buys twelve of them.",
]
TOGETHER = [
    "The quay is as old as the port.\n\nIt was built in 1901.",
    "Mary Orr said the quay was loud. She said that nobody slept.",
]


def last_card(article: Article) -> str:
    hit = Hit(Passage(article.source, 0, len(article.text), article.text, 0), 1.0)
    last = quotes.candidates([hit], {"a": article})[-1]
    (made,) = quotes.choose([(1.0, last)], {"a": article}, limit=1)
    return made.text


@pytest.mark.parametrize("text", APART)
def test_the_sentence_before_stays_out_where_someone_else_tells_it(write: Write, text: str) -> None:
    first, second = (text[start:end] for start, end in sentences.split(text)[-2:])
    assert last_card(write(text)) == second
    assert first not in last_card(write(text))


@pytest.mark.parametrize("text", TOGETHER)
def test_the_sentence_before_is_quoted_with_what_the_same_one_tells(
    write: Write, text: str
) -> None:
    assert last_card(write(text)) == text


def test_each_of_two_who_say_the_same_words_has_a_card_under_their_name(write: Write) -> None:
    article = write(
        "The school waits for its roof.\n\n“It will open in March,” said headmistress Una Marr at "
        "a meeting.\n\nThe bridge waits for its railings.\n\n“It will open in April,” said Pim Oke."
    )
    hit = Hit(Passage(article.source, 0, len(article.text), article.text, 0), 1.0)
    found = [one for one in quotes.candidates([hit], {"a": article}) if "“" in one.text]
    made = quotes.choose([(1.0, one) for one in found], {"a": article}, limit=5)
    assert [one.speaker for one in attribute(made, {"a": article})] == ["Una Marr", "Pim Oke"]


def _joins_two(text: str) -> list[str]:
    spans = set(sentences.split(text))
    return [
        text[start:end]
        for start, end in card_speakers.cards(text)
        if card_speakers.of_two(text, start, end)
        and ((start, end) not in spans or attributions(text).speaker_of(start, end))
    ]


PIECES = [
    "Una Marr said the quay was loud.", "“We sleep well,” said Pim Oke.", "It was built in 1901.",
    "He said that it was not.", "“It is grey.”", "The port said that lamps would come.",
    "Lamps for the quay", "- It gets a rail.", "She wants lamps.", "Pim Oke opposes the lamps.",
]  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from([" ", "\n", "\n\n"]))))
def test_no_card_joins_the_words_of_two_however_sentences_follow(
    parts: list[tuple[str, str]],
) -> None:
    assert _joins_two("".join(piece + gap for piece, gap in parts).strip()) == []


SAMPLES = Path(__file__).parents[2] / "index" / "articles"


def test_no_card_of_our_sample_articles_joins_the_words_of_two() -> None:
    texts = [file.read_text(encoding="utf-8") for file in sorted(SAMPLES.glob("*.md"))]
    assert len(texts) > 5
    assert [card for text in texts for card in _joins_two(text)] == []
