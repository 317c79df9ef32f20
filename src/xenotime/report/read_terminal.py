"""What was read, on the terminal: commitments, then claims, levers, parties, hedges, effect on belief."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

Data = dict[str, Any]


def print_reading(document: Data, console: Console) -> None:
    """Print what a document of kind ``read`` says; text from data is never read as markup."""
    data = document["data"]
    told = data["text"]
    dated = f"dated {told['date']} ({told['dated_by']})" if told["date"] else "not dated"
    console.print(Text(f"{told['name']}: {len(data['sentences'])} sentences, {dated}", style="bold"))
    if not data["commitments"]:
        console.print(Text("No concrete commitment: most texts hold none."))
    else:
        _table(
            console,
            f"\n{len(data['commitments'])} concrete commitments",
            ("who", "what", "amount", "deadline", "lever", "confirmed", "sentence"),
            [commitment_cells(row) for row in data["commitments"]],
        )
    if data["claims"]:
        _table(
            console,
            f"\n{len(data['claims'])} claims, hopes, threats and opinions",
            ("who", "kind", "put", "lever", "words", "sentence"),
            [claim_cells(row) for row in data["claims"]],
        )
    _lists(data, console)
    if data["belief"]:
        _table(
            console,
            "\nWhat it is worth as evidence about export controls",
            ("sentence", "coded as", "direction", "such claims came true", "ratio", "why"),
            [belief_cells(row) for row in data["belief"]],
        )
    tone = data["tone"][0]
    if tone["tone"] is not None:
        console.print(
            Text(f"\nTone {tone['tone']:+.2f} over {tone['count']} acts (1 all eases, -1 all tightens).")
        )
    if "package" in data:
        _package(data, console)
    for sentence in data.get("answer", ()):
        topic, _, rest = sentence.partition(": ")
        console.print(Text.assemble((f"\n{topic}: ", "bold"), rest))
    for warning in document["warnings"]:
        console.print(Text(f"Warning: {warning}", style="yellow"))


def _package(data: Data, console: Console) -> None:
    _table(
        console,
        "\nLevers named, and what they become (settings are assumed, grade D)",
        ("lever", "entry", "members", "settings, or why it is not modelled"),
        [
            (
                plain(row["lever"]),
                row["entry"] or "not modelled",
                row["members"].replace(";", ", ") if row["entry"] else "",
                _settings(row, data["settings"]) if row["entry"] else row["why_not"],
            )
            for row in data["package"]
        ],
    )


def _settings(row: Data, settings: Iterable[Data]) -> str:
    """Assumed numbers of one entry with their ranges."""
    return "; ".join(
        f"{item['key']} {item['value']} ({item['low']} to {item['high']})"
        for item in settings
        if item["entry"] == row["entry"] and item["low"]
    )


def _table(console: Console, title: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    made = Table(title=title, title_justify="left", box=None, pad_edge=False)
    for name in header:
        made.add_column(name, overflow="fold")
    for row in rows:
        made.add_row(*(Text(cell) for cell in row))
    console.print(made)


def _lists(data: Data, console: Console) -> None:
    console.print()
    for title, rows, key in (
        ("Levers", data["levers"], "lever"),
        ("Parties", data["parties"], "party"),
        ("Materials", data["materials"], "material"),
    ):
        names = ", ".join(f"{plain(row[key])} ({row['times']})" for row in rows) or "none"
        console.print(Text.assemble((f"{title}: ", "bold"), names))
    hedges = ", ".join(dict.fromkeys(row["quote"].lower() for row in data["hedges"])) or "none"
    console.print(Text.assemble(("Hedges: ", "bold"), hedges))
    for row in data["wins"]:
        by = row["claimed_by"] or "the text"
        put = ", hedged" if row["hedged"] else ""
        console.print(Text(f"{row['party']} {row['direction']}, says {by} (sentence {row['sentence']}{put})"))


def commitment_cells(row: Data) -> tuple[str, ...]:
    """A commitment as cells."""
    return (
        row["actor"],
        row["act"],
        amount_words(row),
        row["deadline"] or "-",
        plain(row["lever"]),
        row["confirmed"],
        str(row["sentence"]),
    )


def claim_cells(row: Data) -> tuple[str, ...]:
    """A claim as cells."""
    return (
        row["actor"] or "-",
        plain(row["kind"]),
        row["modality"],
        plain(row["lever"]),
        row["act"],
        str(row["sentence"]),
    )


def belief_cells(row: Data) -> tuple[str, ...]:
    """A likelihood ratio as cells."""
    ratio = "observed" if row["likelihood_ratio"] is None else f"{row['likelihood_ratio']:.2f}"
    return (
        str(row["sentence"]),
        plain(row["coded_as"]),
        row["direction"],
        f"{row['chance']:.2f}",
        ratio,
        row["reason"],
    )


def amount_words(row: Data) -> str:
    """An amount with its bound: ``at least 12,000,000 t``."""
    if row["amount"] is None:
        return "-"
    return f"{row['bound']} {row['amount']:,.12g} {row['unit']}".strip()


def plain(text: str) -> str:
    """A key in words."""
    return text.replace("_", " ").replace(";", ", ")
