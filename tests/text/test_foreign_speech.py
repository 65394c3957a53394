"""Clauses of saying in other languages, beside a quotation and in dialogue with dashes."""

from __future__ import annotations

import pytest

from tests.text.test_names_of_speakers import speakers
from tests.text.test_turns import spoken


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("« Il penche », a déclaré Ada Roe, pilote du port.", "Ada Roe", None),
        ("« Il penche », affirme le maire d’Arden, Luc Poe.", "Luc Poe", "maire d’Arden"),
        ("„Sie ist schief“, sagte Ada Roe am Montag.", "Ada Roe", None),
        ("„Sie ist schief“, sagte der Bürgermeister Karl Poe.", "Karl Poe", "Bürgermeister"),
        ("»Sie ist schief«, erklärte Ada Roe.", "Ada Roe", None),
        ("Ada Roe sagte: „Sie ist schief.“", "Ada Roe", None),
        ("«Es feo», dijo la alcaldesa Ada Roe.", "Ada Roe", "alcaldesa"),
        ("«Pende», ha detto Ada Roe.", "Ada Roe", None),
        ("“Pende”, afirmou o prefeito Luc Poe.", "Luc Poe", "prefeito"),
        ("„Det lutar”, säger Ada Roe.", "Ada Roe", None),
    ],
)
def test_a_clause_in_another_language_names_who_is_quoted(
    text: str, name: str, role: str | None
) -> None:
    assert speakers(text) == [(name, role)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("— Jamais ! répond le maire Luc Poe.", "Luc Poe"),
        ("—¿Y la escuela? —preguntó el alcalde, Luc Poe.", "Luc Poe"),
        ("– Sie ist schief, sagte Ada Roe. – Wir gehen.", "Ada Roe"),
    ],
)
def test_dialogue_with_dashes_may_tell_an_office(text: str, name: str) -> None:
    assert {who for who, _ in spoken(text)} == {name}


def test_the_next_quotation_of_the_line_goes_on() -> None:
    text = "»Sie ist schief«, erklärte Ada Roe. »Wir gehen.«"

    assert [who for who, _ in spoken(text)] == ["Ada Roe", "Ada Roe"]


@pytest.mark.parametrize(
    "text",
    ["« Il penche », dit-il.", "„Sie ist schief“, sagte sie.", "« Il penche ». Ada Roe dit non."],
)
def test_without_a_name_in_the_clause_nobody_is_quoted(text: str) -> None:
    assert "Ada Roe" not in {who for who, _ in spoken(text)}
