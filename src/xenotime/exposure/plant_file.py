"""A file of plants: lines, what they earn, stock, goods under way, supply terms; all its problems at once.

The file is read strictly: an unknown key is an error with the nearest known one, and names are those of
the bill.
"""

from __future__ import annotations

import re
from datetime import date
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from xenotime.errors import InputProblems, Problem, one_problem
from xenotime.policy.toml_file import line_of, read_toml
from xenotime.world.problems import suggestion

_STRICT = ConfigDict(extra="forbid", frozen=True)
DAY = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")


class PlantEntry(BaseModel):
    """A plant: where it stands and which sector it serves."""

    model_config = _STRICT

    plant: str
    region: str
    sector: str = ""


class LineEntry(BaseModel):
    """A line: what it makes in a week and what that earns (USD)."""

    model_config = _STRICT

    line: str
    product: str
    plant: str = ""
    units_per_week: float = Field(gt=0, allow_inf_nan=False)
    revenue_per_unit: float = Field(ge=0, allow_inf_nan=False)
    margin_per_unit: float = Field(ge=0, allow_inf_nan=False)
    catch_up: float | None = Field(default=None, ge=0, le=1)
    cancelled_per_month: float | None = Field(default=None, ge=0, le=1)


class StockEntry(BaseModel):
    """What is held of a part: pieces, or weeks of use."""

    model_config = _STRICT

    part: str
    plant: str = ""
    pieces: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    weeks: float | None = Field(default=None, ge=0, le=520)


class TransitEntry(BaseModel):
    """An order under way: pieces and day of arrival; a licence it still waits for makes it uncertain."""

    model_config = _STRICT

    part: str
    plant: str = ""
    pieces: float = Field(gt=0, allow_inf_nan=False)
    arrives: str
    licence: Literal["shipped", "granted", "waiting"] = "shipped"


class SupplyEntry(BaseModel):
    """Terms on which a part comes: from where, on which licence, how often, and its share of the need."""

    model_config = _STRICT

    part: str
    plant: str = ""
    country: str = ""
    share: float = Field(default=1.0, gt=0, le=1)
    contract: Literal["term", "spot", "unknown"] = "unknown"
    licence: Literal["individual", "general", "not needed", "unknown"] = "unknown"
    delivery_weeks: float | None = Field(default=None, gt=0, le=52)
    transit_weeks: float | None = Field(default=None, ge=0, le=52)


class OptionEntry(BaseModel):
    """What the user knows of an action better than the shipped table."""

    model_config = _STRICT

    action: str
    possible: bool = True
    lead_weeks: float | None = Field(default=None, ge=0, le=520)
    share: float | None = Field(default=None, ge=0, le=1)
    weeks: float | None = Field(default=None, ge=0, le=104)
    odds: float | None = Field(default=None, ge=0, le=1)
    premium: float | None = Field(default=None, ge=-1, le=100, allow_inf_nan=False)
    one_off: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    country: str = ""


class PlantFile(BaseModel):
    """Keys of a file of plants."""

    model_config = _STRICT

    title: str = ""
    today: str = ""
    weeks: int = Field(default=52, ge=4, le=156)
    sector: str = "other"
    budget: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    plant: tuple[PlantEntry, ...]
    line: tuple[LineEntry, ...]
    stock: tuple[StockEntry, ...] = ()
    transit: tuple[TransitEntry, ...] = ()
    supply: tuple[SupplyEntry, ...] = ()
    option: tuple[OptionEntry, ...] = ()


def template() -> str:
    """A file of plants to start from, for the template of a bill; every number in it is invented."""
    return (resources.files("xenotime.exposure") / "plants_template.toml").read_text("utf-8")


def load_plants(path: str | Path) -> PlantFile:
    """Read a file of plants; raises InputProblems for what is not TOML, unknown keys and bad values."""
    place = Path(path)
    if not place.is_file():
        raise one_problem(
            "not-a-file", str(place), "no such file", "a TOML file of plants", "see docs/exposure.md for one"
        )
    try:
        text = place.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        expected, remedy = "a UTF-8 text file", "save the file as UTF-8"
        found = f"bytes that are not UTF-8 at {error.start}"
        raise one_problem("wrong-encoding", place.name, found, expected, remedy) from error
    return parse_plants(text, place.name)


def parse_plants(text: str, file: str) -> PlantFile:
    """A file of plants from its text; raises as :func:`load_plants`."""
    data = read_toml(text, file, PlantFile)
    problems = list(_check(data, file, text))
    if problems:
        raise InputProblems(problems)
    return data


def _check(data: PlantFile, file: str, text: str) -> list[Problem]:
    """What pydantic cannot see: dates, one measure of stock, plants that are named and not told."""
    found = []
    for key, value in [("today", data.today), *(("arrives", item.arrives) for item in data.transit)]:
        if value and not _is_day(value):
            found.append(
                Problem(
                    "bad-day",
                    file,
                    line_of(text, key, value),
                    key,
                    repr(value),
                    "YYYY-MM-DD",
                    "write the day",
                )
            )
    for item in data.stock:
        if (item.pieces is None) == (item.weeks is None):
            expected, remedy = "either pieces or weeks", "give one of the two"
            at = line_of(text, "part", item.part)
            found.append(
                Problem("stock-measure", file, at, f"stock {item.part}", "both or none", expected, remedy)
            )
    names = [item.plant for item in data.plant]
    for kind, entries in (
        ("line", data.line),
        ("stock", data.stock),
        ("supply", data.supply),
        ("transit", data.transit),
    ):
        for entry in entries:
            if entry.plant and entry.plant not in names:
                remedy = suggestion(entry.plant, names, "add it as [[plant]]")
                at = line_of(text, "plant", entry.plant)
                found.append(
                    Problem("unknown-name", file, at, kind, repr(entry.plant), "a plant of this file", remedy)
                )
    lines = [item.line for item in data.line]
    found += [
        Problem(
            "duplicate-key",
            file,
            line_of(text, "line", name),
            "line",
            repr(name),
            "each line once",
            "rename one",
        )
        for name in dict.fromkeys(lines)
        if lines.count(name) > 1
    ]
    return found


def _is_day(text: str) -> bool:
    if not DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def example_names() -> tuple[str, ...]:
    """Names of the shipped examples, sorted."""
    return tuple(sorted(item.name for item in _examples().iterdir() if (item / "bill.csv").is_file()))


def example(name: str) -> Path | None:
    """Folder of a shipped example with its bill, plants and cases; None where there is none of that name."""
    if name not in example_names():
        return None
    return Path(str(_examples() / name))


def _examples() -> Traversable:
    return resources.files("xenotime") / "data" / "examples"
