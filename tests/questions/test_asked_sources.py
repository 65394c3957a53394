"""Outlets, authors and headlines in questions: what filters, and what must not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

import numpy as np
import pytest

from assistant.questions.asked_sources import Asked, narrow, steps, understand, without
from assistant.questions.named_sources import days
from assistant.records import Article, Filters, Source
from assistant.store.store import Store
from assistant.text import passages

TODAY = datetime(2026, 4, 1, 9, tzinfo=UTC)
ASKED = "What did the Gazette report about the weir?"
EAST = timezone(timedelta(hours=11))

ARTICLES = (
    ("weir", "Old weir to be torn down after floods", "The Ellsund Gazette", "Nora O'Neill",
     datetime(2026, 3, 6, 7, tzinfo=EAST), "The weir goes, the council said."),
    ("eels", "Eels return to the upper lake", "The Ellsund Gazette", "Tom Brandt and Ida Moe",
     datetime(2026, 3, 20, 9, tzinfo=UTC), "Eels swim in the lake again."),
    ("tide", "Ferry waits for the tide", "Skerry Tide", "Erin Makila",
     datetime(2026, 3, 6, 9, tzinfo=UTC), "The ferry waited for the tide for two hours."),
    ("mill", "Fire guts the paper mill at Low Quay", "North Shore Beacon", "",
     datetime(2026, 3, 9, 9, tzinfo=UTC), "The mill burned down. The Dunmere Courier moves out."),
    ("loan", "Council lends money to a newspaper", "North Shore Beacon", "Erin Makila",
     datetime(2026, 3, 12, 9, tzinfo=UTC), "The Dunmere Courier must pay interest on the loan."),
    ("bite", "Dog bites mayor", "Sentry", "",
     datetime(2026, 3, 16, 9, tzinfo=UTC), "A dog bit the mayor, who told the Sentry so."),
    ("post", "Harbour master resigns over the crane", "Tarn Courier", "Ada Roe",
     datetime(2026, 3, 15, 9, tzinfo=UTC), "The harbour master resigned."),
)  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    made = Store(tmp_path_factory.mktemp("store"), create=True)
    for id, title, publisher, author, published, text in ARTICLES:
        article = Article(Source(id, title, publisher, author, published=published), text)
        split = passages.split(article, budget=200)
        made.add(article, split, np.eye(len(split), 8, dtype=np.float32))
    yield made
    made.close()


def admitted(question: str, store: Store) -> set[str] | None:
    """The ids that the filter found in the question lets through; None when there is none."""
    asked = understand(question, store, TODAY)
    only = narrow(Filters(), asked)
    return {one.id for one in store.sources(only)} if asked else None


@pytest.mark.parametrize(
    "question",
    [
        "What does the Gazette report about the weir?",
        "What does the Ellsund Gazette say about the lake?",
        "what is in the ellsund gazette piece on eels",
        "Ellsund Gazette on the eels: what do they write?",
        "Which animals are in the lake, according to the Gazette?",
        "What has been printed in the Ellsund Gazette about the lake?",
        "the gazettes report on the lake, please",
        "Sum up the lake article from the Gazette.",
        "What is the newest article of the Gazette?",
    ],
)
def test_an_outlet_named_as_the_source_filters(question: str, store: Store) -> None:
    assert admitted(question, store) == {"weir", "eels"}


@pytest.mark.parametrize(
    "question",
    [
        "What did Jost Abel tell the Gazette?",
        "What did Jost Abel tell the Dunmere Courier?",
        "When did the ferry wait for the tide?",
        "Who wrote to the Gazette?",
        "Who owns the Ellsund Gazette?",
        "What do other papers than the Gazette say about the lake?",
        "Who bought shares in the Ellsund Gazette?",
        "What interest does the Courier have to pay?",
        "Is the Courier now published three times a week?",
        "Who is Ada Roe?",
        "Was Ada Roe reported missing?",
        "What did the police say about Ada Roe?",
        'Who said "the tide of the Gazette"?',
        "How long is The Salt Gazette?",
    ],
)
def test_what_may_be_told_about_filters_nothing(question: str, store: Store) -> None:
    assert admitted(question, store) is None


@pytest.mark.parametrize(
    ("question", "ids"),
    [
        ("Is there anything by Nora O’Neill?", {"weir"}),
        ("what did nora oneill write about", {"weir"}),
        ("Ida Moe's article, what does it say?", {"eels"}),
        ("Erin Makila wrote up the ferry, what was it?", {"tide", "loan"}),
        ("Erin Makila's Beacon piece: main points?", {"loan"}),
        ("Roe's article on the harbour master", {"post"}),
    ],
)
def test_an_author_filters(question: str, ids: set[str], store: Store) -> None:
    assert admitted(question, store) == ids


@pytest.mark.parametrize(
    ("question", "ids"),
    [
        ('What is in "Eels return to the upper lake"?', {"eels"}),
        ("summarise Fire guts the paper mill at Low Quay", {"mill"}),
        ("the beacon one, fire guts paper mill at low quay, what's in it", {"mill"}),
        ("Eels return to the upper lake", {"eels"}),
        ('The article headlined "harbour master resigns"', {"post"}),
        ('Who said "Eels return to the upper lake"?', None),
        ("Did eels return to the upper lake?", None),
    ],
)
def test_a_headline_filters_to_its_article(
    question: str, ids: set[str] | None, store: Store
) -> None:
    assert admitted(question, store) == ids


@pytest.mark.parametrize(
    ("question", "ids"),
    [
        ("What does the Gazette's piece of 6 March recount?", {"weir"}),
        ("Ellsund Gazette, 20/3: gist?", {"eels"}),
        ("Skerry Tide, Fri 6 March, main points", {"tide"}),
        ("what did the North Shore Beacon report on March 12th about the loan", {"loan"}),
        ("What did the Beacon write about a fire on 8 March?", {"mill"}),
        ("What does the Gazette report happened on 6 March?", {"weir", "eels"}),
        ("The Gazette's March report on the lake", {"weir", "eels"}),
        ("What does the Gazette's piece of 1 February recount?", {"weir", "eels"}),
    ],
)
def test_a_day_of_print_beside_the_outlet_filters_to_its_articles(
    question: str, ids: set[str], store: Store
) -> None:
    assert admitted(question, store) == ids


def test_outlets_that_are_compared_all_count(store: Store) -> None:
    asked = understand("How do the Gazette and the Beacon differ on the mill?", store, TODAY)
    assert asked.publishers == ("The Ellsund Gazette", "North Shore Beacon")


def test_a_name_that_is_told_about_elsewhere_needs_to_be_named_as_the_source(store: Store) -> None:
    assert admitted("What does the Courier say about the crane?", store) is None
    assert admitted("What does the Courier's article on the crane say?", store) == {"post"}


def test_an_outlet_of_one_word_is_known_by_its_capital(store: Store) -> None:
    assert admitted("What does Sentry say about the mayor?", store) == {"bite"}
    assert admitted("How many dogs are there, according to Sentry?", store) == {"bite"}
    assert admitted("Why was a sentry posted at the quay?", store) is None


def test_the_steps_name_the_filter_and_the_words(store: Store) -> None:
    asked = understand("What does the Gazette report about the lake?", store, TODAY)
    assert list(steps(asked)) == [
        "Only articles by The Ellsund Gazette, for the words “the Gazette”"
    ]
    assert not list(steps(Asked()))


def test_filters_that_have_nothing_in_common_stay_as_given() -> None:
    given = Filters(publishers=("Harbour Wire",))
    assert narrow(given, Asked(publishers=("Skerry Tide",))) == given
    assert narrow(given, Asked(publishers=("harbour wire", "Skerry Tide"))).publishers == (
        "harbour wire",
    )


@pytest.mark.parametrize(
    ("words", "left"),
    [
        (("the Gazette",), "What did it report about the weir?"),
        (("the Gazette", "the weir"), "What did it report about?"),
        (("What did the Gazette report about the weir",), ASKED),
    ],
)
def test_the_words_that_name_the_source_are_not_searched_for(
    words: tuple[str, ...], left: str
) -> None:
    assert without(ASKED, words) == left


def test_days_are_read_in_the_forms_in_which_people_type_them() -> None:
    typed = "6 March, March 6th, Fri 6/3, 2026-03-06, the 6th of March 2026"
    first = [one.spans[0].first.isoformat() for one in days(typed, TODAY.date())]
    assert first.count("2026-03-06") == 5
    assert not list(days("the ferry may march", TODAY.date()))


def test_the_store_and_the_filters_agree_on_what_passes(store: Store) -> None:
    every = store.sources()
    for only in (
        Filters(authors=("erin makila",)),
        Filters(articles=("weir", "tide")),
        Filters(publishers=("skerry tide",), authors=("Erin Makila",), articles=("tide", "loan")),
    ):
        passed = {one.id for one in every if only.admits(one)}
        assert passed == {one.id for one in store.sources(only)}
        keys = store.allowed(only) or []
        assert {one.source.id for one in store.passages(keys).values()} == passed
        assert passed


def test_new_outlets_and_authors_are_known_at_once(store: Store) -> None:
    assert "Moor Herald" not in store.publishers()
    article = Article(Source("new", "Peat", "Moor Herald", "Jo Tarn"), "Peat is dug.")
    split = passages.split(article, budget=200)
    store.add(article, split, np.eye(len(split), 8, dtype=np.float32))
    assert admitted("What does the Moor Herald report?", store) == {"new"}
    store.remove("new")
    assert "Moor Herald" not in store.publishers()
