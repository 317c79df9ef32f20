"""How far prices move: the furthest firm departure from the run without the controls."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import plotly.graph_objects as go

from xenotime.figures.rows import Labels, Row, Rows, grouped, total
from xenotime.figures.style import (
    INSIDE,
    MUTED,
    OUTSIDE,
    change_text,
    escaped,
    finish,
    is_nothing,
    nothing,
)

THIN_OF_OWN = 0.05  # below this share of the cell's best month hardly anybody pays the price
THIN_OF_ALL = 0.01  # below this share of the material's tonnes of that month likewise
OVERVIEW_ROWS = 16  # materials a phone screen can show with readable names
QUIET = 0.01  # a change below one per cent is called no change
WIDE = 9.0  # relative change from which changes are drawn as multiples, on a log scale
LEAST_MULTIPLE = 1e-3  # what a price of nothing or less is drawn as there


@dataclass(frozen=True, slots=True)
class Peak:
    """The month in which a price is furthest from the run without the controls."""

    material: str
    region: str
    market: str
    month: str
    value: float
    baseline: float
    volume: float
    unit: str

    @property
    def change(self) -> float:
        """Relative change; 0.5 is half as much again."""
        return self.value / self.baseline - 1


def is_thin(row: Row, own_most: float, month_all: float) -> bool:
    """Whether hardly any tonnes stand behind a price."""
    volume = row["volume"] or 0.0
    return bool(volume < THIN_OF_OWN * own_most or volume < THIN_OF_ALL * month_all)


def volume_by_month(rows: Rows) -> dict[str, float]:
    """Tonnes behind all prices of each month."""
    return {month: total(members, "volume") for (month,), members in grouped(rows, "month").items()}


def most_volume(rows: Rows) -> float:
    """Tonnes behind the price in the best month."""
    return max((row["volume"] or 0.0 for row in rows), default=0.0)


def price_peaks(prices: Rows) -> list[Peak]:
    """Furthest departure of every price that is determined and has tonnes behind it; largest first.

    Thin prices are left out: a price nobody pays is no finding. So are those that start from nothing, or from
    a price paid to be rid of the good: no multiple says what happened to them.
    """
    peaks = []
    for material_rows in grouped(prices, "material").values():
        month_all = volume_by_month(material_rows)
        for (region, market), rows in grouped(material_rows, "region", "market").items():
            most = most_volume(rows)
            firm = [
                row
                for row in rows
                if row["determined"]
                and row["value"] is not None
                and not is_nothing(row["baseline"] or 0.0, row["value"])
                and row["volume"]
                and not is_thin(row, most, month_all[row["month"]])
            ]
            if firm:
                row = max(firm, key=lambda row: abs(row["value"] / row["baseline"] - 1))
                peaks.append(
                    Peak(
                        row["material"],
                        region,
                        market,
                        row["month"],
                        row["value"],
                        row["baseline"],
                        row["volume"],
                        row["unit"],
                    )
                )
    return sorted(peaks, key=lambda peak: -abs(peak.change))


def largest_peaks(peaks: list[Peak], inside: Collection[str]) -> dict[str, tuple[Peak | None, Peak | None]]:
    """For each material the largest peak (outside, inside), materials in order of the larger change."""
    pairs: dict[str, tuple[Peak | None, Peak | None]] = {}
    for peak in peaks:
        outer, inner = pairs.get(peak.material, (None, None))
        if peak.region in inside:
            pairs[peak.material] = (outer, inner or peak)
        else:
            pairs[peak.material] = (outer or peak, inner)
    return pairs


def price_overview(prices: Rows, *, inside: Collection[str], labels: Labels) -> go.Figure:
    """Largest change of every material's price, outside and inside the controlled market, per cent."""
    pairs = largest_peaks(price_peaks(prices), inside)
    moved = {
        material: pair
        for material, pair in pairs.items()
        if max(abs(peak.change) for peak in pair if peak is not None) >= QUIET
    }
    if not moved:
        return nothing("No price with tonnes behind it moves by as much as 1 %.")
    shown = dict(list(moved.items())[:OVERVIEW_ROWS])
    names = {material: escaped(labels.material(material)) for material in shown}
    figure = go.Figure()
    wide = any(peak.change > WIDE for pair in shown.values() for peak in pair if peak is not None)
    _draw_links(figure, shown, names, wide)
    sides = (
        ("outside" if inside else "price", OUTSIDE, "circle"),
        ("inside the controlled market", INSIDE, "diamond"),
    )
    for side, (name, colour, symbol) in enumerate(sides):
        peaks = [pair[side] for pair in shown.values()]
        present = [peak for peak in peaks if peak is not None]
        if not present:
            continue
        figure.add_trace(
            go.Scatter(
                x=[_drawn(peak, wide) for peak in present],
                y=[names[peak.material] for peak in present],
                mode="markers",
                name=name,
                marker={"color": colour, "size": 11, "symbol": symbol},
                customdata=[
                    [
                        escaped(labels.region(peak.region)),
                        peak.month,
                        peak.value,
                        peak.baseline,
                        peak.unit,
                        change_text(peak.value, peak.baseline),
                    ]
                    for peak in present
                ],
                hovertemplate="%{y}, %{customdata[0]}, %{customdata[1]}<br>%{customdata[3]:,.4s} → "
                "%{customdata[2]:,.4s} %{customdata[4]} (%{customdata[5]})<extra></extra>",
            )
        )
    figure.update_yaxes(autorange="reversed", type="category", showgrid=True)
    if wide:
        figure.update_xaxes(title_text="largest change of price, multiple (log scale)", type="log", dtick=1)
        figure.add_vline(x=1.0, line={"color": MUTED, "width": 1})
    else:
        figure.update_xaxes(title_text="largest change of price, %", zeroline=True, zerolinecolor=MUTED)
    figure.update_layout(legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0})
    first = next(peak for peak in price_peaks(prices))
    title = (
        f"{len(moved)} of {len(pairs)} materials change in price by 1 % or more on the run without the "
        f"control; the furthest is "
        f"{labels.material(first.material)} in {labels.region(first.region)}, "
        f"{change_text(first.value, first.baseline)} in {first.month}."
    )
    return finish(figure, title, height=150 + 26 * len(shown))


def _drawn(peak: Peak, wide: bool) -> float:
    """Where a change stands on the axis: in per cent, or as a multiple where some are tenfold."""
    return max(1.0 + peak.change, LEAST_MULTIPLE) if wide else 100 * peak.change


def _draw_links(
    figure: go.Figure,
    shown: Mapping[str, tuple[Peak | None, Peak | None]],
    names: Mapping[str, str],
    wide: bool,
) -> None:
    """A thin line between the two dots of a material: the gap between the two markets."""
    x: list[float | None] = []
    y: list[str | None] = []
    for material, (outer, inner) in shown.items():
        if outer is not None and inner is not None:
            x += [_drawn(outer, wide), _drawn(inner, wide), None]
            y += [names[material], names[material], None]
    figure.add_trace(
        go.Scatter(
            x=x, y=y, mode="lines", line={"color": MUTED, "width": 1}, showlegend=False, hoverinfo="skip"
        )
    )
