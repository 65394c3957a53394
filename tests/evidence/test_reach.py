"""Which sentences the ranker reads: cheap signs, a fitted model."""

from __future__ import annotations

import numpy as np

from assistant.evidence import reach
from assistant.evidence.quotes import Candidate
from assistant.records import Sentence

RARITY = {"bridg": 0.4, "crack": 1.0}


def candidate(text: str, *, place: int = 3, rank: int = 1) -> Candidate:
    return Candidate(
        Sentence("a", 0, len(text)), text, "", 0, "", "Works", "", place, rank, {"words": rank}
    )


def test_every_sign_has_a_weight_and_a_column() -> None:
    seen = reach.features("how many cracks?", [candidate("It has 51 cracks.")], RARITY)
    assert seen.shape == (1, len(reach.NAMES)) == (1, len(reach.WEIGHTS))
    assert np.isfinite(seen).all()


def test_what_holds_the_rare_words_comes_first() -> None:
    found = [candidate("The bridge is shut."), candidate("A crack runs through it.")]
    first, second = reach.promising("is there a crack in the bridge?", found, RARITY, 2)
    assert (first.text, second.text) == ("A crack runs through it.", "The bridge is shut.")


def test_a_question_after_a_number_reads_sentences_with_numbers_first() -> None:
    found = [candidate("The bridge has cracks."), candidate("The bridge has 51 cracks.")]
    assert (
        reach.promising("how many cracks has the bridge?", found, RARITY, 1)[0].text[15:17] == "51"
    )


def test_no_more_are_read_than_asked_for_and_none_of_none() -> None:
    assert len(reach.promising("bridge", [candidate("A bridge.")] * 9, RARITY, 4)) == 4
    assert reach.promising("bridge", [], RARITY, 4) == []
