"""Tables of what was believed about controls in a run, and of what it did to the spread of prices."""

from __future__ import annotations

from collections.abc import Iterable

from xenotime.dynamics.foresight import branches_of
from xenotime.dynamics.trajectory import Trajectory
from xenotime.dynamics.volatility import volatility_table
from xenotime.policy.beliefs import predicted, step_in
from xenotime.report.envelope import Row

LEAST = 1e-6  # log price: smaller spreads are rounding


def belief_rows(run: Trajectory) -> list[Row]:
    """Per month, control in doubt and regime: how likely it is held to rule from `begins` (or at once)."""
    rows: list[Row] = []
    for month in run.labels():
        for belief in run.setup.beliefs:
            step = step_in(belief, month)
            if step is None:
                continue
            chances = predicted(belief, month, step.begins or month)
            rows += [
                {
                    "month": month,
                    "control": control,
                    "regime": regime,
                    "begins": step.begins,
                    "probability": chance,
                    "note": belief.note,
                    "source": belief.source,
                }
                for control in belief.controls
                for regime, chance in chances.items()
            ]
    return rows


def volatility_rows(run: Trajectory) -> list[Row]:
    """Spread of the next month's price over what is believed possible, where there is any."""
    return [
        {**row, "unit": "log price per root month"} for row in volatility_table(run) if row["value"] > LEAST
    ]


def belief_warnings(run: Trajectory) -> Iterable[str]:
    """Says in which months branches were left out of the look-ahead, and how likely they were."""
    left = {
        month: branches_of(run.setup.beliefs, month, run.setup.splitting).left_out for month in run.labels()
    }
    worst = {month: share for month, share in left.items() if share > 0}
    if worst:
        yield (
            f"the look-ahead keeps the {run.setup.splitting.most} likeliest combinations of regimes; in "
            f"{len(worst)} months others were left out, together at most {max(worst.values()):.2g} likely"
        )
