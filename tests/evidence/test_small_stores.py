"""One article answers alike, however many others stand beside it."""

from __future__ import annotations

import hashlib

import pytest

from assistant.ask import Assistant
from assistant.embedding.embedder import Embedder
from assistant.records import Article, Source
from assistant.settings import Settings
from tests.support.hashing import HashingEmbeddings

FERRY = (
    "The ferry Marguerite struck the pier at Low Quay on Tuesday morning. Eleven passengers broke "
    "bones and were taken to hospital. Harbour master Ada Roe said that a valve had failed. "
    "“Nobody will sail on it before it has been replaced,” she said. Nobody was killed. "
    "The ferry was built in 1987 and carries up to 300 people."
)
OTHERS = (
    "The council of town {n} voted on Monday to plant {n} lime trees. Gardener Lou Dee said that "
    "the work would begin in spring. Two members voted against it."
)
COUNTS = (1, 2, 5, 300)  # articles in all; 5,000 once by hand (docs/log.md)


def article(id: str, title: str, text: str) -> Article:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Article(Source(id, title, publisher="Harbour Wire", sha256=digest), text)


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[int, dict[str, tuple[object, ...]]]:
    """Of each size, each question's status and its quotations with their scores."""
    found = {}
    for count in COUNTS:
        settings = Settings(store=tmp_path_factory.mktemp(f"of-{count}"))
        assistant = Assistant(settings)
        assistant.embedder = Embedder(settings, HashingEmbeddings())
        others = [article(f"town-{n}", "Trees", OTHERS.format(n=n)) for n in range(1, count)]
        assistant.add([article("ferry", "Ferry strikes pier", FERRY), *others])
        replies = {question: assistant.answer(question) for question in QUESTIONS}
        found[count] = {
            question: (reply.status, *((quote.text, quote.score) for quote in reply.quotes))
            for question, reply in replies.items()
        }
        assistant.close()
    return found


QUESTIONS = {
    "How many passengers were hurt on the ferry?": "Eleven passengers",
    "what did Ada Roe say": "valve had failed",
    "Tell me about the ferry accident": "struck the pier",
    "Was anybody killed on the ferry?": "Nobody was killed.",
    "Who is the captain of the ferry?": "",
    "Who won the chess olympiad?": "",
}


@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("question", QUESTIONS)
def test_what_one_article_tells_is_told_in_a_store_of_any_size(
    answers: dict[int, dict[str, tuple[object, ...]]], question: str, count: int
) -> None:
    status, *quotes = answers[count][question]
    texts = [text for text, _ in quotes]  # type: ignore[misc]
    if QUESTIONS[question]:
        assert status == "answered"
        assert any(QUESTIONS[question] in text for text in texts), texts
    else:
        assert status == "not_found"


@pytest.mark.parametrize("question", QUESTIONS)
def test_how_likely_a_sentence_answers_does_not_depend_on_the_others(
    answers: dict[int, dict[str, tuple[object, ...]]], question: str
) -> None:
    alone = answers[1][question]
    assert all(answers[count][question] == alone for count in COUNTS)
