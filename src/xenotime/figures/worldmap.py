"""The map of one month: who is short, which shipments grew and which shrank, where the plants are.

Drawn on ordinary axes over outlines of our own data, because Plotly's own maps fetch theirs.
"""

from __future__ import annotations

import math
from collections.abc import Collection

import plotly.graph_objects as go

from xenotime.figures.availability import worst
from xenotime.figures.outline import outline_path
from xenotime.figures.rows import Labels, Row, Rows, amount_unit, grouped, plain, total
from xenotime.figures.style import INSIDE, escaped, finish, number_text, percent_text

LAND, SEA, SHRANK = "#ececec", "#ffffff", "#222222"
# Share of normal use left in the worst-hit element: upper end of each class, its colour.
CLASSES = ((0.25, "#7a2e00"), (0.5, "#b34b00"), (0.75, "#D55E00"), (0.9, "#f0b27f"), (0.98, "#f8dcc2"))
MOST_LANES = 14  # more arrows hide one another
BEND = 0.12  # sideways bulge of an arrow as a share of its length, so that two directions stay apart
STEPS = 12


def world_map(
    regions: Rows,
    availability: Rows,
    flows: Rows,
    *,
    month: str,
    materials: Collection[str],
    labels: Labels,
    facilities: Rows = (),
) -> go.Figure:
    """Map of `month`.

    Parameters
    ----------
    regions : table `regions` with `lat`, `lon` in degrees
    availability, flows : tables of the run document
    materials : the materials whose shipments are added up, tonnes
    facilities : rows with `facility`, `name`, `stage`, `lat`, `lon`; may be empty
    """
    figure = go.Figure()
    lons, lats = outline_path()
    figure.add_trace(
        go.Scatter(
            x=lons,
            y=lats,
            mode="lines",
            fill="toself",
            fillcolor=LAND,
            line={"color": "#ffffff", "width": 0.5},
            hoverinfo="skip",
            showlegend=False,
            name="land",
        )
    )
    places = {row["region"]: (row["lon"], row["lat"]) for row in regions if row.get("lat") is not None}
    least = {
        region: row
        for (region,), rows in grouped(
            [row for row in availability if row["month"] == month], "region"
        ).items()
        if (row := worst(rows)) is not None
    }
    _draw_classes(figure, least, places, labels)
    _draw_plants(figure, facilities)
    rows = [row for row in flows if row["month"] == month and row["material"] in materials]
    changes = lane_changes(rows)
    _draw_lanes(figure, changes, places, amount_unit(rows), labels)
    figure.update_xaxes(visible=False, range=[-170, 180], constrain="domain")
    figure.update_yaxes(visible=False, range=[-56, 80], scaleanchor="x", scaleratio=1.25)
    figure.update_layout(
        legend={"orientation": "h", "y": -0.02, "yanchor": "top", "x": 0, "font": {"size": 12}},
        plot_bgcolor=SEA,
        dragmode="pan",
    )
    finish(figure, _title(least, changes, amount_unit(rows), month, labels), height=520)
    figure.update_layout(margin={"l": 0, "r": 0})
    return figure


def lane_changes(rows: Rows) -> dict[tuple[str, str], float]:
    """Shipments with less those without the controls by (origin, destination), largest change first."""
    sums = {
        (key[0], key[1]): total(members) - total(members, "baseline")
        for key, members in grouped(rows, "origin", "destination").items()
        if key[0] != key[1]
    }
    return dict(sorted(sums.items(), key=lambda item: -abs(item[1])))


def _draw_classes(
    figure: go.Figure, least: dict[str, Row], places: dict[str, tuple[float, float]], labels: Labels
) -> None:
    low = 0.0
    for high, colour in CLASSES:
        members = [region for region, row in least.items() if low <= row["value"] < high]
        name = f"{100 * low:.0f}–{100 * high:.0f} % left"
        low = high
        if not members:
            continue
        lons, lats = outline_path(members)
        if lons:
            figure.add_trace(
                go.Scatter(
                    x=lons,
                    y=lats,
                    mode="lines",
                    fill="toself",
                    fillcolor=colour,
                    line={"color": "#ffffff", "width": 0.5},
                    hoverinfo="skip",
                    showlegend=False,
                    legendgroup=name,
                )
            )
        dots = [region for region in members if region in places]
        figure.add_trace(
            go.Scatter(
                x=[places[region][0] for region in dots],
                y=[places[region][1] for region in dots],
                mode="markers",
                name=name,
                legendgroup=name,
                marker={"color": colour, "size": 10, "line": {"color": "#ffffff", "width": 1}},
                text=[
                    escaped(
                        f"{labels.region(region)}: {percent_text(least[region]['value'])} of normal use of "
                        f"{least[region]['element']}"
                    )
                    for region in dots
                ],
                customdata=[least[region]["value"] for region in dots],
                hovertemplate="%{text}<extra></extra>",
            )
        )


