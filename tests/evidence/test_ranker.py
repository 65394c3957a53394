"""The sentence ranker: reads question and sentence together; its file is the one we shipped."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.errors import ModelFailed
from assistant.evidence import ranker
from assistant.evidence.ranker import Pair, Ranker, context

QUESTION = "How many people were hurt on the ferry?"
ANSWER = Pair("Eleven passengers broke bones and were taken to hospital.", "Ferry hits pier", "")
TOPIC = Pair("The ferry was built for 300 people and was painted last year.", "Ferry hits pier", "")
OTHER = Pair("The bakery sold eleven hundred loaves on Saturday.", "Baker of the year", "")


@pytest.fixture(scope="module")
def shipped() -> Ranker:
    return Ranker()


def test_what_answers_is_above_what_only_shares_words(shipped: Ranker) -> None:
    answer, topic, other = shipped.read(QUESTION, [ANSWER, TOPIC, OTHER])
    assert answer.score > 0 > topic.score > other.score


def test_an_article_about_it_is_told_from_one_about_another_thing(shipped: Ranker) -> None:
    answer, topic, other = shipped.read(QUESTION, [ANSWER, TOPIC, OTHER])
    assert min(answer.topic, topic.topic) > other.topic


def test_the_words_that_answer_are_marked(shipped: Ranker) -> None:
    said = Pair("Seventeen people were hurt when the ferry hit the pier.", "Ferry hits pier", "")
    (read,) = shipped.read(QUESTION, [said])
    assert read.answer is not None
    assert said.sentence[read.answer.start : read.answer.end] == "Seventeen"


def test_who_speaks_stands_after_the_sentence_before_unless_it_is_named() -> None:
    assert context("It rained.", "He said no.", "Ada Roe") == "It rained. (Ada Roe)"
    assert context("", "He said no.", "Ada Roe") == "(Ada Roe)"
    assert context("Ada Roe spoke.", "She said no.", "Ada Roe") == "Ada Roe spoke."
    assert context("It rained.", "No, said Ada Roe.", "Ada Roe") == "It rained."
    assert context("It rained.", "It stopped.", None) == "It rained."


def test_what_is_said_comes_in_the_order_of_the_pairs(shipped: Ranker) -> None:
    pairs = [ANSWER, TOPIC, OTHER] * 3  # read the longest first
    there, back = shipped.read(QUESTION, pairs), shipped.read(QUESTION, pairs[::-1])[::-1]
    assert there == back == there[:3] * 3


def test_no_pairs_nothing_said(shipped: Ranker) -> None:
    assert shipped.read(QUESTION, []) == []


@pytest.mark.parametrize(
    "text", ["", "[SEP] [CLS] [MASK]", "\x00\u202e", "word " * 5_000, "x" * 9_000]
)
def test_any_text_is_read_in_finite_numbers(shipped: Ranker, text: str) -> None:
    (said,) = shipped.read(text, [Pair(text, text, text)])
    assert np.isfinite([said.score, said.topic]).all()
    assert said.answer is None or 0 <= said.answer.start < said.answer.end <= len(text)


def test_the_parts_are_cut_so_that_the_sentence_always_has_its_room(shipped: Ranker) -> None:
    row = shipped._row("word " * 900, Pair("word " * 900, "word " * 900, "word " * 900))
    ids, types = row["input_ids"], row["token_type_ids"]
    assert ids.shape == types.shape == (1, 1 + 64 + 1 + 80 + 1 + 24 + 1 + 64 + 1)
    assert types.sum() == 81


def test_another_file_in_its_place_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranker, "NETWORK", (*ranker.NETWORK[:2], "0" * 64))
    with pytest.raises(ModelFailed, match="not the file it should be"):
        Ranker()
