"""The ledger on the terminal: where promises stand, who kept them, what should be believed, and its score."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from xenotime.report.ledger_read import coverage_words

MODEL = "ledger and belief"
CHANNELS = "What to believe: a control, and after the @ for whose goods; chances of each regime in practice."
Data = dict[str, Any]


def print_ledger(document: Data, console: Console) -> None:
    """Print what a ledger document says; text from data is never read as markup."""
    data = document["data"]
    measured = [row for row in data["commitments"] if row["ratio"] is not None]
    console.print(Text(f"Promises against deliveries, as known on {data['at']}", style="bold"))
    _table(
        console,
        f"\n{len(measured)} promises measured",
        ("promise", "of", "what", "due", "delivered", "status", "grade"),
        [_promise(row) for row in measured],
    )
    rest = [row for row in data["commitments"] if row["ratio"] is None]
    _table(
        console,
        f"\n{len(rest)} promises not measured",
        ("promise", "of", "what", "status", "why"),
        [
            (row["commitment"], row["promised_by"], row["what"], _plain(row["status"]), row["reason"])
            for row in rest
        ],
    )
    _table(
        console,
        "\nHow often words came true (shrunk to the mean of all)",
        ("basis", "by", "who or what", "of", "came true", "nine in ten"),
        [
            (
                row["basis"],
                row["by"],
                row["name"],
                f"{row['count']:.3g}",
                f"{row['mean']:.2f}",
                f"{row['low']:.2f} to {row['high']:.2f}",
            )
            for row in data["reliability"]
            if row["by"] in ("all", "speaker", "act")
        ],
    )
    if data["beliefs"]:
        console.print(Text(f"\n{CHANNELS}", style="dim"))
    print_beliefs(data, console)
    for row in data["event_study"]:
        console.print(Text(f"Prices and {row['sentence']}"))
    for text in document["warnings"]:
        console.print(Text(f"Warning: {text}", style="yellow"))


def print_beliefs(data: Data, console: Console) -> None:
    """The newest belief of each channel with what moved it, and the scores."""
    for channel in dict.fromkeys(row["channel"] for row in data["beliefs"]):
        mine = [row for row in data["beliefs"] if row["channel"] == channel]
        as_of = max(row["as_of"] for row in mine)
        now = [row for row in mine if row["as_of"] == as_of]
        held = ", ".join(
            f"{row['regime']} {row['probability']:.2f}" for row in now if row["probability"] >= 0.005
        )
        console.print()
        console.print(
            Text.assemble((f"{channel}", "bold"), f", at the end of {as_of} of {now[0]['month']}: {held}")
        )
        console.print(Text(f"  the law, observed: {now[0]['law']}", style="dim"))
        for row in data["trail"]:
            if row["channel"] == channel and row["as_of"] == as_of:
                console.print(Text("  " + trail_words(row)))
    if data["scores"]:
        _table(
            console,
            "\nForecasts of the next month, mean scores (lower is better; pseudo-out-of-sample)",
            ("channel", "model", "months", "log score", "Brier", "CRPS", "error", "missed"),
            [score_row(row) for row in data["scores"]],
        )
        console.print(Text(coverage_words(data)))
    for channel in dict.fromkeys(row["channel"] for row in data["forecasts"]):
        missed = [
            f"{row['month']} {row['came']} (held likeliest: {likeliest(row['chances'])})"
            for row in data["forecasts"]
            if row["channel"] == channel and row["model"] == MODEL and row["missed"]
        ]
        if missed:
            console.print(Text(f"Missed by the belief, {channel}: {', '.join(missed)}"))


def likeliest(chances: dict[str, float]) -> str:
    """The regime held likeliest, with its chance."""
    name = max(chances, key=lambda one: chances[one])
    return f"{name} {chances[name]:.2f}"


def trail_words(row: Data) -> str:
    """One step of the trail in words: what, the ratio, what it did to the chances, and why."""
    before, after = row["before"], row["after"]
    moved = [
        f"{name} {before[name]:.2f} to {after[name]:.2f}"
        for name in after
        if abs(after[name] - before.get(name, 0.0)) >= 0.005
    ]
    ratio = "" if row["ratio"] is None else f", ratio {row['ratio']:.2f}"
    entry = f" {row['entry']}" if row["entry"] else ""
    effect = "; ".join(moved) or "moves nothing"
    return f"{row['kind']}{entry}{ratio}: {effect} ({row['reason']})"


def score_row(row: Data) -> tuple[str, ...]:
    """A row of the scores as text."""

    def number(name: str) -> str:
        value = row[name]
        return "" if value is None else f"{value:.2f}"

    return (
        row["channel"],
        row["model"],
        str(row["months"]),
        number("log_score"),
        number("brier"),
        number("crps"),
        number("absolute_error"),
        str(row["missed"]),
    )


def _promise(row: Data) -> tuple[str, ...]:
    status = _plain(row["status"]) + ("" if row["sure"] or row["status"] == "open" else " (not sure)")
    return (
        row["commitment"],
        row["promised_by"],
        row["what"],
        row["deadline"],
        ratio_words(row),
        status,
        row["grade"],
    )


def ratio_words(row: Data) -> str:
    """A ratio with its range: ``58 % (57 to 59)``."""
    ratio, low, high = (100 * row[name] for name in ("ratio", "low", "high"))
    return f"{ratio:.0f} %" if high - low < 0.5 else f"{ratio:.0f} % ({low:.0f} to {high:.0f})"


def _plain(word: str) -> str:
    return word.replace("_", " ")


def _table(console: Console, title: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    console.print(Text(title, style="bold"))
    made = Table(box=None, pad_edge=False)
    for name in header:
        made.add_column(name)
    for row in rows:
        made.add_row(*(Text(cell) for cell in row))
    console.print(made)
