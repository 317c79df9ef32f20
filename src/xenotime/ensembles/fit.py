"""Fit behaviour to what was observed to the end of 2015, and check it on what it was not shown.

Method: behaviour at points spread evenly over the priors; one run of the fitted episode each, kept one
by one; a Gaussian process stands in for runs between the points; a sample of the posterior is drawn by a
Gaussian likelihood of log multiples, gaps and exports, with a model error learnt beside.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from xenotime.ensembles.door import FIT_UNTIL, Observed, observed_until
from xenotime.ensembles.draws import MODEL_ERROR, Prior, fitted_names, prior_draw, read_priors, scores_of
from xenotime.ensembles.emulator import Emulator, fit_emulator
from xenotime.ensembles.episodes import Episode
from xenotime.ensembles.evaluate import Evaluated, Job, Told, evaluate_all
from xenotime.ensembles.evidence import Chosen, Evidence, gather, outputs_of
from xenotime.ensembles.posterior import Learnt, learn, predictive
from xenotime.ensembles.quotes import read_rates
from xenotime.ensembles.scores import band, coverage, crps, skill
from xenotime.ensembles.store import digest
from xenotime.errors import NoAnswer
from xenotime.world.fingerprint import fingerprint
from xenotime.world.numbers import FactTables

LEFT_OUT = ("Ce", "Dy")  # scored by a fit that was not shown them
EARLY = "2011-06"  # a fit to this month is scored on the time after it
MEMBERS = 200


@dataclass(frozen=True, slots=True)
class Fit:
    """A finished fit.

    runs : every point, failed ones too;  evidence : what all runs speak of;  learnt : from all of it
    checks : scores of fits that were shown only part
    """

    episode: Episode
    names: tuple[str, ...]
    seed: int
    runs: tuple[Evaluated, ...]
    observed: Observed
    evidence: Evidence
    learnt: Learnt
    checks: tuple[dict[str, Any], ...]
    record: dict[str, Any]


def fit(
    episode: Episode,
    job: Job,
    facts: FactTables,
    points: int,
    seed: int,
    folder: Path,
    workers: int = 1,
    tell: Told | None = None,
) -> Fit:
    """Run what is not kept yet, then learn; of `facts` no observed row after 2015 is read.

    Raises NoAnswer when fewer points have an answer than there are numbers to fit.
    """
    observed = observed_until(FIT_UNTIL, facts)
    priors = read_priors(facts)
    names = fitted_names(priors)
    wanted = [prior_draw(priors, names, seed, number) for number in range(points)]
    runs = evaluate_all(job, wanted, folder, workers, tell)
    good = [run for run in runs if run.series is not None]
    if len(good) <= len(names) + 1:
        raise NoAnswer(
            "the fit",
            f"{len(good)} of {points} points with an answer: " + "; ".join({run.failure for run in runs}),
            f"more than {len(names) + 1}",
            "give more points, or look at the failures kept in the work folder",
        )
    series = [run.series for run in good if run.series is not None]
    evidence, outputs = outputs_of(gather(episode, observed, read_rates(facts), series[0].base), series)
    emulator = fit_emulator(np.array([scores_of(run.values, priors, names) for run in good]), outputs)
    learnt = _learn(evidence, emulator, names, priors, seed, lambda target: True)
    checks = tuple(
        _check(name, evidence, emulator, names, priors, seed, shown, asked)
        for name, shown, asked in (
            (
                "without " + " and ".join(LEFT_OUT),
                lambda t: t.element not in LEFT_OUT,
                lambda t: t.element in LEFT_OUT,
            ),
            (f"to {EARLY}", lambda t: t.last <= EARLY, lambda t: t.first > EARLY),
        )
    )
    record = _record(
        episode, job, facts, observed, names, seed, runs, evidence, emulator, learnt, priors, checks
    )
    return Fit(episode, names, seed, runs, observed, evidence, learnt, checks, record)


def _learn(
    evidence: Evidence,
    emulator: Emulator,
    names: tuple[str, ...],
    priors: Mapping[str, Prior],
    seed: int,
    shown: Chosen,
) -> Learnt:
    columns = [at for at, target in enumerate(evidence.targets) if shown(target)]
    return learn(names, priors, emulator, evidence.only(shown), columns, seed)


def _check(
    name: str,
    evidence: Evidence,
    emulator: Emulator,
    names: tuple[str, ...],
    priors: Mapping[str, Prior],
    seed: int,
    shown: Chosen,
    asked: Chosen,
) -> dict[str, Any]:
    """Score of a fit that was shown part, on what it was not shown; the rival says no change."""
    columns = [at for at, target in enumerate(evidence.targets) if asked(target)]
    if not columns or not any(shown(target) for target in evidence.targets):
        return {"check": name, "shown": 0, "scored": 0}
    learnt = _learn(evidence, emulator, names, priors, seed, shown)
    members = predictive(learnt, columns, MEMBERS)
    seen = evidence.seen[columns]
    bands = [band(list(members[:, k])) for k in range(len(columns))]
    errors = [abs(middle - y) for (middle, _, _), y in zip(bands, seen, strict=True)]
    multiples = [k for k, at in enumerate(columns) if evidence.targets[at].kind == "price"]
    mine, theirs = sum(errors[k] for k in multiples), sum(abs(float(seen[k])) for k in multiples)
    return {
        "check": name,
        "shown": sum(map(shown, evidence.targets)),
        "scored": len(columns),
        "log_error": float(np.mean(errors)),
        "crps": float(np.mean([crps(list(members[:, k]), float(y)) for k, y in enumerate(seen)])),
        "coverage": coverage([(low, high) for _, low, high in bands], [float(y) for y in seen]),
        "skill_against_no_change": skill(mine, theirs),
        "quantiles": learnt.quantiles(priors),
    }


def _record(
    episode: Episode,
    job: Job,
    facts: FactTables,
    observed: Observed,
    names: tuple[str, ...],
    seed: int,
    runs: tuple[Evaluated, ...],
    evidence: Evidence,
    emulator: Emulator,
    learnt: Learnt,
    priors: Mapping[str, Prior],
    checks: tuple[dict[str, Any], ...],
) -> dict[str, Any]:
    """What went into a fit and what came out, enough to repeat it."""
    failures = {str(run.number): run.failure for run in runs if run.failure}
    used = [
        {"target": t.target, "seen": float(y)} for t, y in zip(evidence.targets, evidence.seen, strict=True)
    ]
    return {
        "episode": episode.episode,
        "points": len(runs),
        "seed": seed,
        "failures": failures,
        "start": job.start,
        "months": job.months,
        "look_ahead": list(job.look_ahead),
        "world": fingerprint(job.world),
        "package": digest(repr(job.package)),
        "observed_until": observed.until,
        "observed_rows": observed.count(),
        "observed_sha256": observed.fingerprint(),
        "targets": used,
        "runs": {str(run.number): dict(run.values) for run in runs},
        "leave_one_out_error": float(np.sqrt(emulator.noise.mean())),
        "effective_samples": learnt.effective,
        "quantiles": learnt.quantiles(priors),
        "priors": [_plain(row) for row in facts.rows("priors")],
        "checks": list(checks),
        "model_error": learnt.quantiles(priors)[MODEL_ERROR][1],
    }


def _plain(row: Any) -> dict[str, Any]:
    names = ("name", "value", "low", "high", "unit", "grade", "source", "refers_to", "knowable_from")
    return {name: getattr(row, name) for name in names}
