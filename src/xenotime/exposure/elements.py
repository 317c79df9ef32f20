"""A bill as grams and dollars by element, stage and country of separation, and what of it needs a licence.

Lines of one meaning - the same good, made in the same country, in the same product - are added together
first,
so that a million lines cost little more than a hundred.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from xenotime.exposure.bill import Bill
from xenotime.exposure.contents import HIGH, LOW, MIDDLE, Contents
from xenotime.exposure.licences import Finding, Prices, Rule, findings
from xenotime.exposure.materials import Good, Reader
from xenotime.exposure.origins import Origins
from xenotime.exposure.problems import Faults
from xenotime.exposure.supply import market_of
from xenotime.exposure.worth import GRAMS_IN_TONNE, Worth, price_of
from xenotime.market.network import Array, Index
from xenotime.world.numbers import Numbers

if TYPE_CHECKING:
    from xenotime.facts.load import Facts

UNKNOWN = "unknown"
NOTICED = 1e-9  # of a share: less is rounding
BY = ("plant", "product", "country", "separated_in")
TOLD = (*BY, "part", "supplier")
FAULTS = {
    "form": (
        "unclear-material",
        "material",
        "an element in a form we know: oxide, metal, alloy or magnet",
        "say which, such as 'dysprosium oxide'",
    ),
    "power": ("unclear-material", "material", "the power of a turbine, such as 8 MW", "add it to the text"),
    "unknown": (
        "contents-unknown",
        "material",
        "a good whose contents were known at the date of the facts",
        "state its elements in the column contents",
    ),
    "contents": (
        "bad-contents",
        "contents",
        "shares of elements that sum to at most all of the mass, such as Nd 28.5 %; Dy 4.4 %",
        "write element, number and %, ppm or g/kg, parted by semicolons",
    ),
}


@dataclass(frozen=True)
class Setting:
    """What a bill is read against.

    origins : flows of a base month, or None where countries that are not stated stay unknown
    home : region of the user's plants, where goods of unknown origin are bought; by plant
    """

    facts: Facts
    contents: Contents
    reader: Reader
    worth: Worth
    rules: tuple[Rule, ...]
    origins: Origins | None
    home: Mapping[str, str]

    @cached_property
    def least(self) -> float:
        """Share of mass from which a magnet counts as made with an element."""
        return Numbers(self.facts)["replay_magnet_content"]

    @cached_property
    def _materials(self) -> frozenset[str]:
        return frozenset(name for name, _ in self.origins.made) if self.origins is not None else frozenset()

    def market(self, good: Good) -> str:
        """The material of the flows a good is, or the nearest they have; blank where there is none."""
        return market_of(good, self._materials)

    @cached_property
    def _prices(self) -> dict[str, float]:
        return {}

    def price(self, market: str) -> float:
        """USD per gram of a good of the market model; zero where no price is known."""
        if market not in self._prices:
            found = price_of(self.facts, market) if market else None
            self._prices[market] = found[MIDDLE] / GRAMS_IN_TONNE if found else 0.0
        return self._prices[market]


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of one meaning.

    grams : of the good in one product (low, middle, high)
    spend : USD in one product where prices are stated;  priced : grams of which the price is stated
    pieces : in one product;  lines : how many;  part, supplier : of the first of its lines
    """

    plant: str
    product: str
    part: str
    supplier: str
    good: Good
    country: str
    separated_in: str
    grams: tuple[float, float, float]
    spend: float
    priced: float
    pieces: float
    lines: int


def read_goods(bill: Bill, reader: Reader, faults: Faults) -> tuple[tuple[Good, ...], Index]:
    """Goods the bill's texts mean, each different text read once, and the good of every line."""
    columns = [bill.texts[name] for name in ("material", "grade", "contents")]
    first, back = _joined(*(column.code for column in columns))
    goods = tuple(reader.read(*(column.of(int(at)) for column in columns)) for at in first)
    counted = bill.pieces > 0
    for fault, (kind, name, expected, remedy) in FAULTS.items():
        at = np.flatnonzero(np.array([good.fault == fault for good in goods])[back] & counted)
        faults.each(kind, bill.line[at], name, (bill.texts[name].of(int(i)) for i in at), expected, remedy)
    return goods, back


