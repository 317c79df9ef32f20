"""Tables of the largest effects, as text ready to be laid out by the page and by the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xenotime.figures.peaks import Peak
from xenotime.figures.rents import kind_words
from xenotime.figures.rows import grouped, plain, sector_words, total
from xenotime.figures.style import change_text, money_text, number_text, percent_text
from xenotime.report.findings import Findings
from xenotime.report.holding import holder_rows, queue_rows

NOTABLE_SHARE = 0.005  # of a month's output; less is rounding in the tables


@dataclass(frozen=True, slots=True)
class EffectTable:
    """Heading, columns (those numbered in `numbers` are figures, set to the right) and rows of text."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]
    empty: str


def effect_tables(data: dict[str, Any], found: Findings, *, most: int) -> list[EffectTable]:
    """Prices, availability, shortage, output, queues, stocks, rents; up to `most` rows each, worst first."""
    return [
        _prices(found, most),
        _availability(found, most),
        _shortage(found, most),
        _output(data, found, most),
        _queues(data, found, most),
        _holders(data, found, most),
        _rents(found, most),
    ]


def _side(peak: Peak | None, found: Findings) -> tuple[str, str, str, str]:
    if peak is None:
        return ("–", "–", "–", "–")
    return (
        f"{found.labels.region(peak.region)}, {peak.month}",
        number_text(peak.baseline),
        number_text(peak.value),
        change_text(peak.value, peak.baseline).replace("\u00a0times as much", "-fold"),  # a table is narrow
    )


def _prices(found: Findings, most: int) -> EffectTable:
    title = "Price, at its furthest from the run without the control"
    empty = "No price with tonnes behind it moves by 1 % or more."
    pairs = list(found.moved.items())[:most]
    side = ("without", "with", "change")
    header: tuple[str, ...] = ("material", "unit", "where, when", *side)
    if found.inside:
        header = ("material", "unit", "outside: where, when", *side, "inside: where, when", *side)
    rows = []
    for material, (outer, inner) in pairs:
        unit = next(peak.unit for peak in (outer, inner) if peak is not None)
        cells = (*_side(outer, found), *_side(inner, found)) if found.inside else _side(outer, found)
        rows.append((found.labels.material(material), unit, *cells))
    return EffectTable(title, header, tuple(rows), (3, 4, 5, 7, 8, 9), empty)


def _availability(found: Findings, most: int) -> EffectTable:
    return EffectTable(
        "Availability, in the worst month",
        ("element", "region", "month", "use, share of normal"),
        tuple(
            (row["element"], found.labels.region(row["region"]), row["month"], percent_text(row["value"]))
            for row in found.least[:most]
        ),
        (3,),
        "Nobody uses less of any element than without the control.",
    )


def _shortage(found: Findings, most: int) -> EffectTable:
    return EffectTable(
        "Shortage: wanted at any price its users can bear, and not served",
        ("material", "sector", "region", "from", "to", "sum", "unit", "worst month, share of normal"),
        tuple(
            (
                found.labels.material(row.material),
                sector_words(row.sector),
                found.labels.region(row.region),
                row.first,
                row.last,
                number_text(row.value),
                row.unit,
                percent_text(row.worst_share),
            )
            for row in found.shortages[:most]
        ),
        (5, 7),
        "No sector goes short.",
    )


