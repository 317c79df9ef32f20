"""Write ``replay.md``: what buyers would have been told in February 2025 and August 2010, and what came.

Worlds, prices and the record are cut at the month; numbers about the buyer's own trade (lead times, costs of
actions) are today's graded assumptions.  Takes about ten minutes.  Not part of `make docs`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np

from xenotime.api import load_case, load_world
from xenotime.company_study import LUCKS, SEED, Wanted, base_month, choose_flows, expose
from xenotime.exposure.actions import changed
from xenotime.exposure.answer import Exposed
from xenotime.exposure.deliveries import Deliveries
from xenotime.exposure.elements import Setting
from xenotime.exposure.luck import Luck
from xenotime.exposure.plan import Plan, run_set
from xenotime.exposure.plant_file import PlantFile, example
from xenotime.exposure.ranking import Table, lost
from xenotime.exposure.scenes import Case, make_scene
from xenotime.facts.load import Facts, load_facts
from xenotime.months import month_number, month_range

PAGE = Path(__file__).with_name("replay.md")
COMPANY = (
    "elements",
    "assumptions",
    "lifetimes",
    "magnet_classes",
    "product_contents",
    "company_actions",
    "company_numbers",
)
DRAWS = 8  # of each feared case, over facts, behaviour and the ranges of its controls
COVERS, HELD, HELD_2010 = (4, 5, 6), 5, 8  # weeks
LISTED = ("NdFeB_H", "NdFeB_SH", "NdFeB_UH", "SmCo")


def known_at(month: str) -> Facts:
    """Facts of the month, with today's numbers about the buyer's own trade."""
    then, now = load_facts(month), load_facts()
    tables: Mapping[str, Any] = {**then.tables, **{name: now.tables[name] for name in COMPANY}}
    return Facts(MappingProxyType(dict(tables)), month)


@dataclass(frozen=True, slots=True)
class Told:
    """The parts of an answer with plants, none of them missing."""

    setting: Setting
    plants: PlantFile
    today: date
    table: Table
    plan: Plan


def told(found: Exposed) -> Told:
    """The answer's parts; raises ValueError where it was asked without plants."""
    plants, today, table, plan = found.plants, found.today, found.table, found.plan
    if plants is None or today is None or table is None or plan is None:
        raise ValueError("an answer without plants has no lines to replay")
    return Told(found.setting, plants, today, table, plan)


def asked(name: str, cases: tuple[str, ...], month: str) -> Told:
    """The example under the cases it could fear."""
    folder = example(name)
    if folder is None:
        raise ValueError(f"no example {name}")
    own = [load_case(folder / f"{case}.toml") for case in cases]
    wanted = Wanted(draws=DRAWS)
    return told(
        expose(folder / "bill.csv", folder / "plants.toml", own, wanted=wanted, facts=known_at(month))
    )


def odds_rows(found: Told, cover: int, held: int) -> Iterator[str]:
    """Odds and dates of a stop by case, with `cover` weeks of the first part instead of `held`."""
    for scene in found.table.scenes:
        stock = scene.stock.copy()
        stock[:, 0] += cover - held
        ran = scene.run(stock=stock)
        weeks = ran.made.shape[1]
        ends = np.percentile(ran.stop, (5, 50, 95), method="inverted_cdf")
        days = [day_of(found.today, int(week)) if week < weeks else "no stop" for week in ends]
        units = ran.short().mean() * scene.line.entry.units_per_week
        yield (
            f"| {cover} | {scene.case} | {(ran.stop < weeks).mean():.0%} | {days[1]} | {days[0]} to "
            f"{days[2]} | "
            f"{units:,.0f} | {lost(scene, ran).mean() / 1e6:.1f} |"
        )


def day_of(today: date, week: int) -> str:
    return str(date.fromordinal(today.toordinal() + 7 * week))


def plan_lines(found: Told) -> Iterator[str]:
    """The plan as it would have been told."""
    yield f"Cost {found.plan.cost:,.0f} USD of a budget of {found.plan.budget:,.0f} USD:\n"
    for option in found.plan.options:
        row = option.row
        yield (
            f"- {option.words}: {option.cost:,.0f} USD, {row.low:g} to {row.high:g} weeks, odds "
            f"{row.odds:g}; "
            f"must agree: {row.agree}"
        )


