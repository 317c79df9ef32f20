"""The made parts of the glossary: other names of elements, goods and magnet grades that tables know."""

from __future__ import annotations

from collections import defaultdict

from maker.text import cell, table
from xenotime.exposure.materials import DIDYMIUM
from xenotime.facts.load import load_facts
from xenotime.facts.reading import MaterialTerm

GROUPS = ("rare_earths", "light_rare_earths", "heavy_rare_earths", "critical_minerals", "magnets")
TOGETHER = "NdPr"


def _terms() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in load_facts().rows(MaterialTerm):
        found[row.material].append(row.term)
    return found


def elements() -> str:
    """Every element: symbol, name, oxide of trade, what a tonne of oxide holds, and how texts call it."""
    terms = _terms()
    rows = []
    for row in load_facts().rows("elements"):
        others = [term for term in terms[row.element] if term not in (row.name, row.element)]
        rows.append(
            (row.element, row.name, row.oxide, row.group, f"{row.oxide_to_metal:.4f}", ", ".join(others))
        )
    pair = dict.fromkeys((*terms[TOGETHER], *DIDYMIUM))
    rows.append((TOGETHER, "neodymium with praseodymium", "NdPr oxide", "light", "", ", ".join(pair)))
    head = ("symbol", "name", "oxide of trade", "group", "t of element in 1 t of oxide", "also read as")
    return table(head, rows)


def groups() -> str:
    """Words for many elements at once, as the reader takes them."""
    terms = _terms()
    rows = [(f"`{name}`", cell(", ".join(terms[name]))) for name in GROUPS]
    return table(("we say", "also read as"), rows)


def magnets() -> str:
    """Classes of neodymium magnets: letters of the trade, heat they bear, what stands for them."""
    rows = [
        (
            "N52, N45 (no letter)"
            if row.magnet_class == "N"
            else f"N42{row.magnet_class}, 38{row.magnet_class}",
            row.magnet_class,
            f"{row.max_celsius:g} °C ({row.low:g} to {row.high:g})",
            f"`NdFeB_{row.stands_for}`",
            f"{row.heavy_ratio:g}",
            row.grade,
        )
        for row in load_facts().rows("magnet_classes")
    ]
    head = (
        "written as",
        "class",
        "bears",
        "in the market model",
        "heavy elements, of that grade's",
        "grade of this row",
    )
    return table(head, rows)


PARTS = {"elements": elements, "groups": groups, "magnets": magnets}
