"""What a backtest predicts: targets made from the keys of observed rows, never from their values.

Kinds: ``price`` (multiple of base), ``gap`` (price at the border over price inside), ``quantity`` (t, or used
share of a quota), ``order`` (logarithms of ratios: which of two is larger), ``timing`` (quarter of the peak),
``loser`` (whether lines of a region miss an input), ``stop`` (months until they first do).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any

from xenotime.ensembles.door import Observed
from xenotime.ensembles.episodes import Episode
from xenotime.ensembles.periods import length_of, months_of
from xenotime.ensembles.quotes import near_pairs

LOG, LINEAR = "log", "linear"
SERIES_OF = {
    "inside_china": "inside/{0}",
    "fob_china": "fob/{0}",
    "world": "fob/{0}",  # world quotes rest on what is paid at the border of the origin
    "europe": "outside/{0}/europe",
    "usa": "outside/{0}/usa",
}
BORDER = ("fob_china", "world")
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """One number to be predicted.

    kind, element, stage, market, destination : what it is about
    first, last : months it is about
    scale : errors are taken in logarithms or plainly
    series : names of the model's series it comes from
    reads : (table, key) of every observed row its observation needs
    base : keys of the rows multiples are of; empty means the model's own base month
    given : legal amounts known beforehand, such as a quota (t)
    """

    episode: str
    target: str
    kind: str
    element: str
    stage: str
    market: str
    destination: str
    first: str
    last: str
    unit: str
    scale: str
    series: tuple[str, ...]
    reads: tuple[Key, ...] = ()
    base: tuple[Key, ...] = ()
    given: float = 0.0

    def plain(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def target_from(document: dict[str, Any]) -> Target:
    """Inverse of :meth:`Target.plain`."""
    plain = dict(document)
    for name in ("reads", "base"):
        plain[name] = tuple(tuple(key) for key in plain[name])
    plain["series"] = tuple(plain["series"])
    return Target(**plain)


def key_of(table: str, row: Any) -> Key:
    """How a row is named in a target; values are not looked at."""
    names = {
        "observed_prices": ("material", "market", "basis", "kind", "period", "day"),
        "observed_exports": ("product", "origin", "destination", "period"),
        "observed_production": ("region", "product", "period", "vintage"),
        "observed_quota_use": ("region", "category", "measure", "period"),
    }[table]
    return (table, *(getattr(row, name) for name in names))


def make_targets(episode: Episode, observed: Observed) -> tuple[Target, ...]:
    """Every target of an episode, in order and each once, without those it leaves out."""
    found: dict[str, Target] = {}
    makers = (_prices, _gaps, _exports, _quota_exports, _mines, _quota_use, _peaks, _falls)
    for target in (item for maker in makers for item in maker(episode, observed)):
        if target.target not in episode.excluded:
            found.setdefault(target.target, target)
    return tuple(found.values())


def loser_targets(episode: Episode, regions: Iterable[str]) -> tuple[Target, ...]:
    """Whether lines of a region stop in a quarter: for every region, so that the list tells nothing."""
    if not episode.stopped:
        return ()
    return tuple(
        _target(
            episode,
            f"stopped/{region}/{first}..{last}",
            "loser",
            ("all", "users", "", region),
            (first, last),
            unit="1 stopped, 0 not",
            scale=LINEAR,
            series=(f"missing/{region}",),
            given=episode.stopped,
        )
        for region in sorted(regions)
        for first, last in episode.quarters()
    )


def forecast_targets(episode: Episode) -> tuple[Target, ...]:
    """Prices inside and at the border, and exports, by quarter; nothing is read for them."""
    found = []
    for first, last in episode.quarters():
        for material in episode.forecast:
            for market, series in (("inside_china", "inside"), ("fob_china", "fob")):
                found.append(
                    _target(
                        episode,
                        f"price/{material}/{market}/{first}..{last}",
                        "price",
                        (*parts_of(material), market, ""),
                        (first, last),
                        unit="multiple of base",
                        scale=LOG,
                        series=(f"{series}/{material}",),
                    )
                )
        for product in episode.forecast_exports:
            found.append(
                _target(
                    episode,
                    f"export/{product}/WLD/{first}..{last}",
                    "quantity",
                    (product, "magnet" if product == "magnets" else "oxide and metal", "", "WLD"),
                    (first, last),
                    unit="t",
                    scale=LINEAR,
                    series=(f"export/{product}/WLD",),
                )
            )
    return tuple(found)


def _scored(episode: Episode, period: str) -> bool:
    first, last = months_of(period)
    end = min(episode.scored[1], episode.run_months()[-1])
    return first >= max(episode.scored[0], episode.start) and last <= end


def _target(
    episode: Episode, name: str, kind: str, what: Sequence[str], months: tuple[str, str], **more: Any
) -> Target:
    element, stage, market, destination = what
    return Target(
        episode=episode.episode,
        target=name,
        kind=kind,
        element=element,
        stage=stage,
        market=market,
        destination=destination,
        first=months[0],
        last=months[1],
        **more,
    )


def parts_of(material: str) -> tuple[str, str]:
    """Element and stage by the name of a material: ``Dy_oxide`` is (Dy, oxide)."""
    element, _, stage = material.partition("_")
    return element, stage


def base_rows(episode: Episode, rows: Iterable[Any], material: str, market: str) -> tuple[Any, ...]:
    """Rows of the base time in the same market, those of the longest period if any."""
    markets = BORDER if market in BORDER else (market,)
    inside = [
        row
        for row in rows
        if row.material == material
        and row.market in markets
        and months_of(row.period)[0] >= episode.base[0]
        and months_of(row.period)[1] <= episode.base[1]
    ]
    longest = max((length_of(row.period) for row in inside), default=0)
    return tuple(row for row in inside if length_of(row.period) == longest)


def _prices(episode: Episode, observed: Observed) -> Iterator[Target]:
    rows = observed.observed_prices
    for row in rows:
        if row.market in SERIES_OF and _scored(episode, row.period):
            what = (*parts_of(row.material), row.market, "")
            name = "/".join(("price", row.material, row.market, row.basis, row.day or row.period))
            last = months_of(row.period)[1]
            yield _target(
                episode,
                name,
                "price",
                what,
                (last, last) if row.kind == "year_end" else months_of(row.period),
                unit="multiple of base",
                scale=LOG,
                series=(SERIES_OF[row.market].format(row.material),),
                reads=(key_of("observed_prices", row),),
                base=tuple(
                    key_of("observed_prices", b) for b in base_rows(episode, rows, row.material, row.market)
                ),
            )


def _gaps(episode: Episode, observed: Observed) -> Iterator[Target]:
    rows = [row for row in observed.observed_prices if _scored(episode, row.period)]
    for outer, inner in near_pairs(rows):
        name = f"gap/{inner.material}/{outer.basis}:{inner.basis}/{inner.day or inner.period}"
        yield _target(
            episode,
            name,
            "gap",
            (*parts_of(inner.material), "fob_china", ""),
            months_of(inner.period),
            unit="border over inside",
            scale=LOG,
            series=(f"fob/{inner.material}", f"inside/{inner.material}"),
            reads=(key_of("observed_prices", outer), key_of("observed_prices", inner)),
        )


def _exports(episode: Episode, observed: Observed) -> Iterator[Target]:
    for row in observed.observed_exports:
        # aggregates mix goods under a control with others and are never its signal
        if row.origin == episode.origin and _scored(episode, row.period) and "_" not in row.product:
            yield _target(
                episode,
                f"export/{row.product}/{row.destination}/{row.period}",
                "quantity",
                (
                    row.product,
                    "magnet" if row.product == "magnets" else "oxide and metal",
                    "",
                    row.destination,
                ),
                months_of(row.period),
                unit="t",
                scale=LINEAR,
                series=(f"export/{row.product}/{row.destination}",),
                reads=(key_of("observed_exports", row),),
            )


def _quota_exports(episode: Episode, observed: Observed) -> Iterator[Target]:
    for row in observed.observed_quota_use:
        wanted = (row.region, row.category, row.measure) == (episode.origin, "total", "exports")
        if wanted and episode.quota and _within_run(episode, row.period):
            yield _target(
                episode,
                f"export/quota/WLD/{row.period}",
                "quantity",
                ("all", "compounds and metals", "", "WLD"),
                months_of(row.period),
                unit="t",
                scale=LOG,
                series=("export/quota/WLD",),
                reads=(key_of("observed_quota_use", row),),
            )


def _within_run(episode: Episode, period: str) -> bool:
    first, last = months_of(period)
    return first >= episode.start and last <= min(episode.scored[1], episode.run_months()[-1])


def _mines(episode: Episode, observed: Observed) -> Iterator[Target]:
    for row in observed.observed_production:
        if row.vintage == "latest" and row.region != "OTHER" and _within_run(episode, row.period):
            yield _target(
                episode,
                f"mined/{row.region}/{row.period}",
                "quantity",
                ("all", "mine", "", row.region),
                months_of(row.period),
                unit="t REO",
                scale=LINEAR,
                series=(f"mined/{row.region}",),
                reads=(key_of("observed_production", row),),
            )


def _quota_use(episode: Episode, observed: Observed) -> Iterator[Target]:
    """Whether a year's quota was filled: ln(exports / quota), below zero where it was not."""
    table = "observed_quota_use"
    total = [
        row for row in observed.observed_quota_use if (row.region, row.category) == (episode.origin, "total")
    ]
    quota = {row.period: row for row in total if row.measure == "quota" and episode.quota}
    for row in (row for row in total if row.measure == "exports" and row.period in quota):
        if length_of(row.period) == 12 and _within_run(episode, row.period):
            legal = quota[row.period]
            yield _target(
                episode,
                f"unfilled/{row.period}",
                "order",
                ("all", "compounds and metals", "", "WLD"),
                months_of(row.period),
                unit="ln(exports / quota)",
                scale=LINEAR,
                series=("export/quota/WLD",),
                reads=(key_of(table, row), key_of(table, legal)),
                given=float(legal.value),  # the law, known before: no outcome
            )


