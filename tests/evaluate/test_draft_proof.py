"""Falsified and honest quotations, made from the sample articles: caught, and passed."""

from __future__ import annotations

import json
from collections import Counter

import pytest
from typer.testing import CliRunner

from assistant.ask import Assistant
from assistant.drafts.read_draft import read_draft
from assistant.evaluate.draft_proof import app, judged
from assistant.evaluate.falsified_quotations import Said, falsified, honest, said_in
from tests.support.documents import ROOT

COUNT = 80


@pytest.fixture(scope="module")
def said(samples: Assistant) -> list[Said]:
    return said_in(samples.store.each())


def test_quotations_of_the_samples_are_found(said: list[Said]) -> None:
    assert len(said) >= 20
    assert all(one.words in one.article.text for one in said)


@pytest.mark.parametrize("seed", [1, 2])
def test_falsified_quotations_are_caught(samples: Assistant, said: list[Said], seed: int) -> None:
    tally = judged(samples, falsified(said, COUNT, seed), false=True)
    assert len(tally) >= 6
    assert [one for kind in tally.values() for one in kind.wrong] == []


@pytest.mark.parametrize("seed", [1, 2])
def test_honest_quotations_pass(samples: Assistant, said: list[Said], seed: int) -> None:
    tally = judged(samples, honest(said, COUNT, seed), false=False)
    assert len(tally) >= 5
    assert [one for kind in tally.values() for one in kind.wrong] == []


def test_the_same_seed_makes_the_same_drafts(said: list[Said]) -> None:
    assert falsified(said, 20, 7) == falsified(said, 20, 7)
    assert falsified(said, 20, 7) != falsified(said, 20, 8)


def test_the_six_faults_of_the_sample_draft_are_found(samples: Assistant) -> None:
    report = samples.check(read_draft(str(ROOT / "index" / "draft-with-six-faults.md"), 10**6))
    faults = Counter(report.counts)
    assert faults["altered"] == 2
    for verdict in ("other_speaker", "joined", "not_printed", "contradicted"):
        assert faults[verdict] == 1, verdict
    assert faults["word_for_word"] + faults["same"] == 3


def test_the_command_tells_its_figures(samples: Assistant) -> None:
    environment = {"ASSISTANT_STORE": str(samples.settings.store)}
    done = CliRunner().invoke(app, ["--count", "10", "--json"], env=environment)
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert told["caught"] == 1.0
    assert set(told) == {"caught", "passed", "named", "quotations", "kinds"}
