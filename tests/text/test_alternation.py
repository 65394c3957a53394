"""One pattern of shared beginnings finds what a plain alternation finds."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from assistant.text.attribution.alternation import any_of

WORDS = st.sets(st.text(st.sampled_from("ab. c"), min_size=1, max_size=5), min_size=1, max_size=8)


@given(WORDS, st.text(st.sampled_from("ab. c"), max_size=30))
def test_it_finds_the_same_as_the_words_side_by_side_longest_first(
    words: set[str], text: str
) -> None:
    plain = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))

    found = [one.span() for one in re.finditer(any_of(words), text)]

    assert found == [one.span() for one in re.finditer(plain, text)]


def test_shared_beginnings_are_tried_once() -> None:
    assert any_of(["add", "added"]) == "add(?:ed)?"


def test_a_word_given_twice_counts_once() -> None:
    assert any_of(["say", "say"]) == "say"