def peak_rows(episode: Episode, rows: Iterable[Any], material: str) -> tuple[Any, ...]:
    """Border prices of a material over the scored time, of periods up to a quarter."""
    return tuple(
        row
        for row in rows
        if row.material == material
        and row.market in BORDER
        and length_of(row.period) <= 3
        and _within_run(episode, row.period)
    )


def _peaks(episode: Episode, observed: Observed) -> Iterator[Target]:
    rows, table = observed.observed_prices, "observed_prices"
    reads = {
        m: tuple(key_of(table, row) for row in peak_rows(episode, rows, m))
        for m in episode.peaks
        if peak_rows(episode, rows, m)
    }
    base = {m: tuple(key_of(table, row) for row in base_rows(episode, rows, m, "fob_china")) for m in reads}
    span = (episode.scored[0], min(episode.scored[1], episode.run_months()[-1]))
    for material, keys in reads.items():
        yield _target(
            episode,
            f"peak-quarter/{material}",
            "timing",
            (*parts_of(material), "fob_china", ""),
            span,
            unit="quarters after the first scored",
            scale=LINEAR,
            series=(f"fob/{material}",),
            reads=keys,
        )
    for one, other in pairwise(reads):
        yield _target(
            episode,
            f"peak-order/{one}>{other}",
            "order",
            (f"{parts_of(one)[0]}>{parts_of(other)[0]}", "oxide", "fob_china", ""),
            span,
            unit="ln(peak multiple / peak multiple)",
            scale=LINEAR,
            series=(f"fob/{one}", f"fob/{other}"),
            reads=reads[one] + reads[other],
            base=base[one] + base[other],
        )


def _falls(episode: Episode, observed: Observed) -> Iterator[Target]:
    """Mean ln(price at a year's end / peak) of light less that of heavy: below zero, light falls faster."""
    rows, table = observed.observed_prices, "observed_prices"
    both = (*episode.light, *episode.heavy)
    ends = [
        row
        for row in rows
        if row.material in both and row.kind == "year_end" and _scored(episode, row.period)
    ]
    for period in sorted({row.period for row in ends}):
        at = {row.material: row for row in ends if row.period == period}
        if set(at) != set(both) or not episode.light or not episode.heavy:
            continue
        last = months_of(period)[1]
        peaks = [
            key_of(table, row)
            for name in both
            for row in peak_rows(episode, rows, name)
            if months_of(row.period)[1] <= last
        ]
        yield _target(
            episode,
            f"light-falls-faster/{period}",
            "order",
            ("light:heavy", "oxide", "fob_china", ""),
            (episode.scored[0], last),
            unit="difference of logarithms",
            scale=LINEAR,
            series=tuple(f"fob/{name}" for name in both),
            reads=(*(key_of(table, at[name]) for name in both), *peaks),
            given=float(len(episode.light)),
        )
