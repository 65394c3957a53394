"""Which two sides a comparison has, and how they are asked for and shown."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from assistant.ask import Assistant
from assistant.evidence.arranging import BOTH, compare
from assistant.questions.compared import ways
from assistant.records import Article, Filters, Quote, Source
from assistant.settings import Settings


@pytest.mark.parametrize(
    ("request_", "sides"),
    [
        ("Compare what Ada Roe and Bo Lind said about the quay", ("Ada Roe", "Bo Lind")),
        ("Put Roe and Lind next to each other on the quay", ("Roe", "Lind")),
        ("How does Ada Roe's account of the fire differ from Bo Lind's?", ("Ada Roe", "Bo Lind")),
        ("roe vs lind on the quay", ("roe", "lind")),
        ("organisers versus police, how big was the march", ("organisers", "police")),
        ("Compare the union's figure and the company's figure", ("union", "company")),
        ("Compare what was claimed on 3 March and on 12 March", ("3 March", "12 March")),
        ("How did her view differ between June and November?", ("June", "November")),
        ("Compare the two accountants at the trial", ()),
        ("What did Ada Roe and Bo Lind build?", ()),
    ],
)
def test_the_sides_of_a_comparison(request_: str, sides: tuple[str, ...]) -> None:
    assert ways(request_)[0].sides == sides


def test_each_side_is_asked_for_without_the_other() -> None:
    way, plain = ways("Compare what Ada Roe and Bo Lind said about the quay")
    assert "Lind" not in way.parts[0]
    assert "Ada Roe" in way.parts[0]
    assert "Roe" not in way.parts[1]
    assert not plain.sides


def test_each_of_two_outlets_is_looked_for_in_its_own_articles() -> None:
    first, _ = ways("How do their reports on the fire differ?", ["Quay News", "Harbour Wire"])
    found = first.within(Filters(publishers=("Quay News", "Harbour Wire")))
    assert [its.publishers for _, its in found] == [("Quay News",), ("Harbour Wire",)]


def test_what_both_sides_found_stands_first() -> None:
    source = Source("a", "March", "Harbour Wire")
    one, other, shared = (Quote("x" * 9, at, at + 9, source) for at in (0, 20, 40))
    shown, sections = compare(
        ("police", "organisers"), ([one, shared], [shared, other]), (one, other, shared)
    )
    assert [(each.heading, each.quotes) for each in sections] == [
        (BOTH, (shared,)),
        ("police", (one,)),
        ("organisers", (other,)),
    ]
    assert shown == (shared, one, other)


def test_two_people_stand_beside_each_other(tmp_path: object) -> None:
    assistant = Assistant(Settings(store=str(tmp_path)))
    day = datetime(2023, 5, 2, tzinfo=UTC)
    told = (
        "The quay of Low Sund was closed on Monday after a crane fell into the water. "
        "Mayor Ada Roe said the quay would be mended by the autumn. "
        "Harbour master Bo Lind said the quay would never open again.\n\n"
        "Fishermen have moved their boats to the north basin."
    )
    assistant.add([Article(Source("a", "Quay shut", "Harbour Wire", published=day), told)])
    answer = assistant.answer("Compare what Ada Roe and Bo Lind said about the quay")
    assert answer.form == "comparison"
    assert [one.heading for one in answer.sections] == ["Ada Roe", "Bo Lind"]
    assert "autumn" in answer.sections[0].quotes[0].text
    assert "never" in answer.sections[1].quotes[0].text
