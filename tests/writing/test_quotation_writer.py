"""What is written when nothing answers."""

from __future__ import annotations

from assistant.records import Quote, Source
from assistant.writing.quotation_writer import not_found

NEAR = Quote("The pier is shut.", 0, 17, Source("a", "Pier"))


def test_the_nearest_evidence_is_announced_as_no_answer() -> None:
    assert not_found([NEAR]).startswith("The articles do not say. The nearest they come is below")
    assert not_found([]) == "The articles do not say."


def test_a_topic_that_nothing_is_about_is_said_in_one_line() -> None:
    assert not_found([NEAR], about=False) == "Nothing in the collection is about this."


def test_what_is_missing_is_said_in_both_manners() -> None:
    missing = ["Nothing in the collection names “Quell”."]
    assert not_found([NEAR], missing).endswith(f"\n\n{missing[0]}")
    assert not_found([], missing, about=False).endswith(f"\n\n{missing[0]}")
