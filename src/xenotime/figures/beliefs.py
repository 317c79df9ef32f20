"""What was believed about a control, month by month, beside what came, as pictures."""

from __future__ import annotations

import plotly.graph_objects as go

from xenotime.figures.rows import Rows
from xenotime.figures.style import INK, MUTED, OUTSIDE, escaped, finish, month_axis, nothing

COLOUR = {"open": "#009E73", "suspended": "#56B4E9", "licensed": "#E69F00", "closed": OUTSIDE}
PATTERN = {"open": "", "suspended": ".", "licensed": "/", "closed": "x"}
CAME = {"open or suspended": "circle-open", "licensed": "square-open", "closed": "x-thin-open"}


def belief_path(rows: Rows, words: Rows, came: Rows, title: str) -> go.Figure:
    """Chances of each regime stacked by the month they are about, the words that moved them, and what came.

    rows : table ``beliefs`` of one channel;  words : its rows of ``trail`` of kind word
    came : its rows of ``forecasts`` of one model
    """
    if not rows:
        return nothing(title)
    months = sorted({str(row["month"]) for row in rows})
    figure = go.Figure()
    for regime, colour in COLOUR.items():
        by = {row["month"]: row["probability"] for row in rows if row["regime"] == regime}
        if max(by.values(), default=0) < 0.005:
            continue
        figure.add_trace(
            go.Bar(
                x=months,
                y=[by.get(month, 0.0) for month in months],
                name=regime,
                marker={
                    "color": colour,
                    "pattern": {"shape": PATTERN[regime], "fillmode": "overlay", "size": 7},
                },
                hovertemplate="%{x}: " + regime + " %{y:.0%}<extra></extra>",
            )
        )
    moved = [row for row in words if row["ratio"] is not None and abs(row["ratio"] - 1) > 1e-9]
    if moved:
        figure.add_trace(
            go.Scatter(
                x=[row["month"] for row in moved],
                y=[1.05 for _ in moved],
                mode="markers",
                name="words that moved it",
                marker={"symbol": "triangle-down", "size": 10, "color": INK},
                customdata=[[escaped(row["entry"]), row["ratio"], escaped(row["reason"])] for row in moved],
                hovertemplate="%{customdata[0]}<br>likelihood ratio %{customdata[1]:.2f}"
                "<br>%{customdata[2]}<extra></extra>",
            )
        )
    known = [row for row in came if row["came"]]
    figure.add_trace(
        go.Scatter(
            x=[row["month"] for row in known],
            y=[1.12 for _ in known],
            mode="markers",
            name="what came",
            text=[row["came"] for row in known],
            marker={"symbol": [CAME[row["came"]] for row in known], "size": 9, "color": INK},
            hovertemplate="%{x}: %{text}<extra></extra>",
        )
    )
    month_axis(figure, months)
    figure.update_layout(
        barmode="stack", bargap=0.15, legend={"orientation": "h", "y": -0.2, "yanchor": "top", "x": 0}
    )
    figure.update_yaxes(
        title_text="chance", tickformat=".0%", range=[0, 1.2], tickvals=[0, 0.25, 0.5, 0.75, 1]
    )
    return finish(figure, title, height=400)


def tone_lines(rows: Rows, title: str) -> go.Figure:
    """Tone of a pair of parties by month, marks sized by how much was said.

    rows : table ``tone`` of one pair
    """
    drawn = list(rows)
    if all(row["tone"] is None for row in drawn):
        return nothing(title)
    figure = go.Figure(
        go.Scatter(
            x=[row["month"] for row in drawn],
            y=[row["tone"] for row in drawn],
            mode="lines+markers",
            line={"color": "#0072B2", "width": 1.5},
            marker={"size": [6 + 6 * min(row["weight"], 3) for row in drawn], "color": "#0072B2"},
            customdata=[[row["count"], row["talks"]] for row in drawn],
            hovertemplate="%{x}: %{y:+.2f}, %{customdata[0]} said, %{customdata[1]} talks<extra></extra>",
            showlegend=False,
        )
    )
    figure.add_hline(y=0, line={"color": MUTED, "width": 1})
    month_axis(figure, [row["month"] for row in rows])
    figure.update_yaxes(title_text="tone: −1 tightens, +1 eases", range=[-1.15, 1.15])
    return finish(figure, title, height=300)
