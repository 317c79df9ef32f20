"""What the question about a company is and what was found, ready to be told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from xenotime.displays import Displayed
from xenotime.exposure.elements import Group, Held, Setting
from xenotime.exposure.luck import Luck
from xenotime.exposure.plan import Plan
from xenotime.exposure.plant_file import PlantFile
from xenotime.exposure.ranking import Table, Weighed


@dataclass(frozen=True, slots=True)
class Exposed(Displayed):
    """A bill read against a world, and lines under cases where plants and cases were given.

    at : day controls and prices are those of;  held, setting, groups : the bill
    today : first day of the first week;  table : lines under cases;  weighed : actions, doing nothing first
    titles : cases in words;  controls : by case, day or month the first control is in force
    draws : of each case over what is not known; none is the case as it stands
    key : of everything that decides the answer
    """

    at: str
    held: Held
    setting: Setting
    groups: tuple[Group, ...]
    key: str
    plants: PlantFile | None = None
    today: date | None = None
    luck: Luck | None = None
    table: Table | None = None
    weighed: tuple[Weighed, ...] = ()
    plan: Plan | None = None
    titles: Mapping[str, str] | None = None
    controls: Mapping[str, str] | None = None
    failures: tuple[str, ...] = ()
    draws: int = 0
