"""The path of one material's price inside and outside the controlled market."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from typing import Any

import plotly.graph_objects as go

from xenotime.figures.peaks import is_thin, largest_peaks, most_volume, price_peaks, volume_by_month
from xenotime.figures.rows import Labels, Mark, Row, Rows, grouped, one_unit, plain, total
from xenotime.figures.style import (
    INSIDE,
    OTHERS,
    OUTSIDE,
    change_text,
    draw_marks,
    escaped,
    finish,
    month_axis,
    nothing,
    number_text,
    quick_figure,
    quick_scatter,
)

LOG_RATIO = 8.0  # a linear axis hides the lower path once the paths are further apart than this

Cell = tuple[Any, ...]
_GAP: Row = {"month": None, "value": None, "volume": None}  # between the paths of one trace


def largest_cell(rows: Rows, regions: Collection[str]) -> Cell | None:
    """(region, market) with most tonnes over the run among `regions`; None when none has a price."""
    cells = {
        cell: total(members, "volume")
        for cell, members in grouped(rows, "region", "market").items()
        if cell[0] in regions
    }
    return max(cells, key=lambda cell: cells[cell]) if cells else None


def price_paths(
    prices: Rows, material: str, *, inside: Collection[str], labels: Labels, marks: Sequence[Mark] = ()
) -> go.Figure:
    """Path of one material's price.

    Parameters
    ----------
    prices : table `prices` of a run document
    material : the material to draw
    inside : regions of the controlled market, see `inside_regions`
    labels, marks : names, and months to mark

    Notes
    -----
    Bold: the region with most tonnes on either side.  Thin grey: every other region.  Dashed: the
    same cell in the run without the controls.  Hollow: hardly any tonnes behind the price.  Bars:
    months in which the price is not determined, from its low to its high.
    """
    rows = [row for row in prices if row["material"] == material]
    name = labels.material(material)
    if not rows:
        return nothing(f"{name}: no price in this run.")
    outside = {row["region"] for row in rows} - set(inside)
    cells = grouped(rows, "region", "market")
    bold = {
        cell: colour
        for cell, colour in ((largest_cell(rows, outside), OUTSIDE), (largest_cell(rows, inside), INSIDE))
        if cell is not None
    }
    figure = quick_figure()
    _draw_others(figure, {cell: cells[cell] for cell in cells if cell not in bold}, labels)
    months = volume_by_month(rows)
    several_markets = len({market for _, market in cells}) > 1
    shown: set[str] = set()
    for cell, colour in bold.items():
        side = "" if not inside else ("inside: " if cell[0] in inside else "outside: ")
        label = escaped(
            f"{side}{labels.region(cell[0])}" + (f" ({plain(cell[1])})" if several_markets else "")
        )
        _draw_paths(figure, cells[cell], label, colour, shown)
        _draw_thin(figure, cells[cell], label, colour, months, shown)
        _draw_open(figure, cells[cell], label, colour, shown)
    draw_marks(figure, marks)
    _draw_axes(figure, rows)
    return finish(figure, _title(rows, name, inside, labels), height=430)


def _draw_axes(figure: go.Figure, rows: Rows) -> None:
    seen = [
        row[column]
        for row in rows
        for column in ("value", "baseline", "low", "high")
        if row[column] is not None
    ]
    logarithmic = bool(seen) and min(seen) > 0 and max(seen) / min(seen) > LOG_RATIO
    figure.update_yaxes(
        title_text=escaped(f"price, {one_unit(rows)}" + (" (log scale)" if logarithmic else "")),
        rangemode="tozero",
        tickformat="~s",
    )
    if logarithmic:
        decades = range(math.floor(math.log10(min(seen))), math.ceil(math.log10(max(seen))) + 1)
        figure.update_yaxes(
            type="log", tickvals=[step * 10.0**decade for decade in decades for step in (1, 2, 5)]
        )
    month_axis(figure, [row["month"] for row in rows])
    figure.update_layout(
        legend={"orientation": "h", "y": -0.17, "yanchor": "top", "x": 0, "font": {"size": 12}}
    )


def _draw_others(figure: go.Figure, cells: dict[Cell, list[Row]], labels: Labels) -> None:
    """Every region but the bold ones, as thin grey paths: one trace with gaps, which is drawn much faster."""
    known = {cell: rows for cell, rows in cells.items() if any(row["value"] is not None for row in rows)}
    if not known:
        return
    path = [(cell, row) for cell, rows in known.items() for row in (*rows, _GAP)]
    figure.add_trace(
        quick_scatter(
            x=[row["month"] for _, row in path],
            y=[row["value"] for _, row in path],
            mode="lines",
            connectgaps=False,
            line={"color": OTHERS, "width": 0.8},
            name="other regions",
            legendgroup="others",
            legendrank=1005,
            text=[escaped(labels.region(region)) for (region, _), _ in path],
            customdata=[row["volume"] for _, row in path],
            meta={"cells": [list(cell) for cell in known], "column": "value"},
            hovertemplate="%{text}<br>%{x}: %{y:,.4s}<br>volume %{customdata:,.3s}<extra></extra>",
        )
    )


def _draw_paths(figure: go.Figure, rows: list[Row], label: str, colour: str, shown: set[str]) -> None:
    months = [row["month"] for row in rows]
    figure.add_trace(
        quick_scatter(
            x=months,
            y=[row["baseline"] for row in rows],
            mode="lines",
            name="without the control",
            line={"color": colour, "width": 1.4, "dash": "dash"},
            meta=_meta(rows, "baseline"),
            hovertemplate=label + " without the control<br>%{x}: %{y:,.4s}<extra></extra>",
            **_legend("without", 1004, shown),
        )
    )
    figure.add_trace(
        quick_scatter(
            x=months,
            y=[row["value"] for row in rows],
            mode="lines",
            name=label,
            connectgaps=False,
            line={"color": colour, "width": 2.6},
            customdata=[row["volume"] for row in rows],
            legendrank=1001,
            meta=_meta(rows, "value"),
            hovertemplate=label + "<br>%{x}: %{y:,.4s}<br>volume %{customdata:,.3s}<extra></extra>",
        )
    )


def _draw_thin(
    figure: go.Figure, rows: list[Row], label: str, colour: str, months: dict[str, float], shown: set[str]
) -> None:
    """Hollow marks where hardly any tonnes stand behind the price; the least of them carries its volume."""
    most = most_volume(rows)
    thin = [row for row in rows if row["value"] is not None and is_thin(row, most, months[row["month"]])]
    if not thin:
        return
    least = min(thin, key=lambda row: row["volume"] or 0.0)
    figure.add_trace(
        quick_scatter(
            x=[row["month"] for row in thin],
            y=[row["value"] for row in thin],
            mode="markers+text",
            name="hardly any volume behind it",
            meta=_meta(rows, "thin"),
            marker={
                "symbol": "circle",
                "size": 8,
                "color": "#ffffff",
                "line": {"color": colour, "width": 1.5},
            },
            text=[f"only {number_text(row['volume'] or 0.0)}" if row is least else "" for row in thin],
            textposition="top center",
            textfont={"size": 11, "color": colour},
            cliponaxis=False,
            customdata=[row["volume"] for row in thin],
            hovertemplate=label + "<br>%{x}: %{y:,.4s}<br>volume only %{customdata:,.3s}<extra></extra>",
            **_legend("thin", 1006, shown),
        )
    )


def _draw_open(figure: go.Figure, rows: list[Row], label: str, colour: str, shown: set[str]) -> None:
    """Bars from low to high in the months in which the price is not determined."""
    open_rows = [row for row in rows if row["value"] is None and None not in (row["low"], row["high"])]
    if not open_rows:
        return
    middle = [(row["low"] + row["high"]) / 2 for row in open_rows]
    figure.add_trace(
        quick_scatter(
            x=[row["month"] for row in open_rows],
            y=middle,
            mode="markers",
            meta=_meta(rows, "open"),
            marker={"symbol": "line-ew", "size": 6, "color": colour, "line": {"color": colour, "width": 1}},
            error_y={
                "type": "data",
                "symmetric": False,
                "color": colour,
                "thickness": 2,
                "width": 4,
                "array": [row["high"] - at for row, at in zip(open_rows, middle, strict=True)],
                "arrayminus": [at - row["low"] for row, at in zip(open_rows, middle, strict=True)],
            },
            name="not determined: anywhere in the bar",
            customdata=[[row["low"], row["high"]] for row in open_rows],
            hovertemplate=label
            + "<br>%{x}: between %{customdata[0]:,.4s} and %{customdata[1]:,.4s}<extra></extra>",
            **_legend("open", 1007, shown),
        )
    )


def _meta(rows: Rows, column: str) -> dict[str, str]:
    """What a trace draws, for those who read the figure rather than look at it."""
    return {"region": rows[0]["region"], "market": rows[0]["market"], "column": column}


def _legend(group: str, rank: int, shown: set[str]) -> dict[str, Any]:
    """One entry in the legend for all traces of a kind."""
    first = group not in shown
    shown.add(group)
    return {"legendgroup": group, "legendrank": rank, "showlegend": first}


def _title(rows: Rows, name: str, inside: Collection[str], labels: Labels) -> str:
    pairs = largest_peaks(price_peaks(rows), inside)
    if not pairs:
        return f"{name}: no month in which the price is both determined and backed by tonnes."
    outer, inner = next(iter(pairs.values()))
    parts = [
        f"{side}{labels.region(peak.region)} {change_text(peak.value, peak.baseline)} "
        f"({number_text(peak.value)} {peak.unit} in {peak.month})"
        for side, peak in (("outside, " if inside else "", outer), ("inside, ", inner))
        if peak is not None
    ]
    return f"{name}: {'; '.join(parts)}."
