"""Small pictures drawn by hand as SVG: they need no library, no script, and stand in a table or a tile."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xenotime.report.markup import Html, joined, tag

Data = dict[str, Any]
HEIGHT, STEP, GAP = 46, 13, 2  # of a bar, and between two, in pixels
REGIMES = ("open", "suspended", "licensed", "closed")
PATTERNS = {"suspended": "suspended-dots", "licensed": "licensed-lines", "closed": "closed-cross"}
SEEN = 0.005  # chances below it are not drawn


def belief_bars(rows: Sequence[Data], name: str) -> Html:
    """Chances of each regime, a bar a month, stacked; `rows` of one flow in the order of months.

    Colours are those of the larger pictures, and each regime but the open one has a pattern besides.
    """
    width = max(len(rows) * STEP, STEP)
    first, last = (rows[0]["month"], rows[-1]["month"]) if rows else ("", "")
    said = f"{name}, {first} to {last}; last: {chances_words(rows[-1])}" if rows else f"{name}: none"
    bars = joined(_bar(row, number) for number, row in enumerate(rows))
    return tag(
        "svg",
        tag("title", said),
        bars,
        viewBox=f"0 0 {width} {HEIGHT}",
        width=str(width),
        height=str(HEIGHT),
        role="img",
        class_="bars",
        aria_label=said,
    )


def _bar(row: Data, number: int) -> Html:
    parts: list[Html] = []
    top = 0.0
    for regime in reversed(REGIMES):
        share = float(row[regime])
        if share < SEEN:
            continue
        place = {
            "x": f"{number * STEP}",
            "y": f"{top:.2f}",
            "width": f"{STEP - GAP}",
            "height": f"{share * HEIGHT:.2f}",
        }
        parts.append(tag("rect", class_=f"regime-{regime}", **place))
        if regime in PATTERNS:
            parts.append(tag("rect", fill=f"url(#{PATTERNS[regime]})", **place))
        top += share * HEIGHT
    return tag("g", tag("title", f"{row['month']}: {chances_words(row)}"), *parts)


def chances_words(row: Data) -> str:
    """Chances that are worth saying: ``open 60 %, licensed 24 %, closed 16 %``."""
    said = [f"{name} {row[name]:.0%}".replace("%", " %") for name in REGIMES if row[name] >= SEEN]
    return ", ".join(said)


def patterns() -> Html:
    """What the bars of a page are hatched with; once in a page that has any."""
    line = {"stroke": "currentColor", "stroke_width": "1"}
    drawn = (
        (PATTERNS["suspended"], tag("circle", cx="2", cy="2", r="0.9", fill="currentColor")),
        (PATTERNS["licensed"], tag("path", d="M0 5 L5 0", **line)),
        (PATTERNS["closed"], tag("path", d="M0 0 L5 5 M0 5 L5 0", **line)),
    )
    made = [
        tag("pattern", shape, id=name, width="5", height="5", patternUnits="userSpaceOnUse")
        for name, shape in drawn
    ]
    return tag("svg", tag("defs", *made), width="0", height="0", aria_hidden="true", class_="patterns")


def legend() -> Html:
    """Which colour and pattern is which regime."""
    items = [
        tag(
            "li",
            tag(
                "svg",
                tag("rect", class_=f"regime-{name}", width="12", height="12"),
                *(
                    [tag("rect", fill=f"url(#{PATTERNS[name]})", width="12", height="12")]
                    if name in PATTERNS
                    else []
                ),
                width="12",
                height="12",
                aria_hidden="true",
            ),
            f" {name}",
        )
        for name in REGIMES
    ]
    return tag("ul", *items, class_="legend")
