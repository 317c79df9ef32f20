"""Small bills on disk, and what they are read against without a world."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np

from xenotime.exposure.bill import Bill, read_bill
from xenotime.exposure.contents import Contents
from xenotime.exposure.elements import Held, Setting, find_held
from xenotime.exposure.licences import read_rules
from xenotime.exposure.materials import Reader
from xenotime.exposure.origins import Origins
from xenotime.exposure.worth import element_worth
from xenotime.facts.load import load_facts

HEADER = "plant,product,level,part,quantity,material,grade,mass,mass_unit,country,unit_price"
SMALL = f"""{HEADER}
S,P,0,P,1,drive,,,,,
S,P,1,R,2,rotor,,,,,
S,P,2,M,8,NdFeB magnet,N42SH,20,g,CHN,1.10
S,P,1,X,3,"NdFeB magnet, 120 C",,1.5,g,,
S,P,1,C,1,copper wire,,2,kg,POL,
"""


@cache
def contents() -> Contents:
    """Contents on all facts."""
    return Contents(load_facts(), 2024)


def words(sector: str = "ev_traction") -> Reader:
    """The reader of texts."""
    return Reader(load_facts(), contents(), sector)


def setting(origins: Origins | None = None, at: str = "2025-06") -> Setting:
    """What a bill is read against; no flows unless `origins` are given."""
    facts = load_facts()
    home = {"": "DEU"}
    return Setting(
        facts, contents(), words(), element_worth(facts, contents()), read_rules(facts, at), origins, home
    )


def two_makers() -> Origins:
    """Magnets of class SH in Germany: three in four from China; Japan buys half of its dysprosium there."""
    elements = contents().elements
    countries = ("CHN", "JPN")
    japan = np.zeros((len(elements), 2))
    japan[:, 1] = 1.0
    japan[elements.index("Dy")] = [0.5, 0.5]
    china = np.zeros((len(elements), 2))
    china[:, 0] = 1.0
    return Origins(
        countries,
        elements,
        {("NdFeB_SH", "DEU"): np.array([0.75, 0.25])},
        {("NdFeB_SH", "CHN"): china, ("NdFeB_SH", "JPN"): japan},
        {("NdFeB_SH", "DEU"): 10.0},
    )


def bill_of(folder: Path, text: str = SMALL, name: str = "bill.csv") -> Bill:
    """The bill of `text`, by way of a file."""
    file = folder / name
    file.write_text(text, "utf-8")
    return read_bill(file, load_facts())


def held_of(folder: Path, text: str = SMALL, given: Setting | None = None) -> Held:
    """Goods and grams of a bill of `text`."""
    return find_held(bill_of(folder, text), given or setting())
