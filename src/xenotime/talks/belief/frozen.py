"""Parameters of the belief, from the record to the end of 2024 and frozen: what scored replays use."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from xenotime.errors import NoAnswer
from xenotime.facts.load import Facts, load_facts
from xenotime.facts.words import Spell
from xenotime.talks.belief.cadence import Cadence, fit_cadence
from xenotime.talks.belief.hazards import Hazard, first_practice, law_hazards, practice_hazards
from xenotime.talks.belief.numbers import BeliefNumbers, belief_numbers
from xenotime.talks.belief.practice import PRACTICE, channels, regime_of_share, shares
from xenotime.talks.ledger.days import last_day
from xenotime.talks.ledger.known import known_at

FILE = "frozen_belief.json"
FIT_UNTIL = "2024-12"  # nothing later is read by the fit; the replay begins in 2025


@dataclass(frozen=True, slots=True)
class Parameters:
    """What the filter runs on.

    first : how a licence works in its first month;  seen : shares of normal flow seen in each regime
    """

    until: str
    numbers: BeliefNumbers
    hazards: tuple[Hazard, ...]
    first: Mapping[str, float]
    cadence: Cadence
    seen: Mapping[str, tuple[float, ...]]


def fit_parameters(facts: Facts | None = None, until: str = FIT_UNTIL) -> Parameters:
    """Parameters from what was known at the end of `until`."""
    known = known_at(load_facts() if facts is None else facts, last_day(until))
    numbers = belief_numbers(known)
    seen: dict[str, list[float]] = {name: [] for name in PRACTICE}
    for channel in channels(known):
        for share in shares(known, channel).values():
            seen[regime_of_share(share, numbers)].append(share)
    return Parameters(
        until,
        numbers,
        law_hazards(known.rows(Spell), until, numbers) + practice_hazards(known, until, numbers),
        first_practice(known, until, numbers),
        fit_cadence(known, until, numbers),
        {name: tuple(sorted(values)) for name, values in seen.items()},
    )


def document_of(parameters: Parameters) -> dict[str, Any]:
    """The parameters as the frozen file holds them, with the hash of everything else in it."""
    content = json.loads(json.dumps({"kind": "frozen belief", **asdict(parameters)}))
    return {**content, "sha256": _digest(content)}


def freeze(folder: Path | None = None) -> Path:
    """Write the frozen file from the shipped record."""
    place = (folder or Path(str(files("xenotime") / "data"))) / FILE
    text = json.dumps(document_of(fit_parameters()), indent=1)
    place.write_text(text + "\n", encoding="utf-8")
    return place


def load_frozen(folder: Path | None = None) -> tuple[Parameters, str]:
    """The frozen parameters and their hash; raises NoAnswer where the file is missing or was changed."""
    place = (folder or Path(str(files("xenotime") / "data"))) / FILE
    if not place.is_file():
        raise NoAnswer(FILE, "nothing", "parameters frozen by a fit", "run `python -m xenotime.talks.belief`")
    content = json.loads(place.read_text("utf-8"))
    stated = content.pop("sha256", "")
    if stated != _digest(content):
        raise NoAnswer(FILE, "a file changed after it was frozen", "the file as fitted", "restore it")
    return (
        Parameters(
            content["until"],
            BeliefNumbers(**content["numbers"]),
            tuple(Hazard(**row) for row in content["hazards"]),
            content["first"],
            Cadence(**content["cadence"]),
            {name: tuple(values) for name, values in content["seen"].items()},
        ),
        stated,
    )


def _digest(content: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
