"""From results to the plots of the page: how far to search, how far to trust, how long it takes."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from assistant.evaluate import svg_plots
from assistant.evaluate.figures import Pair
from assistant.evaluate.judging import answers, rank, score
from assistant.evaluate.svg_plots import Frame, Point, dots

DEPTH = 30  # articles
BINS = 10  # of scores, each with equally many questions
COLUMNS = 30  # of seconds


def all_of(pairs: Sequence[Pair], earlier: Sequence[Pair] = ()) -> str:
    """The three plots, as far as the results allow; an older run is dashed in the first."""
    return recall(pairs, earlier) + reliability(pairs) + seconds(pairs)


def recall(pairs: Sequence[Pair], earlier: Sequence[Pair] = ()) -> str:
    """The share of articles found, against how many one looks at."""
    points = _recall(pairs)
    if not points:
        return ""
    frame = Frame("Recall against depth", "articles looked at", "found", DEPTH, least_across=1)
    return svg_plots.line(frame, points, earlier=_recall(earlier))


def _recall(pairs: Sequence[Pair]) -> list[Point]:
    places = [rank(question, result) for question, result in pairs if question.gold]
    return [
        (depth, sum(place is not None and place <= depth for place in places) / len(places))
        for depth in range(1, DEPTH + 1)
        if places
    ]


def reliability(pairs: Sequence[Pair]) -> str:
    """How often the first quote (or nearest evidence) is right, against the answer's score."""
    known = sorted(
        (score(result), _first_is_right(pair))
        for pair in pairs
        for question, result in [pair]
        if question.quotable or not question.answerable
    )
    if not known:
        return ""
    points = []
    for part in np.array_split(np.array(known), min(BINS, len(known))):
        right, count = float(part[:, 1].mean()), len(part)
        points.append((float(part[:, 0].mean()), right, *wilson(right, count)))
    reach = max(points[-1][0], 1.0)
    least = min(points[0][0], 0.0)
    title = "Reliability of the score"
    return dots(Frame(title, "score", "first is right", reach, least_across=least), points)


def _first_is_right(pair: Pair) -> float:
    question, result = pair
    shown = result.quotes or result.nearest
    return float(bool(shown) and answers(question, shown[0].text))


def wilson(share: float, count: int) -> Point:
    """The ends of the 95 % interval of a share of `count`. Wilson 1927."""
    z = 1.96
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z / (1 + z * z / count) * math.sqrt(share * (1 - share) / count + (z / count / 2) ** 2)
    return max(middle - half, 0.0), min(middle + half, 1.0)


def seconds(pairs: Sequence[Pair]) -> str:
    """How many questions took how long; the slowest hundredth is left out of the picture."""
    taken = np.array([result.seconds["total"] for _, result in pairs if "total" in result.seconds])
    if not len(taken):
        return ""
    reach = float(np.percentile(taken, 99)) or 1.0
    counts, _ = np.histogram(taken, bins=COLUMNS, range=(0.0, reach))
    most = float(max(counts.max(), 1))
    marks = [(float(np.percentile(taken, share)), f"p{share}") for share in (50, 95)]
    frame = Frame("Seconds to the whole answer", "seconds", "questions", reach, most)
    return svg_plots.bars(frame, [int(count) for count in counts], marks=marks)
