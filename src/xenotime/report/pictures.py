"""Which pictures the page shows of a run, and the chooser pictures a reader can ask for."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go
from plotly.utils import PlotlyJSONEncoder

from xenotime.figures import (
    availability_months,
    availability_worst,
    chain_links,
    chain_sankey,
    control_marks,
    main_groups,
    price_overview,
    price_paths,
    rents_by_month,
    shortage_by_sector,
    world_map,
)
from xenotime.figures.availability import worst
from xenotime.figures.rents import rent_kinds
from xenotime.figures.rows import Row, Rows, grouped, material_marks, plain, total
from xenotime.report.findings import Findings

SHOWN_PRICES = 6  # price paths drawn without being asked for
CHOOSER_BYTES = 3_500_000  # what the choosable pictures may add to the page


@dataclass(frozen=True, slots=True)
class Picture:
    """One figure of the page: a name unique in it, the finding as caption, the Plotly JSON."""

    name: str
    caption: str
    payload: str
    height: int
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """Pictures of one kind among which the reader chooses, by label; `left_out` did not fit."""

    name: str
    prompt: str
    pictures: tuple[tuple[str, Picture], ...]
    left_out: tuple[str, ...] = ()


def picture(name: str, figure: go.Figure, *, wide: bool = False) -> Picture:
    """Take the finding out of the figure (the page wraps it better) and write the rest as JSON."""
    content = figure.to_plotly_json()
    layout = content["layout"]
    title = html.unescape(layout.pop("title")["text"].replace("<br>", " "))
    layout["margin"] = {**layout["margin"], "t": 34}
    payload = json.dumps(content, cls=PlotlyJSONEncoder, separators=(",", ":"), ensure_ascii=False)
    return Picture(name, title, payload, int(layout["height"]), wide)


def price_pictures(data: dict[str, Any], found: Findings) -> tuple[list[Picture], Choice]:
    """The overview and the paths that matter most, and a chooser for every other material."""
    prices = grouped(data["prices"], "material")
    moved = [*found.pairs, *(material for (material,) in prices if material not in found.pairs)]
    first = main_prices(found, list(found.moved or found.pairs))

    def paths(material: str, name: str) -> Picture:
        return picture(
            name,
            price_paths(
                prices[material,],
                material,
                inside=found.inside,
                labels=found.labels,
                marks=material_marks(data["controls"], material, found.months),
            ),
        )

    shown = [
        picture("price-overview", price_overview(data["prices"], inside=found.inside, labels=found.labels))
    ]
    shown += [paths(material, f"price-{number}") for number, material in enumerate(first, 1)]
    rest = (
        (found.labels.material(material), paths(material, f"any-price-{number}"))
        for number, material in enumerate(moved)
    )
    return shown, _chosen(
        "any-price", "Price of", rest, [found.labels.material(material) for material in moved]
    )


def main_prices(found: Findings, materials: list[str]) -> list[str]:
    """The furthest-moving material of each stage in turn, controlled ones first.

    Taken by size alone, six oxides would hide what happens to metals and magnets.
    """
    ordered = sorted(materials, key=lambda material: material not in found.controlled)
    turn: dict[str, int] = {}
    place: dict[str, int] = {}
    for material in ordered:
        stage = found.labels.stage(material)
        place[material] = turn.get(stage, 0)
        turn[stage] = place[material] + 1
    rank = {material: (material not in found.controlled, place[material]) for material in ordered}
    return sorted(ordered, key=lambda material: rank[material])[:SHOWN_PRICES]


def _chosen(name: str, prompt: str, pictures: Iterable[tuple[str, Picture]], labels: list[str]) -> Choice:
    """Pictures in order until the page would grow too large."""
    taken: list[tuple[str, Picture]] = []
    size = 0
    for label, made in pictures:
        size += len(made.payload)
        if size > CHOOSER_BYTES:
            break
        taken.append((label, made))
    return Choice(name, prompt, tuple(taken), tuple(labels[len(taken) :]))


def availability_pictures(data: dict[str, Any], found: Findings) -> tuple[list[Picture], Choice]:
    """Worst month by element and region, and the months of any element, worst-hit element first."""
    rows: Rows = data["availability"]
    least = {
        element: row["value"]
        for (element,), members in grouped(rows, "element").items()
        if (row := worst(members)) is not None
    }
    elements = sorted(least, key=lambda element: least[element])
    made = (
        (
            element,
            picture(f"any-availability-{number}", availability_months(rows, element, labels=found.labels)),
        )
        for number, element in enumerate(elements)
    )
    shown = [picture("availability", availability_worst(rows, labels=found.labels))]
    return shown, _chosen("any-availability", "Months of", made, elements)


def chain_pictures(data: dict[str, Any], found: Findings) -> list[Picture]:
    """The chain in the hardest month without and with the controls, in contained element where known."""
    month = found.hardest
    outputs: Rows = data.get("production") or data["activities"]
    element, shares = _element_shares(data, found)
    pictures: dict[str, Any] = {
        state: chain_links(
            outputs,
            data["flows"],
            data["consumption"],
            month=month,
            column=column,
            labels=found.labels,
            shares=shares,
        )
        for column, state in (("baseline", "Without the control"), ("value", "With the control"))
    }
    groups = main_groups(*pictures.values())
    unit = f"t {element} contained" if shares else "t of each stage's own product"
    return [
        picture(
            f"chain-{number}",
            chain_sankey(
                links,
                groups=groups,
                month=month,
                state=state,
                unit=unit,
                before=pictures["Without the control"] if number > 1 else (),
            ),
            wide=True,
        )
        for number, (state, links) in enumerate(pictures.items(), 1)
    ]


def _element_shares(data: dict[str, Any], found: Findings) -> tuple[str, Mapping[str, float] | None]:
    """Content of the worst-hit element by material, if the document tells outputs and contents."""
    if not (data.get("production") and data.get("contents") and found.least):
        return "", None
    element = found.least[0]["element"]
    shares = {row["material"]: float(row["share"]) for row in data["contents"] if row["element"] == element}
    return (element, shares) if shares else ("", None)


def map_picture(data: dict[str, Any], found: Findings) -> Picture:
    """The hardest month on the map: controlled materials if any, else everything that moves."""
    materials = found.controlled or frozenset(row["material"] for row in data["materials"])
    return picture(
        "map",
        world_map(
            data["regions"],
            data["availability"],
            data["flows"],
            month=found.hardest,
            materials=materials,
            labels=found.labels,
            facilities=data.get("facilities", []),
        ),
    )


def rent_pictures(data: dict[str, Any], found: Findings) -> list[Picture]:
    """One picture per kind of rent that is paid."""
    marks = control_marks(data["controls"], found.months)
    kinds = [kind for kind in rent_kinds(data["rents"]) if any(key[0] == kind for key in found.rents)]
    return [
        picture(
            f"rent-{number}",
            rents_by_month(data["rents"], labels=found.labels, months=found.months, marks=marks, kind=kind),
        )
        for number, kind in enumerate(kinds, 1)
    ]


def shortage_pictures(data: dict[str, Any], found: Findings) -> list[Picture]:
    """One picture per stage that falls short, so that oxide is never added to magnets."""
    marks = control_marks(data["controls"], found.months)
    rows: list[Row] = [row for row in data["shortfalls"] if row["value"]]
    by_stage: dict[str, set[str]] = {}
    for row in rows:
        by_stage.setdefault(found.labels.stage(row["material"]) or "materials", set()).add(row["material"])
    return [
        picture(
            f"shortage-{number}",
            shortage_by_sector(
                rows,
                labels=found.labels,
                months=found.months,
                materials=materials,
                what=plain(stage),
                marks=marks,
            ),
        )
        for number, (stage, materials) in enumerate(
            sorted(
                by_stage.items(), key=lambda item: -total([row for row in rows if row["material"] in item[1]])
            ),
            1,
        )
    ]
