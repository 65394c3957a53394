"""Which of the sentences that were judged are quoted."""

from __future__ import annotations

from collections.abc import Callable

from assistant.evidence import finding, quotes
from assistant.evidence.scoring import Judged
from assistant.records import Article, Hit, Passage

Write = Callable[..., Article]
TEXT = (
    "“The quay will be shut in May,” said Ada Roe. It was built by hand in 1901. "
    "“The quay is ours to the last stone,” said Bo Tarn."
)


def chosen(question: str, article: Article, *said: bool | None, words: float = 1.0) -> list[str]:
    """The texts quoted for a question, all judged alike; of each whether the one asked for speaks,
    None where nobody does. `words` is the share of the question's that stand around."""
    passage = Passage(article.source, 0, len(article.text), article.text, 0)
    found = quotes.candidates([Hit(passage, 1.0)], {article.source.id: article})
    judged = [
        Judged(one, 3.0, 0.8, 3.0, words, said=who is True, other=who is False)
        for one, who in zip(found, said, strict=True)
    ]
    shown, _ = finding._choose(question, judged, {article.source.id: article}, 5)
    return [one.text for one in shown]


def test_asked_for_someones_words_nobody_elses_are_shown(write: Write) -> None:
    shown = chosen("What did Ada Roe say about the quay?", write(TEXT), True, None, False)
    assert any("Ada Roe" in text for text in shown)
    assert not any("Bo Tarn" in text for text in shown)


def test_asked_for_someones_words_those_of_nobody_known_are_left_out(write: Write) -> None:
    shown = chosen("What did Ada Roe say about the quay?", write(TEXT), True, None, None)
    assert not any("Bo Tarn" in text for text in shown)


def test_where_the_one_asked_for_says_nothing_others_may_be_shown(write: Write) -> None:
    shown = chosen("What did the port say about the quay?", write(TEXT), False, None, False)
    assert any("Bo Tarn" in text for text in shown)


def test_asked_about_a_quotation_only_what_prints_it_is_shown(write: Write) -> None:
    question = 'Who said "the quay is ours to the last stone"?'
    assert chosen(question, write(TEXT), None, None, None) == [TEXT[TEXT.index("“The quay is") :]]


def test_a_quotation_that_is_not_printed_hides_nothing(write: Write) -> None:
    assert len(chosen('Who said "the quay is theirs alone"?', write(TEXT), None, None, None)) > 1


def test_a_sure_answer_about_another_topic_does_not_count(write: Write) -> None:
    assert chosen("When does the museum open?", write(TEXT), None, None, None, words=0.0) == []
