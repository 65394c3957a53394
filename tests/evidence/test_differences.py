"""When sources differ, and when they only seem to."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from assistant.ask import Assistant
from assistant.evaluate.difference_detection import app, pair
from assistant.evidence.differences import differences
from assistant.text.quantities import quantities

DATA = Path(__file__).parents[1] / "data"
PAIRS = [
    json.loads(line)
    for name in ("differences.jsonl", "differences-2.jsonl", "differences-names.jsonl")
    for line in (DATA / name).read_text("utf-8").splitlines()
]
HURT = "How many people were hurt in the ferry accident?"


def test_an_alarm_is_right_nine_times_in_ten() -> None:
    told = [(row, differences(row["question"], pair(row))) for row in PAIRS]
    alarms = [row["differ"] for row, found in told if found]
    assert len(PAIRS) >= 60
    assert len(alarms) >= 25
    assert sum(alarms) >= 0.9 * len(alarms)


@pytest.mark.parametrize(
    ("question", "one", "other", "kind"),
    [
        ("How many people died in the Orle fire?", "Nine miners died in the Orle fire.",
         "The fire in Orle killed 14 people.", "figure"),
        ("When does the trial of Ana Brook begin?", "The trial of Ana Brook will begin on 8 April.",
         "The trial of Ana Brook will begin on 15 April.", "date"),
        ("Is the water in Pell safe?", "The water in Pell is safe to drink.",
         "The water in Pell is not safe to drink.", "negation"),
        ("Who won the Holm prize?", "Ada Roe won the Holm prize.", "Lou Dee won the Holm prize.",
         "name"),
        ("Who won the Holm prize?", "Ada Roe won the Holm prize.", "Mrs. Roe won the Holm prize.",
         None),
        ("How many people live in Orsa?", "More than a million people live in Orsa.",
         "Orsa has 1.2 million people.", None),
        ("How many were hurt in the Velm crash?", "Twelve people were hurt in the Velm crash.",
         "Four of those hurt in the Velm crash are children.", None),
        ("How much did rents rise in Tarn?", "Rents in Tarn rose by 5 percent.",
         "Rents in Tarn rose by 5 percent to 12 crowns.", None),
        ("flood barrier cost", "The flood barrier will cost 38 million crowns.",
         "The flood barrier will cost 44 million crowns.", "figure"),
        ("cost of the flood barrier?", "The flood barrier will cost 38 million crowns.",
         "The flood barrier will cost 44 million crowns.", "figure"),
        ("What does the flood barrier cost?", "The flood barrier will cost 38 million crowns.",
         "The flood barrier will cost 44 million crowns.", "figure"),
    ],
)  # fmt: skip
def test_a_difference_has_a_kind(question: str, one: str, other: str, kind: str | None) -> None:
    days = {"one_day": "2024-03-05", "other_day": "2024-03-05"}
    found = differences(question, pair({"one": one, "other": other, **days}))
    assert [(item.kind, item.updated) for item in found] == ([(kind, False)] if kind else [])
    for item in found:
        assert item.one in one
        assert item.other in other


def test_the_answer_says_first_that_sources_differ(samples: Assistant) -> None:
    reply = samples.answer("How much will the flood barrier cost?")
    assert reply.text.startswith("Sources differ: “38.5 million crowns” [1], The Vellane Gazette")
    assert "“44 million crowns” [2], Sarnside Herald, 13 October 2023." in reply.text
    (one,) = reply.to_dict()["differences"]
    assert (one["first"], one["second"], one["updated"]) == (1, 2, False)


def test_what_is_simply_newer_is_called_updated_in_order_of_time(samples: Assistant) -> None:
    first, _, _ = samples.answer(HURT).text.partition("\n")
    assert first.startswith("Updated over time: “Twelve”")
    assert first.index("“Twelve”") < first.index("“19”") < first.index("“Seventeen”")


def test_copies_of_one_story_do_not_differ(samples: Assistant) -> None:
    assert samples.answer("How much fuel oil leaked from the freighter Anselm?").differences == ()


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("It cost 1,200,000 crowns.", 1_150_000, 1_250_000, "crown"),
        ("It cost $1.2 million.", 1_150_000, 1_250_000, "dollar"),
        ("It drew more than a million people.", 1_000_000, math.inf, ""),
        ("Between 4,000 and 6,000 came.", 3_500, 6_500, ""),
        ("Nearly 300 came.", 255, 300, ""),
        ("At least twelve came.", 12, math.inf, ""),
        ("A rise of 12%.", 12, 12, "percent"),
        ("Twenty-one boats sank.", 21, 21, ""),
        ("Some 40 sheep.", 36, 44, ""),
    ],
)
def test_a_quantity_is_an_interval(text: str, low: float, high: float, unit: str) -> None:
    (found,) = quantities(text)
    assert (found.low, found.high) == pytest.approx((low, high))
    assert found.unit == unit
    assert text[found.start : found.end].strip()


@pytest.mark.parametrize(
    "text", ["In 2024 it rained.", "On 4 March it rained.", "At 8:15 a.m.", "the 3rd", "No. 4"]
)
def test_days_hours_and_names_are_no_quantities(text: str) -> None:
    assert quantities(text) == []


@given(st.text(max_size=200), st.text(max_size=200), st.text(max_size=80))
def test_any_text_is_read(one: str, other: str, question: str) -> None:
    days = {"one_day": "2024-03-05", "other_day": "2024-03-06"}
    for item in differences(question, pair({"one": one, "other": other, **days})):
        assert item.one in one


def test_the_measure_prints_precision_and_what_was_missed(tmp_path: Path) -> None:
    shown = CliRunner().invoke(app, [str(DATA / "differences.jsonl")]).stdout
    assert "precision" in shown
    assert "missed: " in shown
    broken = tmp_path / "a.jsonl"
    broken.write_text("{")
    assert CliRunner().invoke(app, [str(broken)]).exit_code != 0
