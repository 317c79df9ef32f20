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
from xenotime.world.relied import tonnes_on_later_facts
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
    if world.built.get("reliance"):
        console.print(known_line(world), highlight=False)
    for name, asked in wanted.items():
        if asked and name == "notes":
            show_notes(console, world)
            show_dated(console, world)
        elif asked:
            show_build(console, world, name)
    if not any(wanted.values()) and world.built:
        kinds = ", ".join(f"{name} ({len(rows)})" for name, rows in world.built.items())
        console.print(
            f"how it was made: {kinds}; print with --adjustments, --proxies or --wedges; see also --notes, "
            "--hindcast",
            highlight=False,
        )


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


def known_line(world: World) -> str:
    """Share of the tonnes a dated world rests on whose figures were out in its month."""
    total = tonnes_on_later_facts(world).total
    shares = (total.known, total.first_edition, total.carried, total.later)
    known, first, carried, later = (part / total.tonnes if total.tonnes else 0.0 for part in shares)
    return (
        f"tonnes on facts known by {world.date}: {known + first:.0%} (first editions {first:.0%}); "
        f"earlier figures carried forward {carried:.0%}; published later {later:.0%}"
    )


def show_dated(console: Console, world: World) -> None:
    """Print what a dated world rests on: tonnes by stage, gaps, and what was published later."""
    rests = tonnes_on_later_facts(world)
    if not rests.rows:
        return
    columns = ("table", "stage", "tonnes", "known", "first edition", "carried", "later")
    rows = [
        (r.table, r.stage, *(f"{n:,.0f}" for n in (r.tonnes, r.known, r.first_edition, r.carried, r.later)))
        for r in (*rests.rows, *rests.tables)
    ]
    show_rows(console, f"\ntonnes a year by how they were known in {world.date}", columns, rows)
    gaps = world.built["gaps"]
    shown = [(g.kind, g.table, g.row, _plain(g.value), _plain(g.low), _plain(g.high), g.why) for g in gaps]
    show_rows(
        console, f"\ngaps: {len(gaps)}", ("kind", "table", "row", "instead", "low", "high", "why"), shown
    )
    later = sorted(world.built["later_facts"], key=lambda f: (-f.tonnes, f.table, f.row))
    counts = ", ".join(f"{count} {name}" for name, count in Counter(f.table for f in later).most_common())
    console.print(f"\npublished later: {counts or 'none'}", highlight=False)
    show_rows(
        console,
        f"the first {min(len(later), LISTED)} of {len(later)}, largest tonnes first",
        ("table", "row", "stage", "t/year", "value", "low", "high", "knowable from", "source"),
        [
            (
                *(f.table, f.row, f.stage, f"{f.tonnes:,.0f}"),
                *(_plain(f.value), _plain(f.low), _plain(f.high), f.knowable_from, f.source),
            )
            for f in later[:LISTED]
        ],
    )


def _plain(value: float | None) -> str:
    return "-" if value is None else f"{value:,.4g}" if abs(value) < 1000 else f"{value:,.0f}"


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
