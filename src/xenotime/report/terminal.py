"""What commands print to people: explanations, static clearings, lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from xenotime.market.clearing import Clearing
from xenotime.market.explain import Explanation, Step

MOST_LEAVES = 14
WHOLE = 22  # letters of a name in the first column that stay on one line


def money(value: float | None) -> str:
    """An amount of USD with as many digits as it deserves."""
    if value is None:
        return "-"
    size = abs(value)
    return f"{value:,.0f}" if size >= 1000 else f"{value:,.2f}" if size >= 1 else f"{value:.4g}"


def show_rows(console: Console, title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """A plain table under its title; numbers to the right, text from data never read as markup."""
    if title:  # above the table and not of it: a title of a table is broken at the table's width
        console.print(Text(title, style="italic"))
    table = Table(header_style="bold", box=None, pad_edge=False)
    rows = [tuple(row) for row in rows]
    for position, column in enumerate(columns):
        numeric = (
            all(isinstance(row[position], (int, float)) or row[position] in ("-", "") for row in rows)
            and rows
        )
        words = (word for row in rows for word in str(row[position]).split()) if position == 0 else ()
        least = min(max(map(len, words), default=0), WHOLE)  # names of rows are not broken
        table.add_column(column, justify="right" if numeric else "left", overflow="fold", min_width=least)
    for row in rows:
        table.add_row(*(money(cell) if isinstance(cell, float) else Text(str(cell)) for cell in row))
    console.print(table)


def show_explanation(console: Console, told: Explanation, unit: str = "USD/t") -> None:
    """The price as a sum, how it comes about, who sets it, and what holds the good back."""
    if told.determined:
        console.print(f"[bold]{told.what}[/bold]: {money(told.price)} {unit}\n")
    else:
        console.print(
            f"[bold]{told.what}[/bold]: the optimum leaves this price open (nothing marginal happens there); "
            f"one of its values is {money(told.price)} {unit}\n"
        )
    leaves = list(told.leaves)
    rows = [(leaf.amount, leaf.kind.replace("_", " "), leaf.name) for leaf in leaves[:MOST_LEAVES]]
    if len(leaves) > MOST_LEAVES:
        small = leaves[MOST_LEAVES:]
        rows.append(
            (sum(leaf.amount for leaf in small), "sum", f"of {len(small)} smaller terms (all in --json)")
        )
    rows.append((sum(leaf.amount for leaf in leaves), "total", "= the price"))
    show_rows(console, "The price is the sum of", (unit, "kind", "what"), rows)
    console.print("\n[bold]Along the marginal tonne[/bold]")
    for step in told.steps:
        _show_step(console, step)
    if told.against_controls:
        console.print("\n[bold]Against the sources that a control holds back[/bold]")
        for step in told.against_controls:
            _show_step(console, step)
    if told.set_by:
        show_rows(
            console,
            "\nWho sets it: one more tonne here would change",
            ("t per t", "what"),
            [(round(item.change, 3), item.name) for item in told.set_by],
        )
    if told.bindings:
        show_rows(
            console,
            "\nWhat holds it back (dearest first)",
            (unit, "constraint", "what would relieve it"),
            [(item.rent, item.name, item.relief) for item in told.bindings[:8]],
        )


def _show_step(console: Console, step: Step) -> None:
    joint = " (joint recipe: co-products are credited)" if step.joint else ""
    console.print(f"  {step.what} at {money(step.price)} <- {step.through}{joint}")
    for term in sorted(step.terms, key=lambda term: -abs(term.amount)):
        console.print(
            f"      {money(term.amount):>14}  {term.kind.replace('_', ' ')}: {term.name}", highlight=False
        )


def show_clearing(console: Console, clearing: Clearing, most: int = 40) -> None:
    """A static clearing: prices, flows, activities."""
    prices = clearing.table("prices")
    show_rows(
        console,
        f"Prices ({len(prices)})",
        ("material", "region", "price", "volume"),
        [
            (
                row["material"],
                row["region"],
                row["value"] if row["determined"] else f"{money(row['low'])} .. {money(row['high'])}",
                row["volume"],
            )
            for row in prices[:most]
        ],
    )
    flows = [row for row in clearing.table("flows") if row["value"] > 0]
    show_rows(
        console,
        f"\nFlows ({len(flows)})",
        ("material", "from", "to", "amount"),
        [(row["material"], row["origin"], row["destination"], row["value"]) for row in flows[:most]],
    )
    made = [row for row in clearing.table("activities") if row["value"] > 0]
    show_rows(
        console,
        f"\nActivities ({len(made)})",
        ("facility", "region", "recipe", "amount"),
        [(row["facility"], row["region"], row["recipe"], row["value"]) for row in made[:most]],
    )
    short = clearing.table("shortfalls")
    if short:
        show_rows(
            console,
            "\nShortfalls",
            ("material", "region", "sector", "amount"),
            [(row["material"], row["region"], row["sector"], row["value"]) for row in short[:most]],
        )
    check = clearing.check
    console.print(
        f"\nobjective {clearing.objective:,.6g}; verified: balance {check.balance:.0e}, price identity "
        f"{check.identity:.0e}, gap {check.gap:.0e} ({check.ran}{', exact' if check.exact else ''})",
        highlight=False,
    )
