"""Fragments: what they replace of the question before, and what they leave alone."""

from __future__ import annotations

import pytest

from assistant.questions.ellipsis import whole


@pytest.mark.parametrize(
    ("fragment", "before", "made"),
    [
        ("just Roe", "What did the council say about the quay?",
         "What did Roe say about the quay?"),
        ("and the mayor?", "what did Ada Roe think of the ferry plan",
         "what did the mayor think of the ferry plan"),
        ("Lind's view?", "How did the port react to the fire?", "How did Lind react to the fire?"),
        ("the harbour master", "Was it safe, according to Ada Roe?",
         "Was it safe, according to the harbour master?"),
        ("no, in Ellsund", "How long did the strike in Dunmere last?",
         "How long did the strike in Ellsund last?"),
        ("sorry, I meant the one in Ellsund", "How many died in the fire at Low Quay?",
         "How many died in the fire in Ellsund?"),
        ("and in Ellsund?", "Did the mayor resign?", "Did the mayor resign in Ellsund?"),
        ("Not that strike. Ellsund's.", "How long did the strike in Dunmere last?",
         "How long did the strike in Ellsund last?"),
        ("in metres please", "How high did the river rise in Dunmere?",
         "How high did the river rise in Dunmere in metres?"),
        ("only since May", "What did the council decide?",
         "What did the council decide since May?"),
        ("only in March", "What did Roe say about the quay in February?",
         "What did Roe say about the quay in March?"),
        ("july?", "What did Roe say in May?", "What did Roe say in july?"),
        ("17 sept only pls", "What did Roe say on 6 September?", "What did Roe say on 17 sept?"),
        ("no, the union's figure", "How many ferries were cancelled?",
         "How many ferries were cancelled according to the union?"),
        ("why", "Did Roe resign?", "Why did Roe resign?"),
        ("where exactly?", "When does the council meet again?",
         "Where does the council meet again?"),
        ("when was that?", "Did the port close its gates?", "When did the port close its gates?"),
    ],
)  # fmt: skip
def test_a_fragment_takes_the_place_of_its_like(fragment: str, before: str, made: str) -> None:
    assert whole(fragment, before) == made


def test_a_name_typed_small_is_known_from_the_answer() -> None:
    before, answer = "How long did the strike in Dunmere last?", "The one at Ellsund was longer."
    assert whole("what about ellsund", before, answer).endswith("in Ellsund last?")
    assert whole("what about overtime", before, answer) == ""


@pytest.mark.parametrize(
    ("fragment", "before"),
    [
        ("and the money", "What did Roe say about the quay?"),
        ("Interest?", "Who lends the money for the quay in Dunmere?"),
        ("what did the port do", "How did the strike end?"),
        ("how many?", "Were people hurt?"),
        ("why", "The quay fell in"),
        ("and in Ellsund?", "Where do the new ferries go?"),
        ("and for Ellsund?", "What did Ada Roe propose?"),
        ("and in the yard?", "What is new at the port of Dunmere?"),
        ("before that?", "What did Roe say in March?"),
    ],
)
def test_where_nothing_is_surely_its_like_no_question_is_made(fragment: str, before: str) -> None:
    assert whole(fragment, before) == ""
