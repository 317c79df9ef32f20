"""The pictures of the site, from the committed predictions and the run `generate_start.py` keeps."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from maker.drawing import (
    GREEN,
    GRID,
    INK,
    INSIDE,
    MUTED,
    OUTSIDE,
    PLAIN,
    Frame,
    bar,
    dot,
    line,
    picture,
    rules,
    text,
)
from maker.scores import AS_KNOWN, kinds_of, number, scored
from xenotime.ensembles.rivals import MAIN

KEPT = Path(__file__).resolve().parents[1] / "pictures" / "first_answer.json"
WIDTH = 760
EPISODE = "april-2025"  # the hold-out whose misses matter most
MARKETS = {"europe": "Europe", "fob_china": "China's border", "inside_china": "inside China"}


@cache
def kept() -> dict[str, Any]:
    """What `generate_start.py` kept of the run that the first page shows."""
    return dict(json.loads(KEPT.read_text(encoding="utf-8")))


def first_answer() -> str:
    """Price of dysprosium oxide with and without the licences, and what users in Germany have."""
    told = kept()
    months, series = told["months"], told["price"]
    frame = Frame(100, 58, WIDTH - 308, 200, 100_000, 100_000_000)
    marks = [
        text(16, 24, "Price of dysprosium oxide, USD/t (each line is ten times the one below)", bold=True)
    ]
    marks += rules(frame, [(10.0**power, f"{10**power:,}") for power in range(5, 9)])
    ends = (
        ("outside", "Germany, with the licences", OUTSIDE, "", 2.5),
        ("outside_without", "Germany, without", OUTSIDE, "5 4", 1.5),
        ("inside", "China, with the licences", INSIDE, "", 2.5),
        ("inside_without", "China, without", INSIDE, "5 4", 1.5),
    )
    marks += _lines(frame, months, series, ends)
    share = Frame(100, 320, WIDTH - 308, 130, 0.0, 1.2, logarithmic=False)
    marks.append(text(16, 296, "What users in Germany have, share of normal use", bold=True))
    marks += rules(share, [(value, f"{value:.0%}") for value in (0.0, 0.5, 1.0)])
    colours = (OUTSIDE, GREEN, PLAIN)
    names = tuple(
        (name, name, colour, "", 2.5) for name, colour in zip(told["available"], colours, strict=True)
    )
    marks += _lines(share, months, told["available"], names)
    marks += _months(share, months)
    return picture(WIDTH, 500, "Price and availability in the run of april-2025", marks)


def _lines(
    frame: Frame,
    months: Sequence[str],
    series: dict[str, list[float]],
    ends: Sequence[tuple[str, str, str, str, float]],
) -> list[str]:
    """Lines with their names at their right ends, pushed apart where they would lie on each other."""
    marks, places = [], []
    for name, words, colour, dashes, width in ends:
        points = [(frame.x(i / (len(months) - 1)), frame.y(value)) for i, value in enumerate(series[name])]
        marks.append(line(points, colour, width=width, dashes=dashes))
        places.append((points[-1][1], words, colour))
    last = frame.top - 16.0
    for y, words, colour in sorted(places):
        last = max(y, last + 16)
        marks.append(text(frame.left + frame.width + 8, last + 4, words, colour=colour))
    return marks


def _months(frame: Frame, months: Sequence[str]) -> list[str]:
    foot = frame.top + frame.height + 20
    step = 6
    return [
        text(frame.x(i / (len(months) - 1)), foot, month, colour=MUTED, anchor="middle")
        for i, month in enumerate(months)
        if i % step == 0 or i == len(months) - 1
    ]


def prices_held_against() -> str:
    """Every price of the hold-out: our band and middle, and what was quoted."""
    rows = [
        row
        for row in scored()["targets"]
        if (row["episode"], row["facts"], row["kind"]) == (EPISODE, "all", "price")
    ]
    rows.sort(key=lambda row: (list(MARKETS).index(row["market"]), row["element"], row["last"]))
    step, top = 17, 78
    frame = Frame(220, top, WIDTH - 250, step * len(rows), 0.2, 500)
    marks = [text(16, 24, "Licences of April 2025: price as a multiple of the months before", bold=True)]
    marks += [dot(24, 44, INK), text(34, 48, "what was quoted"), dot(170, 44, OUTSIDE, hollow=True)]
    marks += [text(180, 48, "our middle, and the 80 % band; a quote outside it is ringed")]
    for value in (0.3, 1, 3, 10, 30, 100, 300):
        at = frame.x(_along(value))
        marks.append(line([(at, top - 6), (at, top + frame.height)], INK if value == 1 else GRID, width=1))
        marks.append(text(at, top - 12, f"{value:g}", colour=MUTED, anchor="middle"))
    for index, row in enumerate(rows):
        y = top + (index + 0.6) * step
        colour = INSIDE if row["market"] == "inside_china" else OUTSIDE
        words = f"{row['element']}, {MARKETS[row['market']]}, {row['last']}"
        marks.append(text(frame.left - 10, y + 4, words, anchor="end", colour=MUTED))
        marks.append(
            line([(frame.x(_along(row["low"])), y), (frame.x(_along(row["high"])), y)], colour, width=3)
        )
        marks.append(dot(frame.x(_along(row["predicted"])), y, colour, hollow=True))
        if not row["covered"]:
            marks.append(dot(frame.x(_along(row["observed"])), y, INK, hollow=True, size=7))
        marks.append(dot(frame.x(_along(row["observed"])), y, INK))
    return picture(
        WIDTH, int(top + frame.height + 16), "Quoted prices beside the bands predicted for them", marks
    )


def _along(value: float) -> float:
    """Share of the width of a multiple from a fifth to five hundred."""
    turned = Frame(0, 0, 1, 1, 0.2, 500)
    return 1 - turned.y(value)


def skills() -> str:
    """Skill against no change by kind of target, by episode: to the left the rival was nearer."""
    rows = []
    for episode in scored()["episodes"]:
        for kind, own in kinds_of(episode["episode"], episode["facts"]).items():
            skill = next((row["skill"] for row in own if row["rival"] == MAIN), None)
            if skill is not None:
                rows.append((episode["episode"], episode["facts"], kind, own[0]["targets"], skill))
    step, top, least, most = 20, 70, -2.0, 1.0
    frame = Frame(350, top, WIDTH - 420, step * len(rows), least, most, logarithmic=False)
    zero = frame.x((0 - least) / (most - least))
    marks = [text(16, 24, "Skill against saying that nothing changes", bold=True)]
    marks += [
        text(zero - 8, 50, "no change was nearer", anchor="end", colour=OUTSIDE),
        text(zero + 8, 50, "ours was", colour=INSIDE),
    ]
    for index, (episode, facts, kind, count, skill) in enumerate(rows):
        y = top + index * step
        at = frame.x((max(skill, least) - least) / (most - least))
        colour = INSIDE if skill > 0 else OUTSIDE
        words = f"{episode}, {AS_KNOWN[facts]}: {kind} ({count})"
        marks.append(text(frame.left - 10, y + 14, words, anchor="end", colour=MUTED))
        marks.append(bar(min(at, zero), y + 4, abs(at - zero), step - 8, colour))
        marks.append(text(WIDTH - 60, y + 14, number(skill), colour=colour))
    marks.append(line([(zero, top - 6), (zero, top + frame.height)], INK, width=1))
    return picture(WIDTH, int(top + frame.height + 16), "Skill by episode and kind of target", marks)
