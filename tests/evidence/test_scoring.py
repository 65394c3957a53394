"""Which sentence answers: the ranker's word, and what counts besides."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from assistant.ask import Assistant
from assistant.evidence import quotes, scoring
from assistant.evidence.ranker import Pair, Ranker, Reading
from assistant.evidence.scoring import Judged, judge
from assistant.records import Article, Hit, Passage

Write = Callable[..., Article]


class Fixed(Ranker):
    """Gives every sentence the same logit, but those that hold `word` another one."""

    def __init__(self, word: str = "", logit: float = 0.0, rest: float = 0.0) -> None:
        self.word, self.logit, self.rest = word, logit, rest
        self.asked: list[Pair] = []

    def read(self, question: str, pairs: Sequence[Pair]) -> list[Reading]:
        self.asked += pairs
        held = [bool(self.word) and self.word in pair.sentence for pair in pairs]
        return [Reading(self.logit if one else self.rest, 0.0, None) for one in held]


Judge = Callable[..., list[Judged]]


@pytest.fixture
def judged(assistant: Assistant) -> Judge:
    """Stores the articles and judges all their sentences."""

    def run(
        question: str, *stored: Article, ranker: Ranker, new: Sequence[str] = ()
    ) -> list[Judged]:
        assistant.add(stored)
        texts = {one.source.id: one for one in stored}
        hits = [Hit(Passage(one.source, 0, len(one.text), one.text, 0), 1.0) for one in stored]
        found = quotes.candidates(hits, texts)
        return judge(question, found, texts, store=assistant.store, ranker=ranker, new=new)

    return run


def texts(found: Sequence[Judged]) -> list[str]:
    return [one.candidate.text for one in found]


def test_the_ranker_decides_between_sentences_that_share_as_many_words(
    judged: Judge, write: Write
) -> None:
    article = write(
        "The bridge is very old. The bridge has been shut. The bridge is grey all over."
    )
    found = judged("why is the bridge shut?", article, ranker=Fixed("grey", 9.0))
    assert texts(found)[0] == "The bridge is grey all over."
    assert found[0].sure > 0.9 > found[1].sure


def test_between_equals_the_more_promising_comes_first(judged: Judge, write: Write) -> None:
    article = write("The ferry runs on Sunday mornings. The bridge is shut until the autumn.")
    found = judged("when is the ferry running?", article, ranker=Fixed())
    assert texts(found)[0].startswith("The ferry")


def test_a_new_article_is_preferred_when_the_question_asks_for_it(
    judged: Judge, write: Write
) -> None:
    stored = [write("The bridge was shut again.", id=id, title="") for id in ("old", "new")]
    found = judged("what was shut this week?", *stored, ranker=Fixed(), new=["new"])
    assert found[0].candidate.sentence.article_id == "new"


def test_the_one_who_is_asked_for_speaks(judged: Judge, write: Write) -> None:
    article = write(
        "The mayor crossed the bridge. The driver said that the mayor saw the bridge. "
        "The bridge will not be safe again before the summer, the mayor said on Monday."
    )
    found = judged("what did the mayor say about the bridge?", article, ranker=Fixed())
    assert "the mayor said" in texts(found)[0]


def test_a_correction_does_not_win_with_the_figure_that_was_wrong(
    judged: Judge, write: Write
) -> None:
    wrong = "An earlier version of this article said that the barrier costs 40 million."
    article = write(f"{wrong} The barrier costs 14 million and is paid by the city.")
    found = judged("what does the barrier cost?", article, ranker=Fixed())
    assert texts(found)[-1] == wrong


def test_the_ranker_reads_the_most_promising_sentences_only(judged: Judge, write: Write) -> None:
    ranker = Fixed()
    filler = " ".join(f"Number {n} was not open at all." for n in range(80))
    found = judged("who shut the bridge?", write(f"{filler} She shut the bridge."), ranker=ranker)
    assert len(found) == len(ranker.asked) == scoring.CLOSE
    assert ranker.asked[0].sentence == "She shut the bridge."
    # It points back, so both sentences before it are read.
    assert ranker.asked[0].before.startswith("Number 78")
    assert ranker.asked[0].before.endswith("Number 79 was not open at all.")


def test_nothing_found_nothing_judged(judged: Judge, write: Write) -> None:
    assert judged("who?", write("Why?"), ranker=Fixed()) == []


def test_whose_words_are_asked_for_comes_before_what_others_say_about_them(
    judged: Judge, write: Write
) -> None:
    article = write(
        "Ann Poe, the port's chief pilot, spoke on Monday. The mole will stay open, she said. "
        "Lou Dee, a fisherman, said Poe had promised the mole would stay open for him."
    )
    found = judged("What did Ann Poe say about the mole?", article, ranker=Fixed())
    assert texts(found)[0] == "The mole will stay open, she said."


@pytest.mark.parametrize(
    "question",
    [
        "all bram oster quotes on the mole please",  # no capitals, and no "said"
        "Oster on the mole, any comment?",
        "every statement from the first day on by Oster about the mole",
        "I want whatever the harbour master has come out with about the mole",
    ],
)
def test_the_speaker_whom_a_question_names_is_the_one_asked_for(
    judged: Judge, write: Write, question: str
) -> None:
    article = write(
        "The mole will stay shut, said the harbour master, Bram Oster. "
        "Lou Dee, a fisherman, said that the mole was his whole living."
    )
    found = judged(question, article, ranker=Fixed())
    assert [(one.speaker, one.said) for one in found] == [("Bram Oster", True), ("Lou Dee", False)]