def _joined(*codes: Index) -> tuple[Index, Index]:
    """Where each different combination of codes first stands, and the combination of every line."""
    back = np.zeros(len(codes[0]), dtype=np.int64)
    for code in codes:  # one at a time, so that the product of many names does not run over
        _, back = np.unique(back * (int(code.max(initial=0)) + 1) + code, return_inverse=True)
    _, first = np.unique(back, return_index=True)
    return first.astype(np.int64), back.astype(np.int64)


def line_grams(bill: Bill, goods: tuple[Good, ...], good: Index, faults: Faults) -> Array:
    """(M24) Grams of each line's good in one product: mass of a piece times pieces.

    Gives lines x (low, middle, high); zero where a line holds none.
    """
    held = np.array([bool(item.stage) for item in goods])[good] & (bill.pieces > 0)
    piece = np.array([item.piece or (np.nan,) * 3 for item in goods])[good]
    grams = np.where(np.isnan(piece), bill.grams[:, None], piece)
    lost = held & np.isnan(grams[:, MIDDLE])
    if lost.any():
        at = np.flatnonzero(lost)
        faults.each(
            "mass-missing",
            bill.line[at],
            "mass",
            (bill.texts["material"].of(int(i)) for i in at),
            "the mass of one piece of a line that holds an element of the facts",
            "weigh it, or ask the supplier",
        )
    return np.asarray(np.where(held[:, None], grams * bill.pieces[:, None], 0.0))


@dataclass(frozen=True, slots=True)
class Held:
    """Lines of a bill that hold elements of the facts.

    goods : every different good;  good : the one of each line of the bill
    grams : of the good in one product, lines x (low, middle, high);  lines : places of those that hold any
    """

    bill: Bill
    goods: tuple[Good, ...]
    good: Index
    grams: Array
    lines: Index


def find_held(bill: Bill, setting: Setting) -> Held:
    """Goods and grams of a bill; raises InputProblems for every line that cannot be used."""
    faults = Faults(bill.file)
    goods, good = read_goods(bill, setting.reader, faults)
    grams = line_grams(bill, goods, good, faults)
    faults.stop()
    return Held(bill, goods, good, grams, np.flatnonzero(grams[:, HIGH] > 0))


def group_lines(held: Held, by: tuple[str, ...] = BY) -> tuple[Group, ...]:
    """Lines added together by good and the columns `by`."""
    bill, keep, grams = held.bill, held.lines, held.grams
    named = [bill.texts[name] for name in by]
    first, back = _joined(held.good[keep], *(column.code[keep] for column in named))
    price = np.nan_to_num(bill.price[keep]) * bill.pieces[keep]
    stated = np.where(np.isnan(bill.price[keep]), 0.0, grams[keep, MIDDLE])
    columns = (*grams[keep].T, price, stated, bill.pieces[keep])
    sums = [np.bincount(back, weights=column, minlength=len(first)) for column in columns]
    count = np.bincount(back, minlength=len(first))
    found = []
    for place, at in enumerate(map(int, keep[first])):
        low, middle, high, spend, priced, pieces = (float(column[place]) for column in sums)
        words = {name: bill.texts[name].of(at) for name in TOLD}
        item = held.goods[held.good[at]]
        found.append(
            Group(
                good=item,
                grams=(low, middle, high),
                spend=spend,
                priced=priced,
                pieces=pieces,
                lines=int(count[place]),
                **words,
            )
        )
    return tuple(found)


