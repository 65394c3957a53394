"""Outlets, authors and headlines in a question, through `answer`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from assistant.ask import Assistant
from assistant.questions.asked_filters import AGAIN
from assistant.records import Article, Source
from assistant.settings import Settings

WIRE = "Only articles by Moor Wire, for the words “the Moor Wire”"


@pytest.fixture(scope="module")
def moor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """Two articles of two outlets about one bridge, and one of something else."""
    made = Assistant(Settings(store=tmp_path_factory.mktemp("moor")))
    known = (
        ("Bridge at Ashby shut for the summer", "Moor Wire", "Ada Roe",
         "The bridge at Ashby has been shut since Monday, the county said.\n\n"
         "Inspectors found 14 cracks in its middle arch. Repairs will cost 3 million crowns."),
        ("Ashby bridge may open in May", "Tarn Courier", "Jo Lund",
         "The bridge at Ashby may open again in May, engineer Bo Kern said.\n\n"
         "Kern counted 19 cracks in the arch, more than the county had said."),
        ("Otters seen below the weir", "Moor Wire", "Jo Lund",
         "Three otters have been seen below the weir at Sarn, a warden said.\n\n"
         "They feed on eels, which came back two years ago."),
    )  # fmt: skip
    day = datetime(2026, 3, 6, 9, tzinfo=UTC)
    sources = [Source(str(n), *one[:3], published=day) for n, one in enumerate(known)]
    made.add(Article(of, one[3]) for of, one in zip(sources, known, strict=True))
    yield made
    made.close()


def test_only_the_outlet_that_is_named_answers(moor: Assistant) -> None:
    reply = moor.answer("How many cracks are in the bridge, according to the Moor Wire?")
    assert WIRE in reply.steps
    assert {quote.source.publisher for quote in reply.quotes} == {"Moor Wire"}
    assert "14 cracks" in reply.quotes[0].text


def test_any_time_takes_the_outlet_off_too(moor: Assistant) -> None:
    question = "How many cracks are in the bridge, according to the Moor Wire?"
    reply = moor.answer(question, any_time=True)
    assert not any(step.startswith("Only") for step in reply.steps)
    assert len(reply.hits) > len(moor.answer(question).hits)
    hits = moor.search(question), moor.search(question, any_time=True)
    assert len(hits[0]) < len(hits[1])


def test_where_the_outlet_has_no_answer_the_others_are_searched(moor: Assistant) -> None:
    reply = moor.answer("When may the bridge open again, according to the Moor Wire?")
    assert [step for step in reply.steps if step in (WIRE, AGAIN)] == [WIRE, AGAIN]
    assert reply.status == "partial"
    assert reply.missing == (
        "Nothing in articles by Moor Wire answers it. What answers is printed elsewhere.",
    )
    assert {quote.source.publisher for quote in reply.quotes} == {"Tarn Courier"}


def test_an_author_whom_no_text_prints_is_known(moor: Assistant) -> None:
    reply = moor.answer("What did Ada Roe write about?")
    assert reply.quotes
    assert {quote.source.author for quote in reply.quotes} == {"Ada Roe"}
    assert not reply.missing


@pytest.mark.parametrize(
    "question",
    [
        'What is in "Otters seen below the weir"?',
        "Otters seen below the weir: what's in it",
        "Jo Lund's Moor Wire piece of 6 March, what does it say?",
    ],
)
def test_an_article_that_is_named_is_told_whatever_it_is_about(
    question: str, moor: Assistant
) -> None:
    reply = moor.answer(question, today="2026-04-01")
    assert reply.form == "overview"
    assert {quote.source.title for quote in reply.quotes} == {"Otters seen below the weir"}
    assert any("otters" in quote.text for quote in reply.quotes)


def test_a_headline_alone_is_searched_for_in_its_own_words(moor: Assistant) -> None:
    assert moor.answer('"Otters seen below the weir"').quotes


def test_authors_can_be_chosen_outright(moor: Assistant) -> None:
    reply = moor.answer("How many cracks are in the bridge?", authors=["jo lund"])
    assert "Only by jo lund" in reply.steps
    assert {hit.passage.source.author for hit in reply.hits} == {"Jo Lund"}


def test_an_outlet_outside_the_one_chosen_filters_nothing_more(moor: Assistant) -> None:
    question = "How many cracks are in the bridge, according to the Moor Wire?"
    reply = moor.answer(question, publishers=["Tarn Courier"])
    assert WIRE not in reply.steps
    assert {hit.passage.source.publisher for hit in reply.hits} == {"Tarn Courier"}
