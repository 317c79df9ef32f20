"""Why the model was far off: written by people after the join, looked up by target."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from xenotime.ensembles.frozen import data_folder

FILE = "mechanisms.csv"


@dataclass(frozen=True, slots=True)
class Mechanism:
    """Why targets of an episode were missed; `episode` and `target` may be patterns."""

    episode: str
    target: str
    mechanism: str


def read_mechanisms(folder: Path | None = None) -> tuple[Mechanism, ...]:
    """All explanations in the order of their file; none where there is no file."""
    path = (folder or data_folder()) / "backtest" / FILE
    if not path.is_file():
        return ()
    with path.open(encoding="utf-8", newline="") as stream:
        return tuple(Mechanism(**row) for row in csv.DictReader(stream))


def mechanism_of(known: tuple[Mechanism, ...], episode: str, target: str) -> str:
    """The first explanation that fits; empty where nobody has explained it."""
    return next(
        (
            item.mechanism
            for item in known
            if fnmatchcase(episode, item.episode) and fnmatchcase(target, item.target)
        ),
        "",
    )
