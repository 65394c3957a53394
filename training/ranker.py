"""The cross-encoder itself: from a request and sentences to what it says of each. Also the ids.

The ids are `[CLS] request [SEP] sentence [SEP] title [SEP] sentence before, speaker [SEP]`; the
token type is 1 on the sentence and the mark that closes it, 0 elsewhere. The sentence stands early
and has room of its own, so that nothing around it can push it out.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from tokenizers import Tokenizer

from training import start

QUESTION, SENTENCE, TITLE, BEFORE = 64, 80, 24, 32  # most ids of each part
CLS, SEP = 101, 102
STILL = 4  # layers that keep what they know: what is general, and a fifth of the time

Row = tuple[str, str, str, str]  # request, sentence, title, sentence before with the speaker


class Ids(NamedTuple):
    """A row in ids; its sentence without the mark that closes it is `[begin, end)`."""

    ids: list[int]
    begin: int
    end: int


class Encoder:
    """Texts to ids, each text tokenized once."""

    def __init__(self, path: Path) -> None:
        self.tokenizer = Tokenizer.from_file(str(path))
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        self.known: dict[str, list[int]] = {"": []}

    def ids(self, text: str) -> list[int]:
        """The ids of a text, without marks."""
        if text not in self.known:
            self.known[text] = self.tokenizer.encode(text, add_special_tokens=False).ids
        return self.known[text]

    def row(self, row: Row) -> Ids:
        """The ids of a row, and where its sentence stands."""
        question, sentence, title, before = (self.ids(text) for text in row)
        # Of a request after others the last part is the request itself.
        head = [CLS, *question[-QUESTION:], SEP]
        body = sentence[:SENTENCE]
        tail = [SEP, *title[:TITLE], SEP, *before[-BEFORE:], SEP]
        return Ids([*head, *body, *tail], len(head), len(head) + len(body))

    def place(self, sentence: str, answer: str) -> tuple[int, int] | None:
        """The first and last id of the sentence, counted from its begin, that the answer covers."""
        start = sentence.find(answer) if answer else -1
        if start < 0:
            return None
        offsets = self.tokenizer.encode(sentence, add_special_tokens=False).offsets[:SENTENCE]
        ids = [at for at, (a, b) in enumerate(offsets) if a < start + len(answer) and start < b]
        return (ids[0], ids[-1]) if ids else None

    def batch(self, rows: Sequence[Ids]) -> dict[str, np.ndarray]:
        """Rows of ids as the three arrays of a model's input, padded to the longest."""
        longest = max(len(row.ids) for row in rows)
        fed = {
            name: np.zeros((len(rows), longest), np.int64)
            for name in ("input_ids", "attention_mask", "token_type_ids")
        }
        for at, row in enumerate(rows):
            fed["input_ids"][at, : len(row.ids)] = row.ids
            fed["attention_mask"][at, : len(row.ids)] = 1
            fed["token_type_ids"][at, row.begin : row.end + 1] = 1
        return fed


class Ranker(torch.nn.Module):
    """Twelve layers of 384 with three heads.

    `score`: above 0 when the sentence answers. `topic`: above 0 when its article is about what the
    request is about. `places`: which of its words answer, two logits an id (first, last); the first
    id of all, [CLS], stands for "no few words do".
    """

    def __init__(self, weights: Path) -> None:
        super().__init__()
        self.bert, self.head = start.load(weights)
        self.bert.embeddings.requires_grad_(False)
        for layer in self.bert.encoder.layer[:STILL]:
            layer.requires_grad_(False)
        self.topic = torch.nn.Linear(self.bert.config.hidden_size, 1)
        self.places = torch.nn.Linear(self.bert.config.hidden_size, 2)
        for new in (self.topic, self.places):
            torch.nn.init.normal_(new.weight, std=0.02)
            torch.nn.init.zeros_(new.bias)

    def forward(
        self,
        input_ids: torch.Tensor,
        attention_mask: torch.Tensor,
        token_type_ids: torch.Tensor,
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """`score` and `topic` of shape (rows,), `places` of shape (rows, ids, 2)."""
        made = self.bert(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        )
        pooled = made.pooler_output
        return self.head(pooled)[:, 0], self.topic(pooled)[:, 0], self.places(made[0])


class Read(NamedTuple):
    """What the ranker says of rows, in their order."""

    score: torch.Tensor
    topic: torch.Tensor
    places: list[torch.Tensor]  # of each row (1 + ids of the sentence, 2): [CLS], then those ids


def read(model: Ranker, encoder: Encoder, rows: Sequence[Row], size: int = 16) -> Read:
    """What the ranker says of rows; batches of about one length, little is padded."""
    encoded = [encoder.row(row) for row in rows]
    order = sorted(range(len(rows)), key=lambda at: len(encoded[at].ids))
    scores, topics, places = [], [], {}
    for first in range(0, len(order), size):
        some = order[first : first + size]
        fed = encoder.batch([encoded[at] for at in some])
        score, topic, place = model(
            **{name: torch.from_numpy(array) for name, array in fed.items()}
        )
        scores.append(score)
        topics.append(topic)
        for at, one in zip(some, place, strict=True):
            _, begin, end = encoded[at]
            places[at] = torch.cat([one[:1], one[begin:end]])
    back = torch.argsort(torch.tensor(order))
    ordered = [places[at] for at in range(len(rows))]
    return Read(torch.cat(scores)[back], torch.cat(topics)[back], ordered)
