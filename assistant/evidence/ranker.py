"""From a question and sentences to scores: the small cross-encoder trained in `training/`.

It reads question and sentence together, with the article's title and the sentence before, and
says how surely the sentence answers. 0 is the line between an answer and none.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from assistant.embedding.networks import TOKENIZER, Inputs, Run, data_file, load_network

NETWORK = (
    "assistant",
    "evidence/ranker.onnx",
    "270eb8b62550fe4ba486234349ca4f230503549cbd380866358dc89525f72aa8",
)
# Most word pieces of each part, as in training (training/README.md).
QUESTION, SENTENCE, TITLE, BEFORE = 40, 80, 24, 32


class Pair(NamedTuple):
    """What the ranker sees of a sentence."""

    sentence: str
    title: str
    before: str


class Ranker:
    """The cross-encoder, on onnxruntime: its eight bits are three times as slow on OpenVINO.

    Raises `ModelFailed` when one of its files is not what it should be.
    """

    def __init__(self) -> None:
        self._tokenizer = Tokenizer.from_str(data_file(*TOKENIZER).decode("utf-8"))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        # Never None: the tokenizer's file is known by its hash.
        self._cls: int = self._tokenizer.token_to_id("[CLS]") or 0
        self._sep: int = self._tokenizer.token_to_id("[SEP]") or 0
        self._run: Run = load_network(data_file(*NETWORK), "onnxruntime")

    def scores(self, question: str, pairs: Sequence[Pair]) -> npt.NDArray[np.float32]:
        """A logit for each sentence, in their order: above 0, more likely an answer than not."""
        # One by one, each core its own: 20 sentences of 115 pieces took 87 ms on two cores, four at
        # a time 111. The longest first, so that no core ends long after the other.
        rows = [self._row(question, pair) for pair in pairs]
        order = sorted(range(len(rows)), key=lambda i: -rows[i]["input_ids"].shape[1])
        scores = np.empty(len(rows), dtype=np.float32)
        for i, logits in zip(order, self._run([rows[i] for i in order]), strict=True):
            scores[i] = logits.item()
        return scores

    def _row(self, question: str, pair: Pair) -> Inputs:
        """The word pieces, and which of them are the sentence's: arrays of shape (1, pieces)."""
        asked, sentence = self._pieces(question)[:QUESTION], self._pieces(pair.sentence)[:SENTENCE]
        title, before = self._pieces(pair.title)[:TITLE], self._pieces(pair.before)[-BEFORE:]
        sep = [self._sep]
        head = [self._cls, *asked, *sep]
        tail = [*title, *sep, *before, *sep]
        ids = np.array([[*head, *sentence, *sep, *tail]], dtype=np.int64)
        types = np.zeros_like(ids)
        types[0, len(head) : len(head) + len(sentence) + 1] = 1
        return {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": types}

    @functools.lru_cache(maxsize=4096)  # noqa: B019  # one ranker a process, and titles recur
    def _pieces(self, text: str) -> list[int]:
        ids: list[int] = self._tokenizer.encode(text, add_special_tokens=False).ids
        return ids
