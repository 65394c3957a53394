"""The sentence ranker: reads question and sentence together; its file is the one we shipped."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.errors import ModelFailed
from assistant.evidence import ranker
from assistant.evidence.ranker import Pair, Ranker

QUESTION = "How many people were hurt on the ferry?"
ANSWER = Pair("Eleven passengers broke bones and were taken to hospital.", "Ferry hits pier", "")
TOPIC = Pair("The ferry was built for 300 people and was painted last year.", "Ferry hits pier", "")
OTHER = Pair("The bakery sold eleven hundred loaves on Saturday.", "Baker of the year", "")


@pytest.fixture(scope="module")
def shipped() -> Ranker:
    return Ranker()


def test_what_answers_is_above_what_only_shares_words(shipped: Ranker) -> None:
    answer, topic, other = shipped.scores(QUESTION, [ANSWER, TOPIC, OTHER])
    assert answer > topic > other
    assert other < 0


def test_scores_come_in_the_order_of_the_pairs(shipped: Ranker) -> None:
    pairs = [ANSWER, TOPIC, OTHER] * 15  # several batches, sorted by length inside
    there, back = shipped.scores(QUESTION, pairs), shipped.scores(QUESTION, pairs[::-1])[::-1]
    # Eight bits: a score moves a little with the batch it is computed in.
    assert np.abs(there - back).max() < 0.5
    assert (there.reshape(-1, 3).argmax(axis=1) == 0).all()


def test_no_pairs_no_scores(shipped: Ranker) -> None:
    assert shipped.scores(QUESTION, []).shape == (0,)


@pytest.mark.parametrize(
    "text", ["", "[SEP] [CLS] [MASK]", "\x00\u202e", "word " * 5_000, "x" * 9_000]
)
def test_any_text_gets_a_finite_score(shipped: Ranker, text: str) -> None:
    assert np.isfinite(shipped.scores(text, [Pair(text, text, text)])).all()


def test_the_parts_are_cut_so_that_the_sentence_always_has_its_room(shipped: Ranker) -> None:
    row = shipped._row("word " * 900, Pair("word " * 900, "word " * 900, "word " * 900))
    ids, types = row["input_ids"], row["token_type_ids"]
    assert ids.shape == types.shape == (1, 1 + 40 + 1 + 80 + 1 + 24 + 1 + 32 + 1)
    assert types.sum() == 81


def test_another_file_in_its_place_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranker, "NETWORK", (*ranker.NETWORK[:2], "0" * 64))
    with pytest.raises(ModelFailed, match="not the file it should be"):
        Ranker()
