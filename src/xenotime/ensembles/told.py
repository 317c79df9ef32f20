"""What an ensemble says, as tables: bands, headline numbers, failures, and what was drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from xenotime.ensembles.bands import NAMES, SHARES, bands
from xenotime.ensembles.ensemble import Ensemble
from xenotime.ensembles.fact_numbers import titles_of
from xenotime.ensembles.frozen import load_frozen
from xenotime.ensembles.headlines import UNITS
from xenotime.ensembles.past import coverage_rows
from xenotime.ensembles.sensitivity import places_of, sensitivity
from xenotime.ensembles.study import table_of
from xenotime.ensembles.uncertain import by_name
from xenotime.ensembles.why import confidence, next_facts, scatter_rows, sensitivity_rows
from xenotime.facts.load import load_facts
from xenotime.market.network import Array
from xenotime.months import month_range

MOST = {  # of each kind of headline number, those that move most
    "peak price": 3,
    "least availability": 2,
    "output lost": 2,
    "months late": 1,
    "first month of shortage": 1,
    "shortage over": 1,
}
TRADED_STAGES = ("separated_oxide", "metal", "sintered_magnet")  # what buyers outside the chain ask after
MOVES = 1e-3  # a number that moves by less than this on the mean of draws is none
FITTED = "fit of behaviour to the export quotas of 2010-15, frozen before it was scored"
TITLES = {  # of what is no document
    "case": "the case itself, which says what it assumes",
    "priors": "prior of behaviour, assumed",
    "assumed": "assumed; the note of its row says why",
}
Row = dict[str, Any]


def headline_values(ensemble: Ensemble) -> dict[str, Array]:
    """Headline numbers worth telling, one value per draw with an answer, those that move most first."""
    notes = ensemble.good()
    still_at = {  # what a number is where nothing happens; 0 for the others
        "peak price": 1.0,
        "least availability": 1.0,
        "first month of shortage": float(ensemble.study.months),
    }
    found: dict[str, list[tuple[float, str, Array]]] = {}
    for name in sorted({name for note in notes for name in note["headlines"]}):
        outcome = name.partition("/")[0]
        still = still_at.get(outcome, 0.0)
        values = np.array([note["headlines"].get(name, still) for note in notes], dtype=float)
        moved = float(np.mean(np.abs(values - still)))  # ranked by this, so that the furthest come first
        if moved > MOVES:
            found.setdefault(outcome, []).append((-moved, name, values))
    stage = {row.material: row.stage for row in ensemble.study.world.materials}
    return {
        name: values
        for outcome, most in MOST.items()
        for name, values in _most(sorted(found.get(outcome, []), key=lambda item: item[:2]), most, stage)
    }


def _most(
    ranked: Sequence[tuple[float, str, Array]], most: int, stage: Mapping[str, str]
) -> list[tuple[str, Array]]:
    """The first of each traded stage where stages are known, else the first `most`."""
    kept: dict[str, tuple[str, Array]] = {}
    known = any(stage.get(name.partition("/")[2]) in TRADED_STAGES for _, name, _ in ranked)
    for _, name, values in ranked:
        of = stage.get(name.partition("/")[2], "")
        if not known or of in TRADED_STAGES:
            kept.setdefault(of if known else name, (name, values))
    return list(kept.values())[:most]


def headline_rows(ensemble: Ensemble, values: Mapping[str, Array]) -> list[Row]:
    """Quantiles of every headline number."""
    months = month_range(ensemble.study.case.data.start, ensemble.study.months)
    rows = []
    for name, drawn in values.items():
        outcome, _, about = name.partition("/")
        quantiles = {key: float(v) for key, v in zip(NAMES, np.quantile(drawn, SHARES), strict=True)}
        rows.append(
            {
                "headline": name,
                "outcome": outcome,
                "about": about,
                **quantiles,
                "draws": len(drawn),
                "unit": UNITS[outcome],
                "last_month": months[-1],
            }
        )
    return rows


def places_of_draws(ensemble: Ensemble) -> Array:
    """Where in its range each number lies in the draws with an answer, draws x numbers."""
    rows = [note["number"] for note in ensemble.good()]
    quantiles = table_of(ensemble.study)[rows]
    numbers = ensemble.study.numbers
    places = [places_of(item, quantiles[:, column]) for column, item in enumerate(numbers)]
    return np.stack(places, axis=1) if places else np.zeros((len(rows), 0))


def failure_rows(ensemble: Ensemble) -> list[Row]:
    """Draws without an answer, and why."""
    return [{"draw": note["number"], "reason": note["failure"]} for note in ensemble.notes if note["failure"]]


def number_rows(ensemble: Ensemble, titles: Mapping[str, str]) -> list[Row]:
    """Every uncertain number: its range, grade, source, where it is stated and how many cells it moves."""
    return [
        {
            "number": item.name,
            "kind": item.kind,
            "low": None if item.options else item.low,
            "value": None if item.options else item.value,
            "high": None if item.options else item.high,
            "options": list(item.options),
            "unit": item.unit,
            "grade": item.grade,
            "source": item.source,
            "title": titles.get(item.source, ""),
            "refers_to": item.refers_to,
            "stated": item.row,
            "cells": len(item.acts),
        }
        for item in ensemble.study.numbers
    ]


def told(ensemble: Ensemble) -> Row:
    """The data of the document of an ensemble."""
    study, values = ensemble.study, headline_values(ensemble)
    known, places = by_name(study.numbers), places_of_draws(ensemble)
    studied = {name: sensitivity(name, study.numbers, places, drawn) for name, drawn in values.items()}
    titles: Mapping[str, str] = {
        **titles_of(load_facts()),
        **TITLES,
        **{row.source: row.title for row in study.world.sources},
        **{item.source: FITTED for item in study.numbers if item.source.startswith("frozen ")},
    }
    return {
        "case": {
            "name": study.case.name,
            "title": study.case.data.title,
            "question": study.case.data.question,
            "start": study.case.data.start,
            "months": study.months,
            "behaviour": study.case.data.behaviour,
        },
        "months": list(month_range(study.case.data.start, study.months)),
        "regions": _plain(study.world.regions, ("region", "name", "group")),
        "materials": _plain(study.world.materials, ("material", "name", "stage", "unit")),
        "controls": _plain(
            study.package.controls,
            ("control", "instrument", "material", "origin", "destination", "announced", "in_force", "until"),
        ),
        "draws": {
            "asked": study.asked.draws,
            "answered": len(ensemble.good()),
            "failed": len(ensemble.notes) - len(ensemble.good()),
            "design": study.asked.design,
            "seed": study.asked.seed,
            "key": study.key,
            "look_aheads": [list(item) for item in study.asked.look_aheads],
        },
        "headline": [
            {**row, **confidence(studied[row["headline"]])} for row in headline_rows(ensemble, values)
        ],
        "bands": bands(ensemble),
        "sensitivity": sensitivity_rows(studied, known, titles),
        "next_facts": next_facts(studied, known, titles),
        "scatter": scatter_rows(studied, known, values, places),
        "coverage": coverage_rows(),
        "model_error": load_frozen().model_error,
        "failures": failure_rows(ensemble),
        "numbers": number_rows(ensemble, titles),
    }


def _plain(rows: Sequence[Any], names: tuple[str, ...]) -> list[Row]:
    return [{name: getattr(row, name) for name in names} for row in rows]
