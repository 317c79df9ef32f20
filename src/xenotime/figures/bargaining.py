"""The bargaining set of two players: feasible payoffs, disagreement, equilibria, points of agreement."""

from __future__ import annotations

import plotly.graph_objects as go

from xenotime.figures.rows import Row, Rows
from xenotime.figures.style import GRID, INK, INSIDE, MUTED, OUTSIDE, SERIES, escaped, finish, nothing

ROOM = 0.08  # around what is drawn, as a part of it
MARKS = {"disagreement": "x", "nash": "star", "kalai-smorodinsky": "diamond", "most each could have": "cross"}


def bargaining_set(
    feasible: Rows, points: Rows, equilibria: Rows, players: tuple[str, str], title: str, unit: str
) -> go.Figure:
    """Payoffs of both players by combination of moves, their hull, and what is marked in it."""
    if not feasible:
        return nothing(title)
    at = [(row["payoffs"][players[0]], row["payoffs"][players[1]]) for row in feasible]
    figure = go.Figure()
    hull = convex_hull(at)
    figure.add_trace(
        go.Scatter(
            x=[x for x, _ in (*hull, hull[0])],
            y=[y for _, y in (*hull, hull[0])],
            fill="toself",
            fillcolor=GRID,
            line={"color": MUTED, "width": 1},
            mode="lines",
            name="what can be agreed",
            hoverinfo="skip",
        )
    )
    figure.add_trace(
        go.Scatter(
            x=[x for x, _ in at],
            y=[y for _, y in at],
            mode="markers+text",
            text=[escaped(" / ".join(row["moves"])) for row in feasible],
            textposition="top center",
            textfont={"size": 11, "color": MUTED},
            marker={"color": INSIDE, "size": 8},
            name="combination of moves",
            hovertemplate="%{text}: %{x:,.3s}, %{y:,.3s}<extra></extra>",
        )
    )
    _mark(figure, [(row["point"], row["payoffs"]) for row in points], players)
    if equilibria:
        figure.add_trace(
            go.Scatter(
                x=[row["payoffs"][players[0]] for row in equilibria],
                y=[row["payoffs"][players[1]] for row in equilibria],
                mode="markers",
                marker={"symbol": "circle-open", "size": 18, "color": OUTSIDE, "line": {"width": 2}},
                name="equilibrium",
                hovertemplate="equilibrium: %{x:,.3s}, %{y:,.3s}<extra></extra>",
            )
        )
    figure.update_xaxes(title_text=f"{escaped(players[0])}, {unit}", color=INK)
    figure.update_yaxes(title_text=f"{escaped(players[1])}, {unit}", color=INK)
    figure.update_layout(legend={"orientation": "h", "y": -0.18, "yanchor": "top", "x": 0})
    return finish(figure, title, height=520)


def _mark(figure: go.Figure, points: list[tuple[str, Row]], players: tuple[str, str]) -> None:
    for number, (name, payoffs) in enumerate(points):
        figure.add_trace(
            go.Scatter(
                x=[payoffs[players[0]]],
                y=[payoffs[players[1]]],
                mode="markers",
                name=name,
                marker={
                    "symbol": MARKS.get(name, "square"),
                    "size": 13,
                    "color": SERIES[(number + 3) % len(SERIES)],
                },
                hovertemplate=f"{escaped(name)}: %{{x:,.3s}}, %{{y:,.3s}}<extra></extra>",
            )
        )


def weight_regions(rows: Rows, players: Rows, title: str, unit: str) -> go.Figure:
    """Rectangles of two players' weights in which combinations of moves are equilibria.

    rows : moves and region (a range of each player's weight; None is no end);  players : with their weights
    """
    drawn = [row for row in rows if row["moves"]]
    if not drawn:
        return nothing(title)
    spans = [_span(drawn, player) for player in players]
    figure = go.Figure()
    for number, row in enumerate(drawn):
        (left, right), (bottom, top) = (
            _clipped(row["region"], player, span) for player, span in zip(players, spans, strict=True)
        )
        figure.add_trace(
            go.Scatter(
                x=[left, right, right, left, left],
                y=[bottom, bottom, top, top, bottom],
                fill="toself",
                mode="lines",
                line={"color": SERIES[number % len(SERIES)], "width": 2},
                opacity=0.6,
                name=escaped(" / ".join(row["moves"])),
                hoverinfo="name",
            )
        )
    figure.add_trace(
        go.Scatter(
            x=[players[0]["weight"]],
            y=[players[1]["weight"]],
            mode="markers",
            name="weights assumed",
            marker={"symbol": "x", "size": 13, "color": INK},
        )
    )
    for axis, player, span in zip((figure.update_xaxes, figure.update_yaxes), players, spans, strict=True):
        axis(title_text=f"a visible win, {escaped(player['player'])}, {unit}", range=list(span), color=INK)
    figure.update_layout(legend={"orientation": "h", "y": -0.2, "yanchor": "top", "x": 0})
    return finish(figure, title, height=460)


def _span(rows: Rows, player: Row) -> tuple[float, float]:
    """Weights worth drawing: the range stated, and every end of a region with some room around it."""
    ends = [
        float(part[name])
        for row in rows
        for part in row["region"]
        if part["player"] == player["player"]
        for name in ("weight_from", "weight_to")
        if part[name] is not None
    ]
    stated = [float(player[n]) for n in ("weight", "weight_low", "weight_high") if player[n] is not None]
    low, high = min(*ends, *stated, 0.0), max(*ends, *stated, 0.0)
    room = ROOM * ((high - low) or 1.0)
    return low - room, high + room


def _clipped(region: Rows, player: Row, span: tuple[float, float]) -> tuple[float, float]:
    parts = [part for part in region if part["player"] == player["player"]]
    low = min(
        (span[0] if part["weight_from"] is None else part["weight_from"] for part in parts), default=span[0]
    )
    high = max(
        (span[1] if part["weight_to"] is None else part["weight_to"] for part in parts), default=span[1]
    )
    return max(low, span[0]), min(high, span[1])


def convex_hull(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Corners of the convex hull, counter-clockwise (Andrew's monotone chain)."""
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ordered

    def half(run: list[tuple[float, float]]) -> list[tuple[float, float]]:
        kept: list[tuple[float, float]] = []
        for x, y in run:
            while len(kept) > 1:
                (ax, ay), (bx, by) = kept[-2], kept[-1]
                if (bx - ax) * (y - ay) - (by - ay) * (x - ax) > 0:
                    break
                kept.pop()
            kept.append((x, y))
        return kept[:-1]

    return half(ordered) + half(ordered[::-1])


def clause_worth(rows: Rows, players: tuple[str, ...], title: str, unit: str) -> go.Figure:
    """What each clause is worth to each player, as bars beside each other (table ``clauses``)."""
    if not rows:
        return nothing(title)
    figure = go.Figure()
    for number, player in enumerate(players):
        figure.add_trace(
            go.Bar(
                y=[escaped(row["clause"]) for row in rows],
                x=[row["worth"][player] for row in rows],
                name=escaped(player),
                orientation="h",
                marker={"color": SERIES[number % len(SERIES)]},
                hovertemplate="%{y}: %{x:,.3s}<extra>" + escaped(player) + "</extra>",
            )
        )
    figure.update_xaxes(title_text=unit, color=INK)
    figure.update_yaxes(autorange="reversed", color=INK)
    figure.update_layout(barmode="group", legend={"orientation": "h", "y": -0.25, "x": 0})
    return finish(figure, title, height=160 + 50 * len(rows))
