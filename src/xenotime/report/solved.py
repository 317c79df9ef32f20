"""JSON documents of a static clearing and of an explanation."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from xenotime.market.clearing import Clearing
from xenotime.market.explain import Explanation
from xenotime.report.envelope import envelope


def solve_document(clearing: Clearing, fingerprint: str) -> dict[str, Any]:
    """All tables of a static clearing, and its objective."""
    names = ("prices", "flows", "activities", "consumption", "supply", "shortfalls", "rents", "disposal")
    data: dict[str, Any] = {name: clearing.table(name) for name in names}
    data["objective"] = clearing.objective
    data["checks"] = [asdict(clearing.check)]
    stored = len(clearing.program.network.stocks)
    warnings = [f"{stored} stock rows are not used: a static clearing stores nothing"] if stored else []
    return envelope("solve", fingerprint, data, warnings)


def explain_document(told: Explanation, material: str, region: str, month: str) -> dict[str, Any]:
    """An explanation with every term."""
    return envelope(
        "explain", "", {"material": material, "region": region, "month": month, **asdict(told)}, []
    )
