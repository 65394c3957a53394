"""Two gates: is what was asked there, and is its topic?"""

from __future__ import annotations

from assistant.evidence import gates
from assistant.evidence.quotes import Candidate
from assistant.evidence.scoring import Judged
from assistant.records import Sentence

CANDIDATE = Candidate(Sentence("a", 0, 4), "Yes.", "", 0, "", "", "", 0, 1, {})


def judged(score: float, words: float = 1.0) -> Judged:
    return Judged(CANDIDATE, score, 0.5, score, words)


def test_nothing_read_nothing_there() -> None:
    assert gates.answered([]) == gates.about([]) == 0.0


def test_the_surer_a_sentence_the_likelier() -> None:
    likely = [gates.answered([judged(score)]) for score in (-6.0, -2.0, 0.0, 2.0, 6.0)]
    assert likely == sorted(likely)
    assert likely[0] < 0.1 < 0.8 < likely[-1]


def test_the_more_of_its_words_stand_together_the_likelier_the_topic_is_there() -> None:
    likely = [gates.about([judged(0.0, words=share)]) for share in (0.0, 0.3, 0.6, 1.0)]
    assert likely == sorted(likely)
    assert likely[0] < 0.1 < 0.8 < likely[-1]


def test_an_overview_needs_its_topic_only() -> None:
    read = [judged(-1.5, words=1.0)]
    assert gates.opens("Tell me about the ferry", read)
    assert not gates.opens("How many died on the ferry?", read)
    assert not gates.opens("Tell me about the ferry", [judged(-1.5, words=0.0)])


def test_sentences_that_hardly_answer_change_little() -> None:
    alone = gates.answered([judged(2.0)])
    among = gates.answered([judged(2.0), *(judged(-6.0, 0.0) for _ in range(19))])
    assert abs(alone - among) < 0.15


def test_the_order_does_not_count() -> None:
    some = [judged(2.0), judged(-1.0, 0.2), judged(0.5, 0.1)]
    assert gates.answered(some) == gates.answered(some[::-1])