def shipped_2025() -> tuple[Deliveries, str]:
    """What left China for Germany in 2025, from customs totals, for no series of the listed goods is known.

    The whole fall of exports of magnets is laid on the listed grades, a known part of them in the base month.
    """
    months = month_range("2025-01", 15)
    rows = {
        row.period: row.value
        for row in load_facts().rows("observed_exports")
        if (row.product, row.destination) == ("magnets", "WLD") and len(row.period) == 7
    }
    normal = next(r.level for r in load_facts().rows("normal_flows") if r.series == "exports/magnets/CHN/WLD")
    base = base_month(load_world("2025-02"), "2025-01")
    network, flow = base.program.network, base.amount("lane")
    out = {True: 0.0, False: 0.0}
    for lane, (_, material, origin, _) in enumerate(network.lanes.label):
        goes = network.nodes[network.lanes.destination[lane]][1]
        if origin == "CHN" != goes and material.startswith(("NdFeB", "SmCo")):
            out[material in LISTED] += float(flow[lane])
    part = out[True] / (out[True] + out[False])
    share = np.ones(len(months))
    for place, month in enumerate(months):
        if month in rows and month >= "2025-04":
            share[place] = np.clip(1 - (1 - rows[month] / normal) / part, 0.0, 1.0)
    text = ", ".join(f"{m} {s:.0%}" for m, s in zip(months[3:12], share[3:12], strict=True))
    ones = np.ones(len(months))
    sent = {(material, "CHN", "DEU"): share for material in LISTED}
    landed = np.concatenate([share[:1], share[:-1]])  # six weeks at sea: what users receive is a month behind
    got = {(material, "DEU", "ev_traction"): landed for material in ("NdFeB_H", "NdFeB_SH")}
    made = {(material, place): ones for material in (*LISTED, "NdFeB_N") for place in ("JPN", "CHN")}
    held = {(material, "CHN"): 3 for material in LISTED}
    return Deliveries(months, got, sent, made, held), f"{part:.0%}|{text}"


def shipped_2010() -> Deliveries:
    """Shipments to Japan as reported: nothing from 21 September to 20 November 2010."""
    months = month_range("2010-07", 14)
    share = np.ones(len(months))
    for month, part in (("2010-09", 2 / 3), ("2010-10", 0.0), ("2010-11", 1 / 3)):
        share[month_number(month) - month_number(months[0])] = part
    names = ("NdPr_metal", "DyFe_alloy", "Dy_oxide", "NdPr_oxide")
    return Deliveries(
        months,
        {(name, "JPN", "ev_traction"): share for name in names},
        {(name, "CHN", "JPN"): share for name in names},
        {},
        {(name, "CHN"): 2 for name in names},
    )


def against(found: Told, runs: Deliveries, name: str) -> tuple[float, float, float, str, str]:
    """Loss without and with the plan under what came, its cost, and the middle stop without and with it."""
    facts, weeks = found.setting.facts, found.plants.weeks
    luck = Luck(LUCKS, SEED, found.table.luck.numbers)
    case = Case(name, (runs,))
    lines = tuple(scene.line for scene in found.table.of(found.table.cases()[0]))
    scenes = tuple(make_scene(n, line, case, found.today, weeks, luck, facts) for n, line in enumerate(lines))
    table = Table(scenes, luck)
    flows = choose_flows(table, (case,), found.today, weeks)
    for option in found.plan.options:
        scene = scenes[option.place]
        other, light = flows[name, option.place, option.part]
        table.arriving[option.name, name] = changed(option, scene, other, light, luck)
    plain = [scene.run() for scene in scenes]
    before = sum(float(lost(s, r).mean()) for s, r in zip(scenes, plain, strict=True))
    done = run_set(table, found.plan.options, None, 0.0)
    first = [float(np.median(r.stop)) for r in plain]
    after = [
        float(np.median(r.stop))
        for r in (scene.run(arriving=arriving) for scene, arriving in with_plan(table, found.plan.options))
    ]
    words = [
        day_of(found.today, int(min(stops))) if min(stops) < weeks else "no stop" for stops in (first, after)
    ]
    return before, done.loss[name], done.cost, words[0], words[1]


