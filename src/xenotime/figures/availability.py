"""Availability: what is consumed of each element, as a share of what is consumed without the controls."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from xenotime.figures.rows import Labels, Row, Rows, grouped, total
from xenotime.figures.style import LESS_MORE, NOTHING, escaped, finish, month_axis, nothing, percent_text

SCALE_TOP = 1.2  # the colour scale ends here; white sits at 1, what is normal
WRITTEN_CELLS = 600  # beyond this many cells written figures no longer fit
MAJOR = 0.01  # share of all use of an element from which on a region counts in the findings
NORMAL = 0.995  # a loss smaller than half a per cent is not called one


def worst(rows: Rows) -> Row | None:
    """The row with least left; None for an empty table."""
    known = [row for row in rows if row["value"] is not None]
    return min(known, key=lambda row: row["value"], default=None)


def major(rows: Rows) -> list[Row]:
    """Rows of regions that use a part of the element worth speaking of.

    A region that uses a few grams may lose all of them without anybody going short.  Rows that do
    not say how much is normal (`baseline`) are kept.
    """
    normal = {
        key: total(members, "baseline")
        for key, members in grouped(
            [row for row in rows if row.get("baseline") is not None], "element", "month"
        ).items()
    }
    return [
        row
        for row in rows
        if row.get("baseline") is None or row["baseline"] >= MAJOR * normal[row["element"], row["month"]]
    ]


def availability_worst(availability: Rows, *, labels: Labels) -> go.Figure:
    """Heat map region x element of the lowest month, share of consumption without the controls."""
    cells = {cell: worst(rows) for cell, rows in grouped(availability, "region", "element").items()}
    known = {cell: row for cell, row in cells.items() if row is not None}
    if not known:
        return nothing("No availability in this run.")
    elements = list(dict.fromkeys(element for _, element in known))
    least = {
        region: min(row["value"] for (at, _), row in known.items() if at == region) for region, _ in known
    }
    regions = sorted(least, key=lambda region: (-least[region], labels.region(region)))
    figure = _heat(
        [[known.get((region, element)) for element in elements] for region in regions],
        x=[escaped(element) for element in elements],
        y=[escaped(labels.region(region)) for region in regions],
        foot=14,
    )
    figure.update_xaxes(title_text="element", side="top", type="category", tickangle=0)
    figure.update_yaxes(title_text="")
    counted = {(row["region"], row["element"]) for row in major(availability)}
    first = worst(major(availability))
    if first is None or first["value"] >= NORMAL:
        title = "Nobody uses less of any element than without the control."
    else:
        short = sum(known[pair]["value"] < NORMAL for pair in counted if pair in known)
        title = (
            f"Least is left of {first['element']} in {labels.region(first['region'])}: "
            f"{percent_text(first['value'])} "
            f"of normal use in {first['month']}. In their worst month {short} of {len(counted)} pairs of "
            f"element and "
            "region get less than normal."
        )
    return finish(figure, title, height=170 + 22 * len(regions))


def availability_months(availability: Rows, element: str, *, labels: Labels) -> go.Figure:
    """Heat map region x month of one element."""
    rows = [row for row in availability if row["element"] == element and row["value"] is not None]
    if not rows:
        return nothing(f"{element}: no availability in this run.")
    months = sorted({row["month"] for row in rows})
    by_region = {region: members for (region,), members in grouped(rows, "region").items()}
    least = {region: min(row["value"] for row in members) for region, members in by_region.items()}
    regions = sorted(least, key=lambda region: (-least[region], labels.region(region)))
    cells = {(row["region"], row["month"]): row for row in rows}
    figure = _heat(
        [[cells.get((region, month)) for month in months] for region in regions],
        x=months,
        y=[escaped(labels.region(region)) for region in regions],
        foot=48,
    )
    month_axis(figure, months)
    return finish(figure, _months_title(rows, element, months, labels), height=150 + 22 * len(regions))


def _months_title(rows: Rows, element: str, months: Sequence[str], labels: Labels) -> str:
    first = worst(major(rows))
    if first is None or first["value"] >= NORMAL:
        return f"{element}: no region uses less than without the control."
    short = [row["month"] for row in rows if row["region"] == first["region"] and row["value"] < NORMAL]
    last = (
        f"and is still short in the last month ({months[-1]})"
        if months[-1] in short
        else f"last short in {max(short)}"
    )
    return (
        f"{element}: {labels.region(first['region'])} is worst off, {percent_text(first['value'])} of normal "
        f"use in "
        f"{first['month']}; below normal in {len(short)} of {len(months)} months, {last}."
    )


def _heat(grid: list[list[Row | None]], *, x: list[str], y: list[str], foot: int) -> go.Figure:
    """Cells of shares; a cell without a row is left grey, because no use is not full use.

    `foot` is the room in pixels that the month labels below need.
    """
    values = [[None if row is None else row["value"] for row in line] for line in grid]
    written = len(x) * len(y) <= WRITTEN_CELLS
    figure = go.Figure(
        go.Heatmap(
            z=values,
            x=x,
            y=y,
            zmin=0,
            zmax=SCALE_TOP,
            colorscale=[list(stop) for stop in LESS_MORE],
            xgap=1,
            ygap=1,
            hoverongaps=False,
            customdata=[["" if row is None else row["month"] for row in line] for line in grid],
            text=[["" if row is None else f"{100 * row['value']:.0f}" for row in line] for line in grid]
            if written
            else None,
            texttemplate="%{text}" if written else None,
            textfont={"size": 10},
            hovertemplate="%{y}, %{x}<br>%{z:.1%} of normal use (%{customdata})<extra></extra>",
            colorbar={
                "title": {
                    "text": "use, share of the run without the control",
                    "side": "top",
                    "font": {"size": 11},
                },
                "tickformat": ".0%",
                "tickvals": [0, 0.25, 0.5, 0.75, 1.0, SCALE_TOP],
                "orientation": "h",
                "thickness": 10,
                "len": 0.7,
                "x": 0,
                "xanchor": "left",
                "y": 0,
                "yanchor": "top",
                "yref": "paper",
                "ypad": foot,
            },
        )
    )
    figure.update_layout(plot_bgcolor=NOTHING)
    figure.update_xaxes(showgrid=False)
    figure.update_yaxes(showgrid=False, type="category", dtick=1)
    return figure
