"""A bill of materials read and checked: one frozen record of columns, or all its problems at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from xenotime.exposure.columns import GRAMS, NUMBERS
from xenotime.exposure.levels import by_level, by_parent
from xenotime.exposure.problems import Faults, shown
from xenotime.exposure.sheet import LINE, read_columns
from xenotime.exposure.suppliers import Found, find_suppliers
from xenotime.market.network import Array, Index
from xenotime.world.problems import suggestion

if TYPE_CHECKING:
    import pandas as pd

    from xenotime.facts.load import Facts

NAMED = 200  # strange places the nearest name is looked for
GREATEST = 1e12  # of any number in a bill, and of pieces in one product: beyond it is a slip
TEXTS = ("plant", "product", "part", "material", "grade", "contents", "supplier", "country", "separated_in")


@dataclass(frozen=True, slots=True)
class Coded:
    """A column of text: the place of each line's text among the different ones."""

    names: tuple[str, ...]
    code: Index

    def of(self, line: int) -> str:
        """Text of a line."""
        return self.names[int(self.code[line])]


@dataclass(frozen=True, slots=True)
class Bill:
    """Lines of a bill, one entry per line in every array.

    line : where it stands in the file;  pieces : in one product, zero where its parts are counted instead
    grams : mass of one piece, NaN where none is stated;  price : USD for one piece, NaN where not stated
    texts : columns of text by name; countries are ISO3 or blank
    aside : headers of the file that are not read;  assemblies : lines that only hold others
    suppliers : those found among the plants of the facts; they give the country where the bill gives none
    """

    file: str
    line: Index
    pieces: Array
    grams: Array
    price: Array
    texts: Mapping[str, Coded]
    aside: tuple[str, ...]
    assemblies: int
    suppliers: tuple[Found, ...] = ()

    def __len__(self) -> int:
        return len(self.line)


def read_bill(path: str | Path, facts: Facts) -> Bill:
    """Read and check a bill; raises InputProblems with every fault of every row."""
    place = Path(path)
    frame, aside = read_columns(place)
    faults = Faults(place.name)
    line: Index = frame[LINE].to_numpy(dtype=np.int64)
    numbers = {name: _numbers(frame, name, line, faults) for name in NUMBERS}
    texts = {name: _coded(frame, name) for name in TEXTS}
    names = {row.region: row.region for row in facts.rows("regions")}
    names |= {row.name.casefold(): row.region for row in facts.rows("regions")}
    names |= {row.code: row.region for row in facts.rows("country_codes")}
    for name in ("country", "separated_in"):
        texts[name] = _places(texts[name], name, names, line, faults)
    found = find_suppliers(texts["supplier"].names, facts)
    texts["country"] = _by_supplier(texts["country"], texts["supplier"], found)
    _check_parts(texts["part"], line, faults)
    quantity = np.where(np.isnan(numbers["quantity"]), 1.0, numbers["quantity"])
    pieces = _pieces(frame, texts, numbers["level"], quantity, line, faults)
    grams = numbers["mass"] * _grams_per(frame, line, faults)
    many = pieces > GREATEST
    if many.any():
        at = np.flatnonzero(many)
        expected, remedy = f"at most {GREATEST:g} pieces in one product", "check the quantities above it"
        faults.each("too-many-pieces", line[at], "quantity", (f"{pieces[i]:g}" for i in at), expected, remedy)
    faults.stop()
    return Bill(
        place.name,
        line,
        pieces,
        grams,
        numbers["unit_price"],
        texts,
        aside,
        int(((pieces == 0) & (quantity > 0)).sum()),
        tuple(found.values()),
    )


def _column(frame: pd.DataFrame, name: str) -> Any:
    import pandas as pd

    return frame[name] if name in frame.columns else pd.Series([""] * len(frame), dtype="str")


def _coded(frame: pd.DataFrame, name: str) -> Coded:
    import pandas as pd

    if name not in frame.columns:
        return Coded(("",), np.zeros(len(frame), dtype=np.int64))
    code, names = pd.factorize(frame[name])
    return Coded(tuple(str(item) for item in names), code.astype(np.int64))


