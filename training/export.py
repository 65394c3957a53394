"""From a checkpoint to the one file the product ships: ONNX, eight bits a weight.

    python -m training.export seed-1-own.pt [seed-2-own.pt ...] --out ranker.onnx

Several checkpoints are averaged weight by weight first. Prints the file's size and sha256.
"""

from __future__ import annotations

import argparse
import hashlib
import tempfile
from collections.abc import Sequence
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process

from training.ranker import Ranker
from training.train import weights

INPUTS = ("input_ids", "attention_mask", "token_type_ids")


def average(paths: Sequence[Path]) -> Ranker:
    """The ranker whose every weight is the mean over the checkpoints."""
    states = [torch.load(path) for path in paths]
    model = Ranker(weights())
    model.load_state_dict(
        {name: torch.stack([state[name].float() for state in states]).mean(0) for name in states[0]}
        if len(states) > 1
        else states[0]
    )
    return model.eval()


def plain(model: Ranker, path: Path) -> None:
    """Write the model in 32 bits: three int64 inputs [batch, length], `score` float32 [batch]."""
    example = tuple(torch.ones(2, 8, dtype=torch.int64) for _ in INPUTS)
    torch.onnx.export(
        model,
        example,
        str(path),
        input_names=list(INPUTS),
        output_names=["score"],
        dynamic_axes={name: {0: "batch", 1: "length"} for name in INPUTS} | {"score": {0: "batch"}},
        opset_version=17,
        dynamo=False,
    )


def small(source: Path, path: Path) -> None:
    """Write the model in eight bits: weights per channel, activations as they come."""
    with tempfile.TemporaryDirectory() as folder:
        ready = Path(folder) / "ready.onnx"
        quant_pre_process(str(source), str(ready), skip_symbolic_shape=True)
        quantize_dynamic(ready, path, per_channel=True, weight_type=QuantType.QInt8)
    onnx.checker.check_model(str(path))


def main() -> None:
    """Export checkpoints as one file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("checkpoints", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--keep", type=Path, help="also write the 32-bit file here")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        wide = given.keep or Path(folder) / "wide.onnx"
        plain(average(given.checkpoints), wide)
        small(wide, given.out)
    content = given.out.read_bytes()
    print(f"{len(content) / 1e6:.1f} MB {hashlib.sha256(content).hexdigest()}")  # noqa: T201


if __name__ == "__main__":
    main()
