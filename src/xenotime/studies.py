"""An ensemble as the user meets it: a case drawn many times, kept in a folder, told as a document."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xenotime.displays import Displayed
from xenotime.ensembles.ensemble import Ensemble, Told, run_ensemble
from xenotime.ensembles.folder import RESULT, Folder, open_folder
from xenotime.ensembles.places import find_world, is_shipped
from xenotime.ensembles.study import LOOK_AHEADS, SEED, Asked, make_study
from xenotime.ensembles.told import told
from xenotime.ensembles.workers import Evaluator, cluster, connect, processes, serial
from xenotime.market.choose import DEFAULT_ENGINE, make_engine
from xenotime.policy.case import Case
from xenotime.report.ensembled import ensemble_document
from xenotime.report.envelope import to_json
from xenotime.world.world import World


@dataclass(frozen=True, slots=True)
class Study(Displayed):
    """An ensemble that has been run; `data` are its tables, see :meth:`document`."""

    ensemble: Ensemble
    data: dict[str, Any]

    def document(self) -> dict[str, Any]:
        """The JSON document of kind ``ensemble``."""
        return ensemble_document(self.ensemble.study.key, self.data)

    def table(self, name: str) -> Any:
        """One of the tables of the document (``bands``, ``sensitivity`` ...) as a data frame."""
        import pandas as pd

        return pd.DataFrame(self.data[name])


def run_study(
    world: World | str | Path,
    case: Case,
    draws: int,
    *,
    workers: int = 1,
    client: Any = None,
    out: str = "",
    months: int | None = None,
    seed: int = SEED,
    design: str = "sobol",
    look_aheads: tuple[tuple[int, ...], ...] = (),
    engine: str = DEFAULT_ENGINE,
    tell: Told | None = None,
) -> Study:
    """Evaluate what `out` does not hold yet, read all of it, and keep what it says beside the draws.

    Raises InputProblems for a case, request or folder that does not fit, NoAnswer where no draw has one.
    """
    make_engine(engine)  # an unknown name is told before anything is worked out
    place = world if isinstance(world, str) and is_shipped(world) else ""
    asked = Asked(draws, seed, design, months or 0, look_aheads or LOOK_AHEADS, engine, place)
    picture = world if isinstance(world, World) else find_world(world)
    folder = open_folder(out) if out else open_folder(f"memory://{uuid.uuid4().hex}")
    study = make_study(picture, case, asked)
    found = run_ensemble(study, folder, evaluator_of(workers, client), tell)
    result = Study(found, told(found))
    folder.write(RESULT, (to_json(result.document()) + "\n").encode("utf-8"))
    if not out:
        _forget(folder)
    return result


def evaluator_of(workers: int, client: Any) -> Evaluator:
    """A cluster where a client or its address is given, else processes, else this process."""
    if client is not None:
        return cluster(connect(client) if isinstance(client, str) else client)
    return processes(workers) if workers > 1 else serial


def _forget(folder: Folder) -> None:
    folder.system.rm(folder.root, recursive=True)
