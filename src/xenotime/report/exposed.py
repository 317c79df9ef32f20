"""A company's exposure as one JSON document: elements, licences with their reason, lines by week,
actions, plan.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import numpy as np

from xenotime.exposure.answer import Exposed
from xenotime.exposure.contents import HIGH, LOW, MIDDLE
from xenotime.exposure.elements import Group, element_rows, element_worth_of, group_findings
from xenotime.exposure.licences import Finding
from xenotime.exposure.ranking import Weighed, lost
from xenotime.exposure.scenes import Scene
from xenotime.exposure.weeks import MONTH, Ran
from xenotime.report.envelope import Row, envelope

LOW_SHARE, HIGH_SHARE = 5, 95  # per cent of draws below the range told, and below its upper end
TRACES = 300  # reasons that are told one by one, the dearest first
UNREAD = 25  # texts nobody could read that are named, the heaviest first
DAYS = 7
WEEKS_IN_YEAR = 365.25 / 7


def exposure_document(found: Exposed) -> Row:
    """The document of kind ``exposure``."""
    reasons = [(group, group_findings(group, found.setting)) for group in found.groups]
    data: Row = {
        "at": found.at,
        "title": (found.plants.title if found.plants is not None else "") or found.held.bill.file,
        "bill": _bill(found),
        "elements": list(_elements(found)),
        "goods": list(_goods(found)),
        "licences": list(_licences(found, reasons)),
        "traces": list(_traces(found, reasons)),
        "unread": list(_unread(found)),
        "suppliers": [
            {"supplier": item.supplier, "region": item.region, "plants": "; ".join(item.plants)}
            for item in found.held.bill.suppliers
        ],
        "cases": _cases(found),
        "draws": found.draws,
        "lines": list(_lines(found)),
        "stops": list(_stops(found)),
        "parts": list(_parts(found)),
        "actions": list(_actions(found)),
        "plan": _plan(found),
        "numbers": _numbers(found),
    }
    return envelope("exposure", found.key, data, list(_warnings(found)))


def _bill(found: Exposed) -> Row:
    bill = found.held.bill
    read = np.array([good.read for good in found.held.goods])[found.held.good]
    return {
        "file": bill.file,
        "lines": len(bill),
        "lines_with_elements": len(found.held.lines),
        "families": list(_families(found)),
        "assemblies": bill.assemblies,
        "lines_not_read": int((~read & (bill.pieces > 0)).sum()),
        "columns_left_aside": list(bill.aside),
        "products": [name for name in bill.texts["product"].names if name],
    }


def _families(found: Exposed) -> tuple[str, ...]:
    """What the elements of the bill are counted among; all that was looked for where it holds none."""
    families = {row.element: row.family for row in found.setting.facts.rows("elements")}
    elements = found.setting.contents.elements
    held = [group.good.shares[:, HIGH] > 0 for group in found.groups]
    inside = [symbol for at, symbol in enumerate(elements) if any(shares[at] for shares in held)]
    return tuple(dict.fromkeys(families[symbol] for symbol in inside or elements))


def _units(found: Exposed) -> dict[tuple[str, str], float]:
    """Units a year of each plant and product, as the lines make them."""
    made: dict[tuple[str, str], float] = {}
    if found.plants is not None:
        for entry in found.plants.line:
            plant = entry.plant or found.plants.plant[0].plant
            for place in {plant, ""}:
                key = (place, entry.product)
                made[key] = made.get(key, 0.0) + entry.units_per_week * WEEKS_IN_YEAR
    return made


def _elements(found: Exposed) -> Iterator[Row]:
    made = _units(found)
    for row in element_rows(found.groups, found.setting):
        units = made.get((row["plant"], row["product"]))
        yearly = {
            "kg_per_year": None if units is None else row["value"] * units / 1000,
            "usd_per_year": None if units is None else row["usd"] * units,
        }
        yield row | yearly


def _goods(found: Exposed) -> Iterator[Row]:
    sums: dict[str, list[Any]] = {}
    for group in found.groups:
        row = sums.setdefault(group.good.name, [group.good, 0, np.zeros(3)])
        row[1] += group.lines
        row[2] = row[2] + np.array(group.grams)
    for name, (good, lines, grams) in sums.items():
        yield {
            "good": name,
            "stage": good.stage,
            "market": good.market,
            "lines": lines,
            "value": float(grams[MIDDLE]),
            "low": float(grams[LOW]),
            "high": float(grams[HIGH]),
            "unit": "g",
            "assumed": good.assumed,
            "grade": good.grade,
        }


Reasons = list[tuple[Group, tuple[Finding, ...]]]


def _licences(found: Exposed, reasons: Reasons) -> Iterator[Row]:
    """Share of the worth of elements under each control, by the leg of the way on which it holds."""
    total = sum(element_worth_of(group, found.setting) for group, _ in reasons)
    sums: dict[tuple[str, str], list[Any]] = {}
    for group, findings in reasons:
        worth = element_worth_of(group, found.setting)
        for item in findings:
            row = sums.setdefault((item.rule.control, item.leg), [item, 0.0, 0])
            row[1] += worth * item.share
            row[2] += group.lines if item.share > 0 else 0
    for (control, leg), (item, worth, lines) in sums.items():
        yield {
            "control": control,
            "instrument": item.rule.instrument,
            "issuer": item.rule.issuer,
            "status": item.rule.status,
            "since": item.rule.since,
            "leg": leg,
            "value": worth / total if total > 0 else 0.0,
            "usd": worth,
            "unit": "share of the worth of elements",
            "lines": lines,
            "source": item.rule.source,
            "grade": item.rule.grade,
        }


def _traces(found: Exposed, reasons: Reasons) -> Iterator[Row]:
    rows = [
        (element_worth_of(group, found.setting) * item.share, group, item)
        for group, items in reasons
        for item in items
    ]
    for worth, group, item in sorted(rows, key=lambda row: -row[0])[:TRACES]:
        yield {
            "plant": group.plant,
            "product": group.product,
            "part": group.part,
            "lines": group.lines,
            "good": group.good.name,
            "supplier": group.supplier,
            "control": item.rule.control,
            "status": item.rule.status,
            "leg": item.leg,
            "value": item.share,
            "usd": worth,
            "why": item.why,
        }


def _unread(found: Exposed) -> Iterator[Row]:
    """Texts in which no good could be read, by the mass of their lines; they count as holding no element."""
    bill, good = found.held.bill, found.held.good
    unread = ~np.array([item.read for item in found.held.goods])[good] & (bill.pieces > 0)
    material = bill.texts["material"]
    grams = np.where(unread, np.nan_to_num(bill.grams) * bill.pieces, 0.0)
    mass = np.bincount(material.code, weights=grams, minlength=len(material.names))
    lines = np.bincount(material.code, weights=unread.astype(float), minlength=len(material.names))
    order = [i for i in np.lexsort((-lines, -mass)) if lines[i]][:UNREAD]
    for at in order:
        yield {"material": material.names[at], "lines": int(lines[at]), "value": float(mass[at]), "unit": "g"}


def _cases(found: Exposed) -> list[Row]:
    titles, begins = found.titles or {}, found.controls or {}
    return [
        {"case": name, "title": title, "first_control": begins.get(name, "")}
        for name, title in titles.items()
    ]


def _day(found: Exposed, week: float) -> str:
    today = found.today or date.min
    return str(today + timedelta(days=int(week * DAYS)))


def _ran(found: Exposed) -> Iterator[tuple[Scene, Ran]]:
    if found.table is not None:
        for scene in found.table.scenes:
            yield scene, scene.run()


def _lines(found: Exposed) -> Iterator[Row]:
    """Chance that each line has stopped by the end of each week."""
    for scene, ran in _ran(found):
        running = ran.made.mean(axis=0)
        for week, share in enumerate(ran.stopped_by()):
            yield {
                "case": scene.case,
                "line": scene.line.entry.line,
                "week": week + 1,
                "date": _day(found, week),
                "value": float(share),
                "running": float(running[week]),
                "unit": "probability",
            }


def _range(values: Any) -> Row:
    low, middle, high = np.percentile(values, (LOW_SHARE, 50, HIGH_SHARE))
    return {"mean": float(np.mean(values)), "low": float(low), "median": float(middle), "high": float(high)}


def _stops(found: Exposed) -> Iterator[Row]:
    """When each line stops under each case, by which part, and what it costs."""
    for scene, ran in _ran(found):
        entry, weeks = scene.line.entry, ran.made.shape[1]
        short = ran.short() * entry.units_per_week
        first = np.bincount(ran.part[ran.part >= 0], minlength=max(len(scene.line.parts), 1))
        some = ran.stop < weeks
        days = np.percentile(ran.stop, (LOW_SHARE, 50, HIGH_SHARE), method="inverted_cdf")
        low, middle, high = (_day(found, day) if day < weeks else None for day in days)
        yield {
            "case": scene.case,
            "line": entry.line,
            "value": float(some.mean()),
            "unit": "probability",
            "weeks_looked_at": weeks,
            "date_low": low,
            "date": middle,
            "date_high": high,
            "first_part": scene.line.parts[int(first.argmax())].name if some.any() else "",
            "first_part_share": float(first.max() / max(first.sum(), 1)),
            "units_lost": _range(short),
            "revenue_lost": _range(short * entry.revenue_per_unit),
            "margin_lost": _range(lost(scene, ran)),
            "months_late": _range(ran.delay / MONTH),
        }


def _parts(found: Exposed) -> Iterator[Row]:
    for scene, ran in _ran(found):
        for number, part in enumerate(scene.line.parts):
            held = scene.held_from[number]
            yield {
                "case": scene.case,
                "line": scene.line.entry.line,
                "part": part.name,
                "good": part.group.good.name,
                "stops_first": float((ran.part == number).mean()),
                "stock_weeks": part.stock[1],
                "under_way_weeks": float(sum(order.amount for order in part.orders)),
                "usd_per_week": part.worth,
                "control_from": _day(found, held) if held is not None else "",
                "deliveries": "; ".join(dict.fromkeys(flow.basis for flow in scene.flows[number])),
                "all_or_nothing": any(flow.licensed for flow in scene.flows[number]),
                "assumed": "; ".join(part.assumed),
            }


def _actions(found: Exposed) -> Iterator[Row]:
    """Actions by cost a week of security, with their rank by regret; doing nothing is one of them."""
    regrets = {id(item): rank for rank, item in enumerate(sorted(found.weighed, key=lambda w: w.regret), 1)}
    ranked = sorted(found.weighed, key=lambda w: (w.per_week is None, w.per_week or 0.0, w.regret))
    nothing = next((item for item in found.weighed if item.option is None), None)
    for rank, item in enumerate(ranked, 1):
        yield _action(item, nothing) | {"rank": rank, "rank_by_regret": regrets[id(item)]}


def _action(item: Weighed, nothing: Weighed | None) -> Row:
    option = item.option
    saved = [nothing.loss[case] - loss for case, loss in item.loss.items()] if nothing is not None else []
    row = option.row if option is not None else None
    return {
        "action": row.action if row is not None else "nothing",
        "what": option.words if option is not None else "nothing is done",
        "weeks_of_stock": option.weeks if option is not None else 0.0,
        "lead_weeks": row.lead_weeks if row is not None else 0.0,
        "lead_low": row.low if row is not None else 0.0,
        "lead_high": row.high if row is not None else 0.0,
        "agree": row.agree if row is not None else "",
        "odds": row.odds if row is not None else 1.0,
        "cost": item.cost,
        "weeks_of_security": item.weeks,
        "first_stop_later_weeks": item.later,
        "cost_per_week": item.per_week,
        "regret": item.regret,
        "saved": float(np.mean(saved)) if saved else 0.0,
        "loss_by_case": [{"case": case, "value": loss, "unit": "USD"} for case, loss in item.loss.items()],
        "stop_by_case": [
            {"case": case, "value": share, "unit": "probability"} for case, share in item.stop.items()
        ],
        "grade": row.grade if row is not None else "",
        "source": row.source if row is not None else "",
        "unit": "USD",
    }


def _plan(found: Exposed) -> Row | None:
    plan = found.plan
    if plan is None:
        return None
    return {
        "budget": plan.budget,
        "cost": plan.cost,
        "unit": "USD",
        "actions": [option.words for option in plan.options],
        "expected_loss": plan.expected,
        "loss_by_case": [{"case": case, "value": loss, "unit": "USD"} for case, loss in plan.loss.items()],
        "stop_by_case": [
            {"case": case, "value": share, "unit": "probability"} for case, share in plan.stop.items()
        ],
    }


def _numbers(found: Exposed) -> list[Row]:
    if found.luck is None:
        return []
    names = ("name", "value", "low", "high", "unit", "grade", "source", "note")
    return [
        {name: getattr(row, name) for name in names} for row in found.setting.facts.rows("company_numbers")
    ]


def _warnings(found: Exposed) -> Iterator[str]:
    told = _bill(found)
    yield "exposure is what passes through a place or a control; it is not loss"
    if told["lines_not_read"]:
        count, families = told["lines_not_read"], " and ".join(told["families"])
        yield f"lines with no material we can read, counted as without {families}: {count:,}"
    if told["columns_left_aside"]:
        yield "columns not read: " + ", ".join(told["columns_left_aside"])
    if found.setting.worth.missing:
        yield "no price known, counted as worth nothing: " + ", ".join(found.setting.worth.missing)
    if found.table is not None:
        for scene in found.table.of(found.table.cases()[0]):
            for part in scene.line.parts:
                every = max(source.delivery_weeks for source in part.sources)
                if part.stock[1] < every and not part.orders:
                    yield (
                        f"{scene.line.entry.line}, {part.name}: {part.stock[1]:.1f} weeks held and "
                        f"{every} between "
                        "deliveries: the line would stop without any control; give delivery_weeks or "
                        "the orders under way"
                    )
    yield from found.failures
