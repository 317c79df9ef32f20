"""The chain as a Sankey picture: mine -> cracking -> separation -> metal -> magnet -> end use.

Two steps: `chain_links` balances each stage from outputs, trade and consumption; `chain_sankey`
draws what it finds.  Recycled streams run backwards and are left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from xenotime.figures.rows import Labels, Row, Rows
from xenotime.figures.style import REST, SERIES, escaped, finish, nothing, number_text

COLUMNS = ("mine", "cracking", "separation", "metal", "magnet", "end use")
END = len(COLUMNS) - 1
MATERIAL_COLUMN = {
    "concentrate": 0,
    "mixed_carbonate": 1,
    "separated_oxide": 2,
    "metal": 3,
    "alloy": 3,
    "sintered_magnet": 4,
}
MOST_GROUPS = 6  # groups of regions that can be told apart by colour; the others are drawn as one
FAINT = 0.002  # links below this share of the largest column are hairs nobody can see
GAP = 0.03  # between groups of a column, as a share of the height; about 10 of 340 pixels
OTHER = "other regions"

Node = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Link:
    """`value` moves from a group's stage to another's."""

    source: Node
    target: Node
    value: float


def stage_column(stage: str) -> int | None:
    """Column of a plant's stage or of the stage that makes a material; None when it is not drawn."""
    if stage in MATERIAL_COLUMN:
        return MATERIAL_COLUMN[stage]
    if stage.startswith("magnet"):
        return COLUMNS.index("magnet")
    return COLUMNS.index(stage) if stage in COLUMNS[:END] else None


def chain_links(
    outputs: Rows,
    flows: Rows,
    consumption: Rows,
    *,
    month: str,
    column: str,
    labels: Labels,
    shares: Mapping[str, float] | None = None,
) -> list[Link]:
    """Balance the stages of one month.

    Parameters
    ----------
    outputs : rows with `month`, `region`, `stage` or `material`, `value`, `baseline`
    flows, consumption : tables of the run document
    column : `value` (with the controls) or `baseline`
    shares : contained element per unit by material; None counts each stage's own tonnes

    What a group neither ships nor sells to end users goes to its next stage if it has one; if it
    has none, it is stock and is drawn with end use.
    """

    def amount(row: Row) -> float:
        share = 1.0 if shares is None else shares.get(row.get("material") or "", 0.0)
        return share * float(row[column] or 0.0)

    made: defaultdict[Node, float] = defaultdict(float)
    moved: defaultdict[tuple[int, str, str], float] = defaultdict(float)
    used: defaultdict[Node, float] = defaultdict(float)
    for row in outputs:
        stage = stage_column(labels.stage(row["material"]) if row.get("material") else row["stage"])
        if row["month"] == month and stage is not None:
            made[stage, labels.group(row["region"])] += amount(row)
    for row in flows:
        stage = stage_column(labels.stage(row["material"]))
        origin, destination = labels.group(row["origin"]), labels.group(row["destination"])
        if row["month"] == month and stage is not None and origin != destination:
            moved[stage, origin, destination] += amount(row)
    for row in consumption:
        stage = stage_column(labels.stage(row["material"]))
        if row["month"] == month and stage is not None:
            used[stage, labels.group(row["region"])] += amount(row)
    groups = sorted({group for _, group in (*made, *used)} | {end for _, *ends in moved for end in ends})
    return [
        link
        for stage in range(END)
        for group in groups
        for link in _links_into(stage, group, groups, made, moved, used)
        if link.value > 0
    ]


def _links_into(
    stage: int,
    group: str,
    groups: Sequence[str],
    made: Mapping[Node, float],
    moved: Mapping[tuple[int, str, str], float],
    used: Mapping[Node, float],
) -> list[Link]:
    """Links that end in `group` with what the plants of `stage` make anywhere."""
    shipped = sum(moved.get((stage, group, other), 0.0) for other in groups)
    pieces = {other: moved.get((stage, other, group), 0.0) for other in groups}
    pieces[group] = max(made.get((stage, group), 0.0) - shipped, 0.0)
    supply = sum(pieces.values())
    if supply <= 0:
        return []
    onward = stage + 1 < END and made.get((stage + 1, group), 0.0) > 0
    ended = min(used.get((stage, group), 0.0) / supply, 1.0) if onward else 1.0
    return [
        link
        for other, piece in pieces.items()
        for link in (
            Link((stage, other), (END, group), piece * ended),
            Link((stage, other), (stage + 1, group), piece * (1.0 - ended)),
        )
    ]


def main_groups(*pictures: Sequence[Link]) -> list[str]:
    """Groups drawn by name, most tonnes first, the same for all pictures to be compared."""
    weight: defaultdict[str, float] = defaultdict(float)
    for links in pictures:
        columns: defaultdict[int, float] = defaultdict(float)
        for link in links:
            columns[link.source[0]] += link.value
        for link in links:
            weight[link.source[1]] += link.value / columns[link.source[0]]
            weight[link.target[1]] += link.value / columns[link.source[0]]
    ordered = sorted(weight, key=lambda group: (-weight[group], group))
    return ordered if len(ordered) <= MOST_GROUPS + 1 else ordered[:MOST_GROUPS]


