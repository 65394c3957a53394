"""Near misses for training: another name in the place of the one that was asked for."""

from __future__ import annotations

import random

from training.pools import Pool, told
from training.swaps import swapped

TEXT = (
    "The quay will be closed in May, said harbour master Ada Roe. "
    "Workers will then lay new stones, and Bo Tarn will watch them. "
    "The council paid 4,000 crowns to Bo Tarn for a plan of the quay."
)
POOL = Pool({"quay": told(TEXT, "quay", "Quay shut")})


def test_what_answered_the_name_answers_another_no_longer() -> None:
    right = ["The quay will be closed in May, said harbour master Ada Roe."]
    task = POOL.task("What did Ada Roe say about the quay?", origin="said", right=right)
    (other,) = swapped([task], random.Random(1))
    assert other.question == "What did Bo Tarn say about the quay?"
    assert not other.right
    assert not other.answerable
    assert other.lines[0].text == right[0]
    # What names the new one and the quay may answer: it is never shown as wrong.
    assert all("Bo Tarn" in other.lines[at].text for at in other.holds)
    assert len(other.holds) == 2


def test_a_question_without_a_printed_name_is_left() -> None:
    right = ["Workers will then lay new stones, and Bo Tarn will watch them."]
    task = POOL.task("What will workers lay?", origin="fact", right=right)
    assert swapped([task], random.Random(1)) == []
