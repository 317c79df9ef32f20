"""Cards of what goes into answers: world, case, months as they were cleared, ledger, game."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from xenotime.dynamics.trajectory import Trajectory
from xenotime.figures.style import money_text, number_text, percent_text
from xenotime.market.intervals import price_intervals
from xenotime.policy.case import Case
from xenotime.report.cards import SHOWN, Card, part
from xenotime.talks.bargaining.read_game import Game
from xenotime.talks.ledger.ledger import Ledger
from xenotime.world.world import World

TABLES = (
    "regions",
    "materials",
    "contents",
    "recipes",
    "facilities",
    "lanes",
    "limits",
    "demand",
    "supply",
    "stocks",
    "contracts",
    "controls",
    "sources",
)
WHAT_BUILT = {
    "missing": "facts looked for and not found",
    "proxies": "ores that stand on the assay of another",
    "adjustments": "figures moved to make the base year balance",
    "later_facts": "figures published after the date, that nothing earlier stands in for",
}
BAND = (0.05, 0.95)  # of the posterior of a reliability
NONE = "\N{EN DASH}"


def world_card(world: World) -> Card:
    """A world: its tables, how many rows have a range, and how well they are known."""
    held = [(name, getattr(world, name)) for name in TABLES]
    stages = Counter(row.stage or "no stage" for row in world.materials)
    unknown = [
        f"{WHAT_BUILT[name]}: {len(rows):,}"
        for name, rows in world.built.items()
        if name in WHAT_BUILT and rows
    ]
    graded = Counter(row.grade or "none" for _, rows in held for row in rows if hasattr(row, "grade"))
    total = sum(graded.values())
    if total:
        unknown.append(
            f"{percent_text(graded['D'] / total)} of rows are estimates (grade D), "
            f"{percent_text(graded['none'] / total)} have no grade"
        )
    return Card(
        f"world{f' of {world.date}' if world.date else ''}",
        world.name,
        (
            f"{len({row.facility for row in world.facilities}):,} facilities in {len(world.regions):,} "
            f"regions make and use {len(world.materials):,} materials over {len(world.lanes):,} lanes.",
        ),
        (
            *part(
                "Tables",
                ("table", "rows", "with a range", "A", "B", "C", "D"),
                (_table(name, rows) for name, rows in held if rows),
                range(1, 7),
                most=len(TABLES),
                folded=False,
            ),
            *part("Materials by stage", ("stage", "materials"), _counted(stages), (1,), most=2 * SHOWN),
        ),
        tuple(unknown),
        foot="quantities a month in each material's unit, money in USD per unit; xt.solve clears one month",
    )


def _table(name: str, rows: tuple[Any, ...]) -> tuple[str, ...]:
    grades = Counter(getattr(row, "grade", "") for row in rows)
    ranged = sum(1 for row in rows if getattr(row, "low", None) is not None)
    return (name, f"{len(rows):,}", f"{ranged:,}", *(f"{grades[grade]:,}" for grade in "ABCD"))


def _counted(counts: Counter[str]) -> Iterator[tuple[str, str]]:
    for name, count in counts.most_common():
        yield name.replace("_", " "), f"{count:,}"


def case_card(case: Case) -> Card:
    """A case: its controls with their three dates, its levers, and what it assumes."""
    data = case.data
    entries: tuple[Any, ...] = (*data.control, *data.lever, *data.belief)
    assumed = [entry.assumed for entry in entries if entry.assumed]
    ranged = [
        f"{entry.control}, {name}: {low:g} to {high:g}"
        for entry in data.control
        if entry.range is not None
        for name, (low, high) in entry.range.model_dump(exclude_none=True).items()
    ]
    controls = (
        (
            entry.control,
            entry.instrument,
            ", ".join(entry.materials),
            f"{entry.origin or 'any'} to {entry.destination or 'any'}",
            NONE if entry.value is None else f"{entry.value:g}",
            *(getattr(entry, day) or "not known" for day in ("announced", "in_force", "enforced")),
        )
        for entry in data.control
    )
    levers = (
        (entry.lever, entry.kind, entry.sponsor, entry.start or NONE, entry.until or NONE)
        for entry in data.lever
    )
    return Card(
        f"case {case.name}",
        data.title,
        (
            f"{data.months} months from {data.start} on the world {data.world}: "
            f"{len(data.control)} controls, {len(data.lever)} levers, {len(data.belief)} beliefs; "
            f"behaviour as {data.behaviour}.",
        ),
        (
            *part(
                "Controls",
                ("control", "instrument", "materials", "way", "value", "announced", "in force", "enforced"),
                controls,
                (4,),
                folded=False,
            ),
            *part("Levers", ("lever", "kind", "sponsor", "from", "until"), levers),
        ),
        tuple(dict.fromkeys((*assumed, *(f"range of {text}" for text in ranged)))),
        data.question,
        "; ".join(data.citation),
    )


def trajectory_card(run: Trajectory) -> Card:
    """Months as they were cleared: the last one's prices with their volume, and how well all were solved."""
    last = run.clearing(len(run.months) - 1)
    rows = [row for row in last.table("prices") if row["market"] == "spot" and row["volume"]]
    rows.sort(key=lambda row: -(row["value"] or 0.0) * row["volume"])
    low, high = price_intervals(last)
    open_ = int((high > low).sum())
    first, end = run.months[0].month, run.months[-1].month
    unit = {row.material: row.unit for row in run.world.materials}
    return Card(
        f"months on {run.world.name}",
        f"{first} to {end}",
        (f"{len(run.months)} months, each cleared and verified; engine {run.engine}.",),
        part(
            f"Prices of {end}, by worth of what changes hands",
            ("material", "region", "price", "unit", "volume a month"),
            (
                (
                    row["material"],
                    row["region"],
                    "not determined" if row["value"] is None else number_text(row["value"]),
                    f"USD/{unit[row['material']]}",
                    f"{number_text(row['volume'])} {unit[row['material']]}",
                )
                for row in rows
            ),
            (2, 4),
            folded=False,
        ),
        (
            f"prices the market leaves open in {end}, of which only an interval is known: "
            f"{open_:,} of {len(low):,}",
            "one path without a band, and without the run beside it that has no control: xt.run, xt.ensemble",
        ),
    )


