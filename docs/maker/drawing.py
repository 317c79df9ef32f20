"""Small line pictures as SVG text: no library draws them, so the same numbers give the same bytes everywhere.

A picture stands on its own white panel and so reads the same on a light and on a dark page.
"""

from __future__ import annotations

import html
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

INK, MUTED, GRID, PAPER = "#222222", "#5c5c5c", "#e4e4e4", "#ffffff"
# Okabe and Ito (2008), apart for most eyes
INSIDE, OUTSIDE, PLAIN, GREEN = "#0072B2", "#D55E00", "#777777", "#009E73"
FONT = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
SIZE = 13  # px of text


@dataclass(frozen=True, slots=True)
class Frame:
    """A panel of `width` x `height` px at (left, top); x runs from 0 to 1, y on a logarithm or straight."""

    left: float
    top: float
    width: float
    height: float
    low: float
    high: float
    logarithmic: bool = True

    def x(self, share: float) -> float:
        """Pixel of a share of the panel's width."""
        return self.left + share * self.width

    def y(self, value: float) -> float:
        """Pixel of a value; what lies outside is put on the edge."""
        low, high, at = self.low, self.high, min(max(value, self.low), self.high)
        if self.logarithmic:
            low, high, at = math.log(low), math.log(high), math.log(at)
        return self.top + (1 - (at - low) / (high - low)) * self.height


def text(
    x: float, y: float, words: str, *, colour: str = INK, anchor: str = "start", bold: bool = False
) -> str:
    """Words at a place."""
    weight = ' font-weight="600"' if bold else ""
    place = f'x="{x:.1f}" y="{y:.1f}" fill="{colour}" text-anchor="{anchor}"'
    return f"<text {place}{weight}>{html.escape(words)}</text>"


def line(points: Iterable[tuple[float, float]], colour: str, *, width: float = 2, dashes: str = "") -> str:
    """A line through points."""
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    style = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{width:g}"{style}/>'


def dot(x: float, y: float, colour: str, *, hollow: bool = False, size: float = 4) -> str:
    """A mark; hollow for what is modelled."""
    fill = PAPER if hollow else colour
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:g}" fill="{fill}" stroke="{colour}" stroke-width="1.6"/>'
    )


def bar(x: float, y: float, width: float, height: float, colour: str) -> str:
    """A filled box."""
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 0.5):.1f}" height="{height:.1f}" fill="{colour}"/>'
    )


def rules(frame: Frame, ticks: Sequence[tuple[float, str]]) -> list[str]:
    """Level lines with their numbers on the left."""
    found = []
    for value, words in ticks:
        at = frame.y(value)
        found.append(line([(frame.left, at), (frame.left + frame.width, at)], GRID, width=1))
        found.append(text(frame.left - 6, at + 4, words, colour=MUTED, anchor="end"))
    return found


def picture(width: int, height: int, title: str, marks: Iterable[str]) -> str:
    """The whole file; `title` is what a reader who cannot see it hears."""
    body = "\n".join(marks)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        f' width="{width}" height="{height}"'
        f' role="img" font-family="{FONT}" font-size="{SIZE}">\n<title>{html.escape(title)}</title>\n'
        f'<rect width="{width}" height="{height}" rx="6" fill="{PAPER}"/>\n{body}\n</svg>\n'
    )