def sources_of(
    good: Good, country: str, separated_in: str, plant: str, setting: Setting
) -> tuple[dict[str, float], dict[str, Array]]:
    """Where a good may have been made and its elements separated: stated, or by the base month."""
    origins, count = setting.origins, len(setting.contents.elements)
    home = setting.home.get(plant, setting.home.get("", ""))
    made: dict[str, float] = {country: 1.0} if country else {}
    if origins is not None and not made:
        market = setting.market(good)
        shares = origins.made.get((market, home))
        if shares is None or not shares.any():
            shares = _world_mix(market, origins)
        if shares is not None:
            made = {c: float(s) for c, s in zip(origins.countries, shares, strict=True) if s > 0}
    if not made:
        made = {UNKNOWN: 1.0}
    if separated_in:
        return made, {separated_in: np.ones(count)}
    separated: dict[str, Array] = {}
    for maker, share in made.items():
        for place, part in _separated(good, maker, setting).items():
            separated[place] = separated.get(place, np.zeros(count)) + share * part
    return made, separated


def _world_mix(market: str, origins: Origins) -> Array | None:
    places = [place for place in origins.made if place[0] == market and origins.volume[place] > 0]
    if not places:
        return None
    total = sum(origins.volume[place] * origins.made[place] for place in places)
    return np.asarray(total / np.sum(total)) if np.sum(total) > 0 else None


def _separated(good: Good, maker: str, setting: Setting) -> dict[str, Array]:
    """Where elements of a good made in a country were separated; unknown without such a maker."""
    origins, elements = setting.origins, setting.contents.elements
    unknown = {UNKNOWN: np.ones(len(elements))}
    if good.stage == "separated_oxide":
        return {maker: np.ones(len(elements))}
    market = setting.market(good)
    if origins is None or (market, maker) not in origins.separated:
        return unknown
    table = origins.separated[market, maker]
    place = {symbol: row for row, symbol in enumerate(origins.elements)}
    rows = np.array([table[place[s]] if s in place else np.zeros(len(origins.countries)) for s in elements])
    found = {c: rows[:, at] for at, c in enumerate(origins.countries) if rows[:, at].any()}
    rest = 1.0 - rows.sum(axis=1)
    if (rest > NOTICED).any():
        found[UNKNOWN] = found.get(UNKNOWN, np.zeros(len(elements))) + np.where(rest > NOTICED, rest, 0.0)
    return found


def element_rows(groups: tuple[Group, ...], setting: Setting) -> Iterator[dict[str, Any]]:
    """Grams and dollars in one product by plant, product, element, stage and country of separation."""
    elements, worth = setting.contents.elements, setting.worth.element
    sums: dict[tuple[str, ...], Array] = {}
    for group in groups:
        _, separated = sources_of(group.good, group.country, group.separated_in, group.plant, setting)
        grams = group.good.shares * np.array(group.grams)
        for place, share in separated.items():
            for at in np.flatnonzero((grams[:, HIGH] > 0) & (share > 0)):
                key = (group.plant, group.product, elements[int(at)], group.good.stage, place)
                parts = np.concatenate([grams[at] * share[at], grams[at] * share[at] * worth[at]])
                sums[key] = sums[key] + parts if key in sums else parts
    for names in sorted(sums):
        amounts = [float(value) for value in sums[names]]
        yield {
            **dict(zip(("plant", "product", "element", "stage", "separated_in"), names, strict=True)),
            "value": amounts[MIDDLE],
            "low": amounts[LOW],
            "high": amounts[HIGH],
            "unit": "g",
            "usd": amounts[3 + MIDDLE],
            "usd_low": amounts[3 + LOW],
            "usd_high": amounts[3 + HIGH],
        }


def group_findings(group: Group, setting: Setting) -> tuple[Finding, ...]:
    """Controls a group of lines falls under, with the reason."""
    made, separated = sources_of(group.good, group.country, group.separated_in, group.plant, setting)
    good = group.spend / group.priced if group.priced > 0 else setting.price(group.good.market)
    prices = Prices(setting.worth.element[:, MIDDLE], good)
    home = setting.home.get(group.plant, setting.home.get("", ""))
    elements, least = setting.contents.elements, setting.least
    return findings(group.good, setting.rules, elements, made, separated, prices, least, home)


def element_worth_of(group: Group, setting: Setting) -> float:
    """USD of elements in a group, at middle prices and contents."""
    return float(
        (group.good.shares[:, MIDDLE] * setting.worth.element[:, MIDDLE]).sum() * group.grams[MIDDLE]
    )