def _output(data: dict[str, Any], found: Findings, most: int) -> EffectTable:
    sums = []
    for (sector, region, unit), rows in grouped(data["sectors"], "sector", "region", "unit").items():
        lost = total(rows, "output_lost")
        worst = max(rows, key=lambda row: row["output_lost"] or 0.0)
        # A share of a month's output, summed over months, is months of output.
        if (worst["output_lost"] or 0.0) >= (NOTABLE_SHARE if unit == "share" else 0.0) and lost:
            sums.append((lost, sector, region, unit, worst, rows))
    sums.sort(key=lambda row: -row[0])
    return EffectTable(
        "Input the using industries go without, by value; some of it is replaced rather than lost; "
        "a backlog is output not made and still wanted",
        (
            *("sector", "region", "worst month", "short in it", "short over the run"),
            *("longest backlog, months of output", "given up", "mean delay, months"),
        ),
        tuple(
            (
                sector_words(sector),
                found.labels.region(region),
                worst["month"],
                percent_text(worst["output_lost"])
                if unit == "share"
                else f"{money_text(worst['output_lost'])} {unit}",
                f"{number_text(lost)} months of use" if unit == "share" else f"{money_text(lost)} {unit}",
                *_delays(rows),
            )
            for lost, sector, region, unit, worst, rows in sums[:most]
        ),
        (3, 4, 5, 6, 7),
        "No industry goes without.",
    )


def _delays(rows: Sequence[Mapping[str, Any]]) -> tuple[str, str, str]:
    """Longest backlog, what was given up by the end, and the mean delay by then."""
    longest = max(row.get("backlog") or 0.0 for row in rows)
    last = max(rows, key=lambda row: row["month"])
    late = last.get("months_late")
    return (
        number_text(longest) if longest else "–",
        number_text(last["cancelled"]) if last.get("cancelled") else "–",
        number_text(late) if late is not None else "–",
    )


def _queues(data: dict[str, Any], found: Findings, most: int) -> EffectTable:
    return EffectTable(
        "Licences: what was applied for over the run, and how long it waited",
        (
            "control",
            "goods",
            "to",
            "filed, t",
            "approved, t",
            "shipped, t",
            "longest queue, t",
            "wait, months",
        ),
        queue_rows(data["queues"], found, most),
        (3, 4, 5, 6, 7),
        "Nothing waits for a licence.",
    )


def _holders(data: dict[str, Any], found: Findings, most: int) -> EffectTable:
    side = ("without the control", "with it", "change", "at the end")
    return EffectTable(
        "Who holds the stocks of what is controlled: where they move furthest",
        ("material", "region", "holder", "unit", "month", *side),
        holder_rows(data, found, most),
        (5, 6, 7, 8),
        "No stock of a controlled material moves.",
    )


def _rents(found: Findings, most: int) -> EffectTable:
    return EffectTable(
        f"Rents over the {len(found.months)} months",
        ("rent", "name", "goes to", "amount", "unit"),
        tuple(
            (kind_words(kind), plain(name), found.labels.region(recipient), money_text(amount), "USD")
            for (kind, name, recipient), amount in list(found.rents.items())[:most]
        ),
        (3,),
        "No rent is paid.",
    )


def control_rows(data: dict[str, Any], found: Findings) -> Sequence[tuple[str, ...]]:
    """Controls in force in the run, one line per measure with its materials and places joined."""
    keys = ("control", "instrument", "origin", "announced", "in_force", "until")
    rows = [
        {
            **dict.fromkeys(keys, ""),
            **{key: row.get(key) or "" for key in (*keys, "material", "destination")},
            "value": row.get("value"),
        }
        for row in data["controls"]
    ]
    lines = []
    for key, members in grouped(rows, *keys).items():
        control, instrument, origin, announced, in_force, until = key
        materials = dict.fromkeys(
            found.labels.material(row["material"]) if row["material"] else "every material" for row in members
        )
        places = dict.fromkeys(
            found.labels.region(row["destination"]) if row["destination"] else "everywhere else"
            for row in members
        )
        values = dict.fromkeys(f"{row['value']:g}" for row in members if row["value"] is not None)
        lines.append(
            (
                plain(control),
                plain(instrument),
                ", ".join(materials),
                found.labels.region(origin) if origin else "anywhere",
                ", ".join(places),
                ", ".join(values) or "–",
                announced or "–",
                in_force or "from the start",
                until or "open-ended",
            )
        )
    return lines
