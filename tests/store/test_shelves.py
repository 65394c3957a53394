"""Chroma's vectors stand on shelves, so that whoever adds holds few of them, and all are found."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from assistant.ask import Assistant
from assistant.records import Article
from assistant.store import maintenance
from assistant.store.chroma import ChromaIndex
from assistant.store.rows import packed
from assistant.store.vector_index import Nearest

Write = Callable[..., Article]
NUMBERS = np.random.default_rng(1)


def unit(count: int) -> np.ndarray:
    drawn = NUMBERS.standard_normal((count, 8)).astype(np.float32)
    return drawn / np.linalg.norm(drawn, axis=1, keepdims=True)


@pytest.fixture(autouse=True)
def small_shelves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.store.chroma.SHELF", 10)


@pytest.fixture
def shelved(tmp_path: Path) -> ChromaIndex:
    index = ChromaIndex.in_folder(tmp_path / "chroma")
    index.use("1")
    return index


def fill(index: ChromaIndex, count: int) -> np.ndarray:
    vectors = unit(count)
    index.add((key, packed(vector)) for key, vector in enumerate(vectors))
    return vectors


def test_what_is_nearest_is_found_on_any_shelf(shelved: ChromaIndex) -> None:
    vectors = fill(shelved, 47)
    wanted = unit(1)[0]
    best = [int(key) for key in np.argsort(-(vectors @ wanted))[:12]]
    found = shelved.nearest(wanted, 12, None)
    assert [key for key, _ in found] == best
    assert found[0][1] == pytest.approx(float(vectors[best[0]] @ wanted), abs=1e-3)
    among = {3, 14, 15, 46}
    assert {key for key, _ in shelved.nearest(wanted, 12, among)} == among
    assert shelved.nearest(wanted, 12, set()) == []


def test_whoever_adds_holds_two_shelves_at_most(shelved: ChromaIndex) -> None:
    connect, opened = shelved._connect, []
    shelved._connect = lambda: opened.append(sorted(shelved._written)) or connect()
    for key, vector in enumerate(unit(60)):
        shelved.add([(key, packed(vector))])
        assert len(shelved._written) <= 2
    assert len(shelved._shelves) == 6
    assert opened == [[0, 1, 2], [2, 3, 4]]  # for the third each time, and then that one alone
    assert (shelved.count(), shelved.keys()) == (60, set(range(60)))
    assert {key for key, _ in shelved.everything()} == set(range(60))


def test_all_shelves_are_there_when_chroma_is_opened_again(
    shelved: ChromaIndex, tmp_path: Path
) -> None:
    fill(shelved, 30)
    shelved.remove([2, 13, 29])
    shelved.close()
    again = ChromaIndex.in_folder(tmp_path / "chroma")
    again.use("1")
    assert again.keys() == set(range(30)) - {2, 13, 29}
    again.use("2")
    assert (again.count(), len(again._client.list_collections())) == (0, 1)
    again.close()


def test_a_search_goes_on_while_another_thread_begins_shelves(shelved: ChromaIndex) -> None:
    wanted = fill(shelved, 30)[7]
    ended = threading.Event()

    def search() -> list[int]:
        found = []
        while not ended.is_set():
            found.append(shelved.nearest(wanted, 1, None)[0][0])
        return found

    with ThreadPoolExecutor(1) as aside:
        searching = aside.submit(search)
        try:
            for key, vector in enumerate(-np.abs(unit(200)) * np.sign(wanted), 30):
                shelved.add([(key, packed(vector))])
        finally:
            ended.set()
        assert set(searching.result()) == {7}


def test_a_store_on_several_shelves_answers_filters_and_is_whole(
    assistant: Assistant, write: Write
) -> None:
    assistant.add(
        write(f"Mole {n} is red and long.", id=f"mole-{n}", publisher=f"Paper {n % 2}")
        for n in range(35)
    )
    near = assistant.store.near
    assert isinstance(near, Nearest)
    index = near.whole()
    assert isinstance(index, ChromaIndex)
    assert len(index._shelves) == 4
    (hit,) = assistant.search("red mole 33", limit=1, publishers=["Paper 1"])
    assert (hit.passage.source.id, hit.ranks["meaning"]) == ("mole-33", 1)
    assert assistant.store.remove("mole-33")
    assert assistant.store.near.whole() is index
    assert maintenance.verify(assistant.store) == []
