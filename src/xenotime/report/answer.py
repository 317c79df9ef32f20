"""The answer in three sentences: price, availability, and when and for whom."""

from __future__ import annotations

from typing import Any

from xenotime.figures.availability import major
from xenotime.figures.peaks import Peak
from xenotime.figures.rents import kind_words
from xenotime.figures.rows import plain, sector_words
from xenotime.figures.style import change_text, money_text, number_text, percent_text
from xenotime.report.findings import NOTABLE, Findings, find, still_short


def answer(data: dict[str, Any], findings: Findings | None = None) -> tuple[str, str, str]:
    """Three sentences computed from the tables (`data` of a run document)."""
    found = findings if findings is not None else find(data)
    return _price(found), _availability(found, data), _timing(found)


def _price(found: Findings) -> str:
    if not found.moved:
        return "Price: no price that is determined and backed by tonnes moves by as much as 1 %."
    outer, inner = leading(found)
    if outer is None:
        only = f"; {_peak(inner, found)}" if inner is not None else ""
        return f"Price: prices move inside the controlled market only{only}.{_assumed(found)}"
    where = " outside the controlled market" if found.inside else ""
    text = f"Price: the furthest move{where} is {_peak(outer, found)}"
    if inner is None:
        return f"{text}.{_assumed(found)}"
    return (
        f"{text}; inside, in {found.labels.region(inner.region)}, the same material is "
        f"{change_text(inner.value, inner.baseline)} at its furthest ({inner.month}).{_assumed(found)}"
    )


def _assumed(found: Findings) -> str:
    """Where users go short the price is no forecast: it is what the last of them was assumed to bear."""
    if not found.shortages:
        return ""
    return (
        " Where users go short, prices are what the last user served was assumed to bear (choke prices, "
        "grade D): read them as 'scarce', not as a forecast."
    )


def leading(found: Findings) -> tuple[Peak | None, Peak | None]:
    """The material whose price moves furthest outside (anywhere, if nowhere outside): its two peaks."""
    outside = [pair for pair in found.moved.values() if pair[0] is not None]
    pool = outside or list(found.moved.values())
    return max(pool, key=lambda pair: abs((pair[0] or pair[1]).change))  # type: ignore[union-attr]


def _span(first: str, last: str) -> str:
    return f"in {first}" if first == last else f"between {first} and {last}"


def _peak(peak: Peak, found: Findings) -> str:
    return (
        f"{found.labels.material(peak.material)} in {found.labels.region(peak.region)}, "
        f"{change_text(peak.value, peak.baseline)} at {number_text(peak.value)} {peak.unit} in {peak.month} "
        f"(without the control {number_text(peak.baseline)})"
    )


def _availability(found: Findings, data: dict[str, Any]) -> str:
    if not found.least:
        return "Availability: no region uses less of any element than without the control."
    first = found.least[0]
    pairs = {(row["element"], row["region"]) for row in major(data["availability"])}
    lost = percent_text(NOTABLE)
    last = still_short(data["availability"], found.months[-1])
    return (
        f"Availability: least is left of {first['element']} in {found.labels.region(first['region'])}, "
        f"{percent_text(first['value'])} of normal use in {first['month']}; {len(found.lost)} of "
        f"{len(pairs)} "
        f"pairs of element and region lose {lost} or more of their use in some month, and {last} in "
        f"the last month ({found.months[-1]})."
    )


def _timing(found: Findings) -> str:
    parts = []
    if found.least:
        parts.append(f"the hardest month is {found.hardest}")
    if found.shortages:
        worst = found.shortages[0]
        parts.append(
            f"{sector_words(worst.sector)} in {found.labels.region(worst.region)} goes short of most, "
            f"{number_text(worst.value)} {worst.unit} of {found.labels.material(worst.material)} "
            f"{_span(worst.first, worst.last)}"
        )
    else:
        parts.append("no sector goes short of what it wants at any price it can bear")
    if found.rents:
        (kind, name, recipient), amount = next(iter(found.rents.items()))
        parts.append(
            f"the largest {kind_words(kind)}, {money_text(amount)} USD over {len(found.months)} months "
            f"({plain(name)}), goes to {found.labels.region(recipient)}"
        )
    return f"When and for whom: {'; '.join(parts)}."
