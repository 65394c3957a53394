"""Names that the stored articles print, however they are typed, and names that they do not."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from assistant.ask import Assistant
from assistant.evidence.printed_names import is_outlet, is_printed, names_it
from assistant.records import Article
from assistant.store.store import Store

TEXT = """Liam O’Brask, the harbour clerk, met Émile Tarn-Wexley in Norway on Monday.
Lars Mørk of Saltquay said that Peter Lindgaard would come. Odile Fennimore agreed.
The ferry to Low Brae sailed. The post was late in Velta."""


@pytest.fixture
def store(assistant: Assistant, write: Callable[..., Article]) -> Iterator[Store]:
    known = {"author": "Henrik Vale", "publisher": "The Vellane Gazette"}
    assistant.add([write(TEXT, title="Clerk meets Tarn-Wexley", **known)])
    return assistant.store


@pytest.mark.parametrize(
    "name",
    [
        "Liam O’Brask", "Liam O'Brask", "OBrask", "Emile Tarn-Wexley", "Tarn Wexley", "Tarnwexley",
        "Lars Mork", "Norwegian", "Norwegians", "Gazette", "Vellane Gazette", "Henrik Vale", "Vale",
        "Lindgard", "Fennimoore", "Salt Quay", "Lowbrae", "Peter Lindgaard", "Finance Ministry",
        "Pete Lindgaard", "Veltese",
    ],
)  # fmt: skip
def test_a_name_counts_as_printed_however_it_is_spelt(store: Store, name: str) -> None:
    assert is_printed(name, store)


@pytest.mark.parametrize(
    "name",
    ["Quimby", "Olaf Lindgaard", "Petra Lindgaard", "Odile Lindgaard", "Reykjavik", "Liam Quimby",
     "Quimby Institute", "Meridian Post"],
)  # fmt: skip
def test_another_person_or_place_is_not_printed(store: Store, name: str) -> None:
    assert not is_printed(name, store)


def test_a_text_names_somebody_by_the_last_name() -> None:
    assert names_it("Liam O'Brask", "It was O’Brask who rang.")
    assert names_it("Norwegian", "A ship from Norway came.")
    assert not names_it("Liam Quell", "Liam Roe rang.")


def test_an_outlet_goes_by_the_end_or_the_beginning_of_its_name() -> None:
    assert is_outlet("Gazette", "The Vellane Gazette")
    assert is_outlet("Quay Radio", "Quay Radio News")
    assert not is_outlet("Vellane", "The Vellane Gazette")
