"""Cards told from the record: world, case, one clearing, months, a price explained, ledger, game."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from xenotime.dynamics.trajectory import Trajectory
from xenotime.figures.style import money_text, number_text, percent_text
from xenotime.market.clearing import Clearing
from xenotime.market.explain import Explanation, Step
from xenotime.market.intervals import price_intervals
from xenotime.policy.case import Case
from xenotime.report.cards import SHOWN, Card, Part, part
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
    first, end = run.months[0].month, run.months[-1].month
    return Card(
        f"months on {run.world.name}",
        f"{first} to {end}",
        (f"{len(run.months)} months, each cleared and verified; engine {run.engine}.",),
        _prices(last, f"Prices of {end}, by worth of what changes hands", _units(run.world)),
        (
            _left_open(last, f" in {end}"),
            "one path without a band, and without the run beside it that has no control: xt.run, xt.ensemble",
        ),
    )


def clearing_card(cleared: Clearing) -> Card:
    """One clearing: its prices with their volume, and how exactly it was solved."""
    check, nodes = cleared.check, cleared.program.network.nodes
    materials, regions = len({node[0] for node in nodes}), len({node[1] for node in nodes})
    return Card(
        "one clearing",
        f"prices of {materials:,} materials in {regions:,} regions",
        (
            f"Solved by {check.ran} and verified: largest relative breach {check.balance:.0e} of a balance, "
            f"{check.identity:.0e} of a price.",
        ),
        _prices(cleared, "Prices, by worth of what changes hands", {}),
        (
            _left_open(cleared),
            "no stock, no lag, no expectation: one month as if it lasted (xt.run rolls months)",
        ),
        foot="in each material's own unit, see materials.csv; table('prices') has every row",
    )


def explanation_card(told: Explanation) -> Card:
    """A price as a sum of costs, rents and taxes; who sets it; what holds the good back."""
    shown = f"{number_text(told.price)} USD a unit"
    leaves = [(number_text(leaf.amount), leaf.kind.replace("_", " "), leaf.name) for leaf in told.leaves]
    held = ((number_text(item.rent), item.name, item.relief) for item in told.bindings)
    return Card(
        "why a price",
        told.what,
        (
            f"{shown}: the sum of {len(leaves)} terms along the marginal unit, {len(told.steps)} steps."
            if told.determined
            else f"The market leaves this price open; one of its values is {shown}.",
        ),
        (
            *part("The price is the sum of", ("USD a unit", "kind", "what"), leaves, (0,), folded=False),
            *part(
                "Who sets it: one more unit here would change",
                ("unit per unit", "what"),
                ((f"{item.change:+.3f}", item.name) for item in told.set_by),
                (0,),
                folded=False,
            ),
            *(item for step in told.against_controls for item in _against(step)),
            *part(
                "What holds it back, dearest first",
                ("USD a unit", "constraint", "what would relieve it"),
                held,
                (0,),
            ),
        ),
        ("a price in shortage is what users were assumed to bear (choke prices, grade D): read 'scarce'",),
    )


def _against(step: Step) -> tuple[Part, ...]:
    """The price as the sum it is at a source that a control holds back, its rent among the terms."""
    return part(
        f"{step.what}, by {step.through}: what a control makes of it",
        ("USD a unit", "kind", "what"),
        ((number_text(term.amount), term.kind.replace("_", " "), term.name) for term in step.terms),
        (0,),
        folded=False,
        most=2 * SHOWN,
    )


def _units(world: World) -> dict[str, str]:
    return {row.material: row.unit for row in world.materials}


def _prices(cleared: Clearing, title: str, units: dict[str, str]) -> tuple[Part, ...]:
    rows = [row for row in cleared.table("prices") if row["market"] == "spot" and row["volume"]]
    rows.sort(key=lambda row: -(row["value"] or 0.0) * row["volume"])
    return part(
        title,
        ("material", "region", "price", "unit", "volume a month"),
        (
            (
                row["material"],
                row["region"],
                "not determined" if row["value"] is None else number_text(row["value"]),
                f"USD/{units.get(row['material'], 'unit')}",
                f"{number_text(row['volume'])} {units.get(row['material'], '')}".strip(),
            )
            for row in rows
        ),
        (2, 4),
        folded=False,
    )


def _left_open(cleared: Clearing, when: str = "") -> str:
    low, high = price_intervals(cleared)
    open_ = int((high > low).sum())
    return (
        f"prices the market leaves open{when}, of which only an interval is known: {open_:,} of {len(low):,}"
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
