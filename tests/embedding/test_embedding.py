"""The embedded model: its vectors, its files' hashes, and that it calls nobody."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from assistant.embedding.embedder import Embedder
from assistant.embedding.minilm import MiniLM
from assistant.embedding.networks import MINILM, adds_wide, data_file
from assistant.errors import ModelFailed, NoKey
from assistant.settings import Settings

TEXTS = ["The ferry hit the pier.", "A boat struck the quay.", "Taxes rise in May. " * 60]


def test_texts_that_mean_the_same_are_near() -> None:
    vectors = Embedder(Settings()).embed(TEXTS)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-3)
    assert vectors[0] @ vectors[1] > 0.5 > vectors[0] @ vectors[2] + 0.2


def test_both_engines_give_the_same_vectors() -> None:
    pytest.importorskip("openvino")
    one = np.array(MiniLM("openvino").embed_documents(TEXTS))
    other = np.array(MiniLM("onnxruntime").embed_documents(TEXTS))
    assert (one * other).sum(axis=1).min() > 0.995


def test_a_vector_does_not_depend_on_its_neighbours() -> None:
    embedder = Embedder(Settings())
    assert embedder.embed(TEXTS)[0] @ embedder.embed_question(TEXTS[0]) > 0.999


def test_a_file_with_another_hash_is_refused() -> None:
    with pytest.raises(ModelFailed, match="not the file it should be"):
        data_file(MINILM[0], MINILM[1], "0" * 64)


def test_a_missing_file_is_named() -> None:
    with pytest.raises(ModelFailed, match=r"nothing\.onnx"):
        data_file(MINILM[0], "nothing.onnx", "0" * 64)


@pytest.mark.parametrize("name", ["nonsense", "openai:any", "nobody:any"])
def test_an_embedding_that_cannot_start_says_so_in_one_line(name: str) -> None:
    with pytest.raises((ModelFailed, NoKey), match=f"ASSISTANT_EMBEDDING={name}") as caught:
        Embedder(Settings(embedding=name)).embed(["x"])
    assert "\n" not in str(caught.value)


SILENT = """
import socket
def refuse(*args, **kwargs):
    raise SystemExit("a socket was opened")
socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse
from assistant.embedding.embedder import Embedder
from assistant.settings import Settings
Embedder(Settings()).embed(["x"])
"""


def test_loading_the_model_opens_no_socket_and_writes_nothing_at_home(tmp_path: Path) -> None:
    environment = {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
    subprocess.run([sys.executable, "-c", SILENT], env=environment, check=True, timeout=280)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("cpu", "wide"),
    [
        ("flags\t\t: fpu avx512f avx512_vnni amx_int8", True),
        ("flags\t\t: fpu avx2 avx_vnni", True),
        ("flags\t\t: fpu avx2 avx_vnni_int8", False),
        ("flags\t\t: fpu avx2", False),
        ("", False),
    ],
)
def test_sums_of_eight_bits_are_fast_only_where_they_cannot_overflow(cpu: str, wide: bool) -> None:
    assert adds_wide(cpu) is wide
