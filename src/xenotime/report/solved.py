"""JSON documents of a static clearing and of an explanation."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from xenotime import __version__
from xenotime.market.clearing import Clearing
from xenotime.market.explain import Explanation


def _envelope(kind: str, fingerprint: str, data: dict[str, Any], warnings: list[str]) -> dict[str, Any]:
    return {
        "xenotime": __version__,
        "kind": kind,
        "fingerprint": fingerprint,
        "units": {"quantity": "material's unit per month", "money": "USD"},
        "warnings": warnings,
        "data": data,
    }


def solve_document(clearing: Clearing, fingerprint: str) -> dict[str, Any]:
    """Tables of a static clearing: prices, flows, activities, consumption, supply, shortfalls, rents, objective."""
    names = ("prices", "flows", "activities", "consumption", "supply", "shortfalls", "rents", "disposal")
    data: dict[str, Any] = {name: clearing.table(name) for name in names}
    data["objective"] = clearing.objective
    data["checks"] = [asdict(clearing.check)]
    stored = len(clearing.program.network.stocks)
    warnings = [f"{stored} stock rows are not used: a static clearing stores nothing"] if stored else []
    return _envelope("solve", fingerprint, data, warnings)


def explain_document(told: Explanation, material: str, region: str, month: str) -> dict[str, Any]:
    """An explanation with every term."""
    return _envelope(
        "explain", "", {"material": material, "region": region, "month": month, **asdict(told)}, []
    )
