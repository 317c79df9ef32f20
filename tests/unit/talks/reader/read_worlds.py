"""The small chain with the sides of an article for its regions, and levers that fit it."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

from unit.dynamics.dynamic_worlds import floating
from unit.run_worlds import CASE
from xenotime.policy.case import Case, load_case
from xenotime.world.world import World

SIDES = {"A": "CHN", "B": "USA"}
SETTINGS = """lever,entry,key,value,low,high,grade,source,note
reserves,read-reserve,kind,stockpile,,,D,xenotime-2026-reading,Invented.
reserves,read-reserve,sponsor,{first},,,D,xenotime-2026-reading,
reserves,read-reserve,material,heavy,,,D,xenotime-2026-reading,
reserves,read-reserve,region,{first},,,D,xenotime-2026-reading,
reserves,read-reserve,quantity,1.5,1,2,D,xenotime-2026-reading,
reserves,read-reserve,price,100,90,110,D,xenotime-2026-reading,
reserves,read-reserve,control,{control},,,D,xenotime-2026-reading,
reserves,read-reserve,start,{start},,,D,xenotime-2026-reading,
permitting,no-permits,not_modelled,the chain has no projects,,,D,xenotime-2026-reading,
"""


def two_sides() -> World:
    """`floating` with China where it digs and the United States where it uses."""
    world = floating()
    tables = {}
    for item in fields(world):
        rows = getattr(world, item.name)
        if isinstance(rows, tuple) and rows and hasattr(rows[0], "__dataclass_fields__"):
            tables[item.name] = tuple(
                replace(
                    row,
                    **{
                        f.name: SIDES[getattr(row, f.name)]
                        for f in fields(row)
                        if getattr(row, f.name) in SIDES
                    },
                )
                for row in rows
            )
    return world.with_tables(**tables)


def base_file(folder: Path) -> Path:
    """The case of the small chain, its ban put on by China."""
    file = folder / "base.toml"
    file.write_text(CASE.replace('origin = "A"', 'origin = "CHN"'), "utf-8")
    return file


def base_case(folder: Path) -> Case:
    """The same, read."""
    return load_case(base_file(folder))


def settings_file(folder: Path) -> Path:
    """Settings that fit the small chain."""
    file = folder / "settings.csv"
    file.write_text(SETTINGS, "utf-8")
    return file
