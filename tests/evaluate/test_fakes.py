"""The check of a model's sentences, on some thousand fakes and honest ones made of the samples."""

from __future__ import annotations

from assistant.evaluate.fakes import judge
from assistant.records import Article
from assistant.sources.build_article import Skipped
from assistant.sources.files import read_files
from tests.conftest import SAMPLES


def read() -> list[Article]:
    found = read_files.read(SAMPLES, most_bytes=100_000)
    return [one[1] for one in found if not isinstance(one, Skipped)]


def test_fakes_are_caught_and_honest_sentences_pass() -> None:
    asked, right, wrong = judge(read()[::2])

    for honest, least in ((False, 0.99), (True, 0.97)):
        cases = sum(count for (_, one), count in asked.items() if one is honest)
        good = sum(count for (_, one), count in right.items() if one is honest)
        assert cases >= 300
        assert good >= least * cases, [one for one in wrong if one[0].honest is honest][:20]


def test_no_fake_in_quotation_marks_passes_and_no_real_quotation_is_lost() -> None:
    _, _, wrong = judge(read(), seed=2)

    kinds = {case.kind for case, _ in wrong}
    assert not {kind for kind in kinds if kind.endswith(", quoted")}
    assert not kinds & {"as it is", "two speakers joined", "no such number"}
