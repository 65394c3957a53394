"""Words that may be another, misspelt."""

from __future__ import annotations

import pytest

from assistant.text.misspelling import distance, nearly


@pytest.mark.parametrize(
    ("one", "other", "may_be"),
    [
        ("quimby", "quimby", True),
        ("quimbly", "quimby", True),
        ("stoltenburg", "stoltenberg", True),
        ("qiumby", "quimby", True),
        ("larga", "varga", False),
        ("petra", "peter", False),
        ("roe", "rot", False),
    ],
)
def test_a_slip_or_two_may_be_one_word(one: str, other: str, may_be: bool) -> None:
    assert nearly(one, other) is nearly(other, one) is may_be


def test_letters_that_changed_places_are_one_slip() -> None:
    assert distance("decmeber", "december") == 1
