"""The last prices seen, inside China and outside: each with its day, its tonnes and its source.

An asking price, a producer's list price, a spot price, a published quote and an average are kinds of their
own: a price is held only against an earlier one of its kind and publisher.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from xenotime.facts.demand import PriceVolume
from xenotime.facts.load import Facts
from xenotime.facts.observed import ExchangeRate, ObservedPrice
from xenotime.report.envelope import Row
from xenotime.talks.ledger.days import last_day

INSIDE, OUTSIDE = "inside China", "outside China"
MARKETS = {
    "inside_china": "China",
    "fob_china": "FOB China",
    "europe": "Europe",
    "usa": "United States",
    "world": "no place named",
}
MONTH, YEAR = (16, 46), (320, 411)  # days before a price in which the one of a month or a year ago is sought
KILOGRAMS = 1000.0  # in a tonne
RECENT = 730  # days before the newest price of all: what is older is no news
OF_YEARS = ("annual_average",)
SORTS = (("ask", "asking price"), ("list price", "producer's list"), ("guide price", "producer's list"))
AVERAGES = {"annual_average": "average of a year", "quarter_average": "average of a quarter"}


def price_rows(facts: Facts) -> list[Row]:
    """The newest price of each material, market and kind of price, by element.

    Prices are USD/kg without value-added tax; ``published`` is the figure as it was printed.
    ``change_month`` and ``change_year`` are relative, None without an earlier price of kind and publisher.
    """
    rates = {row.year: row for row in facts.rows(ExchangeRate)}
    seen = [row for row in facts.rows(ObservedPrice) if row.unit == "USD/t" or _year(row) in rates]
    newest = max((last_day(_when(row)) for row in seen), default=0)
    groups: dict[tuple[str, str, str], list[ObservedPrice]] = {}
    for row in seen:
        groups.setdefault((row.material, row.market, sort_of(row)), []).append(row)
    order = {row.element: number for number, row in enumerate(facts.rows("elements"))}
    rows = [_row(sort, group, rates, facts, newest) for (_, _, sort), group in groups.items()]
    return sorted(rows, key=lambda row: _place(row, order))


def _place(row: Row, order: Mapping[str, int]) -> tuple[int, str, int, int]:
    element = row["material"].partition("_")[0].removesuffix("Fe")
    first = order.get(element, order.get(element[:2], len(order)))
    return first, row["material"], list(MARKETS).index(row["market"]), -last_day(row["date"])


def sort_of(row: ObservedPrice) -> str:
    """Kind of a price, by its publisher's own word for it."""
    basis = row.basis.lower()
    for word, sort in SORTS:
        if word in basis.split() or (" " in word and word in basis):
            return sort
    if row.kind in AVERAGES:
        return AVERAGES[row.kind]
    return "spot" if "spot" in basis.split() else "quote"


def _when(row: ObservedPrice) -> str:
    return row.day or _end_of(row.period)


def _end_of(period: str) -> str:
    """A period as a date that can be compared: the last month of a quarter or a half year."""
    year, _, part = period.partition("-")
    if part.startswith("Q"):
        return f"{year}-{3 * int(part[1]):02d}"
    if part.startswith("H"):
        return f"{year}-{6 * int(part[1]):02d}"
    return period.rpartition("..")[2]


def _year(row: ObservedPrice) -> int:
    return int(row.period[:4])


def _usd(row: ObservedPrice, value: float, rates: Mapping[int, ExchangeRate]) -> float:
    """USD/kg without tax; yuan at the mean rate of their year."""
    per_usd = 1.0 if row.unit == "USD/t" else rates[_year(row)].value
    return value / (1 + row.vat) / per_usd / KILOGRAMS


def _row(
    sort: str,
    group: Sequence[ObservedPrice],
    rates: Mapping[int, ExchangeRate],
    facts: Facts,
    newest: int,
) -> Row:
    last = max(group, key=lambda row: (last_day(_when(row)), row.basis))
    price = _usd(last, last.value, rates)
    month = None if last.kind in AVERAGES else _before(last, group, MONTH)
    year = _before(last, group, YEAR)
    return {
        "material": last.material,
        "place": INSIDE if last.market == "inside_china" else OUTSIDE,
        "market": last.market,
        "kind": sort,
        "date": _when(last),
        "period": last.period,
        "value": price,
        "low": _usd(last, last.low, rates),
        "high": _usd(last, last.high, rates),
        "unit": "USD/kg",
        "published": last.value,
        "published_unit": last.unit,
        "vat": last.vat,
        "basis": last.basis,
        **_change("month", price, month, rates),
        **_change("year", price, year, rates),
        **_volume(facts.rows(PriceVolume), last),
        "recent": newest - last_day(_when(last)) <= RECENT,
        "grade": last.grade,
        "source": last.source,
        "note": last.note,
    }


def _before(
    last: ObservedPrice, group: Iterable[ObservedPrice], window: tuple[int, int]
) -> ObservedPrice | None:
    """The price of the same publisher nearest to the middle of a window of days before the last."""
    day, middle = last_day(_when(last)), sum(window) / 2
    publisher = last.basis.split()[0]
    near = [
        (abs(day - last_day(_when(row)) - middle), _when(row), row)
        for row in group
        if row.basis.split()[0] == publisher and window[0] <= day - last_day(_when(row)) < window[1]
    ]
    return min(near, key=lambda item: item[:2])[2] if near else None


def _change(name: str, price: float, before: ObservedPrice | None, rates: Mapping[int, ExchangeRate]) -> Row:
    if before is None:
        return {f"change_{name}": None, f"since_{name}": ""}
    return {
        f"change_{name}": price / _usd(before, before.value, rates) - 1,
        f"since_{name}": _when(before),
    }


def _volume(volumes: Iterable[PriceVolume], last: ObservedPrice) -> Row:
    """Tonnes that change hands in that market: of the year of the price, else none known."""
    mine = [
        row
        for row in volumes
        if (row.material, row.market, row.period[:4]) == (last.material, last.market, last.period[:4])
    ]
    if not mine:
        return {"volume": None, "volume_unit": "t/year", "volume_grade": "", "volume_source": ""}
    row = mine[0]
    return {
        "volume": row.volume,
        "volume_unit": "t/year",
        "volume_grade": row.grade,
        "volume_source": row.source,
    }


def newest_price(rows: Iterable[Row]) -> str:
    """Day of the newest price of the board that has a day or month; blank where none has."""
    dates = [row["date"] for row in rows if "-" in row["date"]]
    return max(dates, key=last_day) if dates else ""


def day_words(text: str) -> str:
    """A day, month or year as it is read: 26 Dec 2025, Dec 2025, 2025."""
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 1:
        return text
    named = date(parts[0], parts[1], parts[2] if len(parts) > 2 else 1)
    return f"{named.day} {named:%b %Y}" if len(parts) > 2 else f"{named:%b %Y}"
