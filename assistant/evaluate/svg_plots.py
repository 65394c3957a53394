"""From numbers to plots as inline SVG: points in, one string of markup out."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]
WIDTH, HEIGHT = 460, 260
LEFT, RIGHT, TOP, BOTTOM = 48, 12, 12, 40  # room around the plot for its words
TICKS = 5


@dataclass(frozen=True, slots=True)
class Frame:
    """What the axes say, and how far they reach from 0."""

    title: str
    across: str
    up: str
    most_across: float
    most_up: float = 1.0
    least_across: float = 0.0

    def at(self, point: Point) -> Point:
        """The place of a point on the paper."""
        wide = (self.most_across - self.least_across) or 1.0
        x = LEFT + (point[0] - self.least_across) / wide * (WIDTH - LEFT - RIGHT)
        y = HEIGHT - BOTTOM - point[1] / (self.most_up or 1.0) * (HEIGHT - TOP - BOTTOM)
        return round(x, 1), round(y, 1)


def line(frame: Frame, points: Sequence[Point], *, earlier: Sequence[Point] = ()) -> str:
    """A line through the points; `earlier`: that of an older run, dashed."""
    return _paper(frame, _line(frame, earlier, "line earlier"), _line(frame, points, "line"))


def dots(frame: Frame, points: Sequence[tuple[float, float, float, float]]) -> str:
    """Dots with a bar each: (across, up, the bar's foot, the bar's head)."""
    marks = []
    for across, up, foot, head in points:
        x, y = frame.at((across, up))
        low, high = frame.at((across, foot))[1], frame.at((across, head))[1]
        marks.append(f'<path class="bar" d="M{x} {low}V{high}"/>')
        marks.append(f'<circle cx="{x}" cy="{y}" r="3.5"><title>{up:.2f}</title></circle>')
    return _paper(frame, *marks)


def bars(frame: Frame, counts: Sequence[int], *, marks: Iterable[tuple[float, str]] = ()) -> str:
    """Bars side by side over the whole width; `marks`: upright lines with a word."""
    step = (frame.most_across - frame.least_across) / max(len(counts), 1)
    drawn = []
    for n, count in enumerate(counts):
        x, y = frame.at((frame.least_across + n * step, count))
        end, foot = frame.at((frame.least_across + (n + 1) * step, 0))
        drawn.append(
            f'<rect x="{x}" y="{y}" width="{max(end - x - 1, 0.5):.1f}" height="{foot - y:.1f}">'
            f"<title>{count}</title></rect>"
        )
    for n, (across, word) in enumerate(marks):
        x, foot = frame.at((across, 0))
        drawn.append(f'<path class="mark" d="M{x} {foot}V{TOP}"/>')
        drawn.append(f'<text x="{x + 4}" y="{TOP + 12 + 14 * n}">{escape(word)}</text>')
    return _paper(frame, *drawn)


def _line(frame: Frame, points: Sequence[Point], kind: str) -> str:
    path = " ".join("{},{}".format(*frame.at(point)) for point in points)
    return f'<polyline class="{kind}" points="{path}"/>' if path else ""


def _paper(frame: Frame, *drawn: str) -> str:
    right, foot = frame.at((frame.most_across, 0))
    axes = f'<path class="axis" d="M{LEFT} {TOP}V{foot}H{right}"/>'
    words = (
        f'<text x="{(LEFT + right) / 2:.0f}" y="{HEIGHT - 6}" text-anchor="middle">'
        f"{escape(frame.across)}</text>"
        f'<text x="12" y="{HEIGHT / 2:.0f}" text-anchor="middle" '
        f'transform="rotate(-90 12 {HEIGHT / 2:.0f})">{escape(frame.up)}</text>'
    )
    return (
        f'<figure><figcaption>{escape(frame.title)}</figcaption><svg viewBox="0 0 {WIDTH} '
        f'{HEIGHT}" role="img" aria-label="{escape(frame.title)}">{axes}{_ticks(frame)}{words}'
        f"{''.join(drawn)}</svg></figure>"
    )


def _ticks(frame: Frame) -> str:
    drawn = []
    for across in _round_numbers(frame.least_across, frame.most_across):
        x, foot = frame.at((across, 0))
        drawn.append(f'<text x="{x}" y="{foot + 14}" text-anchor="middle">{across:g}</text>')
    for up in _round_numbers(0, frame.most_up):
        x, y = frame.at((frame.least_across, up))
        drawn.append(f'<text x="{x - 5}" y="{y + 4}" text-anchor="end">{up:g}</text>')
        drawn.append(f'<path class="grid" d="M{LEFT} {y}H{WIDTH - RIGHT}"/>')
    return "".join(drawn)


def _round_numbers(least: float, most: float) -> list[float]:
    """About `TICKS` numbers that are easy to read, from `least` to `most`."""
    wide = (most - least) or 1.0
    power = 10.0 ** math.floor(math.log10(wide / TICKS))
    step = next(power * n for n in (1, 2, 5, 10) if power * n * TICKS >= wide * 0.999)
    first, last = math.ceil(least / step - 1e-9), math.floor(most / step + 1e-9)
    return [round(n * step, 6) for n in range(first, last + 1)]