def chain_sankey(
    links: Sequence[Link],
    *,
    groups: Sequence[str],
    month: str,
    state: str,
    unit: str,
    before: Sequence[Link] = (),
) -> go.Figure:
    """Draw balanced links; `state` says which run, `unit` what the widths are per month.

    With `before` the title says what changed most against those links, otherwise where the chain
    is narrowest.
    """
    merged: defaultdict[tuple[Node, Node], float] = defaultdict(float)
    for link in links:
        ends = tuple(
            (stage, group if group in groups else OTHER) for stage, group in (link.source, link.target)
        )
        merged[ends[0], ends[1]] += link.value
    columns: defaultdict[int, float] = defaultdict(float)
    for (source, _), value in merged.items():
        columns[source[0]] += value
    if not columns:
        return nothing(f"{state}: nothing moves along the chain in {month}.")
    seen = {ends: value for ends, value in merged.items() if value >= FAINT * max(columns.values())}
    order = [*groups, OTHER]
    nodes = sorted({node for ends in seen for node in ends}, key=lambda node: (node[0], order.index(node[1])))
    colours = {group: SERIES[number] for number, group in enumerate(groups[: len(SERIES)])} | {OTHER: REST}
    index = {node: number for number, node in enumerate(nodes)}
    places = _places(nodes, seen)
    figure = go.Figure(
        go.Sankey(
            arrangement="fixed",
            node={
                "label": [escaped(group) for _, group in nodes],
                "x": [x for x, _ in places],
                "y": [y for _, y in places],
                "color": [colours[group] for _, group in nodes],
                "pad": 10,
                "thickness": 12,
                "line": {"width": 0},
                "customdata": [COLUMNS[stage] for stage, _ in nodes],
                "hovertemplate": "%{label}, %{customdata}: %{value:,.4s} "
                + escaped(unit)
                + "<extra></extra>",
            },
            link={
                "source": [index[source] for source, _ in seen],
                "target": [index[target] for _, target in seen],
                "value": list(seen.values()),
                "color": [_faded(colours[source[1]]) for source, _ in seen],
                "customdata": [[COLUMNS[source[0]], COLUMNS[target[0]]] for source, target in seen],
                "hovertemplate": "%{source.label} (%{customdata[0]}) → %{target.label} (%{customdata[1]}): "
                "%{value:,.4s} " + escaped(unit) + "<extra></extra>",
            },
            textfont={"size": 11, "shadow": "none"},
        )
    )
    for stage in sorted({stage for stage, _ in nodes}):
        figure.add_annotation(
            x=stage / END,
            y=1.0,
            xref="paper",
            yref="paper",
            yanchor="bottom",
            showarrow=False,
            yshift=8,
            xanchor="left" if stage == 0 else "right" if stage == END else "center",
            text=COLUMNS[stage],
            font={"size": 11},
        )
    finding = _change(links, before, unit) if before else _narrowest(seen, columns, unit)
    finish(figure, f"{state}, {month}: {finding}", height=440)
    figure.update_layout(margin={"t": figure.layout.margin.t + 24, "b": 24})
    return figure


def _narrowest(seen: Mapping[tuple[Node, Node], float], columns: Mapping[int, float], unit: str) -> str:
    """The narrowest place: the stage whose largest group holds most of it."""
    made: defaultdict[Node, float] = defaultdict(float)
    for (source, _), value in seen.items():
        made[source] += value
    stage, group = max(made, key=lambda node: made[node] / columns[node[0]])
    return (
        f"{group} holds {100 * made[stage, group] / columns[stage]:.0f} % of {COLUMNS[stage]} "
        f"({number_text(made[stage, group])} of {number_text(columns[stage])} {unit})."
    )


def _change(links: Sequence[Link], before: Sequence[Link], unit: str) -> str:
    """The link that changed most."""
    change: defaultdict[tuple[Node, Node], list[float]] = defaultdict(lambda: [0.0, 0.0])
    for state, members in enumerate((before, links)):
        for link in members:
            change[link.source, link.target][state] += link.value
    (source, target), (old, new) = max(change.items(), key=lambda item: abs(item[1][1] - item[1][0]))
    if old == new:
        return "nothing changes along the chain."
    verb = "falls" if new < old else "rises"
    return (
        f"what goes from {COLUMNS[source[0]]} in {source[1]} to {COLUMNS[target[0]]} in {target[1]} {verb} "
        f"from "
        f"{number_text(old)} to {number_text(new)} {unit}."
    )


def _places(nodes: Sequence[Node], links: Mapping[tuple[Node, Node], float]) -> list[tuple[float, float]]:
    """Fixed places, so that the same node sits at the same height order in both pictures."""
    into: defaultdict[Node, float] = defaultdict(float)
    out: defaultdict[Node, float] = defaultdict(float)
    for (source, target), value in links.items():
        out[source] += value
        into[target] += value
    size = {node: max(into[node], out[node]) for node in nodes}
    columns = [[size[node] for node in nodes if node[0] == stage] for stage in {stage for stage, _ in nodes}]
    # The height a unit gets is Plotly's own rule: the fullest column, gaps included, fills the picture.
    scale = min((1.0 - GAP * (len(sizes) - 1)) / sum(sizes) for sizes in columns)
    places = []
    for stage in sorted({stage for stage, _ in nodes}):
        members = [node for node in nodes if node[0] == stage]
        top = 0.0
        for node in members:
            # Plotly reads 0 as "not given", so the ends stay a hair inside.
            centre = min(max(top + size[node] * scale / 2, 0.001), 0.999)
            places.append((min(max(stage / END, 0.001), 0.999), centre))
            top += size[node] * scale + GAP
    return places


def _faded(colour: str) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.38)"
