"""Prices of draws an ensemble has kept, for a question that comes later."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
import numpy.typing as npt

from xenotime.ensembles.draw_files import notes_of
from xenotime.ensembles.folder import MANIFEST, Folder, open_folder
from xenotime.ensembles.member import DETERMINED, TRADED
from xenotime.errors import one_problem
from xenotime.market.network import Array
from xenotime.policy.case import Case

Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Saved:
    """A kept ensemble.

    key : of the study;  months : of its runs;  draws : files of draws, by number
    """

    folder: Folder
    key: str
    case: str
    case_sha256: str
    world: str
    months: int
    draws: tuple[str, ...]

    def is_of(self, case: Case, world: str) -> bool:
        """Whether its draws are of a case on a world of that fingerprint."""
        return self.case_sha256 == sha256(case.text.encode("utf-8")).hexdigest() and self.world == world


@dataclass(frozen=True, slots=True)
class DrawPrices:
    """One draw by place and month: its price (USD/unit), and whether it stands: traded at, or determined."""

    price: Mapping[Place, Array]
    stands: Mapping[Place, npt.NDArray[np.bool_]]


def open_saved(path: str) -> Saved:
    """A folder of `xenotime ensemble --out`; raises InputProblems for another, or one without draws."""
    folder = open_folder(path)
    expected, remedy = "a folder of `xenotime ensemble CASE --out DIR`", "draw the case first, with --out"
    if not folder.has(MANIFEST):
        raise one_problem("not-an-ensemble", path, f"no {MANIFEST}", expected, remedy)
    try:
        known = json.loads(folder.read(MANIFEST))
        about = known["about"]
        text = (known["key"], about["case"], about["case_sha256"], about["world"])
        months = int(about["months"])
    except (ValueError, KeyError, TypeError) as error:
        found = f"a {MANIFEST} of another form ({type(error).__name__})"
        raise one_problem("not-an-ensemble", path, found, expected, remedy) from error
    draws = folder.draws()
    if not draws:
        raise one_problem("not-an-ensemble", path, "no draw", expected, "let the ensemble finish a draw")
    key, case, digest, world = map(str, text)
    return Saved(folder, key, case, digest, world, months, draws)


def saved_prices(saved: Saved, places: Sequence[Place]) -> Iterator[DrawPrices]:
    """Prices of `places` in every draw that has an answer, in the order of their numbers.

    Raises InputProblems for a file that is no draw.
    """
    for name in saved.draws:
        data = saved.folder.read(name)
        try:
            if not notes_of(data)["failure"]:
                yield _prices(data, places, saved.months)
        except (ValueError, KeyError) as error:
            raise one_problem(
                "not-a-draw",
                f"{saved.folder.path}/{name}",
                str(error),
                "a draw written by `xenotime ensemble`",
                "delete the file; the ensemble makes it again",
            ) from error


def _prices(data: bytes, places: Sequence[Place], months: int) -> DrawPrices:
    import pyarrow.parquet as pq

    wanted = [("outcome", "==", "price"), ("name", "in", sorted({material for material, _ in places}))]
    columns = ["name", "region", "month", "value", "flags"]
    rows = pq.read_table(io.BytesIO(data), columns=columns, filters=wanted).sort_by("month").to_pydict()
    at: dict[Place, list[int]] = {}
    for row, place in enumerate(zip(rows["name"], rows["region"], strict=True)):
        at.setdefault(place, []).append(row)
    value, flags = np.array(rows["value"], dtype=float), np.array(rows["flags"], dtype=np.int64)
    price, stands = {}, {}
    for place in places:
        here = np.array(at.get(place, ()), dtype=np.int64)
        if len(here) not in (0, months):
            raise ValueError(f"{len(here)} months of {place[0]} in {place[1]} and not {months}")
        price[place] = value[here] if len(here) else np.zeros(months)
        stands[place] = (
            (flags[here] & (TRADED | DETERMINED)) > 0 if len(here) else np.zeros(months, dtype=bool)
        )
    return DrawPrices(price, stands)
