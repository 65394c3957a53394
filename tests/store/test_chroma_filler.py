"""A large Chroma that is lost is made anew by a process of its own, and no question waits."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable

import pytest
import sqlalchemy as sa

from assistant.ask import Assistant
from assistant.records import Article
from assistant.store import maintenance
from assistant.store.chroma import ChromaIndex
from assistant.store.exact_search import ExactIndex
from assistant.store.tables import pending, writing
from assistant.store.vector_index import Nearest

Write = Callable[..., Article]


@pytest.fixture
def lost(assistant: Assistant, write: Write) -> Nearest:
    """What searches a store of nine passages that has lost its Chroma."""
    assistant.add(write(f"Mole {n} is red and long.", id=f"mole-{n}") for n in range(9))
    assistant.close()
    shutil.rmtree(assistant.settings.store / "chroma")
    near = assistant.store.near
    assert isinstance(near, Nearest)
    return near


@pytest.fixture
def every_store_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.store.vector_index.FEW", 1)


@pytest.mark.usefixtures("every_store_is_large")
def test_meanwhile_questions_are_answered_from_sql(
    assistant: Assistant, lost: Nearest, write: Write, caplog: pytest.LogCaptureFixture
) -> None:
    assert isinstance(lost.index(), ExactIndex)
    assert assistant.search("red mole 1", limit=1)[0].ranks["meaning"]
    assistant.add(write("The quay is wet.", id="quay"))
    assert assistant.search("wet quay", limit=1)[0].passage.source.id == "quay"
    assert isinstance(lost.whole(), ChromaIndex)
    assert maintenance.verify(assistant.store) == []
    assert caplog.text == ""


@pytest.mark.usefixtures("every_store_is_large")
@pytest.mark.parametrize(("lacks", "searched"), [(1, ChromaIndex), (19, ExactIndex)])
def test_while_another_writes_chroma_is_searched_if_it_lacks_little(
    assistant: Assistant, write: Write, lacks: int, searched: type
) -> None:
    assistant.add(write(f"Mole {n} is red and long.", id=f"mole-{n}") for n in range(19))
    near = assistant.store.near
    assert isinstance(near.whole(), ChromaIndex)
    with writing(assistant.store.engine) as connection:
        for key in sorted(dict(near.vectors()))[:lacks]:
            connection.execute(sa.insert(pending).values(passage=key, removed=False))
    with writing(assistant.store.engine):
        assert isinstance(near.index(), searched)
    assert isinstance(near.whole(), ChromaIndex)
    assert maintenance.verify(assistant.store) == []


@pytest.mark.usefixtures("every_store_is_large")
def test_a_program_that_ends_takes_the_process_along(assistant: Assistant, lost: Nearest) -> None:
    lost.index()
    assert lost._filler.busy
    assistant.close()
    with lost.alone():  # nobody else holds Chroma
        assert not lost._filler.busy


def test_filling_goes_on_where_it_ended(
    assistant: Assistant, lost: Nearest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.store.vector_index.SOME", 1)
    tell, told = ChromaIndex.add, list[int]()

    def add(index: ChromaIndex, rows: Iterable[tuple[int, bytes]]) -> None:
        rows = list(rows)
        told.extend(key for key, _ in rows)
        tell(index, rows)

    monkeypatch.setattr(ChromaIndex, "add", add)
    lost.tell_all(until=lambda: len(told) == 2)
    assistant.close()
    assert len(told) == 2
    assert isinstance(assistant.store.near.whole(), ChromaIndex)
    assert sorted(told) == sorted(dict(assistant.store.near.vectors()))
    assert maintenance.verify(assistant.store) == []


@pytest.mark.usefixtures("every_store_is_large")
@pytest.mark.parametrize("python", ["/bin/false", "/nowhere"])
def test_when_the_process_fails_chroma_is_done_without(
    assistant: Assistant,
    lost: Nearest,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    python: str,
) -> None:
    monkeypatch.setattr("sys.executable", python)
    lost.index()
    lost._filler.wait()
    assert isinstance(lost.index(), ExactIndex)
    assert isinstance(lost.index(), ExactIndex)
    assert assistant.search("red mole 1", limit=1)[0].ranks["meaning"]
    assert len(caplog.records) == 1
    monkeypatch.undo()
    assistant.close()
    assert isinstance(assistant.store.near.whole(), ChromaIndex)
