"""Which sentences together tell what a broad request asks for."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.evidence.extractive import FORMS, LEAST, MOST, WEIGHTS, chosen, extract, signs
from assistant.evidence.quotes import Candidate
from assistant.evidence.scoring import Judged
from assistant.records import Sentence


def judged(text: str, score: float, *, article: str = "a", place: int = 0, **more: str) -> Judged:
    """A sentence, how well it answers, and where it stands."""
    candidate = Candidate(
        Sentence(article, 100 * place, 100 * place + len(text)),
        text,
        "",
        0,
        "",
        "",
        "",
        place,
        1,
        {},
    )
    return Judged(candidate, score, 0.5, score, 1.0, **more)  # type: ignore[arg-type]


FIRE = [
    judged("The Corn Hall in Orbeck burned down on Tuesday night.", 3.0),
    judged("The fire in the Corn Hall began in the kitchen.", 2.0, place=1),
    judged("Nobody was hurt in the Corn Hall fire.", 1.5, place=2),
    judged("A brass band played in the park.", -4.0, article="b", place=7),
]


@pytest.mark.parametrize("form", FORMS)
def test_the_likeliest_come_first_and_what_is_about_another_thing_is_left_out(form: str) -> None:
    found = extract(form, FIRE)
    likely = [sure for sure, _ in found]
    assert likely == sorted(likely, reverse=True)
    assert all(0 < sure < 1 for sure in likely)
    assert FIRE[3] not in [one for _, one in found]
    assert FIRE[1] in [one for _, one in found]


def test_what_says_the_same_is_told_once() -> None:
    again = judged("The Corn Hall in Orbeck burned down on Tuesday night!", 2.9, article="c")
    found = [one.candidate.text for _, one in extract("overview", [*FIRE, again])]
    assert sum("burned down" in text for text in found) == 1


def test_no_more_than_asked_for_and_none_of_nothing() -> None:
    many = [judged(f"Hall {n} of the mill has {n * n} looms.", 3.0, place=n) for n in range(40)]
    assert len(extract("overview", many)) == MOST
    assert len(extract("overview", many, most=3)) == 3
    assert extract("list", []) == []


def test_the_first_is_shown_however_unlikely_and_others_only_if_they_serve() -> None:
    texts = ["The mill burned down.", "The tram line reopened."]
    assert [at for at, _ in chosen(texts, np.array([-6.0, -5.0]), "list")] == [1]
    assert len(chosen(texts, np.array([-6.0, 3.0]), "list")) == 1
    assert len(chosen(texts, np.array([2.0, 3.0]), "list")) == 2


def test_a_speaker_counts_for_reactions() -> None:
    said = judged("They should have checked the wires.", 1.0, speaker="Ada Roe")
    told = judged("They should have checked the wires.", 1.0)
    column = list(WEIGHTS).index("speaker")
    assert [row[column] for row in signs([said, told])] == [1.0, 0.0]
    assert WEIGHTS["speaker"][FORMS.index("reactions")] > 0


def test_each_form_has_its_weights() -> None:
    assert {len(some) for some in WEIGHTS.values()} == {len(FORMS)}
    assert set(LEAST) == set(FORMS)
    assert signs(FIRE).shape == (len(FIRE), len(WEIGHTS))
