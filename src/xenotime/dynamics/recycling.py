"""Old magnets come back as the goods they were sold in wear out: by year of sale, sector and region."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from scipy.special import ndtr

from xenotime.dynamics.project_times import load_numbers, places, rows_of
from xenotime.market.network import Array, Index, Network
from xenotime.market.terms import Terms
from xenotime.months import month_number

COLLECTION = "collection"
YEARS_BACK = 50  # before that hardly a magnet of today's kind was sold
MONTHS_A_YEAR = 12.0


@dataclass(frozen=True, slots=True)
class Lifetime:
    """Years from sale to scrap: lognormal with this mean, and standard deviation over the mean."""

    years: float
    spread: float

    def gone(self, age: Array) -> Array:
        """Share of a cohort scrapped by `age` (years)."""
        width = np.sqrt(np.log1p(self.spread**2))
        middle = np.log(self.years) - width**2 / 2
        with np.errstate(divide="ignore"):
            return np.asarray(ndtr((np.log(np.maximum(age, 0.0)) - middle) / width))


@dataclass(frozen=True, slots=True)
class Sales:
    """Magnets sold into one sector of one region in known years (t/year), and the growth before the first."""

    known: tuple[tuple[int, float], ...]
    growth_before: float

    def in_year(self, year: Array) -> Array:
        """Sold in each year: geometric between known years, at a steady growth before, unchanged after."""
        years = np.array([at for at, _ in self.known], dtype=float)
        amounts = np.array([amount for _, amount in self.known], dtype=float)
        inside = np.exp(np.interp(year, years, np.log(np.maximum(amounts, 1e-9))))
        before = (1 + self.growth_before) ** np.minimum(year - years[0], 0.0)
        return np.asarray(inside * before)


def scrapped(sales: Sales, life: Lifetime, month: str) -> float:
    """(M10) magnets in goods scrapped at `month` (t/year): cohorts sold evenly over their year.

    r(t) = sum over years v of s(v) (F(t - v) - F(t - v - 1)), with F the share of a cohort gone by its age.
    """
    now = month_number(month) / MONTHS_A_YEAR
    year = np.arange(np.floor(now) - YEARS_BACK, np.floor(now) + 1)
    age = now - year
    return float(np.sum(sales.in_year(year) * (life.gone(age) - life.gone(age - 1))))


@lru_cache(maxsize=1)
def _lifetimes() -> Mapping[str, Lifetime]:
    return {
        row["sector"]: Lifetime(float(row["years"]), float(row["spread"])) for row in rows_of("lifetimes")
    }


@lru_cache(maxsize=1)
def _sales() -> Mapping[str, dict[str, dict[int, float]]]:
    """Magnets bought by region, sector and year, all grades but samarium-cobalt (t/year)."""
    found: dict[str, dict[str, dict[int, float]]] = {}
    for row in rows_of("magnet_demand"):
        if row["magnet_grade"] != "SmCo":
            years = found.setdefault(row["region"], {}).setdefault(row["sector"], {})
            years[int(row["year"])] = years.get(int(row["year"]), 0.0) + float(row["quantity"])
    return found


@lru_cache(maxsize=4096)
def arrivals(region: str, month: str) -> float:
    """Magnets in goods scrapped in a region (t/year); zero where no sales are known."""
    growth = load_numbers().past_growth
    return sum(
        scrapped(Sales(tuple(sorted(years.items())), growth), _lifetimes()[sector], month)
        for sector, years in _sales().get(region, {}).items()
    )


@lru_cache(maxsize=1)
def _collected() -> Mapping[str, float]:
    return {
        row["product"]: float(row["recovery"])
        for row in rows_of("yields")
        if row["process"] == "eol_collection"
    }


def collected_share(region: str) -> float:
    """Share of scrapped magnets that is collected where nothing else is known."""
    known = _collected()
    return next((known[place] for place in places(region) if place in known), 0.0)


@dataclass(frozen=True, slots=True)
class Scrap:
    """Plant columns that collect old magnets.

    date : month of the base;  base : collected then (t/month)
    slope : rise of their cost (USD/t per t/month)
    headroom : most that can be collected over the base at the same arrivals
    """

    column: Index
    region: tuple[str, ...]
    date: str
    base: Array
    slope: Array
    headroom: float


def find_scrap(network: Network, activity: Array, date: str, still: bool = False) -> Scrap:
    """The collectors of a network; `activity` of the base month per plant column; none in a `still` world."""
    own = network.facilities[: network.plants]
    columns = [i for i, plant in enumerate(own) if plant.kind == COLLECTION and not still and date]
    return Scrap(
        column=np.array(columns, dtype=np.int64),
        region=tuple(own[i].region for i in columns),
        date=date,
        base=activity[columns] if columns else np.zeros(0),
        slope=np.array([own[i].cost_slope for i in columns], dtype=float),
        headroom=load_numbers().scrap_headroom,
    )


def impose_scrap(scrap: Scrap, terms: Terms, month: str) -> Terms:
    """(M10) old magnets that can be collected in `month`: the base curve moved along with what arrives.

    With arrivals a(t), what base b cost is what b a(t)/a(0) costs now, so the adder is
    -slope b (a(t)/a(0) - 1); at any price no more than headroom b a(t)/a(0), or the usual share of a(t).
    """
    if not len(scrap.column):
        return terms
    high, adder = terms.plant_high.copy(), terms.plant_adder.copy()
    for place, column in enumerate(scrap.column):
        now, then = arrivals(scrap.region[place], month), arrivals(scrap.region[place], scrap.date)
        index = now / then if then > 0 else 1.0
        usual = collected_share(scrap.region[place]) * now / MONTHS_A_YEAR
        base = scrap.base[place]
        high[column] = max(scrap.headroom * base * index, usual)
        adder[column] -= scrap.slope[place] * base * (index - 1)
    return replace(terms, plant_high=high, plant_adder=adder)
