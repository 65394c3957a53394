"""The verdict on each quotation of a draft, over articles of our own."""

from __future__ import annotations

import pytest

from assistant.ask import Assistant
from assistant.records import CheckedQuotation
from tests.support.verdict_articles import MILL, article, desk_of

HARBOUR = (
    "The harbour at Tarn will close on Monday, harbour master Jens Doe said. “The cranes are older "
    "than my father,” Doe said, “and they complain more.” He named no price.\n\n“We asked for "
    "three cranes in 2019,” said Ada Roe, who runs the fish hall. “We were given one.”\n\nThe "
    "town has set aside 4.5 million crowns. Ivo Prack, its treasurer, warned that the money would "
    "not last."
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    made = desk_of(tmp_path_factory.mktemp("drafts"))
    copied = article("mill-2", "Mill turns", "Lake Wire", 5, f"{MILL}\n\nThis is our own report.")
    made.add([article("cranes", "Old cranes", "Tarn Courier", 12, HARBOUR), copied])
    return made


def one(desk: Assistant, draft: str, **filters: object) -> CheckedQuotation:
    (found,) = desk.check(draft, **filters).quotations
    assert found.text == draft[found.start : found.end]
    for place in (*found.places, *found.nearest):
        text = desk.article(place.source.id).text
        assert text[place.start : place.end] == place.text
    return found


@pytest.mark.parametrize(
    "draft",
    [
        "“A wheel without water is a table,” said Nell Osk.",
        '"A wheel without water is a table," said Nell Osk.',
        "«A wheel without water is a table», said Nell Osk.",
        "‘A wheel without water is a table,’ said Nell Osk.",
        "Nell Osk said: “A wheel without water is a table.”",
        "“A **wheel** without water is a [table](https://a.example/b),” said Nell Osk.",
    ],
)
def test_the_shape_of_marks_changes_nothing(desk: Assistant, draft: str) -> None:
    assert one(desk, draft).verdict == "word_for_word"


@pytest.mark.parametrize(
    "draft",
    [
        "“a wheel, without water, is a table,” said Nell Osk.",
        "“A Wheel Without Water Is A Table,” said Nell Osk.",
        "“We waited six … for two planks,” Osk said.",
        "“[W]e waited six weeks for [...] planks,” Osk said.",
        "“We waited six weeks for two [boards],” Osk said.",
        "“The sluice is rotten, and everybody knows it,” Lund said.",
        "“The cranes are older than my father, and they complain more,” said Jens Doe.",
        "“We asked for three cranes in 2019. We were given one,” Ada Roe said.",
    ],
)
def test_punctuation_capitals_and_what_is_shown_as_left_out_are_the_same(
    desk: Assistant, draft: str
) -> None:
    assert one(desk, draft).verdict == "same"


@pytest.mark.parametrize(
    ("draft", "printed", "matter"),
    [
        ("“We waited nine weeks for two planks,” Osk said.", "six", "figure"),
        ("“We asked for 3 cranes in 2018,” said Ada Roe.", "2019", "figure"),
        ("“I will pay for a wheel that turns,” said Bram Lund.", "not", "negation"),
        ("“I will [...] pay for a wheel that turns,” said Bram Lund.", "not", "negation"),
        ("“I will not pay for a wheel that turned,” said Bram Lund.", "turns", "tense"),
        ("“I sold bread from Sund Quay,” said Osk.", "another town", "name"),
        ("“I sold bread of another town,” said Osk.", "from", "wording"),
    ],
)
def test_what_differs_is_told_word_by_word(
    desk: Assistant, draft: str, printed: str, matter: str
) -> None:
    found = one(desk, draft)
    assert found.verdict == "altered"
    assert (printed, matter) in [(change.printed, change.matter) for change in found.changes]


def test_words_in_another_order_are_an_alteration(desk: Assistant) -> None:
    found = one(desk, "“For two planks we waited six weeks,” said Nell Osk.")
    assert [change.matter for change in found.changes] == ["order"]


def test_a_negation_that_brackets_put_in_is_an_alteration(desk: Assistant) -> None:
    found = one(desk, "“The sluice is [not] rotten,” Lund said.")
    assert (found.verdict, found.changes[0].matter) == ("altered", "negation")


@pytest.mark.parametrize(
    "draft",
    [
        "“A wheel without water is a table,” said Bram Lund.",
        "“A wheel without water is a table,” said Ada Roe.",
        "Bram Lund, the owner of the pond: “A wheel without water is a table.”",
        "Was it Bram Lund who said “A wheel without water is a table”?",
    ],
)
def test_words_of_another_are_told_to_be(desk: Assistant, draft: str) -> None:
    found = one(desk, draft)
    assert (found.verdict, found.places[0].speaker) == ("other_speaker", "Nell Osk")


def test_words_without_a_speaker_are_given_theirs(desk: Assistant) -> None:
    found = one(desk, "The best line was “A wheel without water is a table”.")
    assert (found.verdict, found.places[0].speaker) == ("word_for_word", "Nell Osk")


@pytest.mark.parametrize(
    "draft",
    [
        "“We waited six weeks for two planks. I will not pay for a wheel that turns,” Osk said.",
        "“The lamps were paid for twice, and we waited six weeks for two planks,” Osk said.",
        "“We waited six weeks … I will not pay for a wheel that turns,” Osk said.",
    ],
)
def test_words_of_two_places_are_joined(desk: Assistant, draft: str) -> None:
    found = one(desk, draft)
    assert found.verdict == "joined"
    assert len(found.places) == 2


def test_what_is_printed_as_indirect_speech_only_is_paraphrased(desk: Assistant) -> None:
    found = one(desk, "“The harbour at Tarn will close on Monday,” Jens Doe said.")
    assert (found.verdict, found.places[0].speaker) == ("paraphrased", "Jens Doe")
    found = one(desk, "“The money will not last,” warned Ivo Prack, the treasurer.")
    assert found.verdict == "paraphrased"


def test_what_an_outlet_writes_may_be_quoted_as_its_words(desk: Assistant) -> None:
    found = one(desk, "“The town has set aside 4.5 million crowns,” the Tarn Courier wrote.")
    assert found.verdict == "word_for_word"


def test_what_nothing_is_like_is_not_printed(desk: Assistant) -> None:
    found = one(desk, "“Nobody eats gravel on Thursdays,” said Nell Osk.")
    assert (found.verdict, found.places) == ("not_printed", ())
    assert "nor anything like it" in found.because


def test_copies_count_once_and_the_earliest_stands_first(desk: Assistant) -> None:
    (place,) = one(desk, "“A wheel without water is a table,” said Nell Osk.").places
    assert place.source.publisher == "Tarn Courier"
    assert [copy.publisher for copy in place.copies] == ["Lake Wire"]


def test_an_outlet_that_the_draft_names_and_that_does_not_print_it_is_told(desk: Assistant) -> None:
    found = one(desk, "“The lamps were paid for twice,” an electrician told the Tarn Courier.")
    assert found.verdict == "word_for_word"
    assert "Not in Tarn Courier, which the draft names" in found.because


def test_filters_hold(desk: Assistant) -> None:
    draft = "“The lamps were paid for twice,” the electrician said."
    assert one(desk, draft, as_of="2023-05-08").verdict == "not_printed"
    assert one(desk, draft, publishers=["Sund Post"]).verdict == "word_for_word"


def test_short_words_in_marks_are_counted_and_looked_up_only_if_they_are_somebodys(
    desk: Assistant,
) -> None:
    report = desk.check("The “deal” was off. Osk called the wheel “a table”.")
    assert report.short + len(report.quotations) == 2
    assert all(found.verdict != "other_speaker" for found in report.quotations)


def test_a_block_of_a_pasted_answer_is_a_quotation(desk: Assistant) -> None:
    draft = "Nell Osk, in Tarn Courier:\n\n> We waited six weeks for two planks [1]\n"
    assert one(desk, draft).verdict == "word_for_word"


def test_the_title_of_an_article_is_told_to_be_one(desk: Assistant) -> None:
    found = one(desk, "The Courier headlined it “Mill at Tarn turns again”.")
    assert found.verdict == "word_for_word"
    assert found.because == "The title of an article: Tarn Courier, 4 May 2023."


def test_the_place_that_the_draft_names_stands_first(desk: Assistant) -> None:
    again = "Osk has said it before. “A wheel without water is a table,” said Nell Osk, the miller."
    desk.add([article("again", "Said again", "Sund Post", 20, again)])
    draft = "“A wheel without water is a table,” said Nell Osk"
    outlets = [
        one(desk, f"{draft}{where}").places[0].source.publisher
        for where in (".", " in the Sund Post.", " on 20 May.", ", said again.")
    ]
    assert outlets == ["Tarn Courier", "Sund Post", "Sund Post", "Sund Post"]
