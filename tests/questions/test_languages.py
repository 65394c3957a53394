"""The language a question is in, and what is said of one that is not English."""

from __future__ import annotations

import pytest

from assistant.ask import Assistant
from assistant.questions.languages import OTHER, language
from assistant.wording import say

ASKED = {
    "de": ["Was hat die Hafenmeisterin gesagt?", "Wie viele wurden bei dem Unfall verletzt?"],
    "fr": ["Qui a construit le barrage ?", "Combien de personnes ont été blessées ?"],
    "es": ["¿Qué causó el accidente del ferry?", "¿Cuándo se abre el puente?"],
    "ar": ["ماذا قالت المدينة؟"],
    OTHER: ["Что сказал мэр?", "市长说了什么？"],
    "en": ["What did the mayor say?", "who was hurt", "Who is Lucía Ferrante?", "café closure", ""],
}


@pytest.mark.parametrize(
    ("known", "question"), [(known, one) for known, some in ASKED.items() for one in some]
)
def test_the_language_of_a_question(known: str, question: str) -> None:
    assert language(question) == known


def test_a_question_that_is_not_understood_is_not_said_to_have_no_answer(
    samples: Assistant,
) -> None:
    reply = samples.answer("Warum wurde der Leuchtturm von Norderhaupt nicht gebaut?")
    assert reply.status == "not_found"
    assert reply.text == say("language_de")
