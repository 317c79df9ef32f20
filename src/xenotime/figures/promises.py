"""Promises against deliveries, as pictures: where each stands, and one promise's path."""

from __future__ import annotations

import textwrap

import plotly.graph_objects as go

from xenotime.figures.rows import Row, Rows
from xenotime.figures.style import (
    INK,
    INSIDE,
    MUTED,
    OUTSIDE,
    REST,
    escaped,
    finish,
    month_axis,
    nothing,
)

LABEL_WIDTH, LABEL_SIZE = 30, 11  # characters and points: on a phone a picture needs its room

COLOUR = {
    "kept": "#009E73",
    "kept_late": "#56B4E9",
    "partly": "#E69F00",
    "missed": OUTSIDE,
    "used": MUTED,
    "not_used": MUTED,
    "open": REST,
}
MARK = {
    "kept": "circle",
    "kept_late": "diamond",
    "partly": "square",
    "missed": "x",
    "used": "circle-open",
    "not_used": "circle-open",
    "open": "circle-open",
}


def label(row: Row) -> str:
    """Name of a promise with what it is about, as far as there is room."""
    about = textwrap.shorten(str(row["what"]), LABEL_WIDTH, placeholder=" …")
    return f"{escaped(row['commitment'])} <i>{escaped(about)}</i>"


def promises_delivered(rows: Rows, title: str) -> go.Figure:
    """What was delivered of each promise as a share of it, with its range.

    rows : table ``commitments``; only those with a ratio are drawn
    """
    drawn = [row for row in rows if row["ratio"] is not None]
    if not drawn:
        return nothing(title)
    figure = go.Figure()
    names = [label(row) for row in drawn]
    for status in dict.fromkeys(row["status"] for row in drawn):
        mine = [row for row in drawn if row["status"] == status]
        figure.add_trace(
            go.Scatter(
                x=[row["ratio"] for row in mine],
                y=[label(row) for row in mine],
                mode="markers",
                name=status.replace("_", " "),
                marker={"color": COLOUR[status], "symbol": MARK[status], "size": 11, "line": {"width": 1.5}},
                error_x={
                    "type": "data",
                    "symmetric": False,
                    "array": [max(row["high"] - row["ratio"], 0) for row in mine],
                    "arrayminus": [max(row["ratio"] - row["low"], 0) for row in mine],
                    "color": COLOUR[status],
                    "thickness": 1.5,
                },
                customdata=[
                    [
                        escaped(row["what"]),
                        row["date"],
                        row["deadline"],
                        row["grade"],
                        escaped(row["commitment"]),
                    ]
                    for row in mine
                ],
                hovertemplate="%{customdata[4]}: %{customdata[0]}"
                "<br>promised %{customdata[1]}, due %{customdata[2]}"
                "<br>delivered %{x:.0%} (grade %{customdata[3]})<extra></extra>",
            )
        )
    figure.add_vline(x=1, line={"color": INK, "width": 1, "dash": "dot"})
    figure.add_vline(x=0, line={"color": MUTED, "width": 1})
    figure.update_xaxes(title_text="delivered, share of what was promised", tickformat=".0%")
    figure.update_yaxes(categoryorder="array", categoryarray=names[::-1], tickfont={"size": LABEL_SIZE})
    figure.update_layout(legend={"orientation": "h", "y": -0.12, "yanchor": "top", "x": 0})
    return finish(figure, title, height=150 + 24 * len(drawn))


def promises_when(rows: Rows, at: str, title: str) -> go.Figure:
    """A line per promise from the day it was made to the day it was due, marked with how it stands.

    rows : table ``commitments``;  at : day of the ledger, to which promises without a date are drawn
    """
    if not rows:
        return nothing(title)
    figure = go.Figure()
    shown: set[str] = set()
    for row in rows:
        status = row["status"]
        figure.add_trace(
            go.Scatter(
                x=[row["date"], row["deadline"] or at],
                y=[label(row)] * 2,
                mode="lines+markers",
                line={"color": COLOUR.get(status, REST), "width": 2},
                marker={"symbol": ["line-ns-open", MARK.get(status, "circle-open")], "size": 9},
                name=status.replace("_", " "),
                legendgroup=status,
                showlegend=status not in shown,
                text=[f"{escaped(row['what'])}: {status.replace('_', ' ')}"] * 2,
                hovertemplate="%{y}: %{text}<br>%{x}<extra></extra>",
            )
        )
        shown.add(status)
    figure.add_vline(x=at, line={"color": INK, "width": 1, "dash": "dot"})
    figure.update_xaxes(type="date", hoverformat="%Y-%m-%d")
    figure.update_yaxes(categoryorder="array", categoryarray=[label(row) for row in rows][::-1])
    figure.update_yaxes(tickfont={"size": LABEL_SIZE})
    figure.update_layout(legend={"orientation": "h", "y": -0.06, "yanchor": "top", "x": 0})
    return finish(figure, title, height=150 + 18 * len(rows))


def promise_path(rows: Rows, title: str) -> go.Figure:
    """What was due beside what was delivered, day by day, of one promise by one statistic.

    rows : rows of table ``paths`` of one commitment and measure
    """
    if not rows:
        return nothing(title)
    ordered = sorted(rows, key=lambda row: str(row["date"]))
    days = [row["date"] for row in ordered]
    unit = str(ordered[0]["unit"])
    figure = go.Figure()
    figure.add_trace(
        go.Scatter(
            x=days,
            y=[row["due"] for row in ordered],
            mode="lines+markers",
            name="due by then",
            line={"color": INK, "dash": "dot", "width": 1.5},
            marker={"size": 5},
        )
    )
    figure.add_trace(
        go.Scatter(
            x=days,
            y=[row["delivered"] for row in ordered],
            mode="lines+markers",
            name="delivered",
            line={"color": INSIDE, "width": 2},
            error_y={
                "type": "data",
                "symmetric": False,
                "array": [max(row["high"] - row["delivered"], 0) for row in ordered],
                "arrayminus": [max(row["delivered"] - row["low"], 0) for row in ordered],
                "thickness": 1.2,
            },
        )
    )
    month_axis(figure, sorted({str(day)[:7] for day in days}))
    figure.update_xaxes(hoverformat="%Y-%m-%d")
    figure.update_yaxes(title_text=escaped(unit), rangemode="tozero")
    figure.update_layout(legend={"orientation": "h", "y": -0.2, "yanchor": "top", "x": 0})
    return finish(figure, title, height=320)
