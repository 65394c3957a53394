"""The cross-encoder itself: from a question and lines to numbers. Also what goes in, id by id.

The ids are `[CLS] question [SEP] sentence [SEP] title [SEP] sentence before [SEP]`; the token type
is 1 on the sentence and the mark that closes it, 0 elsewhere. The sentence stands early and has
room of its own, so that nothing around it can push it out.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from transformers import BertModel

QUESTION, SENTENCE, TITLE, BEFORE = 40, 80, 24, 32  # most ids of each part
CLS, SEP = 101, 102

Row = tuple[str, str, str, str]  # question, sentence, title, sentence before


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

    def row(self, row: Row) -> tuple[list[int], int, int]:
        """The ids of a row, and where its sentence begins and ends (after its mark)."""
        question, sentence, title, before = (self.ids(text) for text in row)
        head = [CLS, *question[:QUESTION], SEP]
        body = [*sentence[:SENTENCE], SEP]
        tail = [*title[:TITLE], SEP, *before[-BEFORE:], SEP]
        return [*head, *body, *tail], len(head), len(head) + len(body)

    def batch(self, rows: Sequence[tuple[list[int], int, int]]) -> dict[str, np.ndarray]:
        """Rows of ids as the three arrays of a model's input, padded to the longest."""
        longest = max(len(ids) for ids, _, _ in rows)
        fed = {
            name: np.zeros((len(rows), longest), np.int64)
            for name in ("input_ids", "attention_mask", "token_type_ids")
        }
        for at, (ids, start, end) in enumerate(rows):
            fed["input_ids"][at, : len(ids)] = ids
            fed["attention_mask"][at, : len(ids)] = 1
            fed["token_type_ids"][at, start:end] = 1
        return fed


class Ranker(torch.nn.Module):
    """MiniLM with one number on top: above 0 when the sentence answers, below when not."""

    def __init__(self, weights: Path) -> None:
        super().__init__()
        self.bert = BertModel.from_pretrained(
            weights,
            attn_implementation="eager",
            add_pooling_layer=False,
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
        )
        self.bert.embeddings.requires_grad_(False)
        self.head = torch.nn.Linear(self.bert.config.hidden_size, 1)
        torch.nn.init.zeros_(self.head.bias)
        torch.nn.init.normal_(self.head.weight, std=0.02)

    def forward(
        self,
        input_ids: torch.Tensor,
        attention_mask: torch.Tensor,
        token_type_ids: torch.Tensor,
    ) -> torch.Tensor:
        """The score of each row."""
        states = self.bert(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        score: torch.Tensor = self.head(states[:, 0])[:, 0]
        return score


def score(model: Ranker, encoder: Encoder, rows: Sequence[Row], size: int = 16) -> torch.Tensor:
    """The scores of rows, in their order; batches of about one length, little is padded."""
    encoded = [encoder.row(row) for row in rows]
    order = sorted(range(len(rows)), key=lambda at: len(encoded[at][0]))
    parts = []
    for start in range(0, len(order), size):
        fed = encoder.batch([encoded[at] for at in order[start : start + size]])
        parts.append(model(**{name: torch.from_numpy(array) for name, array in fed.items()}))
    back = torch.argsort(torch.tensor(order))
    return torch.cat(parts).float()[back]
