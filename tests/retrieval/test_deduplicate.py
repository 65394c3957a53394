"""One story counts once: copies of other outlets, versions of one outlet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from assistant.ask import Assistant
from assistant.evidence import quotes
from assistant.records import Article, Quote, Source
from assistant.retrieval.deduplicate import with_copies
from assistant.store import maintenance
from assistant.store.store import Store
from assistant.store.tables import reading, set_fact, signatures, writing

Write = Callable[..., Article]
OIL = "How much fuel oil leaked from the freighter Anselm?"
ROOF = "What was too heavy for the rotten beams in the market hall?"
STORY = (
    "The port office has closed the northern mole to walkers after a storm tore nine slabs of its "
    "wall away. The repair will take until May and cost half a million crowns, the office said. "
    "Anglers may go on using the inner side of the mole from sunrise to sunset. "
)


def day(number: int) -> datetime:
    return datetime(2022, 3, number, tzinfo=UTC)


@pytest.fixture
def three(write: Write) -> list[Article]:
    """One wire story: first printed by Harbour Wire, then by two papers."""
    return [
        write(STORY + "It is the third time in ten years.", id="b", publisher="Bay Post",
              published=day(9)),
        write(STORY, id="a", published=day(8)),
        write("Walkers beware! " + STORY, id="c", publisher="Cape Star", published=day(10)),
    ]  # fmt: skip


def family(store: Store, id: str) -> list[str]:
    return [one.id for one in store.families([id]).get(id, ())]


def test_copies_are_one_witness_and_the_earliest_is_named_first(samples: Assistant) -> None:
    reply = samples.answer(OIL)
    first = reply.quotes[0]
    assert first.source.publisher == "Coastal Wire Service"
    assert len(first.copies) == 2
    assert reply.text.startswith("Coastal Wire Service (+2 copies), 4 December 2023")
    assert [one["publisher"] for one in first.to_dict(1)["copies"]] == [
        one.publisher for one in first.copies
    ]


def test_the_words_that_answer_move_with_their_quotation(three: list[Article]) -> None:
    first, later = three[1], three[2]
    start, span = later.text.index("The repair"), later.text.index("half a million")
    quote = Quote(STORY[STORY.index("The repair") :].strip(), start, len(later.text), later.source)
    (moved,) = with_copies(
        [replace(quote, answer=(span, span + len("half a million crowns")))],
        {later.source.id: (first.source, later.source)},
        {one.source.id: one for one in (first, later)},
    )
    assert moved.source == first.source
    assert moved.parts[1] == "half a million crowns"
    quotes.check([moved], {first.source.id: first})


def test_what_was_not_yet_printed_is_no_copy(samples: Assistant) -> None:
    (copy,) = samples.answer(OIL, as_of="2023-12-04").quotes[0].copies
    assert copy.publisher == "Vellane Evening Star"


def test_a_story_takes_one_slot(samples: Assistant) -> None:
    hits = samples.search("freighter Anselm fuel oil leaked harbour")
    about = [hit for hit in hits if "Anselm" in hit.passage.text and "1,800" in hit.passage.text]
    assert len({hit.passage.source.publisher for hit in about}) == 1


def test_words_that_a_newer_version_lost_say_so(samples: Assistant) -> None:
    reply = samples.answer(ROOF)
    assert reply.quotes[0].gone is not None
    assert "no longer in the article since 7 February 2024" in reply.text


def test_the_newer_version_is_quoted_first(samples: Assistant) -> None:
    first = samples.answer("Why did the roof of the market hall fall in?").quotes[0]
    assert (first.gone, first.source.url[-2:]) == (None, "-2")


def test_before_the_newer_version_nothing_is_lost(samples: Assistant) -> None:
    assert samples.answer(ROOF, as_of="2024-02-06").quotes[0].gone is None


def test_the_family_is_in_order_of_time(assistant: Assistant, three: list[Article]) -> None:
    assistant.add(three)
    assert family(assistant.store, "c") == ["a", "b", "c"]


def test_the_family_forgets_what_is_removed_or_rewritten(
    assistant: Assistant, three: list[Article], write: Write
) -> None:
    assistant.add(three)
    assistant.store.remove("a")
    assert family(assistant.store, "c") == ["b", "c"]
    assistant.add(
        [write("The mole is open, and nobody minds the wind.", id="b", publisher="Bay Post")]
    )
    assert family(assistant.store, "c") == []
    assert maintenance.verify(assistant.store) == []


def test_a_store_of_the_first_version_learns_its_copies(
    assistant: Assistant, three: list[Article]
) -> None:
    assistant.add(three)
    with writing(assistant.store.engine) as connection:
        for table in ("bands", "copies", "signatures"):
            connection.exec_driver_sql(f"DELETE FROM {table}")
        set_fact(connection, "version", "1")
    assistant.close()
    assert family(assistant.store, "c") == ["a", "b", "c"]


def test_a_missing_signature_is_found_by_verify(assistant: Assistant, three: list[Article]) -> None:
    assistant.add(three)
    with writing(assistant.store.engine) as connection:
        connection.execute(signatures.delete())
    with reading(assistant.store.engine) as connection:
        assert connection.execute(signatures.select()).first() is None
    assert "article a: its signature is missing" in maintenance.verify(assistant.store)


@pytest.mark.parametrize("outlet", ["", "Bay Post"])
def test_texts_under_one_title_are_versions_where_one_names_no_outlet(outlet: str) -> None:
    day, change = datetime(2026, 3, 10, tzinfo=UTC), datetime(2026, 3, 11, tzinfo=UTC)
    before = Article(Source("a", "Mole open", published=day), "It has walnuts. It is long.")
    source = Source("b", "Mole open", outlet, published=day, updated=change)
    after = Article(source, "It is long.")
    lost = Quote("It has walnuts.", 0, 15, before.source)
    texts = {"a": before, "b": after}
    (told,) = with_copies([lost], {"a": (before.source, after.source)}, texts)
    assert (told.gone, told.copies) == (change, ())
