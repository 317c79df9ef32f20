"""An ensemble as a JSON document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xenotime.report.envelope import Row, envelope


def ensemble_document(key: str, data: Row) -> Row:
    """The document of an ensemble; `key` is that of its study."""
    return envelope("ensemble", key, data, list(_warnings(data)))


BESIDE_A_RUN = (
    "draws",
    "headline",
    "bands",
    "sensitivity",
    "next_facts",
    "scatter",
    "coverage",
    "model_error",
    "failures",
    "numbers",
)


def with_bands(run: Row, ensemble: Row) -> Row:
    """A run's document with the tables of an ensemble of the same case beside its own."""
    data = {**run["data"], **{name: ensemble["data"][name] for name in BESIDE_A_RUN}}
    return {**run, "warnings": [*run["warnings"], *ensemble["warnings"]], "data": data}


def _warnings(data: Row) -> Iterator[str]:
    draws: dict[str, Any] = data["draws"]
    if draws["failed"]:
        yield (
            f"{draws['failed']} of {draws['asked']} draws have no answer and are in no band; "
            "their reasons are under failures"
        )
