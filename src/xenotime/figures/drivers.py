"""A headline number against one uncertain number, draw by draw, and the line fitted through them."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

import plotly.graph_objects as go

from xenotime.figures.rows import Row
from xenotime.figures.style import INSIDE, OUTSIDE, escaped, finish

LABEL = 18  # characters of an option on one line
WIDE = 10.0  # high over low from which a number is drawn on a log scale


def driver(row: Row, title: str, across: str, up: str) -> go.Figure:
    """Scatter of one row of the table `scatter`.

    Options stand side by side; a number stands at what it is.  The line is the stand-in with all else at its
    value.
    """
    options: Sequence[str] = row["options"]
    column = "place" if options else "number"
    points = sorted(row["points"], key=lambda point: float(point[column]))
    figure = go.Figure(
        go.Scatter(
            x=[_beside(i, point) if options else point["number"] for i, point in enumerate(points)],
            y=[point["value"] for point in points],
            mode="markers",
            name="a draw",
            marker={"color": INSIDE, "size": 6, "opacity": 0.55},
            hovertemplate="%{x:,.3s}: %{y:,.3s}<extra></extra>",
        )
    )
    line = row["line"]
    figure.add_trace(
        go.Scatter(
            x=[point[column] for point in line],
            y=[point["value"] for point in line],
            mode="lines+markers" if options else "lines",
            name="fitted, all else at its value",
            line={"color": OUTSIDE, "width": 2.5},
            hovertemplate="%{x:,.3s}: %{y:,.3s}<extra></extra>",
        )
    )
    figure.update_xaxes(title_text=escaped(across))
    if options:
        places = [point["place"] for point in line]
        figure.update_xaxes(
            tickmode="array",
            tickvals=places,
            ticktext=[_wrapped(name) for name in options],
            range=[-1.4, 1.4],
        )
    elif _is_wide([float(point["number"]) for point in points]):
        figure.update_xaxes(type="log")
    figure.update_yaxes(title_text=escaped(up))
    figure.update_layout(legend={"orientation": "h", "y": -0.24, "yanchor": "top", "x": 0})
    return finish(figure, title, height=380)


def _beside(order: int, point: Row) -> float:
    """Draws of one option side by side, so that they do not hide each other."""
    return float(point["place"]) + 0.22 * ((order * 0.618034) % 1 - 0.5)


def _wrapped(name: str) -> str:
    return "<br>".join(escaped(line) for line in textwrap.wrap(name, LABEL))


def _is_wide(values: Sequence[float]) -> bool:
    return min(values, default=0.0) > 0 and max(values) / min(values) >= WIDE