def ledger_card(ledger: Ledger) -> Card:
    """Promises and what came of them, as known on the day, and how often whose words came true."""
    counts = Counter(row.status.replace("_", " ") for row in ledger.standings)
    told = ", ".join(f"{count} {status}" for status, count in counts.most_common())
    dated = sorted(ledger.standings, key=lambda row: row.date, reverse=True)
    promises = (
        (
            row.date,
            row.promised_by,
            row.what,
            row.deadline or NONE,
            row.status.replace("_", " "),
            NONE if row.ratio is None else percent_text(row.ratio),
            NONE
            if row.low is None or row.high is None
            else f"{percent_text(row.low)} to {percent_text(row.high)}",
            row.grade,
        )
        for row in dated
    )
    words = sorted(ledger.reliability, key=lambda row: -row.count)
    return Card(
        f"ledger as known on {ledger.at}",
        "Promises and deliveries",
        (f"{len(ledger.standings)} promises: {told}.",),
        (
            *part(
                "Promises, the latest first",
                ("date", "by", "what", "due", "standing", "delivered", "range", "grade"),
                promises,
                (5, 6),
                folded=False,
            ),
            *part(
                "How often words come true",
                ("of", "who or what", "claims", "share, mean", "nine in ten"),
                (
                    (
                        row.basis,
                        row.name.replace("_", " "),
                        number_text(row.count),
                        percent_text(row.mean),
                        " to ".join(percent_text(row.quantile(share)) for share in BAND),
                    )
                    for row in words
                ),
                (2, 3, 4),
                most=2 * SHOWN,
            ),
        ),
        tuple(
            f"{row.what} ({row.promised_by}): {row.reason}" for row in dated if row.status == "not_computable"
        )[:SHOWN],
    )


def game_card(game: Game) -> Card:
    """A game before it is solved: who plays, with which moves, and what is assumed of them."""
    data = game.data
    players = (
        (
            entry.player,
            ", ".join(game.moves_of(entry.player)),
            money_text(entry.weight),
            NONE
            if entry.weight_low is None or entry.weight_high is None
            else f"{money_text(entry.weight_low)} to {money_text(entry.weight_high)}",
            f"{entry.discount:g}",
        )
        for entry in data.player
    )
    entries: tuple[Any, ...] = (*data.player, *data.move, *data.win)
    return Card(
        f"game {game.name}, {data.kind}",
        data.title,
        (f"{len(data.player)} players, {len(data.move)} moves, payoffs in {data.unit}; not solved.",),
        part(
            "Players",
            ("player", "moves", f"a visible win is worth, {data.unit}", "range", "discount factor a month"),
            players,
            (2, 3, 4),
            folded=False,
            most=2 * SHOWN,
        ),
        tuple(dict.fromkeys(entry.assumed for entry in entries if entry.assumed)),
        data.question,
        "; ".join(data.citation),
    )
