"""Bands over months as fans: the middle half of the draws dark, nine in ten light, the middle one a line."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from xenotime.figures.rows import Mark, Rows
from xenotime.figures.style import INK, MUTED, OUTSIDE, draw_marks, finish, month_axis, nothing

LIGHT, DARK = "rgba(213,94,0,0.16)", "rgba(213,94,0,0.34)"


def fan(
    rows: Rows, title: str, axis: str, *, marks: Sequence[Mark] = (), middle: bool = True, base: float = 0.0
) -> go.Figure:
    """Fan chart of one thing's rows of the table `bands`, a row per month.

    middle : draw the median; not where a range is all that may be told
    base : where nothing happens, drawn as a thin line
    """
    if not rows:
        return nothing(title)
    ordered = sorted(rows, key=lambda row: str(row["month"]))
    months = [row["month"] for row in ordered]
    figure = go.Figure()
    for low, high, colour, name in (
        ("low", "high", LIGHT, "nine draws in ten"),
        ("quarter", "three_quarters", DARK, "half of the draws"),
    ):
        figure.add_trace(
            go.Scatter(
                x=[*months, *reversed(months)],
                y=[*(row[high] for row in ordered), *(row[low] for row in reversed(ordered))],
                fill="toself",
                fillcolor=colour,
                line={"width": 0},
                mode="lines",
                name=name,
                hoverinfo="skip",
            )
        )
    if middle:
        figure.add_trace(
            go.Scatter(
                x=months,
                y=[row["median"] for row in ordered],
                mode="lines",
                name="middle draw",
                line={"color": OUTSIDE, "width": 2},
                customdata=[[row["low"], row["high"], row["draws"]] for row in ordered],
                hovertemplate="%{x}: %{y:,.3s}<br>nine in ten %{customdata[0]:,.3s} to "
                "%{customdata[1]:,.3s}<br>%{customdata[2]} draws<extra></extra>",
            )
        )
    figure.add_hline(y=base, line={"color": MUTED, "width": 1})
    month_axis(figure, months)
    draw_marks(figure, marks)
    figure.update_yaxes(title_text=axis, color=INK, rangemode="tozero")
    figure.update_layout(legend={"orientation": "h", "y": -0.18, "yanchor": "top", "x": 0})
    return finish(figure, title, height=380)
