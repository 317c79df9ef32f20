"""A project's value as one JSON document: values with and without each support, killers, effects, numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import numpy as np

from xenotime.choice.answer import Cased, Valued
from xenotime.choice.entries import SUPPORTS
from xenotime.choice.project import Project
from xenotime.choice.value import Outcome
from xenotime.report.envelope import Row, envelope

LOW_SHARE, HIGH_SHARE = 5, 95  # per cent of draws below the range told, and below its upper end
MONTHS = 12
EFFECTS = 60  # prices of others that are told, the furthest first


def project_document(found: Valued) -> Row:
    """The document of kind ``project``."""
    data: Row = {
        "project": found.name,
        "title": found.title,
        "question": found.question,
        "citation": list(found.citation),
        "draws": found.draws,
        "assumed": list(found.assumed),
        "plan": [_plan(item) for item in found.cases],
        "values": [row for item in found.cases for row in _values(item)],
        "killers": [row for item in found.cases for row in _killers(item)],
        "effects": [row for item in found.cases for row in _effects(item)],
        "years": [row for item in found.cases for row in _years(item)],
        "prices": [row for item in found.cases for row in _prices(item)],
        "supports": [row for item in found.cases for row in _supports(item)],
        "numbers": list(_numbers(found.cases[0].project)),
        "payments": [asdict(item) | {"value": item.paid, "unit": "USD"} for item in found.payments],
    }
    return envelope("project", found.key, data, list(_warnings(found)))


def _plan(item: Cased) -> Row:
    plan = item.project
    return {
        "case": item.case,
        "title": item.title,
        "region": plan.region,
        "kind": plan.kind,
        "today": plan.today,
        "start": plan.start,
        "life_months": plan.life,
        "slip_months": plan.slip.value,
        "slip_low": plan.slip.low,
        "slip_high": plan.slip.high,
        "ramp_months": plan.ramp.value,
        "months_run": item.months,
        "price_runs": item.runs,
        "draws": item.luck.draws,
        "goods": [
            {"material": good.material, "region": good.region, "value": good.amount, "unit": "unit/activity"}
            for good in plan.goods
        ],
    }


def _spread(values: Any) -> Row:
    low, middle, high = np.percentile(values, (LOW_SHARE, 50, HIGH_SHARE))
    return {"value": float(np.mean(values)), "low": float(low), "median": float(middle), "high": float(high)}


def _values(item: Cased) -> Iterator[Row]:
    """Value and odds of each variant, and what they lose against the project with all its supports."""
    whole = item.planned()
    for variant in item.variants:
        own = variant.outcome
        yield {
            "case": item.case,
            "supports": variant.supports,
            **_spread(own.value),
            "unit": "USD",
            "odds_positive": float((own.value > 0).mean()),
            "odds_debt_covered": own.odds if _has_debt(own) else None,
            "cover_ratio": float(np.median(own.ratio)) if _has_debt(own) else None,
            "lent": own.lent,
            "loses": whole.mean - own.mean,
        }


def _has_debt(own: Outcome) -> bool:
    return not bool(np.isnan(own.ratio).any())


def _killers(item: Cased) -> Iterator[Row]:
    """What would kill it, or bring it to life; debt only where there is one."""
    debt = _has_debt(item.planned())
    for row in item.killers:
        if row.of == "value" or debt:
            yield {
                "case": item.case,
                "what": row.what,
                "of": row.of,
                "value": row.at,
                "unit": row.unit,
                "alive_as_planned": row.alive,
                "only": row.only,
                "mean_value": row.value,
                "odds_debt_covered": row.odds if debt else None,
            }


def _effects(item: Cased) -> Iterator[Row]:
    if item.opening is None:
        return
    for effect in item.opening.effects[:EFFECTS]:
        yield {
            "case": item.case,
            "opened": item.opening.month,
            "own_date": item.opening.own_date,
            "material": effect.material,
            "region": effect.region,
            "value": effect.change,
            "without": effect.without,
            "with_it": effect.opened,
            "furthest": effect.lowest,
            "furthest_month": effect.lowest_month,
            "unit": "share",
        }


def _years(item: Cased) -> Iterator[Row]:
    """By year, mean flow before banks and after tax, cash before payments, and payments of debt."""
    own = item.planned()
    flow = own.flow
    for begin in range(0, len(flow), MONTHS):
        part = flow[begin : begin + MONTHS]
        if np.any(part != 0):
            yield {
                "case": item.case,
                "from": item.paths.month(begin),
                "value": float(part.sum()),
                "cash": float(own.cash[begin : begin + MONTHS].sum()),
                "payments": float(own.due[begin : begin + MONTHS].sum()),
                "unit": "USD",
            }


def _prices(item: Cased) -> Iterator[Row]:
    """Prices the project was valued at, by year: mean over draws and their range."""
    for (material, region), series in item.paths.price.items():
        for begin in range(0, item.paths.months, MONTHS):
            yearly = series[:, begin : begin + MONTHS].mean(axis=1)
            yield {
                "case": item.case,
                "material": material,
                "region": region,
                "from": item.paths.month(begin),
                **_spread(yearly),
                "unit": "USD/unit",
            }


def _supports(item: Cased) -> Iterator[Row]:
    plan = item.project
    for kind in SUPPORTS:
        for entry in getattr(plan, f"{kind}s"):
            given: Row = entry.model_dump()
            amount = given.get("price", given.get("amount"))
            yield {
                "case": item.case,
                "name": given["name"],
                "kind": kind,
                "sponsor": given["sponsor"],
                "value": amount,
                "unit": "USD/unit" if "price" in given else "USD",
                "start": given.get("start", ""),
                "until": given.get("until", ""),
                "source": given["source"],
                "assumed": given["assumed"],
            }


def _numbers(plan: Project) -> Iterator[Row]:
    for row in plan.basis:
        yield asdict(row)


def _warnings(found: Valued) -> Iterator[str]:
    yield (
        "value is before bank debt and after tax, in money of one month; shares, working capital and closing "
        "costs are not in it, and the project sells all it makes at the market's price"
    )
    for item in found.cases:
        if item.opening is not None and not item.opening.effects:
            yield (
                f"{item.case}: its opening moves no price by a thousandth; in the market a plant whose whole "
                "cost is above what its goods fetch does not run"
            )
        if item.opening is not None and not item.opening.own_date:
            yield (
                f"{item.case}: others' prices are told as if it opened in {item.opening.month}, "
                f"not {item.project.start}"
            )
        for note in item.told:
            yield f"{item.case}: {note}"
