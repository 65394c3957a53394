"""Collect what the ranker says of sentences in use, and fit the curves of `evidence/` on it.

    python -m training.gates collect STORE OUT.jsonl --stories FOLDER    (or --newsroom FILE ...)
    python -m training.gates fit OUT.jsonl ...

STORE holds the articles. `collect` asks through the program's own search, so it needs the program's
environment, not torch. `--elsewhere` says that nothing in STORE is about what is asked. `fit`
prints the weights that `evidence/gates.py` and `evidence/scoring.py` hold, and how reliable the
curves are.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from assistant.ask import Assistant
from assistant.evidence import finding, quotes, scoring
from assistant.questions.understanding import day as moment
from assistant.questions.understanding import make_filters, rewrite
from assistant.records import Turn
from assistant.settings import Settings
from training import sets

STEPS, RATE = 4000, 0.3
KINDS = ("count",)  # not judged by sentences


def asked_of_stories(folder: Path, ids: Sequence[str], wordings: int) -> Iterator[dict[str, Any]]:
    """Requests of stories: those for training, or those whose ids end so."""
    luck = random.Random(1)
    for story in sets.stories(folder):
        if story["id"].endswith(sets.DEV) if not ids else not story["id"].endswith(tuple(ids)):
            continue
        for one in story["requests"]:
            if one["kind"] in KINDS:
                continue
            ways = [one["request"], *one.get("also", ())]
            served = [[served["sentence"] for served in point["any_of"]] for point in one["points"]]
            short = [
                served["answer"]
                for point in one["points"]
                for served in point["any_of"]
                if "answer" in served
            ]
            for way in luck.sample(ways, min(wordings, len(ways))):
                yield {
                    "id": f"{story['id']} {one['kind']}",
                    "request": way,
                    "history": one.get("history", []),
                    "today": one.get("today") or "",
                    "points": served,
                    "answers": short,
                    "fine": [fine["sentence"] for fine in one.get("fine", ())],
                }


def asked_of_newsroom(files: Sequence[Path]) -> Iterator[dict[str, Any]]:
    """Questions of our own articles kept out of training."""
    known = sets.newsroom(files[0].parent)
    aside = sets.kept_aside(known)
    for stem, rows in known.items():
        for row in rows:
            if row["id"] not in aside:
                continue
            common = {"history": [], "today": str(row.get("published") or "")[:10], "fine": []}
            for one in row["questions"]:
                others = [other["sentence"] for other in one.get("also_elsewhere", ())]
                points = [[one["sentence"], *one.get("also", ()), *others]]
                short = [one["answer"]] if one["kind"] not in ("yesno", "why", "how") else []
                asked = {"id": stem, "request": one["question"], "answers": short}
                yield {**asked, "points": points, **common}
            for one in row.get("unanswerable", ()):
                yield {"id": stem, "request": one["question"], "points": [], **common}


def read(assistant: Assistant, one: dict[str, Any]) -> list[dict[str, Any]]:
    """What is said of each sentence that is read for a request, and whether it answers."""
    history = [Turn("user", text, ()) for text in one["history"]]
    alone, now = rewrite(one["request"], history), moment(one["today"] or "2025-06-01", "today")
    store, filters = assistant.store, make_filters()
    got = finding.retrieve(store, assistant.embedder, alone, filters=filters, today=now)
    found = quotes.candidates(got.hits, got.articles)
    judged = scoring.judge(
        alone,
        found,
        got.articles,
        store=store,
        ranker=assistant.ranker,
    )
    days = [got.articles[each.candidate.sentence.article_id].source.published for each in judged]
    return [
        {
            "score": each.score,
            "worth": each.worth,
            "words": each.words,
            "day": day.timestamp() / 86400 if day else None,
            "article": each.candidate.sentence.article_id,
            "answer": list(each.answer) if each.answer else None,
            "text": each.candidate.text,
            "points": [
                n for n, point in enumerate(one["points"]) if _is_one(each.candidate.text, point)
            ],
            "fine": _is_one(each.candidate.text, one["fine"]),
        }
        for each, day in zip(judged, days, strict=True)
    ]


def _is_one(text: str, sentences: Sequence[str]) -> bool:
    plain = " ".join(text.split())
    return any(plain in one or one in plain for one in (" ".join(it.split()) for it in sentences))


def fit(signs: np.ndarray, right: np.ndarray, counts: np.ndarray | None = None) -> np.ndarray:
    """Logistic regression."""
    counts = np.ones(len(right)) if counts is None else counts
    spread = np.abs(signs).mean(0)
    weights = np.zeros(signs.shape[1])
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-(signs / spread) @ weights))
        weights -= RATE * ((signs / spread).T @ (counts * (likely - right))) / counts.sum()
    return weights / spread


def reliability(likely: np.ndarray, right: np.ndarray) -> str:
    """How often it is right where the curve says 0 to .1, .1 to .2, and so on."""
    cells = []
    for low in np.arange(0, 1, 0.1):
        inside = (likely >= low) & (likely < low + 0.1 + (low > 0.85))
        cells.append(f"{right[inside].mean():.2f} ({inside.sum()})" if inside.any() else "-")
    return " ".join(cells)


def main() -> None:
    """Collect or fit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("collect", "fit"))
    parser.add_argument("paths", type=Path, nargs="+")
    parser.add_argument("--stories", type=Path)
    parser.add_argument("--ids", nargs="*", default=[])
    parser.add_argument("--wordings", type=int, default=1)
    parser.add_argument("--newsroom", type=Path, help="folder of the newsroom files")
    parser.add_argument("--elsewhere", action="store_true")
    parser.add_argument("--every", type=int, default=1, help="ask every so many of them")
    given = parser.parse_args()
    if given.what == "collect":
        _collect(given)
    else:
        _fit([json.loads(row) for path in given.paths for row in path.open(encoding="utf-8")])