def with_plan(table: Table, options: tuple[Any, ...]) -> Iterator[tuple[Any, Any]]:
    for scene in table.scenes:
        arriving = scene.arriving.copy()
        for option in options:
            if option.place == scene.place:
                more = table.arriving[option.name, scene.case] - scene.arriving[:, :, option.part]
                arriving[:, :, option.part] += more
        yield scene, np.maximum(arriving, 0.0)


HEAD = (
    "| weeks held | control | odds of a stop | middle date | nine in ten | units lost | "
    "margin lost, million USD |"
)
RULE = "|---|---|---|---|---|---|---|"


def page() -> str:
    """The whole page."""
    fears = ("feared-licence", "feared-stop", "feared-quota")
    found = asked("motor-maker", fears, "2025-02")
    runs, share = shipped_2025()
    part, months = share.split("|")
    before, after, cost, first, then = against(found, runs, "2025 as shipped")
    old = asked("magnet-maker-2010", ("feared-quota",), "2010-08")
    before10, after10, cost10, first10, then10 = against(old, shipped_2010(), "2010 as shipped")
    rows = [row for cover in COVERS for row in odds_rows(found, cover, HELD)]
    parts = [
        (Path(__file__).with_name("replay.head.md")).read_text("utf-8").rstrip(),
        "\n".join([HEAD, RULE, *rows]),
        "### The plan, at five weeks of cover\n\n" + "\n".join(plan_lines(found)),
        "### What came\n\n"
        "The licences of 4 April 2025 are in none of the above. Exports of magnets fell to half in "
        "April and a "
        "quarter in May, and were back in July. No series of the listed grades to one country is "
        "known. If all "
        f"of the fall is laid on the listed grades ({part} of exports of magnets in the base month), "
        "they were, of "
        f"normal: {months}. With this in place of a run, the buyer with five weeks of cover:\n\n"
        "| | without the plan | with it |\n|---|---|---|\n"
        f"| middle date of the first stop | {first} | {then} |\n"
        f"| margin lost, million USD | {before / 1e6:.2f} | {after / 1e6:.2f} |\n"
        f"| cost of the plan, million USD | – | {cost / 1e6:.2f} |\n\n"
        f"**The plan {'paid' if before - after > cost else 'did not pay'}**: it saved "
        f"{(before - after) / 1e6:.2f} "
        f"million USD for {cost / 1e6:.2f} million.",
        (Path(__file__).with_name("replay.verdict.md")).read_text("utf-8").rstrip(),
        "## August 2010: a magnet maker in Japan\n\n"
        "World of June 2010, record to August 2010: the list of 8 July cut the year's quota by 40 %. "
        "Eight weeks "
        "of cover, ten days of sea. A stop to one country had no precedent and was not feared.\n\n"
        + "\n".join([HEAD, RULE, *odds_rows(old, HELD_2010, HELD_2010)])
        + "\n\n### The plan\n\n"
        + "\n".join(plan_lines(old))
        + "\n\n### What came\n\nShipments to Japan stood still from 21 September to 20 November 2010 and the "
        "quota "
        "of 2011 was half used. Under that:\n\n"
        "| | without the plan | with it |\n|---|---|---|\n"
        f"| middle date of the first stop | {first10} | {then10} |\n"
        f"| margin lost, million USD | {before10 / 1e6:.2f} | {after10 / 1e6:.2f} |\n"
        f"| cost of the plan, million USD | – | {cost10 / 1e6:.2f} |\n\n"
        f"**The plan {'paid' if before10 - after10 > cost10 else 'did not pay'}**: it saved "
        f"{(before10 - after10) / 1e6:.2f} million USD for {cost10 / 1e6:.2f} million.",
        (Path(__file__).with_name("replay.end.md")).read_text("utf-8").rstrip(),
    ]
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"wrote {PAGE.name}")
