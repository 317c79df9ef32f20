"""Shortage: what sectors wanted at the price and did not get."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import plotly.graph_objects as go

from xenotime.figures.rows import Labels, Mark, Rows, amount_unit, grouped, sector_words, total
from xenotime.figures.style import (
    REST,
    colours_of,
    draw_marks,
    escaped,
    finish,
    month_axis,
    nothing,
    number_text,
)


def shortage_by_sector(
    shortfalls: Rows,
    *,
    labels: Labels,
    months: Sequence[str],
    materials: Collection[str],
    what: str,
    marks: Sequence[Mark] = (),
) -> go.Figure:
    """Stacked bars of the shortfall of `materials` by sector, in their unit per month.

    `what` names the materials in the title, e.g. ``sintered magnets``.
    """
    rows = [row for row in shortfalls if row["material"] in materials and row["value"]]
    if not rows:
        return nothing(f"No shortage of {what} in any month.")
    sums = {sector: total(members) for (sector,), members in grouped(rows, "sector").items()}
    ordered = sorted(sums, key=lambda sector: -sums[sector])
    by_month = {key: total(members) for key, members in grouped(rows, "sector", "month").items()}
    unit = amount_unit(rows)
    figure = go.Figure()
    colours, rest = colours_of(ordered)
    for sector, colour in colours.items():
        figure.add_trace(
            go.Bar(
                x=list(months),
                y=[by_month.get((sector, month), 0.0) for month in months],
                name=escaped(sector_words(sector)),
                marker={"color": colour},
                meta={"sector": sector},
                hovertemplate=escaped(sector_words(sector))
                + "<br>%{x}: %{y:,.4s} "
                + escaped(unit)
                + "<extra></extra>",
            )
        )
    if rest:
        figure.add_trace(
            go.Bar(
                x=list(months),
                y=[sum(by_month.get((sector, month), 0.0) for sector in rest) for month in months],
                name=f"{len(rest)} other sectors",
                marker={"color": REST},
                meta={"sector": ""},
                hovertemplate=f"{len(rest)} other sectors<br>"
                "%{x}: %{y:,.4s} " + escaped(unit) + "<extra></extra>",
            )
        )
    draw_marks(figure, marks)
    figure.update_layout(
        barmode="stack",
        bargap=0.15,
        showlegend=True,
        legend={"orientation": "h", "y": -0.17, "yanchor": "top", "x": 0, "font": {"size": 12}},
    )
    month_axis(figure, months)
    figure.update_yaxes(
        title_text=escaped(f"shortage, {unit} per month"), exponentformat="SI", rangemode="tozero"
    )
    month_sums = {month: sum(by_month.get((sector, month), 0.0) for sector in ordered) for month in months}
    worst = max(month_sums, key=lambda month: month_sums[month])
    title = (
        f"{what[:1].upper()}{what[1:]}: the shortage is largest in {worst}, {number_text(month_sums[worst])} "
        f"{unit}; "
        f"over the run {sector_words(ordered[0])} bears most of it, {number_text(sums[ordered[0]])} {unit}."
    )
    return finish(figure, title, height=400)
