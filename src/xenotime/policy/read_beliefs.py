"""Beliefs of a case, checked against its controls: every fault is named at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise

from xenotime.errors import InputProblems, Problem
from xenotime.months import month_of
from xenotime.policy.beliefs import Belief, BeliefEntry, BeliefStep, BeliefStepEntry, as_row
from xenotime.policy.regimes import BETWEEN, REGIMES
from xenotime.world.problems import unknown_name

SUM_TOLERANCE = 1e-6  # decimals in a file: 0.333333 three times is one
NOT_FOR = {  # regimes that say nothing new of an instrument
    ("ban", "licensed"): "a ban has no licences: write closed for the ban, open or suspended without it",
    ("production_quota", "closed"): "a quota on production closes no border: write licensed for the quota",
}


def read_beliefs(
    entries: Iterable[BeliefEntry], instruments: Mapping[str, str], file: str
) -> tuple[Belief, ...]:
    """Beliefs from the entries of a case.

    instruments : instrument of every control that can be believed in, by name

    Raises InputProblems naming every unknown control and regime, bad or unordered month, and every set of
    probabilities or hazards that cannot be.
    """
    problems: list[Problem] = []
    beliefs: list[Belief] = []
    doubted: dict[str, int] = {}
    for number, entry in enumerate(entries):
        place = f"belief.{number}"
        found = _control_faults(entry, instruments, doubted, file, place)
        doubted.update(dict.fromkeys(entry.controls, number))
        found += _path_faults(entry, file, place) + _hazard_faults(entry, file, place)
        problems += found
        if not found:
            beliefs.append(_belief(entry))
    if problems:
        raise InputProblems(problems)
    return tuple(beliefs)


def _belief(entry: BeliefEntry) -> Belief:
    steps = []
    for step in entry.path:
        total = sum(step.probability.values())
        chances = {name: share / total for name, share in step.probability.items()}
        begins = month_of(step.begins) if step.begins else ""
        steps.append(BeliefStep(month_of(step.month), begins, as_row(chances)))
    hazard = tuple(as_row(entry.hazard.get(name, {})) for name in REGIMES)
    return Belief(entry.controls, tuple(steps), hazard, entry.assumed, entry.source)


def _control_faults(
    entry: BeliefEntry, instruments: Mapping[str, str], doubted: Mapping[str, int], file: str, place: str
) -> list[Problem]:
    found = []
    regimes = {name for step in entry.path for name, share in step.probability.items() if share > 0}
    regimes |= {name for row in entry.hazard.values() for name, share in row.items() if share > 0}
    for name in entry.controls:
        if name not in instruments:
            found.append(
                unknown_name(
                    file,
                    f"{place}.controls",
                    name,
                    instruments,
                    "a control of the case",
                    _one_of(instruments, "add the control to the case"),
                )
            )
            continue
        if any(sign in name for sign in BETWEEN):
            found.append(
                Problem(
                    "bad-value",
                    file,
                    None,
                    f"{place}.controls",
                    repr(name),
                    f"a name without any of {' '.join(BETWEEN)}",
                    "rename the control",
                )
            )
        if name in doubted:
            found.append(
                Problem(
                    "duplicate-key",
                    file,
                    None,
                    f"{place}.controls",
                    f"{name!r}, as in belief.{doubted[name]}",
                    "each control in one belief",
                    "keep one of them",
                )
            )
        for regime in REGIMES:
            remedy = NOT_FOR.get((instruments[name], regime))
            if regime in regimes and remedy is not None:
                found.append(
                    Problem(
                        "regime-of-no-meaning",
                        file,
                        None,
                        f"{place}.path",
                        f"{regime!r} for {name!r}, a {instruments[name]}",
                        "a regime the control can be in",
                        remedy,
                    )
                )
    return found


def _path_faults(entry: BeliefEntry, file: str, place: str) -> list[Problem]:
    found = []
    if not entry.path:
        found.append(
            Problem(
                "bad-value",
                file,
                None,
                f"{place}.path",
                "no step",
                "at least one step",
                "add a [[belief.path]] with month and probability",
            )
        )
    for number, step in enumerate(entry.path):
        at = f"{place}.path.{number}"
        for key, text in (("month", step.month), ("begins", step.begins)):
            if (text or key == "month") and not _is_month(text):
                found.append(
                    Problem(
                        "bad-month",
                        file,
                        None,
                        f"{at}.{key}",
                        repr(text),
                        "YYYY-MM or YYYY-MM-DD",
                        "write the month",
                    )
                )
        for name in step.probability:
            if name not in REGIMES:
                found.append(
                    unknown_name(file, f"{at}.probability", name, REGIMES, "a regime", _one_of(REGIMES))
                )
        total = sum(step.probability.values())
        if abs(total - 1) > SUM_TOLERANCE:
            found.append(
                Problem(
                    "probabilities-not-one",
                    file,
                    None,
                    f"{at}.probability",
                    f"a sum of {total:.6g}",
                    "probabilities that sum to 1",
                    "give every regime its share; regimes left out have none",
                )
            )
    return found + _order_faults(entry.path, file, place)


def _order_faults(path: tuple[BeliefStepEntry, ...], file: str, place: str) -> list[Problem]:
    months = [month_of(step.month) if _is_month(step.month) else "" for step in path]
    return [
        Problem(
            "months-not-ordered",
            file,
            None,
            f"{place}.path.{number}.month",
            f"{after!r} after {before!r}",
            "months that rise from step to step",
            "sort the steps and keep one for each month",
        )
        for number, (before, after) in enumerate(pairwise(months), 1)
        if before and after and after <= before
    ]


def _hazard_faults(entry: BeliefEntry, file: str, place: str) -> list[Problem]:
    found = []
    for origin, row in entry.hazard.items():
        for name in (origin, *row):
            if name not in REGIMES:
                found.append(
                    unknown_name(file, f"{place}.hazard", name, REGIMES, "a regime", _one_of(REGIMES))
                )
        total = sum(row.values())
        if origin in row or total > 1:
            found.append(
                Problem(
                    "hazards-too-high",
                    file,
                    None,
                    f"{place}.hazard.{origin}",
                    f"a hazard of {origin!r} for itself" if origin in row else f"a sum of {total:.6g}",
                    "hazards of other regimes only, that sum to at most 1 a month",
                    "leave out the regime itself: what is left of 1 is its chance to stay",
                )
            )
    return found


def _is_month(text: str) -> bool:
    try:
        month_of(text)
    except ValueError:
        return False
    return True


def _one_of(names: Iterable[str], otherwise: str = "") -> str:
    every = list(names)
    return "use one of " + ", ".join(every) if every else otherwise
