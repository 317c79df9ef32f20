"""What every JSON document of ours has around its data."""

from __future__ import annotations

import json
from importlib import metadata
from typing import Any

from xenotime.errors import one_problem

Row = dict[str, Any]
UNITS = {"quantity": "material's unit per month", "money": "USD"}


def envelope(kind: str, fingerprint: str, data: Row, warnings: list[str] | None = None) -> Row:
    """A document of `kind`."""
    return {
        "xenotime": metadata.version("xenotime"),
        "kind": kind,
        "fingerprint": fingerprint,
        "units": UNITS,
        "warnings": warnings or [],
        "data": data,
    }


def data_of(document: Row, kind: str) -> Any:
    """The tables of a document of `kind`; raises InputProblems for one of another kind."""
    if document.get("kind") != kind:
        raise one_problem(
            "report-kind",
            f"{kind} document",
            f"kind {document.get('kind')!r}",
            f"kind {kind!r}",
            f"give the JSON written by `xenotime {kind} --json`",
            column="kind",
        )
    return document["data"]


def to_json(document: Row) -> str:
    """Compact text with explicit keys; a NaN is a bug and raises ValueError."""
    return json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
