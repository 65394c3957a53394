"""What stands in quotation marks is printed in a cited sentence, or it is not shown."""

from __future__ import annotations

import pytest

from assistant.evidence.match_quotation import marked, prove
from assistant.records import Article, Quote, Source
from assistant.text import sentences

TEXT = (
    "Mayor Ada Roe said the repair “will not be finished before June”. “We need 2.4 million "
    "crowns,” Roe added, “and not a crown less.” “The bolts are old,” said engineer Bo Lind."
)
ARTICLE = Article(Source("a", "Bridge closed"), TEXT)
QUOTES = [
    Quote(TEXT[start:end], start, end, ARTICLE.source) for start, end in sentences.split(TEXT)
]


def printed(words: str) -> str | None:
    proof = prove(words, QUOTES, {"a": ARTICLE})
    return proof.printed({"a": ARTICLE}) if proof else None


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("will not be finished before June", "will not be finished before June"),
        ("Will  not be finished before June.", "will not be finished before June"),
        ("will not be fin\u00adished", "will not be finished"),
        ("We need … and not a crown less", "We need … and not a crown less"),
        ("We need [...] 2.4 million crowns", "We need … 2.4 million crowns"),
        ("[it] will not be finished", "will not be finished"),
    ],
)
def test_words_that_are_printed_are_shown_as_they_are_printed(words: str, shown: str) -> None:
    assert printed(words) == shown


@pytest.mark.parametrize(
    "words",
    [
        "will now be finished before June",
        "will be finished before June",
        "will … be finished before June",  # cuts the "not"
        "We need 2.4 million crowns and not a crown less",  # no sign of the cut
        "and not a crown less … We need",  # in another order
        "We need … The bolts are old",  # two speakers
        "ill not be finished",  # half a word
        "…",
        "",
        "´",  # marks alone
        "‛ – ‛",
    ],
)
def test_words_that_are_not_printed_have_no_proof(words: str) -> None:
    assert printed(words) is None


def test_a_lone_quotation_mark_is_noticed() -> None:
    assert marked("He said “yes and left") is None
    assert marked("He left” he said") is None


def test_an_apostrophe_is_no_quotation_mark() -> None:
    assert marked("The players' strike isn't over, it’s on") == ()


def test_single_marks_hold_a_quotation_too() -> None:
    (found,) = marked("She called it ‘a good day’ for the town") or ()
    assert found.words == "a good day"
