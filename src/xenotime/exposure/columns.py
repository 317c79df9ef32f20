"""Columns of a bill of materials: what each holds, what else people call it, and the template."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class BillColumn:
    """One column: its meaning, other headers it goes by, an example, whether it holds a number."""

    name: str
    meaning: str
    also: tuple[str, ...] = ()
    example: str = ""
    number: bool = False


_ALL = (
    BillColumn("plant", "where the product is made; blank is everywhere", ("site", "factory"), "Stuttgart"),
    BillColumn("product", "what is sold", ("model", "end item", "finished good", "top"), "drive-A"),
    BillColumn("level", "0 is the product, 1 its parts, 2 their parts ...", ("bom level", "lvl"), "1", True),
    BillColumn(
        "part",
        "part number",
        ("part number", "part no", "partnumber", "item", "item number", "material number"),
        "MAG-1",
    ),
    BillColumn("parent", "part it goes into; not together with level", ("assembly", "parent part"), ""),
    BillColumn("quantity", "pieces in one of its parent", ("qty", "quantity per", "usage"), "32", True),
    BillColumn(
        "material",
        "what it is made of, in words",
        ("description", "material description", "substance"),
        "NdFeB magnet, 120 C",
    ),
    BillColumn("grade", "grade, such as N42SH", ("magnet grade", "material grade"), "N42SH"),
    BillColumn(
        "mass", "mass of one piece", ("weight", "net weight", "unit weight", "mass per piece"), "25", True
    ),
    BillColumn(
        "mass_unit", "mg, g, kg, t, oz or lb; blank is g", ("weight unit", "unit of mass", "uom mass"), "g"
    ),
    BillColumn(
        "contents", "stated shares by mass, such as Nd 28.5 %; Dy 4.4 %", ("composition", "contains"), ""
    ),
    BillColumn("supplier", "who delivers it", ("vendor", "manufacturer", "supplier name"), "Magnet Works"),
    BillColumn(
        "country",
        "where it was made, ISO code or name; blank is not known",
        ("country of origin", "origin", "supplier country", "coo"),
        "CHN",
    ),
    BillColumn(
        "separated_in",
        "where its elements were separated; blank is not known",
        ("country of separation",),
        "",
    ),
    BillColumn("unit_price", "USD for one piece", ("price", "cost", "unit cost", "price usd"), "1.60", True),
)
COLUMNS: Mapping[str, BillColumn] = MappingProxyType({item.name: item for item in _ALL})
NUMBERS = tuple(item.name for item in _ALL if item.number)
REQUIRED = ("part", "material")
GRAMS = MappingProxyType({"mg": 1e-3, "g": 1.0, "kg": 1e3, "t": 1e6, "oz": 28.349523125, "lb": 453.59237})


def plain_header(text: str) -> str:
    """A header as it is compared: lower case, words parted by single blanks."""
    return re.sub(r"[\s_\-./]+", " ", text).strip().casefold()


KNOWN: Mapping[str, str] = MappingProxyType(
    {plain_header(word): item.name for item in _ALL for word in (item.name, *item.also)}
)
_TEMPLATE = (
    {"product": "drive-A", "level": "0", "part": "drive-A", "quantity": "1", "material": "traction drive"},
    {
        "product": "drive-A",
        "level": "1",
        "part": "ROT-1",
        "quantity": "1",
        "material": "rotor, electrical steel",
        "mass": "9.5",
        "mass_unit": "kg",
        "country": "DEU",
    },
    {
        "product": "drive-A",
        "level": "2",
        "part": "MAG-1",
        "quantity": "96",
        "material": "NdFeB magnet",
        "grade": "N42SH",
        "mass": "20",
        "mass_unit": "g",
        "supplier": "Magnet Works",
        "country": "CHN",
        "unit_price": "1.10",
    },
    {
        "product": "drive-A",
        "level": "1",
        "part": "SEN-1",
        "quantity": "2",
        "material": "NdFeB magnet, 120 C",
        "mass": "1.5",
        "mass_unit": "g",
    },
)


def template() -> str:
    """A small bill to start from, as CSV: one product, a rotor with magnets, a sensor."""
    names = list(COLUMNS)
    lines = [",".join(names)]
    for row in _TEMPLATE:
        cells = [row.get(name, "Stuttgart" if name == "plant" else "") for name in names]
        lines.append(",".join(f'"{cell}"' if "," in cell else cell for cell in cells))
    return "\n".join(lines) + "\n"
