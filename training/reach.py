"""Fit which sentences the ranker reads: the weights of `assistant/evidence/reach.py`.

    python -m training.reach STORIES_FOLDER STORE NEWS_FOLDER NEWS_STORE

The stores hold the stories' articles, and those of a folder as `python -m assistant.evaluate` reads
it. Fitted on requests of the training stories and on its questions asked before October 2022;
prints the weights, and on the other ones how often one that answers is among the first.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from assistant.ask import Assistant
from assistant.evaluate import exam_questions
from assistant.evidence import finding, quotes, reach
from assistant.questions.request_words import weighty
from assistant.questions.understanding import day, make_filters, rewrite
from assistant.records import Turn
from assistant.settings import Settings
from training import sets

STEPS, RATE, SHRINK, STORIES = 250, 0.05, 1e-3, 400
Rows = tuple[np.ndarray, np.ndarray]  # signs of each candidate, and which of them answer


def seen(
    assistant: Assistant, question: str, today: str
) -> tuple[list[quotes.Candidate], np.ndarray]:
    """The candidates of a question and their signs."""
    store, now = assistant.store, day(today or "2025-06-01", "today")
    got = finding.retrieve(store, assistant.embedder, question, filters=make_filters(), today=now)
    found = quotes.candidates(got.hits, got.articles)
    return found, reach.features(question, found, store.rarity(weighty(question)))


def of_stories(folder: Path, store: Path, *, dev: bool) -> Iterator[Rows]:
    """A wording of each request that has an answer."""
    assistant, luck = Assistant(Settings(store=store)), random.Random(5)
    for story in sets.stories(folder):
        if story["id"].endswith(sets.DEV) is not dev:
            continue
        for one in (one for one in story["requests"] if one["points"]):
            way = luck.choice([one["request"], *one.get("also", ())])
            alone = rewrite(way, [Turn("user", text, ()) for text in one.get("history", ())])
            wanted = [
                (it["article"], " ".join(it["sentence"].split()))
                for point in one["points"]
                for it in point["any_of"]
            ]
            found, signs = seen(assistant, alone, one.get("today") or "")
            yield signs, np.array([_serves(it, wanted) for it in found])


def _serves(one: quotes.Candidate, wanted: Sequence[tuple[str, str]]) -> bool:
    text, home = " ".join(one.text.split()), one.sentence.article_id
    return any(home == id and (text in it or it in text) for id, it in wanted)


def of_news(folder: Path, store: Path, **days: str) -> Iterator[Rows]:
    """Questions whose answer is a string that an article prints."""
    assistant = Assistant(Settings(store=store))
    for one in exam_questions.asked(folder, **days):
        if one.quotable and one.answers:
            found, signs = seen(assistant, one.text, one.asked)
            told = [_plain(it.text) for it in found]
            short = [_plain(answer) for answer in one.answers]
            holds = [
                it.sentence.article_id in one.answer_in and any(answer in text for answer in short)
                for it, text in zip(found, told, strict=True)
            ]
            yield signs, np.array(holds)


def _plain(text: str) -> str:
    words = " ".join(re.findall(r"\w+", text.casefold()))
    return f" {words} "


def fit(rows: Sequence[Rows]) -> np.ndarray:
    """Each sentence that answers against those that do not, by softmax, with Adam."""
    rows = [(signs, right) for signs, right in rows if right.any() and not right.all()]
    weights, mean, spread = (np.zeros(len(reach.NAMES)) for _ in range(3))
    for step in range(1, STEPS + 1):
        slope = SHRINK * weights
        for signs, right in rows:
            shares = np.exp(signs @ weights - (signs @ weights).max())
            wrong = shares[~right].sum()
            middle = (shares[~right][:, None] * signs[~right]).sum(0) / wrong
            missed = wrong / (wrong + shares[right])
            slope = slope + (missed[:, None] * (middle - signs[right])).mean(0) / len(rows)
        mean, spread = 0.9 * mean + 0.1 * slope, 0.99 * spread + 0.01 * slope**2
        weights -= RATE * mean / (1 - 0.9**step) / (np.sqrt(spread / (1 - 0.99**step)) + 1e-8)
    return weights


def main() -> None:
    """Print the weights and what they reach."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", type=Path, nargs=4)
    stories, store, news, news_store = parser.parse_args().paths
    told = list(of_stories(stories, store, dev=False))
    earlier = list(of_news(news, news_store, until="2022-09-30"))
    weights = fit([*random.Random(0).sample(told, STORIES), *earlier, *earlier])
    for name, weight in zip(reach.NAMES, weights, strict=True):
        print(f"    {name!r}: {weight:.2f},")  # noqa: T201
    for name, rows in (
        ("stories -04, -08", of_stories(stories, store, dev=True)),
        ("news, from October", of_news(news, news_store, since="2022-10-01")),
    ):
        kept = [(signs, right) for signs, right in rows if right.any()]
        for most in (20, 30, 40):
            first = [
                right[np.argsort(-(signs @ weights), kind="stable")[:most]] for signs, right in kept
            ]
            print(f"{name}, among {most}: {np.mean([one.any() for one in first]):.3f}")  # noqa: T201


if __name__ == "__main__":
    main()
