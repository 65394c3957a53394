"""Whom "he" and "she" mean after an answer."""

from __future__ import annotations

import pytest

from assistant.questions.pronouns import resolved
from assistant.records import Quote, Source, Turn


def answer(text: str, speaker: str | None = None, marked: str = "") -> Turn:
    at = text.find(marked)
    where = (at, at + len(marked)) if marked else None
    quote = Quote(text, 0, len(text), Source("a", "A"), speaker=speaker, answer=where)
    return Turn("assistant", text, (quote,))


def test_he_is_the_man_whom_the_question_named() -> None:
    last = answer("Peter Roe left, said Ann Lind.", speaker="Ann Lind")
    assert resolved("will he appeal?", "Did Peter Roe resign?", last) == "will Peter Roe appeal?"
    assert resolved("why did she say so?", "Did Peter Roe resign?", last).startswith("why did Ann")


def test_a_surname_is_given_in_full_as_the_answer_prints_it() -> None:
    last = answer("Peter Roe left.")
    assert resolved("where is he now?", "Did Roe resign?", last) == "where is Peter Roe now?"


def test_who_is_asked_for_is_who_the_answer_names() -> None:
    last = answer("The mayor of Dunmere then, Peter Roe, lost.", marked="Peter Roe")
    asked = resolved("what became of him", "Who was the mayor of Dunmere?", last)
    assert asked == "what became of Peter Roe"


def test_he_is_a_man_whom_the_answer_names_where_a_woman_spoke() -> None:
    last = answer("Ann Lind said that Peter Roe had left.", speaker="Ann Lind")
    assert resolved("why did he go", "What happened?", last) == "why did Peter Roe go"


def test_a_word_that_begins_like_a_part_of_a_name_is_none() -> None:
    last = answer("It goes on.")
    assert resolved("what did she say", "Who leads the inquiry?", last) == "what did she say"


def test_whose_coach_is_asked_for_is_not_who_is_told_of() -> None:
    last = answer("The skier’s coach is Ann Lind.")
    asked = resolved("how old is she", "Who is Vera Roe's coach?", last)
    assert asked == "how old is Ann Lind"


def test_his_and_her_say_whose() -> None:
    last = answer("“It fell,” said Ann Lind.", speaker="Ann Lind")
    assert resolved("what about her lawyer", "Who saw it?", last) == "what about Ann Lind’s lawyer"
    assert resolved("who told her", "What happened?", last) == "who told Ann Lind"


@pytest.mark.parametrize(
    ("question", "before", "text", "speaker"),
    [
        ("what did he want", "What happened?", "“No.”", "Ann Lind"),  # a woman
        ("what did he want", "Who met?", "Xolu Roe and Zrani Lind met.", None),  # two may be meant
        ("what did she want", "What happened?", "It fell.", "the ministry"),
        ("Did Roe say why he left?", "What happened?", "It fell.", "Peter Lind"),  # named already
    ],
)
def test_where_nobody_is_sure_the_pronoun_stays(
    question: str, before: str, text: str, speaker: str | None
) -> None:
    assert resolved(question, before, answer(text, speaker)) == question
