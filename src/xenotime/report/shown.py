"""One element in the base month of a world: who brings it, who makes what of it, who uses it."""

from __future__ import annotations

from rich.console import Console

from xenotime.errors import one_problem
from xenotime.market.clearing import Clearing
from xenotime.report.terminal import show_rows
from xenotime.world.problems import suggestion
from xenotime.world.world import World

SHOWN = 12


def show_element(console: Console, name: str, world: World, clearing: Clearing) -> None:
    """Print the contained tonnes of an element (or the tonnes of a material) per stage, plant and user.

    Raises InputProblems for a name the world does not have.
    """
    share = {row.material: row.share for row in world.contents if row.element == name}
    if not share:
        share = {row.material: 1.0 for row in world.materials if row.material == name}
    if not share:
        known = {row.element for row in world.contents} | {row.material for row in world.materials}
        raise one_problem(
            "unknown-name",
            "world show",
            repr(name),
            "an element or material of this world",
            suggestion(name, known, "see `xenotime facts`"),
        )
    flows: dict[str, float] = {}
    for row in world.recipes:
        flows[row.recipe] = flows.get(row.recipe, 0.0) + max(row.amount, 0.0) * share.get(row.material, 0.0)
    stage = {row.material: row.stage for row in world.materials}
    made_in: dict[str, str] = {}
    for row in world.recipes:
        if row.amount > 0 and row.material in share:
            made_in[row.recipe] = stage.get(row.material, "")
    made = sorted(
        (
            (flows[row["recipe"]] * row["value"], made_in[row["recipe"]], row["facility"], row["region"])
            for row in clearing.table("activities")
            if row["recipe"] in made_in and row["value"] > 0
        ),
        reverse=True,
    )
    for name_of_stage in dict.fromkeys(stage.values()):
        rows = [(plant, region, amount) for amount, at, plant, region in made if at == name_of_stage]
        if rows:
            total = sum(amount for *_, amount in rows)
            show_rows(
                console,
                f"\n{name_of_stage}: {total:,.3g} t contained per month",
                ("facility", "region", "t/month"),
                rows[:SHOWN],
            )
    used = sorted(
        (
            (share[row["material"]] * row["value"], row["material"], row["region"], row["sector"])
            for row in clearing.table("consumption")
            if row["material"] in share
        ),
        reverse=True,
    )
    show_rows(
        console,
        f"\nused: {sum(u[0] for u in used):,.3g} t contained per month, largest users",
        ("material", "region", "sector", "t/month"),
        [(m, r, s, amount) for amount, m, r, s in used[:SHOWN]],
    )
    prices = [row for row in clearing.table("prices") if row["material"] in share and row["determined"]]
    prices.sort(key=lambda row: -row["volume"] * share[row["material"]])
    show_rows(
        console,
        "\nprices, by tonnes behind them",
        ("material", "region", "USD/unit", "t/month"),
        [(row["material"], row["region"], row["value"], row["volume"]) for row in prices[:SHOWN]],
    )
