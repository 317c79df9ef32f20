"""Predictions without a look at what happened: draws of frozen behaviour, runs, a sealed file per episode."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import NormalDist
from typing import Any

import numpy as np

from xenotime.ensembles.destinations import first_stop_targets, premium_targets
from xenotime.ensembles.door import LAST_USED, Observed, keys_until
from xenotime.ensembles.draws import control_draw, posterior_draw, read_priors
from xenotime.ensembles.episodes import Episode
from xenotime.ensembles.evaluate import Evaluated, Job, Told, evaluate, evaluate_all
from xenotime.ensembles.frozen import Frozen
from xenotime.ensembles.measured import predicted_value
from xenotime.ensembles.rivals import (
    COST_SHARE,
    FORESIGHT,
    NO_CHANGE,
    PRE_SHOCK,
    STRAIGHT,
    all_foreseen,
    controls_on_exports,
    cost_share,
    no_change,
    pre_shock_share,
    straight_demand,
)
from xenotime.ensembles.scores import band
from xenotime.ensembles.series import Series
from xenotime.ensembles.store import digest, sealed
from xenotime.ensembles.targets import LOG, Target, forecast_targets, loser_targets, make_targets
from xenotime.errors import NoAnswer
from xenotime.months import month_range
from xenotime.world.fingerprint import fingerprint
from xenotime.world.numbers import FactTables

SEED = 2010
STRATA = 5  # members a draw is spread into by the model's error
NOISY = ("price", "gap", "quantity", "order")
_NORMAL = NormalDist()


@dataclass(frozen=True, slots=True)
class Variant:
    """Which facts a world was built from, and how many tonnes of it rest on facts later than the cut-off."""

    name: str
    job: Job
    later_tonnes: float | None


def targets_of(episode: Episode, keys: Observed, regions: Sequence[str]) -> tuple[Target, ...]:
    """All targets of an episode, from keys of observed rows alone."""
    if episode.sample == "forecast":
        return forecast_targets(episode)
    about_places = premium_targets(episode, keys) + first_stop_targets(episode, regions)
    return make_targets(episode, keys) + loser_targets(episode, regions) + about_places


def predict(
    episode: Episode,
    variant: Variant,
    frozen: Frozen,
    facts: FactTables,
    draws: int,
    folder: Path,
    workers: int = 1,
    tell: Told | None = None,
    model_rivals: bool = True,
) -> dict[str, Any]:
    """The sealed predictions of an episode.

    Runs are kept in `folder` one by one.  Raises NoAnswer when no draw has an answer.
    """
    job, priors = variant.job, read_priors(facts)
    wanted = [
        posterior_draw(frozen.posterior, priors, SEED, number)
        | control_draw(job.package.ranges, SEED + 1, number)
        for number in range(draws)
    ]
    runs = evaluate_all(job, wanted, folder / "draws", workers, tell)
    good = [run.series for run in runs if run.series is not None]
    if not good:
        raise NoAnswer(
            episode.episode,
            "; ".join(sorted({run.failure for run in runs})),
            "one draw with an answer in every month",
            "look at the failures kept in the work folder",
        )
    rivals, rival_failures = make_rivals(job, frozen, folder, good[0].base, model_rivals)
    regions = sorted({row.region for row in job.world.demand if row.region != episode.origin})
    targets = targets_of(episode, keys_until(LAST_USED, facts), regions)
    rows = [_row(target, good, rivals, frozen.model_error) for target in targets]
    return sealed(
        {
            "kind": "prediction",
            "episode": episode.episode,
            "sample": episode.sample,
            "variant": variant.name,
            "cut_off": episode.cut_off,
            "later_tonnes": variant.later_tonnes,
            "frozen": frozen.sha256,
            "world": fingerprint(job.world),
            "package": digest(repr(job.package)),
            "case": episode.case,
            "start": job.start,
            "months": job.months,
            "look_ahead": list(job.look_ahead),
            "draws": draws,
            "seed": SEED,
            "drawn": [f"{item.control}.{item.name}" for item in job.package.ranges],
            "failures": _failures(runs) | rival_failures,
            "model_error": frozen.model_error,
            "base": {name: good[0].base[name] for t in targets for name in t.series if name in good[0].base},
            "targets": [row for row in rows if row is not None],
            "uncovered": [t.target for t, row in zip(targets, rows, strict=True) if row is None],
        }
    )


def _failures(runs: Sequence[Evaluated]) -> dict[str, str]:
    return {f"draw {run.number}": run.failure for run in runs if run.failure}


def make_rivals(
    job: Job, frozen: Frozen, folder: Path, base: Mapping[str, float], model_rivals: bool
) -> tuple[dict[str, Series], dict[str, str]]:
    """Every rival as series, and why one is missing."""
    months = month_range(job.start, job.months)
    setup = job.prepare(frozen.behaviour())
    through, charged = controls_on_exports(setup, job)
    found = {
        NO_CHANGE: no_change(base, months),
        PRE_SHOCK: pre_shock_share(base, months, through, job.origin),
        COST_SHARE: cost_share(base, months, charged),
    }
    failures = {}
    straight = replace(job, world=straight_demand(job.world, frozen.values.get("elasticity_scale", 1.0)))
    for name, variant in ((STRAIGHT, straight), (FORESIGHT, all_foreseen(job))) if model_rivals else ():
        run = evaluate(variant, 0, frozen.values, folder / name.replace(" ", "-"))
        if run.series is None:
            failures[name] = run.failure
        else:
            found[name] = run.series
    return found, failures


def members_of(target: Target, runs: Sequence[Series], error: float) -> list[float]:
    """Members of a target's ensemble: each draw spread by the model's error at even steps of a normal law.

    Multiples are multiplied by exp(error z); logarithms of ratios are moved by error z; dates stay.
    """
    values = [value for run in runs if (value := predicted_value(target, run)) is not None]
    if target.kind not in NOISY or error <= 0:
        return values
    steps = [error * _NORMAL.inv_cdf((k + 0.5) / STRATA) for k in range(STRATA)]
    if target.kind == "order":
        return [value + step for value in values for step in steps]
    return [float(value * np.exp(step)) for value in values for step in steps]


def _row(
    target: Target, runs: Sequence[Series], rivals: Mapping[str, Series], error: float
) -> dict[str, Any] | None:
    members = members_of(target, runs, error)
    if not members or (target.scale == LOG and min(members) <= 0):
        return None
    middle, low, high = band(members)
    return {
        **target.plain(),
        "predicted": middle,
        "low": low,
        "high": high,
        "members": [float(f"{value:.8g}") for value in members],
        "rivals": {name: predicted_value(target, series) for name, series in rivals.items()},
    }
