"""From a checkpoint to the one file the product ships: ONNX, eight bits a weight.

    python -m training.export DATA seed-1.pt [seed-2.pt ...] --stories FOLDER \
        --start model.onnx --out ranker.onnx

Several checkpoints are averaged weight by weight first. DATA, the folder of the training files,
shows how large activations get. Prints the file's size and sha256.
"""

from __future__ import annotations

import argparse
import hashlib
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process

from training.measure import average, tasks
from training.ranker import Encoder, Ranker, Row, read
from training.train import row

INPUTS = ("input_ids", "attention_mask", "token_type_ids")
OUTPUTS = ("score", "topic", "places")
READ_AT_ONCE = ("query", "key", "value")
SHARE = 0.7  # of an outlier that moves into the weights; .5 made scores worse, .8 was no better
TASKS, LINES = 12, 10  # every so many questions kept aside, and how many sentences of each


def plain(model: Ranker, path: Path) -> None:
    """Write the model in 32 bits: three int64 inputs [batch, length], three float32 outputs."""
    example = tuple(torch.ones(2, 8, dtype=torch.int64) for _ in INPUTS)
    torch.onnx.export(
        model,
        example,
        str(path),
        input_names=list(INPUTS),
        output_names=list(OUTPUTS),
        dynamic_axes={name: {0: "batch", 1: "length"} for name in (*INPUTS, "places")}
        | {name: {0: "batch"} for name in ("score", "topic")},
        opset_version=17,
        dynamo=False,
    )


class Smooth(torch.nn.Module):
    """A linear layer whose input is made smaller where its weights were made larger."""

    def __init__(self, layer: torch.nn.Linear, scale: torch.Tensor) -> None:
        super().__init__()
        self.layer = layer
        with torch.no_grad():
            layer.weight.mul_(scale)
        self.register_buffer("shrink", 1 / scale)

    def forward(self, given: torch.Tensor) -> torch.Tensor:
        """What the layer gave before."""
        made: torch.Tensor = self.layer(given * self.shrink)
        return made


def smooth(model: Ranker, encoder: Encoder, rows: Sequence[Row]) -> None:
    """Move outliers of activations into the weights, which bear eight bits better.

    SmoothQuant (Xiao et al. 2023, arXiv:2211.10438); the network says the same in 32 bits.
    """
    layers = {
        name: layer
        for name, layer in model.bert.encoder.named_modules()
        if isinstance(layer, torch.nn.Linear)
    }
    most: dict[str, torch.Tensor] = {}

    def watch(name: str) -> Callable[[torch.nn.Module, tuple[torch.Tensor, ...]], None]:
        def seen(_: torch.nn.Module, given: tuple[torch.Tensor, ...]) -> None:
            size = given[0].flatten(0, 1).abs().amax(0)
            most[name] = torch.maximum(most.get(name, size), size)

        return seen

    watchers = [layer.register_forward_pre_hook(watch(name)) for name, layer in layers.items()]
    with torch.inference_mode():
        read(model, encoder, rows)
    for watcher in watchers:
        watcher.remove()
    for name, layer in layers.items():
        place, _, last = name.rpartition(".")
        # What three layers read is scaled once.
        beside = [layers[f"{place}.{one}"] for one in READ_AT_ONCE] if last in READ_AT_ONCE else []
        weight = torch.stack([one.weight.abs().amax(0) for one in beside or [layer]]).amax(0)
        scale = most[name].clamp(min=1e-5) ** SHARE / weight.clamp(min=1e-5) ** (1 - SHARE)
        layers[name].scale = scale.clone()  # type: ignore[assignment]
    for name, layer in layers.items():
        place, _, last = name.rpartition(".")
        setattr(model.bert.encoder.get_submodule(place), last, Smooth(layer, layer.scale))


def by_row(path: Path) -> None:
    """Put the table of words into eight bits, each row with a scale of its own."""
    model = onnx.load(str(path))
    tables = {one.name: one for one in model.graph.initializer if one.dims[:1] == [30_522]}
    ((at, node),) = [
        (at, node)
        for at, node in enumerate(model.graph.node)
        if node.op_type == "Gather" and node.input[0] in tables
    ]
    table = numpy_helper.to_array(tables[node.input[0]])
    scale = (np.abs(table).max(1, keepdims=True) / 127).clip(min=1e-9).astype(np.float32)
    small, made = np.round(table / scale).astype(np.int8), node.output[0]
    model.graph.initializer.remove(tables[node.input[0]])
    for name, array in (("words_8", small), ("words_scale", scale)):
        model.graph.initializer.append(numpy_helper.from_array(array, name))
    model.graph.node.remove(node)
    steps = (
        ("Gather", ["words_8", node.input[1]], "words_read", {}),
        ("Gather", ["words_scale", node.input[1]], "words_size", {}),
        ("Cast", ["words_read"], "words_wide", {"to": onnx.TensorProto.FLOAT}),
        ("Mul", ["words_wide", "words_size"], made, {}),
    )
    for step, (kind, given, written, more) in enumerate(steps):
        model.graph.node.insert(at + step, helper.make_node(kind, given, [written], **more))
    onnx.save(model, str(path))


def small(source: Path, path: Path) -> None:
    """Write the model in eight bits: weights per channel, words per row, the rest as it comes."""
    with tempfile.TemporaryDirectory() as folder:
        ready = Path(folder) / "ready.onnx"
        quant_pre_process(str(source), str(ready), skip_symbolic_shape=True)
        by_row(ready)
        kinds = {"weight_type": QuantType.QInt8, "op_types_to_quantize": ["MatMul"]}
        quantize_dynamic(ready, path, per_channel=True, **kinds)
    onnx.checker.check_model(str(path))


def main() -> None:
    """Export checkpoints as one file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("checkpoints", type=Path, nargs="+")
    parser.add_argument("--stories", type=Path, required=True)
    parser.add_argument("--start", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--keep", type=Path, help="also write the 32-bit file here")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        wide = given.keep or Path(folder) / "wide.onnx"
        model = average(given.checkpoints, given.start)
        aside = tasks(given.data, given.stories)["aside"][::TASKS]
        rows = [row(one.question, line) for one in aside for line in one.lines[:LINES]]
        smooth(model, Encoder(given.start.parent / "tokenizer.json"), rows)
        plain(model, wide)
        small(wide, given.out)
    content = given.out.read_bytes()
    print(f"{len(content) / 1e6:.1f} MB {hashlib.sha256(content).hexdigest()}")  # noqa: T201


if __name__ == "__main__":
    main()
