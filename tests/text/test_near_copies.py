"""Near copies of an article are found by their signatures; other articles are not."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime

import pytest

from assistant.records import Article, Source
from assistant.text import near_copies
from assistant.text.near_copies import clusters

STORY = " ".join(f"word{n} and thing{n * 7 % 101} near place{n * 3 % 53}" for n in range(120))
OTHER = " ".join(f"item{n} or matter{n * 5 % 97} far from town{n * 2 % 47}" for n in range(120))


def day(number: int) -> datetime:
    return datetime(2022, 3, number, tzinfo=UTC)


def article(text: str, *, publisher: str = "Harbour Wire", on: int = 1) -> Article:
    return Article(
        Source(f"{publisher}{on}", "Ferry hits pier", publisher, published=day(on)), text
    )


@pytest.mark.parametrize(
    "edited",
    [
        STORY.upper().replace(" ", ",  "),
        STORY[: len(STORY) // 2],
        f"{STORY[len(STORY) // 2 :]} {STORY[: len(STORY) // 2]}",
        STORY.replace("place3 ", "place99 "),
    ],
    ids=["case and punctuation", "cut in half", "reordered", "small edit"],
)
def test_an_edited_text_is_a_copy_and_shares_a_band(edited: str) -> None:
    one, other = near_copies.signature(STORY), near_copies.signature(edited)
    assert near_copies.is_copy(one, other)
    assert set(near_copies.bands(one)) & set(near_copies.bands(other))


def test_another_text_is_no_copy() -> None:
    assert not near_copies.is_copy(near_copies.signature(STORY), near_copies.signature(OTHER))


@pytest.mark.parametrize("text", ["", "Two words", STORY * 20])
def test_every_signature_has_one_length(text: str) -> None:
    assert len(near_copies.signature(text)) == near_copies.LENGTH


def test_a_signature_is_the_same_in_another_process() -> None:
    code = f"from assistant.text.near_copies import signature; print(signature({STORY!r}).hex())"
    command = [sys.executable, "-c", code]
    shown = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert shown.strip() == near_copies.signature(STORY).hex()


def test_the_earliest_begins_the_cluster_and_a_long_review_does_not_join_two() -> None:
    a, b, review, c = range(4)
    pairs = {a: [review], b: [review], review: [a, b]}
    assert clusters([a, b, review, c], pairs) == {a: a, review: a, b: b, c: c}


def test_when_the_first_is_removed_the_next_begins_the_cluster() -> None:
    assert clusters([2, 3], {2: [3], 3: [2]}) == {2: 2, 3: 2}
