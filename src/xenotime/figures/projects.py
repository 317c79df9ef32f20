"""Pictures of a project: value with and without supports, prices it was valued at, others' prices."""

from __future__ import annotations

import plotly.graph_objects as go

from xenotime.figures.rows import Rows, grouped
from xenotime.figures.style import OUTSIDE, SERIES, escaped, finish, nothing

DASHES = ("solid", "dash", "dot", "dashdot")
TOP = 14  # prices of others a picture has room for
GOODS = 6  # goods whose prices are drawn, the dearest first


def value_bars(rows: Rows, title: str) -> go.Figure:
    """Mean value of each variant with its range, one colour for each case."""
    if not rows:
        return nothing(title)
    figure = go.Figure()
    for number, ((case,), own) in enumerate(grouped(rows, "case").items()):
        figure.add_trace(
            go.Bar(
                x=[row["value"] for row in reversed(own)],
                y=[escaped(row["supports"]) for row in reversed(own)],
                orientation="h",
                name=escaped(case),
                marker={"color": SERIES[number % len(SERIES)]},
                error_x={
                    "type": "data",
                    "symmetric": False,
                    "array": [max(row["high"] - row["value"], 0.0) for row in reversed(own)],
                    "arrayminus": [max(row["value"] - row["low"], 0.0) for row in reversed(own)],
                },
                hovertemplate="%{y}: %{x:,.3s} USD<extra></extra>",
            )
        )
    most = max(len(own) for own in grouped(rows, "case").values())
    figure.update_xaxes(title_text="value, USD of today's month")
    figure.update_layout(barmode="group", legend={"orientation": "h", "y": -0.2, "yanchor": "top", "x": 0})
    return finish(figure, title, height=220 + 48 * most)


def price_bands(rows: Rows, title: str) -> go.Figure:
    """Mean price of each good over the life, relative to the first year, with the range of draws."""
    if not rows:
        return nothing(title)
    series = grouped(rows, "case", "material", "region")
    dearest = sorted(series, key=lambda key: -series[key][0]["value"])[:GOODS]
    cases = list(dict.fromkeys(key[0] for key in series))
    figure = go.Figure()
    for number, key in enumerate(dearest):
        own = series[key]
        colour, dash = SERIES[number % len(SERIES)], DASHES[cases.index(key[0]) % len(DASHES)]
        figure.add_trace(
            go.Scatter(
                x=[row["from"] for row in own],
                y=[row["value"] for row in own],
                mode="lines",
                line={"color": colour, "dash": dash, "width": 2},
                name=escaped(f"{key[1]}, {key[2]}, {key[0]}"),
                hovertemplate="%{x}: %{y:,.3s} USD<extra></extra>",
            )
        )
        for edge in ("low", "high"):
            figure.add_trace(
                go.Scatter(
                    x=[row["from"] for row in own],
                    y=[row[edge] for row in own],
                    mode="lines",
                    line={"color": colour, "width": 0.5, "dash": "dot"},
                    showlegend=False,
                    hoverinfo="skip",
                )
            )
    figure.update_yaxes(type="log", title_text="USD a unit")
    figure.update_layout(legend={"orientation": "h", "y": -0.18, "yanchor": "top", "x": 0})
    return finish(figure, title, height=420)


def effect_bars(rows: Rows, title: str) -> go.Figure:
    """Change of others' prices, the furthest first, by place."""
    own = sorted(rows, key=lambda row: -abs(row["value"]))[:TOP]
    if not own:
        return nothing(title)
    figure = go.Figure(
        go.Bar(
            x=[row["value"] for row in reversed(own)],
            y=[escaped(f"{row['material']}, {row['region']}, {row['case']}") for row in reversed(own)],
            orientation="h",
            marker={"color": OUTSIDE},
            hovertemplate="%{y}: %{x:+.1%}<extra></extra>",
        )
    )
    figure.update_xaxes(title_text="price with it over price without, less one", tickformat="+.0%")
    return finish(figure, title, height=160 + 28 * len(own))
