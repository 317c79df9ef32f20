"""Numbers the belief assumes, each with range and grade in ``belief_numbers.csv``."""

from __future__ import annotations

from dataclasses import dataclass

from xenotime.facts.load import Facts


@dataclass(frozen=True, slots=True)
class BeliefNumbers:
    """One attribute per row of the table; shares of normal flow, days, months, counts."""

    closed_below: float
    open_above: float
    share_noise: float
    prior_months: float
    prior_claims: float
    echo_days: float
    talks_months: float
    prior_talks: float
    greatest_ratio: float
    kept_from: float
    missed_below: float
    gap_margin: float
    tone_months: float
    study_days: float
    study_windows: float
    credulous: float


def belief_numbers(facts: Facts) -> BeliefNumbers:
    """The table as a record; raises TypeError where a row is missing or unknown, a fault of the package."""
    return BeliefNumbers(**{row.name: float(row.value) for row in facts.rows("belief_numbers")})
