"""Follow-ups: what is searched, with rules and with a chat model, and how often that finds it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.ask import Assistant
from assistant.evaluate.follow_up_search import measure
from assistant.questions.follow_ups import standalone
from assistant.questions.understanding import cited_before, rewrite
from assistant.records import Quote, Source, Turn
from assistant.settings import Settings
from tests.conftest import SAMPLES
from tests.support.scripted import Scripted

# The second file has another author, and was written before it was ever run.
DATA = sorted((Path(__file__).parents[1] / "data").glob("conversations*.jsonl"))
QUOTE = Quote("Roe left.", 0, 9, Source("a", "Roe"))
HISTORY = [
    Turn("user", "Did Mayor Ada Roe resign in Dunmere?"),
    Turn("assistant", "Ada Roe resigned.", (QUOTE,)),
]


@pytest.mark.parametrize(
    "question",
    ["why?", "When was that?", "and the clerk?", "what about Lind?", "how many?", "did she"],
)
def test_a_question_that_says_too_little_takes_up_the_one_before(question: str) -> None:
    assert "Dunmere" in rewrite(question, HISTORY)


@pytest.mark.parametrize(
    "question",
    [
        "Why did the roof of the market hall fall in?",
        "What does the treasurer of Vellane want to save on in the coming year?",
        "Tell me about the oil spill",
        "timeline of the strike",
    ],
)
def test_a_question_that_stands_alone_is_left_alone(question: str) -> None:
    assert rewrite(question, HISTORY) == question


@pytest.mark.parametrize(
    ("question", "alone"),
    [
        ("and in Ellsund?", "Did Mayor Ada Roe resign in Ellsund?"),
        ("why", "Why did Mayor Ada Roe resign in Dunmere?"),
        ("where is she now?", "where is Ada Roe now? (Mayor resign Dunmere)"),
        ("who said that?", "Who said “Roe left her office”?"),
        ("anything else?", "Tell me more about Mayor Ada Roe resign Dunmere"),
        ("only since May", "Did Mayor Ada Roe resign in Dunmere since May?"),
        ("and in Ellsund how long did it take?", "and in Ellsund how long did it take? (resign)"),
    ],
)
def test_a_follow_up_inherits_what_it_lacks_and_nothing_else(question: str, alone: str) -> None:
    said = replace(QUOTE, text="Roe left her office")
    history = [HISTORY[0], replace(HISTORY[1], quotes=(said,))]
    assert rewrite(question, history) == alone


def test_thanks_in_between_end_no_conversation() -> None:
    between = [*HISTORY, Turn("user", "ok thanks"), Turn("assistant", "You are welcome.")]
    assert rewrite("why?", between) == rewrite("why?", HISTORY)
    assert cited_before("why?", between) == {"a"}


@pytest.mark.parametrize("word", ["no", "ok", "sure", "thanks!", "hello"])
def test_a_small_word_in_a_talk_takes_up_nothing(word: str) -> None:
    model = Scripted(replies=[])
    assert standalone(word, HISTORY, Settings(model="scripted:x"), lambda: model) == word
    assert not model.prompts


def test_a_whole_question_made_of_a_fragment_is_what_the_next_one_follows() -> None:
    later = [*HISTORY, Turn("user", "and in Ellsund?"), Turn("assistant", "Yes.")]
    assert rewrite("why?", later) == "Why did Mayor Ada Roe resign in Ellsund?"


def test_a_second_follow_up_still_knows_what_the_talk_is_about() -> None:
    later = [*HISTORY, Turn("user", "why?"), Turn("assistant", "Because.")]

    assert "Dunmere" in rewrite("when?", later)


def test_a_new_topic_drops_the_articles_cited_before() -> None:
    assert cited_before("why?", HISTORY) == {"a"}
    assert cited_before("What caused the ferry accident at Low Quay?", HISTORY) == frozenset()


def ask(reply: object, question: str = "why did she?", **more: object) -> tuple[str, Scripted]:
    model = Scripted(replies=[reply])
    settings = Settings(model="scripted:x", **more)  # type: ignore[arg-type]
    return standalone(question, HISTORY, settings, lambda: model), model


def test_a_model_puts_the_question_in_words_of_the_conversation() -> None:
    assert ask("Why did Ada Roe resign?")[0] == "Why did Ada Roe resign?"


@pytest.mark.parametrize(
    "reply",
    [
        "Why did Ada Roe steal the money?",
        "",
        "x " * 400,
        "Why\u202e did Ada Roe?",
        ConnectionError(),
    ],
)
def test_where_the_model_adds_words_or_fails_the_rules_stand_in(reply: object) -> None:
    assert ask(reply)[0] == rewrite("why did she?", HISTORY)


def test_the_model_is_shown_the_latest_turns_that_fit() -> None:
    long = [Turn("user", "word " * 500), *HISTORY]
    model = Scripted(replies=["Why did Ada Roe?"])
    settings = Settings(model="scripted:x", history_tokens=50)
    standalone("why did she?", long, settings, lambda: model)

    told = str(model.prompts[0][1].content)
    assert "Reader: Did Mayor Ada Roe resign" in told
    assert "word word" not in told


def test_conversations_find_their_article_nearly_as_often_as_questions_that_stand_alone(
    samples: Assistant, tmp_path: Path
) -> None:
    """Every fourth; all: python -m assistant.evaluate.follow_up_search FILE index/articles"""
    some = [line for file in DATA for line in file.read_text("utf-8").splitlines()[::4]]
    chosen = tmp_path / "some.jsonl"
    chosen.write_text("\n".join(some), "utf-8")
    made = measure(chosen, SAMPLES, samples)

    assert len(made) >= 30
    by_turns = sum(place <= 5 for _, place, _, _ in made)
    alone = sum(place <= 5 for _, _, place, _ in made)
    assert by_turns >= 0.85 * alone
    assert alone >= 0.9 * len(made)
