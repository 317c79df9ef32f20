"""A small complete folder of facts that tests copy and then spoil in one place."""

from __future__ import annotations

import csv
from pathlib import Path

from xenotime.facts.table import TABLES

TAIL = {"grade": "B", "source": "s1", "refers_to": "2024", "knowable_from": "2025-01", "note": ""}
ROWS: dict[str, list[dict[str, str]]] = {
    "sources_supply.csv": [
        {
            "source": "s1",
            "title": "Yearbook",
            "publisher": "Office",
            "date": "2025-01",
            "grade": "A",
            "retrieval": "read",
        },
        {"source": "memory", "title": "Old book", "date": "1999", "grade": "D", "retrieval": "recalled"},
    ],
    "sources_demand.csv": [
        {
            "source": "s1",
            "title": "Yearbook",
            "publisher": "Office",
            "date": "2025-01",
            "grade": "A",
            "retrieval": "read",
        }
    ],
    "elements.csv": [
        {
            "element": "Dy",
            "name": "dysprosium",
            "oxide": "Dy2O3",
            "group": "heavy",
            "family": "rare earths",
            "oxide_to_metal": "0.8713",
            "low": "0.8713",
            "high": "0.8713",
        }
        | TAIL,
        {
            "element": "Nd",
            "name": "neodymium",
            "oxide": "Nd2O3",
            "group": "light",
            "family": "rare earths",
            "oxide_to_metal": "0.8574",
            "low": "0.8574",
            "high": "0.8574",
        }
        | TAIL,
    ],
    "regions.csv": [
        {"region": "AAA", "name": "Aland", "group": "Europe", "lat": "1", "lon": "2", "source": "s1"},
        {"region": "BBB", "name": "Bland", "group": "Oceania", "lat": "-1", "lon": "2", "source": "s1"},
    ],
    "feeds.csv": [
        {
            "feed": "hill",
            "name": "Red Hill",
            "mineral": "monazite",
            "region": "AAA",
            "assay_of": "hill",
            "proxy": "no",
            "route": "concentrate",
            "source": "s1",
            "grade": "B",
        }
    ],
    "assays.csv": [{"feed": "hill", "element": "Dy", "share": "0.02", "low": "0.01", "high": "0.03"} | TAIL],
    "facilities.csv": [
        {
            "facility": "mine_a",
            "name": "Mine A",
            "operator": "Digger",
            "region": "AAA",
            "stage": "mine",
            "feed": "hill",
            "heavy_separation": "no",
            "status": "operating",
            "start": "2010-01",
            "in_totals": "yes",
            "source": "s1",
            "grade": "B",
            "knowable_from": "2010-01",
        }
    ],
    "mine_production.csv": [
        {"region": "AAA", "feed": "hill", "year": str(year), "production": "100", "low": "90", "high": "110"}
        | TAIL
        | {"knowable_from": f"{year + 1}-01", "refers_to": str(year)}
        for year in (2009, 2024)
    ],
    "prices.csv": [
        {
            "material": "Dy_oxide",
            "market": "europe",
            "period": "2024",
            "price": "300000",
            "low": "1",
            "high": "400000",
            "kind": "annual_average",
        }
        | TAIL
    ],
    "trade.csv": [
        {
            "material_class": "oxide",
            "material": "Dy_oxide",
            "origin": "AAA",
            "destination": "BBB",
            "year": "2024",
            "quantity": "5",
            "low": "4",
            "high": "6",
        }
        | TAIL
    ],
    "growth.csv": [
        {
            "sector": "wind",
            "from": "2024",
            "to": "2030",
            "scenario": "slow",
            "cagr": "0.1",
            "low": "0",
            "high": "0.2",
        }
        | TAIL
    ],
    "controls_record.csv": [
        {
            "control": "AAA-1",
            "issuer": "AAA",
            "number": "No. 1",
            "instrument": "licence",
            "announced": "2020-04-04",
            "in_force": "2020-05",
            "suspended": "2020-11",
            "resumes": "2021-11",
            "materials": "Dy;Tb",
            "targets": "all",
            "processing_working_days": "45",
            "observed": "exports nil",
            "outcome_from": "2020-11",
            "grade": "A",
            "source": "s1",
            "knowable_from": "2020-04",
        }
    ],
    "events.csv": [
        {
            "event": "e1",
            "date": "2020-06",
            "venue": "Aville",
            "party": "minister",
            "kind": "statement",
            "claim": "Dy will flow",
            "confirmed": "no",
            "outcome_from": "2020-06",
            "grade": "C",
            "source": "s1",
            "knowable_from": "2020-06",
        }
    ],
    "missing_supply.csv": [{"topic": "prices", "what": "dysprosium in AAA", "where_looked": "library"}],
    "observed/observed_exports.csv": [
        {
            "product": "Dy",
            "coverage": "customs",
            "origin": "AAA",
            "destination": "WLD",
            "period": "2024-05",
            "unit": "t",
            "value": "1",
            "low": "1",
            "high": "1",
        }
        | TAIL
    ],
}


def write_example(folder: Path, **changes: list[dict[str, str]]) -> Path:
    """Write every declared file; `changes` replace the rows of a table named without its ending."""
    rows = ROWS | {f"{name}.csv": found for name, found in changes.items()}
    for table in TABLES.values():
        for file in table.files:
            write_file(folder, file, list(table.columns()), rows.get(file, []))
    return folder


def write_file(folder: Path, file: str, header: list[str], rows: list[dict[str, str]]) -> None:
    """Write one table as text, cells in the order of `header`."""
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, header, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def changed(file: str, number: int = 0, **cells: str) -> list[dict[str, str]]:
    """Rows of a table of the example with some cells of one row replaced."""
    rows = [dict(row) for row in ROWS[file]]
    rows[number] |= cells
    return rows
