"""Targets about the places goods go to: what they pay above the origin, and when their lines first stop."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from xenotime.ensembles.door import Observed
from xenotime.ensembles.episodes import Episode
from xenotime.ensembles.periods import months_of
from xenotime.ensembles.quotes import Quote, near_pairs
from xenotime.ensembles.series import Series
from xenotime.ensembles.targets import LINEAR, LOG, SERIES_OF, Target, key_of, parts_of
from xenotime.months import month_number, month_text

BUYERS = ("europe", "usa")
ORIGINS = ("inside_china", "fob_china")


def premium_targets(episode: Episode, observed: Observed) -> tuple[Target, ...]:
    """Price in a buyer's market over that at the origin, where both have a quote within 60 days.

    Each is about the month of the origin's quote; value-added tax and currency are taken out as in gaps.
    """
    found = {target.target: target for target in _premiums(episode, observed)}
    return tuple(target for name, target in found.items() if name not in episode.excluded)


def _premiums(episode: Episode, observed: Observed) -> Iterator[Target]:
    begin = max(episode.scored[0], episode.start)
    end = min(episode.scored[1], episode.run_months()[-1])
    inside = [
        row
        for row in observed.observed_prices
        if months_of(row.period)[0] >= begin and months_of(row.period)[1] <= end
    ]
    for buyer in BUYERS:
        for origin in ORIGINS:
            for outer, inner in near_pairs(inside, (buyer,), origin):
                element, stage = parts_of(inner.material)
                first, last = months_of(inner.period)
                yield Target(
                    episode=episode.episode,
                    target=f"premium/{inner.material}/{buyer}:{origin}/{inner.day or inner.period}",
                    kind="gap",
                    element=element,
                    stage=stage,
                    market=buyer,
                    destination="",
                    first=first,
                    last=last,
                    unit=f"{buyer} over {origin}",
                    scale=LOG,
                    series=tuple(SERIES_OF[name].format(inner.material) for name in (buyer, origin)),
                    reads=(key_of("observed_prices", outer), key_of("observed_prices", inner)),
                )


def first_stop_targets(episode: Episode, regions: Iterable[str]) -> tuple[Target, ...]:
    """Months until lines of a region first stop: for every region, so that the list tells nothing."""
    if not episode.stopped:
        return ()
    first, last = episode.scored[0], min(episode.scored[1], episode.run_months()[-1])
    return tuple(
        Target(
            episode=episode.episode,
            target=f"first-stop/{region}",
            kind="stop",
            element="all",
            stage="users",
            market="",
            destination=region,
            first=first,
            last=last,
            unit="months after the first scored; the number of months scored where none stops",
            scale=LINEAR,
            series=(f"missing/{region}",),
            given=episode.stopped,
        )
        for region in sorted(regions)
    )


def first_stop(target: Target, series: Series) -> float | None:
    """Months until any sector of the region misses more than the given share; all months where none does."""
    begin = month_number(target.first) - month_number(series.months[0])
    count = scored_months(target)
    rows = [row for name, row in series.values.items() if name.startswith(f"{target.series[0]}/")]
    if not rows or begin < 0 or begin + count > len(series.months):
        return None
    short = (at for at in range(count) if max(row[begin + at] for row in rows) > target.given)
    return float(next(short, count))


def reported(target: Target, stops: Mapping[tuple[str, str], float]) -> Quote | None:
    """What companies reported: whether lines stopped in the target's months, or how many months until then.

    stops : (region, month) to 1 where lines stopped, 0 where it was said that none did.  None: no report.
    """
    months = [month_text(month_number(target.first) + at) for at in range(scored_months(target))]
    said = [stops.get((target.destination, month)) for month in months]
    if all(value is None for value in said):
        return None
    stopped = [at for at, value in enumerate(said) if value]
    if target.kind == "loser":
        value = float(bool(stopped))
    else:
        value = float(stopped[0] if stopped else len(months))
    return Quote(value, value, value)


def scored_months(target: Target) -> int:
    """Months a target is about."""
    return month_number(target.last) - month_number(target.first) + 1
