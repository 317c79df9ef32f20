"""Pictures of a company's exposure: odds of a stop by week, grams by country, actions by cost and gain."""

from __future__ import annotations

import plotly.graph_objects as go

from xenotime.figures.rows import Rows, grouped
from xenotime.figures.style import MUTED, OUTSIDE, SERIES, colours_of, escaped, finish, nothing

DASHES = ("solid", "dash", "dot", "dashdot")
TOP = 12  # elements and actions a picture has room for


def stop_odds(rows: Rows, title: str) -> go.Figure:
    """Chance that a line has stopped, by week, one line for each case and production line."""
    if not rows:
        return nothing(title)
    figure = go.Figure()
    cases = list(dict.fromkeys(row["case"] for row in rows))
    for (case, line), own in grouped(rows, "case", "line").items():
        number = cases.index(case)
        figure.add_trace(
            go.Scatter(
                x=[row["date"] for row in own],
                y=[row["value"] for row in own],
                mode="lines",
                line={
                    "color": SERIES[number % len(SERIES)],
                    "width": 2,
                    "dash": DASHES[number % len(DASHES)],
                    "shape": "hv",
                },
                name=escaped(f"{line}, {case}"),
                hovertemplate="%{x}: %{y:.0%}<extra></extra>",
            )
        )
    figure.update_yaxes(title_text="chance that it has stopped", range=[0, 1.02], tickformat=".0%")
    figure.update_xaxes(type="date")
    figure.update_layout(showlegend=True, legend={"orientation": "h", "y": -0.18, "yanchor": "top", "x": 0})
    return finish(figure, title, height=400)


def element_worth(rows: Rows, title: str) -> go.Figure:
    """Worth of elements in one of each product, by country of separation, with the range of the whole."""
    total: dict[str, float] = {}
    for row in rows:
        total[row["element"]] = total.get(row["element"], 0.0) + row["usd"]
    shown = [name for name, _ in sorted(total.items(), key=lambda item: -item[1])][:TOP]
    places = grouped([row for row in rows if row["element"] in shown], "separated_in")
    if not places:
        return nothing(title)
    ranked = sorted(places, key=lambda key: -sum(row["usd"] for row in places[key]))
    colours, _ = colours_of([key[0] for key in ranked])
    figure = go.Figure()
    for (place,) in ranked:
        sums = dict.fromkeys(shown, 0.0)
        for row in places[place,]:
            sums[row["element"]] += row["usd"]
        figure.add_trace(
            go.Bar(
                x=shown,
                y=[sums[name] for name in shown],
                name=escaped(place),
                marker={"color": colours.get(place, MUTED)},
                hovertemplate="%{x}: %{y:,.3s} USD<extra></extra>",
            )
        )
    figure.update_layout(barmode="stack", legend={"orientation": "h", "y": -0.18, "yanchor": "top", "x": 0})
    figure.update_yaxes(title_text="USD in one of each product")
    return finish(figure, title, height=380)


def action_gains(rows: Rows, title: str) -> go.Figure:
    """Loss saved over cost of every action that saves any."""
    own = [row for row in rows if row["saved"] > 0 and row["action"] != "nothing"]
    own = sorted(own, key=lambda row: -row["saved"])[:TOP]
    if not own:
        return nothing(title)
    labels = [escaped(row["what"]) for row in reversed(own)]
    figure = go.Figure()
    for name, label, colour in (
        ("saved", "margin saved, mean of cases", SERIES[2]),
        ("cost", "cost", OUTSIDE),
    ):
        figure.add_trace(
            go.Bar(
                x=[row[name] for row in reversed(own)],
                y=labels,
                orientation="h",
                name=label,
                marker={"color": colour},
                hovertemplate="%{x:,.3s} USD<extra></extra>",
            )
        )
    figure.update_xaxes(title_text="USD")
    above = {"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0}
    figure.update_layout(barmode="group", legend=above)
    return finish(figure, title, height=160 + 44 * len(own))
