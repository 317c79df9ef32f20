"""The behavioural numbers of a run, each with its range and where it is from."""

from __future__ import annotations

from dataclasses import asdict

from xenotime.dynamics.trajectory import Trajectory
from xenotime.ensembles.frozen import load_frozen
from xenotime.facts.load import load_facts
from xenotime.report.envelope import Row

TOLD = ("low", "high", "unit", "grade", "source", "note")


def behaviour_rows(run: Trajectory, fitted: bool) -> list[Row]:
    """One row per number; a fitted one has the tenth and ninetieth hundredth of its posterior as range."""
    used = asdict(run.setup.behaviour)
    rows = [
        {"name": row.name, "value": used[row.name], **{name: getattr(row, name) for name in TOLD}}
        for row in load_facts().rows("behaviour")
    ]
    if not fitted:
        return rows
    frozen = load_frozen()
    quantiles = frozen.record["quantiles"]
    episode, grade = frozen.record["episode"], "D"  # the fit leans on assumed priors
    return [
        row
        if row["name"] not in frozen.values
        else {
            **row,
            "low": quantiles[row["name"]][0],
            "high": quantiles[row["name"]][2],
            "grade": grade,
            "source": f"fit to {episode}, frozen {frozen.sha256[:12]}",
        }
        for row in rows
    ]
