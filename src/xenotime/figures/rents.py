"""Rents: who is paid for scarcity, month by month."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from xenotime.figures.rows import Labels, Mark, Rows, grouped, plain, total
from xenotime.figures.style import (
    REST,
    colours_of,
    draw_marks,
    escaped,
    finish,
    money_text,
    month_axis,
    nothing,
)


def rent_totals(rents: Rows) -> dict[tuple[str, str, str], float]:
    """Sum of amounts by (kind, name, recipient), largest first."""
    sums = {
        (key[0], key[1], key[2]): total(rows, "amount")
        for key, rows in grouped(rents, "kind", "name", "recipient").items()
    }
    return dict(sorted(sums.items(), key=lambda item: -abs(item[1])))


def kind_words(kind: str) -> str:
    """A kind of rent in words: ``control`` -> ``control rent``."""
    words = plain(kind)
    return words if words.endswith("rent") else f"{words} rent"


def rents_by_month(
    rents: Rows, *, labels: Labels, months: Sequence[str], marks: Sequence[Mark] = (), kind: str = ""
) -> go.Figure:
    """Stacked bars of amounts by name and recipient, USD per month.

    `kind` limits the picture to one kind of rent; blank draws all.
    """
    rows = [row for row in rents if kind in ("", row["kind"])]
    what = kind_words(kind) if kind else "rent"
    sums = {key: amount for key, amount in rent_totals(rows).items() if amount}
    if not sums:
        return nothing(f"No {what} is paid in any month.")
    figure = go.Figure()
    paid: dict[tuple[str, ...], dict[str, float]] = {}
    for month, members in grouped(rows, "month").items():
        for key, cells in grouped(members, "kind", "name", "recipient").items():
            paid.setdefault(tuple(key), {})[month[0]] = total(cells, "amount")
    colours, rest = colours_of(list(sums))
    for key, colour in colours.items():
        text = f"{plain(key[1])} → {labels.region(key[2])}"
        figure.add_trace(
            go.Bar(
                x=list(months),
                y=[paid[key].get(month, 0.0) for month in months],
                name=escaped(text),
                marker={"color": colour},
                meta={"kind": key[0], "name": key[1], "recipient": key[2]},
                hovertemplate=escaped(f"{text} ({kind_words(key[0])})")
                + "<br>%{x}: %{y:,.4s} USD<extra></extra>",
            )
        )
    if rest:
        figure.add_trace(
            go.Bar(
                x=list(months),
                y=[sum(paid[key].get(month, 0.0) for key in rest) for month in months],
                name=f"{len(rest)} smaller ones",
                marker={"color": REST},
                meta={"kind": "", "name": "", "recipient": ""},
                hovertemplate=f"{len(rest)} smaller ones<br>%{{x}}: %{{y:,.4s}} USD<extra></extra>",
            )
        )
    draw_marks(figure, marks)
    figure.update_layout(
        barmode="relative",
        bargap=0.15,
        showlegend=True,
        legend={"orientation": "h", "y": -0.17, "yanchor": "top", "x": 0, "font": {"size": 12}},
    )
    month_axis(figure, months)
    figure.update_yaxes(title_text="paid, USD per month", exponentformat="SI")
    (first_kind, name, recipient), amount = next(iter(sums.items()))
    title = (
        f"The largest {what} is {'' if kind else f'the {kind_words(first_kind)} '}“{plain(name)}”: "
        f"{money_text(amount)} USD over "
        f"{len(months)} months, to {labels.region(recipient)}."
    )
    return finish(figure, title, height=430)


def rent_kinds(rents: Rows) -> list[str]:
    """Kinds of rent in the table, largest sum first."""
    sums = {kind: total(rows, "amount") for (kind,), rows in grouped(rents, "kind").items()}
    return sorted(sums, key=lambda kind: -abs(sums[kind]))
