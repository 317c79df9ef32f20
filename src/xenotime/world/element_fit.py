"""Bring together what ores hold, what plants report and what magnets need of each magnet element.

Assays (many of them proxies) and magnet compositions are the least certain shares in the chain, and nothing
may throw away neodymium, dysprosium or terbium.  Per element two factors are found, one on its share in all
feeds and one on its share in all grades, by weighted least squares

    ((a - 1) / s_a)^2 + ((k - 1) / s_k)^2 + ((a S - O) / s_o)^2   subject to   a S = k N + U

with S primary supply after yields, O reported primary output, N need of magnets net of their own scrap,
U other uses.  Both factors are reported as adjustments.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from xenotime.world.chain import DIDYMIUM, RETIRED, Basis, minerals
from xenotime.world.numbers import FactTables
from xenotime.world.reconcile import Adjustment, range_spread

FITTED = {"NdPr": DIDYMIUM, "Dy": ("Dy",), "Tb": ("Tb",)}

Shares = dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True)
class Fitted:
    """Assays and grades after the fit, and what was changed."""

    assays: Shares
    grades: Shares
    adjustments: tuple[Adjustment, ...]


def fit_elements(
    facts: FactTables,
    basis: Basis,
    year: int,
    assays: Shares,
    grades: Shares,
    mined: Mapping[tuple[str, str], float],
    wanted: Mapping[str, float],
) -> Fitted:
    """Factors for NdPr, Dy and Tb applied to assays (renormalised) and grades (t of metal per t)."""
    changes = []
    in_feeds: dict[str, float] = {}
    for component, elements in FITTED.items():
        supply = _supply(facts, basis, assays, mined, elements)
        need, spread = _need(facts, basis, component, elements, grades, wanted, year)
        others = sum(
            float(row.quantity)
            for row in facts.rows("uses")
            if int(row.year) == year and row.element in elements
        )
        output, doubt = _reported(facts, component, year, supply)
        if need <= 0 or supply <= 0:
            continue
        a, k = _factors(supply, need, others, output, doubt, basis.numbers["assay_spread"], spread)
        in_feeds |= dict.fromkeys(elements, a)
        for shares in grades.values():
            if component in shares:
                shares[component] *= k
        changes.append(_change(f"share of {component} in all feeds", a, basis.numbers["assay_spread"]))
        changes.append(_change(f"share of {component} in all magnet grades", k, spread))
    return Fitted(_rescaled(assays, in_feeds), grades, tuple(changes))


def _factors(
    supply: float, need: float, others: float, output: float, doubt: float, s_a: float, s_k: float
) -> tuple[float, float]:
    """The two factors; the constraint leaves one unknown, and the sum of squares is a parabola in it."""
    slope, start = supply / need, -others / need  # k = slope a + start
    curve = 1 / s_a**2 + (slope / s_k) ** 2 + (supply / doubt) ** 2
    pull = 1 / s_a**2 + slope * (1 - start) / s_k**2 + supply * output / doubt**2
    a = pull / curve
    return a, slope * a + start


def _supply(
    facts: FactTables,
    basis: Basis,
    assays: Shares,
    mined: Mapping[tuple[str, str], float],
    elements: tuple[str, ...],
) -> float:
    """Primary oxide after cracking and separation (t/year)."""
    described = {row.feed: row for row in facts.rows("feeds")}
    total = 0.0
    for (_, feed), amount in mined.items():
        row = described[feed]
        cracked = (
            basis.yields.recovery("cracking", *minerals(row.mineral)) if row.route == "concentrate" else 1.0
        )
        for element in elements:
            share = assays[feed].get(element, 0.0)
            total += amount * cracked * share * basis.yields.recovery("separation", *basis.kinds(element))
    return total


def _need(
    facts: FactTables,
    basis: Basis,
    component: str,
    elements: tuple[str, ...],
    grades: Shares,
    wanted: Mapping[str, float],
    year: int,
) -> tuple[float, float]:
    """Oxide for magnets less what swarf and old magnets give back (t/year), and its relative doubt."""
    mix = basis.mix if component == "NdPr" else {component: 1.0}
    per_oxide = sum(mix[element] * basis.factor[element] for element in elements)
    metal = {"NdPr": "NdPr_metal", "Dy": "DyFe_alloy", "Tb": "Tb_metal"}[component]
    reduced = basis.yields.recovery("reduction", metal)
    need = doubt = 0.0
    ranges = {(row.magnet_grade, row.component, int(row.year)): row for row in facts.rows("grades")}
    for grade, shares in grades.items():
        share, tonnes = shares.get(component, 0.0), wanted[grade]
        name = "SmCo" if grade == "SmCo" else f"NdFeB_{grade}"
        family = "SmCo" if grade == "SmCo" else "NdFeB"
        kept = basis.yields.recovery("machining", name, family)
        cast = basis.yields.recovery("strip_casting", name, family) * basis.yields.recovery(
            "sintering", name, family
        )
        back = (1 / kept - 1) * basis.yields.recovery("swarf_recovery", family)
        amount = tonnes * share / per_oxide * (1 / kept / cast / reduced - back)
        need += amount
        row = next(
            (
                r
                for (g, c, _), r in sorted(ranges.items(), key=lambda item: (abs(item[0][2] - year), item[0]))
                if (g, c) == (grade, component)
            ),
            None,
        )
        if row is not None and share > 0:
            doubt += amount * (float(row.high) - float(row.low)) / 3.29 / float(row.share)
    collected = sum(
        value
        for name, value in basis.numbers.items()
        if name.startswith("eol_collected_") and name.endswith(str(year))
    )
    need -= (
        collected
        * grades.get(RETIRED, {}).get(component, 0.0)
        / per_oxide
        * basis.yields.recovery("eol_recovery", "NdFeB")
    )
    return need, max(doubt / max(need, 1e-9), 1e-3)


def _reported(facts: FactTables, component: str, year: int, supply: float) -> tuple[float, float]:
    """Reported primary output (t/year) and its standard deviation; without a report the assays speak."""
    total = variance = 0.0
    for row in facts.rows("stage_output"):
        if (
            int(row.year) == year
            and row.product == f"{component}_oxide"
            and row.stage in ("separation", "recycling")
        ):
            sign = 1.0 if row.stage == "separation" else -1.0
            total += sign * float(row.output)
            variance += range_spread(float(row.low), float(row.high), float(row.output)) ** 2
    return (total, variance**0.5) if variance > 0 else (supply, 10 * supply)


def _rescaled(assays: Shares, factors: Mapping[str, float]) -> Shares:
    """Assays with some shares multiplied, renormalised to one."""
    found: Shares = {}
    for feed, shares in assays.items():
        scaled = {element: share * factors.get(element, 1.0) for element, share in shares.items()}
        total = sum(scaled.values())
        found[feed] = {element: share / total for element, share in scaled.items()}
    return found


def _change(what: str, factor: float, spread: float) -> Adjustment:
    return Adjustment(what, 1.0, factor, factor - 1, (factor - 1) / spread, "factor", "D", "element fit")
