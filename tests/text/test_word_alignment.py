"""Words against a longer run of words."""

from __future__ import annotations

import pytest

from assistant.text.word_alignment import Step, aligned


def steps(asked: str, printed: str) -> list[tuple[str, str]]:
    """What differs: the words asked for, and those printed in their place."""
    one, other = asked.split(), printed.split()
    return [
        (" ".join(one[step.a : step.b]), " ".join(other[step.c : step.d]))
        for step in aligned(one, other)
        if not step.same
    ]


@pytest.mark.parametrize(
    ("asked", "printed", "differ"),
    [
        ("b c", "a b c d", []),
        ("the tide came at ten", "he said the tide came at six and left", [("ten", "six")]),
        ("we will pay", "that we will not pay it", [("", "not")]),
        ("we will not pay", "that we will pay it", [("not", "")]),
        ("forty yards off", "it is four hundred yards off", [("forty", "hundred")]),
        ("two of us", "", [("two of us", "")]),
    ],
)
def test_words_are_found_where_fewest_differ(
    asked: str, printed: str, differ: list[tuple[str, str]]
) -> None:
    assert steps(asked, printed) == differ


def test_the_steps_hold_all_words_asked_for_in_order() -> None:
    found = aligned("a x c".split(), "z a b c".split())
    assert found == [Step(True, 0, 1, 1, 2), Step(False, 1, 2, 2, 3), Step(True, 2, 3, 3, 4)]
