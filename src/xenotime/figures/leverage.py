"""Leverage as pictures: losses of both sides by start and duration, the gap of each month, the parts."""

from __future__ import annotations

import plotly.graph_objects as go

from xenotime.figures.rows import Row, Rows
from xenotime.figures.style import INK, INSIDE, MUTED, OUTSIDE, SERIES, escaped, finish, nothing

DASHES = ("solid", "dash", "dot", "dashdot")


def unit_of(rows: Rows) -> tuple[float, str]:
    """USD in the unit amounts are drawn in, and its name: the largest in which one of them is a tenth."""
    top = max((abs(row["value"]) for row in rows), default=0.0)
    sizes = ((1e9, "billion USD"), (1e6, "million USD"), (1e3, "thousand USD"))
    return next(((size, name) for size, name in sizes if 10 * top >= size), (1.0, "USD"))


def loss_surface(rows: Rows, side: str, title: str) -> go.Figure:
    """Loss by start and duration as a heat map with its numbers (table ``surface`` of one measure)."""
    mine = [row for row in rows if row["side"] == side]
    if not mine:
        return nothing(title)
    scale, unit = unit_of(mine)
    starts = sorted({row["start_after"] for row in mine})
    durations = sorted({row["duration"] for row in mine})
    by = {(row["start_after"], row["duration"]): row for row in mine}
    value = {key: row["value"] / scale for key, row in by.items()}
    z = [[value[start, duration] for duration in durations] for start in starts]
    top = max(abs(number) for line in z for number in line) or 1.0
    figure = go.Figure(
        go.Heatmap(
            x=durations,
            y=[f"in {start} months" if start else "now" for start in starts],
            z=z,
            zmin=-top,
            zmax=top,
            colorscale=[[0.0, INSIDE], [0.5, "#ffffff"], [1.0, OUTSIDE]],
            text=[[_short(number) for number in line] for line in z],
            texttemplate="%{text}" if len(durations) <= 12 else None,
            customdata=[[_band(by[start, duration], scale) for duration in durations] for start in starts],
            hovertemplate="begins %{y}, lasts %{x} months: %{z:,.3~f} "
            + f"{unit}%{{customdata}}<extra></extra>",
            colorbar={"title": {"text": unit}, "thickness": 10},
        )
    )
    figure.update_xaxes(title_text="duration, months", dtick=max(1, len(durations) // 12), color=INK)
    figure.update_yaxes(autorange="reversed", color=INK)
    return finish(figure, title, height=160 + 44 * len(starts))


def _band(row: Row, scale: float) -> str:
    low, high = row.get("low"), row.get("high")
    return "" if low is None or high is None else f" ({low / scale:.3g} to {high / scale:.3g})"


def _short(number: float) -> str:
    size = abs(number)
    return f"{number:.0f}" if size >= 10 else f"{number:.1f}" if size >= 1 else f"{number:.2f}"


def gap_by_month(rows: Rows, sides: tuple[str, str], title: str) -> go.Figure:
    """Loss a month of both sides since the control began, a line for each start (table ``monthly``).

    sides : names of whom it is used on and of who uses it
    """
    mine = [row for row in rows if row["side"] in ("on", "by")]
    if not mine:
        return nothing(title)
    scale, unit = unit_of(mine)
    figure = go.Figure()
    starts = sorted({row["start_after"] for row in mine})
    for side, colour, word in (("on", OUTSIDE, sides[0]), ("by", INSIDE, sides[1])):
        for number, start in enumerate(starts):
            here = [row for row in mine if row["side"] == side and row["start_after"] == start]
            figure.add_trace(
                go.Scatter(
                    x=[row["since"] for row in here],
                    y=[row["value"] / scale for row in here],
                    name=escaped(f"{word}, begun {f'in {start} months' if start else 'now'}"),
                    mode="lines",
                    line={"color": colour, "dash": DASHES[number % len(DASHES)], "width": 2},
                    hovertemplate=f"month %{{x}}: %{{y:,.3~f}} {unit}<extra></extra>",
                )
            )
    figure.add_hline(y=0, line={"color": MUTED, "width": 1})
    figure.update_xaxes(title_text="months since the control began", dtick=2, color=INK)
    figure.update_yaxes(title_text=f"loss in the month, {unit}", color=INK)
    figure.update_layout(legend={"orientation": "h", "y": -0.24, "yanchor": "top", "x": 0})
    return finish(figure, title, height=480)


def loss_parts(rows: Rows, sides: tuple[str, str], title: str) -> go.Figure:
    """What the loss of each side is made of, from the first start (rows as of table ``parts``).

    sides : names of whom it is used on and of who uses it
    """
    first = min((row["start_after"] for row in rows), default=0)
    mine = [row for row in rows if row["start_after"] == first and abs(row["value"]) > 0]
    if not mine:
        return nothing(title)
    scale, unit = unit_of(mine)
    names = list(dict.fromkeys(row["part"] for row in mine))
    label = {"on": escaped(sides[0]), "by": escaped(sides[1]), "third": "everybody else"}
    figure = go.Figure()
    for number, name in enumerate(names):
        here = {row["side"]: row["value"] / scale for row in mine if row["part"] == name}
        figure.add_trace(
            go.Bar(
                y=[label[side] for side in label],
                x=[here.get(side, 0.0) for side in label],
                name=name.replace("_", " "),
                orientation="h",
                marker={"color": SERIES[number % len(SERIES)]},
                hovertemplate=name.replace("_", " ") + f": %{{x:,.3~f}} {unit}<extra></extra>",
            )
        )
    figure.update_layout(
        barmode="relative", legend={"orientation": "h", "y": -0.35, "yanchor": "top", "x": 0}
    )
    figure.update_xaxes(title_text=f"{unit}, loss to the right", color=INK)
    figure.update_yaxes(autorange="reversed", color=INK)
    return finish(figure, title, height=320)


def beside_published(rows: Rows, title: str) -> go.Figure:
    """Published figures with their range and ours on one logarithmic axis (table ``published``, one kind)."""
    mine = [row for row in rows if row["value"] and row["ours"] and row["ours"] > 0]
    if not mine:
        return nothing(title)
    names = [f"{row['study']}, {row['region']}" for row in mine]
    figure = go.Figure()
    figure.add_trace(
        go.Scatter(
            x=[row["value"] for row in mine],
            y=names,
            mode="markers",
            name="published",
            marker={"symbol": "square-open", "size": 11, "color": INK},
            error_x={
                "type": "data",
                "symmetric": False,
                "array": [max(row["high"] - row["value"], 0) for row in mine],
                "arrayminus": [max(row["value"] - row["low"], 0) for row in mine],
                "color": MUTED,
            },
            hovertemplate="%{y}: %{x:,.3s} USD<extra>published</extra>",
        )
    )
    figure.add_trace(
        go.Scatter(
            x=[row["ours"] for row in mine],
            y=names,
            mode="markers",
            name="ours under its dials",
            marker={"symbol": "circle", "size": 11, "color": OUTSIDE},
            hovertemplate="%{y}: %{x:,.3s} USD<extra>ours</extra>",
        )
    )
    figure.update_xaxes(type="log", title_text="USD", color=INK)
    figure.update_yaxes(autorange="reversed", color=INK)
    figure.update_layout(legend={"orientation": "h", "y": -0.22, "yanchor": "top", "x": 0})
    return finish(figure, title, height=180 + 34 * len(mine))
