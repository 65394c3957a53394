"""What a chat model writes is shown sentence by sentence, and only when a cited sentence bears it
out."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from assistant.evaluate.fakes import shown
from assistant.records import Article, Source
from assistant.writing.checked_stream import Composer, Draft, numbers, prose, units

SOURCE = Source(
    "a", "Bridge closed", publisher="Harbour Wire", published=datetime(2022, 3, 8, tzinfo=UTC)
)
ARTICLE = Article(
    SOURCE,
    "The Old Quay bridge in Dunmere was closed on Friday after engineers found cracks in 51 bolts. "
    "Mayor Ada Roe said the repair “will not be finished before June”. "
    "“The bolts are old,” said engineer Bo Lind. "
    "The council expects the work to cost 2.4 million crowns. "
    "Ferries may carry cars free of charge until then.",
)


def draft(reply: str, question: str = "Why was the bridge closed, and who pays?") -> Draft:
    return Composer(question, shown(ARTICLE), {"a": ARTICLE}).draft(reply, finished=True)


@pytest.mark.parametrize(
    "sentence",
    [
        "The bridge was closed on Friday after engineers found cracks in 51 bolts [1].",
        "The Old Quay bridge was closed on Friday. [1]",
        "Harbour Wire reported on 8 March 2022 that the bridge was closed on Friday [1].",
        "Ada Roe said the repair will not be finished before June [2].",
        'Ada Roe said the repair "will not be finished before June" [2].',
        "The work is expected to cost 2,400,000 crowns [4].",
        "Ferries may carry cars until then [5].",
        "- The bolts are old, said Bo Lind [3].",
    ],
)
def test_what_a_cited_sentence_bears_out_is_shown(sentence: str) -> None:
    found = draft(sentence)

    assert found.rejected == ()
    assert len(found.written) == 1


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("The bridge was closed on Monday after engineers found cracks [1].", "Monday"),
        ("The bridge was closed after engineers found cracks in 15 bolts [1].", "15"),
        ("The bridge in Lisbon was closed on Friday [1].", "Lisbon"),
        ("The bridge was not closed on Friday [1].", "not"),
        ("Ada Roe said the repair will now be finished before June [2].", "not"),
        ("Ada Roe said the repair will not be finished after June [2].", "after"),
        ('Ada Roe said the repair "will now be finished before June" [2].', "prints"),
        ("Bo Lind said the repair will not be finished before June [2][3].", "Bo Lind"),
        ("Ferries will carry cars free of charge [5].", "will"),
        ("Ferries carry cars free of charge [5].", "may"),
        ("The bridge was closed after sabotage [1].", "sabotage"),
        ("The bridge was closed on Friday [9].", "number 9"),
        ("The bridge was closed on Friday.", "no sentence is cited"),
        ("You should visit the bridge on Friday [1].", "visit"),
        ("The bridge was closed on 9 March [1].", "9"),
        ("The bridge <b>was closed</b> on Friday [1].", "sign"),
        ("It was the bridge's 51 [4].", "51"),
        ("“The bridge was closed on Friday [1].", "quotation mark"),
    ],
)
def test_what_no_cited_sentence_bears_out_is_left_out_and_listed(sentence: str, why: str) -> None:
    found = draft(sentence)

    assert found.written == ()
    assert why in found.rejected[0].why


def test_one_bad_sentence_does_not_take_the_others_with_it() -> None:
    found = draft("The bridge was closed on Friday [1]. It was sold [1]. The bolts are old [3].")

    assert [one.text for one in found.written] == [
        "The bridge was closed on Friday.",
        "The bolts are old.",
    ]
    assert len(found.rejected) == 1


def test_a_quotation_is_shown_in_the_words_of_the_article() -> None:
    (one,) = draft("Roe said it 'will  not be finished before June.' [2]").written

    assert one.text.startswith("Roe said it “will not be finished before June”")
    assert one.outcome == "direct"


def test_the_numbers_of_the_lines_become_those_of_the_quotes() -> None:
    found = draft("The bolts are old [3]. The bridge was closed on Friday [1][3].")

    assert prose(found.written, [3, 1]) == (
        "The bolts are old [1]. The bridge was closed on Friday [2][1]."
    )


def test_what_is_missing_is_said_in_the_words_of_the_question_alone() -> None:
    assert draft("The bolts are old [3]. Missing: who pays").missing == ("who pays",)
    assert draft("The bolts are old [3]. Missing: who stole the bolts").missing == ()
    assert draft("Missing: Why was the bridge closed, and who pays?").missing == ()


def test_a_sentence_is_shown_when_it_is_whole_and_checked() -> None:
    composer = Composer("Why?", shown(ARTICLE), {"a": ARTICLE})

    def seen(reply: str) -> list[str]:
        return [one.text for one in composer.draft(reply, finished=False).written]

    assert seen("The bolts are old") == []
    assert seen("The bolts are old [3].") == []  # more numbers may follow
    assert seen("The bolts are old [3]. The") == ["The bolts are old."]
    assert seen("The bolts are old [3]. Roe said “will now") == ["The bolts are old."]


def test_numbers_are_read_in_all_their_forms() -> None:
    assert numbers("A [1][2], b [3, 5] and c [7-9].") == [1, 2, 3, 5, 7, 8, 9]


def test_a_number_after_the_full_stop_belongs_to_the_sentence_before() -> None:
    assert units("It closed. [1] It reopened [2].") == ["It closed. [1]", "It reopened [2]."]
