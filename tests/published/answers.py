"""Solve a published world, read the answer as plain dictionaries, and quote published numbers."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from xenotime.api import solve
from xenotime.market.clearing import Clearing

WORLDS = Path(__file__).parent / "worlds"
ACCURACY = 1e-6  # relative: what the project promises of every clearing


@cache
def clearing(world: str) -> Clearing:
    """The static clearing of one folder of `worlds`."""
    return solve(WORLDS / world)


def printed(number: str) -> Any:
    """A number as its source prints it, right within half a unit of the last digit."""
    decimals = len(number.partition(".")[2])
    return pytest.approx(float(number), abs=0.5 * 10.0**-decimals, rel=0)


def exact(number: float) -> Any:
    """A number that its source states in full, as an integer, a fraction or a computer's whole double."""
    return pytest.approx(number, rel=ACCURACY, abs=ACCURACY)


def prices(world: str) -> dict[tuple[str, str], float]:
    """Price by material and region of what moves; an open price of such a good is an error of the test."""
    found = {}
    for row in clearing(world).table("prices"):
        if not row["determined"] and row["volume"] <= 0:
            continue
        assert row["determined"], f"{row['material']} in {row['region']} has an interval, not a price"
        found[row["material"], row["region"]] = row["value"]
    return found


def flows(world: str) -> dict[tuple[str, str, str], float]:
    """Flow by material, origin and destination."""
    rows = clearing(world).table("flows")
    return {(row["material"], row["origin"], row["destination"]): row["value"] for row in rows}


def activities(world: str) -> dict[tuple[str, str], float]:
    """Activity by facility and recipe."""
    return {(row["facility"], row["recipe"]): row["value"] for row in clearing(world).table("activities")}


def consumption(world: str) -> dict[tuple[str, str], float]:
    """Use by material and region."""
    return {(row["material"], row["region"]): row["value"] for row in clearing(world).table("consumption")}


def supplied(world: str) -> dict[tuple[str, str], float]:
    """Amount offered by material and region."""
    return {(row["material"], row["region"]): row["value"] for row in clearing(world).table("supply")}


def rent(world: str, kind: str) -> dict[str, Any]:
    """The one rent of that kind that is paid; more or fewer than one is an error of the test."""
    (row,) = [row for row in clearing(world).table("rents") if row["kind"] == kind and row["value"] > 0]
    return row