def _draw_plants(figure: go.Figure, facilities: Rows) -> None:
    placed = [row for row in facilities if row.get("lat") is not None and row.get("lon") is not None]
    if placed:
        figure.add_trace(
            go.Scatter(
                x=[row["lon"] for row in placed],
                y=[row["lat"] for row in placed],
                mode="markers",
                name="plants",
                marker={
                    "color": "#009E73",
                    "size": 5,
                    "symbol": "square",
                    "line": {"color": "#ffffff", "width": 0.5},
                },
                text=[
                    escaped(f"{row.get('name') or plain(row['facility'])} ({plain(row['stage'])})")
                    for row in placed
                ],
                hovertemplate="%{text}<extra></extra>",
            )
        )


def _draw_lanes(
    figure: go.Figure,
    changes: dict[tuple[str, str], float],
    places: dict[str, tuple[float, float]],
    unit: str,
    labels: Labels,
) -> None:
    drawable = {
        ends: change
        for ends, change in list(changes.items())[:MOST_LANES]
        if change and ends[0] in places and ends[1] in places
    }
    most = max((abs(change) for change in drawable.values()), default=0.0)
    shown: set[bool] = set()
    for (origin, destination), change in drawable.items():
        lons, lats = _arc(places[origin], places[destination])
        grew = change > 0
        colour = INSIDE if grew else SHRANK
        text = escaped(
            f"{labels.region(origin)} → {labels.region(destination)}: "
            f"{'+' if grew else '−'}{number_text(abs(change))} {unit} a month"
        )
        width = 1.0 + 5.0 * math.sqrt(abs(change) / most)
        figure.add_trace(
            go.Scatter(
                x=lons,
                y=lats,
                mode="lines",
                opacity=0.8,
                legendgroup=f"lanes{grew}",
                showlegend=grew not in shown,
                name="shipments that grew" if grew else "shipments that shrank",
                line={"color": colour, "width": width, "dash": "solid" if grew else "dot"},
                hovertemplate=text + "<extra></extra>",
                meta={"origin": origin, "destination": destination, "change": change},
            )
        )
        figure.add_annotation(
            x=lons[-1],
            y=lats[-1],
            ax=lons[-2],
            ay=lats[-2],
            axref="x",
            ayref="y",
            text="",
            showarrow=True,
            arrowhead=2,
            arrowsize=1.2,
            arrowwidth=max(width * 0.6, 1.2),
            arrowcolor=colour,
            opacity=0.9,
        )
        shown.add(grew)


def _arc(start: tuple[float, float], end: tuple[float, float]) -> tuple[list[float], list[float]]:
    """A bent line from start to end, in degrees on the flat map."""
    (x0, y0), (x1, y1) = start, end
    middle = ((x0 + x1) / 2 - BEND * (y1 - y0), (y0 + y1) / 2 + BEND * (x1 - x0))
    steps = [step / STEPS for step in range(STEPS + 1)]
    return (
        [(1 - t) ** 2 * x0 + 2 * t * (1 - t) * middle[0] + t**2 * x1 for t in steps],
        [(1 - t) ** 2 * y0 + 2 * t * (1 - t) * middle[1] + t**2 * y1 for t in steps],
    )


def _title(
    least: dict[str, Row], changes: dict[tuple[str, str], float], unit: str, month: str, labels: Labels
) -> str:
    parts = []
    first = worst(list(least.values()))
    if first is not None and first["value"] < CLASSES[-1][0]:
        hit = sum(row["value"] < CLASSES[-1][0] for row in least.values())
        parts.append(
            f"in {month}, {hit} of {len(least)} regions lack some element, {labels.region(first['region'])} "
            f"most "
            f"({percent_text(first['value'])} of normal use of {first['element']})"
        )
    else:
        parts.append(f"in {month} no region lacks any element")
    if changes and (change := next(iter(changes.values()))):
        origin, destination = next(iter(changes))
        parts.append(
            f"the largest change of shipments is {labels.region(origin)} → {labels.region(destination)}, "
            f"{'+' if change > 0 else '−'}{number_text(abs(change))} {unit} a month"
        )
    text = "; ".join(parts)
    return text[:1].upper() + text[1:] + "."