def _collect(given: argparse.Namespace) -> None:
    store, out = given.paths
    scoring.SAID = scoring.OTHER = scoring.OVERLAP = (
        0.0  # they are fitted on the ranker's own logits
    )
    assistant = Assistant(Settings(store=store))
    asked = (
        asked_of_stories(given.stories, given.ids, given.wordings)
        if given.stories
        else asked_of_newsroom([given.newsroom / "x"])
    )
    with out.open("w", encoding="utf-8") as rows:
        found = list(asked)
        random.Random(3).shuffle(found)
        for one in found[:: given.every]:
            one |= {"sentences": read(assistant, one), "elsewhere": given.elsewhere}
            if given.elsewhere:
                one["points"] = []
            rows.write(json.dumps(one) + "\n")


def _fit(rows: list[dict[str, Any]]) -> None:
    rows = [row for row in rows if row["sentences"]]
    random.Random(0).shuffle(rows)
    offset, slope = _sentences(rows)
    _gates(rows)
    _marks(rows, slope, offset)


def _pairs(rows: list[dict[str, Any]], *names: str) -> tuple[np.ndarray, np.ndarray]:
    """Of requests with an answer among what was read: a constant and signs; and who answers."""
    found = [
        (one, bool(one["points"]))
        for row in rows
        if any(one["points"] for one in row["sentences"])
        for one in row["sentences"]
        if not one["fine"]
    ]
    signs = np.array([[1.0, *(float(one[name]) for name in names)] for one, _ in found])
    return signs, np.array([right for _, right in found])


def _sentences(rows: list[dict[str, Any]]) -> tuple[float, float]:
    signs, right = _pairs(rows, "score")
    offset, slope = fit(signs, right)
    print(f"SLOPE, OFFSET = {slope:.2f}, {offset:.2f}")  # noqa: T201
    print("   reliability:", reliability(1 / (1 + np.exp(-signs @ [offset, slope])), right))  # noqa: T201
    return float(offset), float(slope)


def _gates(rows: list[dict[str, Any]]) -> None:
    say = print
    best = np.array([max(one["score"] for one in row["sentences"]) for row in rows])
    words = np.array([max(one["words"] for one in row["sentences"]) for row in rows])
    reached = np.array([any(one["points"] for one in row["sentences"]) for row in rows])
    none = np.array([not row["points"] for row in rows])
    elsewhere = np.array([row["elsewhere"] for row in rows])
    ones = np.ones(len(rows))
    about = np.stack([ones, words], 1)
    even = np.where(elsewhere, 0.5 / elsewhere.mean(), 0.5 / (~elsewhere).mean())
    weights = fit(about, ~elsewhere, even)
    is_about = 1 / (1 + np.exp(-about @ weights))
    say("ABOUT", weights.round(2).tolist(), "reliability:", reliability(is_about, ~elsewhere))
    for cut in (0.1, 0.2, 0.3, 0.4, 0.5):
        below = is_about < cut
        say(
            f"   below {cut:.2f}: {below[~elsewhere].mean():.3f} of what is there,"
            f" {below[elsewhere].mean():.3f} of what is not"
        )
    kept = reached | none
    signs = np.stack([ones, best], 1)
    weights = fit(signs[kept], reached[kept])
    likely = 1 / (1 + np.exp(-signs @ weights))
    say(
        "ANSWERED",
        weights.round(2).tolist(),
        "reliability:",
        reliability(likely[kept], reached[kept]),
    )
    for cut in np.arange(0.1, 0.65, 0.05):
        refused = (likely < cut) | (is_about < 0.2)
        say(
            f"   below {cut:.2f} refused: {refused[reached].mean():.3f} of the answerable,"
            f" {refused[none & ~elsewhere].mean():.3f} of near misses,"
            f" {refused[elsewhere].mean():.3f} of what is elsewhere"
        )


def _marks(rows: list[dict[str, Any]], slope: float, offset: float) -> None:
    """How often the first sentence's marked words are the answer, by how sure they must be."""
    sure, right = [], []
    for row in rows:
        first = max(row["sentences"], key=lambda one: one["worth"])
        if row.get("answers") and first["answer"]:
            start, end, words = first["answer"]
            said = 1 / (1 + np.exp(-(slope * first["score"] + offset)))
            sure.append(words * said)
            right.append(_is_one(first["text"][start:end], row["answers"]))
    for cut in np.arange(0.1, 0.95, 0.1):
        kept = np.array(sure) >= cut
        share = np.array(right)[kept].mean() if kept.any() else 0.0
        print(f"MARK {cut:.1f}: {share:.3f} right of {kept.sum()} of {len(sure)}")  # noqa: T201


if __name__ == "__main__":
    main()
