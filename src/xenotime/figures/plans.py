"""Pictures of packages: the frontier, regret by case and variant, months with and without."""

from __future__ import annotations

import plotly.graph_objects as go

from xenotime.figures.rows import Rows, grouped
from xenotime.figures.style import INK, INSIDE, MUTED, OUTSIDE, SERIES, escaped, finish, month_axis, nothing

MILLION, BILLION = 1e6, 1e9
DASHES = ("dot", "solid", "dash")
AXIS = 60  # pixels of an axis with its title
LABELS = 24  # characters of a package written beside its mark; the whole is in the hover and the table


def frontier_plot(rows: Rows, budget: float, title: str) -> go.Figure:
    """Outlay against expected loss: a line through the frontier, hollow marks for what it beats.

    Bars are nine in ten draws; a diamond is the mean of the worst tenth of outcomes.
    """
    if not rows:
        return nothing(title)
    figure = go.Figure()
    own = sorted((row for row in rows if row["on_frontier"]), key=lambda row: row["outlay"])
    other = [row for row in rows if not row["on_frontier"]]
    for part, name, symbol, colour, mode in (
        (own, "frontier", "circle", INSIDE, "lines+markers"),
        (other, "run, not on it", "circle-open", MUTED, "markers"),
    ):
        figure.add_trace(
            go.Scatter(
                x=[row["outlay"] / MILLION for row in part],
                y=[row["value"] / BILLION for row in part],
                mode=mode,
                name=name,
                line={"color": colour, "shape": "hv", "width": 2},
                marker={"symbol": symbol, "size": 10, "color": colour},
                error_y={
                    "type": "data",
                    "symmetric": False,
                    "array": [(row["high"] - row["value"]) / BILLION for row in part],
                    "arrayminus": [(row["value"] - row["low"]) / BILLION for row in part],
                    "thickness": 1,
                    "color": colour,
                },
                text=[escaped(row["package"]) for row in part],
                hovertemplate="%{text}: %{y:,.3~g} bn USD left for %{x:,.3~g} m<extra></extra>",
            )
        )
    figure.add_trace(
        go.Scatter(
            x=[row["outlay"] / MILLION for row in own],
            y=[row["tail"] / BILLION for row in own],
            mode="markers",
            name="worst tenth",
            marker={"symbol": "diamond-open", "size": 9, "color": OUTSIDE},
            text=[escaped(row["package"]) for row in own],
            hovertemplate="%{text}: %{y:,.3~g} bn USD in the worst tenth<extra></extra>",
        )
    )
    figure.add_vline(x=budget / MILLION, line={"color": INK, "width": 1, "dash": "dot"})
    figure.update_xaxes(title_text="outlay the sponsor must be able to make, m USD (dotted: budget)")
    figure.update_yaxes(title_text="expected loss, bn USD", rangemode="normal")
    figure.update_layout(legend={"orientation": "h", "y": -0.2, "yanchor": "top", "x": 0})
    return finish(figure, title, height=460)


def regret_bars(rows: Rows, title: str) -> go.Figure:
    """Regret of each package, a bar for each case and variant."""
    if not rows:
        return nothing(title)
    figure = go.Figure()
    for number, ((case, variant), own) in enumerate(grouped(rows, "case", "variant").items()):
        figure.add_trace(
            go.Bar(
                x=[row["value"] / MILLION for row in own],
                y=[f"{row['rank']}: {_short(row['package'])}" for row in own],
                customdata=[escaped(row["package"]) for row in own],
                orientation="h",
                name=escaped(f"{case}, {variant}"),
                marker={"color": SERIES[number % len(SERIES)]},
                hovertemplate="%{customdata}: %{x:,.3~g} m USD<extra></extra>",
            )
        )
    packages = len({row["package"] for row in rows})
    series = len(grouped(rows, "case", "variant"))
    figure.update_xaxes(title_text="regret, m USD")
    figure.update_yaxes(autorange="reversed")
    tall = packages * (18 + 9 * series)
    below = -AXIS / tall  # of the plot: the legend stands below the axis, however low the plot is
    figure.update_layout(barmode="group", legend={"orientation": "h", "y": below, "yanchor": "top", "x": 0})
    return finish(figure, title, height=200 + tall)


def _short(package: str) -> str:
    return escaped(package if len(package) <= LABELS else package[: LABELS - 1] + "…")


def months_plot(rows: Rows, what: str, title: str) -> go.Figure:
    """One measure by month: a line for each package, thin lines for the range over cases and variants."""
    mine = [row for row in rows if row["what"] == what]
    if not mine:
        return nothing(title)
    scale = BILLION if mine[0]["unit"] == "USD" else 1.0
    figure = go.Figure()
    for number, ((package,), own) in enumerate(grouped(mine, "package").items()):
        colour = MUTED if package == "nothing" else SERIES[number % len(SERIES)]
        for column, width in (("value", 2.5), ("low", 0.7), ("high", 0.7)):
            figure.add_trace(
                go.Scatter(
                    x=[row["month"] for row in own],
                    y=[row[column] / scale for row in own],
                    mode="lines",
                    name=escaped(package),
                    showlegend=column == "value",
                    legendgroup=package,
                    line={"color": colour, "width": width, "dash": DASHES[number % len(DASHES)]},
                    hovertemplate="%{x}: %{y:,.3~g}<extra></extra>" if column == "value" else None,
                    hoverinfo=None if column == "value" else "skip",
                )
            )
    unit = {"USD": "bn USD", "share": "share of normal use", "month": "months"}[mine[0]["unit"]]
    figure.update_yaxes(title_text=unit, tickformat=".0%" if mine[0]["unit"] == "share" else None)
    month_axis(figure, [row["month"] for row in mine])
    figure.update_layout(legend={"orientation": "h", "y": -0.22, "yanchor": "top", "x": 0})
    return finish(figure, title, height=380)
