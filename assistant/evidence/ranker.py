"""From a request and sentences to what the small cross-encoder, trained in `training/`, says.

It reads request and sentence together, with the article's title, the sentence before and the
speaker, and says how surely the sentence answers, whether its article is about what is asked for,
and which of its words answer. It sees no other article: what it says is the same in any store.
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
    "3a679827f965f1026259116c52d9129cdac18f70fa8b0b0c848f3cbc27e46eff",
)
# Most word pieces of each part, as in training (training/README.md); but of what stands before a
# sentence it saw 32 there, and two sentences need more.
QUESTION, SENTENCE, TITLE, BEFORE = 64, 80, 24, 64
LONGEST = 12  # word pieces of an answer in few words


class Pair(NamedTuple):
    """What the ranker sees of a sentence."""

    sentence: str
    title: str
    before: str  # as `context` makes it


class Answering(NamedTuple):
    """The words of a sentence that answer, `sentence[start:end]`, and how likely it is these."""

    start: int
    end: int
    sure: float


class Reading(NamedTuple):
    """What the ranker says of a sentence, in logits.

    `score`: above 0, it more likely answers than not. `topic`: above 0, its article is more likely
    than not about what the request is about. `answer` is None when no few words answer.
    """

    score: float
    topic: float
    answer: Answering | None


def context(before: str, sentence: str, speaker: str | None) -> str:
    """What stands before a sentence, with its speaker in brackets unless one of the two names them.

    As in training: "He said no." is read with who "he" is.
    """
    if not speaker or speaker in sentence or speaker in before:
        return before
    return f"{before} ({speaker})".strip()


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

    def read(self, question: str, pairs: Sequence[Pair]) -> list[Reading]:
        """What it says of each sentence, in their order."""
        # One by one, each core its own: 20 sentences of 115 pieces took 87 ms on two cores, four at
        # a time 111. The longest first, so that no core ends long after the other.
        rows = [self._row(question, pair) for pair in pairs]
        order = sorted(range(len(rows)), key=lambda i: -rows[i]["input_ids"].shape[1])
        said: dict[int, Reading] = {}
        outputs = self._run([rows[i] for i in order])
        for i, (score, topic, places) in zip(order, outputs, strict=True):
            begins = int(rows[i]["token_type_ids"].argmax())
            answer = self._answer(pairs[i].sentence, places[0], begins)
            said[i] = Reading(score.item(), topic.item(), answer)
        return [said[i] for i in range(len(rows))]

    def _answer(
        self, sentence: str, places: npt.NDArray[np.float32], begins: int
    ) -> Answering | None:
        """The likeliest words of the sentence, unless none are likelier ([CLS] stands for that)."""
        offsets = self._pieces(sentence)[1][:SENTENCE]
        logits = np.concatenate([places[:1], places[begins : begins + len(offsets)]])
        shares = np.exp(logits - logits.max(axis=0))
        first, last = (shares / shares.sum(axis=0)).T
        both = np.outer(first[1:], last[1:])
        likely = np.triu(both) - np.triu(both, LONGEST)
        if not likely.size or likely.max() <= first[0] * last[0]:
            return None
        start, end = np.unravel_index(likely.argmax(), likely.shape)
        return Answering(offsets[start][0], offsets[end][1], float(likely.max()))

    def _row(self, question: str, pair: Pair) -> Inputs:
        """The word pieces, and which of them are the sentence's: arrays of shape (1, pieces)."""
        # Of requests one after the other the last is the one that is asked.
        asked = self._pieces(question)[0][-QUESTION:]
        sentence = self._pieces(pair.sentence)[0][:SENTENCE]
        title, before = self._pieces(pair.title)[0][:TITLE], self._pieces(pair.before)[0][-BEFORE:]
        sep = [self._sep]
        head = [self._cls, *asked, *sep]
        tail = [*title, *sep, *before, *sep]
        ids = np.array([[*head, *sentence, *sep, *tail]], dtype=np.int64)
        types = np.zeros_like(ids)
        types[0, len(head) : len(head) + len(sentence) + 1] = 1
        return {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": types}

    @functools.lru_cache(maxsize=4096)  # noqa: B019  # one ranker a process, and titles recur
    def _pieces(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        """Word pieces, and where in the text each stands."""
        encoded = self._tokenizer.encode(text, add_special_tokens=False)
        return encoded.ids, encoded.offsets
