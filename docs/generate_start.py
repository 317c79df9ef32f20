"""Keep what the first page shows of ``xenotime run april-2025``, so that no result on it is written by hand.

Nothing is run while the world, the case and the frozen behaviour are those of the kept answer; otherwise
half a minute."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from maker.pictures import KEPT
from xenotime.api import load_case, load_world
from xenotime.ensembles.frozen import load_frozen
from xenotime.report.answer import answer
from xenotime.report.findings import find
from xenotime.runs import run_case
from xenotime.world.fingerprint import fingerprint

CASE = "april-2025"
MATERIAL, OUTSIDE, INSIDE = "Dy_oxide", "DEU", "CHN"
ELEMENTS = ("Dy", "Tb", "Sm")


def inputs() -> dict[str, str]:
    """What the kept answer rests on: world, case as written, frozen behaviour, the lines asked about."""
    case = load_case(CASE)
    return {
        "world": fingerprint(load_world(case.data.world)),
        "case": hashlib.sha256(case.text.encode()).hexdigest(),
        "behaviour": load_frozen().sha256,
        "shown": " ".join((MATERIAL, OUTSIDE, INSIDE, *ELEMENTS)),
    }


def is_stale() -> bool:
    """Whether the kept answer is of other inputs, or none is kept."""
    return not KEPT.exists() or json.loads(KEPT.read_text(encoding="utf-8"))["inputs"] != inputs()


def _price(rows: list[dict[str, Any]], region: str, key: str) -> list[float]:
    return [
        row[key]
        for row in rows
        if (row["material"], row["region"], row["market"]) == (MATERIAL, region, "spot")
    ]


def keep() -> None:
    """Run the case and write what the page shows of it."""
    case = load_case(CASE)
    document = run_case(load_world(case.data.world), case).document()
    data = document["data"]
    found = {
        "inputs": inputs(),
        "fingerprint": document["fingerprint"],
        "answer": [str(sentence) for sentence in answer(data, find(data))],
        "months": data["months"],
        "price": {
            "outside": _price(data["prices"], OUTSIDE, "value"),
            "outside_without": _price(data["prices"], OUTSIDE, "baseline"),
            "inside": _price(data["prices"], INSIDE, "value"),
            "inside_without": _price(data["prices"], INSIDE, "baseline"),
        },
        "available": {
            element: [
                round(row["value"], 4)
                for row in data["availability"]
                if (row["element"], row["region"]) == (element, OUTSIDE)
            ]
            for element in ELEMENTS
        },
    }
    found["price"] = {name: [round(value) for value in values] for name, values in found["price"].items()}
    KEPT.parent.mkdir(exist_ok=True)
    KEPT.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"kept the answer to {CASE} in docs/pictures/{KEPT.name}")


if __name__ == "__main__":
    if is_stale():
        keep()