def _numbers(frame: pd.DataFrame, name: str, line: Index, faults: Faults) -> Array:
    """A column of numbers, NaN where blank; anything else that is no number of zero or more is a fault."""
    import pandas as pd

    if name not in frame.columns:
        return np.full(len(frame), np.nan)
    text = frame[name]
    blank = (text == "").to_numpy(dtype=bool)
    value = np.array(pd.to_numeric(text.where(~blank, None), errors="coerce"), dtype=float)
    whole = name == "level"
    known = np.where(np.isfinite(value), value, -1.0)
    wrong = ~blank & ((known < 0) | (known > GREATEST) | (whole & (known != np.floor(known))))
    if wrong.any():
        at = np.flatnonzero(wrong)
        expected = (
            "a whole number, 0 or more" if whole else f"a number from 0 to {GREATEST:g}, such as 1234.5"
        )
        remedy = "digits and a decimal point; no unit, no marks between thousands, no formula"
        faults.each("bad-number", line[at], name, text.iloc[at], expected, remedy)
    value[wrong] = np.nan
    return value


def _places(column: Coded, name: str, known: Mapping[str, str], line: Index, faults: Faults) -> Coded:
    """Countries as ISO3; a name nobody knows is a fault of every row it stands in."""
    said = tuple(known.get(text.upper(), known.get(text.casefold(), "")) for text in column.names)
    strange = np.array([bool(text) and not code for text, code in zip(column.names, said, strict=True)])
    at = np.flatnonzero(strange[column.code])
    otherwise = "use the rest of its area, such as ROW_EUR, or leave it blank"
    remedies: dict[str, str] = {}
    for number, row in enumerate(map(int, at)):
        text = column.of(row)
        if number < NAMED and text not in remedies:
            remedies[text] = suggestion(text.upper(), tuple(known.values()), otherwise)
        expected, remedy = "an ISO code or the name of a region", remedies.get(text, otherwise)
        faults.add("unknown-place", int(line[row]), name, shown(text), expected, remedy)
    unique = tuple(dict.fromkeys(said))
    back = np.array([unique.index(code) for code in said], dtype=np.int64)
    return Coded(unique, back[column.code])


def _by_supplier(country: Coded, supplier: Coded, found: Mapping[str, Found]) -> Coded:
    """Countries, those the bill leaves blank taken from the supplier's plants where they are in one."""
    regions = [found[name].region if name in found else "" for name in supplier.names]
    names = tuple(dict.fromkeys((*country.names, *regions)))
    own = np.array([names.index(name) for name in country.names], dtype=np.int64)[country.code]
    theirs = np.array([names.index(name) for name in regions], dtype=np.int64)[supplier.code]
    blank = names.index("") if "" in names else -1
    return Coded(names, np.where(own == blank, theirs, own))


def _check_parts(part: Coded, line: Index, faults: Faults) -> None:
    if "" in part.names:
        at = np.flatnonzero(part.code == part.names.index(""))
        faults.each(
            "required-blank",
            line[at],
            "part",
            ("" for _ in at),
            "a part number",
            "give each line a part number",
        )


def _grams_per(frame: pd.DataFrame, line: Index, faults: Faults) -> Array:
    unit = _coded(frame, "mass_unit")
    scale = np.array([GRAMS.get(name or "g", np.nan) for name in unit.names])
    strange = np.isnan(scale)[unit.code]
    if strange.any():
        at = np.flatnonzero(strange)
        expected = "one of " + ", ".join(GRAMS)
        texts = (unit.of(int(row)) for row in at)
        faults.each("unknown-mass-unit", line[at], "mass_unit", texts, expected, "convert the mass")
    return np.asarray(scale[unit.code])


def _pieces(
    frame: pd.DataFrame,
    texts: Mapping[str, Coded],
    level: Array,
    quantity: Array,
    line: Index,
    faults: Faults,
) -> Array:
    """Pieces in one product, by level or parent; each line counts by itself where the bill has neither."""
    product = texts["product"].code * len(texts["plant"].names) + texts["plant"].code
    lines = line.tolist()
    if "level" in frame.columns:
        if np.isnan(level).any():
            if not faults.any():
                at = np.flatnonzero(np.isnan(level))
                faults.each("required-blank", line[at], "level", ("" for _ in at), "a level", "fill it in")
            return np.zeros(len(frame))
        return by_level(level.astype(np.int64), quantity, product, lines, faults)
    if "parent" in frame.columns:
        place = {name: code for code, name in enumerate(texts["part"].names)}
        tops = set(texts["product"].names)
        parent = _coded(frame, "parent")
        beyond = len(place)
        codes = [
            -1 if not name or (name in tops and name not in place) else place.get(name, beyond)
            for name in parent.names
        ]
        up = np.array(codes, dtype=np.int64)[parent.code]
        return by_parent(texts["part"].code, up, quantity, product, lines, faults)
    return quantity
