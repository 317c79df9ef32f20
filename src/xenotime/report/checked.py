"""`xenotime world check`: problems of a world, and how the shipped one was reconciled and calibrated."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, is_dataclass
from typing import Any

from rich.console import Console

from xenotime.errors import InputProblems
from xenotime.report.terminal import show_rows
from xenotime.world.checks import check_world
from xenotime.world.notes import world_notes
from xenotime.world.world import World

LISTED = 60
NARROW = 0.25  # of price: a wedge below it is called narrow


def show_check(console: Console, world: World, wanted: dict[str, bool]) -> None:
    """Raise InputProblems with every problem, or print what the world holds and the lists asked for."""
    problems = check_world(world)
    if problems:
        raise InputProblems(problems)
    console.print(f"{world.name}: no problem found", highlight=False)
    console.print(_size(world), highlight=False)
    if world.built.get("tonnes_known"):
        show_known(console, world)
    for name, asked in wanted.items():
        if asked and name == "notes":
            show_notes(console, world)
        elif asked:
            show_build(console, world, name)
    if not any(wanted.values()) and world.built:
        kinds = ", ".join(f"{name} ({len(rows)})" for name, rows in world.built.items())
        console.print(
            f"how it was made: {kinds}; print with --adjustments, --proxies, --wedges or --later; "
            "see also --notes, --hindcast",
            highlight=False,
        )


def show_known(console: Console, world: World) -> None:
    """How much of a dated world rests on figures published later."""
    rows = [
        (row["table"], row["tonnes"], f"{row['known_share']:.0%}", row["carried"], row["borrowed"])
        for row in world.built["tonnes_known"]
    ]
    title = f"\nas known in {world.date}: t/year of the base year"
    show_rows(console, title, ("table", "tonnes", "known", "carried forward", "borrowed from later"), rows)


def _size(world: World) -> str:
    counts = {
        "regions": len(world.regions),
        "materials": len(world.materials),
        "plants": len({p.facility for p in world.facilities}),
        "plant recipes": len(world.facilities),
        "lanes": len(world.lanes),
        "uses": len(world.demand),
        "stocks": len(world.stocks),
        "sources": len(world.sources),
    }
    return ", ".join(f"{count} {name}" for name, count in counts.items())


def show_notes(console: Console, world: World) -> None:
    """Count what is worth knowing about a world; list all but mines and losses, which every chain has."""
    notes = world_notes(world)
    counts = ", ".join(f"{count} {kind}" for kind, count in Counter(note.kind for note in notes).items())
    rows = [(n.kind, n.table, n.key, n.text) for n in notes if n.kind not in ("loss", "extraction")]
    show_rows(console, f"\nnotes: {counts or 'none'}", ("kind", "table", "key", "note"), rows)


def show_build(console: Console, world: World, name: str) -> None:
    """Print one list of how the world was made."""
    rows = [
        asdict(row) if is_dataclass(row) and not isinstance(row, type) else dict(row)
        for row in world.built.get(name, ())
    ]
    if not rows:
        console.print(f"{name}: none")
        return
    columns = tuple(rows[0])
    if "tonnes" in columns and "share" in columns:
        total = sum(float(row["tonnes"]) for row in rows)
        within = sum(float(row["tonnes"]) for row in rows if abs(float(row["share"])) < NARROW)
        console.print(
            f"{within / total:.1%} of tonnes have a wedge under {NARROW:.0%} of price", highlight=False
        )
        rows = sorted(rows, key=lambda row: -abs(float(row["share"])) * float(row["tonnes"]))
    shown: list[tuple[Any, ...]] = [tuple(row[column] for column in columns) for row in rows[:LISTED]]
    show_rows(console, f"\n{name}: {len(rows)}, the first {len(shown)}", columns, shown)
