"""Fit, predict and score by episode: what the commands call."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xenotime.dynamics.trajectory import LOOK_AHEAD
from xenotime.ensembles.episodes import Episode
from xenotime.ensembles.evaluate import Job, Told
from xenotime.ensembles.fit import Fit, fit
from xenotime.ensembles.frozen import Frozen, data_folder, load_frozen
from xenotime.ensembles.joined import RECORDS, check_prediction, join, load_predictions, prediction_records
from xenotime.ensembles.mechanisms import Mechanism, mechanism_of, read_mechanisms
from xenotime.ensembles.predict import Variant, predict
from xenotime.ensembles.scored import plain_targets, rival_rows, score_rows
from xenotime.ensembles.store import keep
from xenotime.errors import NoAnswer
from xenotime.facts.load import Facts, load_facts
from xenotime.policy.case import load_case
from xenotime.policy.package import read_package
from xenotime.world.build import build_world
from xenotime.world.growth import BEYOND, growth_path
from xenotime.world.relied import tonnes_on_later_facts
from xenotime.world.vintage import FULL, STRICT
from xenotime.world.world import World

ALL_FACTS, AS_KNOWN = "all", "as known"
SEED = 2009
Builder = Callable[[Episode, str], tuple[World, float | None]]


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is spent: runs, processes beside each other, and months to run (0 is all of the episode).

    look_ahead : lengths of the periods foreseen (months)
    """

    runs: int
    workers: int = 1
    months: int = 0
    look_ahead: tuple[int, ...] = ()


def build(episode: Episode, facts: str) -> tuple[World, float | None]:
    """World of an episode from all facts or as known at its cut-off, and tonnes that rest on later facts.

    Tonnes a year are summed over the tables a world is built from, so one tonne may count at each stage.

    Raises NoAnswer where what was known does not make a world.
    """
    variant = STRICT if facts == AS_KNOWN else FULL
    world = build_world(episode.world, known_by=episode.cut_off, variant=variant)
    return world, tonnes_on_later_facts(world).total.later


def job_of(episode: Episode, world: World, effort: Effort) -> Job:
    """The run of an episode, with the growth of demand expected at its cut-off."""
    package = read_package(load_case(episode.case), world)
    months = min(effort.months or episode.months, episode.months)
    ahead = effort.look_ahead or LOOK_AHEAD
    growth = growth_path(load_facts(), world, episode.start, months + BEYOND, episode.cut_off).scale
    return Job(world, package, episode.start, months, episode.origin, episode.quota, ahead, growth=growth)


def fit_episode(
    episode: Episode, effort: Effort, folder: Path, tell: Told | None = None, facts: Facts | None = None
) -> Fit:
    """Fit on an in-sample episode; raises NoAnswer for one that is held out."""
    if episode.sample != "in-sample":
        raise NoAnswer(
            episode.episode, f"a {episode.sample}", "an in-sample episode", "nothing is tuned on it"
        )
    world, _ = build(episode, ALL_FACTS)
    job = job_of(episode, world, effort)
    return fit(episode, job, facts or load_facts(), effort.runs, SEED, folder, effort.workers, tell)


def predict_episode(
    episode: Episode,
    frozen: Frozen,
    effort: Effort,
    folder: Path,
    facts: str = ALL_FACTS,
    tell: Told | None = None,
    builder: Builder = build,
    model_rivals: bool = True,
) -> dict[str, Any]:
    """Sealed predictions of an episode with one kind of facts.

    model_rivals : whether variants of the model run as rivals; they do once, not again for other facts, and
        a forecast that nothing will be held against has none
    """
    world, tonnes = builder(episode, facts)
    variant = Variant(facts, job_of(episode, world, effort), tonnes)
    rivals = model_rivals and facts == ALL_FACTS and episode.sample != "forecast"
    return predict(episode, variant, frozen, load_facts(), effort.runs, folder, effort.workers, tell, rivals)


def commit_prediction(document: dict[str, Any], note: str, folder: Path | None = None) -> Path:
    """Write a prediction among the package's data and put it on the record."""
    place = folder or data_folder()
    name = "-".join((document["episode"], *document["variant"].split()))
    path = place / "predictions" / f"{name}.json"
    keep(path, document)
    if document["sha256"] not in {row["prediction"] for row in prediction_records(place)}:
        row = [document["episode"], document["sha256"], document["frozen"], str(document["draws"]), note]
        with (place / "backtest" / RECORDS).open("a", encoding="utf-8", newline="") as stream:
            csv.writer(stream, lineterminator="\n").writerow(row)
    return path


def backtest(
    episodes: Sequence[Episode], folder: Path | None = None, facts: Facts | None = None
) -> dict[str, Any]:
    """Committed predictions joined with what happened: tables targets, scores, rivals, episodes, checks.

    Forecasts are listed and not scored.  Raises NoAnswer before a fit is frozen or a prediction committed.
    """
    frozen, records = load_frozen(folder), prediction_records(folder)
    known, explained = facts or load_facts(), read_mechanisms(folder)
    rows: list[dict[str, Any]] = []
    told: list[dict[str, Any]] = []
    for episode in episodes:
        for document in load_predictions(episode.episode, folder):
            check_prediction(document, frozen, records)
            if episode.sample != "forecast":
                rows += join(episode, document, frozen, records, known)
            told.append(_about(document))
    return {
        "frozen": frozen.sha256,
        "targets": [{**row, "mechanism": _why(explained, row)} for row in plain_targets(rows)],
        "scores": score_rows(rows),
        "rivals": rival_rows(rows),
        "episodes": told,
        "checks": [{k: v for k, v in check.items() if k != "quantiles"} for check in frozen.record["checks"]],
    }


def _why(explained: tuple[Mechanism, ...], row: dict[str, Any]) -> str:
    """What was written of a target outside its band; the others need no reason."""
    return "" if row["covered"] else mechanism_of(explained, row["episode"], row["target"])


def _about(document: dict[str, Any]) -> dict[str, Any]:
    return {
        "episode": document["episode"],
        "sample": document["sample"],
        "facts": document["variant"],
        "cut_off": document["cut_off"],
        "later_tonnes": document["later_tonnes"],
        "draws": document["draws"],
        "failures": len(document["failures"]),
        "targets": len(document["targets"]),
        "uncovered": len(document["uncovered"]),
        "prediction": document["sha256"],
    }
