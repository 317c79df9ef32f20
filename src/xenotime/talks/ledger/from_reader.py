"""Commitments the reader found, as rows of the ledger: the JSON of ``xenotime read`` of kind ``read``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from xenotime.errors import InputProblems, Problem, one_problem
from xenotime.facts.politics import Commitment

SOURCE = "xenotime-2026-reading"
NEEDED = ("actor", "act", "date")


def read_commitments(path: Path) -> tuple[Commitment, ...]:
    """Commitments of a document of kind ``read``.

    Of each row of ``data.commitments`` the keys actor, act and date must be there; counterpart, amount, unit,
    deadline and mechanism may be.  What was read of one text is not yet known to be true, so the grade is D.

    Raises InputProblems for another kind of document and for every row without what is needed.
    """
    document = _document(path)
    rows = document.get("data", {}).get("commitments", [])
    problems = [
        Problem(
            "missing-key",
            path.name,
            None,
            f"data.commitments.{number}.{key}",
            "nothing",
            f"a value for {key}",
            "read the text again, or add the key",
        )
        for number, row in enumerate(rows)
        for key in NEEDED
        if not row.get(key)
    ]
    if problems:
        raise InputProblems(problems)
    return tuple(_commitment(path.stem, number, row) for number, row in enumerate(rows, 1))


def _document(path: Path) -> dict[str, Any]:
    try:
        document = json.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise one_problem(
            "cannot-read", str(path), str(error), "the JSON of `xenotime read`", "check the file"
        ) from error
    if not isinstance(document, dict) or document.get("kind") != "read":
        raise one_problem(
            "report-kind",
            path.name,
            f"kind {document.get('kind') if isinstance(document, dict) else None!r}",
            "kind 'read'",
            "give the JSON written by `xenotime read --json`",
            column="kind",
        )
    return document


def _commitment(stem: str, number: int, row: Mapping[str, Any]) -> Commitment:
    date = str(row["date"])
    amount = row.get("amount")
    return Commitment(
        commitment=f"{stem}-{number}",
        deal=stem,
        date=date,
        promised_by=str(row["actor"]),
        to=str(row.get("counterpart") or "all"),
        what=str(row["act"]),
        amount=None if amount is None else float(amount),
        unit=str(row.get("unit") or "none stated"),
        deadline=str(row.get("deadline") or ""),
        mechanism=str(row.get("mechanism") or ""),
        delivery="",
        delivered_ratio=None,
        status="",
        outcome_from=date[:7],
        grade="D",
        source=SOURCE,
        knowable_from=date[:7],
        note="found by the reader",
    )
